"""A link that works once: becoming a member, or getting back in."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from earlydoors.domain.partnership import inviting
from earlydoors.domain.partnership.models import Invitation, Lost, Member
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.profile.current import current
from earlydoors.web.account import entering, factors, pages, staying, tasks
from earlydoors.web.account.yours import password_fault, proof_fault
from earlydoors.web.design import errors
from earlydoors.web.design.pages import render
from earlydoors.web.design.request import Request


@login_not_required
@sensitive_post_parameters("password")
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def way_in(request: Request, token: str) -> HttpResponse:
    """Choose how to sign in. Looking uses nothing up: scanners open letters."""
    invitation = inviting.opened_by(token, request.at)
    if invitation is None:
        return errors.gone(request, inviting.GONE)
    typed = request.POST.get("username", "")[:150]
    fault = faulty = ""
    if request.method == "POST":
        password = request.POST.get("password", "")
        fault, faulty = _fault(request, invitation, typed, password), "password"
        if not fault:
            try:
                member = inviting.use(
                    token=token,
                    username=typed,
                    password=password,
                    profile=current(),
                    on=request.today,
                    at=request.at,
                    here=actor.member if (actor := getattr(request, "actor", None)) else None,
                )
            except UnableTo as refusal:
                fault, faulty = refusal.sentence, "username"
            else:
                return _used(request, invitation, member)
    page = pages.way_in(invitation, typed, fault=fault, faulty=faulty)
    return render(request, "account/way_in.html", page=page)


def _used(request: Request, invitation: Invitation, member: Member) -> HttpResponse:
    how = "a link that works once"
    if invitation.lost:
        if invitation.lost != Lost.PASSWORD:
            factors.take_away_all(member)
        staying.end_all(member)
        kept_password = invitation.lost == Lost.SECOND_STEP
        tasks.tell(member, tasks.SECOND_STEP if kept_password else tasks.ENTRY)
        how = f"{how}, with the password" if kept_password else how
    return entering.first_step(request, member, how, "")


def _fault(request: Request, invitation: Invitation, typed: str, password: str) -> str:
    """Why a password will not do: the one they choose, or the one they have where that stays."""
    if invitation.lost == Lost.SECOND_STEP and invitation.member is not None:
        return proof_fault(request, invitation.member)
    return password_fault(password, _whose(invitation, typed))


def _whose(invitation: Invitation, username: str) -> Member:
    """Whose words a new password may not be made of."""
    return invitation.member or Member(
        name=invitation.name,
        username=username,
        email=invitation.email,
        job_title=invitation.job_title,
    )
