"""Every pair of colours that meets on a page can be told apart (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest

from earlydoors.web.design import charts
from earlydoors.web.design.assets import DESIGN

PALETTE = dict(
    re.findall(
        r"^\$([a-z-]+): (#[0-9a-f]{6});",
        (DESIGN / "styles/_palette.scss").read_text(),
        re.MULTILINE,
    )
)
TEXT = 4.5
SHAPE = 3.0
PAIRS = [
    *[
        ("ink", ground, TEXT)
        for ground in (
            "paper",
            "ground",
            "ground-deep",
            "green-wash",
            "amber-wash",
            "brick-wash",
            "light",
            "focus",
            "rule",
        )
    ],
    *[
        ("ink-soft", ground, TEXT)
        for ground in ("paper", "ground", "green-wash", "amber-wash", "brick-wash")
    ],
    *[
        ("green", ground, TEXT)
        for ground in ("paper", "ground", "green-wash", "ground-deep", "brick-wash")
    ],
    *[("green-deep", ground, TEXT) for ground in ("paper", "ground", "green-wash")],
    *[("brick", ground, TEXT) for ground in ("paper", "ground", "brick-wash")],
    *[("visited", ground, TEXT) for ground in ("paper", "ground")],
    ("amber-ink", "amber-wash", TEXT),
    ("amber-ink", "paper", TEXT),
    ("paper", "green", TEXT),
    ("paper", "brick", TEXT),
    ("paper", "green-deep", TEXT),
    ("amber", "paper", SHAPE),
    ("amber", "amber-wash", SHAPE),
    ("rule-strong", "paper", SHAPE),
    ("rule-strong", "ground", SHAPE),
    ("light", "green", SHAPE),
]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_a_pair_of_colours_can_be_told_apart(front: str, back: str, least: float) -> None:
    assert contrast(PALETTE[front], PALETTE[back]) >= least


def test_the_charts_use_the_palette() -> None:
    assert PALETTE["ink"] == charts.INK
    assert PALETTE["ink-soft"] == charts.INK_SOFT
    assert PALETTE["rule"] == charts.RULE
    assert PALETTE["green"] == charts.GREEN


def test_no_style_names_a_colour_of_its_own() -> None:
    for sheet in Path(DESIGN / "styles").glob("*.scss"):
        if sheet.name != "_palette.scss":
            assert not re.search(r"#[0-9a-fA-F]{3,8}\b(?!\{)", sheet.read_text()), sheet.name
