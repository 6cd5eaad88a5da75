"""The genogram: whatever the family, nobody is hidden, nobody drawn twice, no line left out."""

from datetime import date
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.web.design.kin_families import odd_families, tidy_families

from earlydoors.web.design.genogram import drawing
from earlydoors.web.design.genogram.kin import (
    Brood,
    Child,
    Couple,
    Home,
    Kin,
    One,
    Tie,
    Twins,
)
from earlydoors.web.design.genogram.outlines import Rect, path_round
from earlydoors.web.design.genogram.plan import Line, Plan, Point, plan
from earlydoors.web.design.ink import Headed, Named

FAMILIES = st.one_of(tidy_families(), odd_families())
# Each is worked out whole, up to twenty-five people.
ENOUGH = settings(max_examples=60)
NAMED = Named("genogram", "The Tarn family", "All in words.")


def spots(drawn: Plan) -> dict[str, Point]:
    return {spot.one.key: (spot.x, spot.y) for spot in drawn.spots}


@ENOUGH
@given(FAMILIES)
def test_everybody_is_drawn_once_and_nobody_on_another(kin: Kin) -> None:
    drawn = plan(kin)
    assert sorted(spot.one.key for spot in drawn.spots) == sorted(one.key for one in kin.people)
    for one, other in combinations(drawn.spots, 2):
        assert not one.column.meets(other.column), (one.one.key, other.one.key)
    for spot in drawn.spots:
        column = spot.column
        assert column.left >= 0
        assert column.top >= 0
        assert column.right <= drawn.width
        assert column.bottom <= drawn.height


@ENOUGH
@given(FAMILIES)
def test_every_couple_and_every_child_has_a_line(kin: Kin) -> None:
    drawn = plan(kin)
    joined = [set(line.links) for line in drawn.lines]
    for couple in drawn.kin.couples:
        assert couple.pair in joined
    for brood in drawn.kin.broods:
        keys = [child.key for child in brood.children]
        for key in keys:
            whole = {*brood.parents, key} in joined
            each = [{parent, key} in joined for parent in brood.parents]
            # Of brothers and sisters without parents one is joined to the first.
            other = [{key, near} in joined for near in keys if near != key]
            assert whole or (brood.parents and all(each)) or (not brood.parents and any(other))


@ENOUGH
@given(FAMILIES)
def test_a_line_begins_and_ends_at_whom_it_joins(kin: Kin) -> None:
    drawn = plan(kin)
    columns = {spot.one.key: spot.column for spot in drawn.spots}
    for couple in drawn.kin.couples:
        lines = [line for line in drawn.lines if set(line.links) == couple.pair]
        ends = [{_nearest(one.points[n], columns) for n in (0, -1)} for one in lines]
        assert couple.pair in ends
    for brood in (brood for brood in drawn.kin.broods if brood.parents):
        for child in brood.children:
            theirs = [line for line in drawn.lines if line.links[-1:] == (child.key,)]
            found = {_nearest(point, columns) for line in theirs for point in line.points[-1:]}
            assert child.key in found


def _nearest(point: Point, columns: dict[str, Rect]) -> str:
    def far(key: str) -> float:
        rect = columns[key]
        x = max(rect.left - point[0], 0, point[0] - rect.right)
        return float(x + max(rect.top - point[1], 0, point[1] - rect.bottom))

    return min(columns, key=far)


@ENOUGH
@given(FAMILIES)
def test_no_straight_line_runs_through_a_symbol(kin: Kin) -> None:
    drawn = plan(kin)
    for line in drawn.lines:
        if line.curved:
            continue
        for start, end in pairwise(line.points):
            if start[0] != end[0] and start[1] != end[1]:
                continue  # twins, from one point to their tops
            around = Rect(
                min(start[0], end[0]), min(start[1], end[1]),
                max(start[0], end[0]) + 0.01, max(start[1], end[1]) + 0.01,
            )  # fmt: skip
            for spot in drawn.spots:
                symbol = spot.symbol
                inner = Rect(symbol.left + 1, symbol.top + 1, symbol.right - 1, symbol.bottom - 1)
                assert not around.meets(inner), (line.links, spot.one.key)


