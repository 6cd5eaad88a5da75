"""Addresses of the place."""

from django.urls import URLPattern

app_name = "families"
urlpatterns: list[URLPattern] = []
