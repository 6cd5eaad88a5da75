"""Who someone is in a family follows what they are to its children: nobody is asked twice."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.derived import relatives
from earlydoors.domain.people.kin import Kin, KinPerson
from earlydoors.domain.people.kinship import claims_of, holders_in, kin_of
from earlydoors.domain.people.models import FamilyMember, Person, Responsibility
from earlydoors.domain.people.operations import restate
from earlydoors.domain.people.relations import CARERS, PARENTS, SIBLINGS
from earlydoors.domain.people.responsibility import NONE, Holds
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.wall.acting import crossing

_NEAREST: Final = (
    "mother", "father", "step_parent", "carer", "grandparent", "aunt_uncle", "partner", "sibling",
)  # fmt: skip
_BY_SEX: Final = {"female": "mother", "male": "father"}
_WORDS: Final = {
    "mother": "mother",
    "father": "father",
    "step_parent": "step_parent",
    "parents_partner": "partner",
    "grandparent": "grandparent",
    "great_grandparent": "grandparent",
    "aunt_uncle": "aunt_uncle",
} | dict.fromkeys(CARERS, "carer") | dict.fromkeys(SIBLINGS, "sibling")  # fmt: skip


@crossing("whole_person")
def follow(*, people: Iterable[Person], by: Actor, at: datetime) -> None:
    """Let these people's places in their families agree with what is known of them.

    A word that is true of them towards any of the children stays; one that is not becomes their
    nearest relation. Whoever the help is about stays a child of it.
    """
    memberships = FamilyMember.objects.filter(person__in=list(people), left_on=None)
    known: dict[UUID, tuple[Kin, dict[UUID, list[Responsibility]]]] = {}
    for one in memberships.select_related("family", "person").order_by("pk"):
        if one.family_id not in known:
            kin = kin_of(one.family)
            known[one.family_id] = kin, claims_of(kin)
        kin, claims = known[one.family_id]
        today = local_day(at)
        holders = holders_in(kin, claims, today)
        restate(
            membership=one,
            relation=relation_in(kin, one.person_id, one.relation, at),
            relation_says=one.relation_says,
            parental_responsibility=responsible_in(
                kin, one.person_id, holders, claims, one.parental_responsibility
            ),
            lives_here=one.lives_here,
            by=by,
            at=at,
        )


def relation_in(kin: Kin, person_id: UUID, word: str, at: datetime) -> str:
    """The word for someone's place in a family, `word` being the one it has."""
    if word == "child":
        return word
    index = {one.id for one in kin.people if one.index}
    mine = kin.person(person_id)
    true = {
        _word(kind, mine)
        for child in sorted(index, key=str)
        for kind in _kinds(kin, child, person_id, at)
    } - {""}
    if not true or word in true:
        return word
    return next(one for one in _NEAREST if one in true)


def _kinds(kin: Kin, child: UUID, person_id: UUID, at: datetime) -> list[str]:
    return [
        one.kind
        for one in relatives(kin, child, local_day(at))
        if one.person_id == person_id and not one.back and not one.over
    ]


def _word(kind: str, person: KinPerson) -> str:
    if kind in PARENTS and kind not in _WORDS:
        return _BY_SEX.get(person.sex, "")
    return _WORDS.get(kind, "")


def responsible_in(
    kin: Kin,
    person_id: UUID,
    holders: dict[UUID, tuple[Holds, ...]],
    claims: dict[UUID, list[Responsibility]],
    stated: bool | None,
) -> bool | None:
    """Whether someone has parental responsibility for a child of the family; what was stated of
    them where nothing is known by child."""
    index = [one.id for one in kin.people if one.index]
    if any(held.holder_id == person_id for child in index for held in holders[child]):
        return True
    said = [row for child in index for row in claims.get(child, ()) if row.holder_id == person_id]
    if any(row.basis == NONE.key or row.ended_on is not None for row in said):
        return False
    return stated


def is_known(kin: Kin, person_id: UUID, claims: dict[UUID, list[Responsibility]]) -> bool:
    """Whether someone's parental responsibility is known by child, so that it is not asked of the
    family as a whole."""
    follows = any(
        o.from_id == person_id and o.kind in {"mother", "adoptive_parent", "special_guardian"}
        for o in kin.links
    )
    return follows or any(row.holder_id == person_id for rows in claims.values() for row in rows)
