"""Learns the register's model: `python -m bench.register_model`. Writes register.json.

On made-up people, since no area's records may leave it; without labels, so that an area can do the
same with its own. The model's own way (Fellegi-Sunter, each column by itself) takes people of one
home for one person: they share surname, street, postcode and house. So there are three sorts of
pair, each learnt where it can be seen alone:

- *one person*: m by Splink's expectation-maximisation, on pairs that agree on what no two of a
  home agree on (first name and birth date; a number);
- *two strangers*: u by Splink, on random pairs;
- *two of one home*: from all pairs at one address, less those that are one person;

and of one person's records, how many still share the home (an address is either kept or left, it
does not change column by column). From these each candidate's odds follow by Bayes. The weights of
the file are then fitted to those odds, held near Splink's own where the data do not say otherwise.
"""

import argparse
import json
import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from splink import Linker
from splink.backends.duckdb import DuckDBAPI

from bench.fitting import among_strangers, counted, fitted, likelihood
from earlydoors.domain.matching import finding, splinking, tables
from earlydoors.domain.matching.comparisons import comparisons
from earlydoors.domain.matching.fields import KNOWN, Field, Kind
from earlydoors.domain.matching.learning import Real, Seen
from earlydoors.domain.matching.model import LEAST, Model, Parameters
from earlydoors.simulation.people import lists
from earlydoors.simulation.people.families import Families
from earlydoors.simulation.people.person import Person
from earlydoors.simulation.people.slips import COLUMNS

type Shares = dict[str, Real]

DAY = date(2026, 9, 1)
SEED = 2026
PEOPLE = 16_000
FOR_REGISTER_OF = 100_000  # people: what the prior of the file is for
NUMBERS = {
    "nhs": Field("nhs", Kind.IDENTIFIER, "NHS number"),
    "upn": Field("upn", Kind.IDENTIFIER, "UPN"),
}
FIELDS = tuple((KNOWN | NUMBERS)[column] for column in COLUMNS)
HOME = ("house_number", "street", "postcode")
OWN = tuple(field.key for field in FIELDS if field.key not in HOME)
_ONE_PERSON = (  # what pairs agree on in each of Splink's runs
    "l.given_name = r.given_name and l.birth_date = r.birth_date",
    "l.nhs = r.nhs",
    "l.upn = r.upn",
    "l.given_name = r.given_name and l.family_name = r.family_name and l.postcode = r.postcode",
)
_AT_HOME = "l.postcode = r.postcode and l.house_number = r.house_number"
_SURELY = (
    "l.given_name = r.given_name and l.family_name = r.family_name and l.birth_date = r.birth_date"
)
_WORTH_A_LOOK = -25.0  # bits
_NO_BIRTH_DATE = 0.03  # of pairs: a list lacks it
_ROUNDS = 60


@dataclass(frozen=True)
class Lists:
    """Two lists in a database, and who each row is, which only accuracy may read."""

    connection: duckdb.DuckDBPyConnection
    people: list[Person]
    slips: list[tuple[str, ...]]
    sides_of: list[int]
    both: int

    @property
    def sides(self) -> tuple[int, int]:
        """How many rows each list has."""
        return self.sides_of.count(0), self.sides_of.count(1)


def listed(
    people: int,
    seed: int,
    mix: str | None,
    *,
    surely: Callable[[Person], str] | None = None,
) -> Lists:
    """The register and the agency's list, prepared for matching."""
    rows: list[dict[str, Any]] = []
    who, slips, both = [], [], 0
    for one in lists.known(Families(seed, DAY, mix=mix), people, surely=surely):
        both += one.register is not None and one.agency is not None
        for side, written in enumerate((one.register, one.agency)):
            if written is not None:
                rows.append({"unique_id": len(rows), "side": side, **written})
                who.append(one.person)
                slips.append(one.slips if side else ())
    connection = duckdb.connect()
    connection.register("written", pa.Table.from_pylist(rows))
    tables.prepare(connection, FIELDS, "written")
    return Lists(connection, who, slips, [row["side"] for row in rows], both)


def by_splink(known: Lists) -> Model:
    """One person and two strangers, by Splink."""
    api = DuckDBAPI(connection=known.connection)
    linking = Linker(api.register(splinking.PEOPLE), splinking.settings_of(FIELDS), log_level=None)
    linking.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=SEED)
    for rule in _ONE_PERSON:
        linking.training.estimate_parameters_using_expectation_maximisation(
            f"{rule} and l.side <> r.side",
            estimate_without_term_frequencies=True,
            max_pairs=1e6,
        )
    saved = linking.misc.save_model_to_json()["comparisons"]
    trained = {one["output_column_name"]: one["comparison_levels"] for one in saved}
    levels = {}
    for comparison in comparisons(FIELDS):
        told = [one for one in trained[comparison.key] if not one.get("is_null_level")]
        m = _shares([one.get("m_probability") for one in told], 1e-3)
        u = _shares([one.get("u_probability") for one in told], LEAST)
        for level, *pair in zip(comparison.levels, m, u, strict=True):
            levels[comparison.key, level.key] = Parameters(*map(float, pair))
    return Model(FIELDS, 1e-4, levels)


