"""Addresses of the place."""

from django.urls import path

from earlydoors.web.agreement import deciding, evidence, views

app_name = "agreement"
urlpatterns = [
    path("families/<uuid:family_id>/agreement/new", views.record, name="record"),
    path("families/<uuid:family_id>/agreement/blank", views.blank, name="blank"),
    path(
        "families/<uuid:family_id>/agreement/blank/<uuid:person_id>", views.blank, name="blank_for"
    ),
    path("families/<uuid:family_id>/agreement/paper", views.blank_paper, name="blank_paper"),
    path(
        "families/<uuid:family_id>/agreement/paper/<uuid:person_id>",
        views.blank_paper,
        name="blank_paper_for",
    ),
    path("families/<uuid:family_id>/refusal/new", views.refuse, name="refuse"),
    path("families/<uuid:family_id>/sharing/new", deciding.decide, name="decide"),
    path("sharing/<uuid:decision_id>/", deciding.decision, name="decision"),
    path("refusals/<uuid:refusal_id>/", views.refused, name="refused"),
    path("agreements/<uuid:agreement_id>/", views.form, name="form"),
    path("agreements/<uuid:agreement_id>/paper", views.paper, name="paper"),
    path("agreements/<uuid:agreement_id>/withdraw", views.withdraw, name="withdraw"),
    path("agreements/<uuid:agreement_id>/evidence", evidence.attach, name="attach"),
    path("evidence/<uuid:evidence_id>/", evidence.opened, name="evidence"),
    path("evidence/<uuid:evidence_id>/aside", evidence.aside, name="aside"),
]
