"""Members who come from a provider of sign-in: made on the day they first come, moved with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from earlydoors.domain.partnership.claims import Placing
from earlydoors.domain.partnership.models import Agency, Desk, Member, Membership, Setting
from earlydoors.domain.partnership.operations import join
from earlydoors.domain.partnership.queries import held_on
from earlydoors.foundation.audit.chain import record
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.profile.schema import Profile

NO_PLACE = (
    "{provider} says who you are, and nothing that gives you a place here. Ask whoever looks after "
    "accounts in your agency to let you in."
)
KNOWN_ALREADY = (
    "Somebody here has your e-mail address already, perhaps you. Sign in with your sign-in name, "
    "then join the two under Your account."
)
LEFT = "Your account here has ended. Ask whoever looks after accounts in your agency."


@dataclass(frozen=True)
class Provided:
    """The provider, as the evidence names it: it says who somebody is, and what they are."""

    key: str
    name: str

    @property
    def audit_id(self) -> str:
        """How evidence names it."""
        return f"provider:{self.key}"

    @property
    def audit_name(self) -> str:
        """Its name."""
        return self.name

    @property
    def audit_agency(self) -> str:
        """None: it is no agency."""
        return ""

    @property
    def audit_role(self) -> str:
        """What it does."""
        return "Says who somebody is"


@dataclass(frozen=True)
class Newcomer:
    """Somebody as the provider describes them. `subject` is theirs for ever at that provider."""

    subject: str
    name: str
    email: str = ""
    username: str = ""
    job_title: str = ""


@transaction.atomic
def arrive(
    *, who: Newcomer, place: Placing, profile: Profile, on: date, at: datetime, by: Provided
) -> Member:
    """Make a member of somebody who comes for the first time, at the place given.

    Raises `UnableTo` when a member has their e-mail address: whether it is the same person, only
    signing in can show.
    """
    if who.email and Member.objects.filter(email__iexact=who.email, is_active=True).exists():
        raise UnableTo(KNOWN_ALREADY)
    member = join(
        username=_free_name(who, by),
        name=who.name,
        role_key=place.role,
        profile=profile,
        password=None,
        on=on,
        at=at,
        agency_key=place.agency,
        setting_key=place.setting,
        job_title=who.job_title,
        email=who.email,
        desk_keys=place.desks,
        by=by,
    )
    member.memberships.update(given_by=by.key)
    return member


@transaction.atomic
def come_again(
    *, member: Member, place: Placing, profile: Profile, on: date, at: datetime, by: Provided
) -> Member:
    """Give a member the place that the provider says today. Roles given here by hand stay.

    Raises `UnableTo` for somebody who has left.
    """
    if not member.is_active:
        raise UnableTo(LEFT)
    held = _given(member, on, by)
    if not held and member.memberships.filter(held_on(on), given_by="").exists():
        return member
    standing = next((one for one in held if _is_at(one, place)), None)
    others = [one for one in held if one is not standing]
    if standing and not others:
        return member
    _end(others, on)
    if standing is None:
        _give(member, place, profile, on, by)
    record("member.moved", subject=member, by=by, at=at, details={"role": place.role})
    return member


@transaction.atomic
def lose_place(*, member: Member, on: date, at: datetime, by: Provided) -> None:
    """The provider gives a member no place any more: what it gave ends with yesterday."""
    held = _given(member, on, by)
    if held:
        _end(held, on)
        record("member.lost_place", subject=member, by=by, at=at)


def _given(member: Member, on: date, by: Provided) -> list[Membership]:
    """The memberships that the provider gave and that are held on a day."""
    held = member.memberships.filter(held_on(on), given_by=by.key)
    return list(held.select_related("agency", "setting").prefetch_related("desks"))


def _is_at(one: Membership, place: Placing) -> bool:
    agency = one.agency.key if one.agency else ""
    setting = one.setting.key if one.setting else ""
    desks = {desk.key for desk in one.desks.all()}
    there = (one.role_key, agency, setting, desks)
    return there == (place.role, place.agency, place.setting, set(place.desks))


def _end(rows: Iterable[Membership], on: date) -> None:
    """End memberships with yesterday: one held until this evening would still open today."""
    for one in rows:
        one.ended_on = max(one.began_on, date.fromordinal(on.toordinal() - 1))
        one.save(update_fields=["ended_on"])


def _give(member: Member, place: Placing, profile: Profile, on: date, by: Provided) -> None:
    role = next(role for role in profile.roles if role.key == place.role)
    membership = Membership.objects.create(
        member=member,
        agency=Agency.objects.get(key=place.agency),
        setting=Setting.objects.get(key=place.setting) if place.setting else None,
        role_key=role.key,
        role_name=role.name,
        kind=role.kind,
        began_on=on,
        given_by=by.key,
    )
    membership.desks.set(Desk.objects.filter(key__in=place.desks))


def _free_name(who: Newcomer, by: Provided) -> str:
    """A sign-in name that nobody has: theirs, or theirs with the provider and a number."""
    wanted = (who.username or who.email.partition("@")[0] or who.name).strip().lower()[:100]
    tries = [wanted, f"{wanted}.{by.key}", *(f"{wanted}.{by.key}.{n}" for n in range(2, 1000))]
    taken = set(Member.objects.filter(username__in=tries).values_list("username", flat=True))
    return next(name for name in tries if name not in taken)
