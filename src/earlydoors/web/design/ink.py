"""What pictures drawn in ink have alike: colours, letters, the frame with a title for the ear.

No colour carries a meaning by itself, and nothing needs a style sheet: the same text stands in a
page, in a file, and on paper.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from earlydoors.web.design.lettering import broken, is_right_to_left, safe

INK = "#1b2a33"
SOFT = "#47555f"
PAPER = "#ffffff"
GROUND = "#f6f4ef"
RULE = "#d8d1c3"
GREEN = "#12564a"
FACES = (
    "'Atkinson Hyperlegible Next Variable','Atkinson Hyperlegible Next',Verdana,'DejaVu Sans',"
    "'Liberation Sans',sans-serif"
)
_TITLE, _UNDER = 21.0, 15.0
_LINE = 1.35


@dataclass(frozen=True)
class Headed:
    """What stands above a picture that is kept by itself: its title, and a line under it."""

    title: str
    under: str = ""


@dataclass(frozen=True)
class Named:
    """What a picture is called by those who do not see it: a title, and all it says. `key` tells
    its parts from those of other pictures on a page."""

    key: str
    title: str
    says: str


def framed(
    width: float, height: float, named: Named, body: Iterable[str], headed: Headed | None = None
) -> str:
    """The whole text of a picture round its parts; `headed` writes the title above them."""
    heads = list(_heads(headed, width)) if headed else []
    top = sum(size * _LINE for _, size, _ in heads) + (16 if heads else 0)
    size = f"{width:.0f} {height + top:.0f}"
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" width="{width:.0f}" '
        f'height="{height + top:.0f}" role="img" aria-labelledby="{named.key}-title" '
        f'aria-describedby="{named.key}-says" font-family="{FACES}">'
    )
    parts = [
        opening,
        f'<title id="{named.key}-title">{safe(named.title)}</title>',
        f'<desc id="{named.key}-says">{safe(named.says)}</desc>',
        f'<rect width="{width:.0f}" height="{height + top:.0f}" fill="{PAPER}"/>',
        *_headed(heads),
        f'<g transform="translate(0 {top:.0f})">',
        *body,
        "</g></svg>",
    ]
    return "".join(parts)


def _heads(headed: Headed, width: float) -> Iterator[tuple[str, float, int]]:
    for text, size, weight in ((headed.title, _TITLE, 700), (headed.under, _UNDER, 400)):
        for line in broken(text, width - 52, size):
            yield line, size, weight


def _headed(heads: Iterable[tuple[str, float, int]]) -> Iterator[str]:
    y = 8.0
    for line, size, weight in heads:
        y += size * _LINE
        yield words(line, 26, y, size, anchor="start", weight=weight)


def words(
    text: str,
    x: float,
    y: float,
    size: float,
    *,
    anchor: str = "middle",
    weight: int = 400,
    colour: str = INK,
) -> str:
    """A line of letters with its foot at `y`. A white edge keeps it readable over a line.

    `anchor` is the side of the picture it keeps to, also for a line that runs from the right.
    """
    bold = f' font-weight="{weight}"' if weight != 400 else ""
    direction = ""
    if is_right_to_left(text):
        direction = ' direction="rtl"'
        anchor = {"start": "end", "end": "start"}.get(anchor, anchor)
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{anchor}" '
        f'fill="{colour}"{bold}{direction} stroke="{PAPER}" stroke-width="3" '
        f'paint-order="stroke" stroke-linejoin="round">{safe(text)}</text>'
    )
