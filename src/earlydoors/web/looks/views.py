"""The report of unusual looks, one member's looks, and what was found about them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from earlydoors.domain.access import looking, unusual
from earlydoors.domain.access.models import LookedInto
from earlydoors.domain.access.watching import look_into, read_looks_of, read_report
from earlydoors.domain.partnership.models import Member
from earlydoors.domain.partnership.rights import Right
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.web.design import once
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.pages import render
from earlydoors.web.design.paging import pages_of
from earlydoors.web.design.request import PageRequest
from earlydoors.web.families.pages import held_by, job_of
from earlydoors.web.families.table_file import as_csv
from earlydoors.web.looks import pages
from earlydoors.web.looks.periods import Period, period
from earlydoors.web.sections.own import Own

A_PAGE = 20


def _period(request: PageRequest) -> Period:
    request.actor.must(Right.WATCH)
    return period(request.GET.get("days", ""), request.today, request.at)


def _members(noticed: Iterable[looking.Noticed]) -> dict[UUID, Member]:
    rows = Member.objects.filter(pk__in=[one.member_id for one in noticed])
    return {
        one.pk: one for one in rows.prefetch_related("memberships__agency", "memberships__setting")
    }


@require_safe
def report(request: PageRequest) -> HttpResponse:
    """Everybody whose looks are unusual and whom nobody has looked into."""
    chosen = _period(request)
    read_report(part="page", days=chosen.days, by=request.actor, at=request.at)
    noticed = looking.unusual_looks(chosen.since, chosen.until)
    at = Paginator(noticed, A_PAGE).get_page(request.GET.get("page", "1"))
    members = _members(at.object_list)
    page = pages.Report(
        choices=pages.choices("looks:report", chosen.days),
        total=len(noticed),
        people=tuple(pages.person(one, members, chosen) for one in at.object_list),
        pages=pages_of(at, days=str(chosen.days)),
        file=f"{reverse('looks:file')}?days={chosen.days}",
        days=chosen.days,
    )
    return render(request, "looks/report.html", page=page)


@require_safe
def file(request: PageRequest) -> HttpResponse:
    """The report as a table for a spreadsheet. It names no family."""
    chosen = _period(request)
    read_report(part="file", days=chosen.days, by=request.actor, at=request.at)
    noticed = looking.unusual_looks(chosen.since, chosen.until)
    members = _members(noticed)
    rows = [pages.row(one, members) for one in noticed]
    response = HttpResponse(as_csv(pages.HEADERS, rows), content_type="text/csv; charset=utf-8")
    name = f"unusual-looks-{request.today.isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def found(request: PageRequest) -> HttpResponse:
    """What was found about looks that stood out, the latest first."""
    _period(request)
    read_report(part="found", days=0, by=request.actor, at=request.at)
    rows = LookedInto.objects.select_related("member", "created_by")
    at = Paginator(rows.order_by("-created_at", "pk"), A_PAGE).get_page(request.GET.get("page"))
    page = pages.Found(tuple(pages.finding(one) for one in at.object_list), pages_of(at))
    return render(request, "looks/found.html", page=page)


@require_http_methods(["GET", "HEAD", "POST"])
@once.only
def member(request: PageRequest, member_id: UUID) -> HttpResponse:
    """One member's looks in a time, why they stand out, and what was found about them."""
    chosen = _period(request)
    who = (
        Member.objects.filter(pk=member_id)
        .prefetch_related("memberships__agency", "memberships__setting")
        .first()
    )
    if who is None:
        raise Http404
    own = Own(request, pages.QUESTIONS)
    if request.method == "POST" and own.sound and _kept(request, who, own):
        messages.success(request, f"What you found about the looks of {who.name} is saved.")
        return redirect("looks:report")
    looks = looking.looks_of(who, chosen.since, chosen.until)
    at = Paginator(looks, A_PAGE).get_page(request.GET.get("page", "1"))
    seen = list(at.object_list)
    families = looking.named([one.family_id for one in seen])
    read_looks_of(member=who, families=families.values(), by=request.actor, at=request.at)
    facts = looking.facts_of(chosen.since, chosen.until, who).get(who.pk, unusual.Facts())
    page = pages.MemberPage(
        name=who.name,
        job=job_of(who, held_by(who)),
        choices=pages.choices("looks:member", chosen.days, of=who.pk),
        days=chosen.days,
        reasons=unusual.reasons(facts),
        looks=tuple(pages.seen(one, families) for one in seen),
        total=at.paginator.count,
        pages=pages_of(at, days=str(chosen.days)),
        findings=tuple(pages.finding(one) for one in looking.found_about(who)),
        fields=own.fields,
        refusals=own.refusals,
        own=who.pk == request.actor.member.pk,
        since=chosen.since.isoformat(),
        until=chosen.until.isoformat(),
        back=f"{reverse('looks:report')}?days={chosen.days}",
    )
    return render(request, "looks/member.html", page=page, page_faulty=page.faulty)


def _kept(request: PageRequest, who: Member, own: Own) -> bool:
    """Whether what was found could be written down; if not, the page says why."""
    try:
        look_into(
            member=who,
            since=_moment(request, "_since"),
            until=_moment(request, "_until"),
            outcome=own.answers["outcome"],
            passed_to=own.answers.get("passed_to", ""),
            says=own.answers["says"],
            by=request.actor,
            at=request.at,
        )
    except UnableTo as refusal:
        own.refuse("passed_to" if "to whom" in refusal.sentence else "", refusal.sentence)
        return False
    return True


def _moment(request: PageRequest, name: str) -> datetime:
    """A moment that the page was opened with; one that fits nothing where it cannot be read."""
    try:
        read = datetime.fromisoformat(request.POST.get(name, ""))
    except ValueError:
        return request.at
    return read if read.tzinfo else request.at