def _shares(values: list[Any], least: float) -> Real:
    known = [max(float(v), least) if isinstance(v, int | float) else least for v in values]
    return np.array(known) / sum(known)


def levels_of(known: Lists, model: Model, condition: str) -> Seen:
    """The pairs across the lists that meet a condition, with their levels."""
    known.connection.execute(
        "create or replace table chosen as select '0' as match_key, l.unique_id as join_key_l,"  # noqa: S608
        f" r.unique_id as join_key_r from {splinking.PEOPLE} l join {splinking.PEOPLE} r"
        f" on {condition} and l.side < r.side"
    )
    return scored(known, model, "chosen")


def scored(known: Lists, model: Model, pairs: str, least: float | None = None) -> Seen:
    """The pairs of a table above a weight, with their levels."""
    splinking.score(known.connection, model, pairs, "scored", least=least)
    return tables.seen(known.connection, FIELDS, "scored")


def parted(
    seen: Seen, first: Shares, second: Shares, share: float, *, fixed: bool
) -> tuple[float, Shares, Shares]:
    """Two sorts of pair, parted by expectation-maximisation: the share of the first, and both.

    `fixed` keeps the first as it is.
    """
    for _ in range(_ROUNDS):
        one = math.log(share) + likelihood(seen, first)
        two = math.log(1 - share) + likelihood(seen, second)
        chance = 1 / (1 + np.exp(np.clip(two - one, -500, 500)))
        share = float(np.clip(chance.mean(), 1e-3, 1 - 1e-3))
        second = {key: counted(seen, key, 1 - chance, len(second[key])) for key in second}
        if not fixed:
            first = {key: counted(seen, key, chance, len(first[key])) for key in first}
    return share, first, second


def learnt(people: int, seed: int, mix: str | None) -> Model:
    """The register's model."""
    known = listed(people, seed, mix)
    model = by_splink(known)
    m = _by_column(model, "m")
    sure = levels_of(known, model, _SURELY)
    agree = m["given_name"][0] * m["family_name"][0] * m["birth_date"][0] * (1 - _NO_BIRTH_DATE)
    matches = float(len(sure.left) / agree)
    total = known.sides[0] * known.sides[1]
    model = without_matches(model.with_prior(matches / total))
    u = _by_column(model, "u")
    at_home = levels_of(known, model, _AT_HOME)
    one_person, _, housemates = parted(
        at_home,
        {key: m[key] for key in OWN},
        {key: u[key] for key in OWN} | {"family_name": _often_shared(u["family_name"])},
        0.3,
        fixed=True,
    )
    stayed, kept, left = parted(
        sure, {key: m[key] for key in HOME}, {key: u[key] for key in HOME}, 0.8, fixed=False
    )
    slabs = finding.rank_candidates(known.connection, FIELDS, across=True)
    finding.take(known.connection, replace(slabs[0], low=slabs[-1].low))
    seen = scored(known, model, finding.PAIRS, _WORTH_A_LOOK)
    person = likelihood(seen, {key: m[key] for key in OWN}) + np.logaddexp(
        math.log(stayed) + likelihood(seen, kept), math.log(1 - stayed) + likelihood(seen, left)
    )
    home = likelihood(seen, housemates) + likelihood(seen, kept)
    odds = (
        person
        + math.log(matches / total)
        - np.logaddexp(
            home + math.log(len(at_home.left) * (1 - one_person) / total),
            among_strangers(seen, model),
        )
    )
    found = {
        "people": people,
        "rows": known.sides,
        "pairs of one person, estimated": round(matches),
        "pairs at one address": len(at_home.left),
        "of those one person": round(one_person, 3),
        "still at the address": round(stayed, 3),
        "pairs fitted on": len(seen.left),
    }
    print(json.dumps(found), flush=True)
    made = fitted(seen, odds, model)
    return made.with_prior(made.prior * known.sides[0] / FOR_REGISTER_OF)


def without_matches(model: Model) -> Model:
    """The model with u as if there had been no match among the random pairs."""
    levels = {
        key: Parameters(known.m, float(max(known.u - model.prior * known.m, known.u * 0.05)))
        for key, known in model.levels.items()
    }
    return replace(model, levels=levels)


def _by_column(model: Model, which: str) -> Shares:
    return {
        one.key: np.array([getattr(model.levels[one.key, at.key], which) for at in one.levels])
        for one in model.comparisons
    }


def _often_shared(shares: Real) -> Real:
    """Where to begin with the surnames of a home: half are the same."""
    begin = np.full(len(shares), 0.2 / (len(shares) - 2))
    begin[0], begin[-1] = 0.5, 0.3
    return begin


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    where = asked.out or Path(str(files("earlydoors.domain.matching") / "register.json"))
    where.write_text(learnt(asked.people, asked.seed, None).as_text(), encoding="utf-8")
