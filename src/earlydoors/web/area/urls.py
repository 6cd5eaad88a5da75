"""Addresses of the place."""

from django.urls import path

from earlydoors.web.area import views

app_name = "area"
urlpatterns = [
    path("", views.about, name="about"),
    path("levels/", views.levels, name="levels"),
    path("partners/", views.partners, name="partners"),
    path("figures/", views.figures, name="figures"),
]
