"""My panels, one panel, and its sittings."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from earlydoors.domain.panels import operations, queries
from earlydoors.domain.panels.models import PanelMeeting
from earlydoors.domain.panels.rules import sits_next
from earlydoors.domain.partnership.queries import agencies as every_agency
from earlydoors.domain.partnership.rights import Right
from earlydoors.foundation.kernel.dates import day
from earlydoors.foundation.kernel.refusals import NotAllowed, UnableTo
from earlydoors.web.design import once
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.pages import render
from earlydoors.web.design.paging import pages_of
from earlydoors.web.design.request import PageRequest
from earlydoors.web.design.scope import within
from earlydoors.web.panels import pages
from earlydoors.web.panels.item_pages import FormPage
from earlydoors.web.panels.questions import SITTING, coming
from earlydoors.web.sections.own import Own

ON_A_PAGE = 12
WORKERS_ONLY = NotAllowed("Panels are for people who work with families.")
CHAIRS_ONLY = NotAllowed("Only whoever runs this panel can do that.")


def runs(request: PageRequest) -> bool:
    """Whether the actor's role runs panels; which ones is a question of scope."""
    return request.actor.may(Right.CHAIR_PANEL)


@require_safe
def everything(request: PageRequest) -> HttpResponse:
    """My panels, what my agency is asked about, and what panels asked of it."""
    actor, today = request.actor, request.today
    if not actor.may(Right.SEE_FAMILIES):
        raise WORKERS_ONLY
    mine = list(queries.panels_for(actor))
    page = pages.ListPage(
        panels=pages.panel_cards(
            mine,
            queries.sittings_of(mine),
            queries.waiting_at(mine, request.actor),
            today,
            may_plan=runs(request),
        ),
        asked=tuple(
            pages.asked_row(one, actor.agency.pk, today)
            for one in queries.asked_of(actor)
            if actor.agency
        ),
        tasks=tuple(
            pages.task_row(one, today)
            for one in queries.tasks_for(actor).filter(done_on=None, agency=actor.agency)
        ),
    )
    return render(request, "panels/list.html", page=page)


@require_safe
def panel(request: PageRequest, panel_id: UUID) -> HttpResponse:
    """One panel."""
    found = within(queries.panel_for, request.actor, panel_id)
    today = request.today
    sittings = queries.sittings_of([found])
    past = Paginator([one for one in reversed(sittings) if one.on < today], ON_A_PAGE)
    shown = past.get_page(request.GET.get("page", "1"))
    tasks = queries.tasks_for(request.actor).filter(item__panel=found, done_on=None)
    rules = queries.rules_of(found)
    names = {one.key: one.name for one in every_agency()}
    page = pages.PanelPage(
        id=found.pk,
        name=found.name,
        does=rules.does,
        rhythm=pages.rhythm(found),
        agencies=tuple(names[key] for key in rules.agencies if key in names),
        waiting=tuple(pages.waiting_row(one) for one in queries.waiting_at([found], request.actor)),
        ahead=tuple(pages.sitting_row(one, today) for one in sittings if one.on >= today),
        past=tuple(pages.sitting_row(one, today) for one in shown.object_list),
        pages=pages_of(shown),
        attendance=pages.attendance_table(queries.seats_of(sittings)),
        tasks=tuple(pages.task_row(one, today) for one in tasks),
        may_plan=runs(request),
    )
    return render(request, "panels/panel.html", page=page)


