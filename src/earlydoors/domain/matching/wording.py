"""The reasons of a likeness as a reader would say them, without the names or places themselves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_LEAST = 1.0  # bits: less is not worth a word

_EXCHANGED = "first name and surname exchanged"
_WORDS: Mapping[tuple[str, str], str] = {
    ("given_name", "same"): "same first name",
    ("given_name", "slip"): "first name spelt nearly the same",
    ("given_name", "short"): "first name is short for the other",
    ("given_name", "part"): "one first name is the same",
    ("given_name", "sound"): "first name sounds alike",
    ("given_name", "crossed"): _EXCHANGED,
    ("given_name", "near"): "first name somewhat alike",
    ("given_name", "different"): "different first name",
    ("family_name", "same"): "same surname",
    ("family_name", "slip"): "surname spelt nearly the same",
    ("family_name", "part"): "one part of the surname is the same",
    ("family_name", "sound"): "surname sounds alike",
    ("family_name", "crossed"): _EXCHANGED,
    ("family_name", "near"): "surname somewhat alike",
    ("family_name", "different"): "different surname",
    ("birth_date", "same"): "same birthday",
    ("birth_date", "swapped"): "day and month changed places",
    ("birth_date", "slip"): "birth date with one digit different",
    ("birth_date", "two_parts"): "birth date the same but for the day, the month or the year",
    ("birth_date", "near"): "birth date nearly the same",
    ("birth_date", "year"): "same year of birth",
    ("birth_date", "age"): "same age",
    ("birth_date", "near_age"): "a year older or younger",
    ("birth_date", "another_age"): "another age",
    ("birth_date", "different"): "different birth date",
    ("sex", "different"): "different sex",
    ("street", "slip"): "the street spelt nearly the same",
    ("postcode", "slip"): "postcode with one letter different",
    ("postcode", "area"): "the same area of the postcode",
    ("nhs", "same"): "same NHS number",
    ("nhs", "slip"): "NHS number with one digit different",
    ("nhs", "near"): "NHS number nearly the same",
    ("nhs", "different"): "different NHS number",
    ("upn", "same"): "same UPN",
    ("upn", "slip"): "UPN with one letter or digit different",
    ("upn", "near"): "UPN nearly the same",
    ("upn", "different"): "different UPN",
}
_FORMER = {
    "previous": ("the old first name", "the old surname"),
    "birth": ("the first name at birth", "the surname at birth"),
    "known_as": ("known by that name", "known by that surname"),
    "alias": ("another first name they use", "another surname they use"),
    "before_birth": ("the name before the birth", "the name before the birth"),
}
_HOME = frozenset({"house_number", "street", "postcode"})
_FOUND = frozenset({"same", "slip"})


@dataclass(frozen=True)
class Said:
    """What one comparison says, and of which sort the telling was: None is that of today."""

    key: str
    level: str
    words: str
    bits: float
    sort: str | None

    @property
    def is_former(self) -> bool:
        """Whether it speaks for the two being one by a name that is not the one of today."""
        return self.bits > 0 and self.sort in _FORMER


def in_words(said: Iterable[Said]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What speaks for a likeness and what against, the strongest first, nothing twice."""
    ranked = sorted(said, key=lambda one: -abs(one.bits))
    home = [one for one in ranked if one.key in _HOME]
    told = [(one.bits, _one(one)) for one in ranked if one.key not in _HOME and one.key != "sex"]
    told += [(one.bits, _one(one)) for one in ranked if one.key == "sex" and one.bits < 0]
    if home:
        bits = sum(one.bits for one in home)
        told.append((bits, _of_home(home)))
    told.sort(key=lambda pair: -abs(pair[0]))
    worth = [(bits, words) for bits, words in told if abs(bits) >= _LEAST and words]
    says = dict.fromkeys(words for bits, words in worth if bits > 0)
    against = dict.fromkeys(words for bits, words in worth if bits < 0)
    return tuple(says), tuple(against)


def _one(said: Said) -> str:
    words = _WORDS.get((said.key, said.level), said.words)
    if said.is_former and said.sort:
        former = _FORMER[said.sort][said.key == "family_name"]
        return former if said.level == "same" else f"{former}, {words}"
    if said.sort == "due" and said.bits > 0:
        return "the day the birth was due" if said.level == "same" else f"near the due day, {words}"
    return words


def _of_home(home: list[Said]) -> str:
    levels = {one.key: one.level for one in home}
    lives = "lived" if any(one.sort == "earlier" for one in home) else "lives"
    now = " before" if lives == "lived" else " now"
    same_street = levels.get("street") in _FOUND
    same_code = levels.get("postcode") in _FOUND
    if same_street and levels.get("house_number") == "same":
        return f"{lives} at the same address{now}"
    if same_street:
        return f"{lives} in the same street{now}"
    if same_code:
        return f"{lives} at the same postcode{now}"
    if levels.get("postcode") == "area":
        return f"{lives} in the same area{now}"
    if levels.get("street") in {"part", "sound", "near"}:
        return f"{lives} in a street of nearly that name{now}"
    return "" if sum(one.bits for one in home) > 0 else "another address"
