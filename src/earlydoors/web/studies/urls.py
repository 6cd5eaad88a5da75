"""Addresses of studies."""

from django.urls import path

from earlydoors.web.studies import views
from earlydoors.web.studies.steps import STEPS

app_name = "studies"
urlpatterns = [
    path("", views.everything, name="list"),
    path("new/", views.new, name="new"),
    path("<uuid:study_id>/", views.one, name="one"),
    path("<uuid:study_id>/tables/", views.tables, name="tables"),
    *(
        path(f"<uuid:study_id>/{key.replace('_', '-')}/", views.step, {"key": key}, name=key)
        for key in STEPS
    ),
]
