"""The Shah-Whitlock household: a refusal that is not a bar, and the family's own plan."""

from datetime import time

from earlydoors.domain.episodes import team
from earlydoors.domain.people.operations import correct, take_in
from earlydoors.foundation.profile.schema import ClosingKind, Decision, LevelKind
from earlydoors.simulation import acts, ending, helping
from earlydoors.simulation.acts import Someone
from earlydoors.simulation.belonging import Near, Tie, relate_people
from earlydoors.simulation.clockwork import Stage
from earlydoors.simulation.families import Steps, walk

NAME = "shah_whitlock"
_HOME = ("Ground floor, 22 Bicester Road, Aylesbury", "HP19 0ZZ")
PEOPLE = (
    Someone(
        "Zara", "Shah", "child", (15, 11, 28), sex="female", goes_to="school", home=_HOME,
        communication="Talks most easily while doing something else, such as a sum.",
    ),
    Someone("Kai", "Whitlock", "child", (10, 7, 3), sex="male", home=_HOME),
    Someone(
        "Imran", "Shah", "father", (44, 2, 20), sex="male", responsible=True, home=_HOME,
        phone="07700 900940", communication="Has MS. Mornings are best; he tires by three.",
    ),
    Someone(
        "Nadia", "Shah", "mother", (42, 5, 17), sex="female", responsible=True, home=_HOME,
        phone="07700 900941", communication="Night shifts; by message.",
    ),
    Someone("Craig", "Whitlock", "partner", (39, 9, 5), sex="male", responsible=False, home=_HOME),
)  # fmt: skip

TIES = (
    Tie("Nadia", "mother", ("Zara",)),
    Tie("Imran", "father", ("Zara",), basis="married"),
    Tie("Nadia", "partner", ("Imran",), state="divorced", over_for=8),
    Tie("Nadia", "partner", ("Craig",), state="living_together", years=6),
    Tie("Craig", "step_parent", ("Zara",)),
    Tie("Craig", "father", ("Kai",), basis="registered"),
)
NEAR = (
    Near("Craig’s mother", "other", brings="Kai calls her Nan", about="Kai"),
    Near("Imran’s mosque", "community", brings="Visits him when Zara is at school"),
)
AUNT = (Tie("Farah", "sibling", ("Imran",)),)


def conversation(stage: Stage) -> None:
    """Day 0: the hub worker asks how to offer it."""
    acts.converse(stage, day=0, by="asks")


def request(stage: Stage) -> None:
    """Day 1: the request."""
    acts.ask_support(stage, day=1, by="asks", cast=PEOPLE)


def decision(stage: Stage) -> None:
    """Day 2: an assessment is offered."""
    acts.decide(
        stage,
        day=2,
        decision=Decision.COORDINATED,
        lead="asks",
        descriptors=("absence", "carer", "young_carer", "several", "attendance", "unmet"),
    )
    acts.know_people(stage, day=2, by="asks", cast=PEOPLE)
    relate_people(stage, day=2, by="asks", ties=TIES, near=NEAR, told="Nadia")


def refusal(stage: Stage) -> None:
    """Day 6: Imran says no; the group is there all the same."""
    helping.refuse(stage, day=6, by="asks", person="Imran")


def second_request(stage: Stage) -> None:
    """Day 90: the school reports persistent absence, and is answered together with the yes."""
    stage.conversation = None
    acts.ask_support(stage, day=90, by="school", cast=PEOPLE, form="request_2", anew=True)


def second_decision(stage: Stage) -> None:
    """Day 92: the same family; nothing is asked again."""
    acts.decide(
        stage,
        day=92,
        decision=Decision.COORDINATED,
        lead="asks",
        says="_second",
        descriptors=("absence", "carer", "young_carer"),
    )


def consent(stage: Stage) -> None:
    """Day 93: Imran says yes this time, and Zara has the last word on school."""
    helping.agree(
        stage,
        day=93,
        by="asks",
        person="Imran",
        with_whom=("school", "carers", "adults"),
        not_with=(("", "Kai’s old school"),),
        heard={"Nadia": ("agreed", "")},
    )


def assessing(stage: Stage) -> None:
    """Day 97: begun, with what they had told us already on the page."""
    helping.begin_assessment(stage, day=97, by="asks", only=4)


def assessment(stage: Stage) -> None:
    """Day 111: finished, and read by Zara first."""
    helping.finish_assessment(stage, day=111, by="asks", scores=stage.lines("first_scores"))
    for person in ("Imran", "Zara"):
        helping.hear(
            stage,
            day=111,
            by="asks",
            person=person,
            agrees="yes",
            line=f"{person.lower()}_says",
            how="In person",
        )


def family_group(stage: Stage) -> None:
    """Day 113: the team, and the family's own meeting is called for day 123; Farah is asked."""
    who, at = stage.who("asks"), stage.at(113, "10:15")
    helping.build_team(
        stage,
        day=113,
        by="asks",
        workers=(
            ("asks", "Leads"),
            ("carers", "Young carers’ group"),
            ("school", "Zara’s school"),
        ),
        family=("Imran", "Zara", "Nadia", "Kai"),
    )
    place = team.add_from_network(
        episode=stage.help,
        given_name="Farah",
        family_name="Shah",
        phone="07700 900977",
        does="Drives, and has Fridays and Saturdays",
        by=who,
        at=at,
    )
    if place.person is not None:
        correct(person=place.person, sex="female", by=who, at=at)
        take_in(
            family=stage.household,
            person=place.person,
            relation="aunt_uncle",
            on=at.date(),
            lives_here=False,
            by=who,
            at=at,
        )
        relate_people(stage, day=113, by="asks", ties=AUNT, told="Imran")
    helping.call_meeting(
        stage,
        day=113,
        on=123,
        by="asks",
        purpose="family_group",
        starts=time(17, 30),
        not_invited=("Kai",),
    )


def family_meeting(stage: Stage) -> None:
    """Day 123: the family's own meeting makes the plan; the hub worker leads from here."""
    meeting = stage.help.meetings.get(purpose="family_group")
    helping.hold_meeting(stage, meeting=meeting, day=123, by="asks", lead="asks")


def plan(stage: Stage) -> None:
    """Day 124: the family's plan is the plan."""
    helping.write_plan(stage, day=124, by="asks")
    helping.agree_plan(stage, day=125, by="asks", with_whom="Imran, Nadia, Zara, Kai and Farah")


def review(stage: Stage) -> None:
    """Day 167: someone else does half past nine."""
    helping.live(stage, until=166, by="asks")
    ending.review(stage, day=167, by="asks", form="review_1", scores="review_1_scores", next_on=209)


def closing(stage: Stage) -> None:
    """Day 260: closed, with the family's own people carrying on."""
    ending.close(
        stage,
        day=260,
        by="asks",
        kinds=(ClosingKind.NEEDS_MET,),
        level=(LevelKind.UNIVERSAL,),
    )


STEPS: Steps = (
    ("conversation", conversation),
    ("request", request),
    ("decision", decision),
    ("refusal", refusal),
    ("second_request", second_request),
    ("second_decision", second_decision),
    ("consent", consent),
    ("assessing", assessing),
    ("assessment", assessment),
    ("family_group", family_group),
    ("family_meeting", family_meeting),
    ("plan", plan),
    ("review", review),
    ("closing", closing),
)


def until(stage: Stage, step: str) -> Stage:
    """Walk the story to a step."""
    return walk(stage, STEPS, step)
