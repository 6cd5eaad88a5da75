"""The pages of what shows an agreement: attaching a file, opening it, setting it aside."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import IO, Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from earlydoors.domain.access.permissions import work_with
from earlydoors.domain.consent import attaching
from earlydoors.domain.consent.models import Agreement, Evidence
from earlydoors.domain.consent.queries import agreement_for
from earlydoors.domain.partnership.rights import Right
from earlydoors.foundation.attached import ENDINGS, KINDS, LARGEST, read_attached
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.scanning import MalwareError, look_through
from earlydoors.web.agreement.questions import ATTACHED, SET_ASIDE
from earlydoors.web.design import once
from earlydoors.web.design.pages import render
from earlydoors.web.design.request import PageRequest
from earlydoors.web.design.scope import within
from earlydoors.web.sections.own import Own

FILE = "file"
FORM = ["GET", "HEAD", "POST"]


@dataclass(frozen=True)
class Shown:
    """One file that shows an agreement, for a line."""

    id: str
    says: str
    file: str
    by: str
    on: date


def shown(files: Iterable[Evidence]) -> list[Shown]:
    """Files as a list shows them."""
    return [
        Shown(
            str(one.pk),
            one.says,
            f"{one.get_kind_display()}, {filesizeformat(one.size)}",
            one.created_by.name,
            local_day(one.created_at),
        )
        for one in files
    ]


@require_http_methods(FORM)
@once.only
def attach(request: PageRequest, agreement_id: UUID) -> HttpResponse:
    """Attach the signed form, or something else that shows what was agreed."""
    agreement = within(agreement_for, request.actor, agreement_id)
    work_with(request.actor, agreement.family, Right.RECORD_CONSENT)
    own, fault = Own(request, ATTACHED), ""
    if request.method == "POST":
        fault = "" if request.FILES.get(FILE) else "Choose a file."
        if not fault and own.sound:
            try:
                _keep(request, agreement, own.answers["says"])
            except UnableTo as refusal:
                fault = refusal.sentence
            else:
                messages.success(request, "The file is kept with the agreement.")
                return redirect("agreement:form", agreement.pk)
    return render(
        request,
        "agreement/attach.html",
        agreement=agreement,
        own=own,
        fault=fault,
        hint=f"A PDF, or a photograph or scan as JPEG or PNG, up to {LARGEST >> 20} MB. Where and "
        "on what a photograph was taken is removed from it.",
        accept=",".join(ENDINGS),
        page_faulty=bool(fault) or any(field.fault for field in own.fields),
    )


def _keep(request: PageRequest, agreement: Agreement, says: str) -> None:
    upload = cast("UploadedFile[Any]", request.FILES[FILE])
    content = cast(IO[bytes], upload.file)
    if (upload.size or 0) <= LARGEST:  # what is larger is refused below, and looked through by none
        try:
            look_through(content)
        except MalwareError as harm:
            attaching.refuse_harmful(
                agreement=agreement, name=harm.name, by=request.actor, at=request.at
            )
            raise
    attaching.attach(
        agreement=agreement,
        says=says,
        name=upload.name or "",
        file=read_attached(content),
        by=request.actor,
        at=request.at,
    )


@require_safe
def opened(request: PageRequest, evidence_id: UUID) -> HttpResponse:
    """A file as it was sent, to save: never shown within a page of the product."""
    found = within(attaching.evidence_for, request.actor, evidence_id)
    request.actor.must(Right.SEE_FAMILIES)
    content = attaching.open_evidence(evidence=found, by=request.actor, at=request.at)
    response = HttpResponse(content, content_type=KINDS[found.kind])
    name = slugify(f"agreement {local_day(found.created_at)}")  # names nobody
    response["Content-Disposition"] = f'attachment; filename="{name}.{found.kind}"'
    return response


@require_http_methods(FORM)
@once.only
def aside(request: PageRequest, evidence_id: UUID) -> HttpResponse:
    """Set aside a file that was attached by mistake."""
    found = within(attaching.evidence_for, request.actor, evidence_id)
    work_with(request.actor, found.agreement.family, Right.RECORD_CONSENT)
    own = Own(request, SET_ASIDE)
    if request.method == "POST" and own.sound:
        try:
            attaching.set_aside(
                evidence=found, why=own.answers["why"], by=request.actor, at=request.at
            )
        except UnableTo as refusal:
            own.refuse("why", refusal.sentence)
        else:
            messages.success(request, "The file is set aside. It is kept, and no page shows it.")
            return redirect("agreement:form", found.agreement_id)
    return render(
        request,
        "agreement/aside.html",
        evidence=found,
        own=own,
        page_faulty=any(field.fault for field in own.fields),
    )
