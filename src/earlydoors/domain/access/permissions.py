"""May they?"""

from earlydoors.domain.access.models import EMERGENCY
from earlydoors.domain.access.queries import grants_of
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import NOT_IN_EMERGENCY, Right
from earlydoors.domain.people.models import Family
from earlydoors.foundation.kernel.refusals import NotAllowed, check


@check
def work_with(actor: Actor, family: Family, right: Right) -> None:
    """The role carries the right, and the family's whole record is open to the actor."""
    actor.must(right)
    held = grants_of(actor).filter(family=family, extent="full")
    reasons = set(held.values_list("because", flat=True))
    if not reasons:
        raise NotAllowed(
            "You can see that this family has help, but not work on its record. "
            "Ask the person who leads for the family to add you to the team."
        )
    if reasons == {EMERGENCY} and right in NOT_IN_EMERGENCY:
        raise NotAllowed(
            "You opened this record in an emergency, so you can read it but not write in it. "
            "To work with the family, ask to join its team."
        )
