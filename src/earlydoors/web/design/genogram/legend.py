"""The key of a genogram: the symbols that are in it, and no others."""

from collections.abc import Iterator
from dataclasses import dataclass

from earlydoors.web.design.genogram.across import listed
from earlydoors.web.design.genogram.columns import Label
from earlydoors.web.design.genogram.kin import Bond, Descent, Ended, One, Shape
from earlydoors.web.design.genogram.plan import BONDS, STYLES, Line, Mark, Plan, Spot

_SHAPES: dict[Shape, str] = {
    "circle": "Female",
    "square": "Male",
    "diamond": "Neither, or not known",
    "triangle": "Not yet born",
}
_COUPLES: dict[Bond, str] = {
    "married": "Married",
    "together": "A couple, not married",
    "parents": "Parents of a child; more is not known",
}
_ENDED: dict[Ended, str] = {"separated": "Separated", "divorced": "Divorced"}
_DESCENTS: dict[Descent, str] = {
    "adopted": "Adopted",
    "fostered": "Fostered",
    "kinship": "Cared for by kin",
    "guardian": "Special guardianship",
}


@dataclass(frozen=True)
class Entry:
    """A symbol, small, round the point 0, 0, and what it says."""

    says: str
    spot: Spot | None = None
    line: Line | None = None
    mark: Mark | None = None
    letter: str = ""
    also: bool = False


def entries(plan: Plan) -> list[Entry]:
    """What is to be explained, people first, then couples, children and homes."""
    return [*_people(plan), *_couples(plan), *_children(plan), *_homes(plan)]


def _spot(one: One) -> Spot:
    return Spot(one, Label((), ()), 0, 0, 44)


def _people(plan: Plan) -> Iterator[Entry]:
    people = plan.kin.people
    shapes = {one.shape for one in people}
    for shape, says in _SHAPES.items():
        if shape in shapes:
            yield Entry(says, spot=_spot(One("", "", shape)))
    some: Shape = next((one.shape for one in people if one.about), "diamond")
    if any(one.about for one in people):
        yield Entry("Whom the help is about", spot=_spot(One("", "", some, about=True)))
    dead: Shape = next((one.shape for one in people if one.dead), "diamond")
    if any(one.dead for one in people):
        yield Entry("Has died", spot=_spot(One("", "", dead, dead=True)))


def _couples(plan: Plan) -> Iterator[Entry]:
    along = ((-18.0, 0.0), (18.0, 0.0))
    bonds = {one.bond for one in plan.kin.couples if not one.ended}
    for bond, says in _COUPLES.items():
        if bond in bonds:
            yield Entry(says, line=Line((), along, BONDS[bond]))
    ended = {one.ended for one in plan.kin.couples}
    for how, says in _ENDED.items():
        if how in ended:
            strokes = 1 if how == "separated" else 2
            yield Entry(says, line=Line((), along), mark=Mark((12, 0), strokes, ""))


def _children(plan: Plan) -> Iterator[Entry]:
    down = ((0.0, -13.0), (0.0, 13.0))
    descents = {child.descent for brood in plan.kin.broods for child in brood.children}
    for descent, says in _DESCENTS.items():
        if descent in descents:
            line = Line((), down, STYLES[descent], doubled=descent == "adopted")
            yield Entry(says, line=line)


def _homes(plan: Plan) -> Iterator[Entry]:
    also = ""
    for home in plan.kin.homes:
        names = [plan.kin.one(key).short for key in home.people]
        more = [plan.kin.one(key).short for key in home.also]
        if more and not also:
            also = plan.letters[home.key]
        who = listed(names) if names else ""
        part = f"{listed(more)} part of the time" if more else ""
        says = "; ".join(filter(None, (who, part)))
        yield Entry(f"{home.name or 'Home'}: {says}", letter=plan.letters[home.key])
    if also:
        yield Entry(f"Lives in home {also} too", letter=also, also=True)
