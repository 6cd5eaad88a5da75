"""The address of one's own work."""

from django.urls import path

from earlydoors.web.home import views

app_name = "home"
urlpatterns = [path("", views.work, name="work")]
