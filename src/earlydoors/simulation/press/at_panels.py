"""The steps in which a panel talks about a family: asked on to it, discussed, decided or put off.

A panel sits on a Wednesday, which is day 7 here: a family waits on day 6 for as many weeks as there
are until then (`Drawn.waits`). The sittings are the panel's own and no family's; see `sittings`.
"""

from collections.abc import Mapping
from typing import Final

from earlydoors.domain.panels import operations as panels
from earlydoors.domain.panels.models import Item
from earlydoors.domain.panels.queries import tasks_of
from earlydoors.domain.panels.rules import levels_for
from earlydoors.domain.partnership.models import Agency
from earlydoors.foundation.profile.schema import Decision
from earlydoors.simulation import acts
from earlydoors.simulation.press.insets import WHO_IS_WHO
from earlydoors.simulation.press.told import Told, know, tell_beside

ASKED_ON, SITS, SITS_AGAIN = 6, 7, 14  # days of the story
HELD = "12:00"  # when a chair writes down who came
_DECIDED = "12:20"
PUT_OFF: Final = "panel_put_off"
# Paths that lead before a panel, and the path that is likest without one.
WITHOUT_PANEL: Final[Mapping[str, str]] = {
    "panel_met": "met",
    "panel_refused": "refused",
    "panel_up_and_down": "up_and_down",
    "panel_one_agency": "one_agency",
    PUT_OFF: "one_agency",
}


def to_panel(stage: Told) -> None:
    """Day 6: the panel is to talk about it, and the chair asks two agencies what they know."""
    acts.decide(
        stage, day=ASKED_ON, decision=Decision.PANEL, says="_panel", panel=stage.script.desk()
    )
    panels.gather(
        item=_item(stage),
        agencies=[_agency(stage, "asks"), _agency(stage, "health")],
        by=stage.who("chair"),
        at=stage.at(ASKED_ON, "15:10"),
    )
    _bring(stage, day=ASKED_ON, clock="15:50", part="asks")
    know(stage, day=ASKED_ON, by="door")


def decided_together(stage: Told) -> None:
    """Day 7: an assessment is offered."""
    _bring(stage, day=SITS, clock="09:20", part="health")
    _hold(stage, day=SITS)
    _decide(stage, day=SITS, decision=Decision.COORDINATED)


def decided_one_agency(stage: Told) -> None:
    """Day 7: one agency helps."""
    _bring(stage, day=SITS, clock="09:20", part="health")
    _hold(stage, day=SITS)
    _decide(stage, day=SITS, decision=Decision.SINGLE_AGENCY)
    tell_beside(stage, WHO_IS_WHO, day=8)


def put_off(stage: Told) -> None:
    """Day 7: whoever asked is not there, so the talk is put off."""
    _bring(stage, day=SITS, clock="09:20", part="health")
    _hold(stage, day=SITS, asker_came=False)
    panels.defer(
        item=_item(stage),
        why=stage.line("put_off_why"),
        by=stage.who("chair"),
        at=stage.at(SITS, _DECIDED),
    )


def decided_after_all(stage: Told) -> None:
    """Day 14: at the next sitting they are; one agency helps, and all comes a week later."""
    _hold(stage, day=SITS_AGAIN)
    _decide(stage, day=SITS_AGAIN, decision=Decision.SINGLE_AGENCY)
    stage.later = SITS_AGAIN - SITS
    tell_beside(stage, WHO_IS_WHO, day=8)


def tasks_done(stage: Told) -> None:
    """Day 27: the agencies have done what they said they would."""
    for task, part in zip(tasks_of(_item(stage)), ("asks", "health"), strict=True):
        panels.finish_task(
            task=task, done_on=stage.on(27), by=stage.who(part), at=stage.at(27, "15:20")
        )


def _item(stage: Told) -> Item:
    """The family's place on the panel's list."""
    return Item.objects.select_related(
        "panel", "meeting", "request__agency", "episode__family"
    ).get(episode=stage.help)


def _agency(stage: Told, part: str) -> Agency:
    """The agency of whoever plays a part. Raises `LookupError` for someone of none."""
    agency = stage.who(part).agency
    if agency is None:
        raise LookupError(f"Whoever plays {part} is of no agency.")
    return agency


def _bring(stage: Told, *, day: int, clock: str, part: str) -> None:
    panels.bring(
        item=_item(stage),
        agency=_agency(stage, part),
        says=stage.line(f"brought_{part}"),
        by=stage.who(part),
        at=stage.at(day, clock),
    )


def _hold(stage: Told, *, day: int, asker_came: bool = True) -> None:
    """The sitting is held, as far as this family's story needs it."""
    meeting = _item(stage).meeting
    if meeting is None:
        raise LookupError("The family is on no sitting's list.")
    asker = _agency(stage, "asks")
    panels.hold(
        meeting=meeting,
        came={one.pk: asker_came or one.agency_id != asker.pk for one in meeting.attendance.all()},
        who={},
        by=stage.who("chair"),
        at=stage.at(day, HELD),
    )


def _decide(stage: Told, *, day: int, decision: Decision) -> None:
    lead, level = stage.who("lead"), stage.help.level
    if level not in levels_for(stage.profile, decision):
        level = acts.level_for(stage, decision)
    panels.decide(
        item=_item(stage),
        decision=decision,
        level=level,
        rationale=stage.line(f"panel_why_{decision}"),
        tasks=[
            (_agency(stage, "asks"), stage.line("panel_task_asks"), stage.on(28)),
            (_agency(stage, "health"), stage.line("panel_task_health"), stage.on(35)),
        ],
        agency=lead.agency if decision == Decision.SINGLE_AGENCY else None,
        worker=lead.member,
        by=stage.who("chair"),
        at=stage.at(day, _DECIDED),
    )
