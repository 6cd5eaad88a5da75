"""May they?"""

from earlydoors.domain.access.models import EMERGENCY
from earlydoors.domain.access.queries import grants_of, shut_to
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import FamilyMember, Person
from earlydoors.foundation.kernel.refusals import NotAllowed, check


@check
def join_records(actor: Actor, *people: Person) -> None:
    """The role joins records, and every family these people are or were in is wholly open to the
    actor for more than an emergency, unless they keep the whole register."""
    actor.must(Right.JOIN)
    places = FamilyMember.objects.filter(person__in=people, left_on=None)
    if places.filter(family__in=shut_to(actor)).exists():
        raise NotAllowed("These two records cannot be joined from here.")
    if actor.may(Right.KEEP_REGISTER):
        return
    held = grants_of(actor).filter(extent="full").exclude(because=EMERGENCY)
    open_ = held.values("family")
    if FamilyMember.objects.filter(person__in=people).exclude(family__in=open_).exists():
        raise NotAllowed(
            "One of these people is in a family that is not open to you. Somebody who keeps the "
            "register can look at both."
        )
