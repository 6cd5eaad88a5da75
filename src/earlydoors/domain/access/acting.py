"""The database is told who acts, so that its own wall opens what is theirs and nothing else."""

from contextlib import AbstractContextManager

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.foundation.wall import acting


def acting_as(actor: Actor, *, briefly: bool = False) -> AbstractContextManager[None]:
    """Until the end of the block, the tables are open to this actor as to their role and desks.

    Briefly: for as long as a page takes; see `foundation.wall.acting`.
    """
    place = actor.membership.setting_id
    return acting.acting_as(
        {
            acting.MEMBER: str(actor.member.pk),
            acting.DESKS: ",".join(str(desk) for desk in sorted(actor.desk_ids, key=str)),
            acting.AGENCY: str(actor.membership.agency_id or ""),
            acting.SETTING: str(place or ""),
            acting.RIGHTS: ",".join(right.name.lower() for right in Right if actor.may(right)),
        },
        briefly=briefly,
    )
