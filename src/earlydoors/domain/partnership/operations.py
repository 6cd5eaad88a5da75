"""Bringing the partnership into line with its profile, and members in and out."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import (
    Agency,
    Desk,
    FromProfile,
    Locality,
    Member,
    Membership,
    Setting,
)
from earlydoors.domain.partnership.queries import FRONT_DOOR, actor_for, held_on
from earlydoors.domain.partnership.rights import Right
from earlydoors.foundation.audit.chain import CommandLine, Signature, record
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.profile.models import KeptProfile, kept
from earlydoors.foundation.profile.schema import Profile

COMMAND_LINE = CommandLine()
# Schools and other places of a simulated partnership, which no profile names: a profile's own keys
# have no colon.
PRACTICE = "practice:"
NOT_ONESELF = "Nobody gives a role to themselves. Ask somebody else who looks after members."


@transaction.atomic
def settle(*, profile: Profile, at: datetime) -> KeptProfile:
    """Make the database agree with the profile: keep its content, its agencies and desks.

    What the profile no longer names stays, marked as not current. Doing it twice changes nothing.
    """
    localities = _settle(Locality, ((p.key, {"name": p.name}) for p in profile.localities))
    agencies = _settle(
        Agency, ((a.key, {"name": a.name, "kind": a.kind}) for a in profile.agencies)
    )
    _settle(
        Setting,
        (
            (
                s.key,
                {
                    "name": s.name,
                    "agency_id": agencies[a.key].pk,
                    "locality_id": localities[s.locality].pk if s.locality else None,
                },
            )
            for a in profile.agencies
            for s in a.settings
        ),
    )
    door = (FRONT_DOOR, {"name": profile.words.front_door.one, "kind": "front_door"})
    panels = ((p.key, {"name": p.name, "kind": "panel"}) for p in profile.panels)
    _settle(Desk, [door, *panels])
    return kept(profile, at)


def _settle[T: FromProfile](
    model: type[T], rows: Iterable[tuple[str, Mapping[str, object]]]
) -> dict[str, T]:
    wanted = {key: {**fields, "current": True} for key, fields in rows}
    settled = _by_key(model, wanted)
    behind = [
        model(key=key, **fields)
        for key, fields in wanted.items()
        if key not in settled or any(getattr(settled[key], k) != v for k, v in fields.items())
    ]
    if behind:
        columns = list(next(iter(wanted.values())))
        model._default_manager.bulk_create(
            behind, update_conflicts=True, unique_fields=["key"], update_fields=columns
        )
        settled = _by_key(model, wanted)
    # Schools brought in from the national register, and those of a simulated partnership, are no
    # business of the profile.
    ours = Q(key__startswith=Setting.BROUGHT_IN) | Q(key__startswith=PRACTICE)
    model._default_manager.exclude(ours).exclude(key__in=settled).update(current=False)
    return settled


def _by_key[T: FromProfile](model: type[T], keys: Iterable[str]) -> dict[str, T]:
    return {one.key: one for one in model._default_manager.filter(key__in=keys)}


@transaction.atomic
def join(
    *,
    username: str,
    name: str,
    role_key: str,
    profile: Profile,
    password: str | None,
    on: date,
    at: datetime,
    agency_key: str = "",
    setting_key: str = "",
    job_title: str = "",
    email: str = "",
    desk_keys: Iterable[str] = (),
    story: str = "",
    by: Signature = COMMAND_LINE,
) -> Member:
    """Make a member with a role; `story` says in a sentence who they are.

    Without a password they cannot sign in by name until one is set.

    Raises `UnableTo` when the name is taken or the role unknown.
    """
    if Member.objects.filter(username=username).exists():
        raise UnableTo(f"Someone already signs in as {username}. Choose another name.")
    roles = {role.key: role for role in profile.roles}
    if role_key not in roles:
        raise UnableTo(f"The profile has no role {role_key}.")
    member = Member(username=username, name=name, email=email, job_title=job_title, joined_at=at)
    member.set_password(password)
    member.save()
    membership = Membership.objects.create(
        member=member,
        agency=Agency.objects.get(key=agency_key) if agency_key else None,
        setting=Setting.objects.get(key=setting_key) if setting_key else None,
        role_key=role_key,
        role_name=roles[role_key].name,
        kind=roles[role_key].kind,
        story=story,
        began_on=on,
    )
    membership.desks.set(Desk.objects.filter(key__in=list(desk_keys)))
    record("member.joined", subject=member, by=by, at=at, details={"role": role_key})
    return member


@transaction.atomic
def change_password(
    *, member: Member, password: str, at: datetime, by: Signature = COMMAND_LINE
) -> Member:
    """Give a member another password. Sign-ins that rest on the old one end."""
    member.set_password(password)
    member.save(update_fields=["password"])
    record("member.changed_password", subject=member, by=by, at=at)
    return member


@transaction.atomic
def note_of_account(
    *,
    member: Member,
    verb: str,
    at: datetime,
    by: Signature,
    details: Mapping[str, object] | None = None,
) -> None:
    """Keep as evidence what happened to a member's ways to sign in, which are kept elsewhere."""
    record(f"member.{verb}", subject=member, by=by, at=at, details=details)


