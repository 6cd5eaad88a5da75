"""Addresses of the place."""

from django.urls import URLPattern

app_name = "yourfamily"
urlpatterns: list[URLPattern] = []
