"""What is told of families beside their story is as it was asked for, and fits who they are."""

from collections import Counter
from collections.abc import Iterable, Iterator

import pytest
from tests.integration.simulation.test_marginals import FAMILIES, assert_near, drawn_of

from earlydoors.domain.people.relations import PARENTS
from earlydoors.simulation.press.asking import asked_of
from earlydoors.simulation.press.drawn import Drawn
from earlydoors.simulation.press.insets import SINCE, WHO_IS_WHO, Inset
from earlydoors.simulation.press.told import OfFamily

pytestmark = pytest.mark.django_db


def told(drawn: Drawn, *kinds: str) -> list[Inset]:
    return [one for one in drawn.insets[WHO_IS_WHO] if one.kind in kinds]


def ties(drawn: Drawn, *kinds: str) -> Iterator[Inset]:
    return (one for one in told(drawn, "tie") if one.given["kind"] in kinds)


def grown_up(drawn: Drawn, relation: str) -> OfFamily | None:
    return next((one for one in drawn.people if one.relation == relation), None)


def share(found: Iterable[bool]) -> tuple[float, int]:
    counted = list(found)
    return sum(counted) / len(counted), len(counted)


def test_what_is_told_beside_comes_out_as_asked() -> None:
    asked = asked_of("cumbria")

    found, _, _ = drawn_of(FAMILIES)

    events = Counter(len(told(one, "event", "event_of")) for one in found)
    for count, wanted in asked.told_before.items():
        assert_near(events[count] / FAMILIES, wanted, FAMILIES)
    since, of = share(bool(one.insets[SINCE]) for one in found)
    assert_near(since, asked.since, of)
    near, of = share(bool(told(one, "near")) for one in found)
    assert_near(near, asked.near, of)
    two, of = share(bool(told(one, "home")) for one in found if one.household == "split")
    assert_near(two, asked.two_homes, of)
    guarded, of = share(
        any(ties(one, "special_guardian")) for one in found if one.household == "kinship"
    )
    assert_near(guarded, asked.special_guardians, of)
    bases = [
        {one.whom[0]: one.given["basis"] for one in told(drawn, "responsible")} for drawn in found
    ]
    unwed = [basis for each in bases for basis in each.values() if basis != "married"]
    unnamed, of = share(basis == "none" for basis in unwed)
    assert_near(unnamed, asked.unnamed_fathers, of)


def test_families_are_told_as_they_are() -> None:
    found, _, _ = drawn_of(FAMILIES)
    for drawn in found:
        children = {one.slot for one in drawn.people if one.relation == "child"}
        mother = grown_up(drawn, "mother")
        if mother is not None:
            of = {one.whom[1] for one in ties(drawn, "mother") if one.whom[0] == mother.slot}
            assert of == children
        for one in ties(drawn, *PARENTS):
            assert one.whom[0] != one.whom[1]
        if drawn.household == "couple":
            assert any(one.given["state"] != "separated" for one in ties(drawn, "partner"))
        if drawn.household == "split":
            assert [one.given["state"] for one in ties(drawn, "partner")] == ["separated"]
            father = grown_up(drawn, "father")
            assert father is not None
            assert not father.lives_here
        if drawn.household == "kinship":
            carers = {one.whom[1] for one in ties(drawn, "kinship_carer", "special_guardian")}
            assert carers == children
        if step := grown_up(drawn, "step_parent"):
            assert drawn.household == "blended"
            assert {one.whom[1] for one in ties(drawn, "step_parent")} == children
            assert step.parental_responsibility is False
