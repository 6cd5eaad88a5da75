"""When a panel sits next, and what it may answer."""

from datetime import date, timedelta

from earlydoors.foundation.profile.schema import Decision, LevelKind, Profile

ANSWERS = {
    "coordinated": Decision.COORDINATED,
    "single_agency": Decision.SINGLE_AGENCY,
}


def sits_next(last: date | None, every_days: int, today: date) -> date:
    """The day a panel's rhythm puts its next sitting on: the first that has not gone by."""
    if last is None:
        return today + timedelta(days=every_days)
    rounds = max(1, -((last - today).days // every_days))
    return last + timedelta(days=every_days * rounds)


def levels_for(profile: Profile, decision: str) -> tuple[str, ...]:
    """The keys of the levels that an answer serves, in the area's order: those its routes name,
    else every level short of the statutory ones."""
    wanted = ANSWERS[decision]
    served = {key for one in profile.routes if one.decision == wanted for key in one.levels}
    return tuple(
        level.key
        for level in profile.levels
        if (level.key in served if served else level.kind != LevelKind.STATUTORY)
    )
