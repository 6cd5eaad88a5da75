"""Members of one's agency: who they are, who was not here for long, inviting and ending."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from earlydoors.domain.partnership import inviting
from earlydoors.domain.partnership.models import Agency, Invitation, Lost, Member, Setting
from earlydoors.domain.partnership.operations import NOT_ONESELF
from earlydoors.domain.partnership.permissions import can_look_after, roles_given_by
from earlydoors.domain.partnership.queries import invitations_of, members_of
from earlydoors.domain.partnership.rights import Right, kinds_with
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.schema import RoleKind
from earlydoors.web.account import letters, staying
from earlydoors.web.account.yours import freshly_proved
from earlydoors.web.design import once
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.pages import render
from earlydoors.web.design.request import PageRequest
from earlydoors.web.members import pages
from earlydoors.web.sections.own import Own


@require_safe
def show(request: PageRequest) -> HttpResponse:
    """Everyone of the agency who can sign in, and who is invited."""
    agency = _agency(request)
    held = members_of(agency, request.today)
    waiting = invitations_of(agency, request.at)
    page = pages.members(held, waiting, request.actor, request.at)
    return render(request, "members/list.html", page=page)


@require_http_methods(["GET", "HEAD", "POST"])
@freshly_proved
def invite(request: PageRequest) -> HttpResponse:
    """Invite somebody to the agency. The link is shown once, or sent."""
    agency = _agency(request)
    roles = roles_given_by(request.actor, current())
    places = Setting.objects.filter(agency=agency, current=True).order_by("name")
    own = Own(request, pages.questions(roles, places.values_list("key", "name")))
    if request.method == "POST" and own.sound:
        try:
            email = _email(own.answers.get("email", ""), own.answers["role"])
            made, token = inviting.invite(
                name=own.answers["name"],
                role_key=own.answers["role"],
                email=email,
                job_title=own.answers.get("job_title", ""),
                setting_key=own.answers.get("setting", ""),
                profile=current(),
                by=request.actor,
                at=request.at,
            )
        except UnableTo as refusal:
            about = "name" if refusal.sentence == NOT_ONESELF else "email"
            own.refuse(about, refusal.sentence)
        else:
            return _shown(request, made, token)
    faulty = request.method == "POST"
    return render(request, "members/invite.html", own=own, page_faulty=faulty)


@require_http_methods(["GET", "HEAD", "POST"])
@freshly_proved
def way_in(request: PageRequest, member_id: UUID) -> HttpResponse:
    """A new way in for a member who lost theirs: what they lost, and how they were recognised."""
    member = _member(request, member_id)
    can_look_after(member, request.actor, request.today)
    own = Own(request, pages.lost(member.name))
    if request.method == "POST" and own.sound:
        try:
            made, token = inviting.give_new_way_in(
                member=member,
                lost=Lost(own.answers["lost"]),
                recognised=inviting.Recognised(own.answers["recognised"]),
                by=request.actor,
                today=request.today,
                at=request.at,
            )
        except UnableTo as refusal:
            own.refuse("lost", refusal.sentence)
        else:
            return _shown(request, made, token)
    faulty = request.method == "POST"
    return render(request, "members/way_in.html", page=member.name, own=own, page_faulty=faulty)


@require_http_methods(["GET", "HEAD", "POST"])
@once.only
def end(request: PageRequest, member_id: UUID) -> HttpResponse:
    """A member has left: they lose everything at once."""
    member = _member(request, member_id)
    can_look_after(member, request.actor, request.today)
    if request.method == "POST":
        inviting.end(member=member, by=request.actor, today=request.today, at=request.at)
        staying.end_all(member)
        messages.success(request, f"{member.name} can no longer sign in.")
        return redirect("members:list")
    return render(request, "members/end.html", page=member.name)


@require_POST
def sign_out(request: PageRequest, member_id: UUID) -> HttpResponse:
    """A member is signed out wherever they are. They can sign in again."""
    member = _member(request, member_id)
    with transaction.atomic():
        inviting.sign_out_everywhere(
            member=member, by=request.actor, today=request.today, at=request.at
        )
        staying.end_all(member)
    messages.success(request, f"{member.name} is signed out everywhere, and can sign in again.")
    return redirect("members:list")


@require_POST
@once.only
def withdraw(request: PageRequest, invitation_id: UUID) -> HttpResponse:
    """An invitation opens nothing any more."""
    agency = _agency(request)
    found = Invitation.objects.filter(pk=invitation_id, agency=agency).first()
    if found is None:
        raise Http404
    inviting.withdraw(invitation=found, by=request.actor, at=request.at)
    messages.success(request, f"The invitation of {found.name} is withdrawn.")
    return redirect("members:list")


def _email(typed: str, role_key: str) -> str:
    """Where the link goes. To a role that looks at families it goes by letter where letters go: the
    one who gives such a role must not hold the way into it. Raises `UnableTo`."""
    found = letters.address(typed)
    looks = RoleKind(current().role(role_key).kind) in kinds_with(Right.SEE_FAMILIES)
    if looks and not found and letters.is_delivered():
        raise UnableTo("Write their work e-mail address. The link of this role goes to them alone.")
    return found


def _agency(request: PageRequest) -> Agency:
    request.actor.must(Right.LOOK_AFTER_MEMBERS)
    if request.actor.agency is None:
        raise Http404
    return request.actor.agency


def _member(request: PageRequest, member_id: UUID) -> Member:
    """A member of the actor's agency. Raises `Http404` for any other."""
    held = members_of(_agency(request), request.today).filter(member=member_id).first()
    if held is None:
        raise Http404
    return held.member


def _shown(request: PageRequest, made: Invitation, token: str) -> HttpResponse:
    path = reverse("account:way-in", kwargs={"token": token})
    address = request.build_absolute_uri(path)
    sent = letters.send_way_in(made, address)
    page = pages.link(made, address, sent=sent)
    return render(request, "members/link.html", page=page)
