"""People and what they are to each other, for truth tables: no database."""

from datetime import date
from uuid import UUID, uuid5

from earlydoors.domain.people.kin import Kin, KinLink, KinPerson

TODAY = date(2026, 3, 3)
_NAMES = UUID("7c3f2f9e-5f5c-4b58-9a64-9e2f3d0f6a11")
_WOMEN = {"Kelly", "Sophie", "Jean", "Nadia", "Farah", "Amina", "Zara", "Nan"}


def who(name: str) -> UUID:
    """The id of someone by their name."""
    return uuid5(_NAMES, name)


def one(
    name: str, born: str = "", *, due: str = "", died: str = "", index: bool = False
) -> KinPerson:
    """Someone, a woman or a man by their name."""
    return KinPerson(
        id=who(name),
        name=name,
        called=name,
        sex="female" if name in _WOMEN else "male",
        born=date.fromisoformat(born) if born else None,
        due=date.fromisoformat(due) if due else None,
        died=date.fromisoformat(died) if died else None,
        unborn=bool(due and not born),
        index=index,
        relation="child" if index else "other",
    )


def link(says: str, *, state: str = "", began: str = "", ended: str = "") -> KinLink:
    """`Kelly mother Sophie`: the first is the second to the third."""
    first, kind, last = says.split()
    return KinLink(
        id=who(says),
        from_id=who(first),
        to_id=who(last),
        kind=kind,
        state=state or ("living_together" if kind == "partner" else ""),
        began=date.fromisoformat(began) if began else None,
        ended=date.fromisoformat(ended) if ended else None,
    )


def family(*links: str | KinLink, people: tuple[KinPerson, ...] = ()) -> Kin:
    """A family of everyone who is named in its links."""
    drawn = tuple(link(each) if isinstance(each, str) else each for each in links)
    told = {person.id for person in people}
    named = dict.fromkeys(
        name
        for each in links
        if isinstance(each, str)
        for name in (each.split()[0], each.split()[2])
    )
    rest = tuple(one(name) for name in named if who(name) not in told)
    return Kin(people=(*people, *rest), links=drawn, homes=(), connections=())