@require_http_methods(["GET", "HEAD", "POST"])
@once.only
def plan(request: PageRequest, panel_id: UUID) -> HttpResponse:
    """Plan a sitting, on the day that the panel's rhythm suggests."""
    found = within(queries.panel_for, request.actor, panel_id)
    if not runs(request):
        raise CHAIRS_ONLY
    planned = queries.sittings_of([found])
    last = planned[-1].on if planned else None
    suggested = sits_next(last, queries.rules_of(found).every_days, request.today)
    own = Own(request, SITTING, initial={"on": suggested.isoformat()})
    if request.method == "POST" and own.sound:
        try:
            sitting = operations.plan_sitting(
                panel=found,
                on=date.fromisoformat(own.answers["on"]),
                by=request.actor,
                at=request.at,
            )
        except UnableTo as refusal:
            own.refuse("on", refusal.sentence)
        else:
            messages.success(request, f"{found.name} sits on {day(sitting.on)}.")
            return redirect("panels:sitting", sitting.pk)
    page = FormPage(
        title="Plan a sitting",
        caption=found.name,
        lead="Families that wait come onto its agenda, and the panel’s agencies are expected.",
        button="Plan this sitting",
        back_href=reverse("panels:panel", args=[found.pk]),
        back_text=found.name,
    )
    return _form(request, own, page)


def _form(request: PageRequest, own: Own, page: FormPage) -> HttpResponse:
    faulty = any(field.fault for field in own.fields) or bool(own.refusals)
    return render(request, "panels/form.html", page=page, own=own, page_faulty=faulty)


@require_safe
def sitting(request: PageRequest, meeting_id: UUID) -> HttpResponse:
    """One sitting: its agenda, who is expected, who came before."""
    meeting = within(queries.meeting_for, request.actor, meeting_id)
    items = queries.agenda(meeting, request.actor)
    expected = queries.seats_of([meeting])
    before = [one for one in queries.sittings_of([meeting.panel]) if one.on < meeting.on]
    earlier = queries.seats_of(before)
    shown = pages.seats(expected, earlier, items, held=meeting.held)
    page = pages.SittingPage(
        id=meeting.pk,
        panel=meeting.panel.name,
        panel_href=reverse("panels:panel", args=[meeting.panel_id]),
        on=meeting.on,
        held=meeting.held,
        agenda=tuple(pages.waiting_row(one) for one in items),
        seats=shown,
        absent=tuple(one.agency for one in shown if one.says == "Absent"),
        may_record=runs(request) and meeting.on <= request.today,
        any_before=any(one.before for one in shown),
    )
    return render(request, "panels/sitting.html", page=page)


@require_http_methods(["GET", "HEAD", "POST"])
@once.only
def attendance(request: PageRequest, meeting_id: UUID) -> HttpResponse:
    """Record who was at a sitting, agency by agency."""
    meeting = within(queries.meeting_for, request.actor, meeting_id)
    if not runs(request):
        raise CHAIRS_ONLY
    if meeting.on > request.today:
        raise UnableTo("This sitting has not happened yet.")
    asked = pages.asked_for(queries.agenda(meeting, request.actor))
    lines = {
        seat.pk: Own(
            request,
            coming(seat, asked.get(seat.agency_id, "")),
            prefix=f"seat-{seat.pk}.",
            initial=_as_recorded(meeting, seat.came, seat.who),
        )
        for seat in queries.seats_of([meeting])
    }
    if request.method == "POST" and all(own.sound for own in lines.values()):
        operations.hold(
            meeting=meeting,
            came={key: own.answers["came"] == "yes" for key, own in lines.items()},
            who={key: own.answers.get("who", "") for key, own in lines.items()},
            by=request.actor,
            at=request.at,
        )
        messages.success(request, "Who was there is recorded. Now decide, family by family.")
        return redirect("panels:sitting", meeting.pk)
    fields = [field for own in lines.values() for field in own.fields]
    page = FormPage(
        title="Who was there?",
        caption=f"{meeting.panel.name}, {day(meeting.on)}",
        lead="Partners have agreed to come, so everyone on the panel can see who did.",
        button="Record who was there",
        back_href=reverse("panels:sitting", args=[meeting.pk]),
        back_text=f"Sitting on {day(meeting.on)}",
    )
    faulty = any(field.fault for field in fields)
    return render(request, "panels/attendance.html", page=page, fields=fields, page_faulty=faulty)


def _as_recorded(meeting: PanelMeeting, came: bool | None, who: str) -> dict[str, str]:
    if not meeting.held:
        return {}
    return {"came": "yes" if came else "no", "who": who}
