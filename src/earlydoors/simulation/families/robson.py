"""The Robson twins: the full picture first, and a panel that needs the school in the room."""

from earlydoors.domain.panels import operations as panels
from earlydoors.domain.panels.models import Item, PanelMeeting
from earlydoors.foundation.forms.schema import Purpose
from earlydoors.foundation.profile.schema import ClosingKind, Decision, LevelKind
from earlydoors.simulation import acts, ending, helping
from earlydoors.simulation.acts import Someone
from earlydoors.simulation.belonging import Near, Tie, relate_people
from earlydoors.simulation.clockwork import Stage
from earlydoors.simulation.families import Steps, walk

NAME = "robson"
_HOME = ("4 Dolphin Quay, Blyth", "NE24 0ZZ")
PEOPLE = (
    Someone("Amy", "Robson", "child", (9, 4, 22), sex="female", goes_to="asks", home=_HOME),
    Someone("Ava", "Robson", "child", (9, 4, 22), sex="female", goes_to="asks", home=_HOME),
    Someone(
        "Steph", "Robson", "mother", (36, 10, 8), sex="female", responsible=True, home=_HOME,
        phone="07700 900805", communication="Offshore three weeks at a time; a message is best.",
    ),
    Someone("Mark", "Robson", "father", (38, 6, 30), sex="male", responsible=True, home=_HOME),
    Someone(
        "Margaret", "Robson", "grandparent", (74, 1, 12), sex="female", responsible=False,
        home=_HOME, communication="Early dementia. One thing at a time, with Steph beside her.",
    ),
)  # fmt: skip
TIES = (
    Tie("Steph", "mother", ("Amy", "Ava")),
    Tie("Mark", "father", ("Amy", "Ava"), basis="married"),
    Tie("Steph", "partner", ("Mark",), state="married", years=12),
    Tie("Margaret", "mother", ("Mark",)),
    Tie("Margaret", "kinship_carer", ("Amy", "Ava"), says="While Steph and Mark are at sea"),
)
NEAR = (Near("Mrs Armitage", "neighbour", brings="Next door; knows Margaret well"),)
_ASKED = ("health", "police", "adults", "youth")


def conversation(stage: Stage) -> None:
    """Day 0: the school asks for advice."""
    acts.converse(stage, day=0, by="asks")


def request(stage: Stage) -> None:
    """Day 0: the request goes to the front door."""
    acts.ask_support(stage, day=0, by="asks", cast=PEOPLE, clock="13:15")


def decision(stage: Stage) -> None:
    """Day 1: to the panel, where the area has one; else straight to an assessment together."""
    to_panel = acts.offers(stage, Decision.PANEL)
    acts.decide(
        stage,
        day=1,
        decision=Decision.PANEL if to_panel else Decision.COORDINATED,
        lead="" if to_panel else "asks",
        descriptors=("partnership", "services", "hub", "absence", "attendance", "carer"),
    )
    acts.know_people(stage, day=1, by="asks", cast=PEOPLE)
    relate_people(stage, day=1, by="asks", ties=TIES, near=NEAR, told="Steph")


def _item(stage: Stage) -> Item | None:
    return (
        Item.objects.filter(episode=stage.help)
        .select_related("panel", "meeting", "request__agency", "episode__family")
        .order_by("created_at")
        .last()
    )


def sitting(stage: Stage) -> None:
    """Day 3: the sitting is planned, and four agencies are asked what they know."""
    item = _item(stage)
    if item is None:
        return
    chair = stage.who("chair")
    at = stage.at(3, "09:30")
    if item.meeting is None:
        panels.plan_sitting(panel=item.panel, on=stage.on(13), by=chair, at=at)
    agencies = {stage.who(part).agency for part in _ASKED}
    panels.gather(
        item=item,
        agencies=sorted((a for a in agencies if a), key=lambda a: a.name),
        by=chair,
        at=stage.at(3, "10:00"),
    )


def picture(stage: Stage) -> None:
    """Days 6 to 9: each agency says what it knows, beforehand."""
    item = _item(stage)
    if item is None:
        return
    told: set[object] = set()
    for day, part in zip((6, 7, 8, 9), _ASKED, strict=True):
        who = stage.who(part)
        if who.agency is None or who.agency.pk in told:
            continue
        told.add(who.agency.pk)
        panels.bring(
            item=item,
            agency=who.agency,
            says=stage.line(f"gathered_{part}"),
            by=who,
            at=stage.at(day, "14:30"),
        )


def _hold(stage: Stage, meeting: PanelMeeting, day: int, *, school_came: bool) -> None:
    school = stage.who("asks").agency
    came, who = {}, {}
    names = {actor.agency: actor.name for actor in stage.cast.actors.values() if actor.agency}
    for seat in meeting.attendance.select_related("agency"):
        there = school_came if seat.agency == school else seat.agency in names
        came[seat.pk] = there
        who[seat.pk] = names.get(seat.agency, "") if there else ""
    panels.hold(
        meeting=meeting, came=came, who=who, by=stage.who("chair"), at=stage.at(day, "12:00")
    )


