"""What the pages of asking whether a child is known are given."""

from collections.abc import Sequence
from dataclasses import dataclass

from earlydoors.domain.frontdoor.involvement import Involved, Learned, Open
from earlydoors.domain.frontdoor.models import AskToJoin
from earlydoors.domain.matching.ranking import Strength
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Member
from earlydoors.domain.people.queries import names_beside
from earlydoors.foundation.kernel.dates import clock, day, local_day
from earlydoors.foundation.profile.current import current
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.words import sentence
from earlydoors.web.families.pages import reach

_TONES = {Strength.VERY_LIKELY: "due", Strength.LIKELY: "note", Strength.POSSIBLE: "quiet"}


@dataclass(frozen=True)
class FoundPerson:
    """Someone of a family that is open to the reader."""

    name: str
    born: str
    strength: str
    tone: str
    why: str
    families: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Involvement:
    """That there is involvement, and whom to ask. Nothing of the family itself."""

    whom: str
    detail: str
    email: str
    see: str
    join: str
    emergency: str
    declare: str
    waiting: bool


@dataclass(frozen=True)
class Answer:
    """What was found for whoever asks."""

    people: Sequence[FoundPerson]
    involved: Sequence[Involvement]
    more: str


def answer(learned: Learned, *, whole: bool) -> Answer:
    """Build the answer. `whole`: a name and a birth were typed, so that involvement is told."""
    more = "" if whole else _MORE
    return Answer(
        people=[_person(one) for one in learned.open],
        involved=[_involvement(one) for one in learned.involved],
        more=more,
    )


_MORE = (
    "With the first name, the family name and the date of birth you would also be told whether "
    "somebody is involved whose work you do not see."
)


def _person(one: Open) -> FoundPerson:
    person, likeness = one.person, one.likeness
    born = f"born {day(person.born_on)}" if person.born_on else ""
    due = f"due {day(person.due_on)}" if person.due_on and not person.born_on else ""
    called = f" (known as {person.known_as})" if person.known_as else ""
    why = likeness.why
    if likeness.former:
        others = [name.in_words for name in names_beside(person)]
        why = "; ".join([why, *others])
    return FoundPerson(
        name=f"{person.full_name}{called}",
        born=born or due,
        strength=sentence(likeness.strength.words),
        tone=_TONES[likeness.strength],
        why=sentence(why),
        families=[
            (f"The {family}", reverse("families:person", args=[family.pk, person.pk]))
            for family in one.families
        ],
    )


def whom(lead: Member | None) -> str:
    """Whom to ask: whoever leads, else the front door."""
    return lead.name if lead else f"the {current().words.front_door.one}"


def _involvement(one: Involved) -> Involvement:
    found = reach(one.lead)
    return Involvement(
        whom=whom(one.lead),
        detail=found.job if found else "",
        email=found.email if found else "",
        see=reverse("families:family", args=[one.family.pk]) if one.summary else "",
        join=reverse("known:join", args=[one.family.pk]),
        emergency=reverse("emergencies:open", args=[one.family.pk]),
        declare=reverse("declared:family", args=[one.family.pk]),
        waiting=one.waiting,
    )


@dataclass(frozen=True)
class AskedPage:
    """An ask to join: for whoever answers it, or for whoever asked."""

    title: str
    mine: bool
    who: str
    detail: str
    email: str
    on: str
    why: str
    state: str
    answer: str
    family: tuple[str, str] | None


def asked_page(ask: AskToJoin, actor: Actor, *, sees: bool) -> AskedPage:
    """Build the page. Whoever asked does not learn which family it is before they are welcome."""
    mine = ask.created_by_id == actor.member.pk
    asker = reach(ask.created_by)
    at = ask.created_at
    names_family = sees or not mine
    return AskedPage(
        title="Your asking to join" if mine else f"{ask.created_by.name} asks to join",
        mine=mine,
        who=ask.created_by.name,
        detail=asker.job if asker else "",
        email=asker.email if asker else "",
        on=f"{day(local_day(at))} at {clock(at)}",
        why=ask.why,
        state=ask.state,
        answer=ask.answer,
        family=(str(ask.family), reverse("families:family", args=[ask.family_id]) if sees else "")
        if names_family
        else None,
    )
