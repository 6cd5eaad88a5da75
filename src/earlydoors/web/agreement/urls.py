"""Addresses of the place."""

from django.urls import URLPattern

app_name = "agreement"
urlpatterns: list[URLPattern] = []
