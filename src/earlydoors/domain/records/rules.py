"""Where a form stands: which of its pages are done, begun or not begun."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from earlydoors.foundation.forms.answers import is_answered, missing
from earlydoors.foundation.forms.schema import Form, Repeat, Section


class Standing(StrEnum):
    """How far a page of a form is."""

    NOT_BEGUN = "not begun"
    BEGUN = "begun"
    DONE = "done"


@dataclass(frozen=True)
class Who:
    """A person of the family as a form needs them."""

    id: UUID
    name: str
    is_child: bool
    can_take_part: bool = True


@dataclass(frozen=True)
class Leaf:
    """One page of a form: a section, for everyone or for one person."""

    section: Section
    who: Who | None

    @property
    def title(self) -> str:
        """The section's title, with the person's name where it is about one person."""
        return f"{self.section.title}: {self.who.name}" if self.who else self.section.title


def leaves(form: Form, people: Sequence[Who]) -> list[Leaf]:
    """The pages of a form for this family, in order."""
    wanted = {
        Repeat.EACH_CHILD: [who for who in people if who.is_child],
        Repeat.EACH_ADULT: [who for who in people if not who.is_child],
        Repeat.EACH_PERSON: list(people),
    }
    pages: list[Leaf] = []
    for section in form.sections:
        if section.repeat == Repeat.ONCE:
            pages.append(Leaf(section, None))
        else:
            pages += [Leaf(section, who) for who in wanted[section.repeat]]
    return pages


def standing(section: Section, answers: Mapping[str, Any], *, finished: bool) -> Standing:
    """Done when marked finished and nothing required is missing; begun when anything is there."""
    if finished and not missing(section, answers):
        return Standing.DONE
    if finished or any(is_answered(answer) for answer in answers.values()):
        return Standing.BEGUN
    return Standing.NOT_BEGUN


def where_asked_now(then: Form, now: Form) -> dict[tuple[str, str], str]:
    """Where a later version of a form asks what an earlier one did: (section, question) to section.

    A question keeps its section if that still asks it of the same people; else it is in the only
    one that does. Where several ask it, its key does not say which, and it is left out.
    """
    asked: dict[tuple[Repeat, str], list[str]] = {}
    for section in now.sections:
        for question in section.questions:
            asked.setdefault((section.repeat, question.key), []).append(section.key)
    found: dict[tuple[str, str], str] = {}
    for section in then.sections:
        for question in section.questions:
            places = asked.get((section.repeat, question.key), [])
            if section.key in places:
                found[section.key, question.key] = section.key
            elif len(places) == 1:
                found[section.key, question.key] = places[0]
    return found
