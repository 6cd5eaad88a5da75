"""Finding a family, its page, who can see it, what to be careful of."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from earlydoors.domain.access.looking import looks_at
from earlydoors.domain.access.queries import who_can_see
from earlydoors.domain.frontdoor.involvement import who_asked
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people import operations
from earlydoors.domain.retention.rules import reference_of
from earlydoors.foundation.kernel.refusals import OutOfDate, UnableTo
from earlydoors.web.design import once
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.pages import render
from earlydoors.web.design.paging import pages_of
from earlydoors.web.design.parts import Row
from earlydoors.web.design.request import PageRequest
from earlydoors.web.families import access as accesses
from earlydoors.web.families import forms, questions, searching
from earlydoors.web.families.earlier import earlier_versions
from earlydoors.web.families.looks import Looks, line
from earlydoors.web.families.overview import overview as overview_of
from earlydoors.web.families.scope import frame, known, looked, seen_at, whole
from earlydoors.web.families.summary import summary
from earlydoors.web.sections.own import Own

LOOKS_ON_A_PAGE = 25


def search(request: PageRequest) -> HttpResponse:
    """The families one sees, or those meant by what was typed."""
    request.actor.must(Right.SEE_FAMILIES)
    if request.method == "POST":
        return redirect(searching.typed_address(request))
    return render(request, "families/search.html", page=searching.page(request))


def overview(request: PageRequest, family_id: UUID) -> HttpResponse:
    """A family's page; its summary for those to whom no more is open."""
    family = known(request, family_id)
    if looked(request, family, "overview"):
        return render(request, "families/family.html", page=overview_of(request, family))
    return render(request, "families/summary.html", page=summary(request, family))


def access(request: PageRequest, family_id: UUID) -> HttpResponse:
    """Who can see this family, and why."""
    family = whole(request, family_id)
    looked(request, family, "access")
    around = frame(request, family, "access")
    page = accesses.page(around, who_can_see(family), who_asked(family), request.actor)
    link = reverse("families:looks", args=[family.pk])
    may_restrict = request.actor.may(Right.RESTRICT) and page.frame.restricted is None
    return render(
        request,
        "families/access.html",
        page=page,
        who_looked=link,
        restrict=reverse("restricted:restrict", args=[family.pk]) if may_restrict else "",
        declare=reverse("declared:family", args=[family.pk]),
        reference=reference_of(family.pk),
    )


@require_safe
def looks(request: PageRequest, family_id: UUID) -> HttpResponse:
    """Who has looked at this family, at what of it, and why they could."""
    family = whole(request, family_id)
    looked(request, family, "looks")
    at = Paginator(looks_at(family), LOOKS_ON_A_PAGE).get_page(request.GET.get("page", "1"))
    page = Looks(
        frame=frame(request, family, "access"),
        total=at.paginator.count,
        looks=tuple(line(one) for one in at.object_list),
        pages=pages_of(at),
    )
    link = reverse("families:access", args=[family.pk])
    return render(request, "families/looks.html", page=page, who_can=link)


@once.only
def careful(request: PageRequest, family_id: UUID) -> HttpResponse:
    """Change what to be careful of."""
    family = whole(request, family_id, Right.DESCRIBE)
    own = Own(request, questions.CAREFUL, initial={"careful": family.careful})
    page = forms.Form(request, family, own, title="What to be careful of", button="Save").seen(
        family
    )
    if request.method == "POST" and own.sound:
        try:
            operations.describe(
                family=family,
                careful=own.answers.get("careful", ""),
                seen=seen_at(request),
                by=request.actor,
                at=request.at,
            )
        except OutOfDate as late:
            family.refresh_from_db()
            theirs = [Row("What to be careful of", family.careful or "Nothing")]
            return page.late(late.sentence, family, theirs)
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(request, "What to be careful of is saved.")
            return redirect("families:family", family_id)
    page.says(
        "Everyone who works with the family sees this. Write what keeps people safe: who must not "
        "meet, when to visit in twos, what not to say aloud."
    )
    return page.earlier(earlier_versions(family, questions.CAREFUL_LABELS)).answer()
