"""Addresses of the place."""

from django.urls import URLPattern

app_name = "home"
urlpatterns: list[URLPattern] = []
