"""What the account pages show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from earlydoors.domain.partnership.models import Membership


@dataclass(frozen=True)
class SignIn:
    """The sign-in form: what was typed, where it leads, what went wrong."""

    username: str
    next: str
    fault: str = ""
    waiting_words: bool = False


@dataclass(frozen=True)
class Player:
    """Someone to sign in as in a practice installation."""

    id: UUID
    name: str
    job_title: str
    role: str


@dataclass(frozen=True)
class Cast:
    """Everyone to sign in as, by agency."""

    groups: Sequence[tuple[str, Sequence[Player]]]


FAMILIES = "Families"


def cast(memberships: Iterable[Membership]) -> Cast:
    """The cast of a practice installation by agency, families last."""
    by_agency = sorted(
        memberships,
        key=lambda one: (
            one.agency is None,
            one.agency.name if one.agency else "",
            one.member.name,
        ),
    )
    return Cast(
        tuple(
            (agency, tuple(_player(one) for one in those))
            for agency, those in groupby(
                by_agency, key=lambda one: one.agency.name if one.agency else FAMILIES
            )
        )
    )


def _player(one: Membership) -> Player:
    return Player(one.member.pk, one.member.name, one.member.job_title, one.role_name)
