"""Finding a family among those one may see: by a name typed anyhow, or by a birth date."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import (
    Case,
    Exists,
    F,
    Func,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Least, Lower

from earlydoors.domain.access.finding import Near, born, few_held, known_by, named
from earlydoors.domain.access.queries import (
    families_of,
    grants_of,
    how_many_families,
)
from earlydoors.domain.assessment.models import Assessment
from earlydoors.domain.episodes.models import Episode
from earlydoors.domain.frontdoor.models import RequestPerson
from earlydoors.domain.joining.queries import joined_away
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.models import Family, FamilyMember, Person
from earlydoors.domain.people.queries import BY_BIRTH, begins, names_beside, numbered, once_named
from earlydoors.domain.plan.models import Closing, Meeting, Plan
from earlydoors.foundation.kernel.dates import UnreadableDateError, read_date
from earlydoors.foundation.kernel.identifiers import numbers_in
from earlydoors.foundation.kernel.text import folded
from earlydoors.foundation.prepared import prepared
from earlydoors.foundation.profile.schema import Profile

A_PAGE = 25
SORTS = {
    "name": "Name",
    "next": "What is due next",
    "level": "Level, most need first",
    "newest": "Newest first",
}
_DIGIT = re.compile(r"\d")
_DATE_WORDS = 3


@dataclass(frozen=True)
class Sought:
    """What was typed, taken apart: words of names, and a birth date or a day of the year; or
    else one whole NHS number, UPN or ULN."""

    words: tuple[str, ...]
    born_on: date | None = None
    any_year: bool = False
    numbers: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.words or self.born_on or self.numbers)


@dataclass(frozen=True)
class Meant:
    """Someone who was meant, and the earlier or other name they were found by."""

    member: FamilyMember
    found_by: str


@dataclass(frozen=True)
class Found:
    """A family of the list, with its help, its children and who in it was meant."""

    family: Family
    episode: Episode | None
    full: bool
    next_on: date | None
    children: tuple[str, ...]
    meant: tuple[Meant, ...]


class _Folded(Func):
    """A name in the database made comparable as `folded` does: capitals and accents off,
    punctuation as spaces. PostgreSQL's own functions, no extension."""

    template = (
        "regexp_replace(regexp_replace(lower(normalize(%(expressions)s, NFKD)), "
        "'[\\u0300-\\u036f]', '', 'g'), '[^[:alnum:]]+', ' ', 'g')"
    )


def sought(typed: str, today: date) -> Sought:
    """Take apart what was typed: `Sophie 3 March 2018`, `okafor`, `3/3/18`, `3 March`.

    Without a year any year will do, because that is how people say birthdays.
    """
    if numbers := numbers_in(typed):
        return Sought((), numbers=numbers)
    parts = typed.split()
    for count in range(min(_DATE_WORDS, len(parts)), 0, -1):
        for day_words, others in (
            (parts[-count:], parts[:-count]),
            (parts[:count], parts[count:]),
        ):
            text = " ".join(day_words)
            if not _DIGIT.search(text):
                continue
            try:
                on = read_date(text, today)
            except UnreadableDateError:
                continue
            yearless = len(re.findall(r"[A-Za-z]+|\d+", re.sub(r"(?<=\d)[a-z]+", "", text))) < 3
            return Sought(tuple(folded(" ".join(others)).split()[:6]), on, yearless)
    return Sought(tuple(folded(typed).split()[:6]))


