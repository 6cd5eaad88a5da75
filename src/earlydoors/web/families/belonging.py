"""How someone belongs to others, as their page shows it: relatives, who answers for them, home."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from earlydoors.domain.access.queries import families_of
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.derived import Relative, Ties, relatives
from earlydoors.domain.people.kin import Kin, KinHome, KinPerson
from earlydoors.domain.people.kinship import claims_of, holders_in, kin_of
from earlydoors.domain.people.models import Family, Person, Relationship, Responsibility
from earlydoors.domain.people.relations import STATES
from earlydoors.domain.people.responsibility import NONE, OF, Holds, Rule, rules_for
from earlydoors.foundation.kernel.dates import day, local_day
from earlydoors.web.design.addresses import reverse
from earlydoors.web.families.disputed import Disputed, beside
from earlydoors.web.families.pages import listed

_STATES = dict(STATES)


@dataclass(frozen=True)
class Relation:
    """What somebody else is to someone, in words, and how it is known."""

    word: str
    name: str
    href: str
    notes: tuple[str, ...]
    source: str
    mend: str | None
    over: bool


@dataclass(frozen=True)
class Answers:
    """Someone who has parental responsibility for a child, or is known not to."""

    name: str
    says: str
    source: str
    mend: str | None


@dataclass(frozen=True)
class Belonging:
    """How someone belongs to others of the family."""

    now: tuple[Relation, ...]
    before: tuple[Relation, ...]
    told: str
    add: str | None
    guess: str
    is_child: bool
    answers: tuple[Answers, ...]
    not_answering: tuple[Answers, ...]
    rules: tuple[Rule, ...]
    add_answer: str | None
    answers_for: tuple[tuple[str, str], ...]
    elsewhere: tuple[tuple[str, str], ...]


def belonging(
    family: Family, person: Person, actor: Actor, today: date, *, may: bool, disputed: Disputed
) -> tuple[Belonging, Kin]:
    """Build it, in a flat number of queries. Nothing of the other families someone is in shows but
    the names of those that are open to the actor."""
    kin = kin_of(family)
    me = kin.person(person.pk)
    rows = {one.pk: one for one in _rows(kin, me)}
    found = [
        _relation(family, kin, me, one, rows, may, disputed)
        for one in relatives(kin, me.id, today, Ties(kin.links, today))
    ]
    told = _shared([one.source for one in found if one.mend or one.source])
    if told:
        found = [replace(one, source="") for one in found]
    claims = claims_of(kin)
    holders = holders_in(kin, claims, today)
    child = me.index or bool(holders[me.id]) or bool(claims.get(me.id))
    written = {row.holder_id or row.authority: row for row in claims.get(me.id, ())}
    return Belonging(
        now=tuple(one for one in found if not one.over),
        before=tuple(one for one in found if one.over),
        told=told,
        add=_to(family, me, "add_relationship") if may else None,
        guess=_unsaid(kin, me) if may else "",
        is_child=child,
        answers=tuple(_answer(family, kin, me, one, written, may) for one in holders[me.id]),
        not_answering=tuple(
            _not_answering(family, me, row, kin.person(row.holder_id).name, may)
            for row in claims.get(me.id, ())
            if row.basis == NONE.key and row.holder_id
        ),
        rules=rules_for(holders[me.id]),
        add_answer=_to(family, me, "add_responsibility") if may and child else None,
        answers_for=_answers_for(kin, me, holders),
        elsewhere=_elsewhere(family, person, actor),
    ), kin


def _shared(sources: Sequence[str]) -> str:
    """Who said all of it, where one did and it is more than one thing."""
    first = sources[0] if len(sources) > 1 else ""
    return first if all(one == first for one in sources) else ""


def _rows(kin: Kin, me: KinPerson) -> list[Relationship]:
    """What is written down of someone within the family, with who said so."""
    keys = [one.id for one in kin.links if me.id in (one.from_id, one.to_id)]
    return list(Relationship.objects.filter(pk__in=keys))


def _to(family: Family, person: KinPerson, route: str, *more: object) -> str:
    return reverse(f"families:{route}", args=[family.pk, person.id, *more])


def _relation(
    family: Family,
    kin: Kin,
    me: KinPerson,
    one: Relative,
    rows: Mapping[UUID, Relationship],
    may: bool,
    disputed: Disputed,
) -> Relation:
    other = kin.person(one.person_id)
    row = rows.get(one.link.id) if one.link else None
    through = [kin.person(each).called for each in one.through]
    notes = []
    if row is not None:
        state = _STATES[row.state] if row.state in {"civil", "living_together", "apart"} else ""
        notes = [row.says and f"“{row.says}”", state, _days(row), *beside(row, disputed)]
    elif through:
        notes = [f"Follows from {' and '.join(through)}"]
    if other.left:
        notes.append("Not in the family any more")
    if other.died:
        notes.append(f"Died on {day(other.died)}")
    return Relation(
        word=one.word,
        name=other.name,
        href=_to(family, other, "person"),
        notes=tuple(filter(None, notes)),
        source=_told(row),
        mend=_to(family, me, "mend_relationship", row.pk) if row and may else None,
        over=one.over,
    )


def _told(row: Relationship | Responsibility | None) -> str:
    return f"{row.source}, {day(local_day(row.changed_at))}" if row and row.source else ""


def _days(row: Relationship) -> str:
    began = f"since {day(row.began_on)}" if row.began_on else ""
    ended = f"until {day(row.ended_on)}" if row.ended_on else ""
    days = ", ".join(filter(None, (began, ended)))
    return days[:1].upper() + days[1:]


def _unsaid(kin: Kin, me: KinPerson) -> str:
    """That someone's place in the family is known, and not yet towards whom."""
    near = any(me.id in (one.from_id, one.to_id) for one in kin.links)
    known = me.relation in {"mother", "father", "step_parent", "grandparent", "aunt_uncle"}
    if near or not known or not any(one.index for one in kin.people):
        return ""
    word = {"step_parent": "step-parent", "aunt_uncle": "aunt or uncle"}.get(
        me.relation, me.relation
    )
    return f"Written down as {word} in this family. Say of which children."


