"""The ecomap: everybody round the family once, each line reaching its own box alone."""

from itertools import combinations
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from earlydoors.web.design import ecomap
from earlydoors.web.design.ecomap import Ecomap, Someone, ends, plan
from earlydoors.web.design.genogram.outlines import Rect
from earlydoors.web.design.ink import Headed, Named

TEXTS = st.sampled_from(
    (
        "",
        "Jo Bell",
        "Whitehaven Surgery",
        "محمد عبد الرحمن",
        "Speech and language therapy for children under five, West of the county",
        "Wolfeschlegelsteinhausenbergerdorff",
        "=<b>&",
    )
)
SOMEONE = st.builds(
    Someone,
    name=TEXTS.filter(bool),
    what=TEXTS,
    whom=TEXTS,
    when=TEXTS,
    tie=st.sampled_from(("connected", "asked", "ended")),
    leads=st.booleans(),
    own=st.booleans(),
    note=TEXTS,
)
FAMILIES = st.builds(
    Ecomap,
    name=st.just("Tarn"),
    middle=st.lists(TEXTS.filter(bool), max_size=9).map(tuple),
    around=st.lists(SOMEONE, max_size=25).map(tuple),
)
NAMED = Named("ecomap", "Around the Tarn family", "In words.")


def boxes(laid: ecomap.Plan) -> list[Rect]:
    return [
        Rect(b.x - b.width / 2, b.y - b.height / 2, b.x + b.width / 2, b.y + b.height / 2)
        for b in laid.boxes
    ]


@given(FAMILIES)
def test_nobody_stands_on_another_or_on_the_family(family: Ecomap) -> None:
    laid = plan(family)
    assert [box.who for box in laid.boxes] == list(family.around)
    for one, other in combinations(boxes(laid), 2):
        assert not one.meets(other)
    for box in boxes(laid):
        assert box.left >= 0
        assert box.top >= 0
        assert box.right <= laid.width
        assert box.bottom <= laid.height
        x = max(box.left, min(laid.x, box.right)) - laid.x
        y = max(box.top, min(laid.y, box.bottom)) - laid.y
        assert x * x + y * y > laid.radius**2


@given(FAMILIES)
def test_no_line_runs_over_somebody_elses_box(family: Ecomap) -> None:
    laid = plan(family)
    for box in laid.boxes:
        start, end = ends(laid, box)
        for other, rect in zip(laid.boxes, boxes(laid), strict=True):
            if other is not box:
                assert not crosses(start, end, rect)


def crosses(start: tuple[float, float], end: tuple[float, float], rect: Rect) -> bool:
    """Whether a straight line runs through a rectangle: the parts of it that lie between its
    sides, across and down, have something in common."""
    first, last = 0.0, 1.0
    for n, (low, high) in enumerate(((rect.left, rect.right), (rect.top, rect.bottom))):
        way = end[n] - start[n]
        if abs(way) < 1e-9:
            if not low < start[n] < high:
                return False
            continue
        near, far = sorted(((low - start[n]) / way, (high - start[n]) / way))
        first, last = max(first, near), min(last, far)
    return last - first > 1e-6


@given(FAMILIES)
def test_the_picture_is_sound_and_has_every_name(family: Ecomap) -> None:
    text = ecomap.svg(family, NAMED, Headed("A title"))
    root = ElementTree.fromstring(text)  # noqa: S314 - our own text
    said = "".join("".join(piece.itertext()) for piece in root.iter() if piece.tag.endswith("text"))
    tight = "".join(said.split())
    for name in (*(one.name for one in family.around), *family.middle):
        assert "".join(name.split()) in tight
    assert "style=" not in text


def test_it_says_only_what_is_known_of_a_tie() -> None:
    family = Ecomap(
        "Tarn",
        ("Kelly Tarn", "Sophie Tarn"),
        (
            Someone("Jo Bell", "Family worker", when="Since 3 March 2026", leads=True),
            Someone("Little Harbour", "Nursery", whom="Leo"),
            Someone("Speech therapy", tie="asked"),
            Someone("Sam Okoro", "Housing", when="Until 1 June 2026", tie="ended"),
        ),
    )
    assert ecomap.title_of(family) == "Around the Tarn family: 2 people and services; Jo Bell leads"
    lead, nursery, asked, ended = ecomap.sentences(family)
    assert lead.startswith("Jo Bell, Family worker, is there for the whole family as lead")
    assert lead.endswith("(since 3 March 2026).")
    assert nursery == "Little Harbour, Nursery, is there for Leo."
    assert asked == "Speech therapy was asked for, for the whole family, and has not begun."
    assert ended.startswith("Sam Okoro, Housing, was there for the whole family, and is no longer")
    assert [row[0] for row in ecomap.rows(family)] == [one.name for one in family.around]
    text = ecomap.svg(family, NAMED)
    for absent in ("Strong", "Strained"):
        assert absent not in text


def test_a_family_with_nobody_round_it_says_so() -> None:
    family = Ecomap("Tarn", ("Kelly Tarn",), ())
    assert ecomap.title_of(family) == "Around the Tarn family: nobody is written down"
    assert "Kelly Tarn" in ecomap.svg(family, NAMED)
