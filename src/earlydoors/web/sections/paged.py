"""A long form as a task list with a page for each section.

Every section saves on its own and may be left half done. A page that went stale overwrites
nothing: it shows what a colleague saved and keeps what was typed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect

from earlydoors.domain.records.models import FormRecord
from earlydoors.domain.records.operations import save_section
from earlydoors.domain.records.queries import Filled, choices_for, filled
from earlydoors.domain.records.rules import Standing
from earlydoors.foundation.forms.answers import (
    Choices,
    Reading,
    Unread,
    as_typed,
    missing,
    read_answers,
)
from earlydoors.foundation.forms.schema import Question, Repeat
from earlydoors.foundation.kernel.dates import clock
from earlydoors.foundation.kernel.refusals import OutOfDate
from earlydoors.web.design import kept, questions
from earlydoors.web.design.pages import autosaved, is_autosave, render
from earlydoors.web.design.parts import Row, Task, TaskGroup
from earlydoors.web.design.questions import Field
from earlydoors.web.design.request import PageRequest
from earlydoors.web.sections.before import CARRIED

type Address = Callable[[str, UUID | None], str]

LATER = "_later"
_TONES = {Standing.DONE: "done", Standing.BEGUN: "due", Standing.NOT_BEGUN: "quiet"}
_SAYS = {Standing.DONE: "Done", Standing.BEGUN: "In progress", Standing.NOT_BEGUN: "Not started"}
_GROUPS = {
    Repeat.ONCE: "The family",
    Repeat.EACH_CHILD: "Each child",
    Repeat.EACH_ADULT: "Each adult",
    Repeat.EACH_PERSON: "Each person",
}


@dataclass(frozen=True)
class SectionPage:
    """A section as its page shows it; `tab` is its title without whom it is about."""

    title: str
    tab: str
    caption: str
    intro: str
    fields: tuple[Field, ...]
    revision: int
    saved_at: datetime | None
    saved_by: str
    theirs: tuple[Row, ...]
    conflict: str
    back_address: str
    back_text: str


def tasks(form_record: FormRecord, today: date, address: Address) -> list[TaskGroup]:
    """The form's pages in order, grouped by whom they are about, with how far each is."""
    groups: dict[str, list[Task]] = {}
    for page in filled(form_record, today):
        who = page.leaf.who
        written = page.kept
        groups.setdefault(_GROUPS[page.leaf.section.repeat], []).append(
            Task(
                page.leaf.title,
                address(page.leaf.section.key, who.id if who else None),
                _SAYS[page.standing],
                _TONES[page.standing],
                f"{written.changed_by.name}, {clock(written.changed_at)}"
                if written and written.changed_at.date() == today
                else "",
            )
        )
    return [TaskGroup(title, rows) for title, rows in groups.items()]


def read(
    form_record: FormRecord,
    today: date,
    *,
    change: Address | None = None,
    leave_out: Callable[[Question], bool] = lambda _: False,
    unanswered: str = "Not answered",
) -> list[tuple[str, tuple[Row, ...]]]:
    """The whole form to read: each page's title and its answers as lines."""
    choices = choices_for(form_record, today)
    pages = []
    for page in filled(form_record, today):
        section, who = page.leaf.section, page.leaf.who
        link = change(section.key, who.id if who else None) if change else None
        shown = questions.rows(
            [q for q in section.questions if not leave_out(q)],
            page.answers,
            choices,
            change=_always(link) if link else None,
            unanswered=unanswered,
        )
        if shown:
            pages.append((page.leaf.title, shown))
    return pages


def _always(link: str) -> Callable[[str], str]:
    return lambda _: link


