"""Reading forms back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from earlydoors.domain.people.models import Family
from earlydoors.domain.people.queries import members_of
from earlydoors.domain.people.rules import is_child
from earlydoors.domain.records.models import FormRecord, SectionAnswers
from earlydoors.domain.records.rules import Leaf, Standing, Who, leaves, standing
from earlydoors.foundation.forms.answers import Choices, is_answered, is_asked
from earlydoors.foundation.forms.schema import Form, Kind, Option, Question, Repeat
from earlydoors.foundation.profile.schema import Profile


@dataclass(frozen=True)
class Filled:
    """A page of a form with what is kept of it."""

    leaf: Leaf
    kept: SectionAnswers | None

    @property
    def answers(self) -> dict[str, Any]:
        """The answers, none when the page is not begun."""
        return self.kept.answers if self.kept else {}

    @property
    def carried(self) -> bool:
        """Whether the page still stands as it came over from an earlier form."""
        kept = self.kept
        return (
            kept is not None
            and kept.revision == 1
            and not kept.finished
            and kept.created_at == kept.form_record.created_at
        )

    @property
    def standing(self) -> Standing:
        """How far the page is."""
        if self.kept is None:
            return Standing.NOT_BEGUN
        return standing(self.leaf.section, self.answers, finished=self.kept.finished)


def people_of(family: Family | None, today: date) -> list[Who]:
    """The family's people as forms need them, children first."""
    if family is None:
        return []
    return [
        Who(
            m.person_id,
            m.person.full_name,
            is_child(m.person.born_on, m.person.due_on, m.relation, today),
            m.person.can_take_part,
        )
        for m in members_of(family)
    ]


def choices_of(profile: Profile, family: Family | None, today: date) -> Choices:
    """What a profile and a family offer to choose from."""
    return Choices(
        lists=profile.option_lists(),
        people=[
            Option.model_construct(key=str(who.id), says=who.name, hint="")
            for who in people_of(family, today)
        ],
        scale=profile.scale_steps,
        today=today,
    )


def choices_for(form_record: FormRecord, today: date) -> Choices:
    """What the record's own profile and family offer to choose from."""
    return choices_of(form_record.profile.profile, form_record.family, today)


def filled(form_record: FormRecord, today: date, *, settled_on: date | None = None) -> list[Filled]:
    """Every page of a form with its answers, in order.

    A person who has left the family keeps the pages that were written about them. Whoever joined
    it after `settled_on`, the day the form was finished, has no page in it.
    """
    kept: dict[tuple[str, UUID | None], SectionAnswers] = {
        (s.section_key, s.person_id): s
        for s in form_record.sections.select_related("changed_by", "person")
    }
    people = people_of(form_record.family, today)
    if settled_on is not None and form_record.family is not None:
        later = {m.person_id for m in members_of(form_record.family) if m.joined_on > settled_on}
        written = {person_id for _, person_id in kept}
        people = [who for who in people if who.id not in later or who.id in written]
    known = {who.id for who in people}
    people += [
        Who(s.person.pk, s.person.full_name, is_child(s.person.born_on, s.person.due_on, "", today))
        for s in {s.person_id: s for s in kept.values() if s.person_id}.values()
        if s.person is not None and s.person_id not in known
    ]
    return [
        Filled(leaf, kept.get((leaf.section.key, leaf.who.id if leaf.who else None)))
        for leaf in leaves(form_record.form, people)
    ]


def answers_of(form_record: FormRecord) -> dict[str, dict[str, Any]]:
    """The answers of a short form's sections, by section key."""
    return {
        kept.section_key: kept.answers for kept in form_record.sections.filter(person__isnull=True)
    }


def said_already(form: Form, before: Iterable[FormRecord]) -> dict[str, dict[str, Any]]:
    """What other forms, the latest first, hold for the questions that this one asks again.

    By section key. A question is the same when its key, its kind, whose words it wants and what it
    offers are the same. Only what is asked once of the whole family comes over: an answer about
    "a child of the family" does not say which. Long texts of several forms stand one under another;
    of other answers the latest stands.
    """
    known: dict[object, Any] = {}
    for question, given in _answered(before):
        same = _sameness(question)
        if same not in known:
            known[same] = given
        elif question.kind == Kind.LONG_TEXT and given not in known[same]:
            known[same] = f"{known[same]}\n\n{given}"
    found: dict[str, dict[str, Any]] = {}
    for section in form.sections:
        filled_in: dict[str, Any] = {}
        for question in section.questions if section.repeat == Repeat.ONCE else ():
            given = known.get(_sameness(question))
            if is_answered(given) and not question.withheld and is_asked(question, filled_in):
                filled_in[question.key] = given
        if filled_in:
            found[section.key] = filled_in
    return found


def _answered(forms: Iterable[FormRecord]) -> Iterator[tuple[Question, Any]]:
    for form_record in forms:
        answers = answers_of(form_record)
        for section in form_record.form.sections:
            for question in section.questions:
                given = answers.get(section.key, {}).get(question.key)
                if is_answered(given):
                    yield question, given


def _sameness(question: Question) -> object:
    """What two questions have alike when one answer does for both; withheld never meets open."""
    offered = tuple(option.key for option in question.options)
    return (question.key, question.kind, question.words_of, offered, question.options_from,
            question.withheld)  # fmt: skip
