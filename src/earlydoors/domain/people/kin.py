"""A family as it is drawn: its people, what they are to each other, and who lives with whom."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

KEPT_HOME = "Kept private"
"""What stands for a home that the reader must not learn of."""


@dataclass(frozen=True)
class KinPerson:
    """Someone of a family. `index` is who the help is about; `relation` their place in the family
    (a key of `RELATIONS`); `left` whether they are of the family no more."""

    id: UUID
    name: str
    called: str
    sex: str
    born: date | None
    due: date | None
    died: date | None
    unborn: bool
    index: bool
    relation: str
    left: bool = False


@dataclass(frozen=True)
class KinLink:
    """What one is to another: `from_id` is the `kind` (a key of `relations.KINDS`) of `to_id`.

    `state` is of partners alone (a key of `relations.STATES`). Both ends are in the family.
    """

    id: UUID
    from_id: UUID
    to_id: UUID
    kind: str
    state: str = ""
    began: date | None = None
    ended: date | None = None
    says: str = ""


@dataclass(frozen=True)
class Lives:
    """Someone at a home; `main` unless they live more elsewhere, `pattern` is when, in words."""

    person_id: UUID
    main: bool = True
    pattern: str = ""
    since: date | None = None
    place_id: UUID | None = None


@dataclass(frozen=True)
class KinHome:
    """A home of today and who lives there. `label` is where it is, or that it is kept private."""

    label: str
    kept_from: frozenset[UUID]
    lives: tuple[Lives, ...]

    @property
    def member_ids(self) -> tuple[UUID, ...]:
        """Who lives there."""
        return tuple(one.person_id for one in self.lives)


@dataclass(frozen=True)
class KinConnection:
    """Someone who matters to the family and is none of its people."""

    id: UUID
    kind: str
    kind_says: str
    name: str
    role: str
    agency: str
    brings: str
    about_id: UUID | None
    began: date | None
    ended: date | None


@dataclass(frozen=True)
class Kin:
    """A family as it is drawn. Of every person, link and home only what is the family's own."""

    people: tuple[KinPerson, ...]
    links: tuple[KinLink, ...]
    homes: tuple[KinHome, ...]
    connections: tuple[KinConnection, ...]

    def person(self, person_id: UUID) -> KinPerson:
        """Someone by their id. Raises `KeyError` for someone who is not of the family."""
        found = next((one for one in self.people if one.id == person_id), None)
        if found is None:
            raise KeyError(person_id)
        return found
