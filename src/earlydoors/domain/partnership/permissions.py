"""Who may look after whom."""

from datetime import date

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Member
from earlydoors.domain.partnership.queries import held_on
from earlydoors.domain.partnership.rights import GIVEN_BY_AGENCY, GIVEN_BY_COUNCIL, Right
from earlydoors.foundation.kernel.refusals import NotAllowed, UnableTo, check
from earlydoors.foundation.profile.schema import AgencyKind, Profile, Role, RoleKind

NOT_THEIRS = (
    "They hold a role that you cannot give, or one in another agency. Ask whoever runs this "
    "installation."
)
NOT_ONESELF = "You cannot do this to your own account. Ask somebody else who looks after members."


def kinds_given_by(actor: Actor) -> frozenset[RoleKind]:
    """The kinds of role that an actor can give to somebody of their own agency."""
    if not actor.may(Right.LOOK_AFTER_MEMBERS) or actor.agency is None:
        return frozenset()
    is_council = actor.agency.kind == AgencyKind.COUNCIL
    return GIVEN_BY_COUNCIL if is_council else GIVEN_BY_AGENCY


def roles_given_by(actor: Actor, profile: Profile) -> list[Role]:
    """The roles of the profile that an actor can give, in its order."""
    kinds = kinds_given_by(actor)
    return [role for role in profile.roles if role.kind in kinds]


@check
def can_look_after(member: Member, by: Actor, today: date) -> None:
    """Raises `NotAllowed` or `UnableTo` unless every role the member holds is one that the actor
    could have given: what somebody may do must not grow by taking over another's account."""
    by.must(Right.LOOK_AFTER_MEMBERS)
    if member.pk == by.member.pk:
        raise UnableTo(NOT_ONESELF)
    kinds = kinds_given_by(by)
    for one in member.memberships.filter(held_on(today)):
        if by.agency is None or one.agency_id != by.agency.pk or one.kind not in kinds:
            raise NotAllowed(NOT_THEIRS)
