"""When two places are the same one: who lives together, and what must be kept from whom."""

import re
from dataclasses import dataclass
from uuid import UUID

from earlydoors.foundation.kernel.text import folded

_INSIDE = re.compile(
    r"^(?:(?:flat|unit|apartment|apt|room|floor|caravan|plot)\b.*|\d+\s*[a-z]?"
    r"|(?:ground|first|second|third|top|lower|upper|basement)\b.*)$"
)
_STREETS = {
    "rd": "road", "st": "street", "ave": "avenue", "av": "avenue", "ln": "lane", "cl": "close",
    "dr": "drive", "tce": "terrace", "terr": "terrace", "gdns": "gardens", "ct": "court",
    "cres": "crescent", "pl": "place", "sq": "square", "gr": "grove",
}  # fmt: skip


@dataclass(frozen=True)
class Spot:
    """A place as it is written down: its words, its postcode, the setting it is."""

    says: str
    postcode: str = ""
    setting: UUID | None = None

    @property
    def line(self) -> str:
        """The part that tells it from its neighbours: flat, number and street, without the town."""
        parts = [folded(part) for part in self.says.split(",")]
        kept: list[str] = []
        for part in filter(None, parts):
            kept.append(part)
            if not _INSIDE.match(part):
                break
        words = " ".join(kept).split()
        return " ".join(_STREETS.get(word, word) for word in words)

    @property
    def code(self) -> str:
        """The postcode without spaces and case; empty where none is known."""
        return re.sub(r"\W", "", self.postcode).upper()


def same_place(one: Spot, other: Spot) -> bool:
    """Whether two places are the same one, as far as what is written tells.

    Used for safety, so a doubt counts as the same: two that are written alike are one place unless
    both have a postcode and these differ.
    """
    if one.setting is not None and one.setting == other.setting:
        return True
    if not one.line or one.line != other.line:
        return False
    return one.code == other.code or not (one.code and other.code)
