"""What a row brings to someone on record: what is new, and what differs and is left alone."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from earlydoors.domain.access.queries import restricted_people
from earlydoors.domain.imports.columns import OF_PEOPLE
from earlydoors.domain.partnership.models import Setting
from earlydoors.domain.people.models import Identifier, KeptFrom, Name, Person, Place
from earlydoors.foundation.kernel.identifiers import READERS
from earlydoors.foundation.kernel.text import folded

FACTS = ("sex", "ethnicity", "first_language", "religion", "sen_provision", "known_as")
NAMES = ("given_name", "family_name")
_EMPTY = {"", None, "not_known"}
LABELS = {one.key: one.says for one in OF_PEOPLE} | {"home": "Address", "school": "School"}


@dataclass(frozen=True)
class Difference:
    """Something that the file says otherwise than the record. `private`: what is on record must
    not be shown, because it is kept from somebody."""

    key: str
    ours: str
    theirs: str
    private: bool = False


@dataclass
class Plan:
    """What loading a row writes, and what it leaves."""

    facts: dict[str, Any] = field(default_factory=dict)
    numbers: list[tuple[str, str]] = field(default_factory=list)
    names: list[dict[str, str]] = field(default_factory=list)
    places: list[dict[str, Any]] = field(default_factory=list)
    ends: list[tuple[Place, date]] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    problem: tuple[str, str] | None = None

    @property
    def news(self) -> list[str]:
        """The keys of what is new."""
        keys = [*self.facts, *(kind for kind, _ in self.numbers)]
        keys += [
            "former_surname" if n["kind"] == "previous" else "preferred_surname" for n in self.names
        ]
        keys += [place["kind"] for place in self.places]
        keys += ["ended_on"] * bool(self.ends and not self.places)
        return list(dict.fromkeys(keys))


@dataclass
class Standing:
    """What is on record of the people that a batch of rows is about, read at one go."""

    people: dict[UUID, Person]
    schools: dict[str, Setting]
    holders: dict[tuple[str, str], UUID]
    restricted: Collection[UUID] = ()


def standing_of(people: Iterable[UUID], rows: Sequence[Mapping[str, str]]) -> Standing:
    """Read what is on record of these people, the schools that the rows name, and who has their
    numbers."""
    open_places = Place.objects.filter(ended_on=None).prefetch_related(
        Prefetch("kept_from", KeptFrom.objects.filter(lifted_on=None))
    )
    found = (
        Person.objects.filter(pk__in=set(people))
        .prefetch_related(
            Prefetch("identifiers", Identifier.objects.filter(removed_on=None)),
            Prefetch("names", Name.objects.filter(removed_on=None)),
            Prefetch("places", open_places.order_by("created_at")),
        )
        .in_bulk()
    )
    urns = {row["school_urn"] for row in rows if "school_urn" in row}
    numbers = {row[kind] for row in rows for kind in READERS if kind in row}
    held = Identifier.objects.filter(value__in=numbers, removed_on=None)
    return Standing(
        people=found,
        schools={one.urn: one for one in Setting.objects.filter(urn__in=urns)},
        holders={(one.kind, one.value): one.person_id for one in held},
        restricted=restricted_people(),
    )


def compare(
    values: Mapping[str, str],
    person: Person | None,
    standing: Standing,
    *,
    school: Setting | None,
    takes: Sequence[str] = (),
) -> Plan:
    """What a row brings to a person, or to nobody yet when `person` is none.

    `school` is whose roll it is where the row names no school; `takes` the differences in which
    someone decided for the file.
    """
    plan = Plan()
    if "school_urn" in values:
        school = standing.schools.get(values["school_urn"])
        if school is None:
            sentence = f"No school of the partnership has the URN {values['school_urn']}. Bring in "
            plan.problem = ("school_urn", f"{sentence}the schools first, or mend the number.")
            return plan
    _numbers(plan, values, person, standing, takes)
    _facts(plan, values, person, takes)
    _names(plan, values, person)
    _home(plan, values, person, takes)
    if school is not None:
        _school(plan, values, person, school)
    if person is not None and person.pk in standing.restricted:
        # What is on record of them is kept from whoever brings in files.
        plan.differences = [replace(one, ours="", private=True) for one in plan.differences]
    return plan


def _numbers(
    plan: Plan,
    values: Mapping[str, str],
    person: Person | None,
    standing: Standing,
    takes: Sequence[str],
) -> None:
    held = {one.kind: one.value for one in person.identifiers.all()} if person else {}
    for kind in READERS:
        value = values.get(kind)
        if value is None or held.get(kind) == value:
            continue
        holder = standing.holders.get((kind, value))
        if holder is not None:
            plan.problem = (kind, f"Another record has this {LABELS[kind]}. Look whose it is.")
        elif kind in held:
            # A number is never changed by a file: one of the two is somebody else's.
            plan.differences.append(Difference(kind, held[kind], value))
        else:
            plan.numbers.append((kind, value))


def _facts(
    plan: Plan, values: Mapping[str, str], person: Person | None, takes: Sequence[str]
) -> None:
    for key in (*NAMES, "born_on", *FACTS):
        value = values.get(key)
        if value in _EMPTY:
            continue
        ours: Any = getattr(person, key) if person else None
        shown = ours.isoformat() if isinstance(ours, date) else ours
        if key == "known_as" and _is_given(value, values, person):
            continue
        if shown == value:
            continue
        if ours not in _EMPTY and folded(str(shown)) == folded(str(value)):
            continue
        if ours in _EMPTY or key in takes:
            plan.facts[key] = date.fromisoformat(str(value)) if key == "born_on" else value
        else:
            plan.differences.append(Difference(key, str(shown), str(value)))


def _is_given(value: str | None, values: Mapping[str, str], person: Person | None) -> bool:
    given = person.given_name if person else values.get("given_name", "")
    return folded(value or "") == folded(given)


def _names(plan: Plan, values: Mapping[str, str], person: Person | None) -> None:
    given = person.given_name if person else values.get("given_name", "")
    family = person.family_name if person else values.get("family_name", "")
    known = {folded(f"{given} {family}")}
    if person:
        known |= {one.search_name for one in person.names.all()}
    for key, kind in (("preferred_surname", "known_as"), ("former_surname", "previous")):
        said = values.get(key, "")
        if said and folded(f"{given} {said}") not in known:
            plan.names.append({"kind": kind, "given_name": given, "family_name": said})
            known.add(folded(f"{given} {said}"))


def address_of(values: Mapping[str, str]) -> str:
    """The address of a row on one line, without its postcode."""
    parts = (values.get(key, "") for key in ("address_1", "address_2", "address_3", "town"))
    return ", ".join(dict.fromkeys(part for part in parts if part))[:300]


def _home(
    plan: Plan, values: Mapping[str, str], person: Person | None, takes: Sequence[str]
) -> None:
    says, postcode = address_of(values), values.get("postcode", "")
    if not says:
        return
    homes = [one for one in person.places.all() if one.kind == "home"] if person else []
    if any(_is_same_home(one, says, postcode) for one in homes):
        return
    private = any(one.kept_from.all() for one in homes)
    if homes and "home" not in takes:
        ours = "; ".join(", ".join(filter(None, (one.says, one.postcode))) for one in homes)
        theirs = ", ".join(filter(None, (says, postcode)))
        plan.differences.append(Difference("home", "" if private else ours, theirs, private))
        return
    plan.places.append({"kind": "home", "says": says, "postcode": postcode})


def _is_same_home(place: Place, says: str, postcode: str) -> bool:
    ours = place.postcode.replace(" ", "").upper()
    first, theirs = (folded(text).split()[:1] for text in (place.says, says))
    if ours and postcode:
        return ours == postcode.replace(" ", "") and first == theirs
    return folded(place.says).startswith(folded(says)) or folded(says).startswith(
        folded(place.says)
    )


def _school(plan: Plan, values: Mapping[str, str], person: Person | None, school: Setting) -> None:
    began, ended = (
        date.fromisoformat(values[key]) if key in values else None
        for key in ("began_on", "ended_on")
    )
    attends = [one for one in person.places.all() if one.kind == "school"] if person else []
    here = [one for one in attends if one.setting_id == school.pk or one.says == school.name]
    if here:
        if ended:
            plan.ends += [(one, ended) for one in here if not one.began_on or one.began_on <= ended]
        return
    others = [one for one in attends if one not in here]
    new = {"kind": "school", "says": school.name, "setting": school, "began_on": began}
    if ended:
        # They have left: where they go now, if it is on record, stays.
        if not person or not _was_at(person, school, ended):
            plan.places.append(new | {"ended_on": ended})
        return
    later = [one for one in others if began is None or (one.began_on and one.began_on > began)]
    if later:
        ours = ", ".join(one.says for one in later)
        private = any(one.kept_from.all() for one in later)
        plan.differences.append(Difference("school", "" if private else ours, school.name, private))
        return
    plan.places.append(new)
    if began:
        plan.ends += [(one, began) for one in others]


def _was_at(person: Person, school: Setting, ended: date) -> bool:
    return Place.objects.filter(person=person, setting=school, ended_on=ended).exists()