@ENOUGH
@given(tidy_families())
def test_brothers_and_sisters_stand_on_one_row_eldest_left(kin: Kin) -> None:
    drawn = plan(kin)
    at = spots(drawn)
    ages = {one.key: one.order for one in kin.people}
    for brood in drawn.kin.broods:
        keys = [child.key for child in brood.children if child.descent == "birth"]
        if len({at[key][1] for key in keys}) == 1:
            assert sorted(keys, key=ages.__getitem__) == sorted(keys, key=lambda key: at[key][0])


@ENOUGH
@given(tidy_families())
def test_parents_stand_above_their_children(kin: Kin) -> None:
    drawn = plan(kin)
    at = spots(drawn)
    for brood in drawn.kin.broods:
        for parent in brood.parents:
            for child in brood.children:
                assert at[parent][1] < at[child.key][1]


@ENOUGH
@given(FAMILIES)
def test_a_home_holds_those_who_live_there_and_nobody_else(kin: Kin) -> None:
    drawn = plan(kin)
    for outline in drawn.outlines:
        for spot in drawn.spots:
            inside = [rect for rect in outline.rects if rect.meets(spot.symbol)]
            assert bool(inside) == (spot.one.key in outline.home.people), spot.one.key


@ENOUGH
@given(FAMILIES)
def test_the_same_family_gives_the_same_picture(kin: Kin) -> None:
    assert drawing.svg(plan(kin), NAMED) == drawing.svg(plan(kin), NAMED)


@ENOUGH
@given(FAMILIES)
def test_the_picture_is_sound_and_has_every_name_in_full(kin: Kin) -> None:
    text = drawing.svg(plan(kin), NAMED, Headed("A title", "Drawn today"))
    root = ElementTree.fromstring(text)  # noqa: S314 - our own text
    said = "".join("".join(piece.itertext()) for piece in root.iter() if piece.tag.endswith("text"))
    tight = "".join(said.split())
    for one in kin.people:
        assert "".join(one.name.split()) in tight
    assert "style=" not in text
    assert "<script" not in text


# ---- the symbols, in families one can picture


def someone(key: str, shape: str = "circle", year: int = 2000, **more: object) -> One:
    return One(key, key.title(), shape, date(year, 3, 3), **more)  # type: ignore[arg-type]


def line_between(drawn: Plan, *keys: str) -> list[Line]:
    return [line for line in drawn.lines if set(line.links) == set(keys)]


@pytest.mark.parametrize(
    ("couple", "style", "strokes"),
    [
        (Couple("ann", "bob", "married"), "solid", 0),
        (Couple("ann", "bob", "together"), "dashed", 0),
        (Couple("ann", "bob", "parents"), "dotted", 0),
        (Couple("ann", "bob", "married", "separated"), "solid", 1),
        (Couple("ann", "bob", "married", "divorced"), "solid", 2),
    ],
)
def test_how_a_couple_stands_is_their_line(couple: Couple, style: str, strokes: int) -> None:
    drawn = plan(Kin("Tarn", (someone("ann"), someone("bob", "square")), (couple,)))
    (line,) = line_between(drawn, "ann", "bob")
    assert line.style == style
    assert [mark.strokes for mark in drawn.marks] == ([strokes] if strokes else [])


@pytest.mark.parametrize(
    ("descent", "style", "doubled"),
    [
        ("birth", "solid", False),
        ("adopted", "solid", True),
        ("fostered", "dashed", False),
        ("kinship", "dotted", False),
        ("guardian", "dotted", False),
    ],
)
def test_how_a_child_belongs_is_its_line(descent: str, style: str, doubled: bool) -> None:
    child = Child("cat", descent)  # type: ignore[arg-type]
    kin = Kin("Tarn", (someone("ann", year=1980), someone("cat")), (), (Brood(("ann",), (child,)),))
    last = line_between(plan(kin), "ann", "cat")[-1]
    assert (last.style, last.doubled) == (style, doubled)


