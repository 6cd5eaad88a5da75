"""Addresses of watching over looks."""

from django.urls import path

from earlydoors.web.looks import views

app_name = "looks"
urlpatterns = [
    path("", views.report, name="report"),
    path("file", views.file, name="file"),
    path("found", views.found, name="found"),
    path("<uuid:member_id>/", views.member, name="member"),
]
