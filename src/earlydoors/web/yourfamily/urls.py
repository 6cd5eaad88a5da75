"""Addresses of the place."""

from django.urls import path

from earlydoors.web.yourfamily import views

app_name = "yourfamily"
urlpatterns = [
    path("", views.home, name="home"),
    path("<uuid:episode_id>/", views.help_page, name="help"),
    path("agreements/<uuid:agreement_id>/paper/", views.agreement, name="agreement"),
    path("actions/<uuid:action_id>/done/", views.done, name="done"),
    path("actions/<uuid:action_id>/not-done/", views.not_done, name="not_done"),
]
