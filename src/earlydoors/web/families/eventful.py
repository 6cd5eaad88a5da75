"""What the pages ask of something that happened, and how it stands in a file."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from earlydoors.domain.chronology.models import Event
from earlydoors.domain.chronology.rules import Span, read_span
from earlydoors.domain.people.facts import Source
from earlydoors.domain.people.models import Family, Person
from earlydoors.foundation.forms.schema import Kind, Option, Question
from earlydoors.foundation.kernel.dates import UnreadableDateError, moment
from earlydoors.web.families.happened import Happened
from earlydoors.web.families.naming import SOURCE, told
from earlydoors.web.families.questions import options

TAKE_OFF = (
    Question(
        key="why",
        kind=Kind.LONG_TEXT,
        asks="Why does it not belong here?",
        hint="For example: it was written in the wrong family’s record.",
        required=True,
        maximum=500,
    ),
)
HEADERS = (
    "From", "Until", "When", "Kind", "What happened", "Whom it is about", "Who said so",
    "Written by", "Written at",
)  # fmt: skip


class UnclearWhen(ValueError):
    """The time could not be read. `str()` is the sentence to show at the field."""


def asked(family: Family) -> tuple[Question, ...]:
    """The questions. Whom it concerns is asked where the family has people."""
    people = [(one.pk, one.full_name) for one in people_of(family)]
    concerns = Question(
        key="people",
        kind=Kind.CHOICES,
        asks="Whom does it concern?",
        hint="Leave it if it concerns the whole family.",
        options=options(people),
    )
    return (
        Question(
            key="when",
            kind=Kind.SHORT_TEXT,
            asks="When was it?",
            hint="As near as is known. For example: 3 March 2021, March 2021, spring 2021, 2021.",
            required=True,
            maximum=60,
        ),
        Question(
            key="says",
            kind=Kind.LONG_TEXT,
            asks="What happened?",
            required=True,
            maximum=4000,
        ),
        Question(
            key="about",
            kind=Kind.CHOICE,
            asks="What is it about?",
            required=True,
            options=tuple(Option(key=key, says=says) for key, says in Event.ABOUT),
        ),
        *((concerns,) if people else ()),
        *SOURCE,
    )


def people_of(family: Family) -> list[Person]:
    """Everybody who is or was of the family."""
    members = family.members.select_related("person").order_by(
        "person__born_on", "person__due_on", "person__given_name", "person_id"
    )
    return list({one.person_id: one.person for one in members}.values())


@dataclass(frozen=True)
class Told:
    """What was answered, on its way to the operation."""

    answers: Mapping[str, Any]
    family: Family
    today: date

    @property
    def fields(self) -> dict[str, Any]:
        """As the operation takes it. Raises `UnclearWhen`."""
        chosen = set(self.answers.get("people") or ())
        return {
            "about": self.answers["about"],
            "says": self.answers["says"],
            "when": self._when(),
            "people": [one for one in people_of(self.family) if str(one.pk) in chosen],
            "source": Source(self.answers.get("said_by", ""), self.answers.get("said_says", "")),
        }

    def _when(self) -> Span:
        try:
            return read_span(self.answers["when"], self.today)
        except UnreadableDateError as unreadable:
            raise UnclearWhen(str(unreadable)) from None


def answers(event: Event) -> dict[str, Any]:
    """What is known of an event, to fill the questions."""
    concerned = event.concerns.filter(removed_on=None)
    return {
        "when": event.when_says,
        "says": event.says,
        "about": event.about,
        "people": [str(one.person_id) for one in concerned],
        **told(event),
    }


def rows(found: Iterable[Happened], names: Mapping[UUID, str]) -> Iterator[tuple[str, ...]]:
    """A line of the file for everything that happened."""
    for one in found:
        yield (
            one.first.isoformat(),
            one.last.isoformat(),
            one.when,
            one.about or one.noun.capitalize(),
            one.says,
            ", ".join(sorted(names[key] for key in one.people if key in names)),
            one.source,
            one.by,
            moment(one.written) if one.written else "",
        )
