"""Addresses of the place."""

from django.urls import path

from earlydoors.web.plans.views import (
    actions,
    closing,
    copies,
    distance,
    meetings,
    outcomes,
    plan,
    reviews,
)

app_name = "plans"
urlpatterns = [
    path("episodes/<uuid:episode_id>/plan/", plan.plan, name="plan"),
    path("episodes/<uuid:episode_id>/plan/begin", plan.begin, name="begin"),
    path("plans/<uuid:plan_id>/agree", plan.agree, name="agree"),
    path("plans/<uuid:plan_id>/form/<slug:section_key>/", plan.section, name="section"),
    path(
        "plans/<uuid:plan_id>/form/<slug:section_key>/<uuid:person_id>/",
        plan.section,
        name="section",
    ),
    path("plans/<uuid:plan_id>/outcomes/new", outcomes.outcome, name="outcome"),
    path("plans/<uuid:plan_id>/outcomes/<uuid:outcome_id>/", outcomes.outcome, name="outcome"),
    path("plans/outcomes/<uuid:outcome_id>/drop", outcomes.drop_outcome, name="drop_outcome"),
    path("plans/outcomes/<uuid:outcome_id>/actions/new", actions.action, name="action"),
    path(
        "plans/outcomes/<uuid:outcome_id>/actions/<uuid:action_id>/",
        actions.action,
        name="action",
    ),
    path("plans/actions/<uuid:action_id>/done", actions.done, name="done"),
    path("plans/actions/<uuid:action_id>/undo", actions.undo, name="undo"),
    path("plans/actions/<uuid:action_id>/drop", actions.drop_action, name="drop_action"),
    path("plans/actions/<uuid:action_id>/service", actions.service, name="service"),
    path("plans/needs/<uuid:need_id>/", outcomes.need, name="need"),
    path("plans/<uuid:plan_id>/print/", copies.whole, name="print"),
    path("plans/<uuid:plan_id>/copy/<uuid:person_id>/", copies.copy_for, name="copy"),
    path("episodes/<uuid:episode_id>/meetings/", meetings.meetings, name="meetings"),
    path("episodes/<uuid:episode_id>/meetings/new", meetings.call, name="call"),
    path("meetings/<uuid:meeting_id>/", meetings.meeting, name="meeting"),
    path("meetings/<uuid:meeting_id>/record", meetings.record, name="record_meeting"),
    path("meetings/<uuid:meeting_id>/call-off", meetings.call_off, name="call_off"),
    path("meetings/<uuid:meeting_id>/meeting.ics", meetings.calendar, name="calendar"),
    path("meetings/invitations/<uuid:attendance_id>/", meetings.invitation, name="invitation"),
    path("plans/<uuid:plan_id>/review/", reviews.review, name="review"),
    path("plans/reviews/<uuid:review_id>/", reviews.read_review, name="read_review"),
    path("episodes/<uuid:episode_id>/distance/", distance.distance, name="distance"),
    path("episodes/<uuid:episode_id>/distance/picture.svg", distance.picture, name="picture"),
    path("episodes/<uuid:episode_id>/distance/scores", distance.scores, name="scores"),
    path("episodes/<uuid:episode_id>/close/", closing.close, name="close"),
    path("closings/<uuid:closing_id>/look-back/", closing.look_back, name="look_back"),
]
