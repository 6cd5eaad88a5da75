"""Addresses of the requests about the information that is held on somebody."""

from django.urls import path

from earlydoors.web.information import views
from earlydoors.web.information.steps import STEPS

app_name = "information"
urlpatterns = [
    path("", views.everything, name="list"),
    path("new/", views.new, name="new"),
    path("<uuid:information_id>/", views.one, name="one"),
    path("<uuid:information_id>/who/", views.who, name="who"),
    path("<uuid:information_id>/take-up/", views.take_up, name="take_up"),
    *(
        path(f"<uuid:information_id>/{key.replace('_', '-')}/", views.step, {"key": key}, name=key)
        for key in STEPS
    ),
]
