"""What the pages of watching over looks show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from earlydoors.domain.access.looking import Noticed, Seen
from earlydoors.domain.access.models import LookedInto
from earlydoors.domain.access.unusual import PERIODS, Reason
from earlydoors.domain.access.watching import LONGEST
from earlydoors.domain.partnership.models import Member
from earlydoors.domain.people.models import Family
from earlydoors.foundation.forms.schema import Kind, Option, Question
from earlydoors.foundation.kernel.dates import day, local_day, moment
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.parts import Pages
from earlydoors.web.design.questions import Field
from earlydoors.web.design.words import count
from earlydoors.web.families.looks import Look, line
from earlydoors.web.families.pages import held_by, job_of
from earlydoors.web.looks.periods import Period

HEADERS = ("Name", "Job", "Families", "Looks", "Latest look", "What was noticed", "May be innocent")
NOBODY_ELSE = "Somebody who is not a member any more"


@dataclass(frozen=True)
class Choice:
    """A time to look back over."""

    text: str
    href: str
    here: bool


@dataclass(frozen=True)
class Person:
    """Somebody whose looks are unusual."""

    name: str
    job: str
    href: str
    looked: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Finding:
    """What somebody found who looked into somebody's looks."""

    about: str
    outcome: str
    says: str
    by: str
    covers: str
    href: str


@dataclass(frozen=True)
class Report:
    """The report."""

    choices: tuple[Choice, ...]
    total: int
    people: tuple[Person, ...]
    pages: Pages
    file: str
    days: int


@dataclass(frozen=True)
class Found:
    """The list of what was found."""

    findings: tuple[Finding, ...]
    pages: Pages


@dataclass(frozen=True)
class MemberPage:
    """One member's looks."""

    name: str
    job: str
    choices: tuple[Choice, ...]
    days: int
    reasons: tuple[Reason, ...]
    looks: tuple[Look, ...]
    total: int
    pages: Pages
    findings: tuple[Finding, ...]
    fields: tuple[Field, ...]
    refusals: tuple[str, ...]
    own: bool
    since: str
    until: str
    back: str

    @property
    def faulty(self) -> bool:
        """Whether something is to be mended before it can be saved."""
        return bool(self.refusals) or any(field.fault for field in self.fields)


QUESTIONS = (
    Question(
        key="outcome",
        kind=Kind.CHOICE,
        asks="What did you find?",
        required=True,
        options=tuple(Option(key=key, says=says) for key, says in LookedInto.OUTCOMES),
    ),
    Question(
        key="passed_to",
        kind=Kind.SHORT_TEXT,
        asks="To whom did you pass it on?",
        hint="Only if you passed it on: their name and what they are.",
        maximum=200,
    ),
    Question(
        key="says",
        kind=Kind.LONG_TEXT,
        asks="How do you know?",
        hint="Whom you asked and what they said. Name no family here.",
        required=True,
        maximum=LONGEST,
    ),
)


def choices(route: str, chosen: int, *, of: UUID | None = None) -> tuple[Choice, ...]:
    """The times to choose from."""
    address = reverse(route, args=[of] if of else [])
    return tuple(
        Choice(f"{days} days", f"{address}?days={days}", days == chosen) for days in PERIODS
    )


def person(one: Noticed, members: Mapping[UUID, Member], chosen: Period) -> Person:
    """A line of the report."""
    member = members[one.member_id]
    families = count(one.facts.families, "family", "families")
    latest = f", last on {moment(one.facts.latest)}" if one.facts.latest else ""
    return Person(
        name=member.name,
        job=job_of(member, held_by(member)),
        href=f"{reverse('looks:member', args=[member.pk])}?days={chosen.days}",
        looked=f"{families}, {count(one.facts.looks, 'look')}{latest}",
        reasons=one.reasons,
    )


def row(one: Noticed, members: Mapping[UUID, Member]) -> Sequence[str]:
    """A line of the report as a table has it."""
    member, facts = members[one.member_id], one.facts
    return (
        member.name,
        job_of(member, held_by(member)),
        str(facts.families),
        str(facts.looks),
        moment(facts.latest) if facts.latest else "",
        " ".join(reason.says for reason in one.reasons),
        " ".join(reason.innocent for reason in one.reasons),
    )


def finding(one: LookedInto) -> Finding:
    """What was found, in words."""
    outcome = one.get_outcome_display()
    return Finding(
        about=one.member.name,
        outcome=f"{outcome}: {one.passed_to}" if one.passed_to else outcome,
        says=one.says,
        by=f"{one.created_by.name}, {moment(one.created_at)}",
        covers=f"Looks from {day(local_day(one.since))} to {moment(one.until)}",
        href=reverse("looks:member", args=[one.member_id]),
    )


def seen(one: Seen, families: Mapping[UUID, Family]) -> Look:
    """One line of a member's looks."""
    family = families.get(one.family_id) if one.family_id else None
    return line(one, who=str(family) if family else "A family")