@transaction.atomic
def take_role(*, member: Member, chosen: str, was: Actor, on: date, at: datetime) -> Actor:
    """Go on in another role that one holds: from now on it alone says what one may do and see.

    Raises `UnableTo` for a role that is not theirs today.
    """
    actor = actor_for(member, on, chosen)
    if actor is None or str(actor.membership.pk) != chosen:
        raise UnableTo("You do not hold this role today. Choose another.")
    details = {"from": str(was.membership.pk), "to": chosen}
    record("member.took_role", subject=member, by=actor, at=at, details=details)
    return actor


@transaction.atomic
def give_role(
    *,
    member: Member,
    role_key: str,
    profile: Profile,
    on: date,
    at: datetime,
    agency_key: str = "",
    setting_key: str = "",
    desk_keys: Iterable[str] = (),
    by: Signature = COMMAND_LINE,
) -> Membership:
    """Give a member one more role, beside those they hold. Raises `UnableTo` for an unknown role,
    for one they hold already in that agency, for somebody who has left, and for oneself."""
    if by.audit_id == str(member.pk):
        raise UnableTo(NOT_ONESELF)
    roles = {role.key: role for role in profile.roles}
    if role_key not in roles:
        raise UnableTo(f"The profile has no role {role_key}.")
    if not member.is_active:
        raise UnableTo(f"{member} does not work here any more.")
    agency = Agency.objects.get(key=agency_key) if agency_key else None
    held = member.memberships.filter(held_on(on), role_key=role_key, agency=agency)
    if held.exists():
        raise UnableTo(f"{member} holds this role already.")
    made = Membership.objects.create(
        member=member,
        agency=agency,
        setting=Setting.objects.get(key=setting_key) if setting_key else None,
        role_key=role_key,
        role_name=roles[role_key].name,
        kind=roles[role_key].kind,
        began_on=on,
    )
    made.desks.set(Desk.objects.filter(key__in=list(desk_keys)))
    record("member.given_role", subject=member, by=by, at=at, details={"role": role_key})
    return made


@transaction.atomic
def look_over(*, by: Actor, at: datetime) -> None:
    """Record that somebody looks over the installation and who works where.

    Raises `NotAllowed` for a role that does not run the installation.
    """
    by.must(Right.RUN_INSTALLATION)
    record("installation.looked_over", subject=by.member, by=by, at=at)


@transaction.atomic
def leave(*, member: Member, on: date, at: datetime, by: Signature = COMMAND_LINE) -> Member:
    """A member can no longer sign in; their roles end, and what they wrote stays.

    Their password goes as well: every sign-in is bound to it, so that each of theirs, wherever it
    is, ends with its next request, and stays ended should they ever come back.
    """
    member.is_active = False
    member.set_unusable_password()
    member.save(update_fields=["is_active", "password"])
    member.memberships.filter(ended_on=None).update(ended_on=on)
    record("member.left", subject=member, by=by, at=at)
    return member
