"""What happened to a family: the list, the file of it, and what a worker adds by hand."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from earlydoors.domain.chronology import events
from earlydoors.domain.chronology.models import Event
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Family
from earlydoors.foundation.kernel.refusals import OutOfDate, UnableTo
from earlydoors.web.design import once
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.pages import render
from earlydoors.web.design.parts import Row
from earlydoors.web.design.request import PageRequest
from earlydoors.web.families import chronology as chronologies
from earlydoors.web.families import eventful
from earlydoors.web.families.earlier import earlier_versions
from earlydoors.web.families.eventful import Told
from earlydoors.web.families.forms import Form
from earlydoors.web.families.scope import looked, seen_at, whole
from earlydoors.web.families.table_file import as_csv
from earlydoors.web.sections.own import Own

LABELS = {
    "says": "What happened",
    "when_says": "When",
    "about": "What it is about",
    "said_by": "Who said so",
    "said_says": "More about who said so",
}


@require_http_methods(["GET", "HEAD", "POST"])
def chronology(request: PageRequest, family_id: UUID) -> HttpResponse:
    """Everything that happened, by kind, person, day and word."""
    family = whole(request, family_id)
    if request.method == "POST":
        return redirect(chronologies.typed_address(request, family))
    looked(request, family, "chronology")
    page = chronologies.page(request, family)
    return render(request, "families/chronology.html", page=page, page_faulty=bool(page.fault))


@require_safe
def file(request: PageRequest, family_id: UUID) -> HttpResponse:
    """The same as a table for a spreadsheet, narrowed as the page is. The look is recorded."""
    family = whole(request, family_id)
    asked = chronologies.Asked(request, family)
    looked(request, family, "chronology, to a file")
    rows = eventful.rows(asked.found, {one.pk: one.full_name for one in asked.people})
    response = HttpResponse(as_csv(eventful.HEADERS, rows), content_type="text/csv; charset=utf-8")
    name = f"chronology-{request.today.isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _form(request: PageRequest, family: Family, own: Own, *, title: str, button: str) -> Form:
    return Form(
        request,
        family,
        own,
        title=title,
        button=button,
        back=reverse("families:chronology", args=[family.pk]),
        back_text="Chronology",
        here="chronology",
    )


def _read(request: PageRequest, family: Family, own: Own) -> dict[str, Any] | None:
    """The answers as an operation takes them; none, with the fault at its field, before they are
    sound."""
    if request.method != "POST" or not own.sound:
        return None
    try:
        return Told(own.answers, family, request.today).fields
    except eventful.UnclearWhen as unclear:
        own.refuse("when", str(unclear))
        return None


@once.only
def add(request: PageRequest, family_id: UUID) -> HttpResponse:
    """Write down something that happened."""
    family = whole(request, family_id, Right.DESCRIBE)
    own = Own(request, eventful.asked(family))
    fields = _read(request, family, own)
    if fields is not None:
        try:
            events.write_event(family=family, by=request.actor, at=request.at, **fields)
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(request, "It is in the chronology.")
            return redirect("families:chronology", family_id)
    return (
        _form(request, family, own, title="Add something that happened", button="Save it")
        .says(
            "For what matters in this family’s story and is not written anywhere here. Every step "
            "of the help is in the chronology by itself."
        )
        .answer()
    )


def _event_of(family: Family, event_id: UUID) -> Event:
    rows = family.events.filter(pk=event_id, removed_on=None)
    event = rows.select_related("family", "changed_by", "created_by").first()
    if event is None:
        raise Http404
    return event


@once.only
def mend(request: PageRequest, family_id: UUID, event_id: UUID) -> HttpResponse:
    """Change what was written of something that happened."""
    family = whole(request, family_id, Right.DESCRIBE)
    event = _event_of(family, event_id)
    own = Own(request, eventful.asked(family), initial=eventful.answers(event))
    page = _form(request, family, own, title="Something that happened", button="Save").seen(event)
    fields = _read(request, family, own)
    if fields is not None:
        try:
            events.mend_event(
                event=event, by=request.actor, at=request.at, seen=seen_at(request), **fields
            )
        except OutOfDate as late:
            event.refresh_from_db()
            return page.late(late.sentence, event, _as_rows(event))
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(request, "It is saved.")
            return redirect("families:chronology", family_id)
    take_off = reverse("families:take_off_event", args=[family.pk, event.pk])
    page.links((take_off, "This does not belong here"))
    return page.earlier(earlier_versions(event, LABELS)).answer()


def _as_rows(event: Event) -> list[Row]:
    return [
        Row("When", event.when_says),
        Row("What happened", event.says),
        Row("What it is about", event.get_about_display()),
        Row("Who said so", event.source or "Not written down"),
    ]


@once.only
def take_off(request: PageRequest, family_id: UUID, event_id: UUID) -> HttpResponse:
    """It never happened, or not to this family."""
    family = whole(request, family_id, Right.DESCRIBE)
    event = _event_of(family, event_id)
    own = Own(request, eventful.TAKE_OFF)
    if request.method == "POST" and own.sound:
        events.take_off_event(event=event, why=own.answers["why"], by=request.actor, at=request.at)
        messages.success(request, "It is not in the chronology any more.")
        return redirect("families:chronology", family_id)
    return (
        _form(request, family, own, title="This does not belong here", button="Take it off")
        .says(
            f"{event.when_says}: {event.says}",
            "It is not shown any more; that it was written down stays on record. If only the words "
            "or the time are wrong, change them instead.",
        )
        .answer()
    )
