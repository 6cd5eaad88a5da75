"""Addresses of asking whether a child is known, and of asking to join a team."""

from django.urls import path

from earlydoors.web.known import views

app_name = "known"
urlpatterns = [
    path("known/", views.ask, name="ask"),
    path("known/<uuid:family_id>/join", views.join, name="join"),
    path("known/asks/<uuid:ask_id>", views.asked, name="asked"),
]
