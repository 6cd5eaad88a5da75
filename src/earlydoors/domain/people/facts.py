"""What is known of a person beside their name: who said it, and how they can be reached."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.models import ContactRoute, Person, Said
from earlydoors.domain.people.names import tell_families
from earlydoors.domain.people.rules import CODED
from earlydoors.foundation.codes.reading import code_list
from earlydoors.foundation.kernel.dates import day, local_day
from earlydoors.foundation.kernel.refusals import UnableTo


@dataclass(frozen=True)
class Source:
    """Who said something: a key of `TELLERS`, and more about it in words."""

    by: str = ""
    says: str = ""


UNSAID: Final = Source()


def must_be_sound(fields: Mapping[str, Any], today: date) -> None:
    """Whether these facts can be. Raises `UnableTo` for a death to come or before the birth, for
    a code that is not in its list, and for no disability beside one."""
    died_on, born_on = fields.get("died_on"), fields.get("born_on")
    if died_on and died_on > today:
        raise UnableTo("A death cannot be later than today.")
    if died_on and born_on and died_on < born_on:
        raise UnableTo(f"They were born on {day(born_on)}; they cannot have died before that.")
    for fact, key in CODED.items():
        value = fields.get(fact) or []
        given = [value] if isinstance(value, str) else value
        strangers = set(given) - {one.code for one in code_list(key).codes}
        if strangers:
            raise UnableTo(f"There is no such answer as {', '.join(sorted(strangers))}.")
        if "NONE" in given and len(given) > 1:
            raise UnableTo("Choose the disabilities, or that there is none, not both.")


def note_sources(
    *, person: Person, facts: Iterable[str], source: Source, by: Actor, at: datetime
) -> None:
    """Write down who said these facts; who said what they were before stays in history.

    A fact that changes without a source loses the source of what it was.
    """
    standing = {one.fact: one for one in Said.objects.filter(person=person, fact__in=list(facts))}
    for fact in facts:
        told = {"said_by": source.by, "said_says": source.says}
        if fact in standing:
            standing[fact].change(by=by, at=at, **told)
        elif source != UNSAID:
            Said.make(by=by, at=at, person=person, fact=fact, **told)


@transaction.atomic
def add_route(*, person: Person, by: Actor, at: datetime, **fields: Any) -> ContactRoute:
    """Write down a way to reach someone. Takes the fields of `ContactRoute`.

    Raises `UnableTo` when it is safe in a certain way only and nobody says in which, and when it
    is on record.
    """
    _must_say_how(fields)
    same = {name: fields.get(name) for name in ("kind", "value")}
    if ContactRoute.objects.filter(person=person, ended_on=None, **same).exists():
        raise UnableTo("This way to reach them is on record. Change it there.")
    route = ContactRoute.make(by=by, at=at, person=person, **fields)
    tell_families("person.reached_by", person, route, by, at, {"safe": route.safe})
    return route


@transaction.atomic
def mend_route(*, route: ContactRoute, by: Actor, at: datetime, **fields: Any) -> ContactRoute:
    """Change a way to reach someone, or end it; the earlier version is kept.

    Raises as `add_route`, and `UnableTo` for an end to come.
    """
    fresh = ContactRoute.objects.select_for_update(of=("self",)).get(pk=route.pk)
    changed = sorted(name for name, value in fields.items() if getattr(fresh, name) != value)
    if not changed:
        return fresh
    _must_say_how({"safe": fresh.safe, "how": fresh.how} | fields)
    if fields.get("ended_on") and fields["ended_on"] > local_day(at):
        raise UnableTo("The day it ended cannot be later than today.")
    fresh.change(by=by, at=at, **fields)
    tell_families("person.route_mended", fresh.person, fresh, by, at, {"changed": changed})
    return fresh


def _must_say_how(fields: Mapping[str, Any]) -> None:
    if fields.get("safe") == "care" and not fields.get("how", "").strip():
        raise UnableTo("Say in which way it is safe.")
