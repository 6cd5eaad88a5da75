"""The steps of a file: load, go on, stop, give up, take back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from earlydoors.domain.imports import operations, queries
from earlydoors.domain.imports.columns import PEOPLE
from earlydoors.domain.imports.states import IMPORT
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.web.design import once
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.pages import render
from earlydoors.web.design.request import PageRequest
from earlydoors.web.design.words import count
from earlydoors.web.imports import advancing, confirming
from earlydoors.web.imports.questions import LOADING
from earlydoors.web.imports.scope import the_file
from earlydoors.web.sections.own import Own


@require_http_methods(["GET", "HEAD", "POST"])
@once.only
def load(request: PageRequest, import_id: UUID) -> HttpResponse:
    """Load a file, or go on where it was stopped."""
    file = the_file(request, import_id)
    if not IMPORT.can("load", file.state):
        raise UnableTo(f"It cannot be loaded now: it is {IMPORT.by_key[file.state].says}.")
    asks = file.kind == PEOPLE and file.state == "checked"
    own = Own(request, LOADING if asks else (), initial={"who": "known"} if asks else None)
    if request.method == "POST" and own.sound:
        begun = operations.load(
            file=file,
            by=request.actor,
            at=request.at,
            adds_new=own.answers.get("who") == "everyone",
            why=own.answers.get("why", ""),
        )
        if advancing.go_on(begun, request.actor).state == "loaded":
            loaded = queries.counts_of(file)["outcome_loaded"]
            messages.success(request, f"{count(loaded, 'row')} wrote something.")
        return redirect("imports:file", file.pk)
    page = confirming.loading(file, queries.counts_of(file))
    faulty = any(field.fault for field in own.fields)
    return render(request, "imports/confirm.html", page=page, own=own, page_faulty=faulty)


@require_http_methods(["GET", "HEAD", "POST"])
@once.only
def undo(request: PageRequest, import_id: UUID) -> HttpResponse:
    """Take a file back."""
    file = the_file(request, import_id)
    if not operations.can_undo(file, request.at):
        raise UnableTo(
            f"It cannot be taken back now. A loaded file can be, for "
            f"{operations.UNDO_WITHIN.days} days."
        )
    if request.method == "POST":
        begun = operations.undo(file=file, by=request.actor, at=request.at)
        if advancing.go_on(begun, request.actor).state == "undone":
            left = queries.counts_of(file)["left"]
            said = f" {count(left, 'row')} stay, changed since." if left else ""
            messages.success(request, f"The file is taken back.{said}")
        return redirect("imports:file", file.pk)
    page = confirming.undoing(file, queries.counts_of(file))
    return render(request, "imports/confirm.html", page=page, own=Own(request, ()))


@require_POST
def go_on(request: PageRequest, import_id: UUID) -> HttpResponse:
    """Go on with a step here and now, for some seconds, where no worker does it."""
    file = the_file(request, import_id)
    advancing.advance(file.pk, request.actor, seconds=advancing.IN_A_REQUEST)
    return redirect(reverse("imports:file", args=[file.pk]))


@require_POST
@once.only
def stop(request: PageRequest, import_id: UUID) -> HttpResponse:
    """Stop loading after the rows under way."""
    file = the_file(request, import_id)
    operations.stop(file=file, by=request.actor, at=request.at)
    messages.success(request, "Stopped. What is loaded stays, and it can go on from there.")
    return redirect("imports:file", file.pk)


@require_POST
@once.only
def give_up(request: PageRequest, import_id: UUID) -> HttpResponse:
    """Bring nothing in."""
    file = the_file(request, import_id)
    operations.give_up(file=file, by=request.actor, at=request.at)
    messages.success(request, "Given up. Nothing of it was written to anyone’s record.")
    return redirect("imports:file", file.pk)
