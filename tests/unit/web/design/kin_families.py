"""Families to draw: made up by Hypothesis, tidy or as odd as anybody could write them down."""

from datetime import date, timedelta

from hypothesis import strategies as st

from earlydoors.web.design.genogram.kin import (
    Bond,
    Brood,
    Child,
    Couple,
    Descent,
    Ended,
    Home,
    Kin,
    One,
    Shape,
    Tie,
    Twins,
)

NAMES = (
    "Kelly Armstrong",
    "Bartholomew Featherstonehaugh-Cholmondeley",
    "محمد عبد الرحمن",
    "Siobhán Ní Dhomhnaill",
    "X",
    "王小明",
    "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaft",
    "",
    "<b>Bobby</b> & “Tables”",
    "Ọlá-Olú\u0301",
)
SHAPES: tuple[Shape, ...] = ("square", "circle", "diamond", "triangle")
BONDS: tuple[Bond, ...] = ("married", "together", "parents")
ENDED: tuple[Ended, ...] = ("", "separated", "divorced")
DESCENTS: tuple[Descent, ...] = ("birth", "birth", "birth", "adopted", "fostered", "guardian")


@st.composite
def a_person(draw: st.DrawFn, key: str, generation: int) -> One:
    """Someone of a generation."""
    born = date(1950 + generation * 28, 1, 1) + timedelta(days=draw(st.integers(0, 7000)))
    return One(
        key=key,
        name=draw(st.sampled_from(NAMES)),
        shape=draw(st.sampled_from(SHAPES)),
        born=draw(st.sampled_from((born, born, None))),
        dead=draw(st.booleans()),
        age=draw(st.sampled_from(("", "7", "8m"))),
        under=draw(st.sampled_from(((), ("born 1990",), ("due February 2027",)))),
        about=draw(st.booleans()),
    )


@st.composite
def tidy_families(draw: st.DrawFn, most: int = 25) -> Kin:
    """A family of up to four generations, each child below its parents, homes among them."""
    people: list[One] = []
    couples: list[Couple] = []
    broods: list[Brood] = []
    above: list[str] = []
    for generation in range(draw(st.integers(1, 4))):
        room = min(most - len(people), 9)
        here = [f"{generation}.{n}" for n in range(draw(st.integers(0, room)))]
        people += [draw(a_person(key, generation)) for key in here]
        waiting = list(here)
        while draw(st.booleans()) and above and waiting:
            parents = tuple(dict.fromkeys(draw(st.lists(st.sampled_from(above), max_size=2))))
            count = draw(st.integers(1, min(4, len(waiting))))
            children = tuple(Child(key, draw(st.sampled_from(DESCENTS))) for key in waiting[:count])
            waiting = waiting[count:]
            broods.append(Brood(parents, children))
        for one, other in zip(here[::2], here[1::2], strict=False):
            if draw(st.booleans()):
                bond = draw(st.sampled_from(BONDS))
                ended = draw(st.sampled_from(ENDED))
                says = draw(st.sampled_from(("", "since 2018", "2012 to 2019")))
                couples.append(Couple(one, other, bond, ended, says))
        above = here or above
    keys = [one.key for one in people]
    homes: list[Home] = []
    left = draw(st.permutations(keys))
    while draw(st.booleans()) and left and len(homes) < 4:
        count = draw(st.integers(1, min(5, len(left))))
        also = tuple(draw(st.lists(st.sampled_from(keys), max_size=2, unique=True)))
        homes.append(Home(f"home{len(homes)}", "Home", tuple(left[:count]), also))
        left = left[count:]
    twins = tuple(
        Twins(tuple(child.key for child in brood.children[:2]), draw(st.booleans()))
        for brood in broods
        if len(brood.children) > 1 and draw(st.booleans())
    )
    return Kin("Tarn", tuple(people), tuple(couples), tuple(broods), twins, tuple(homes))


@st.composite
def odd_families(draw: st.DrawFn) -> Kin:
    """People with whatever links: circles, parents of themselves, strangers, everything twice."""
    keys = [f"p{n}" for n in range(draw(st.integers(0, 12)))]
    people = tuple(draw(a_person(key, draw(st.integers(0, 3)))) for key in keys)
    some = st.sampled_from([*keys, "nobody"])
    couples = draw(st.lists(st.builds(Couple, some, some), max_size=6))
    children = st.lists(
        st.builds(Child, some, st.sampled_from(DESCENTS)), min_size=1, max_size=4
    ).map(tuple)
    parents = st.lists(some, max_size=3).map(tuple)
    broods = draw(st.lists(st.builds(Brood, parents, children), max_size=6))
    homes = draw(
        st.lists(
            st.builds(
                Home,
                st.sampled_from(("a", "b")),
                st.just("Home"),
                st.lists(some, max_size=4).map(tuple),
                st.lists(some, max_size=2).map(tuple),
            ),
            max_size=3,
            unique_by=lambda home: home.key,
        )
    )
    ties = draw(
        st.lists(st.builds(Tie, some, some, st.just("aunt of"), st.integers(-2, 3)), max_size=4)
    )
    return Kin("Tarn", people, tuple(couples), tuple(broods), (), tuple(homes), tuple(ties))
