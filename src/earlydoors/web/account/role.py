"""In which of their roles somebody comes, who holds several."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from earlydoors.domain.partnership.operations import take_role
from earlydoors.domain.partnership.queries import roles_of
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.web.account import entering, pages
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.pages import render
from earlydoors.web.design.request import ROLE, PageRequest


@require_http_methods(["GET", "HEAD", "POST"])
def role(request: PageRequest) -> HttpResponse:
    """Choose the role to go on in. It is kept for this sign-in alone."""
    member, fault = request.actor.member, ""
    held = roles_of(member, request.today)
    if request.method == "POST":
        try:
            actor = take_role(
                member=member,
                chosen=request.POST.get("role", ""),
                was=request.actor,
                on=request.today,
                at=request.at,
            )
        except UnableTo as refusal:
            fault = refusal.sentence
        else:
            request.session[ROLE] = str(actor.membership.pk)
            messages.success(request, f"You are here as {pages.role_said(actor.membership)}.")
            return HttpResponseRedirect(entering.wanted(request) or reverse("home:work"))
    page = pages.roles(held, request.actor.membership, entering.wanted(request), fault)
    return render(request, "account/role.html", page=page, page_faulty=bool(fault))
