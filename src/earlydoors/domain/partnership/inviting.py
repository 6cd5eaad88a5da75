"""Ways in that work once: for a new member of one's agency, and for one who lost theirs."""

import hashlib
import re
import secrets
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db import transaction
from django.db.models import QuerySet

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Invitation, Lost, Member, Setting
from earlydoors.domain.partnership.operations import (
    NOT_ONESELF,
    change_password,
    join,
    leave,
    note_of_account,
)
from earlydoors.domain.partnership.permissions import can_look_after, roles_given_by
from earlydoors.domain.partnership.queries import actor_for
from earlydoors.domain.partnership.rights import Right
from earlydoors.foundation.audit.chain import record
from earlydoors.foundation.kernel.refusals import NotAllowed, UnableTo
from earlydoors.foundation.kernel.text import folded
from earlydoors.foundation.profile.schema import Profile

NEW_MEMBER_FOR = timedelta(days=7)
NEW_WAY_IN_FOR = timedelta(days=1)
GONE = "This link does not work any more. Ask whoever sent it for another."
YOU_MADE_IT = "You made this link for somebody else. Sign out before they use it here."
GOES_ELSEWHERE = (
    "{name} has no password here and signs in with an account elsewhere. If they cannot do that "
    "either, say that both are lost."
)
_NAME = re.compile(r"[\w.@+-]{3,150}")


@transaction.atomic
def invite(
    *,
    name: str,
    role_key: str,
    profile: Profile,
    by: Actor,
    at: datetime,
    email: str = "",
    job_title: str = "",
    setting_key: str = "",
) -> tuple[Invitation, str]:
    """Invite somebody to the actor's agency. Returns the invitation and what its link ends with.

    Raises `NotAllowed` for a role that the actor cannot give, `UnableTo` for a setting that is not
    the agency's, and for the actor themselves: whoever gives a role is not the one who gets it.
    """
    by.must(Right.LOOK_AFTER_MEMBERS)
    if role_key not in {role.key for role in roles_given_by(by, profile)}:
        raise NotAllowed("You cannot give this role.")
    if folded(name) == folded(by.member.name) or _same_address(email, by.member.email):
        raise UnableTo(NOT_ONESELF)
    setting = Setting.objects.filter(key=setting_key, agency=by.agency).first()
    if setting_key and setting is None:
        raise UnableTo("Choose a place of your own agency.")
    made, token = _make(
        name=name,
        email=email,
        job_title=job_title,
        agency=by.agency,
        setting=setting,
        role_key=role_key,
        by=by,
        at=at,
        works_for=NEW_MEMBER_FOR,
    )
    record("member.invited", subject=made, by=by, at=at, details={"role": role_key})
    return made, token


class Recognised(StrEnum):
    """How whoever gives a new way in knew that it was the member who asked."""

    SEEN = "seen"
    RUNG = "rung"
    VIDEO = "video"


@transaction.atomic
def give_new_way_in(
    *, member: Member, lost: Lost, recognised: Recognised, by: Actor, today: date, at: datetime
) -> tuple[Invitation, str]:
    """A new way in for a member who `lost` theirs; what they have not lost stays, and is asked for.
    Nothing of theirs ends until they use it.

    Raises as `can_look_after`, and `UnableTo` for one who has left or has no password to go by.
    """
    can_look_after(member, by, today)
    if not member.is_active:
        raise UnableTo(f"{member.name} has left.")
    if lost == Lost.SECOND_STEP and not member.has_usable_password():
        raise UnableTo(GOES_ELSEWHERE.format(name=member.name))
    _unused(member).update(withdrawn_at=at)
    made, token = _make(
        name=member.name,
        email=member.email,
        member=member,
        lost=lost,
        by=by,
        at=at,
        works_for=NEW_WAY_IN_FOR,
    )
    details = {"lost": lost, "recognised": recognised}
    record("member.given_way_in", subject=member, by=by, at=at, details=details)
    return made, token


@transaction.atomic
def withdraw(*, invitation: Invitation, by: Actor, at: datetime) -> Invitation:
    """An invitation of one's own agency opens nothing any more."""
    by.must(Right.LOOK_AFTER_MEMBERS)
    held = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if held.used_at or held.withdrawn_at:
        raise UnableTo("It has been used or withdrawn already.")
    held.withdrawn_at = at
    held.save(update_fields=["withdrawn_at"])
    record("member.invitation_withdrawn", subject=held, by=by, at=at)
    return held