def _answer(
    family: Family,
    kin: Kin,
    me: KinPerson,
    held: Holds,
    written: Mapping[UUID | str, Responsibility],
    may: bool,
) -> Answers:
    row = written.get(held.holder_id or held.authority)
    row = row if row is not None and row.basis == held.basis.key else None
    since = f", since {day(held.since)}" if row and held.since else ""
    says = held.basis.says
    return Answers(
        name=kin.person(held.holder_id).name if held.holder_id else held.authority,
        says=f"{says[:1].upper()}{says[1:]}{since}",
        source=_told(row),
        mend=_to(family, me, "mend_responsibility", row.pk) if row and may else None,
    )


def _not_answering(
    family: Family, me: KinPerson, row: Responsibility, name: str, may: bool
) -> Answers:
    return Answers(
        name=name,
        says=OF[row.basis].says[:1].upper() + OF[row.basis].says[1:],
        source=_told(row),
        mend=_to(family, me, "mend_responsibility", row.pk) if may else None,
    )


def _answers_for(
    kin: Kin, me: KinPerson, holders: Mapping[UUID, Sequence[Holds]]
) -> tuple[tuple[str, str], ...]:
    """For whom someone has parental responsibility, and why."""
    return tuple(
        (one.name, held.basis.says)
        for one in kin.people
        for held in holders[one.id]
        if held.holder_id == me.id
    )


def _elsewhere(family: Family, person: Person, actor: Actor) -> tuple[tuple[str, str], ...]:
    """The other families someone is in today, of those that the actor may see."""
    others = families_of(actor).filter(members__person=person, members__left_on=None)
    return tuple(
        (str(one), reverse("families:family", args=[one.pk]))
        for one in others.exclude(pk=family.pk).order_by("name", "pk").distinct()
    )


def home_mates(homes: Sequence[KinHome], kin: Kin, person_id: UUID) -> dict[UUID, str]:
    """Who lives with someone at each home, by the row of that home: a sentence each."""
    found: dict[UUID, str] = {}
    for home in homes:
        mine = [one for one in home.lives if one.person_id == person_id]
        others = [kin.person(i).called for i in home.member_ids if i != person_id]
        for one in mine:
            if one.place_id is not None and others:
                found[one.place_id] = f"With {listed(list(dict.fromkeys(others)))}"
    return found
