"""How well the register's model finds people: `python -m bench.register_accuracy`. Prints JSON.

On made-up people of seeds that the model was not learnt from: another agency's list against the
register. Labels are read after all is weighed. The threshold is the one at which 999 of 1,000
proposals are right among people of England's mix of names; the same threshold then counts for every
kind of slip, every origin of names and each sex. Intervals are Wilson's, at 95 in 100.

`alone` weighs each pair by itself, as a search for one person does; `in company` is how tables do.
"""

import argparse
import json
import math
from collections import Counter
from collections.abc import Callable, Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

from bench.register_model import FIELDS, FOR_REGISTER_OF, Lists, listed
from earlydoors.domain.matching import company, linkage
from earlydoors.domain.matching.model import Model, from_text
from earlydoors.simulation.people.figures import MANY_ORIGINS
from earlydoors.simulation.people.person import Person
from earlydoors.simulation.people.slips import SLIPS

type Weights = dict[tuple[int, int], float]
type Share = dict[str, float | int]

PRECISION = 0.999
SEEDS = {"England's mix": 71, "many origins": 72, "every slip": 73}
KINDS = tuple(SLIPS)


def weighed(known: Lists, model: Model) -> company.Pairs:
    """The pairs across the lists, each weighed by itself."""
    prior = min(model.prior * FOR_REGISTER_OF / known.sides[0], 0.5)
    linked = linkage.link(
        known.connection, FIELDS, "written", model=model.with_prior(prior), alone=True
    )
    return linked.pairs


def as_weights(pairs: company.Pairs) -> Weights:
    """The weights of pairs, by their rows."""
    return {(left, right): weight for left, right, weight in pairs.rows()}


def right(known: Lists, pair: tuple[int, int]) -> bool:
    """Whether a pair is one person."""
    return known.people[pair[0]].number == known.people[pair[1]].number


def at_precision(known: Lists, weights: Weights) -> dict[str, float]:
    """Best F1; the least weight at which so many of all proposals are right, and its recall."""
    ranked = sorted(weights.items(), key=lambda one: -one[1])
    hits, best, threshold, recall = 0, 0.0, math.inf, 0.0
    for count, (pair, weight) in enumerate(ranked, 1):
        hits += right(known, pair)
        best = max(best, 2 * hits / (count + known.both))
        if hits / count >= PRECISION:
            threshold, recall = weight, hits / known.both
    return {
        "best_f1": round(best, 4),
        "threshold_bits": round(threshold, 2),
        "recall_at_.999": round(recall, 4),
    }


def share(hits: int, of: int) -> Share:
    """A share with its interval."""
    if not of:
        return {"share": math.nan, "from": math.nan, "to": math.nan, "of": 0}
    z = 1.959964
    middle = (hits + z * z / 2) / (of + z * z)
    half = z * math.sqrt(hits * (of - hits) / of + z * z / 4) / (of + z * z)
    ends = {"from": round(max(middle - half, 0), 4), "to": round(min(middle + half, 1), 4)}
    return {"share": round(hits / of, 4), **ends, "of": of}


def groups(
    known: Lists, weights: Weights, threshold: float, of: Callable[[int], Iterable[str]]
) -> dict[str, Any]:
    """Recall and false proposals of each group of the agency's records, and the plain F1.

    A group's false proposals are counted by its records: how many of them brought one.
    """
    found = {pair for pair, weight in weights.items() if weight >= threshold}
    by_person: dict[int, list[int]] = {}
    for row, person in enumerate(known.people):
        by_person.setdefault(person.number, []).append(row)
    totals, hits, wrong, records = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for rows in by_person.values():
        for group in of(rows[-1]):
            if len(rows) == 2:
                totals[group] += 1
                hits[group] += (rows[0], rows[1]) in found
    first = known.sides[0]
    misled = {pair[1] for pair in found if not right(known, pair)}
    agency = {row for rows in by_person.values() for row in rows if known.sides_of[row]}
    for row in agency:
        for group in of(row):
            records[group] += 1
            wrong[group] += row in misled
    assert first + len(agency) == len(known.people)
    made = {}
    for group in sorted(totals):
        proposals = hits[group] + wrong[group]
        made[group] = {
            "recall": share(hits[group], totals[group]),
            "false_matches": share(wrong[group], records[group]),
            "f1": round(2 * hits[group] / (proposals + totals[group]), 4),
        }
    return made


def in_turn(person: Person) -> str:
    """A kind of slip for each person in turn; every other twin gets the twin's number."""
    if person.twin and person.number % 2:
        return "twins_number"
    return KINDS[person.number % len(KINDS)]


def main(people: int, model: Model) -> None:
    """Measure and print."""
    figures: dict[str, Any] = {"people": people}
    plain = listed(people, SEEDS["England's mix"], None)
    pairs = weighed(plain, model)
    figures["England's mix"] = {
        "records": plain.sides,
        "pairs of one person": plain.both,
        "alone": at_precision(plain, as_weights(pairs)),
        "in company": at_precision(plain, as_weights(company.only_one(pairs))),
    }
    threshold = figures["England's mix"]["alone"]["threshold_bits"]

    def who(known: Lists, tell: Callable[[Person], str]) -> Callable[[int], list[str]]:
        return lambda row: [tell(known.people[row])]

    many = listed(people, SEEDS["many origins"], MANY_ORIGINS)
    weights = as_weights(weighed(many, model))
    figures["many origins"] = {
        "alone": at_precision(many, weights),
        "by origin of name": groups(many, weights, threshold, who(many, lambda p: p.origin)),
        "by sex": groups(many, weights, threshold, who(many, lambda p: p.sex)),
    }
    slips = listed(people, SEEDS["every slip"], MANY_ORIGINS, surely=in_turn)
    weights = as_weights(weighed(slips, model))
    told = groups(slips, weights, threshold, lambda row: slips.slips[row] or ["none"])
    figures["by kind of slip"] = {kind: one["recall"] for kind, one in told.items()}
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--model", type=Path)
    asked = parser.parse_args()
    where = asked.model or Path(str(files("earlydoors.domain.matching") / "register.json"))
    main(asked.people, from_text(where.read_text(encoding="utf-8")))
