"""Settling an area and its workers for a simulation, with ids from the seed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from random import Random
from typing import Any

from django.db import transaction

from earlydoors.domain.panels.models import PanelMeeting
from earlydoors.domain.partnership.models import (
    Agency,
    Desk,
    Locality,
    Member,
    Membership,
    Setting,
)
from earlydoors.domain.partnership.operations import PRACTICE, settle
from earlydoors.domain.partnership.queries import FRONT_DOOR
from earlydoors.foundation.audit.chain import CommandLine, record
from earlydoors.foundation.profile.schema import Profile, RoleKind
from earlydoors.simulation.press.drawn import Panel, as_uuid
from earlydoors.simulation.press.workforce import Hired, Hiring, Place, Workforce

_OF_EACH_PART = 2  # workers of each part with a story, to be signed in as on the practice page


@transaction.atomic
def staff(profile: Profile, seed: int, families: int, on: date) -> Workforce:
    """Settle the area and let its workers join, once; return them, the same each time."""
    at = datetime.combine(on, time(9), tzinfo=UTC)
    _rows_from_seed(profile, seed)
    settle(profile=profile, at=at)
    hiring = Hiring(profile, seed, families, on)
    ids = {one.key: str(one.pk) for one in Setting.objects.all()}
    agencies = {one.key: str(one.pk) for one in Agency.objects.all()}
    localities = {one.key: str(one.pk) for one in Locality.objects.all()}
    places = hiring.places(ids)
    hired = hiring.hire(places, agencies)
    if not Member.objects.filter(pk=hired[0].worker.member_id).exists():
        _open(places, agencies, localities)
        _join(profile, hired, at)
    panels = list(_panels(profile, hiring, hired, agencies))
    return Workforce(localities, places, hired, panels)


def _panels(
    profile: Profile, hiring: Hiring, hired: Sequence[Hired], agencies: Mapping[str, str]
) -> Iterator[Panel]:
    """The panels to which a route leads, with their chairs. One that somebody else has planned a
    sitting of is left to them: in a demonstration, one of the practice families is before it."""
    chairs = {one.panel: one.worker for one in hired if one.panel}
    routes = {key: route for route in profile.routes for key in route.panels}
    theirs = PanelMeeting.objects.exclude(
        created_by__in=[one.member_id for one in chairs.values()]
    ).values_list("panel__key", flat=True)
    left = set(theirs)
    desks = {one.key: str(one.pk) for one in Desk.objects.filter(kind="panel")}
    for one in profile.panels:
        seats = [(agencies[key], hiring.sits(key, one.locality, hired)) for key in one.agencies]
        if one.key in chairs and one.key in routes and one.key not in left:
            yield Panel(
                key=one.key,
                name=one.name,
                id=desks[one.key],
                route=routes[one.key].key,
                route_name=routes[one.key].name,
                locality=one.locality,
                every_days=one.every_days,
                seats=seats,
                chair=chairs[one.key],
            )


def _rows_from_seed(profile: Profile, seed: int) -> None:
    """Make the rows that settling would make, with ids from the seed; settling then finds them."""
    draw = Random(f"{seed} area")  # noqa: S311 - made up, nothing secret

    def made(model: Any, key: str, **fields: Any) -> Any:
        pk = as_uuid(draw.getrandbits(128))
        return model.objects.get_or_create(key=key, defaults={"id": pk, **fields})[0]

    for locality in profile.localities:
        made(Locality, locality.key, name=locality.name)
    for agency in profile.agencies:
        row = made(Agency, agency.key, name=agency.name, kind=agency.kind)
        for setting in agency.settings:
            made(Setting, setting.key, name=setting.name, agency=row)
    made(Desk, FRONT_DOOR, name=profile.words.front_door.one, kind="front_door")
    for panel in profile.panels:
        made(Desk, panel.key, name=panel.name, kind="panel")


def _open(
    places: Sequence[Place], agencies: Mapping[str, str], localities: Mapping[str, str]
) -> None:
    """The schools and nurseries that are in no profile."""
    Setting.objects.bulk_create(
        Setting(
            id=one.id,
            key=one.key,
            name=one.name,
            agency_id=agencies[one.agency],
            locality_id=localities.get(one.locality),
        )
        for one in places
        if one.key.startswith(PRACTICE)
    )


def _join(profile: Profile, hired: Sequence[Hired], at: datetime) -> None:
    """What `partnership.operations.join` writes for each, with ids from the seed and in bulk."""
    roles = {role.name: role for role in profile.roles}
    members, memberships, told = [], [], dict.fromkeys({one.part for one in hired}, 0)
    for one in hired:
        worker, role = one.worker, roles[one.worker.role_name]
        told[one.part] += 1
        story = f"{one.job_title} in a simulated partnership, at {worker.setting_name}."
        members.append(
            Member(
                id=worker.member_id,
                username=one.username,
                name=worker.name,
                password="!",  # noqa: S106 - nobody signs in by a password here
                email=f"{one.username}@example.org",
                job_title=one.job_title,
                joined_at=at,
            )
        )
        memberships.append(
            Membership(
                id=worker.membership_id,
                member_id=worker.member_id,
                agency_id=worker.agency_id,
                setting_id=worker.setting_id,
                role_key=role.key,
                role_name=role.name,
                kind=role.kind,
                story=story if told[one.part] <= _OF_EACH_PART else "",
                began_on=at.date(),
            )
        )
    Member.objects.bulk_create(members)
    Membership.objects.bulk_create(memberships)
    door = Desk.objects.get(key=FRONT_DOOR)
    for one, membership in zip(hired, memberships, strict=True):
        if membership.kind == RoleKind.COORDINATOR:
            membership.desks.add(door)
        if one.panel:
            membership.desks.add(Desk.objects.get(key=one.panel))
    for one, member in zip(hired, members, strict=True):
        role = roles[one.worker.role_name]
        record("member.joined", subject=member, by=CommandLine(), at=at, details={"role": role.key})
