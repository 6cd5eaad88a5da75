"""The same as the picture in words: a title that says what it shows, sentences, and a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from earlydoors.web.design.genogram.across import CARERS, listed
from earlydoors.web.design.genogram.kin import Brood, Couple, Descent, Kin, One
from earlydoors.web.design.genogram.plan import letters_of
from earlydoors.web.design.genogram.ranks import rows_of

_PARENTS = {"circle": "mother", "square": "father"}
_CHILDREN = {"circle": "daughter", "square": "son"}
_SIBLINGS = {"circle": "sister", "square": "brother"}
_NUMBERS = ("no one", "one person", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True)
class Told:
    """A genogram in words. Each row of the table is a person: name, age, who they are, home."""

    title: str
    sentences: tuple[str, ...]
    rows: tuple[tuple[str, str, str, str], ...]

    @property
    def says(self) -> str:
        """Everything in one text."""
        return " ".join(self.sentences)


HEADERS = ("Name", "Age", "Who they are", "Home")


def told(kin: Kin) -> Told:
    """Put a family's picture into words."""
    return _Teller(kin.sound()).told()


def _a(word: str) -> str:
    """A word with its article; one that has its own stays as it is."""
    if word.startswith(("someone", "a ", "the ")):
        return word
    return f"{'an' if word[:1].lower() in 'aeiou' else 'a'} {word}"


def number(count: int) -> str:
    """A number as a sentence has it: in a word up to nine."""
    return _NUMBERS[count] if 1 < count < len(_NUMBERS) else str(count)


class _Teller:
    """The telling of one family."""

    def __init__(self, kin: Kin) -> None:
        self.kin = kin
        self.by_key = {one.key: one for one in kin.people}
        self.rows = rows_of(kin)
        self.letters = letters_of(kin.homes)

    def told(self) -> Told:
        """Title, sentences and table."""
        order = sorted(self.kin.people, key=lambda one: (self.rows[one.key], one.order))
        sentences = [text for one in order if (text := self._sentence(one))]
        return Told(
            title=self._title(),
            sentences=(*sentences, *self._homes()),
            rows=tuple(
                (
                    one.name,
                    one.age_says,
                    "; ".join([*self._facts(one), *self._as_sibling(one), *self._belongs(one)])
                    or "Not written down",
                    self._home_of(one),
                )
                for one in order
            ),
        )

    def _title(self) -> str:
        count = len(self.kin.people)
        rows = len(set(self.rows.values()))
        who = "one person" if count == 1 else f"{number(count)} people"
        text = f"The {self.kin.name} family: {who}"
        if rows > 1:
            text += f" in {number(rows)} generations"
        homes = len(self.kin.homes)
        if homes:
            text += f", in {number(homes) if homes > 1 else 'one'} home{'s' if homes > 1 else ''}"
        return text

    # ---- people

    def _sentence(self, one: One) -> str:
        facts = [*self._facts(one), *self._as_sibling(one, first=True)]
        if not facts and (any(self._belongs(one)) or any(self._as_sibling(one))):
            return ""  # what they are is told of those they belong to
        who = ", ".join(filter(None, (one.name, one.age_says)))
        if not facts:
            return f"{who}: how they belong to the family is not written down."
        comma = "," if one.age_says else ""
        return f"{who}{comma} {'was' if one.dead else 'is'} {'; '.join(facts)}."

    def _facts(self, one: One) -> Iterator[str]:
        """What someone is to those they care for, love, or are otherwise related to."""
        by_word: dict[str, list[One]] = {}
        for brood in self.kin.broods:
            if one.key in brood.parents:
                for child in brood.children:
                    word = self._as_parent(one, child.descent)
                    by_word.setdefault(word, []).append(self.by_key[child.key])
        for word, children in by_word.items():
            yield f"{word} of {listed([self._with_age(child) for child in children])}"
        for couple in self.kin.couples:
            if one.key in couple.pair and (says := self._as_partner(one, couple)):
                yield says
        by_tie: dict[str, list[str]] = {}
        for tie in self.kin.ties:
            if tie.one == one.key:
                by_tie.setdefault(tie.says, []).append(self.by_key[tie.other].name)
        for word, names in by_tie.items():
            yield f"{_a(word)} {listed(names)}"

    def _as_parent(self, one: One, descent: Descent) -> str:
        if descent in CARERS:
            return f"the {CARERS[descent]}"
        word = one.as_parent or _PARENTS.get(one.shape, "parent")
        return f"the adoptive {word}" if descent == "adopted" else f"the {word}"

    def _as_partner(self, one: One, couple: Couple) -> str:
        other = next(self.by_key[key] for key in couple.pair if key != one.key)
        if couple.ended:
            says = f"{couple.ended} from {other.name}"
        elif couple.bond == "parents":
            return ""
        else:
            says = (
                f"{'married to' if couple.bond == 'married' else 'in a couple with'} {other.name}"
            )
        return f"{says} ({couple.says})" if couple.says else says

    def _as_sibling(self, one: One, *, first: bool = False) -> Iterator[str]:
        """Twins, and brothers and sisters whose parents are not known: no other line says it.
        `first` tells it of the first of them alone."""
        for twins in self.kin.twins:
            if one.key in (twins.keys[:1] if first else twins.keys):
                others = [self.by_key[key].name for key in twins.keys if key != one.key]
                kind = "identical twin" if twins.identical else "twin"
                yield f"{'the' if len(others) == 1 else 'a'} {kind} of {listed(others)}"
        for brood in self.kin.broods:
            theirs = [child.key for child in brood.children]
            if not brood.parents and one.key in (theirs[:1] if first else theirs):
                others = [
                    self.by_key[child.key].name for child in brood.children if child.key != one.key
                ]
                yield f"{_SIBLINGS.get(one.shape, 'brother or sister')} of {listed(others)}"

    def _belongs(self, one: One) -> Iterator[str]:
        """Whose child someone is."""
        for brood in self.kin.broods:
            child = next((child for child in brood.children if child.key == one.key), None)
            if child is not None and brood.parents:
                yield f"{self._as_child(one, child.descent)} {self._parents(brood)}"

    def _as_child(self, one: One, descent: Descent) -> str:
        word = _CHILDREN.get(one.shape, "child")
        return {
            "birth": f"{word} of",
            "adopted": f"adopted {word} of",
            "fostered": "fostered by",
            "kinship": "cared for by kin:",
            "guardian": "under the special guardianship of",
        }[descent]

    def _parents(self, brood: Brood) -> str:
        return listed([self.by_key[key].name for key in brood.parents])

    def _with_age(self, one: One) -> str:
        return f"{one.name} ({one.age_says})" if one.age_says else one.name

    # ---- homes

    def _homes(self) -> Iterator[str]:
        for home in self.kin.homes:
            name = f"{home.name or 'Home'} {self.letters[home.key]}"
            people = self._names(home.people)
            if len(home.people) > 1:
                yield f"{name}: {people} live together."
            elif home.people:
                yield f"{name}: {people} lives there."
            if home.also:
                lives = "lives" if len(home.also) == 1 else "live"
                part = "" if home.people else f"{name}: "
                yield f"{part}{self._names(home.also)} {lives} there part of the time."

    def _home_of(self, one: One) -> str:
        here = [self.letters[home.key] for home in self.kin.homes if one.key in home.people]
        also = [self.letters[home.key] for home in self.kin.homes if one.key in home.also]
        return ", ".join([*here, *(f"also {letter}" for letter in also)])

    def _names(self, keys: Sequence[str]) -> str:
        return listed([self.by_key[key].name for key in keys])
