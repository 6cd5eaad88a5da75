"""The cast of a practice installation: who is in it, and which part of which story is theirs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.auth.hashers import make_password

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Member
from earlydoors.domain.partnership.operations import join
from earlydoors.domain.partnership.queries import FRONT_DOOR, actor_for
from earlydoors.foundation.profile.schema import Agency, AgencyKind, Profile, Role, RoleKind
from earlydoors.simulation.pages import read

PASSWORD = "early doors practice"  # noqa: S105 - told to everyone on the practice page

# Who of an area may play a part that its cast names nobody for: the kinds of agency, best first.
_PARTS: dict[str, tuple[AgencyKind, ...]] = {
    "school": (AgencyKind.SCHOOL,),
    "health": (AgencyKind.HEALTH,),
    "nursery": (AgencyKind.EARLY_YEARS,),
    "speech": (AgencyKind.HEALTH,),
    "housing": (AgencyKind.HOUSING, AgencyKind.VOLUNTARY),
    "police": (AgencyKind.POLICE,),
    "youth": (AgencyKind.COUNCIL, AgencyKind.OTHER, AgencyKind.VOLUNTARY),
    "hub": (AgencyKind.COUNCIL, AgencyKind.OTHER),
    "adults": (AgencyKind.COUNCIL, AgencyKind.HEALTH),
    "carers": (AgencyKind.VOLUNTARY, AgencyKind.COUNCIL),
    "social": (AgencyKind.SOCIAL_CARE, AgencyKind.COUNCIL),
}
_ROLES: dict[str, RoleKind] = {
    "door": RoleKind.COORDINATOR,
    "adviser": RoleKind.EARLY_HELP_OFFICER,
    "manager": RoleKind.TEAM_MANAGER,
    "chair": RoleKind.PANEL_CHAIR,
    "administrator": RoleKind.ADMINISTRATOR,
    "guardian": RoleKind.AUDITOR,
    "system": RoleKind.SYSTEM_ADMINISTRATOR,
    "commissioner": RoleKind.COMMISSIONER,
    "analyst": RoleKind.ANALYST,
}
_NAMES = (
    "Ann Carter", "Bilal Hussain", "Carys Owen", "Dev Patel", "Erin Walsh", "Femi Ade",
    "Grace Lin", "Harry Moss", "Ines Costa", "Jo Byrne", "Kofi Mensah", "Lena Vogel",
    "Mina Shah", "Nick Frost", "Orla Quinn", "Petra Hale", "Rosa Diaz", "Sam Doyle",
)  # fmt: skip


@dataclass(frozen=True)
class Player:
    """Someone of the cast, as the cast's file says."""

    name: str
    job_title: str = ""
    agency: str = ""
    setting: str = ""
    role: str = ""
    desks: tuple[str, ...] = ()
    plays: tuple[str, ...] = ()
    story: str = ""

    @property
    def username(self) -> str:
        """The name they sign in with: `priya.nair`."""
        return self.name.lower().replace(" ", ".").replace("'", "")


@dataclass
class Cast:
    """Everyone of an area, and the parts they play."""

    profile: Profile
    actors: dict[str, Actor] = field(default_factory=dict)
    parts: dict[str, Actor] = field(default_factory=dict)
    families: Sequence[Player] = ()

    def plays(self, family: str, part: str) -> Actor:
        """Who plays a part in a family's story. Raises `LookupError` when nobody can."""
        found = self.parts.get(f"{family}.{part}") or self.parts.get(part)
        if found is not None:
            return found
        for kind in _PARTS.get(part, ()):
            for one in self.actors.values():
                if (one.agency and one.agency.kind == kind) and self._is_free(one):
                    return one
        role = _ROLES.get(part, RoleKind.PRACTITIONER)
        for one in self.actors.values():
            if one.kind == role:
                return one
        raise LookupError(f"Nobody of {self.profile.name} can play {family}.{part}.")

    def _is_free(self, one: Actor) -> bool:
        return one.kind == RoleKind.PRACTITIONER and one is not self.parts.get("outsider")


