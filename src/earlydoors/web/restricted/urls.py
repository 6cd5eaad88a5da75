"""Addresses of records that are restricted to a few people by name."""

from django.urls import path

from earlydoors.web.restricted import views

app_name = "restricted"
urlpatterns = [
    path("", views.everything, name="list"),
    path("families/<uuid:family_id>/", views.restrict, name="restrict"),
    path("<uuid:restriction_id>/", views.one, name="one"),
    path("<uuid:restriction_id>/lift/", views.lift, name="lift"),
    path("<uuid:restriction_id>/people/<uuid:member_id>/", views.take_off, name="take_off"),
    path("notices/<uuid:notice_id>/", views.notice, name="notice"),
]
