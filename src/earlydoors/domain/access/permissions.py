"""May they?"""

from earlydoors.domain.access.queries import sees_everything
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Family
from earlydoors.foundation.kernel.refusals import NotAllowed, check


@check
def work_with(actor: Actor, family: Family, right: Right) -> None:
    """The role carries the right, and the family's whole record is open to the actor."""
    actor.must(right)
    if not sees_everything(actor, family.pk):
        raise NotAllowed(
            "You can see that this family has help, but not work on its record. "
            "Ask the person who leads for the family to add you to the team."
        )