def gather(profile: Profile, *, on: date, at: datetime) -> Cast:
    """Make the members of an area's cast, and say who plays what."""
    workers, families = _listed(profile)
    cast = Cast(profile, families=families)
    panels = [panel.key for panel in profile.panels]
    for player in workers:
        desks = [key for desk in player.desks for key in (panels if desk == "panels" else [desk])]
        member = join(
            username=player.username,
            name=player.name,
            role_key=player.role,
            profile=profile,
            password=None,
            on=on,
            at=at,
            agency_key=player.agency,
            setting_key=player.setting,
            job_title=player.job_title,
            email=f"{player.username}@example.org",
            desk_keys=desks,
            story=player.story,
        )
        actor = actor_for(member, on)
        if actor is not None:
            cast.actors[player.username] = actor
            cast.parts |= dict.fromkeys(player.plays, actor)
    return cast


def join_family(cast: Cast, player: Player, *, on: date, at: datetime) -> Member:
    """Make the sign-in of someone of a family; returns the member."""
    role = next(r for r in cast.profile.roles if r.kind == RoleKind.FAMILY_MEMBER)
    return join(
        username=player.username,
        name=player.name,
        role_key=role.key,
        profile=cast.profile,
        password=None,
        on=on,
        at=at,
        email=f"{player.username}@example.org",
        story=player.story,
    )


def give_everyone_the_password() -> None:
    """Let everyone sign in by the practice password, hashed once for all: hashing is slow on
    purpose, and this one is printed on the practice page."""
    Member.objects.all().update(password=make_password(PASSWORD))


def _listed(profile: Profile) -> tuple[list[Player], list[Player]]:
    """The cast's file of a shipped area; for any other, a cast made from its roles and agencies."""
    listed = read("cast", f"{profile.key}.yaml")
    if not listed:
        return list(_made_up(profile)), [
            Player("Daniel Reid", plays=("armstrong_reid.Daniel",), story=_DANIEL),
            Player("Jayden Cole", plays=("jayden_cole.Jayden",), story=_JAYDEN),
        ]
    return (
        [_player(one) for one in listed["workers"]],
        [_player(one) for one in listed.get("families", [])],
    )


_DANIEL = "Father of Sophie and Leo. Sees what is his to see, and nothing of where they live."
_JAYDEN = "Fourteen, and wants to know what is being said about him."


def _player(one: Mapping[str, Any]) -> Player:
    lists = {name: tuple(one.get(name, ())) for name in ("desks", "plays")}
    return Player(**{**one, **lists})


def _made_up(profile: Profile) -> Iterator[Player]:
    """A cast for an area without one: someone in each kind of role, and of each agency."""
    names = iter([*_NAMES, *(f"Robin Field {n}" for n in range(2, 200))])
    home = next((a for a in profile.agencies if a.kind == AgencyKind.COUNCIL), profile.agencies[0])
    desks = {"door": (FRONT_DOOR,), "manager": (FRONT_DOOR,), "chair": ("panels",)}
    for part, kind in _ROLES.items():
        role = next((role for role in profile.roles if role.kind == kind), None)
        if role is not None:
            yield _someone(next(names), home, role, (part,), desks.get(part, ()))
    practitioner = next((r for r in profile.roles if r.kind == RoleKind.PRACTITIONER), None)
    if practitioner is None:
        return
    for agency in profile.agencies:
        yield _someone(next(names), agency, practitioner, (), ())
    yield _someone(next(names), home, practitioner, ("outsider",), ())


def _someone(
    name: str, agency: Agency, role: Role, plays: tuple[str, ...], desks: tuple[str, ...]
) -> Player:
    outside = "outsider" in plays
    return Player(
        name=name,
        job_title=role.name,
        agency=agency.key,
        setting=agency.settings[0].key if agency.settings else "",
        role=role.key,
        desks=desks,
        plays=plays,
        story="Has nothing to do with any of the families, and finds none of them."
        if outside
        else f"{role.name} of {agency.name}.",
    )
