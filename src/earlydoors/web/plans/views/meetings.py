"""Meetings of the team: called, invited to, held and recorded."""

from datetime import time
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from earlydoors.domain.access.operations import look
from earlydoors.domain.access.permissions import work_with
from earlydoors.domain.episodes.models import Episode
from earlydoors.domain.episodes.queries import episode_for, team_of
from earlydoors.domain.partnership.models import Member
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.queries import secrets_from, those_kept_from
from earlydoors.domain.plan import meetings as operations
from earlydoors.domain.plan.models import Attendance, Meeting
from earlydoors.domain.plan.queries import (
    attendance_for,
    attendance_of,
    meeting_for,
    meetings_of,
)
from earlydoors.domain.records.queries import people_of
from earlydoors.foundation.forms.schema import Purpose
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.web.design import once
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.pages import render
from earlydoors.web.design.parts import Row
from earlydoors.web.design.request import PageRequest
from earlydoors.web.design.scope import within
from earlydoors.web.plans import questions, uninvited
from earlydoors.web.plans.pages import meetings as pages
from earlydoors.web.plans.pages.forms import FormPage, as_date, back_to_plan
from earlydoors.web.plans.pages.plan import Link
from earlydoors.web.plans.views.common import answered, chosen
from earlydoors.web.sections.own import Own, embedded


def _back_to_list(episode: Episode) -> Link:
    return Link("Meetings", reverse("plans:meetings", args=[episode.pk]))


def _back_to(meeting: Meeting) -> Link:
    return Link(meeting.get_purpose_display(), reverse("plans:meeting", args=[meeting.pk]))


@require_safe
def meetings(request: PageRequest, episode_id: UUID) -> HttpResponse:
    """The meetings of a family's help."""
    episode = within(episode_for, request.actor, episode_id)
    look(family=episode.family, part="meetings", by=request.actor, at=request.at)
    shown = pages.meetings_page(
        episode, meetings_of(episode), request.actor, request.today, back_to_plan(episode)
    )
    return render(request, "plans/meetings.html", page=shown)


@require_http_methods(["GET", "HEAD", "POST"])
@once.only
def call(request: PageRequest, episode_id: UUID) -> HttpResponse:
    """Call a meeting; everyone of the team is ticked."""
    episode = within(episode_for, request.actor, episode_id)
    work_with(request.actor, episode.family, Right.MEET)
    team = [one for one in team_of(episode) if one.person is None or one.person.can_take_part]
    held = episode.meetings.filter(state="held").exists()
    initial = {
        "purpose": "review" if held else "first",
        "invited": [str(place.pk) for place in team],
    }
    asked = questions.call(questions.team_options(team, those_kept_from(episode.family)))
    own = Own(request, asked, initial=initial)
    if request.method == "POST" and own.sound:
        answers = own.answers
        starts = answers.get("starts")
        try:
            made = operations.call(
                episode=episode,
                on=as_date(answers["on"]),
                starts=time.fromisoformat(starts) if starts else None,
                place=answers.get("place", ""),
                purpose=answers["purpose"],
                invited=[one for one in team if str(one.pk) in answers.get("invited", [])],
                by=request.actor,
                at=request.at,
            )
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(request, "The meeting is called. Now tell everyone who is invited.")
            return redirect("plans:meeting", made.pk)
    shown = pages.CallPage(
        family=str(episode.family),
        back=_back_to_list(episode),
        fields=own.fields,
        refusals=own.refusals,
        team_address=reverse("families:team", args=[episode.pk]),
        has_team=bool(team),
    )
    return render(request, "plans/call.html", page=shown, page_faulty=request.method == "POST")


@require_safe
def meeting(request: PageRequest, meeting_id: UUID) -> HttpResponse:
    """One meeting: before it, whom to tell; after it, what was said."""
    found = within(meeting_for, request.actor, meeting_id)
    look(family=found.episode.family, part="meeting", by=request.actor, at=request.at)
    shown = pages.meeting_page(found, request.actor, request.today, _back_to_list(found.episode))
    return render(request, "plans/meeting.html", page=shown)


