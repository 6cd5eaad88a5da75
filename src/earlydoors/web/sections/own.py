"""Questions on a page: the page's own, and a short form of the profile among them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from earlydoors.domain.people.models import Family
from earlydoors.domain.records.queries import choices_of
from earlydoors.foundation.forms.answers import Choices, Reading, Unread, as_typed, read_answers
from earlydoors.foundation.forms.schema import Form, Purpose, Question
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.schema import Profile
from earlydoors.web.design import kept, questions
from earlydoors.web.design.questions import Field
from earlydoors.web.design.request import PageRequest


class Own:
    """A page's own questions: empty or filled at first, as typed after a POST.

    Words kept from an expired sign-in fill the page by themselves.
    """

    def __init__(
        self,
        request: PageRequest,
        asked: Iterable[Question],
        choices: Choices | None = None,
        *,
        prefix: str = "",
        initial: Mapping[str, Any] | None = None,
        whole: bool = True,
        anchors: Mapping[int, str] | None = None,
        known_from: Mapping[str, str] | None = None,
    ) -> None:
        self._questions = tuple(asked)
        self._choices = replace(choices or Choices(), today=request.today)
        self._prefix = prefix
        self._more = questions.wants_more(request) if request.method == "POST" else ""
        self._anchors, self._known_from = anchors, known_from
        self._initial = initial or {}
        self.reading = self._read(request, whole)
        self._refusals: tuple[Unread, ...] = ()

    def _read(self, request: PageRequest, whole: bool) -> Reading | None:
        if request.method == "POST":
            posted: Any = dict(request.POST.lists())
        else:
            posted, whole = kept.writing(request), False
        if posted is None:
            return None
        return read_answers(
            self._questions,
            posted,
            self._choices,
            prefix=self._prefix,
            whole=whole and not self._more,
        )

    @property
    def sound(self) -> bool:
        """Whether everything was answered and could be read; false before a POST."""
        return self.reading is not None and self.reading.sound and not self._more

    @property
    def answers(self) -> dict[str, Any]:
        """What was answered; before a POST, what the page began with."""
        return self.reading.answers if self.reading else dict(self._initial)

    def refuse(self, key: str, sentence: str) -> None:
        """Show a fault found later, at a question, or above the form when `key` is empty."""
        self._refusals = (*self._refusals, Unread(key, sentence))

    @property
    def refusals(self) -> tuple[str, ...]:
        """Faults of the whole form, for above it."""
        return tuple(fault.sentence for fault in self._refusals if not fault.question)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The questions ready to be drawn."""
        reading = self.reading
        if reading is not None:
            reading = replace(reading, faults=(*reading.faults, *self._refusals))
        return questions.fields(
            self._questions,
            self._choices,
            typed=as_typed(self._questions, self._initial),
            reading=reading,
            prefix=self._prefix,
            anchors=self._anchors,
            known_from=self._known_from,
            more=self._more,
        )


@dataclass(frozen=True)
class Part:
    """One section of an embedded form, as drawn."""

    key: str
    title: str
    intro: str
    own: Own

    @property
    def fields(self) -> tuple[Field, ...]:
        """Its questions ready to be drawn."""
        return self.own.fields


@dataclass(frozen=True)
class Embedded:
    """A short form of the profile on a page with other questions."""

    form: Form
    sections: tuple[Part, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """All its questions, for the error summary."""
        return tuple(field for part in self.sections for field in part.fields)

    @property
    def sound(self) -> bool:
        """Whether every section was answered and could be read."""
        return all(part.own.sound for part in self.sections)

    @property
    def readings(self) -> dict[str, Reading]:
        """What was read, by section key, for the operation."""
        return {part.key: part.own.reading for part in self.sections if part.own.reading}


def embedded(
    request: PageRequest,
    purpose: Purpose,
    *,
    family: Family | None = None,
    profile: Profile | None = None,
    earlier: Mapping[str, Mapping[str, Any]] | None = None,
    known_from: str = "",
) -> Embedded:
    """The area's form for a step, on this page. Sections repeated for people are not for here.

    `earlier` are answers of an earlier form by section key, and `known_from` says of when: they
    fill the page, so that nobody is asked twice.
    """
    profile = profile or current()
    form = profile.form_for(purpose)
    choices = choices_of(profile, family, request.today)
    anchors = {anchor.at: anchor.says for anchor in profile.scale.anchors}
    return Embedded(
        form,
        tuple(
            Part(
                section.key,
                section.title,
                section.intro,
                Own(
                    request,
                    section.questions,
                    choices,
                    prefix=f"form.{section.key}.",
                    anchors=anchors,
                    initial=(earlier or {}).get(section.key),
                    known_from={q.key: known_from for q in section.questions},
                ),
            )
            for section in form.sections
        ),
    )