def families_seen(actor: Actor, today: date, profile: Profile, sort: str) -> QuerySet[Any]:
    """The families an actor may see in an order; with what the order goes by, if not by name."""
    if sort == "name":
        return families_of(actor).order_by(Lower("name"), "pk")
    latest = _latest()
    levels = [
        When(latest_level=level.key, then=Value(place))
        for place, level in enumerate(profile.levels)
    ]
    families = families_of(actor).annotate(
        latest=Subquery(latest.values("pk")),
        latest_level=Subquery(latest.values("level")),
        opened=Subquery(latest.values("opened_on")),
        full=Exists(grants_of(actor).filter(family=OuterRef("pk"), extent="full")),
    )
    families = families.annotate(
        next_on=Case(When(full=True, then=Least(*_due(today))), default=None),
        position=Case(*levels, default=Value(-1), output_field=IntegerField()),
    )
    by: dict[str, tuple[Any, ...]] = {
        "next": (F("next_on").asc(nulls_last=True), Lower("name"), "pk"),
        "level": ("-position", Lower("name"), "pk"),
        "newest": (F("opened").desc(nulls_last=True), Lower("name"), "pk"),
    }
    return families.order_by(*by[sort])


def _latest() -> QuerySet[Any, Any]:
    """The latest help of a family: what is open, else what closed last."""
    return (
        Episode.objects.filter(family=OuterRef("pk"))
        .order_by(F("closed_at").desc(nulls_first=True), "-created_at")
        .values("pk", "level", "opened_on")[:1]
    )


def _due(today: Any) -> Iterable[Subquery]:
    """The days on which something falls due in the latest help, each the earliest of its kind."""
    here = {"episode": OuterRef("latest")}
    dated: tuple[tuple[QuerySet[Any], str], ...] = (
        (Assessment.objects.filter(**here, state="open"), "due_on"),
        (Meeting.objects.filter(**here, state="called", on__gte=today), "on"),
        (Plan.objects.filter(**here, episode__state="helping"), "next_review_on"),
        (Closing.objects.filter(**here, checked_at=None), "check_due_on"),
    )
    for rows, field in dated:
        yield Subquery(rows.order_by().values("episode").annotate(day=Min(field)).values("day"))


def _people(actor: Actor, wanted: Sought) -> QuerySet[FamilyMember]:
    """Who is meant, in the families an actor may see.

    Where only the summary is open, only people the actor has named in a request of their own: a
    search must not tell who else is in the family. Nor are those found by a name they once had.
    """
    full = grants_of(actor).filter(family=OuterRef("family"), extent="full")
    any_at_all = grants_of(actor).filter(family=OuterRef("family"))
    named = RequestPerson.objects.filter(
        person=OuterRef("person"), request__created_by=actor.member
    )
    people = FamilyMember.objects.filter(
        Q(Exists(full)) | (Q(Exists(any_at_all)) & Q(Exists(named)))
    ).exclude(joined_away("person"))
    if wanted.words:
        people = people.annotate(of_family=_Folded("family__name"))
    own = Q(pk__in=[]) if wanted.words else Q()
    for word in wanted.words:
        once = Q(Exists(full)) & Q(once_named(begins(word), "person"))
        mine = begins(word, "person__search_name") | once
        people = people.filter(mine | begins(word, "of_family"))
        own |= mine
    if wanted.words:
        # Somebody is meant when at least one word is theirs and not only the family's.
        people = people.filter(own)
    if wanted.numbers:
        people = people.filter(Q(Exists(full)) & Q(numbered(wanted.numbers, "person")))
    if wanted.born_on is not None:
        people = people.filter(_born(wanted.born_on, any_year=wanted.any_year))
    return people


def _born(on: date, *, any_year: bool) -> Q:
    if any_year:
        return Q(person__born_on__month=on.month, person__born_on__day=on.day)
    return Q(person__born_on=on)


def _meant(actor: Actor, wanted: Sought, held: list[UUID] | None) -> set[UUID]:
    """The families meant, by their own name or by someone in them; among those held, if few."""
    people, families = _people(actor, wanted), families_of(actor)
    if held is None:
        near = _near(wanted)
        people = people.filter(person__among=near.people)
        families = families.filter(pk__among=near.families)
    else:
        people, families = people.filter(family__among=held), families.filter(pk__among=held)
    meant = set(people.values_list("family", flat=True))
    if wanted.words and wanted.born_on is None:
        families = families.annotate(folded_name=_Folded("name"))
        for word in wanted.words:
            families = families.filter(begins(word, "folded_name"))
        meant.update(families.values_list("pk", flat=True))
    return meant


