"""Finding people by name, birth date or number among the many families that somebody may see.

Names and dates are asked of the database in `domain/finding.sql`, which gives only what the
relation of access opens to whoever asks. It narrows down: what they may be told of a family is
decided by whoever asks here.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from earlydoors.domain.access.queries import grants_of
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.models import Identifier

MOST_READ = 500  # families looked through one by one


class Near(NamedTuple):
    """Everybody who can be meant, and families that were meant themselves."""

    people: list[UUID]
    families: list[UUID]


def few_held(actor: Actor) -> list[UUID] | None:
    """The families an actor may see something of, where they are few; None where they are not.

    A question about people names them: whoever holds ten families of a county would wait for its
    half a million places to be gone through.
    """
    held = list(grants_of(actor).values_list("family", flat=True)[: MOST_READ + 1])
    return None if len(held) > MOST_READ else list(dict.fromkeys(held))


def named(words: Iterable[str]) -> Near:
    """People for whom each word begins a word of a name of theirs or of their family's, at least
    one of theirs; and families whose own name has them all. Words as `folded` gives them."""
    return _near("SELECT family, person FROM public.wall_named(%s)", [list(words)])


def born(on: date, *, any_year: bool) -> Near:
    """People who were born on a day, or have that birthday in any year."""
    return _near("SELECT family, person FROM public.wall_born(%s, %s)", [on, any_year])


def known_by(numbers: Iterable[str]) -> Near:
    """People who have one of these numbers."""
    held = Identifier.objects.filter(value__in=list(numbers), removed_on=None)
    return Near(list(held.values_list("person", flat=True)), [])


def _near(question: str, given: list[Any]) -> Near:
    near = Near([], [])
    with connection.cursor() as cursor:
        cursor.execute(question, given)
        for family, person in cursor.fetchall():
            if person is None:
                near.families.append(family)
            else:
                near.people.append(person)
    return near
