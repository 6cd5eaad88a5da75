"""A family that a panel talks about: what is brought, asked, put off, decided and done."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from earlydoors.domain.panels import operations, queries
from earlydoors.domain.panels.models import Item
from earlydoors.domain.partnership.models import Agency, Member, Membership
from earlydoors.domain.partnership.queries import agencies as every_agency
from earlydoors.domain.partnership.queries import workers
from earlydoors.domain.people.queries import members_of
from earlydoors.foundation.kernel.dates import day
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.web.design import once
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.pages import render
from earlydoors.web.design.request import PageRequest
from earlydoors.web.design.scope import within
from earlydoors.web.panels import item_pages, questions
from earlydoors.web.panels.item_pages import FormPage
from earlydoors.web.panels.views.sittings import CHAIRS_ONLY, runs
from earlydoors.web.sections.own import Own
from earlydoors.web.sections.paged import read


def _run(request: PageRequest, item_id: UUID) -> Item:
    """An item of a panel that the actor runs; 404 outside scope, 403 for who only sits on it."""
    item = within(queries.item_for, request.actor, item_id)
    if not (runs(request) and queries.sits_for(request.actor, item)):
        raise CHAIRS_ONLY
    return item


@require_safe
def item(request: PageRequest, item_id: UUID) -> HttpResponse:
    """An item as its panel sees it. A member of an asked agency is led to what they are asked."""
    actor = request.actor
    found = queries.items_for(actor).filter(pk=item_id).first()
    if found is None:
        # Once decided, an agency has what it said it would do, and no more.
        task = queries.tasks_for(actor).filter(item=item_id).first()
        if task is None:
            raise Http404
        return redirect("panels:done", task.pk)
    if not queries.sits_for(actor, found):
        return redirect("panels:bring", found.pk, actor.membership.agency_id)
    whole = operations.look_at(item=found, by=actor, at=request.at)
    words = None
    if whole:
        words = read(found.request.form_record, request.today) if found.request else []
    page = item_pages.item_page(
        found,
        members=members_of(found.episode.family),
        brought=queries.brought_to(found),
        tasks=queries.tasks_of(found),
        request=words,
        may_run=runs(request),
        own_agency=actor.agency.pk if actor.agency else None,
        today=request.today,
    )
    return render(request, "panels/item.html", page=page)


@require_http_methods(["GET", "HEAD", "POST"])
@once.only
def ask(request: PageRequest, item_id: UUID) -> HttpResponse:
    """Ask agencies to bring what they know."""
    found = _run(request, item_id)
    asked = {one.agency_id for one in queries.brought_to(found)}
    kept_out = operations.kept_out(found)
    expected = set(queries.rules_of(found.panel).agencies)
    free = [a for a in every_agency() if a.pk not in asked and a.pk not in kept_out]
    free.sort(key=lambda one: (one.key not in expected, one.name))
    own = Own(request, questions.asking(free))
    if request.method == "POST" and own.sound:
        chosen = set(own.answers["agencies"])
        operations.gather(
            item=found,
            agencies=[one for one in free if one.key in chosen],
            by=request.actor,
            at=request.at,
        )
        names = [one.name for one in free if one.key in chosen]
        messages.success(request, f"Asked what they know: {', '.join(names)}.")
        return redirect("panels:item", found.pk)
    lead = "Agencies of this panel come first. They see the family’s name, who is in it and why."
    if kept_out:
        lead += " Agencies that the family said no to are left out."
    return _form(request, own, _about(found, "Ask agencies what they know", lead, "Ask them"))


@require_http_methods(["GET", "HEAD", "POST"])
@once.only
def bring(request: PageRequest, item_id: UUID, agency_id: UUID) -> HttpResponse:
    """Say what an agency knows, by one of its own or by the chair for it."""
    found = within(queries.item_for, request.actor, item_id)
    actor = request.actor
    sits = queries.sits_for(actor, found)
    mine = actor.agency is not None and actor.agency.pk == agency_id
    brought = found.brought.select_related("agency", "said_by").filter(agency=agency_id).first()
    if brought is None or not (mine or sits):
        raise Http404
    if not mine and not runs(request):
        raise CHAIRS_ONLY
    own = Own(request, questions.BRINGING, initial={"says": brought.says})
    if request.method == "POST" and own.sound:
        try:
            operations.bring(
                item=found, agency=brought.agency, says=own.answers["says"], by=actor, at=request.at
            )
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(request, f"Thank you. {found.panel.name} can read what you wrote.")
            return redirect("panels:item", found.pk) if sits else redirect("panels:list")
    if request.method != "POST":
        operations.look_at(item=found, by=actor, at=request.at)
    members = members_of(found.episode.family)
    page = item_pages.bring_page(found, brought, members, request.today, sits=sits)
    return _form(request, own, page, "panels/bring.html")


@require_http_methods(["GET", "HEAD", "POST"])
@once.only
def put_off(request: PageRequest, item_id: UUID) -> HttpResponse:
    """Put an item off to the next sitting."""
    found = _run(request, item_id)
    absent = operations.absent_requester(found) if found.meeting and found.meeting.held else None
    initial = {"why": f"{absent.name} asked and was not there."} if absent else {}
    own = Own(request, questions.PUTTING_OFF, initial=initial)
    if request.method == "POST" and own.sound:
        try:
            fresh = operations.defer(
                item=found, why=own.answers["why"], by=request.actor, at=request.at
            )
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            to = f" to {day(fresh.meeting.on)}" if fresh.meeting else " to the next sitting"
            messages.success(request, f"The {found.episode.family} is put off{to}.")
            return redirect("panels:item", found.pk)
    lead = "The family stays on the panel’s list and keeps its place: longest waiting comes first."
    return _form(request, own, _about(found, "Put the talk off", lead, "Put it off"))


@require_http_methods(["GET", "HEAD", "POST"])
@once.only
def decide(request: PageRequest, item_id: UUID) -> HttpResponse:
    """Decide: how the family is helped, at which level, by whom, and who does what by when."""
    found = _run(request, item_id)
    profile = found.episode.profile.profile
    partners = list(every_agency())
    staff = list(workers(request.today))
    asked = questions.deciding(profile, partners, staff)
    own = Own(request, asked, initial={"level": found.episode.level})
    lines = [
        Own(request, questions.tasking(partners, number), prefix=f"task-{number}.")
        for number in range(1, questions.TASK_LINES + 1)
    ]
    if request.method == "POST":
        _whole(lines)
    if request.method == "POST" and _sound(own, lines):
        try:
            operations.decide(
                item=found,
                decision=own.answers["decision"],
                level=own.answers["level"],
                rationale=own.answers["rationale"],
                agency=next((a for a in partners if a.key == own.answers.get("agency")), None),
                worker=_chosen(staff, own.answers.get("worker", "")),
                tasks=_tasks(lines, partners),
                by=request.actor,
                at=request.at,
            )
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(request, "The panel’s decision is recorded.")
            return redirect("panels:item", found.pk)
    title, lead = "Record what the panel decided", "A person decides, and says why."
    page = _about(found, title, lead, "Record the decision")
    fields = (*own.fields, *(field for line in lines for field in line.fields))
    return render(
        request,
        "panels/decide.html",
        page=page,
        levels=item_pages.levels_strip(profile, request.today),
        level=found.episode.level,
        own=own,
        lines=lines,
        fields=fields,
        page_faulty=bool(own.refusals) or any(field.fault for field in fields),
    )


def _whole(lines: list[Own]) -> None:
    """A task is filled in whole or left empty whole."""
    says = {
        "agency": "Choose which agency does it",
        "what": "Say what it will do",
        "due_on": "Give a date to do it by",
    }
    for line in lines:
        if line.sound and line.answers:
            for key, sentence in says.items():
                if key not in line.answers:
                    line.refuse(key, sentence)


def _sound(own: Own, lines: list[Own]) -> bool:
    return own.sound and all(
        line.sound and not any(field.fault for field in line.fields) for line in lines
    )


def _chosen(staff: list[Membership], member_id: str) -> Member | None:
    return next((one.member for one in staff if str(one.member_id) == member_id), None)


def _tasks(lines: list[Own], partners: list[Agency]) -> list[tuple[Agency, str, date]]:
    by_key = {one.key: one for one in partners}
    return [
        (
            by_key[line.answers["agency"]],
            line.answers["what"],
            date.fromisoformat(line.answers["due_on"]),
        )
        for line in lines
        if line.answers
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@once.only
def done(request: PageRequest, task_id: UUID) -> HttpResponse:
    """Say that a task a panel gave is done."""
    task = within(queries.task_for, request.actor, task_id)
    mine = request.actor.agency is not None and request.actor.agency.pk == task.agency_id
    if not mine and not runs(request):
        raise CHAIRS_ONLY
    standing = task.done_on or request.today
    own = Own(request, questions.DONE, initial={"done_on": standing.isoformat()})
    if request.method == "POST" and own.sound:
        try:
            operations.finish_task(
                task=task,
                done_on=date.fromisoformat(own.answers["done_on"]),
                by=request.actor,
                at=request.at,
            )
        except UnableTo as refusal:
            own.refuse("done_on", refusal.sentence)
        else:
            messages.success(request, f"Done: {task.what}")
            return redirect("panels:list")
    family = f"The {task.item.episode.family}"
    by = f"{task.agency.name}, by {day(task.due_on)}. {task.item.panel.name} asked for it."
    back = reverse("panels:list")
    page = FormPage(task.what, family, by, "It is done", back, "Panels", tab="A task of a panel")
    if task.done_on is not None:
        return render(request, "panels/done.html", page=page, done_on=task.done_on)
    return _form(request, own, page)


def _about(item: Item, title: str, lead: str, button: str) -> FormPage:
    family = f"The {item.episode.family}"
    href = reverse("panels:item", args=[item.pk])
    return FormPage(title, family, lead, button, href, family)


def _form(
    request: PageRequest, own: Own, page: object, template: str = "panels/form.html"
) -> HttpResponse:
    faulty = any(field.fault for field in own.fields) or bool(own.refusals)
    return render(request, template, page=page, own=own, page_faulty=faulty)
