"""How well a simulated partnership's register finds people written down twice. Prints JSON.

    earlydoors simulate --families 1000 --labels truth.csv
    python -m bench.simulated truth.csv

Each second record is asked about as it was typed, slips and all, and looked for among everybody but
itself. The truth comes from the file of labels alone; the database does not hold it.
"""

import argparse
import csv
import json
from collections import defaultdict
from pathlib import Path
from typing import Any
from uuid import UUID

_FIRST = 5


def told(second: UUID) -> Any:
    """What is asked: a record as it stands, but for its numbers."""
    from earlydoors.domain.matching.asking import Asked
    from earlydoors.domain.people.models import Person

    person = Person.objects.get(pk=second)
    home = person.places.filter(kind="home").order_by("created_at").last()
    return Asked(
        given_name=person.given_name,
        family_name=person.family_name,
        born_on=person.born_on,
        sex=person.sex,
        address=home.says if home else "",
        postcode=home.postcode if home else "",
    )


def place_of(second: UUID, first: UUID) -> int | None:
    """At which place among those found their own record stands, from 0; None if it is not found."""
    from earlydoors.domain.matching.known import known

    found = [one.person_id for one in known(told(second), 50) if one.person_id != second]
    return found.index(first) if first in found else None


def measured(labels: Path) -> dict[str, Any]:
    """Shares of second records whose own record comes first, and among the first five; by slip."""
    places: dict[str, list[int | None]] = defaultdict(list)
    with labels.open(encoding="utf-8", newline="") as file:
        for second, first, slips in csv.reader(file):
            place = place_of(UUID(second), UUID(first))
            for sort in ["all", *(slips.split() or ["no slip"])]:
                places[sort].append(place)
    return {
        sort: {
            "records": len(some),
            "first": round(sum(place == 0 for place in some) / len(some), 3),
            "among_five": round(
                sum(place is not None and place < _FIRST for place in some) / len(some), 3
            ),
        }
        for sort, some in sorted(places.items())
    }


def main() -> None:
    """Ask the register of the database at hand."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("labels", type=Path, help="the file of --labels")
    labels = parser.parse_args().labels
    from earlydoors.config import database
    from earlydoors.config.cli.root import set_up_django

    set_up_django()
    database.ensure_running()
    print(json.dumps(measured(labels), indent=2))


if __name__ == "__main__":
    main()
