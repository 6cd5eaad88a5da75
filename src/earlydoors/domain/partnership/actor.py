"""Whoever acts: a member, in the role they hold now."""

from dataclasses import dataclass, replace
from typing import Self
from uuid import UUID

from earlydoors.domain.partnership.models import Agency, Member, Membership
from earlydoors.domain.partnership.rights import FROM_OFFICE, RIGHTS, Right
from earlydoors.foundation.kernel.refusals import NotAllowed
from earlydoors.foundation.profile.schema import RoleKind


@dataclass(frozen=True)
class Actor:
    """A member acting in one role; handed to every operation and every scoped query."""

    member: Member
    membership: Membership
    desk_ids: frozenset[UUID]
    withheld: frozenset[Right] = frozenset()
    beside: int = 0
    """How many other roles the member holds, none of which adds anything to this one."""
    afar: bool = False
    """Whether they come from outside the networks that the installation names as its own."""

    @property
    def agency(self) -> Agency | None:
        """The agency acted for; none for a member of a family."""
        return self.membership.agency

    @property
    def kind(self) -> RoleKind:
        """What sort of role it is."""
        return RoleKind(self.membership.kind)

    @property
    def is_family(self) -> bool:
        """Whether this is a member of a family, not a worker."""
        return self.kind == RoleKind.FAMILY_MEMBER

    @property
    def name(self) -> str:
        """The member's name."""
        return self.member.name

    def may(self, right: Right) -> bool:
        """Whether the role carries the right, here, and it is not withheld."""
        carried = right in RIGHTS[self.kind] and right not in self.withheld
        return carried and not (self.afar and right in FROM_OFFICE)

    @property
    def out_of_reach(self) -> frozenset[Right]:
        """What the role carries and can be done from the partnership's own networks alone."""
        return RIGHTS[self.kind] & FROM_OFFICE if self.afar else frozenset()

    def without(self, rights: frozenset[Right]) -> Self:
        """The same member in the same role with these rights withheld: for a page on which they
        could not be used."""
        return replace(self, withheld=self.withheld | rights)

    def must(self, right: Right, otherwise: NotAllowed | None = None) -> None:
        """Raises `NotAllowed` with a sentence when the role does not carry the right, or not from
        here; `otherwise` has another sentence for the first."""
        if right in self.out_of_reach:
            raise NotAllowed(
                f"From here you cannot {right}."
                " That works from your partnership’s own network alone."
            )
        if not self.may(right):
            role = self.membership.role_name
            raise otherwise or NotAllowed(f"Your role, {role}, cannot {right}.")

    @property
    def audit_id(self) -> str:
        """How evidence names the member."""
        return str(self.member.pk)

    @property
    def audit_name(self) -> str:
        """The name as it was."""
        return self.member.name

    @property
    def audit_agency(self) -> str:
        """The agency as it was named."""
        return self.agency.name if self.agency else ""

    @property
    def audit_role(self) -> str:
        """The role as it was named."""
        return self.membership.role_name