def deferred(stage: Stage) -> None:
    """Day 13: the panel sits, the school is not there, and the talk is put off."""
    item = _item(stage)
    if item is None or item.meeting is None:
        return
    _hold(stage, item.meeting, 13, school_came=False)
    panels.defer(
        item=item,
        why=stage.line("deferred_why"),
        by=stage.who("chair"),
        at=stage.at(13, "12:30"),
    )
    panels.plan_sitting(
        panel=item.panel, on=stage.on(27), by=stage.who("chair"), at=stage.at(14, "09:00")
    )


def decided(stage: Stage) -> None:
    """Day 27: the school is there; it leads, and adult services see the grandmother."""
    item = _item(stage)
    if item is None or item.meeting is None:
        return
    _hold(stage, item.meeting, 27, school_came=True)
    tasks = [
        (agency, stage.line(f"task_{line}"), stage.on(day))
        for line, part, day in (
            ("adults", "adults", 48),
            ("school", "asks", 34),
            ("health", "health", 41),
        )
        if (agency := stage.who(part).agency)
    ]
    panels.decide(
        item=item,
        decision=Decision.COORDINATED,
        level=acts.level_for(stage, Decision.COORDINATED),
        rationale=stage.line("panel_rationale"),
        tasks=tasks,
        worker=stage.who("asks").member,
        by=stage.who("chair"),
        at=stage.at(27, "12:40"),
    )


def consent(stage: Stage) -> None:
    """Day 29: Steph says yes, home from the rig."""
    helping.agree(
        stage,
        day=29,
        by="asks",
        person="Steph",
        with_whom=("health", "adults", "adviser"),
        not_with=(("", "Steph’s and Mark’s employers"),),
        heard={"Mark": ("agreed", "")},
    )


def _oldest_version(stage: Stage) -> int:
    return min(f.version for f in stage.profile.forms if f.purpose == Purpose.ASSESSMENT)


def assessing(stage: Stage) -> None:
    """Day 34: the assessment begins, on the form that is in use then."""
    helping.begin_assessment(stage, day=34, by="asks", only=3, version=_oldest_version(stage))


def assessment(stage: Stage) -> None:
    """Day 44: finished; Margaret's own view stands in it."""
    helping.finish_assessment(stage, day=44, by="asks", scores=stage.lines("first_scores"))
    for person, agrees, how in (
        ("Steph", "yes", "By video call"),
        ("Margaret", "partly", "In person, with Steph beside her"),
    ):
        helping.hear(
            stage,
            day=44,
            by="asks",
            person=person,
            agrees=agrees,
            line=f"{person.lower()}_says",
            how=how,
        )


def first_meeting(stage: Stage) -> None:
    """Day 50: the team meets; the school leads, gathers and coordinates."""
    helping.build_team(
        stage,
        day=45,
        by="asks",
        workers=(
            ("asks", "Leads: gathers and coordinates"),
            ("health", "School nursing"),
            ("adults", "Margaret’s own assessment"),
        ),
        family=("Steph", "Mark", "Margaret"),
    )
    meeting = helping.call_meeting(stage, day=45, on=50, by="asks", not_invited=("Mark",))
    helping.hold_meeting(stage, meeting=meeting, day=50, by="asks", lead="asks")


def plan(stage: Stage) -> None:
    """Day 51: at the gate on time, with Gran."""
    helping.write_plan(stage, day=51, by="asks")
    helping.agree_plan(stage, day=52, by="asks", with_whom="Steph, Mark, Amy and Ava")


def review(stage: Stage) -> None:
    """Day 93: on time on 27 mornings of 30."""
    helping.live(stage, until=92, by="asks")
    ending.review(stage, day=93, by="asks", form="review_1", scores="review_1_scores", next_on=135)


def new_form(stage: Stage) -> None:
    """Day 96: the area's form has changed; the earlier answers come along where they fit."""
    helping.begin_assessment(stage, day=96, by="asks")
    helping.finish_assessment(stage, day=99, by="asks")


def closing(stage: Stage) -> None:
    """Day 170: on time, and Margaret has help of her own."""
    ending.close(
        stage,
        day=170,
        by="asks",
        kinds=(ClosingKind.NEEDS_MET,),
        level=(LevelKind.UNIVERSAL,),
    )


STEPS: Steps = (
    ("conversation", conversation),
    ("request", request),
    ("decision", decision),
    ("sitting", sitting),
    ("picture", picture),
    ("deferred", deferred),
    ("decided", decided),
    ("consent", consent),
    ("assessing", assessing),
    ("assessment", assessment),
    ("first_meeting", first_meeting),
    ("plan", plan),
    ("review", review),
    ("new_form", new_form),
    ("closing", closing),
)


def until(stage: Stage, step: str) -> Stage:
    """Walk the story to a step."""
    return walk(stage, STEPS, step)
