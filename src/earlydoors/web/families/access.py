"""Who can see a family, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from earlydoors.domain.access.models import WIDER, Grant
from earlydoors.domain.frontdoor.models import Enquiry
from earlydoors.domain.partnership.actor import Actor
from earlydoors.foundation.kernel.dates import clock, day, local_day
from earlydoors.web.families.pages import held_by, job_of
from earlydoors.web.families.scope import Frame


@dataclass(frozen=True)
class Reason:
    """One reason for which someone can see the family."""

    why: str
    since: str


@dataclass(frozen=True)
class Viewer:
    """Someone who can see the family, or a desk of people."""

    name: str
    detail: str
    sees: str
    reasons: tuple[Reason, ...]
    you: bool


@dataclass(frozen=True)
class Access:
    """The page."""

    frame: Frame
    full: tuple[Viewer, ...]
    summary: tuple[Viewer, ...]
    knows: tuple[Viewer, ...]
    told: tuple[str, ...]


def page(frame: Frame, grants: Sequence[Grant], told: Sequence[Enquiry], actor: Actor) -> Access:
    """Build the page: one line for each person or desk, with every reason; and who asked whether
    they are known, and was told that somebody is involved."""
    by_holder: dict[object, list[Grant]] = {}
    for grant in grants:
        by_holder.setdefault(grant.member_id or grant.desk_id, []).append(grant)
    viewers = [(_extent(held), _viewer(held, actor)) for held in by_holder.values()]
    return Access(
        frame=frame,
        full=tuple(viewer for extent, viewer in viewers if extent == "full"),
        summary=tuple(viewer for extent, viewer in viewers if extent == "summary"),
        knows=tuple(viewer for extent, viewer in viewers if extent == "knows"),
        told=tuple(
            f"{one.created_by.name}, {day(local_day(one.created_at))} at {clock(one.created_at)}"
            for one in told
        ),
    )


def _extent(held: Sequence[Grant]) -> str:
    return max((one.extent for one in held), key=WIDER.index)


def _viewer(held: Sequence[Grant], actor: Actor) -> Viewer:
    first = held[0]
    if first.member is not None:
        role = held_by(first.member)
        name, detail = first.member.name, job_of(first.member, role)
    else:
        name, detail = str(first.desk), "Everyone who works at this desk"
    return Viewer(
        name=name,
        detail=detail,
        sees=_extent(held),
        reasons=tuple(Reason(_why(one), _when(one)) for one in held),
        you=first.member_id == actor.member.pk or first.desk_id in actor.desk_ids,
    )


def _when(grant: Grant) -> str:
    since = f"since {day(local_day(grant.began_at))}"
    if grant.until is None:
        return since
    return f"{since}, until {day(local_day(grant.until))} at {clock(grant.until)}"


def _why(grant: Grant) -> str:
    says = grant.get_because_display()
    return says[:1].upper() + says[1:]
