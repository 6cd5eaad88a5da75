"""What a family's story is made of, and how its texts are written into the forms."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from earlydoors.simulation.answers import SYNONYMS
from tests.functional.conftest import Cast, Clock
from tests.functional.person import Person


@dataclass(frozen=True)
class Deed:
    """Something to do: what, who, by which day of the story, and when it was done.

    `alone` does it who stands for nobody of the family or its team; their name is written.
    """

    what: str
    who: str
    by: int
    done: int = 0
    service: str = ""
    alone: bool = False


@dataclass(frozen=True)
class Outcome:
    """What someone of the family wants to be different."""

    words: str
    whose: str
    area: str
    needs: tuple[str, ...]
    deeds: tuple[Deed, ...] = ()


@dataclass(kw_only=True)
class Story:
    """Who is here, and what day it is. Each family's story adds where on the site it is."""

    NAME: ClassVar[str]  # by which everyone finds the family

    clock: Clock
    person: Cast
    here: dict[str, Person] = field(default_factory=dict)

    def brings(self, username: str) -> Person:
        """Someone of the partnership, at the screen where they have been before."""
        if username not in self.here:
            self.here[username] = self.person(username)
        return self.here[username]

    def opens_family(self, who: Person) -> Person:
        """Find the family by name, as everyone does."""
        return who.goes_to("/families/").follows(re.compile(self.NAME))


def writes_outcomes(
    who: Person,
    plan: str,
    outcomes: Sequence[Outcome],
    clock: Clock,
    *,
    called: str = "outcome",
    asked: str = "today",
) -> None:
    """What the family wants to be different, and for each what is done about it.

    `called` is the area's word for an outcome, `asked` the day on which a service was asked.
    """
    for number, outcome in enumerate(outcomes, 1):
        who.goes_to(plan).presses(f"Add {called}")
        who.writes("What do they want to be different?", outcome.words)
        who.chooses("Whose words are these?", re.compile(outcome.whose))
        who.chooses("Which area of life is it about?", outcome.area)
        who.ticks("Which needs does it answer?", *map(_anyhow, outcome.needs))
        who.presses("Save")
        for deed in outcome.deeds:
            who.goes_to(plan)
            who.follows(re.compile(f"^Add action.*to {called} {number}$", re.DOTALL))
            _writes_action(who, deed, clock, asked)


def _anyhow(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


def _writes_action(who: Person, deed: Deed, clock: Clock, asked: str) -> None:
    who.writes("What will be done?", deed.what).writes("By when?", clock.day(deed.by))
    if deed.alone:
        who.chooses("Who will do it?", "Someone else").writes("Their name", deed.who)
    else:
        who.chooses("Who will do it?", re.compile(deed.who))
    if deed.service:
        who.writes("Is a service asked for?", deed.service)
        who.writes("When was the service asked?", asked)
    who.presses("Save").sees(deed.what, deed.who)


def told(
    texts: Mapping[str, Any],
    names: Mapping[str, str],
    *,
    section: str = "",
    about: str = "",
) -> dict[str, Any]:
    """A family's texts as they are written into a page of a form.

    What is said of one person (`question@Name`) goes before what is said on one page
    (`section.question`), and that before the rest. Where the area asks by another name, what the
    story tells under that name is said. `names` are what stands in the places of the texts.
    """
    found: dict[str, Any] = {}
    for layer in _layers(texts, section, about):
        for asked, others in SYNONYMS.items():
            said = next((layer[one] for one in others if one in layer), None)
            found |= {} if said is None else {asked: said}
        found |= layer
    return {key: typed(value, names) for key, value in found.items() if _is_written(value)}


def _layers(texts: Mapping[str, Any], section: str, about: str) -> Iterator[dict[str, Any]]:
    """What the texts say to everyone, then on one page, then of one person."""
    for wanted in (("", ""), (section, ""), ("", about), (section, about)):
        yield {
            name.rpartition(".")[2]: value
            for key, value in texts.items()
            for name, _, who in [key.partition("@")]
            if (name.rpartition(".")[0], who) == wanted
        }


def _is_written(value: Any) -> bool:
    """Whether it is an answer, and not the story's own list of needs or people."""
    return not isinstance(value, list) or all(isinstance(one, str) for one in value)


def typed(value: Any, names: Mapping[str, str]) -> Any:
    """A text as it is typed, with the names in their places."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return [typed(one, names) for one in value]
    text = str(value)
    for place, name in names.items():
        text = text.replace(place, name)
    return " ".join(text.split())
