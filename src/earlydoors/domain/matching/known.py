"""Is this person known? The register asked about one record, in a few milliseconds."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from uuid import UUID

from earlydoors.domain.matching.asking import Asked
from earlydoors.domain.matching.index import ask
from earlydoors.domain.matching.keys import asked_keys
from earlydoors.domain.matching.model import Model, from_text
from earlydoors.domain.matching.ranking import Ranking, Strength

_LEAST_PEOPLE = 10_000  # a small register does not make a weak likeness a strong one


@dataclass(frozen=True)
class Likeness:
    """Someone in the register who may be the one asked about, how sure, and why.

    `firm`: the whole name and the birth agree, each but for a slip.
    """

    person_id: UUID
    strength: Strength
    reasons: tuple[str, ...]
    against: tuple[str, ...]
    firm: bool

    @property
    def why(self) -> str:
        """The reasons as one line."""
        told = ", ".join(self.reasons) or "little that is alike"
        return f"{told}; but {', '.join(self.against)}" if self.against else told


@lru_cache(maxsize=1)
def register_model() -> Model:
    """The reviewed model of the register."""
    return from_text((files(__package__) / "register.json").read_text(encoding="utf-8"))


def known(asked: Asked, limit: int = 10) -> tuple[Likeness, ...]:
    """The people who may be the one asked about, the likeliest first; none if nobody is alike.

    One query and a few milliseconds, whatever the size of the register.
    """
    told, years = asked.told(), asked.years
    keys = asked_keys(told, years)
    if not keys:
        return ()
    found, shares = ask(told, keys)
    prior = 1 / max(shares.people, _LEAST_PEOPLE)
    ranking = Ranking(register_model().with_prior(prior), told, shares, years)
    ids = {one.number: one.person_id for one in found}
    ranked = ranking.rank((one.number, one.told) for one in found)
    return tuple(
        Likeness(ids[one.number], one.strength, one.reasons, one.against, one.firm)
        for one in ranked[:limit]
    )
