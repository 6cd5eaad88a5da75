"""Every address of the product, by the place people go."""

from django.urls import include, path

urlpatterns = [
    path("", include("earlydoors.web.account.urls")),
]
