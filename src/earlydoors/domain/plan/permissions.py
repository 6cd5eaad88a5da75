"""May a member of the family?"""

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.queries import person_of
from earlydoors.domain.plan.models import Action
from earlydoors.foundation.kernel.refusals import NotAllowed, check


@check
def does(actor: Actor, action: Action) -> None:
    """The actor is the member of the family who said they would do this."""
    person = person_of(actor.member.pk) if actor.is_family else None
    if person is None or action.person_id != person.pk:
        raise NotAllowed("Only the one who said they would do this can say that it is done.")
