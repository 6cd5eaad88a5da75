"""The comparisons of the model: for each field, its levels from the same to different.

A comparison takes the first of its levels that holds. What is unknown on either side says nothing
for or against. Each level has the words that a reader gets as the reason.
"""

from dataclasses import dataclass

from earlydoors.domain.matching.conditions import (
    Alike,
    Condition,
    Crossed,
    Initial,
    Prepared,
    Same,
    SamePart,
    Shares,
    Slips,
    all_of,
    any_of,
)
from earlydoors.domain.matching.fields import Field, Kind

OTHER = "different"


@dataclass(frozen=True)
class Level:
    """One grade of likeness. `rarity` is the column whose frequent values count for less."""

    key: str
    words: str
    condition: Condition | None = None
    rarity: str | None = None


@dataclass(frozen=True)
class Comparison:
    """The levels of one field, the most alike first, `different` last."""

    field: Field
    levels: tuple[Level, ...]

    @property
    def key(self) -> str:
        """The field's key."""
        return self.field.key

    def level(self, left: Prepared, right: Prepared) -> Level | None:
        """The level of two prepared records; None if either says nothing."""
        if left.get(self.key) is None or right.get(self.key) is None:
            return None
        for level in self.levels[:-1]:
            if level.condition is not None and level.condition.holds(left, right):
                return level
        return self.levels[-1]


def comparisons(fields: tuple[Field, ...]) -> tuple[Comparison, ...]:
    """The comparisons for the fields that there are."""
    keys = {field.key for field in fields}
    return tuple(Comparison(field, _levels(field, keys)) for field in fields)


def _levels(field: Field, keys: set[str]) -> tuple[Level, ...]:
    it, key = field.noun, field.key
    same = Level("same", f"same {it}", Same(key), rarity=key)
    match field.kind:
        case Kind.GIVEN_NAME | Kind.FAMILY_NAME:
            between = _name(field, keys)
        case Kind.DATE:
            between = _date(field)
        case Kind.POSTCODE:
            between = (
                Level("slip", f"{it} with a slip", Slips(key, 1, least=3)),
                Level("area", f"same area of {it}", Same(f"{key}_area")),
                Level("near", f"{it} nearly the same", Slips(key, 2, least=4, exchanges=False)),
            )
        case Kind.NUMBER:
            between = (Level("slip", f"{it} with a slip", Slips(key, 1, least=2)),)
        case Kind.IDENTIFIER | Kind.PHONE:
            between = (
                Level("slip", f"{it} with a slip", Slips(key, 1, least=5)),
                Level("near", f"{it} nearly the same", Slips(key, 2, least=6, exchanges=False)),
            )
        case Kind.EMAIL:
            between = (
                Level("user", f"{it} with the same beginning", Same(f"{key}_user")),
                Level("slip", f"{it} with a slip", Slips(key, 2, least=8, exchanges=False)),
            )
        case Kind.CODE:
            between = (Level("slip", f"{it} with a slip", Slips(key, 1, least=3)),)
        case Kind.TEXT:
            between = _text(field)
    return (same, *between, Level(OTHER, f"different {it}"))


def _name(field: Field, keys: set[str]) -> tuple[Level, ...]:
    it, key = field.noun, field.key
    sound, words = f"{key}_sound", f"{key}_words"
    levels = [Level("slip", f"{it} with a slip", any_of(Slips(key, 1, least=4), Alike(key, 0.94)))]
    if field.kind is Kind.GIVEN_NAME:
        short = any_of(Same(f"{key}_root"), Initial(key))
        levels.append(Level("short", f"{it} that is short for the other", short))
    levels += [
        Level("part", f"one part of the {it} is the same", Shares(words, words)),
        Level("sound", f"{it} sounds alike", any_of(Same(sound), Alike(key, 0.88))),
    ]
    other = "family_name" if key == "given_name" else "given_name"
    if key in {"given_name", "family_name"} and other in keys:
        crossed = any_of(Crossed(key, other), Shares(words, f"{other}_words"))
        levels.append(Level("crossed", "first name and surname exchanged", crossed))
    levels.append(Level("near", f"{it} somewhat alike", Alike(key, 0.75)))
    return tuple(levels)


def _date(field: Field) -> tuple[Level, ...]:
    it, key = field.noun, field.key
    year, month, day = SamePart(key, 1, 4), SamePart(key, 5, 6), SamePart(key, 7, 8)
    return (
        Level("swapped", f"{it} with day and month swapped", Crossed(key, f"{key}_swapped")),
        Level("slip", f"{it} with a slip", Slips(key, 1, least=6)),
        Level(
            "two_parts",
            f"two of day, month and year of the {it} are the same",
            any_of(all_of(year, month), all_of(year, day), all_of(month, day)),
        ),
        Level("near", f"{it} nearly the same", Slips(key, 2, least=7, exchanges=False)),
        Level("year", f"same year in the {it}", year),
    )


def _text(field: Field) -> tuple[Level, ...]:
    it, key = field.noun, field.key
    sound, words = f"{key}_sound", f"{key}_words"
    return (
        Level("slip", f"{it} with a slip", any_of(Slips(key, 1, least=5), Alike(key, 0.93))),
        Level("part", f"a word of the {it} is the same", Shares(words, words)),
        Level("sound", f"{it} sounds alike", any_of(Same(sound), Alike(key, 0.86))),
        Level("near", f"{it} somewhat alike", Alike(key, 0.75)),
    )
