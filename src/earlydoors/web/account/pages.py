"""What the account pages show."""

import base64
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from earlydoors.domain.partnership.claims import Providers
from earlydoors.domain.partnership.models import Invitation, Member, Membership
from earlydoors.domain.partnership.passwords import HINT
from earlydoors.foundation.profile.schema import RoleKind
from earlydoors.web.account.entering import is_demanded
from earlydoors.web.account.factors import Own
from earlydoors.web.account.staying import Place


@dataclass(frozen=True)
class Elsewhere:
    """Somewhere people have an account already; `joined` where it is joined to the one here."""

    key: str
    name: str
    joined: bool = False


def elsewhere(known: Providers, joined: Collection[str] = ()) -> tuple[Elsewhere, ...]:
    """The providers of this installation, as buttons."""
    return tuple(Elsewhere(one.key, one.name, one.key in joined) for one in known.providers)


@dataclass(frozen=True)
class SignIn:
    """The sign-in form: what was typed, where it leads, what went wrong."""

    username: str
    next: str
    asks_second_step: bool
    providers: Sequence[Elsewhere] = ()
    fault: str = ""


@dataclass(frozen=True)
class SecondStep:
    """The second step: what this member can take it with, and what went wrong."""

    has_app: bool
    has_passkey: bool
    fault: str = ""


@dataclass(frozen=True)
class Prove:
    """Showing again that it is oneself, by the password if there is one."""

    next: str
    by_password: bool
    fault: str = ""


@dataclass(frozen=True)
class NewPassword:
    """Another password: what is wrong with the one of now, and with the new one."""

    fault_now: str = ""
    fault: str = ""
    hint: str = HINT


@dataclass(frozen=True)
class WayIn:
    """A link that works once, opened: for whom, and what went wrong at which field."""

    name: str
    agency: str
    username: str
    lost: str
    fault: str
    faulty: str
    hint: str = HINT


def way_in(invitation: Invitation, typed: str, *, fault: str, faulty: str) -> WayIn:
    """The page of a link that works once."""
    suggested = ".".join(invitation.name.lower().split())
    return WayIn(
        name=invitation.name,
        agency=str(invitation.agency or ""),
        username=invitation.member.username if invitation.member else typed or suggested,
        lost=invitation.lost,
        fault=fault,
        faulty=faulty,
    )


@dataclass(frozen=True)
class NewApp:
    """An app to set up: the secret to photograph or type, signed to come back with a code."""

    secret: str
    typed: str
    picture: str
    fault: str = ""


@dataclass(frozen=True)
class NewPasskey:
    """A passkey to make: a name to know it by."""

    name: str
    fault: str = ""


@dataclass(frozen=True)
class Codes:
    """Recovery codes just made, how many of the ones before are left, and where to go on."""

    made: Sequence[str]
    left: int
    next: str


@dataclass(frozen=True)
class Yours:
    """Everything about one's own sign-in."""

    name: str
    username: str
    has_password: bool
    factors: Own
    is_demanded: bool
    providers: Sequence[Elsewhere]
    places: Sequence[Place]


def yours(
    member: Member, providers: Sequence[Elsewhere], own: Own, places: Sequence[Place], today: date
) -> Yours:
    """The page of one's own account."""
    return Yours(
        name=member.name,
        username=member.username,
        has_password=member.has_usable_password(),
        factors=own,
        is_demanded=is_demanded(member, today),
        providers=providers,
        places=places,
    )


def as_image(svg: str) -> str:
    """A picture as an address that an image can have."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


@dataclass(frozen=True)
class Player:
    """Someone to sign in as in a practice installation, and their part in the stories."""

    id: UUID
    name: str
    does: str
    role: str
    story: str


@dataclass(frozen=True)
class Cast:
    """Everyone to sign in as, in groups: each a heading, a line about it, and its people."""

    groups: Sequence[tuple[str, str, Sequence[Player]]]


_GROUPS = (
    (
        "People who work with families",
        "They ask for advice and support, assess, plan and review.",
        {RoleKind.PRACTITIONER},
    ),
    (
        "The front door, advice and panels",
        "They answer requests, advise any agency, and bring agencies together.",
        {
            RoleKind.COORDINATOR,
            RoleKind.EARLY_HELP_OFFICER,
            RoleKind.PANEL_CHAIR,
            RoleKind.TEAM_MANAGER,
        },
    ),
    ("Families", "They see their own plan, in plain words.", {RoleKind.FAMILY_MEMBER}),
    (
        "Running the installation, watching over it, figures and studies",
        "They see no family.",
        {
            RoleKind.ADMINISTRATOR,
            RoleKind.AUDITOR,
            RoleKind.SYSTEM_ADMINISTRATOR,
            RoleKind.COMMISSIONER,
            RoleKind.ANALYST,
        },
    ),
)


def cast(memberships: Iterable[Membership]) -> Cast:
    """The cast of a practice installation, those with a part in a story first."""
    everyone = sorted(memberships, key=lambda one: (not one.story, one.member.name))
    groups = (
        (title, about, tuple(_player(one) for one in everyone if RoleKind(one.kind) in kinds))
        for title, about, kinds in _GROUPS
    )
    return Cast(tuple(group for group in groups if group[2]))


def _player(one: Membership) -> Player:
    where = str(one.setting or one.agency or "")
    does = one.member.job_title or one.role_name
    return Player(
        id=one.member.pk,
        name=one.member.name,
        does=does if not where or where in does else f"{does}, {where}",
        role=one.role_name if one.role_name.lower() not in does.lower() else "",
        story=one.story,
    )


@dataclass(frozen=True)
class Role:
    """A role to choose: its key, how it reads, and whether it is the one in use."""

    key: str
    says: str
    here: bool


@dataclass(frozen=True)
class Roles:
    """The roles that somebody holds, where they go on to, and what was wrong."""

    roles: Sequence[Role]
    next: str
    fault: str


def role_said(held: Membership) -> str:
    """A role with its agency, as the head of the page shows it."""
    return ", ".join(filter(None, (held.role_name, str(held.setting or held.agency or ""))))


def roles(held: Iterable[Membership], here: Membership, wanted: str, fault: str) -> Roles:
    """Build the page of choosing a role."""
    return Roles(
        [Role(str(one.pk), role_said(one), one.pk == here.pk) for one in held], wanted, fault
    )