def test_a_man_stands_left_of_his_wife_and_couples_stand_together() -> None:
    people = (someone("ann"), someone("cat"), someone("bob", "square"))
    drawn = plan(Kin("Tarn", people, (Couple("ann", "bob", "married"),)))
    at = spots(drawn)
    assert at["bob"][0] < at["ann"][0]


def test_partners_of_one_person_stand_on_either_side() -> None:
    people = (someone("ann"), someone("bob", "square"), someone("dan", "square"))
    couples = (Couple("ann", "bob", "married", "divorced"), Couple("ann", "dan"))
    at = spots(plan(Kin("Tarn", people, couples)))
    left, middle, right = sorted(at, key=lambda key: at[key][0])
    assert middle == "ann"
    assert {left, right} == {"bob", "dan"}


def test_twins_hang_from_one_point_and_identical_ones_are_joined() -> None:
    people = (someone("ann", year=1980), someone("cat"), someone("dee"))
    brood = Brood(("ann",), (Child("cat"), Child("dee")))
    twins = Twins(("cat", "dee"), identical=True)
    drawn = plan(Kin("Tarn", people, (), (brood,), (twins,)))
    starts = {line.points[0] for line in drawn.lines if line.links[-1:] in {("cat",), ("dee",)}
              and line.points[-1][1] > line.points[0][1] and len(line.points) == 2
              and line.points[0][0] != line.points[-1][0]}  # fmt: skip
    assert len(starts) == 1
    assert line_between(drawn, "cat", "dee")


def test_a_grandmother_who_is_the_guardian_is_joined_by_a_curve_and_marked() -> None:
    people = (someone("gran", year=1950), someone("ann", year=1980), someone("cat"))
    broods = (
        Brood(("gran",), (Child("ann"),)),
        Brood(("ann",), (Child("cat"),)),
        Brood(("gran",), (Child("cat", "guardian"),)),
    )
    drawn = plan(Kin("Tarn", people, (), broods))
    assert [line.curved for line in line_between(drawn, "gran", "cat")] == [True]
    gran = next(spot for spot in drawn.spots if spot.one.key == "gran")
    assert " ".join(gran.label.under) == "Special guardian of Cat"


def test_a_child_of_two_homes_is_in_one_with_the_letter_of_the_other() -> None:
    people = (someone("ann", year=1980), someone("bob", "square", 1980), someone("cat"))
    homes = (Home("a", "Home", ("ann", "cat")), Home("b", "Home", ("bob",), ("cat",)))
    brood = Brood(("ann", "bob"), (Child("cat"),))
    drawn = plan(Kin("Tarn", people, (), (brood,), (), homes))
    cat = next(spot for spot in drawn.spots if spot.one.key == "cat")
    assert cat.also == ("B",)
    assert [outline.home.people for outline in drawn.outlines] == [("ann", "cat"), ("bob",)]


def test_an_aunt_whom_no_line_shows_is_told_by_a_word() -> None:
    tie = Tie("aunt", "cat", "aunt of", 1)
    drawn = plan(Kin("Tarn", (someone("cat"), someone("aunt", year=1980)), ties=(tie,)))
    aunt = next(spot for spot in drawn.spots if spot.one.key == "aunt")
    assert aunt.label.under == ("Aunt of Cat",)


def test_the_key_explains_what_is_there_and_nothing_else() -> None:
    people = (someone("ann"), someone("bob", "square", dead=True))
    text = drawing.svg(plan(Kin("Tarn", people, (Couple("ann", "bob", "married"),))), NAMED)
    for there in ("Female", "Male", "Has died", "Married"):
        assert f">{there}<" in text
    for absent in ("Divorced", "Adopted", "Not yet born", "Whom the help is about"):
        assert absent not in text


def test_an_outline_of_two_rectangles_that_touch_is_one_line() -> None:
    apart = path_round([Rect(0, 0, 10, 10), Rect(20, 0, 30, 10)])
    joined = path_round([Rect(0, 0, 10, 10), Rect(8, 0, 30, 10)])
    assert apart.count("M") == 2
    assert joined.count("M") == 1
