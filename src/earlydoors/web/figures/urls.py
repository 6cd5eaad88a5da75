"""Addresses of the figures."""

from django.urls import path

from earlydoors.web.figures import views

app_name = "figures"
urlpatterns = [
    path("", views.show, name="show"),
    path("file", views.file, name="file"),
]
