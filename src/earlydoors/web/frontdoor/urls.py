"""Addresses of the front door: advice, requests, and deciding on them."""

from django.urls import path

from earlydoors.web.frontdoor.views import advice, deciding, reading, writing

app_name = "frontdoor"
_ONE = "requests/<uuid:request_id>"
urlpatterns = [
    path("advice/", advice.conversations, name="advice"),
    path("advice/new", advice.ask, name="ask"),
    path("advice/<uuid:conversation_id>/", advice.conversation, name="conversation"),
    path("requests/", reading.waiting, name="waiting"),
    path("requests/new", writing.new, name="new"),
    path(f"{_ONE}/", reading.request, name="request"),
    path(f"{_ONE}/people", writing.people, name="people"),
    path(f"{_ONE}/people/add", writing.person, name="add_person"),
    path(f"{_ONE}/people/<uuid:person_id>", writing.person, name="person"),
    path(f"{_ONE}/people/<uuid:person_id>/leave-out", writing.leave_out, name="leave_out"),
    path(f"{_ONE}/people/<uuid:person_id>/known", writing.is_known, name="is_known"),
    path(f"{_ONE}/family-knows", writing.knows, name="knows"),
    path(f"{_ONE}/about/<slug:section_key>", writing.section, name="section"),
    path(f"{_ONE}/check", writing.check, name="check"),
    path(f"{_ONE}/sent", reading.sent, name="sent"),
    path(f"{_ONE}/take-back", writing.take_back, name="take_back"),
    path(f"{_ONE}/take-up", deciding.take_up, name="take_up"),
    path(f"{_ONE}/decide", deciding.triage, name="triage"),
]
