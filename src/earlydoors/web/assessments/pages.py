"""What the pages of an assessment show."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects

from earlydoors.domain.assessment.models import Assessment, FamilyView
from earlydoors.domain.people.rules import without
from earlydoors.domain.records.queries import Filled
from earlydoors.domain.records.rules import Standing
from earlydoors.foundation.forms.answers import Choices, is_answered, is_asked, missing
from earlydoors.foundation.forms.schema import Kind, Question, Repeat
from earlydoors.foundation.kernel.dates import clock, day, local_day
from earlydoors.web.design import questions
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.parts import Row, Task, TaskGroup
from earlydoors.web.design.questions import Field
from earlydoors.web.design.words import until
from earlydoors.web.families.disputed import Disputed, beside
from earlydoors.web.sections.before import Told

LEFT_OUT = "Left out of every copy for the family"
_TONES = {Standing.DONE: "done", Standing.BEGUN: "due", Standing.NOT_BEGUN: "quiet"}
_SAYS = {Standing.DONE: "Done", Standing.BEGUN: "In progress", Standing.NOT_BEGUN: "Not started"}
_GROUPS = {
    Repeat.ONCE: "The family",
    Repeat.EACH_CHILD: "Each child",
    Repeat.EACH_ADULT: "Each adult",
    Repeat.EACH_PERSON: "Each person",
}


@dataclass(frozen=True)
class Frame:
    """What heads every page of an assessment."""

    id: str
    family_id: str
    family: str
    title: str
    begun_on: date
    finished_on: date | None
    finished_by: str
    due_on: date
    due: str
    overdue: bool
    lead: str

    @property
    def finished(self) -> bool:
        """Whether it is finished."""
        return self.finished_on is not None


@dataclass(frozen=True)
class Contribution:
    """Who wrote, how much, and when last."""

    who: str
    where: str
    pages: tuple[str, ...]
    last: date


@dataclass(frozen=True)
class View:
    """What someone of the family says of the assessment."""

    who: str
    agrees: str
    says: str
    words: str
    on: date
    how: str

    @property
    def by(self) -> str:
        """Whose words they are, when and how."""
        return ", ".join(filter(None, (self.who, day(self.on), self.how)))


@dataclass(frozen=True)
class NeedLine:
    """A need as it was found."""

    says: str
    area: str


@dataclass(frozen=True)
class Part:
    """A page of the form to read."""

    title: str
    rows: tuple[Row, ...]
    written: str = ""
    empty: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Written:
    """The list of the form's pages."""

    frame: Frame
    intro: str
    groups: tuple[TaskGroup, ...]
    done: int
    of: int
    contributions: tuple[Contribution, ...]
    views: tuple[View, ...]
    others: tuple[tuple[str, str], ...]
    told: tuple[Told, ...]


@dataclass(frozen=True)
class Check:
    """What is still to do before it can be finished, and what it found."""

    frame: Frame
    wanting: tuple[tuple[str, str, tuple[str, ...]], ...]
    needs: tuple[NeedLine, ...]
    needs_address: str
    views: tuple[View, ...]