def section(
    request: PageRequest,
    form_record: FormRecord,
    section_key: str,
    person_id: UUID | None = None,
    *,
    back_address: str,
    back_text: str,
    next_address: str = "",
    template: str = "sections/section.html",
) -> HttpResponse:
    """Show a section and save it. Raises `Http404` for a section or person the form has not."""
    page = _page(form_record, section_key, person_id, request.today)
    choices = choices_for(form_record, request.today)
    scale = form_record.profile.profile.scale
    offered = choices, {anchor.at: anchor.says for anchor in scale.anchors}
    if request.method != "POST":
        return _shown(request, template, page, offered, (back_address, back_text))
    more = questions.wants_more(request)
    reading = _read(request, page, choices)
    finished = LATER not in request.POST and not is_autosave(request) and not more
    try:
        saved = save_section(
            form_record=form_record,
            section_key=section_key,
            person_id=person_id,
            reading=reading,
            revision=_revision(request),
            finished=finished and not missing(page.leaf.section, reading.answers),
            by=request.actor,
            at=request.at,
        )
    except OutOfDate as stale:
        if is_autosave(request):
            raise
        fresh = _page(form_record, section_key, person_id, request.today)
        return _shown(
            request,
            template,
            fresh,
            offered,
            (back_address, back_text),
            reading=reading,
            conflict=stale.sentence,
        )
    if is_autosave(request):
        return autosaved(saved.revision, request.at)
    page = Filled(page.leaf, saved)
    if LATER in request.POST:
        messages.success(request, f"“{page.leaf.title}” is saved. You can finish it later.")
        return HttpResponseRedirect(back_address)
    faults = () if more else (*reading.faults, *missing(page.leaf.section, reading.answers))
    if faults or more:
        reading = Reading(reading.answers, reading.typed, _once_each(faults))
        return _shown(
            request, template, page, offered, (back_address, back_text), reading=reading, more=more
        )
    return HttpResponseRedirect(next_address or back_address)


def _once_each(faults: tuple[Unread, ...]) -> tuple[Unread, ...]:
    return tuple({fault.question: fault for fault in reversed(faults)}.values())[::-1]


def _page(form_record: FormRecord, section_key: str, person_id: UUID | None, today: date) -> Filled:
    for page in filled(form_record, today):
        who = page.leaf.who.id if page.leaf.who else None
        if page.leaf.section.key == section_key and who == person_id:
            return page
    raise Http404


def _read(request: PageRequest, page: Filled, choices: Choices) -> Reading:
    return read_answers(page.leaf.section.questions, dict(request.POST.lists()), choices)


def _revision(request: PageRequest) -> int:
    text = request.POST.get("_revision", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _typed(page: Filled) -> dict[str, list[str]]:
    """What stands in the fields: the answers, and what was typed and could not be read."""
    typed = as_typed(page.leaf.section.questions, page.answers)
    unread: dict[str, Any] = page.kept.unread if page.kept else {}
    return typed | {key: list(raw) for key, raw in unread.items()}


def _shown(
    request: PageRequest,
    template: str,
    page: Filled,
    offered: tuple[Choices, dict[int, str]],
    back: tuple[str, str],
    *,
    reading: Reading | None = None,
    conflict: str = "",
    more: str = "",
) -> HttpResponse:
    section, (choices, anchors) = page.leaf.section, offered
    words = kept.writing(request) if request.method != "POST" else None
    if words is not None:
        reading = read_answers(section.questions, words, choices)
    shown = SectionPage(
        title=page.leaf.title,
        tab=section.title,
        caption=back[1],
        intro=section.intro,
        fields=questions.fields(
            section.questions,
            choices,
            typed=_typed(page),
            reading=reading,
            anchors=anchors,
            known_from={q.key: CARRIED for q in section.questions} if page.carried else None,
            more=more,
        ),
        revision=page.kept.revision if page.kept else 0,
        saved_at=page.kept.changed_at if page.kept else None,
        saved_by=page.kept.changed_by.name if page.kept else "",
        theirs=questions.rows(section.questions, page.answers, choices) if conflict else (),
        conflict=conflict,
        back_address=back[0],
        back_text=back[1],
    )
    faulty = reading is not None and not reading.sound
    return render(
        request, template, page=shown, page_faulty=faulty, status=409 if conflict else 200
    )
