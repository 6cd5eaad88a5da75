"""What was joined, what that did, and undoing it."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from earlydoors.domain.joining.models import Joining
from earlydoors.domain.joining.operations import look_at
from earlydoors.domain.joining.permissions import join_records
from earlydoors.domain.joining.queries import joining_for, joinings_for
from earlydoors.domain.joining.undoing import must_be_undoable, written_since
from earlydoors.domain.joining.undoing import undo as undo_joining
from earlydoors.domain.partnership.rights import Right
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.web.design import once
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.pages import render
from earlydoors.web.design.parts import Pages
from earlydoors.web.design.request import PageRequest
from earlydoors.web.design.scope import within
from earlydoors.web.families.pages import told_apart
from earlydoors.web.joining import pages, questions, told
from earlydoors.web.sections.own import Own

A_PAGE = 20


def _joining(request: PageRequest, joining_id: UUID) -> Joining:
    request.actor.must(Right.JOIN)
    return within(joining_for, request.actor, joining_id)


@require_safe
def joinings(request: PageRequest) -> HttpResponse:
    """Every joining, the latest first, undone ones too."""
    request.actor.must(Right.JOIN)
    found = joinings_for(request.actor).prefetch_related("taken")
    found = found.order_by("-created_at", "pk")
    at = Paginator(found, A_PAGE).get_page(request.GET.get("page", "1"))
    here = reverse("joining:joinings")
    page = pages.Joinings(
        rows=tuple(pages.joining_row(one) for one in at.object_list),
        pages=Pages(
            number=at.number,
            of=at.paginator.num_pages,
            previous=f"{here}?page={at.number - 1}" if at.has_previous() else None,
            next=f"{here}?page={at.number + 1}" if at.has_next() else None,
        ),
    )
    return render(request, "joining/joinings.html", page=page)


@require_safe
def joining(request: PageRequest, joining_id: UUID) -> HttpResponse:
    """What a joining did, and the way to undo it."""
    found = _joining(request, joining_id)
    look_at(pair=found.pair, by=request.actor, at=request.at)
    cannot = ""
    try:
        must_be_undoable(found, "Asked before it is done.")
    except UnableTo as refusal:
        cannot = refusal.sentence if found.undone_at is None else ""
    may = found.undone_at is None and not cannot
    page = pages.JoiningPage(
        title="These records were joined" if found.undone_at is None else "Joined, and undone",
        rows=told.rows(found),
        taken=told.taken(found),
        moved=told.moved(found),
        aside=told.aside(found),
        since=told.since(found),
        stayed=told.stayed(found),
        people=told.people(request.actor, found),
        undo=reverse("joining:undo", args=[found.pk]) if may else None,
        cannot=cannot,
        undone=told.undone(found),
    )
    return render(request, "joining/joining.html", page=page)


@once.only
def undo(request: PageRequest, joining_id: UUID) -> HttpResponse:
    """They are two people after all."""
    found = _joining(request, joining_id)
    join_records(request.actor, found.kept, found.other)
    if found.undone_at is not None:
        return redirect("joining:joining", found.pk)
    own = Own(request, questions.UNDO)
    if request.method == "POST" and own.sound:
        try:
            undo_joining(joining=found, why=own.answers["why"], by=request.actor, at=request.at)
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(request, "The joining is undone: each record has again what was its.")
            return redirect("joining:joining", found.pk)
    since = written_since(found)
    says = [
        f"{told_apart(found.other)}, was joined with {pages.kept_as_it_was(found)}.",
        "Everything that moved returns to the record it came from, and the facts too.",
    ]
    if since:
        says.append(
            f"What was written since stays with {found.kept.full_name}, {told.born(found.kept)}. "
            "Look afterwards whose it is, and write it down for the other one where it is theirs:"
        )
    page = pages.FormPage(
        title="Undo the joining",
        told=tuple(says),
        fields=own.fields,
        refusals=own.refusals,
        button="Undo the joining",
        back=reverse("joining:joining", args=[found.pk]),
        back_text="What the joining did",
        tone="warning",
        listed=told.since(found),
    )
    return render(request, "joining/form.html", page=page, page_faulty=page.faulty)
