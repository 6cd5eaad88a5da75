"""Is this person known? The register asked about one record, in a few milliseconds."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from uuid import UUID

from earlydoors.domain.matching.asking import Asked
from earlydoors.domain.matching.entries import Told
from earlydoors.domain.matching.index import MOST_WEIGHED, Candidate, Shares, ask, entries_of
from earlydoors.domain.matching.keys import asked_keys
from earlydoors.domain.matching.model import Frequency, Model, from_text
from earlydoors.domain.matching.ranking import Ranking, Strength
from earlydoors.foundation.wall.acting import crossing

REGISTER = "register"  # the way across the wall: see domain/wall.toml
MOST_LOOKED_THROUGH = 400  # people weighed one by one, without keys
_LEAST_AMONG = 100
_LEARNT_AMONG = 100_000  # people: the register's model says how rare a match is among so many
_LEAST_PEOPLE = 10_000  # a small register does not make a weak likeness a strong one


@dataclass(frozen=True)
class Likeness:
    """Someone in the register who may be the one asked about, how sure, and why.

    `firm`: the whole name and the birth agree, each but for a slip. `former`: by a name of earlier.
    `itself`: by something that a family does not share. `twin`: born on the same day.
    """

    person_id: UUID
    strength: Strength
    reasons: tuple[str, ...]
    against: tuple[str, ...]
    firm: bool
    former: bool
    itself: bool
    twin: bool

    @property
    def why(self) -> str:
        """The reasons as one line."""
        told = ", ".join(self.reasons) or "little that is alike"
        return f"{told}; but {', '.join(self.against)}" if self.against else told


@lru_cache(maxsize=1)
def register_model() -> Model:
    """The reviewed model of the register."""
    return from_text((files(__package__) / "register.json").read_text(encoding="utf-8"))


@crossing(REGISTER)
def known(asked: Asked, limit: int = 10) -> tuple[Likeness, ...]:
    """The people who may be the one asked about, the likeliest first; none if nobody is alike.

    One query and a few milliseconds, whatever the size of the register.
    """
    told, years = asked.told(), asked.years
    keys = asked_keys(told, years)
    if not keys:
        return ()
    found, shares = ask(told, keys)
    return _ranked(asked, told, found, shares, max(shares.people, _LEAST_PEOPLE))[:limit]


@crossing(REGISTER)
def known_among(asked: Asked, people: Collection[UUID], limit: int = 10) -> tuple[Likeness, ...]:
    """The same among some people only, such as those that somebody works with.

    A few hundred are all weighed, so that even one sign is enough to find someone; of more, those
    that the keys bring.
    """
    if len(people) > MOST_LOOKED_THROUGH:
        some = set(people)
        return tuple(one for one in known(asked, MOST_WEIGHED) if one.person_id in some)[:limit]
    told = asked.told()
    found, shares = entries_of(told, people)
    return _ranked(asked, told, found, shares, max(len(people), _LEAST_AMONG))[:limit]


def frequency_in(shares: Shares, model: Model) -> Frequency:
    """How frequent a value is, as the model asks it: see `Shares.of`."""
    return lambda field, value: shares.of(field, value, model.levels[field, "same"].u)


def _ranked(
    asked: Asked, told: Told, found: Iterable[Candidate], shares: Shares, people: int
) -> tuple[Likeness, ...]:
    """`people` is how many it could be, of whom one is."""
    model = register_model()
    model = model.with_prior(min(model.prior * _LEARNT_AMONG / people, 0.1))
    ranking = Ranking(model, told, frequency_in(shares, model), asked.years)
    ids = {one.number: one for one in found}
    return tuple(
        Likeness(
            ids[one.number].person_id,
            one.strength,
            one.reasons,
            one.against,
            one.firm,
            one.former,
            one.itself,
            one.twin,
        )
        for one in ranking.rank((number, one.told) for number, one in ids.items())
    )
