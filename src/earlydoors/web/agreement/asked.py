"""Who was asked for an agreement, and what each of them said: one small form for each person."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from earlydoors.domain.consent.models import JUDGED, SAID, Agreement
from earlydoors.domain.consent.operations import Answer
from earlydoors.domain.people.models import FamilyMember, Person
from earlydoors.foundation.forms.schema import Condition, Kind, Option, Question
from earlydoors.web.agreement.people import is_young, may_take_part, relation
from earlydoors.web.design.questions import Field
from earlydoors.web.design.request import PageRequest
from earlydoors.web.sections.own import Own

_ASKED = tuple(key for key, _ in SAID if key != "not_asked")


@dataclass(frozen=True)
class Line:
    """One person, and the questions about what they said."""

    person: Person
    says: str
    must: bool
    young: bool
    own: Own


@dataclass(frozen=True)
class Drawn:
    """One person's questions, ready to be drawn."""

    name: str
    says: str
    fields: tuple[Field, ...]


class Asked:
    """Everybody who has a say: those with parental responsibility, and the young people.

    What everyone with parental responsibility said is written down, or why they were not asked. Of
    a young person it may be left out; where it is not, it is said how it was judged whether they
    can decide.
    """

    def __init__(
        self, request: PageRequest, members: Iterable[FamilyMember], earlier: Agreement | None
    ) -> None:
        today = request.today
        before = {one.person_id: one for one in earlier.heard.all()} if earlier else {}
        self.lines = tuple(
            Line(
                one.person,
                relation(one, today),
                bool(one.parental_responsibility),
                is_young(one.person, today),
                Own(
                    request,
                    _questions(one, today),
                    prefix=f"asked.{one.person_id.hex}.",
                    initial=_before(before.get(one.person_id)),
                ),
            )
            for one in may_take_part(members, today)
            if one.parental_responsibility or is_young(one.person, today)
        )

    @property
    def drawn(self) -> tuple[Drawn, ...]:
        """Each person with their questions."""
        return tuple(Drawn(one.person.full_name, one.says, one.own.fields) for one in self.lines)

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field, for the list of faults."""
        return tuple(field for one in self.lines for field in one.own.fields)

    def is_sound(self, agreeing: str) -> bool:
        """Whether each was said and can be recorded; says at the field what is wrong.

        `agreeing` is the id of the one who agrees: their own line may stay empty, unless they are
        young.
        """
        sound = [self._line_is_sound(one, str(one.person.pk) == agreeing) for one in self.lines]
        return all(sound)  # each says at its own field what is wrong

    def _line_is_sound(self, line: Line, agrees: bool) -> bool:
        name, said = line.person.full_name, line.own.answers.get("said", "")
        if agrees and said and said != "agreed":
            line.own.refuse("said", f"You chose {name} above as the one who agreed.")
        elif agrees and line.young and not said:
            line.own.refuse("said", f"Say that {name} agreed, and how you judged that they can.")
        elif line.must and not agrees and not said:
            line.own.refuse("said", f"Say what {name} said, or that they were not asked.")
        else:
            return line.own.sound
        return False

    def answers(self) -> Iterator[Answer]:
        """What each said, for the operation."""
        for line in self.lines:
            given = line.own.answers
            if given.get("said"):
                yield Answer(line.person, **{key: given.get(key, "") for key in _KEYS})


_KEYS = ("said", "why_not", "judged", "judged_how")


def _before(heard: Any) -> dict[str, Any] | None:
    """What they said the last time, to be asked about again."""
    return {key: getattr(heard, key) for key in _KEYS if getattr(heard, key)} if heard else None


def _questions(one: FamilyMember, today: date) -> Sequence[Question]:
    name = one.person.full_name
    asked: list[Question] = [
        Question(
            key="said",
            kind=Kind.CHOICE,
            asks=f"What did {name} say?",
            options=tuple(Option(key=key, says=says) for key, says in SAID),
        ),
        Question(
            key="why_not",
            kind=Kind.LONG_TEXT,
            asks=f"Why was {name} not asked?",
            hint="Such as that it would not be safe, or that they could not be found. It stands in "
            "no copy for the family.",
            required=True,
            maximum=2000,
            when=Condition(question="said", is_any_of=("not_asked",)),
        ),
    ]
    if is_young(one.person, today):
        asked += [
            Question(
                key="judged",
                kind=Kind.CHOICE,
                asks=f"Can {name} decide this for themselves?",
                required=True,
                options=tuple(Option(key=key, says=says) for key, says in JUDGED),
                when=Condition(question="said", is_any_of=_ASKED),
            ),
            Question(
                key="judged_how",
                kind=Kind.LONG_TEXT,
                asks="How did you judge that?",
                hint="Such as what they said back to you in their own words.",
                required=True,
                maximum=2000,
                when=Condition(question="judged"),
            ),
        ]
    return asked