@require_http_methods(["GET", "HEAD", "POST"])
@once.only
def record(request: PageRequest, meeting_id: UUID) -> HttpResponse:
    """Record a meeting: who came, what was said, who leads from here."""
    found = within(meeting_for, request.actor, meeting_id)
    work_with(request.actor, found.episode.family, Right.MEET)
    if found.state != "called":
        raise UnableTo("This meeting has already been recorded or called off.")
    episode = found.episode
    invited = attendance_of(found)
    workers = _workers(episode, invited)
    came = Own(request, questions.came(invited))
    also = Own(
        request, uninvited.questions(episode, people_of(episode.family, request.today), invited)
    )
    form = embedded(request, Purpose.MEETING, family=episode.family)
    lead = Own(
        request,
        questions.lead(
            episode.profile.profile.words.lead_practitioner.one,
            workers,
            str(episode.lead_id) if episode.lead_id else None,
            named=episode.lead.name if episode.lead else "",
        ),
        initial={"lead": questions.SAME} if episode.lead_id else None,
    )
    sound = request.method == "POST" and came.sound and uninvited.may_be_kept(also) and also.sound
    if sound and form.sound and lead.sound:
        agreed = chosen(lead.answers.get("lead", ""), questions.MEMBER)
        try:
            operations.hold(
                meeting=found,
                came={one.pk: came.answers[questions.came_key(one)] for one in invited},
                also=uninvited.came(also),
                readings=form.readings,
                lead=Member.objects.get(pk=agreed) if agreed else None,
                lead_why=lead.answers.get("lead_why", ""),
                family_told=lead.answers.get("family_told", ""),
                by=request.actor,
                at=request.at,
            )
        except UnableTo as refusal:
            came.refuse("", refusal.sentence)
        else:
            messages.success(
                request, "The meeting is recorded. Put what was decided into the plan."
            )
            return redirect("plans:plan", episode.pk)
    shown = pages.RecordPage(
        family=str(episode.family),
        title=f"Record the meeting on {pages.when(found)}",
        back=_back_to(found),
        came=(*came.fields, *also.fields),
        form=form,
        lead=lead.fields,
        refusals=came.refusals,
    )
    return render(
        request, "plans/record_meeting.html", page=shown, page_faulty=request.method == "POST"
    )


def _workers(episode: Episode, invited: list[Attendance]) -> list[tuple[str, str]]:
    """Who could lead: the workers of the team and those invited, each once."""
    found = {str(place.member_id): str(place.member) for place in team_of(episode) if place.member}
    found |= {str(one.member_id): str(one.member) for one in invited if one.member}
    return list(found.items())


@require_http_methods(["GET", "HEAD", "POST"])
@once.only
def call_off(request: PageRequest, meeting_id: UUID) -> HttpResponse:
    """Call a meeting off."""
    found = within(meeting_for, request.actor, meeting_id)
    work_with(request.actor, found.episode.family, Right.MEET)
    own = Own(request, questions.why("Why is it called off?", "Those invited will ask."))
    if request.method == "POST" and own.sound:
        operations.call_off(meeting=found, why=own.answers["why"], by=request.actor, at=request.at)
        messages.success(request, "The meeting is called off. Tell everyone who was invited.")
        return redirect("plans:meeting", found.pk)
    names = [str(one) for one in attendance_of(found)]
    shown = FormPage(
        title="Call the meeting off",
        caption=str(found.episode.family),
        back=_back_to(found),
        fields=own.fields,
        refusals=own.refusals,
        button="Call it off",
        about=(Row("When", pages.when(found)), Row("Invited", names or "Nobody yet")),
        kind="warning",
    )
    return answered(request, shown)


@require_safe
def calendar(request: PageRequest, meeting_id: UUID) -> HttpResponse:
    """The meeting for a calendar. It names nobody: calendars are seen by others."""
    found = within(meeting_for, request.actor, meeting_id)
    response = HttpResponse(pages.calendar(found), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="team-meeting.ics"'
    return response


@require_safe
def invitation(request: PageRequest, attendance_id: UUID) -> HttpResponse:
    """The invitation of one person, to print."""
    invited = within(attendance_for, request.actor, attendance_id)
    found = invited.meeting
    look(family=found.episode.family, part="invitation", by=request.actor, at=request.at)
    secrets = secrets_from(invited.person) if invited.person else []
    shown = pages.invitation_page(invited, attendance_of(found), secrets, _back_to(found))
    return render(request, "plans/invitation.html", page=shown)
