"""What somebody can have to do with a family, each made as it comes about, on the small world.

What a relation opens is said in `src/earlydoors/config/access.toml`, and nowhere here.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from tests.factories.partnership import actor, worker
from tests.guards.world import World

from earlydoors.domain.access import operations as access
from earlydoors.domain.access import restricting
from earlydoors.domain.access.declaring import declare
from earlydoors.domain.consent.queries import BY_AGREEMENT
from earlydoors.domain.frontdoor import emergencies, involvement
from earlydoors.domain.matching.asking import Asked
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Agency
from earlydoors.domain.partnership.operations import join, leave
from earlydoors.domain.people.models import FamilyMember
from earlydoors.domain.people.operations import give_account
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.schema import RoleKind

type Make = Callable[[World], Actor]


def _colleague(world: World) -> Actor:
    """A practitioner of the lead's own agency."""
    return worker(agency_key=world.help.lead.agency.key)


def _granted(because: str, extent: str = "full", **more: Any) -> Make:
    def make(world: World) -> Actor:
        who = _colleague(world)
        _grant(world, who, because, extent, **more)
        return who

    return make


def _grant(world: World, who: Actor, because: str, extent: str = "full", **more: Any) -> Any:
    return access.grant(
        family=world.help.family,
        member=who.member,
        because=because,
        extent=extent,
        by=world.help.coordinator,
        at=world.help.at,
        **more,
    )


def _elsewhere(world: World) -> Actor:
    """A practitioner of an agency that no panel asked."""
    taken = [world.help.lead.agency.pk, *([world.agency.pk] if world.agency else [])]
    return worker(agency_key=Agency.objects.exclude(pk__in=taken).order_by("key")[0].key)


def _asked_by_a_panel(world: World) -> Actor:
    return worker(agency_key=world.agency.key) if world.agency else _elsewhere(world)


def _ended(because: str) -> Make:
    def make(world: World) -> Actor:
        who = _granted(because)(world)
        held = world.help.family.grants.filter(member=who.member)
        access.end(grants=held, by=world.help.coordinator, at=world.help.at)
        return who

    return make


def _left_team(world: World) -> Actor:
    who = _granted("team")(world)
    access.leave_work(
        family=world.help.family, member=who.member, by=world.help.coordinator, at=world.help.at
    )
    return who


def _over(world: World) -> Actor:
    """What was open until a moment that has passed."""
    who = _colleague(world)
    _grant(world, who, "team", until=world.help.at + timedelta(hours=1))
    return who


def _in_another_name(world: World) -> Actor:
    """They work with the family in the name of another agency than they act for now."""
    who = _colleague(world)
    _grant(world, who, "team", agency=_elsewhere(world).agency)
    return who


def _agreement_withdrawn(world: World) -> Actor:
    """Every agreement is withdrawn, and what rested on it with it."""
    who = _granted("team")(world)
    for one in world.help.family.agreements.filter(withdrawn_at=None):
        one.change(
            by=world.help.coordinator,
            at=world.help.at,
            withdrawn_at=world.help.at,
            withdrawn_by=world.help.coordinator.member,
            withdrawn_why="Enough.",
        )
    held = world.help.family.grants.filter(member=who.member, because__in=BY_AGREEMENT)
    access.end(grants=held, by=world.help.coordinator, at=world.help.at)
    return who


def _told(world: World) -> Actor:
    who = world.actor("outsider") if world.state == "told" else _colleague(world)
    _ask_after(world, who)
    return who


def _ask_after(world: World, who: Actor) -> None:
    child = world.help.child
    typed = Asked(child.given_name, child.family_name, child.born_on)
    involvement.look_up(asked=typed, by=who, at=datetime.now(UTC))


def _in_emergency(world: World) -> Actor:
    if world.help.opener is not None:
        opener: Actor = world.help.opener
        return opener
    who = _colleague(world)
    _ask_after(world, who)
    if world.restriction is None:
        emergencies.open_in_emergency(
            family=world.help.family, why="She is missing", hours=1, by=who, at=datetime.now(UTC)
        )
    return who


def _emergency_over(world: World) -> Actor:
    who = _colleague(world)
    at = datetime.now(UTC) - timedelta(hours=2)
    _grant(world, who, "break_glass", until=at + timedelta(hours=1))
    return who


