"""The reviewed model of the register: what it says is sane, and right about the hard pairs."""

from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml

from earlydoors.domain.matching.fields import Kind, prepared_record
from earlydoors.domain.matching.model import Model, Weighed, from_text

FOR = 100_000  # people: what the prior of the file is for
POSSIBLE_FROM = -8.0  # bits
KINDS = {
    "given_name": Kind.GIVEN_NAME,
    "family_name": Kind.FAMILY_NAME,
    "birth_date": Kind.DATE,
    "sex": Kind.CODE,
    "house_number": Kind.NUMBER,
    "street": Kind.TEXT,
    "postcode": Kind.POSTCODE,
    "nhs": Kind.IDENTIFIER,
    "upn": Kind.IDENTIFIER,
}
HOME = ("house_number", "street", "postcode")
TOLD: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "hard_pairs.yaml").read_text(encoding="utf-8")
)
AMY = {
    "given_name": "Amy",
    "family_name": "Robson",
    "birth_date": "2017-05-14",
    "sex": "F",
    "house_number": "8",
    "street": "Quay Terrace",
    "postcode": "NE24 1AC",
}


@pytest.fixture(scope="module")
def model() -> Model:
    return from_text((files("earlydoors.domain.matching") / "register.json").read_text("utf-8"))


def weigh(model: Model, left: dict[str, Any], right: dict[str, Any]) -> Weighed:
    shares = TOLD["shares"]
    one, two = (
        prepared_record(model.fields, {key: str(value) for key, value in said.items()})
        for said in (left, right)
    )
    return model.weigh(one, two, lambda column, value: shares.get(column, {}).get(value))


def bits(model: Model, key: str) -> dict[str, float]:
    comparison = next(one for one in model.comparisons if one.key == key)
    return {at.key: model.levels[key, at.key].bits for at in comparison.levels}


def test_it_has_the_fields_of_the_register(model: Model) -> None:
    assert {field.key: field.kind for field in model.fields} == KINDS
    assert 1e-7 < model.prior < 1e-4


@pytest.mark.parametrize("key", KINDS)
def test_the_same_says_most_and_different_least(model: Model, key: str) -> None:
    says = bits(model, key)
    same, *between, different = says.values()
    # Street and postcode tell the home: a house number beside them may say nothing.
    assert same > different or (key == "house_number" and same == different == 0)
    assert different <= 0
    assert all(different - 0.01 <= one <= same + 0.01 for one in between), "but for rounding"


@pytest.mark.parametrize("key", ["given_name", "family_name", "birth_date", "nhs"])
def test_what_is_ones_own_says_much_either_way(model: Model, key: str) -> None:
    says = bits(model, key)
    assert says["same"] > says["slip"] > 1
    assert says["same"] > 5
    assert says["different"] < -2


def test_a_home_is_shared_so_it_says_less_than_what_is_ones_own(model: Model) -> None:
    home = sum(bits(model, key)["same"] for key in HOME)
    assert 0 < home < bits(model, "birth_date")["same"]
    assert sum(bits(model, key)["different"] for key in HOME) > -4, "people move"


def test_a_rare_name_counts_for_more(model: Model) -> None:
    rare = AMY | {"given_name": "Lukasz"}
    common = AMY | {"given_name": "Mohammed"}
    assert weigh(model, rare, rare).weight > weigh(model, common, common).weight + 3


def test_one_home_and_one_surname_do_not_make_one_person(model: Model) -> None:
    brother = AMY | {"given_name": "Thomas", "birth_date": "2014-02-01", "sex": "M"}
    assert weigh(model, AMY, brother).weight < POSSIBLE_FROM


def test_a_twin_falls_far_behind(model: Model) -> None:
    ava = AMY | {"given_name": "Ava"}
    assert weigh(model, AMY, AMY).weight > weigh(model, AMY, ava).weight + 10


@pytest.mark.parametrize("pair", TOLD["pairs"], ids=lambda pair: pair["about"])
def test_hard_pairs(model: Model, pair: dict[str, Any]) -> None:
    weight = weigh(model, pair["left"], pair["right"]).weight
    said = "likely" if weight > 0 else "possible" if weight >= POSSIBLE_FROM else "no"
    assert said == pair["says"], f"{weight:.1f} bits"
    assert said != ("no" if pair["one_person"] else "likely")


def test_every_story_has_its_hard_pairs() -> None:
    told = " ".join(pair["about"] for pair in TOLD["pairs"])
    for name in ("Robson", "Cole", "Whitlock", "Armstrong", "Okafor", "Łukasz", "Mohammed"):
        assert name in told
