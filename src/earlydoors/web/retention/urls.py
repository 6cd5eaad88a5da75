"""Addresses of keeping and disposing of records."""

from django.urls import path

from earlydoors.web.retention import certificates, holds, reviews
from earlydoors.web.retention.steps import STEPS

app_name = "retention"
urlpatterns = [
    path("", reviews.everything, name="list"),
    path("<uuid:review_id>/", reviews.one, name="review"),
    path("<uuid:review_id>/hold/", reviews.hold, name="hold_review"),
    path("certificates/", certificates.everything, name="certificates"),
    path("certificates/<uuid:certificate_id>/", certificates.one, name="certificate"),
    path("certificates/<uuid:certificate_id>/paper/", certificates.paper, name="paper"),
    path("holds/", holds.everything, name="holds"),
    path("holds/new/", holds.new, name="hold_new"),
    path("holds/<uuid:hold_id>/", holds.one, name="hold"),
    path("requests/<uuid:information_id>/hold/", holds.for_request, name="hold_request"),
    *(
        path(f"<uuid:review_id>/{key.replace('_', '-')}/", reviews.step, {"key": key}, name=key)
        for key in STEPS
    ),
]
