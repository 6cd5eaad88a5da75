"""What a joining did, in words."""

from collections import Counter
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet

from earlydoors.domain.access.queries import grants_of
from earlydoors.domain.joining.models import Joining, Moved
from earlydoors.domain.joining.pointers import model_of
from earlydoors.domain.joining.undoing import stayed_as_changed, written_since
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.models import FamilyMember, Person
from earlydoors.foundation.kernel.dates import day, local_day, moment
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.parts import Row
from earlydoors.web.design.words import count
from earlydoors.web.families.pages import listed, told_apart
from earlydoors.web.families.person import said
from earlydoors.web.joining.beside import LABELS
from earlydoors.web.joining.pages import kept_as_it_was

_WORDS: Final = {
    "people.name": ("other name", "other names"),
    "people.identifier": ("number", "numbers"),
    "people.contactroute": ("way to reach them", "ways to reach them"),
    "people.familymember": ("place in a family", "places in families"),
    "people.place": ("place where they live or go", "places where they live or go"),
    "people.keptfrom": ("place kept private from them", "places kept private from them"),
    "people.account": ("sign-in", "sign-ins"),
    "records.sectionanswers": ("page of a form", "pages of forms"),
    "consent.agreement": ("agreement", "agreements"),
    "consent.refusal": ("answer that said no", "answers that said no"),
    "episodes.teamplace": ("place in a team", "places in teams"),
    "frontdoor.requestperson": ("request that names them", "requests that name them"),
    "assessment.familyview": ("view of an assessment", "views of assessments"),
    "plan.outcome": ("outcome they set", "outcomes they set"),
    "plan.action": ("action of theirs", "actions of theirs"),
    "plan.attendance": ("invitation to a meeting", "invitations to meetings"),
    "plan.score": ("score they gave", "scores they gave"),
    "joining.pair": ("other record to look at", "other records to look at"),
    "joining.apart": ("mark that they are not another", "marks that they are not another"),
}


def _words_of(table: str, number: int) -> str:
    meta = model_of(table)._meta
    plain = (str(meta.verbose_name), str(meta.verbose_name_plural))
    return count(number, *_WORDS.get(table, plain))


def born(person: Person) -> str:
    """When somebody was born or is due, to tell two of one name apart."""
    return told_apart(person).removeprefix(f"{person.full_name}").removeprefix(", ") or (
        f"written down on {day(local_day(person.created_at))}"
    )


def rows(joining: Joining) -> tuple[Row, ...]:
    """Which records, by whom, when and why."""
    before, now = kept_as_it_was(joining), told_apart(joining.kept)
    return (
        Row("The record that stays", now if now == before else f"{now} (before: {before})"),
        Row("The record joined with it", told_apart(joining.other)),
        Row("By", f"{joining.created_by.name}, {moment(joining.created_at)}"),
        Row("Why", joining.why),
    )


def undone(joining: Joining) -> tuple[Row, ...]:
    """By whom, when and why it was undone; nothing while it stands."""
    if joining.undone_at is None or joining.undone_by is None:
        return ()
    return (
        Row("Undone by", f"{joining.undone_by.name}, {moment(joining.undone_at)}"),
        Row("Why", joining.undone_why),
    )


def taken(joining: Joining) -> tuple[Row, ...]:
    """The facts that the kept record took from the other."""
    return tuple(
        Row(
            LABELS.get(one.fact, one.fact),
            f"{_plain(one.fact, one.became)} (before: {_plain(one.fact, one.was)})",
            source="Somebody changed it since, so it stayed as it was then" if one.stayed else "",
        )
        for one in joining.taken.order_by("fact")
    )


def _plain(fact: str, value: Any) -> str:
    value = date.fromisoformat(value) if fact.endswith("_on") and value else value
    return said(Person(**{fact: value}), fact) or "not known"


def moved(joining: Joining) -> tuple[str, ...]:
    """How many rows of each kind moved."""
    return _counted(joining.moved.filter(how="moved"))


def _counted(rows_touched: QuerySet[Moved]) -> tuple[str, ...]:
    tables = Counter(rows_touched.values_list("table", flat=True))
    return tuple(_words_of(table, number) for table, number in sorted(tables.items()))


def aside(joining: Joining) -> tuple[str, ...]:
    """What both records had and one person has once: it stays with the other record."""
    ours = joining.moved.filter(how__in=["left", "ended"])
    return _counted(ours.exclude(table__startswith="joining."))


def since(joining: Joining) -> tuple[str, ...]:
    """What was written to the kept record after the joining."""
    return tuple(_row(one) for one in written_since(joining))


def stayed(joining: Joining) -> tuple[str, ...]:
    """What the undoing left where somebody had put it since."""
    return tuple(_row(one) for one in stayed_as_changed(joining))


def _row(row: Any) -> str:
    what = _words_of(row._meta.label_lower, 1).removeprefix("1 ")
    on = f", {row.created_by.name} on {day(local_day(row.created_at))}"
    return f"{what[:1].upper()}{what[1:]}: {row}{on}"


def people(actor: Actor, joining: Joining) -> tuple[tuple[str, str], ...]:
    """The way to each page of theirs that the actor may open."""
    seen = grants_of(actor).filter(extent="full").values("family")
    who = [joining.kept] if joining.undone_at is None else [joining.kept, joining.other]
    places = (
        FamilyMember.objects.filter(person__in=who, family__in=seen, left_on=None)
        .select_related("person", "family")
        .order_by("joined_on", "pk")
    )
    return tuple(
        (
            reverse("families:person", args=[one.family_id, one.person_id]),
            f"{one.person.full_name} in {listed([f'the {one.family}'])}",
        )
        for one in places
    )
