"""A register, another agency's list of the same people and others, and who is who, kept apart."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from earlydoors.simulation.people.families import Families
from earlydoors.simulation.people.person import Person
from earlydoors.simulation.people.slips import COLUMNS, Agency, Written, registered

_BOTH, _ELSEWHERE = 0.6, 0.85  # of people: on both lists, then on the agency's alone; else register
REGISTER, AGENCY, TRUTH = "register.csv", "agency.csv", "truth.csv"


@dataclass(frozen=True, slots=True)
class Known:
    """A person, what each list says of them if it knows them, and the slips of the agency."""

    person: Person
    register: Written | None
    agency: Written | None
    slips: tuple[str, ...]


def known(
    families: Families, people: int, *, surely: Callable[[Person], str] | None = None
) -> Iterator[Known]:
    """Everyone, one by one, with what either list says. Same seed, same lists.

    `surely` says of each person a kind of slip that the agency makes, if it can happen to them.
    """
    agency = Agency(families.seed, families.places)
    draw = Random(f"lists {families.seed}")  # noqa: S311 - made up, nothing secret
    for person in families.people(people):
        chance = draw.random()
        register = other = None
        slips: tuple[str, ...] = ()
        if chance < _BOTH or chance >= _ELSEWHERE:
            register = registered(person, draw)
        if chance < _ELSEWHERE:
            other, made = agency.record(person, surely=surely(person) if surely else None)
            slips = tuple(made)
        yield Known(person, register, other, slips)


def write(families: Families, people: int, folder: Path) -> None:
    """Write three files: the register, the agency's list, and the truth about them.

    The truth has an id of the one or the other list, the person's number, and the kinds of slip.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (
        (folder / REGISTER).open("w", encoding="utf-8", newline="") as first,
        (folder / AGENCY).open("w", encoding="utf-8", newline="") as second,
        (folder / TRUTH).open("w", encoding="utf-8", newline="") as third,
    ):
        register, agency, truth = csv.writer(first), csv.writer(second), csv.writer(third)
        for writer in (register, agency):
            writer.writerow(["id", *COLUMNS])
        truth.writerow(["id", "person", "origin", "sex", "slips"])
        order = Random(f"ids {families.seed}")  # noqa: S311 - made up, nothing secret
        for one in known(families, people):
            who = one.person
            for writer, side, written, slips in (
                (register, "r", one.register, ()),
                (agency, "a", one.agency, one.slips),
            ):
                if written is not None:
                    key = f"{side}{order.getrandbits(48):012x}"
                    writer.writerow([key, *(written[column] for column in COLUMNS)])
                    truth.writerow([key, who.number, who.origin, who.sex, " ".join(slips)])
