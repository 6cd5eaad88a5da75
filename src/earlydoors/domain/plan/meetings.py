"""Calling and recording meetings of the team around the family."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction

from earlydoors.domain.access.permissions import work_with
from earlydoors.domain.chronology.operations import tell
from earlydoors.domain.episodes.models import Episode, TeamPlace
from earlydoors.domain.episodes.operations import agree_lead, goes_on
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Member
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Person
from earlydoors.domain.plan.models import Attendance, Meeting
from earlydoors.domain.plan.queries import attendance_of
from earlydoors.domain.records.operations import begin as begin_form
from earlydoors.domain.records.operations import save_section
from earlydoors.foundation.forms.answers import Reading
from earlydoors.foundation.forms.schema import Purpose
from earlydoors.foundation.kernel.dates import day, local_day
from earlydoors.foundation.kernel.refusals import UnableTo


@dataclass(frozen=True)
class Came:
    """Someone who came without being invited: a worker, someone on record, or a name."""

    member: Member | None = None
    person: Person | None = None
    named: str = ""


@transaction.atomic
def call(
    *,
    episode: Episode,
    on: date,
    starts: time | None,
    place: str,
    purpose: str,
    invited: Iterable[TeamPlace],
    by: Actor,
    at: datetime,
) -> Meeting:
    """Call a meeting and invite people of the team. Raises `UnableTo` once help has ended, and
    while it is with social care."""
    work_with(by, episode.family, Right.MEET)
    goes_on(episode, ended="Help for this family has ended, so no meeting can be called.")
    meeting = Meeting.make(
        by=by, at=at, episode=episode, on=on, starts=starts, place=place, purpose=purpose
    )
    names = []
    for one in invited:
        Attendance.make(
            by=by, at=at, meeting=meeting, member_id=one.member_id, person_id=one.person_id
        )
        names.append(str(one))
    whom = ", ".join(names) or "nobody yet"
    tell(
        "meeting.called",
        f"{meeting.get_purpose_display()} called for {day(on)}. Invited: {whom}.",
        family=episode.family,
        subject=meeting,
        by=by,
        at=at,
    )
    return meeting


@transaction.atomic
def call_off(*, meeting: Meeting, why: str, by: Actor, at: datetime) -> Meeting:
    """Call a meeting off, with the reason."""
    work_with(by, meeting.episode.family, Right.MEET)
    if meeting.state != "called":
        raise UnableTo("Only a meeting that has not been held can be called off.")
    meeting.change(by=by, at=at, state="called_off", called_off_why=why)
    tell(
        "meeting.called_off",
        f"The meeting on {day(meeting.on)} was called off. {why}",
        family=meeting.episode.family,
        subject=meeting,
        by=by,
        at=at,
    )
    return meeting


@transaction.atomic
def hold(
    *,
    meeting: Meeting,
    came: Mapping[UUID, str],
    readings: Mapping[str, Reading],
    by: Actor,
    at: datetime,
    also: Iterable[Came] = (),
    lead: Member | None = None,
    lead_why: str = "",
    family_told: str = "",
) -> Meeting:
    """Record a meeting: who came (by attendance id), what was said, who leads from here.

    `also` are those who came without being invited. Having been there opens no record to anybody.
    Raises `UnableTo` for a meeting in the future or one already recorded.
    """
    episode = meeting.episode
    work_with(by, episode.family, Right.MEET)
    fresh = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if fresh.state != "called":
        raise UnableTo("This meeting has already been recorded or called off.")
    if fresh.on > local_day(at):
        raise UnableTo("This meeting has not happened yet.")
    form_record = begin_form(purpose=Purpose.MEETING, by=by, at=at, family=episode.family)
    for key, reading in readings.items():
        save_section(
            form_record=form_record,
            section_key=key,
            reading=reading,
            revision=0,
            by=by,
            at=at,
            finished=True,
        )
    for one in fresh.attendance.all():
        one.change(by=by, at=at, came=came.get(one.pk, ""))
    _also_came(fresh, also, by, at)
    fresh.change(by=by, at=at, state="held", form_record=form_record)
    present = [str(one) for one in attendance_of(fresh) if one.came == "yes"]
    tell(
        "meeting.held",
        f"{fresh.get_purpose_display()} held. There: {', '.join(present) or 'nobody noted'}.",
        family=episode.family,
        subject=fresh,
        by=by,
        at=at,
    )
    if lead is not None and lead.pk != episode.lead_id:
        agree_lead(
            episode=episode, member=lead, why=lead_why, family_told=family_told, by=by, at=at
        )
    return fresh


def _also_came(meeting: Meeting, also: Iterable[Came], by: Actor, at: datetime) -> None:
    """Write down, each once, who came without being invited."""
    known = {_who(one) for one in meeting.attendance.all()}
    for one in also:
        if _who(one) in known:
            continue
        known.add(_who(one))
        Attendance.make(
            by=by,
            at=at,
            meeting=meeting,
            member=one.member,
            person=one.person,
            named=one.named,
            invited=False,
            came="yes",
        )


def _who(one: Attendance | Came) -> tuple[object, object, str]:
    return one.member, one.person, one.named.casefold()
