"""Everything known to have happened to a family, from wherever it is written down, as one list."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from uuid import UUID

from earlydoors.domain.chronology.models import Entry, Event
from earlydoors.domain.chronology.queries import BORN, Fact, entries_of, events_of, facts_of
from earlydoors.domain.frontdoor.models import SupportRequest
from earlydoors.domain.people.models import Family, Person
from earlydoors.domain.people.rules import without
from earlydoors.foundation.kernel.dates import LONDON, clock, day, local_day
from earlydoors.foundation.kernel.text import folded
from earlydoors.web.design import parts
from earlydoors.web.design.addresses import reverse
from earlydoors.web.families.pages import entry

REQUESTED = "request.sent"


@dataclass(frozen=True)
class Happened:
    """One thing that happened, between two days that are one where the day is known.

    `when` is how the time is said; `at` the moment, where it was told as it happened; `about` what
    a worker's own entry is about; `source` who said it; `by` who wrote it down, and `written` when.
    """

    kind: str
    first: date
    last: date
    when: str
    says: str
    at: datetime | None = None
    about: str = ""
    source: str = ""
    by: str = ""
    written: datetime | None = None
    people: frozenset[UUID] = frozenset()
    entry: Entry | None = None
    event: Event | None = None
    request: UUID | None = None
    turn: int = 0

    @property
    def noun(self) -> str:
        """What the kind begins with."""
        return self.kind.partition(".")[0]

    @property
    def order(self) -> tuple[date, datetime, int]:
        """The order of time; what has no hour stands before what has one."""
        return self.first, self.at or datetime.combine(self.first, time.min, LONDON), self.turn


def row_of(one: Happened) -> tuple[str, str]:
    """Where it is written, for what somebody says beside it."""
    row = one.entry or one.event
    return (row._meta.label_lower, str(row.pk)) if row else ("", "")


def everything(family: Family) -> list[Happened]:
    """All of it, the earliest first, in a number of queries that does not grow."""
    found: list[Happened] = [
        *(_of_fact(fact) for fact in facts_of(family)),
        *(_of_event(event) for event in events_of(family)),
        *_of_requests(family),
        # A birth is told on its own day, not on the one it was written down.
        *(_of_entry(one) for one in entries_of(family) if one.kind != BORN),
    ]
    found = [replace(one, turn=n) for n, one in enumerate(found)]
    return sorted(found, key=lambda one: one.order)


def _of_entry(one: Entry) -> Happened:
    on = local_day(one.at)
    about = frozenset((one.subject_id,)) if one.subject == "people.person" else frozenset()
    return Happened(
        kind=one.kind,
        first=on,
        last=on,
        when=f"{day(on)}, {clock(one.at)}",
        says=one.says,
        at=one.at,
        by=one.by_says,
        written=one.at,
        people=about,
        entry=one,
        turn=one.pk,
    )


def _of_fact(fact: Fact) -> Happened:
    return Happened(fact.kind, fact.on, fact.on, day(fact.on), fact.says, people=fact.people)


def _of_event(event: Event) -> Happened:
    return Happened(
        kind="event.told",
        first=event.first_on,
        last=event.last_on,
        when=event.when_says,
        says=event.says,
        about=event.get_about_display(),
        source=event.source,
        by=event.created_by.name,
        written=event.created_at,
        people=frozenset(one.person_id for one in event.concerns.all()),
        event=event,
    )


def _of_requests(family: Family) -> Iterator[Happened]:
    """When support was asked for; the answer is told by itself."""
    sent = SupportRequest.objects.filter(family=family, sent_at__isnull=False)
    for one in sent.select_related("agency", "created_by").order_by("sent_at", "id"):
        if one.sent_at is None:
            continue
        on = local_day(one.sent_at)
        agency = f", {one.agency.name}" if one.agency else ""
        yield Happened(
            kind=REQUESTED,
            first=on,
            last=on,
            when=f"{day(on)}, {clock(one.sent_at)}",
            says=f"{one.created_by.name}{agency} asked for support.",
            at=one.sent_at,
            by=f"{one.created_by.name}{agency}",
            written=one.sent_at,
            request=one.pk,
        )


# ---- narrowing


def of_kinds(found: Iterable[Happened], kinds: Collection[str]) -> list[Happened]:
    """Those of these nouns, or of these kinds in full."""
    return [one for one in found if one.noun in kinds or one.kind in kinds]


def between(found: Iterable[Happened], since: date | None, until: date | None) -> list[Happened]:
    """Those that may lie within these days, both included."""
    return [
        one
        for one in found
        if (since is None or one.last >= since) and (until is None or one.first <= until)
    ]


def with_words(found: Iterable[Happened], text: str) -> list[Happened]:
    """Those in which every word is found, whatever its capitals and accents."""
    words = folded(text).split()
    return [one for one in found if all(word in _all_said(one) for word in words)]


def _all_said(one: Happened) -> str:
    return folded(f"{one.says} {one.about} {one.source} {one.by} {one.when}")


def about_person(found: Iterable[Happened], person: Person) -> list[Happened]:
    """Those that concern someone: by what is written down, else by their name in the words."""
    names = {folded(name) for name in (person.full_name, person.called, person.given_name)}
    named = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in names if name) or r"(?!)")
    return [
        one
        for one in found
        if person.pk in one.people or (not one.people and named.search(folded(one.says)))
    ]


# ---- for someone of the family

_UNSAID = ("harm", "place", "conversation", "sharing")


def for_reader(found: Iterable[Happened], reader: Person, secrets: Sequence[str]) -> list[Happened]:
    """What someone of the family may have on paper when places are kept from them.

    Left out is what nobody can read for every hint it may hold: referrals to social care, advice
    that was asked for, where others live and go, and what workers wrote of others. From the rest
    every name of such a place is taken out.
    """
    if not secrets:
        return list(found)
    kept = [
        one
        for one in found
        if (one.noun not in _UNSAID and not (one.event is not None and reader.pk not in one.people))
        or (one.noun == "place" and one.people == {reader.pk})
    ]
    return [
        replace(
            one,
            says=without(one.says, secrets),
            source=without(one.source, secrets),
            by=without(one.by, secrets),
            entry=None,
            event=None,
            request=None,
        )
        for one in kept
    ]


# ---- as it is drawn


def drawn(one: Happened, family: Family, *, may_mend: bool) -> parts.Entry:
    """A line of the page."""
    if one.entry is not None:
        return entry(one.entry)
    if one.event is not None:
        return parts.Entry(
            when=f"{one.when} · {one.about}",
            day=one.first if one.first == one.last else None,
            title=one.says.partition("\n")[0],
            body=one.says.partition("\n")[2],
            by=f"{one.source or 'Nobody is written down as having said so'}. Written by {one.by}",
            tone="plain",
            href=reverse("families:mend_event", args=[family.pk, one.event.pk])
            if may_mend
            else None,
        )
    title, _, rest = one.says.partition(". ")
    return parts.Entry(
        when=one.when,
        day=one.first if one.first == one.last else None,
        title=f"{title}." if rest else title,
        body=rest,
        by=one.by,
        tone="quiet" if one.at is None else "plain",
        href=reverse("frontdoor:request", args=[one.request]) if one.request else None,
    )