@dataclass(frozen=True)
class Read:
    """The whole assessment to read."""

    frame: Frame
    parts: tuple[Part, ...]
    needs: tuple[NeedLine, ...]
    views: tuple[View, ...]
    contributions: tuple[Contribution, ...]
    others: tuple[tuple[str, str], ...]
    copies: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Copy:
    """The assessment as someone of the family may have it."""

    frame: Frame
    who: str
    parts: tuple[Part, ...]
    needs: tuple[NeedLine, ...]
    views: tuple[View, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class Say:
    """The page that keeps a family's view."""

    frame: Frame
    fields: tuple[Field, ...]
    refusals: tuple[str, ...]
    views: tuple[View, ...]


@dataclass(frozen=True)
class Reopen:
    """The page that opens a finished assessment again."""

    frame: Frame
    fields: tuple[Field, ...]
    refusals: tuple[str, ...]


def frame_of(assessment: Assessment, today: date) -> Frame:
    """What heads every page of this assessment."""
    episode = assessment.episode
    open_ = assessment.finished_at is None
    return Frame(
        id=str(assessment.pk),
        family_id=str(episode.family_id),
        family=str(episode.family),
        title=assessment.form_record.form.title,
        begun_on=local_day(assessment.created_at),
        finished_on=local_day(assessment.finished_at) if assessment.finished_at else None,
        finished_by=assessment.finished_by.name if assessment.finished_by else "",
        due_on=assessment.due_on,
        due=until(assessment.due_on, today),
        overdue=open_ and assessment.due_on < today,
        lead=episode.lead.name if episode.lead else "",
    )


def address(assessment: Assessment) -> Callable[[str, UUID | None], str]:
    """Where each page of the form is written."""

    def of(section_key: str, person_id: UUID | None) -> str:
        who = [person_id] if person_id else []
        return reverse("assessments:section", args=[assessment.pk, section_key, *who])

    return of


def _address(assessment: Assessment, page: Filled) -> str:
    who = page.leaf.who
    return address(assessment)(page.leaf.section.key, who.id if who else None)


def following(assessment: Assessment, pages: Sequence[Filled], address_now: str) -> str:
    """The page after this one; nothing after the last."""
    all_ = [_address(assessment, page) for page in pages]
    here = all_.index(address_now) if address_now in all_ else len(all_)
    return next(iter(all_[here + 1 :]), "")


def groups(assessment: Assessment, pages: Iterable[Filled], today: date) -> tuple[TaskGroup, ...]:
    """The form's pages in order, by whom they are about: how far, and who wrote last."""
    found: dict[str, list[Task]] = {}
    for page in pages:
        found.setdefault(_GROUPS[page.leaf.section.repeat], []).append(
            Task(
                page.leaf.title,
                _address(assessment, page),
                _SAYS[page.standing],
                _TONES[page.standing],
                written(page, today),
            )
        )
    return tuple(TaskGroup(title, tasks) for title, tasks in found.items())


def written(page: Filled, today: date) -> str:
    """Who wrote a page last, and when."""
    kept = page.kept
    if kept is None or page.standing == Standing.NOT_BEGUN:
        return ""
    if page.carried:
        return "From what was written before; check that it is still right"
    on = local_day(kept.changed_at)
    when = f"today at {clock(kept.changed_at)}" if on == today else day(on)
    return f"{kept.changed_by.name}, {when}"


def contributions(pages: Iterable[Filled]) -> tuple[Contribution, ...]:
    """Everyone who wrote a page last, in the order of the form."""
    found: dict[Any, list[Filled]] = {}
    for page in pages:
        if page.kept and page.standing != Standing.NOT_BEGUN and not page.carried:
            found.setdefault(page.kept.changed_by_id, []).append(page)
    writers = [page.kept.changed_by for theirs in found.values() for page in theirs if page.kept]
    prefetch_related_objects(writers, "memberships__agency", "memberships__setting")
    return tuple(_contribution(theirs) for theirs in found.values())


def _contribution(theirs: Sequence[Filled]) -> Contribution:
    kept = [page.kept for page in theirs if page.kept]
    who = kept[0].changed_by
    held = [one for one in who.memberships.all() if one.agency]
    return Contribution(
        who.name,
        str(held[0].setting or held[0].agency) if held else "",
        tuple(page.leaf.title for page in theirs),
        max(local_day(one.changed_at) for one in kept),
    )


def view_of(view: FamilyView) -> View:
    """A view as it is shown."""
    return View(
        view.person.full_name,
        view.agrees,
        view.get_agrees_display(),
        view.words,
        view.given_on,
        view.given_how,
    )


def needs_in(pages: Iterable[Filled], choices: Choices) -> tuple[NeedLine, ...]:
    """The needs as they stand in the form."""
    areas = {option.key: option.says for option in choices.lists.get("areas_of_life", ())}
    return tuple(
        NeedLine(line["text"], str(areas.get(line["area"], "")))
        for page in pages
        for question in page.leaf.section.questions
        if question.kind == Kind.NEEDS
        for line in page.answers.get(question.key, [])
    )


def needs_address(assessment: Assessment, pages: Iterable[Filled]) -> str:
    """Where the needs are written."""
    return next(
        (
            _address(assessment, page)
            for page in pages
            if any(question.kind == Kind.NEEDS for question in page.leaf.section.questions)
        ),
        "",
    )


def wanting(
    assessment: Assessment, pages: Iterable[Filled]
) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Each page that is not done: its title, where it is, and what it still wants."""
    return tuple(
        (
            page.leaf.title,
            _address(assessment, page),
            tuple(fault.sentence for fault in missing(page.leaf.section, page.answers))
            or ("Nothing here is required: write what matters, and press “Save and continue”",),
        )
        for page in pages
        if page.standing != Standing.DONE
    )


def parts(
    pages: Iterable[Filled], choices: Choices, today: date, disputed: Disputed
) -> tuple[Part, ...]:
    """Every page to read, as workers see it: the answers, what no copy will show marked, and in
    one line what was asked and not answered; what somebody disagrees with beside it."""
    found = []
    for page in pages:
        asked = [
            question
            for question in page.leaf.section.questions
            if question.kind != Kind.NEEDS and is_asked(question, page.answers)
        ]
        rows = tuple(
            replace(row, source=LEFT_OUT) if question.withheld else row
            for question in asked
            for row in questions.rows([question], page.answers, choices, unanswered="")
        )
        empty = [one.asks for one in asked if not is_answered(page.answers.get(one.key))]
        if asked:
            said = beside(page.kept, disputed) if page.kept else ()
            found.append(Part(page.leaf.title, rows, written(page, today), tuple(empty), said))
    return tuple(found)


def parts_for(
    pages: Iterable[Filled],
    choices: Choices,
    secrets: Sequence[str],
    leave_out: Callable[[Filled], bool],
) -> tuple[Part, ...]:
    """Every page as someone of the family may read it: answered questions alone, without what is
    withheld, and with every secret taken out."""
    found = []
    for page in pages:
        if leave_out(page):
            continue
        shown = [q for q in page.leaf.section.questions if not _kept_back(q)]
        rows = questions.rows(shown, page.answers, choices, unanswered="")
        if rows:
            clean = tuple(clean_row(row, secrets) for row in rows)
            found.append(Part(without(page.leaf.title, secrets), clean))
    return tuple(found)


def _kept_back(question: Question) -> bool:
    # Needs have their own list on every page that reads the assessment out.
    return question.withheld or question.kind == Kind.NEEDS


def clean_row(row: Row, secrets: Sequence[str]) -> Row:
    """A line without secrets."""
    if isinstance(row.value, str):
        return replace(row, value=without(row.value, secrets))
    return replace(row, value=tuple(without(line, secrets) for line in row.value))


def clean_view(view: View, secrets: Sequence[str]) -> View:
    """A view without secrets."""
    return replace(view, words=without(view.words, secrets), how=without(view.how, secrets))


def left_out(
    pages: Iterable[Filled], guarded: bool, apart: Callable[[Filled], bool]
) -> Iterable[str]:
    """What a copy does without, for the worker who gives it; never printed."""
    pages = tuple(pages)
    withheld = [
        question.asks
        for page in pages
        for question in page.leaf.section.questions
        if question.withheld and question.key in page.answers and not apart(page)
    ]
    if withheld:
        yield f"Answers that no copy for the family shows: {'; '.join(dict.fromkeys(withheld))}"
    if guarded:
        yield "Every mention of a place that is kept from them, and who wrote which part"
        yield "What others in the family say of this assessment"
    for page in pages:
        if apart(page):
            yield f"The page “{page.leaf.title}”"
