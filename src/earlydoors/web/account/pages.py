"""What the account pages show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from earlydoors.domain.partnership.models import Membership
from earlydoors.foundation.profile.schema import RoleKind


@dataclass(frozen=True)
class SignIn:
    """The sign-in form: what was typed, where it leads, what went wrong."""

    username: str
    next: str
    fault: str = ""
    waiting_words: bool = False


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
    ("Running the installation", "They see no family.", {RoleKind.ADMINISTRATOR}),
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