def opened_by(token: str, at: datetime) -> Invitation | None:
    """The invitation that a link opens now, if it does."""
    found = Invitation.objects.filter(
        token_hash=_hash(token), used_at=None, withdrawn_at=None, expires_at__gt=at
    )
    return found.select_related("member", "agency", "setting").first()


@transaction.atomic
def use(
    *,
    token: str,
    username: str,
    password: str,
    profile: Profile,
    on: date,
    at: datetime,
    here: Member | None = None,
) -> Member:
    """Take up an invitation: become a member, or get back as one what was lost. `here` is who is
    signed in where the link was opened; `password` is the one they choose, or the one they have
    where only the second step was lost, which whoever calls has looked at.

    Raises `UnableTo` when it does not work any more, the sign-in name is taken or unfit, or whoever
    made it takes it up. Two uses at once wait for each other, and the second finds it used.
    """
    found = opened_by(token, at)
    held = (
        Invitation.objects.select_for_update(of=("self",))
        .filter(pk=found.pk, used_at=None, withdrawn_at=None)
        .first()
        if found
        else None
    )
    if held is None or (held.member and not held.member.is_active):
        raise UnableTo(GONE)
    if here is not None and here.pk == held.made_by_id:
        raise UnableTo(YOU_MADE_IT)
    held.used_at = at
    held.save(update_fields=["used_at"])
    if held.member is not None:
        actor = actor_for(held.member, on)
        if actor is None:
            raise UnableTo(GONE)
        if held.lost != Lost.PASSWORD:
            what = {"what": "everything of the second step"}
            note_of_account(member=held.member, verb="took_away", by=actor, at=at, details=what)
        if held.lost == Lost.SECOND_STEP:
            return held.member
        return change_password(member=held.member, password=password, by=actor, at=at)
    wanted = username.strip().lower()
    if not _NAME.fullmatch(wanted):
        raise UnableTo("A sign-in name has letters, digits, dots and dashes: three at least.")
    if Member.objects.filter(username__iexact=wanted).exists():
        raise UnableTo("Somebody has this sign-in name already. Choose another.")
    maker = actor_for(held.made_by, on, needs=Right.LOOK_AFTER_MEMBERS)
    if maker is None or not maker.may(Right.LOOK_AFTER_MEMBERS):
        raise UnableTo(GONE)
    return join(
        username=wanted,
        name=held.name,
        role_key=held.role_key,
        profile=profile,
        password=password,
        on=on,
        at=at,
        agency_key=held.agency.key if held.agency else "",
        setting_key=held.setting.key if held.setting else "",
        job_title=held.job_title,
        email=held.email,
        by=maker,
    )


@transaction.atomic
def end(*, member: Member, by: Actor, today: date, at: datetime) -> Member:
    """A member of one's agency has left. Raises as `can_look_after`."""
    can_look_after(member, by, today)
    if not member.is_active:
        raise UnableTo(f"{member.name} has left already.")
    _unused(member).update(withdrawn_at=at)
    return leave(member=member, on=today, at=at, by=by)


@transaction.atomic
def sign_out_everywhere(*, member: Member, by: Actor, today: date, at: datetime) -> None:
    """Every sign-in of a member of one's agency is ended, and nothing else: a phone was lost, or a
    computer left open. The sign-ins are kept, and ended, by the pages. Raises as `can_look_after`.
    """
    can_look_after(member, by, today)
    record("member.signed_out_everywhere", subject=member, by=by, at=at)


def _unused(member: Member) -> QuerySet[Invitation]:
    return Invitation.objects.filter(member=member, used_at=None, withdrawn_at=None)


def _make(
    *, by: Actor, at: datetime, works_for: timedelta, **fields: object
) -> tuple[Invitation, str]:
    token = secrets.token_urlsafe(32)
    made = Invitation(
        token_hash=_hash(token),
        made_by=by.member,
        made_at=at,
        expires_at=at + works_for,
    )
    for name, value in fields.items():
        setattr(made, name, value)
    made.save()
    return made, token


def _same_address(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold() != ""


def _hash(token: str) -> str:
    """A link is 256 bits of chance, so a plain hash of it cannot be turned back."""
    return hashlib.sha256(token.encode()).hexdigest()