def _near(wanted: Sought) -> Near:
    if wanted.numbers:
        return known_by(wanted.numbers)
    if wanted.words:
        return named(wanted.words)
    return born(wanted.born_on, any_year=wanted.any_year) if wanted.born_on else Near([], [])


def page_of(
    actor: Actor, typed: str, sort: str, number: str, today: date, profile: Profile
) -> tuple[Page[Any], list[Found]]:
    """A page of the families meant, or of all that the actor sees when nothing was typed."""
    wanted = sought(typed, today)
    families, held = families_seen(actor, today, profile, sort), few_held(actor)
    if typed.strip():
        meant = _meant(actor, wanted, held) if wanted.anything else set()
        families, total = families.filter(pk__among=list(meant)), len(meant)
    elif held is None:
        total = how_many_families(actor)
    else:
        families, total = families.filter(pk__among=held), len(held)
    pages = Paginator(families.values_list("pk", flat=True), A_PAGE)
    pages.count = total
    page = pages.get_page(number)
    return page, _found(actor, list(page.object_list), today, wanted)


def found_in(actor: Actor, families: QuerySet[Any], today: date) -> list[Found]:
    """Families of `families_seen`, with their help and their children, nobody in them meant."""
    return _found(actor, list(families.values_list("pk", flat=True)), today, Sought(()))


def _found(actor: Actor, keys: list[UUID], today: date, wanted: Sought) -> list[Found]:
    families = {one.pk: one for one in _families(keys, today)}
    wholly = grants_of(actor).filter(family__among=keys, extent="full")
    whole = set(wholly.values_list("family", flat=True))
    helped = [one.latest for one in families.values() if one.latest]
    episodes = {one.pk: one for one in _episodes(helped)}
    meant: dict[UUID, list[Meant]] = {}
    if wanted.anything:
        people = _people(actor, wanted).filter(family__in=keys).select_related("person")
        for one in people.prefetch_related("person__names").order_by("left_on", *BY_BIRTH):
            by = _found_by(one.person, wanted) if one.family_id in whole else ""
            meant.setdefault(one.family_id, []).append(Meant(one, by))
    children: dict[UUID, list[str]] = {}
    for one in _young([*whole]):
        children.setdefault(one.family_id, []).append(one.person.called)
    return [
        Found(
            family=families[key],
            episode=episodes.get(families[key].latest),
            full=key in whole,
            next_on=families[key].next_on if key in whole else None,
            children=tuple(children.get(key, ())),
            meant=tuple(meant.get(key, ())),
        )
        for key in keys
    ]


@prepared
def _families(keys: Any, today: Any) -> QuerySet[Any, Any]:
    latest = Subquery(_latest().values("pk"))
    families = Family.objects.filter(pk__among=keys).annotate(latest=latest)
    return families.annotate(next_on=Least(*_due(today)))


@prepared
def _episodes(keys: Any) -> QuerySet[Episode, Any]:
    return Episode.objects.filter(pk__among=keys).select_related("lead", "agency")


@prepared
def _young(families: Any) -> QuerySet[FamilyMember, Any]:
    young = FamilyMember.objects.filter(
        family__among=families, relation="child", left_on=None
    ).select_related("person")
    return young.order_by(*BY_BIRTH)


def _found_by(person: Person, wanted: Sought) -> str:
    """The name of theirs, not the one they go by now, that has words typed and not in today's."""
    today = person.search_name.split()
    others = [word for word in wanted.words if not any(w.startswith(word) for w in today)]
    for name in names_beside(person):
        if any(part.startswith(word) for word in others for part in name.search_name.split()):
            return name.in_words
    return ""
