"""Addresses of the place."""

from django.urls import path

from earlydoors.web.panels.views import items, sittings

app_name = "panels"
urlpatterns = [
    path("", sittings.everything, name="list"),
    path("<uuid:panel_id>/", sittings.panel, name="panel"),
    path("<uuid:panel_id>/plan/", sittings.plan, name="plan"),
    path("sittings/<uuid:meeting_id>/", sittings.sitting, name="sitting"),
    path("sittings/<uuid:meeting_id>/attendance/", sittings.attendance, name="attendance"),
    path("items/<uuid:item_id>/", items.item, name="item"),
    path("items/<uuid:item_id>/ask/", items.ask, name="ask"),
    path("items/<uuid:item_id>/bring/<uuid:agency_id>/", items.bring, name="bring"),
    path("items/<uuid:item_id>/put-off/", items.put_off, name="put_off"),
    path("items/<uuid:item_id>/decide/", items.decide, name="decide"),
    path("tasks/<uuid:task_id>/done/", items.done, name="done"),
]
