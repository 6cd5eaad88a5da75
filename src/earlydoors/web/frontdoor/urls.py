"""Addresses of the place."""

from django.urls import URLPattern

app_name = "frontdoor"
urlpatterns: list[URLPattern] = []
