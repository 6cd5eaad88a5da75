"""What the pages about records opened in an emergency are given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from earlydoors.domain.access.permissions import work_with
from earlydoors.domain.frontdoor.models import EmergencyOpening
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.foundation.kernel.dates import day, moment
from earlydoors.foundation.kernel.refusals import NotAllowed
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.parts import Line, Row

_TONES = {"waiting": "due", "to_tell": "note", "told": "done", "not_safe": "quiet"}


@dataclass(frozen=True)
class Openings:
    """Those that wait to be looked at, and those of before."""

    waiting: Sequence[Line]
    before: Sequence[Line]


@dataclass(frozen=True)
class Inside:
    """Where whoever opened it can go while it is open: in, onto the team, or out again."""

    family: str
    join: str
    close: str


@dataclass(frozen=True)
class Opening:
    """One opening, with what is known of it in rows."""

    title: str
    stands: str
    tone: str
    why: str
    who: str
    finding: str
    finder: str
    rows: Sequence[Row]
    inside: Inside | None


def openings(found: Iterable[EmergencyOpening], at: datetime) -> Openings:
    """Build the list."""
    lines = [(one.state == "waiting", _line(one, at)) for one in found]
    return Openings(
        [line for waits, line in lines if waits], [line for waits, line in lines if not waits]
    )


def _line(one: EmergencyOpening, at: datetime) -> Line:
    return Line(
        href=reverse("emergencies:one", args=[one.pk]),
        sentence=f"{_who(one)} opened the record of the {one.family}",
        detail=f"{moment(one.created_at)}; {_open_until(one, at)}",
        stands=one.get_state_display(),
        tone=_TONES[one.state],
    )


def _who(one: EmergencyOpening) -> str:
    return f"{one.created_by.name}, {one.agency.name}" if one.agency else one.created_by.name


def _ends(one: EmergencyOpening) -> datetime:
    """When the door closes or closed: by itself, unless somebody closed it before."""
    ends = [moment for moment in (one.grant.until, one.grant.ended_at) if moment]
    return min(ends)


def is_open(one: EmergencyOpening, at: datetime) -> bool:
    """Whether the record is still open by it."""
    return _ends(one) > at


def _open_until(one: EmergencyOpening, at: datetime) -> str:
    return f"{'open' if is_open(one, at) else 'it was open'} until {moment(_ends(one))}"


def may_tell(one: EmergencyOpening, actor: Actor) -> bool:
    """Whether it is the actor's to tell the family, who work with them."""
    try:
        work_with(actor, one.family, Right.MEET)
    except NotAllowed:
        return False
    return True


def opening(one: EmergencyOpening, actor: Actor, at: datetime) -> Opening:
    """Build the page of one. Whoever watches learns whose record it was and nothing more of it."""
    mine = one.created_by_id == actor.member.pk
    rows = [
        Row("Whose record", f"The {one.family}"),
        Row("Opened by", _who(one)),
        Row("When", moment(one.created_at)),
        Row("For how long", _open_until(one, at)[:1].upper() + _open_until(one, at)[1:]),
    ]
    if one.verdict:
        rows.append(Row("Was it right?", one.get_verdict_display()))
    if one.not_safe_why and actor.may(Right.WATCH):
        rows.append(Row("Why the family is not told", one.not_safe_why))
    if one.told_on and one.told_by:
        rows.append(Row("The family was told", f"{day(one.told_on)}, by {one.told_by.name}"))
    stands = one.get_state_display()
    finder = ""
    if one.reviewed_by and one.reviewed_at:
        finder = f"{one.reviewed_by.name}, {moment(one.reviewed_at)}"
    return Opening(
        title="You opened a record in an emergency" if mine else "Opened in an emergency",
        stands=stands[:1].upper() + stands[1:],
        tone=_TONES[one.state],
        why=one.why,
        who=f"{'You' if mine else one.created_by.name}, {moment(one.created_at)}",
        finding=one.finding,
        finder=finder,
        rows=rows,
        inside=_inside(one) if mine and is_open(one, at) else None,
    )


def _inside(one: EmergencyOpening) -> Inside:
    return Inside(
        family=reverse("families:family", args=[one.family_id]),
        join=reverse("known:join", args=[one.family_id]),
        close=reverse("emergencies:close", args=[one.pk]),
    )
