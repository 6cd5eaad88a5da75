"""Addresses of this installation."""

from django.urls import path

from earlydoors.web.installation import views

app_name = "installation"
urlpatterns = [path("", views.show, name="show")]
