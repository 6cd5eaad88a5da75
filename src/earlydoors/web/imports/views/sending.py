"""Sending a file, and saying which of its columns holds what."""

from collections.abc import Mapping
from datetime import date
from typing import IO, Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from earlydoors.domain.imports import operations, queries
from earlydoors.domain.imports.columns import PEOPLE, SCHOOLS, missing
from earlydoors.domain.imports.models import Import
from earlydoors.domain.imports.states import IMPORT
from earlydoors.domain.partnership.models import Setting
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.scanning import MalwareError, look_through
from earlydoors.web.design import once
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.pages import render
from earlydoors.web.design.request import PageRequest
from earlydoors.web.imports import mapping, questions
from earlydoors.web.imports.advancing import go_on
from earlydoors.web.imports.scope import must_import, the_file
from earlydoors.web.imports.uploads import TOO_LARGE, limits
from earlydoors.web.sections.own import Own

FILE = "file"


@require_http_methods(["GET", "HEAD", "POST"])
@once.only
def send(request: PageRequest, kind: str) -> HttpResponse:
    """Send a file of people or of schools."""
    must_import(request)
    if kind not in {PEOPLE, SCHOOLS}:
        raise Http404
    schools = {str(one.pk): one for one in queries.schools_to_stand_for()} if kind == PEOPLE else {}
    own = Own(request, questions.about(schools.values()) if kind == PEOPLE else ())
    fault = ""
    if request.method == "POST":
        fault = _fault(request)
        if not fault and own.sound:
            try:
                made = _begin(request, kind, **_about(own.answers, schools))
            except UnableTo as refusal:
                fault = refusal.sentence
            else:
                return redirect("imports:columns", made.pk)
    page = mapping.SendPage.of(kind, fault, limits())
    faulty = bool(fault) or any(field.fault for field in own.fields)
    return render(request, "imports/send.html", page=page, own=own, page_faulty=faulty)


@require_http_methods(["GET", "HEAD", "POST"])
@once.only
def send_again(request: PageRequest, import_id: UUID) -> HttpResponse:
    """Send the rows that were mended: those loaded already are left alone."""
    found = the_file(request, import_id)
    fault = ""
    if request.method == "POST":
        fault = _fault(request)
        if not fault:
            name = found.source_says.rpartition(", ")[0]
            try:
                made = _begin(
                    request,
                    found.kind,
                    setting=found.setting,
                    source_says=name,
                    as_of=found.as_of,
                    follows=found,
                )
            except UnableTo as refusal:
                fault = refusal.sentence
            else:
                return redirect("imports:columns", made.pk)
    page = mapping.SendPage.again(found, fault, limits())
    own = Own(request, ())
    return render(request, "imports/send.html", page=page, own=own, page_faulty=bool(fault))


def _fault(request: PageRequest) -> str:
    most = limits().size >> 20
    if getattr(request, TOO_LARGE, False):
        return f"The file is larger than {most:,} MB. Divide it, or leave out columns."
    return "" if request.FILES.get(FILE) else "Choose a file."


def _begin(request: PageRequest, kind: str, **about: Any) -> Import:
    upload = cast("UploadedFile[Any]", request.FILES[FILE])
    content = cast(IO[bytes], upload.file)
    try:
        look_through(content)
    except MalwareError as harm:
        operations.refuse_harmful(name=harm.name, by=request.actor, at=request.at)
        raise
    sent = operations.Sent(upload.name or "", content, upload.size or 0)
    return operations.begin(
        kind=kind, sent=sent, limits=limits(), by=request.actor, at=request.at, **about
    )


def _about(answers: Mapping[str, Any], schools: Mapping[str, Setting]) -> dict[str, Any]:
    said = answers.get("as_of")
    return {
        "setting": schools.get(answers.get("setting", "")),
        "source_says": answers.get("source_says", ""),
        "as_of": date.fromisoformat(said) if said else None,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@once.only
def columns(request: PageRequest, import_id: UUID) -> HttpResponse:
    """Say which column holds what, and of schools, which are taken."""
    found = the_file(request, import_id)
    if not IMPORT.can("check", found.state):
        raise UnableTo(f"Its columns cannot be changed now: it is {_state(found)}.")
    return _of_people(request, found) if found.kind == PEOPLE else _of_schools(request, found)


def _state(found: Import) -> str:
    return IMPORT.by_key[found.state].says


def _of_people(request: PageRequest, found: Import) -> HttpResponse:
    chosen, fault = dict(found.columns), ""
    if request.method == "POST":
        chosen, fault = mapping.chosen(found, request.POST)
        if not fault:
            try:
                return _look_through(request, found, operations.Wanted(chosen))
            except UnableTo as refusal:
                fault = refusal.sentence
    page = mapping.columns_page(found, chosen, fault)
    return render(request, "imports/columns.html", page=page, page_faulty=bool(fault))


def _of_schools(request: PageRequest, found: Import) -> HttpResponse:
    if missing(SCHOOLS, found.columns):
        page = mapping.not_the_register(found)
        return render(request, "imports/not_the_register.html", page=page)
    authorities = queries.tally(found, "authority")
    phases = queries.tally(found, "phase")
    agencies = queries.agencies_of_schools()
    asked = questions.taking(authorities, phases, agencies)
    own = Own(request, asked, initial=_standing(found, authorities, phases, str(agencies[0].pk)))
    if request.method == "POST" and own.sound:
        choices = {
            "authorities": [authorities[int(n)][0] for n in own.answers["authorities"]],
            "phases": [phases[int(n)][0] for n in own.answers["phases"]],
            "agency": own.answers["agency"],
        }
        return _look_through(request, found, operations.Wanted(found.columns, choices))
    page = mapping.choosing_page(found)
    faulty = any(field.fault for field in own.fields)
    return render(request, "imports/choose.html", page=page, own=own, page_faulty=faulty)


def _standing(
    found: Import, authorities: list[tuple[str, int]], phases: list[tuple[str, int]], first: str
) -> dict[str, Any]:
    chosen = found.choices
    kept = {
        key: [str(n) for n, (value, _) in enumerate(listed) if value in chosen.get(key, ())]
        for key, listed in (("authorities", authorities), ("phases", phases))
    }
    if len(authorities) == 1:
        kept["authorities"] = ["0"]
    return kept | {"agency": chosen.get("agency", first)}


def _look_through(request: PageRequest, found: Import, wanted: operations.Wanted) -> HttpResponse:
    begun = operations.look_through(file=found, wanted=wanted, by=request.actor, at=request.at)
    if go_on(begun, request.actor).state == "checked":
        messages.success(request, "Every row was looked at. Nothing is loaded yet.")
    return redirect(reverse("imports:file", args=[found.pk]))
