"""The acts of looking back: reviews, stepping down, closing, and the check after it."""

from collections.abc import Sequence
from typing import Any

from earlydoors.domain.episodes import operations as episodes
from earlydoors.domain.plan import reviews
from earlydoors.domain.plan.reviews import Seen
from earlydoors.foundation.forms.schema import Purpose
from earlydoors.foundation.profile.schema import ClosingKind, LevelKind
from earlydoors.simulation.acts import level_of_kind
from earlydoors.simulation.answers import readings
from earlydoors.simulation.clockwork import Stage
from earlydoors.simulation.helping import scored


def review(
    stage: Stage,
    *,
    day: int,
    by: str,
    form: str,
    scores: str,
    decision: str = "carry_on",
    next_on: int | None = None,
) -> None:
    """A review: each outcome as family and workers see it, and the distance travelled."""
    if stage.plan is None:
        raise LookupError("There is no plan to review.")
    stage.plan.refresh_from_db()
    at = stage.at(day, "16:15")
    told = {line["words"]: line for line in stage.lines(f"{form}_seen")}
    seen = [
        Seen(outcome, **_view(stage, told.get(outcome.words, {})))
        for outcome in stage.plan.outcomes.exclude(state="dropped").order_by("created_at", "id")
    ]
    reviews.hold(
        plan=stage.plan,
        held_on=at.date(),
        readings=readings(
            Purpose.REVIEW, stage.texts(form), today=at.date(), family=stage.household
        ),
        seen=seen,
        scores=scored(stage, stage.lines(scores)),
        new_needs=[],
        decision=decision,
        why=stage.line(f"{form}_why"),
        next_review_on=stage.on(next_on) if next_on else None,
        by=stage.who(by),
        at=at,
    )


def _view(stage: Stage, line: dict[str, Any]) -> dict[str, str]:
    return {
        "worker_view": line.get("worker", "some"),
        "family_view": line.get("family", "some"),
        "words": stage.say(line.get("says", "")),
    }


def close(
    stage: Stage,
    *,
    day: int,
    by: str,
    kinds: Sequence[ClosingKind],
    prefer: Sequence[str] = (),
    level: Sequence[LevelKind] = (LevelKind.UNIVERSAL,),
) -> None:
    """Early help ends with a reason, and the family knows whom to turn to."""
    at = stage.at(day, "16:30")
    fitting = [r.key for kind in kinds for r in stage.profile.closing_reasons if r.kind == kind]
    fitting = fitting or [stage.profile.closing_reasons[0].key]
    reason = next((key for key in prefer if key in fitting), fitting[0])
    reviews.close(
        episode=stage.help,
        reason=reason,
        level=level_of_kind(stage, *level),
        handover=stage.line("handover"),
        readings=readings(
            Purpose.CLOSING, stage.texts("closing"), today=at.date(), family=stage.household
        ),
        by=stage.who(by),
        at=at,
    )


def look_back(stage: Stage, *, day: int, by: str, sustained: str = "yes") -> None:
    """The check after closing."""
    reviews.look_back(
        closing=stage.help.closing,
        sustained=sustained,
        words=stage.line("looked_back"),
        by=stage.who(by),
        at=stage.at(day, "10:30"),
    )


def to_one_agency(stage: Stage, *, day: int, part: str, line: str) -> None:
    """Step down to one agency: it helps on, at the area's level for that if it has one."""
    who, at = stage.who(part), stage.at(day, "16:50")
    if who.agency is None:
        raise LookupError(f"{who.name} acts for no agency.")
    why = stage.line(line)
    episodes.give_to_agency(
        episode=stage.help, agency=who.agency, member=who.member, why=why, by=who, at=at
    )
    level = level_of_kind(stage, LevelKind.SINGLE_AGENCY, LevelKind.UNIVERSAL)
    episodes.change_level(episode=stage.help, level=level, why=why, by=who, at=at)
