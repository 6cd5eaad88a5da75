"""Recording a decision to share, or not to, without agreement; reading it; telling the family."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from earlydoors.domain.access.operations import look
from earlydoors.domain.access.permissions import work_with
from earlydoors.domain.access.queries import family_for
from earlydoors.domain.consent import deciding
from earlydoors.domain.consent.queries import decision_for, sharing_of
from earlydoors.domain.partnership.models import Member
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Person
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.web.agreement import without
from earlydoors.web.agreement.forms import not_ahead
from earlydoors.web.agreement.whom import offered
from earlydoors.web.design import once
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.pages import render
from earlydoors.web.design.request import PageRequest
from earlydoors.web.design.scope import within
from earlydoors.web.families.scope import seen_at
from earlydoors.web.sections.own import Own

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@once.only
def decide(request: PageRequest, family_id: UUID) -> HttpResponse:
    """Record whether something is shared without agreement, with whom, and why."""
    family = within(family_for, request.actor, family_id)
    work_with(request.actor, family, Right.RECORD_CONSENT)
    whom = offered(family, request.actor, request.today, sharing_of(family))
    own = Own(
        request,
        without.asked(family, request.actor),
        without.choices(family, whom, request.today),
        initial={"decided_by": str(request.actor.member.pk)},
    )
    if request.method == "POST" and own.sound and _has_come(own, request.today):
        said = own.answers
        try:
            made = deciding.decide(
                family=family,
                people=list(Person.objects.filter(pk__in=said["people"])),
                whom=without.whom_of(said, whom),
                decided_by=Member.objects.get(pk=said["decided_by"]),
                decided_on=date.fromisoformat(said["decided_on"]),
                reasons=without.reasons_of(said),
                telling=without.telling_of(said),
                by=request.actor,
                at=request.at,
            )
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(request, "The decision is recorded, with its reasons.")
            return HttpResponseRedirect(reverse("agreement:decision", args=[made.pk]))
    page = without.Decide(str(family.pk), str(family), without.groups(own.fields), own.refusals)
    faulty = any(field.fault for field in page.fields)
    return render(request, "agreement/decide.html", page=page, page_faulty=faulty)


def _has_come(own: Own, today: date) -> bool:
    come = [not_ahead(own, key, today) for key in ("decided_on", "told_family_on")]
    return all(come)  # each says so at its own field


@require_http_methods(FORM)
@once.only
def decision(request: PageRequest, decision_id: UUID) -> HttpResponse:
    """A decision as it was recorded; and once the family has been told, the day of that."""
    found = within(decision_for, request.actor, decision_id)
    family = found.family
    own = Own(request, without.TOLD_NOW)
    if request.method == "POST":
        work_with(request.actor, family, Right.RECORD_CONSENT)
        if own.sound and not_ahead(own, "on", request.today):
            try:
                deciding.tell_family(
                    decision=found,
                    on=date.fromisoformat(own.answers["on"]),
                    seen=seen_at(request),
                    by=request.actor,
                    at=request.at,
                )
            except UnableTo as refusal:
                own.refuse("", refusal.sentence)
            else:
                messages.success(request, "It is recorded that the family was told.")
                return HttpResponseRedirect(reverse("agreement:decision", args=[found.pk]))
    else:
        request.actor.must(Right.SEE_FAMILIES)
        look(family=family, part="sharing", by=request.actor, at=request.at)
    may_tell = not found.family_knows and request.actor.may(Right.RECORD_CONSENT)
    page = without.Decided(
        family_id=str(family.pk),
        family=str(family),
        title=f"{'Shared' if found.shares else 'Not shared'} without agreement",
        lead=f"{'With' if found.shares else 'It was decided not to tell'} {found.whom}.",
        family_knows=found.family_knows,
        told=own.fields if may_tell else (),
        refusals=own.refusals,
        rows=without.rows_of(found),
        seen=found.changed_at.isoformat(),
    )
    faulty = any(field.fault for field in page.told)
    return render(request, "agreement/decision.html", page=page, page_faulty=faulty)
