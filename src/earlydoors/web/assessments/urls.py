"""Addresses of the place."""

from django.urls import path

from earlydoors.web.assessments import copies, views

app_name = "assessments"
_ONE = "assessments/<uuid:assessment_id>/"
urlpatterns = [
    path("episodes/<uuid:episode_id>/assessment/begin", views.begin, name="begin"),
    path(_ONE, views.assessment, name="assessment"),
    path(f"{_ONE}section/<slug:section_key>/", views.section, name="section"),
    path(f"{_ONE}section/<slug:section_key>/<uuid:person_id>/", views.section, name="section"),
    path(f"{_ONE}check/", views.check, name="check"),
    path(f"{_ONE}finish/", views.finish, name="finish"),
    path(f"{_ONE}reopen/", views.reopen, name="reopen"),
    path(f"{_ONE}view/", views.view, name="view"),
    path(f"{_ONE}read/", copies.read, name="read"),
    path(f"{_ONE}copy/<uuid:person_id>/", copies.copy, name="copy"),
    path(f"{_ONE}beside/<uuid:other_id>/", copies.beside, name="beside"),
]
