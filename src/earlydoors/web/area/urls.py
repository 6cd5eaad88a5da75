"""Addresses of the place."""

from django.urls import URLPattern

app_name = "area"
urlpatterns: list[URLPattern] = []
