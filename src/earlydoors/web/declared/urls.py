"""Addresses of saying that one knows a family outside one's work."""

from django.urls import path

from earlydoors.web.declared import views

app_name = "declared"
urlpatterns = [
    path("", views.yours, name="yours"),
    path("families/<uuid:family_id>/", views.family, name="family"),
    path("<uuid:declaration_id>/", views.end, name="end"),
]
