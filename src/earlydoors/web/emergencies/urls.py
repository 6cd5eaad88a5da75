"""Addresses of opening a record in an emergency, and of looking at it afterwards."""

from django.urls import path

from earlydoors.web.emergencies import views

app_name = "emergencies"
urlpatterns = [
    path("", views.everything, name="list"),
    path("families/<uuid:family_id>/", views.open_record, name="open"),
    path("<uuid:opening_id>/", views.one, name="one"),
    path("<uuid:opening_id>/close/", views.close, name="close"),
]
