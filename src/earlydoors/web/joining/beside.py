"""Two records compared, line by line: what each says, who said so, and whether they differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects

from earlydoors.domain.access.models import Grant, open_now
from earlydoors.domain.frontdoor.models import RequestPerson
from earlydoors.domain.joining.joins import two_numbers
from earlydoors.domain.joining.rules import KEPT, NUMBER, OTHER, Offer, Version, differ, offers
from earlydoors.domain.people.models import Identifier, Person
from earlydoors.domain.people.operations import PERSON_FIELDS
from earlydoors.domain.people.queries import identifiers_of, names_beside, routes_to
from earlydoors.domain.people.rules import age_in_words
from earlydoors.foundation.forms.schema import Kind, Option, Question
from earlydoors.foundation.kernel.dates import day, local_day
from earlydoors.web.families import knowing
from earlydoors.web.families.pages import age_and_relation, listed
from earlydoors.web.families.person import said
from earlydoors.web.families.questions import PERSON_LABELS
from earlydoors.web.joining.pages import BOTH, DIFFERENT, ONLY_ONE, SAME, Compared, Side, Told

LABELS = PERSON_LABELS | knowing.LABELS["about"] | knowing.LABELS["needs"]
_FETCHED = (
    "families__family", "names", "routes", "places__setting", "places__kept_from__person", "said",
    "identifiers", "must_not_learn__place__person",
)  # fmt: skip


@dataclass(frozen=True)
class Record:
    """One of two records, with what a page needs of it."""

    person: Person
    sources: Mapping[str, Any]
    requests: tuple[RequestPerson, ...]

    def version(self, fact: str) -> Version:
        """What it says of a fact, and when that was written."""
        told = self.sources.get(fact)
        at = told.changed_at if told else self.person.created_at
        return Version(getattr(self.person, fact), at)

    def told(self, fact: str) -> Told:
        """What it says of a fact, in words."""
        source = self.sources.get(fact)
        text = said(self.person, fact)
        who = ""
        if text and source and source.source:
            who = f"{source.source}, {day(local_day(source.changed_at))}"
        return Told((text,) if text else (), who)

    @property
    def in_families(self) -> set[UUID]:
        """The families they are or were in."""
        return {one.family_id for one in self.person.families.all()}


def records(kept: Person, other: Person) -> tuple[Record, Record]:
    """Both records with everything that is compared; the number of queries does not grow."""
    prefetch_related_objects([kept, other], *_FETCHED)
    asked = (
        RequestPerson.objects.filter(person__in=[kept, other], removed_on=None)
        .select_related("request__agency", "request__created_by")
        .order_by("created_at", "pk")
    )
    made = [
        Record(
            person,
            {one.fact: one for one in person.said.all()},
            tuple(one for one in asked if one.person_id == person.pk),
        )
        for person in (kept, other)
    ]
    return made[0], made[1]


def side(record: Record, called: str, today: date) -> Side:
    """The head of one record."""
    person = record.person
    on, by = day(local_day(person.created_at)), person.created_by.name
    age = age_in_words(person.born_on, person.due_on, today)
    return Side(called, person.full_name, age, f"Written down on {on} by {by}")


def compared(
    kept: Record, other: Record, today: date
) -> tuple[tuple[str, tuple[Compared, ...]], ...]:
    """Everything that either record says, in groups."""
    facts = [
        _line(label, kept.told(fact), other.told(fact), _differ(kept, other, fact))
        for fact, label in LABELS.items()
        if kept.told(fact).lines or other.told(fact).lines
    ]
    return (
        ("What is known", tuple(facts)),
        ("Numbers", tuple(_numbers(kept, other))),
        (
            "What belongs to them",
            tuple(
                _line(label, left, right, set(left.lines) != set(right.lines), BOTH)
                for label, left, right in (
                    ("Families", _families(kept, today), _families(other, today)),
                    ("Other names", _names(kept), _names(other)),
                    ("Where they live and go", _places(kept), _places(other)),
                    ("How to reach them", _routes(kept), _routes(other)),
                    ("Must not learn of", _secrets(kept), _secrets(other)),
                    ("Requests that name them", _requests(kept), _requests(other)),
                )
                if left.lines or right.lines
            ),
        ),
    )


def _differ(kept: Record, other: Record, fact: str) -> bool:
    return differ(getattr(kept.person, fact), getattr(other.person, fact))


def _line(label: str, left: Told, right: Told, differs: bool, mark: str = DIFFERENT) -> Compared:
    if bool(left.lines) != bool(right.lines):
        return Compared(label, ONLY_ONE, (left, right))
    return Compared(label, mark if differs else SAME, (left, right))


def _numbers(kept: Record, other: Record) -> list[Compared]:
    held = [{one.kind: one for one in identifiers_of(r.person)} for r in (kept, other)]
    found = []
    for kind, label in Identifier.KINDS:
        left, right = (_number(one.get(kind)) for one in held)
        if left.lines or right.lines:
            found.append(_line(label, left, right, left.lines != right.lines))
    return found


def _number(one: Identifier | None) -> Told:
    if one is None:
        return Told(())
    on = day(local_day(one.changed_at))
    return Told((one.shown,), f"{one.source}, {on}" if one.source else f"Written down on {on}")


def _families(record: Record, today: date) -> Told:
    places = sorted(record.person.families.all(), key=lambda m: (m.joined_on, str(m.pk)))
    return Told(
        tuple(
            f"{one.family}: {age_and_relation(one, today)}"
            + (f", until {day(one.left_on)}" if one.left_on else "")
            for one in places
        )
    )


def _names(record: Record) -> Told:
    return Told(
        tuple(
            f"{n.full_name} ({n.get_kind_display().lower()})" for n in names_beside(record.person)
        )
    )


def _places(record: Record) -> Told:
    lines = []
    for place in sorted(record.person.places.all(), key=lambda p: (p.kind, p.created_at)):
        until = f", until {day(place.ended_on)}" if place.ended_on else ""
        kept = [one.person.full_name for one in place.kept_from.all() if one.lifted_on is None]
        private = f". Kept private from {listed(kept)}" if kept else ""
        lines.append(f"{place.get_kind_display()}: {place.says}{until}{private}")
    return Told(tuple(lines))


def _routes(record: Record) -> Told:
    return Told(
        tuple(f"{one.get_kind_display()}: {one.in_words}" for one in routes_to(record.person))
    )


def _secrets(record: Record) -> Told:
    kept = [one for one in record.person.must_not_learn.all() if one.lifted_on is None]
    return Told(
        tuple(
            f"{one.place.get_kind_display()} of {one.place.person.full_name}"
            for one in sorted(kept, key=lambda one: (one.created_at, str(one.pk)))
        )
    )


def _requests(record: Record) -> Told:
    return Told(
        tuple(
            f"{one.request.agency or one.request.created_by.name}, "
            f"{day(local_day(one.request.sent_at or one.request.created_at))}"
            for one in record.requests
        )
    )


def choices(kept: Record, other: Record) -> tuple[tuple[Question, ...], dict[str, str]]:
    """What to choose where the two differ, and what the page begins with."""
    found = offers(
        {fact: kept.version(fact) for fact in PERSON_FIELDS},
        {fact: other.version(fact) for fact in PERSON_FIELDS},
        unborn_kept=kept.person.is_unborn,
        unborn_other=other.person.is_unborn,
    )
    asked = [
        _choice(fact, LABELS[fact], kept.told(fact), other.told(fact), found[fact])
        for fact in LABELS
        if fact in found
    ]
    begun = {fact: one.which for fact, one in found.items()}
    held = [{one.kind: one for one in identifiers_of(r.person)} for r in (kept, other)]
    for kind, label in two_numbers(kept.person, other.person):
        left, right = (_number(one[kind]) for one in held)
        asked.append(_choice(NUMBER + kind, label, left, right, None))
    return tuple(asked), begun


def _choice(fact: str, label: str, kept: Told, other: Told, offer: Offer | None) -> Question:
    def option(key: str, told: Told) -> Option:
        why = f"Chosen beforehand: {offer.why}" if offer and offer.which == key else ""
        record = "First record" if key == KEPT else "Second record"
        hint = " ".join(f"{part}." for part in (record, told.source, why) if part)
        return Option.model_construct(key=key, says="; ".join(told.lines) or "Not known", hint=hint)

    return Question.model_construct(
        key=fact,
        kind=Kind.CHOICE,
        asks=label,
        hint="",
        prompts=(),
        required=True,
        options=(option(KEPT, kept), option(OTHER, other)),
        options_from="",
        minimum=None,
        maximum=None,
        when=None,
        words_of="worker",
        withheld=False,
        source=None,
    )


def who_will_see(kept: Record, other: Record) -> tuple[str, ...]:
    """What others see more of once the two are one, in sentences."""
    mine, theirs = kept.in_families, other.in_families
    families = {one.family_id: one.family for r in (kept, other) for one in r.person.families.all()}
    if mine == theirs:
        return ("Both records are in the same family, so nobody sees more than now.",)
    grants = (
        Grant.objects.filter(open_now(), family__in=list(families), extent="full")
        .select_related("member", "desk")
        .order_by("began_at", "pk")
    )
    holders: dict[object, dict[str, None]] = {}
    for one in grants:
        name = one.member.name if one.member else f"everyone at {one.desk}"
        holders.setdefault(one.family_id, {})[name] = None
    called = kept.person.called
    sentences = []
    for here, there in ((mine - theirs, theirs), (theirs - mine, mine)):
        for family_id in sorted(here, key=str):
            more = listed([f"the {families[one]}" for one in sorted(there - {family_id}, key=str)])
            who = list(holders.get(family_id, {}))
            names = f" ({listed(who)})" if who else ""
            sentences.append(
                f"Those who help the {families[family_id]}{names} will also see the places, "
                f"names, numbers and facts of {called} that come from {more or 'no family'}."
            )
    return tuple(sentences)


def cautions(kept: Record, other: Record) -> tuple[str, ...]:
    """What is kept from whom, so that whoever joins looks at it afterwards."""
    found: dict[str, None] = {}
    for record in (kept, other):
        for place in record.person.places.all():
            for one in place.kept_from.all():
                if one.lifted_on is None:
                    found[
                        f"{place.get_kind_display()} of {record.person.full_name} is kept private "
                        f"from {one.person.full_name}. It stays so. Look afterwards whether a "
                        "place from the other record has to be kept from them too."
                    ] = None
    return tuple(found)
