"""A girl who was written down twice, and twins who look like one child on paper.

Two agencies asked about her, two months apart, and her name was heard differently: nobody saw that
it was one girl until the register was compared with itself.
"""

from collections.abc import Iterator

from earlydoors.domain.joining.operations import propose
from earlydoors.domain.people.models import Person
from earlydoors.foundation.profile.schema import Decision
from earlydoors.simulation import acts
from earlydoors.simulation.acts import Someone
from earlydoors.simulation.clockwork import Stage

NAME = "twice"
_STREET = "Harbour View"
_TWINS = ("Amy", "Ava")
FIRST = (
    Someone("Maisie", "Hewitson", "child", (6, 2, 14), sex="female", goes_to="school",
            home=(f"12 {_STREET}, Maryport", "")),
    Someone("Donna", "Hewitson", "mother", (31, 8, 3), sex="female", responsible=True,
            home=(f"12 {_STREET}, Maryport", ""), phone="07700 900611"),
)  # fmt: skip
SECOND = (
    Someone("Masie", "Hewetson", "child", (6, 2, 14), sex="female",
            home=(f"12 {_STREET}, Maryport", ""), language="English"),
    Someone("Donna", "Hewetson", "mother", (31, 8, 3), sex="female", responsible=True,
            home=(f"12 {_STREET}, Maryport", ""), phone="07700 900612"),
)  # fmt: skip


def asked_twice(stage: Stage) -> None:
    """Two months ago the school asked, two weeks ago a health worker; each got advice."""
    for part, day, cast, says in (("school", -63, FIRST, ""), ("health", -14, SECOND, "_second")):
        one = Stage(NAME, stage.cast, stage.first_day, stage.today)
        request = acts.ask_support(one, day=day, by=part, cast=cast)
        acts.decide(one, day=day + 2, decision=Decision.ADVICE, says=says, request=request)


def compared(stage: Stage) -> None:
    """Last night: what the register says of itself; twins are on the list as well."""
    door, at = stage.who("door"), stage.at(-1, "06:10")
    for one, two, line in _alike():
        propose(
            one=one, two=two, reasons=stage.line(line), came_from="register",
            strength=14 if line == "same_girl" else 3, by=door, at=at,
        )  # fmt: skip


def _alike() -> Iterator[tuple[Person, Person, str]]:
    """The girl, her mother, and the twins where they are on record."""
    people = Person.objects.order_by("created_at", "pk")
    girl = list(people.filter(given_name__in=["Maisie", "Masie"], family_name__startswith="Hew"))
    mother = list(people.filter(given_name="Donna", family_name__startswith="Hew"))
    twins = list(people.filter(given_name__in=_TWINS, family_name="Robson"))
    for pair, line in ((girl, "same_girl"), (mother, "same_mother"), (twins, "twins")):
        if len(pair) == 2:
            yield pair[0], pair[1], line


STEPS = (("asked_twice", asked_twice), ("compared", compared))
