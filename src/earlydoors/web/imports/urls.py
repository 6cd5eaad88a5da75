"""Addresses of the place."""

from django.urls import path

from earlydoors.web.imports.views import deciding, files, sending, steps

app_name = "imports"
urlpatterns = [
    path("", files.everything, name="list"),
    path("send/<slug:kind>/", sending.send, name="send"),
    path("<uuid:import_id>/", files.file, name="file"),
    path("<uuid:import_id>/columns/", sending.columns, name="columns"),
    path("<uuid:import_id>/rows/<slug:which>/", files.rows, name="rows"),
    path("<uuid:import_id>/decide/<slug:which>/", deciding.decide, name="decide"),
    path("<uuid:import_id>/to-mend/", files.to_mend, name="to_mend"),
    path("<uuid:import_id>/send-again/", sending.send_again, name="send_again"),
    path("<uuid:import_id>/load/", steps.load, name="load"),
    path("<uuid:import_id>/go-on/", steps.go_on, name="go_on"),
    path("<uuid:import_id>/stop/", steps.stop, name="stop"),
    path("<uuid:import_id>/give-up/", steps.give_up, name="give_up"),
    path("<uuid:import_id>/undo/", steps.undo, name="undo"),
]
