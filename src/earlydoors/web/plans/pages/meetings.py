"""Meetings as their pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from earlydoors.domain.episodes.models import Episode
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.rules import KEPT, without
from earlydoors.domain.plan.models import Attendance, Meeting
from earlydoors.domain.plan.queries import attendance_of
from earlydoors.foundation.kernel.dates import LONDON, day
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.parts import Row
from earlydoors.web.design.questions import Field
from earlydoors.web.design.words import until
from earlydoors.web.plans.pages.plan import Link
from earlydoors.web.sections import paged
from earlydoors.web.sections.own import Embedded

LASTS = timedelta(hours=1)  # what a calendar is told; nobody is asked how long they will talk
_CAME_TONES = {"yes": "done", "sent": "plain", "no": "quiet"}


@dataclass(frozen=True)
class MeetingLine:
    """A meeting in the list."""

    title: str
    when: str
    href: str
    state: str
    tone: str
    detail: str
    button: str
    to_record: str


@dataclass(frozen=True)
class MeetingsPage:
    """The meetings of a period of help: those to come and those that were."""

    episode_id: UUID
    family: str
    back: Link
    coming: tuple[MeetingLine, ...]
    past: tuple[MeetingLine, ...]
    may_call: bool


@dataclass(frozen=True)
class CallPage:
    """Calling a meeting."""

    family: str
    back: Link
    fields: tuple[Field, ...]
    refusals: tuple[str, ...]
    team_address: str
    has_team: bool


@dataclass(frozen=True)
class Invited:
    """Someone invited: their name, whether they came, and their invitation."""

    name: str
    came: str
    tone: str
    uninvited: bool
    invitation: str


@dataclass(frozen=True)
class MeetingPage:
    """One meeting, before or after."""

    id: UUID
    title: str
    family: str
    back: Link
    state: str
    facts: tuple[Row, ...]
    invited: tuple[Invited, ...]
    may_change: bool
    may_record: bool
    why_called_off: str
    written: Sequence[tuple[str, tuple[Row, ...]]]
    by: str


@dataclass(frozen=True)
class RecordPage:
    """Recording a meeting that was held."""

    family: str
    title: str
    back: Link
    came: tuple[Field, ...]
    form: Embedded
    lead: tuple[Field, ...]
    refusals: tuple[str, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """All questions, in the order of the page."""
        return (*self.came, *self.form.fields, *self.lead)


@dataclass(frozen=True)
class InvitationPage:
    """An invitation for one person, without anything that must not reach them."""

    back: Link
    to: str
    who_calls: str
    day: str
    time: str
    place: str
    purpose: str
    others: tuple[str, ...]
    left_out: bool


def at_time(starts: time | None) -> str:
    """2:30pm; nothing for no time."""
    if starts is None:
        return ""
    half = "am" if starts.hour < 12 else "pm"
    return f"{starts.hour % 12 or 12}:{starts.minute:02}{half}"


def when(meeting: Meeting) -> str:
    """3 March 2026 at 2:30pm."""
    clock = at_time(meeting.starts)
    return day(meeting.on) + (f" at {clock}" if clock else "")


def meeting_line(meeting: Meeting, today: date, may_meet: bool) -> MeetingLine:
    """A meeting as a line: one that is over waits to be recorded."""
    people = attendance_of(meeting)
    waits = meeting.state == "called" and meeting.on <= today
    if meeting.state == "called":
        state, tone = ("To be recorded", "due") if waits else (until(meeting.on, today), "plain")
        detail = f"Invited: {', '.join(map(str, people)) or 'nobody yet'}"
    elif meeting.state == "held":
        state, tone = "Held", "done"
        came = [str(one) for one in people if one.came == "yes"]
        detail = f"There: {', '.join(came) or 'nobody noted'}"
    else:
        state, tone, detail = "Called off", "quiet", meeting.called_off_why
    record = reverse("plans:record_meeting", args=[meeting.pk]) if waits and may_meet else ""
    return MeetingLine(
        title=meeting.get_purpose_display(),
        when=when(meeting),
        href=reverse("plans:meeting", args=[meeting.pk]),
        state=state,
        tone=tone,
        detail=detail,
        button="Record it" if record else "Open",
        to_record=record,
    )


def meetings_page(
    episode: Episode, meetings: Sequence[Meeting], actor: Actor, today: date, back: Link
) -> MeetingsPage:
    """The list of meetings."""
    may_meet = actor.may(Right.MEET)
    coming = sorted((m for m in meetings if m.state == "called"), key=lambda m: m.on)
    past = [m for m in meetings if m.state != "called"]
    return MeetingsPage(
        episode_id=episode.pk,
        family=str(episode.family),
        back=back,
        coming=tuple(meeting_line(one, today, may_meet) for one in coming),
        past=tuple(meeting_line(one, today, may_meet) for one in past),
        may_call=may_meet and episode.state not in {"closed", "stepped_up"},
    )


def _invited(one: Attendance) -> Invited:
    return Invited(
        name=str(one),
        came=one.get_came_display().capitalize() if one.came else "",
        tone=_CAME_TONES.get(one.came, "plain"),
        uninvited=not one.invited,
        invitation=reverse("plans:invitation", args=[one.pk]),
    )


def meeting_page(meeting: Meeting, actor: Actor, today: date, back: Link) -> MeetingPage:
    """One meeting."""
    may_change = actor.may(Right.MEET) and meeting.state == "called"
    clock = at_time(meeting.starts)
    facts = [
        Row("Day", f"{day(meeting.on)} ({until(meeting.on, today)})"),
        Row("Time", clock or "Not said"),
        Row("Place", meeting.place or "Not said"),
        Row("Called by", meeting.created_by.name),
    ]
    record = meeting.form_record
    return MeetingPage(
        id=meeting.pk,
        title=meeting.get_purpose_display(),
        family=str(meeting.episode.family),
        back=back,
        state=meeting.state,
        facts=tuple(facts),
        invited=tuple(_invited(one) for one in attendance_of(meeting)),
        may_change=may_change,
        may_record=may_change and meeting.on <= today,
        why_called_off=meeting.called_off_why,
        written=paged.read(record, today, unanswered="") if record else (),
        by=record.created_by.name if record else "",
    )


def invitation_page(
    invited: Attendance, others: Sequence[Attendance], secrets: Sequence[str], back: Link
) -> InvitationPage:
    """The invitation of one person; `secrets` must never reach them."""
    meeting = invited.meeting
    place = without(meeting.place, secrets)
    return InvitationPage(
        back=back,
        to=str(invited),
        who_calls=meeting.created_by.name,
        day=f"{meeting.on:%A} {day(meeting.on)}",
        time=at_time(meeting.starts),
        place="" if KEPT in place else place,
        purpose=meeting.purpose,
        others=tuple(str(one) for one in others if one.pk != invited.pk),
        left_out=KEPT in place,
    )


def calendar(meeting: Meeting) -> str:
    """A meeting as iCalendar (RFC 5545): day, time and place, and nothing about the family."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Early Doors//Meetings//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{meeting.pk}@early-doors",
        f"DTSTAMP:{_utc(meeting.changed_at)}",
        *_times(meeting),
        "SUMMARY:Team meeting",
        *([f"LOCATION:{_escaped(meeting.place)}"] if meeting.place else []),
        f"STATUS:{'CANCELLED' if meeting.state == 'called_off' else 'CONFIRMED'}",
        "CLASS:PRIVATE",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _times(meeting: Meeting) -> list[str]:
    if meeting.starts is None:
        following = meeting.on + timedelta(days=1)
        return [f"DTSTART;VALUE=DATE:{meeting.on:%Y%m%d}", f"DTEND;VALUE=DATE:{following:%Y%m%d}"]
    begins = datetime.combine(meeting.on, meeting.starts, LONDON)
    return [f"DTSTART:{_utc(begins)}", f"DTEND:{_utc(begins + LASTS)}"]


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    for plain, safe in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r", ""), ("\n", "\\n")):
        text = text.replace(plain, safe)
    return text


def _folded(line: str) -> str:
    """A line of more than 75 octets goes on in the next one, after a blank, between characters."""
    parts: list[str] = []
    part = ""
    for letter in line:
        if len((part + letter).encode()) > (75 if not parts else 74):
            parts.append(part)
            part = ""
        part += letter
    return "\r\n ".join([*parts, part])
