"""A settled area and the people who work in it."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from django.conf import settings
from django.test import Client

from earlydoors.domain.partnership import operations, queries
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Agency, Desk, Member, Setting
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.schema import AgencyKind, Profile, RoleKind

PASSWORD = "early doors practice"
AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
"""A Monday morning on which most tests happen."""
_numbers = count(1)


def area(key: str = "", *, within: Any = None, at: datetime = AT) -> Profile:
    """Settle an area's profile in the test database.

    Another area than the installation's needs pytest-django's `settings` fixture as `within`, which
    puts the installation back afterwards: `area("northumberland", within=settings)`.
    """
    if within is not None and key:
        within.AREA = key
    elif key and key != settings.AREA:
        raise ValueError("Hand over the `settings` fixture as `within` to change the area.")
    profile = current()
    operations.settle(profile=profile, at=at)
    return profile


def agency(key: str = "", *, kind: AgencyKind | None = None) -> Agency:
    """An agency of the settled area, by key or the first of a kind."""
    if key:
        return Agency.objects.get(key=key)
    order = [one.key for one in current().agencies if kind is None or one.kind == kind]
    return Agency.objects.get(key=order[0])


def worker(
    kind: RoleKind | str = RoleKind.PRACTITIONER,
    agency_key: str | None = None,
    *,
    name: str = "",
    setting_key: str = "",
    desks: tuple[str, ...] | None = None,
    on: date | None = None,
) -> Actor:
    """Someone in a role of that kind. Settles the area first if nothing has.

    Coordinators sit at the front door, and chairs at every panel, unless `desks` says otherwise.
    """
    kind = RoleKind(kind)
    profile = current()
    if not Agency.objects.exists():
        area()
    if desks is None:
        panels = tuple(panel.key for panel in profile.panels)
        desks = {
            RoleKind.COORDINATOR: (queries.FRONT_DOOR,),
            RoleKind.PANEL_CHAIR: panels,
        }.get(kind, ())
    number = next(_numbers)
    name = name or f"{kind.replace('_', ' ').capitalize()} {number}"
    role = next(role for role in profile.roles if role.kind == kind)
    family = kind == RoleKind.FAMILY_MEMBER
    if setting_key and not agency_key:
        agency_key = Setting.objects.get(key=setting_key).agency.key
    day = on or date(2020, 1, 6)
    member = operations.join(
        username=f"{name.lower().replace(' ', '.')}.{number}",
        name=name,
        role_key=role.key,
        profile=profile,
        password=PASSWORD,
        on=day,
        at=datetime(day.year, day.month, day.day, 9, tzinfo=UTC),
        agency_key="" if family else agency_key or profile.agencies[0].key,
        setting_key=setting_key,
        job_title=role.name,
        email=f"worker{number}@example.org",
        desk_keys=desks,
    )
    return actor(member)


def actor(member: Member, today: date | None = None) -> Actor:
    """A member in the role they hold. Raises `AssertionError` when they hold none."""
    found = queries.actor_for(member, today or date(2026, 12, 31))
    assert found is not None
    return found


def panel(key: str = "") -> Desk:
    """A panel's desk, by key or the area's first."""
    return Desk.objects.get(key=key or current().panels[0].key)


def typed_in(client: Client, typed: str) -> str:
    """Where the search for a family leads with what was typed."""
    return client.post("/families/", {"q": typed}).headers["Location"]


def signed_in(who: Actor) -> Client:
    """A client signed in as them."""
    client = Client()
    client.force_login(who.member)
    return client