def _desk(key: Callable[[World], str]) -> Make:
    def make(world: World) -> Actor:
        return worker(agency_key=world.help.lead.agency.key, desks=(key(world),))

    return make


def _panel(world: World) -> str:
    return str(world.item.panel.key if world.item else current().panels[0].key)


def _panel_has_it(world: World) -> Actor:
    who = _desk(_panel)(world)
    [desk] = who.membership.desks.all()
    access.grant(
        family=world.help.family,
        desk=desk,
        because="panel",
        by=world.help.coordinator,
        at=world.help.at,
    )
    return who


def _panel_had_it(world: World) -> Actor:
    who = _panel_has_it(world)
    held = world.help.family.grants.filter(because="panel")
    access.end(grants=held, by=world.help.coordinator, at=world.help.at)
    return who


def _of_the_family(world: World) -> Actor:
    role = next(role.key for role in current().roles if role.kind == RoleKind.FAMILY_MEMBER)
    at = world.help.at
    member = join(
        username=f"parent-{uuid4()}",
        # As nobody of the world is called: each page says to its reader who they are.
        name="Robin Vale",
        role_key=role,
        profile=current(),
        password="early doors practice",
        on=at.date(),
        at=at,
    )
    give_account(person=world.help.parent, account_of=member, by=world.help.coordinator, at=at)
    # So that any other role can be tried on them.
    member.memberships.update(agency=world.help.lead.agency)
    return actor(member)


def _left_the_family(world: World) -> Actor:
    who = _of_the_family(world)
    at = world.help.at
    for place in FamilyMember.objects.filter(person=world.help.parent, left_on=None):
        place.change(by=world.help.coordinator, at=at, left_on=at.date())
    return who


def _restricted(world: World, *few: Actor) -> None:
    if world.restriction is not None:
        for one in few:
            restricting.name_another(
                restriction=world.restriction,
                member=one.member,
                by=world.help.manager,
                at=datetime.now(UTC),
            )
        return
    manager = worker("team_manager")
    restricting.restrict(
        family=world.help.family,
        kind="adopted",
        why="Nobody may find them.",
        named=[manager.member, *(one.member for one in few)],
        by=_coordinator_with_all(world),
        at=datetime.now(UTC),
    )


def _coordinator_with_all(world: World) -> Actor:
    _grant(world, world.help.coordinator, "oversight")
    return world.actor("coordinator")


def _one_of_the_few(world: World) -> Actor:
    who = _colleague(world)
    _restricted(world, who)
    return who


def _kept_from(world: World) -> Actor:
    who = _granted("team")(world)
    _restricted(world)
    return who


def _knows_them(world: World) -> Actor:
    who = _granted("team")(world)
    declare(
        whom="Next door",
        kind="neighbour",
        says="We share a fence.",
        family=world.help.family,
        by=who,
        at=datetime.now(UTC),
    )
    return who


def _analyst(world: World) -> Actor:
    return world.actor("analyst") if world.state == "studied" else _colleague(world)


def _gone(world: World) -> Actor:
    """They were on the team, and have left their agency."""
    who = _granted("team")(world)
    now = datetime.now(UTC)
    leave(member=who.member, on=now.date() - timedelta(days=1), at=now)
    return who


RELATIONS: dict[str, Make] = {
    "stranger": _colleague,
    "stranger elsewhere": _elsewhere,
    "asked by a panel": _asked_by_a_panel,
    "told": _told,
    "knows": _granted("asked", "knows"),
    "asked": _granted("asked", "summary"),
    "adviser": _granted("adviser", "summary"),
    "team": _granted("team"),
    "lead": lambda world: world.actor("lead"),
    "agency": _granted("agency_help"),
    "caseload": _granted("caseload"),
    "locality duty": _granted("locality_duty"),
    "oversight": _granted("oversight"),
    "front door": _desk(lambda world: "front_door"),
    "panel has it": _panel_has_it,
    "panel had it": _panel_had_it,
    "emergency": _in_emergency,
    "emergency over": _emergency_over,
    "time over": _over,
    "left the team": _left_team,
    "agreement withdrawn": _agreement_withdrawn,
    "in another name": _in_another_name,
    "family": _of_the_family,
    "left the family": _left_the_family,
    "one of the few": _one_of_the_few,
    "kept from": _kept_from,
    "knows them": _knows_them,
    "analyst": _analyst,
    "gone": _gone,
}
