"""Whoever acts: a member, in the role they hold now."""

from dataclasses import dataclass, replace
from typing import Self
from uuid import UUID

from earlydoors.domain.partnership.models import Agency, Member, Membership
from earlydoors.domain.partnership.rights import RIGHTS, Right
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
        """Whether the role carries the right, and it is not withheld."""
        return right in RIGHTS[self.kind] and right not in self.withheld

    def without(self, rights: frozenset[Right]) -> Self:
        """The same member in the same role with these rights withheld: for a page on which they
        could not be used."""
        return replace(self, withheld=self.withheld | rights)

    def must(self, right: Right) -> None:
        """Raises `NotAllowed` with a sentence when the role does not carry the right."""
        if not self.may(right):
            raise NotAllowed(f"Your role, {self.membership.role_name}, cannot {right}.")

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
