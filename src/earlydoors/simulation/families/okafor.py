"""The Okafor family: a baby on the way, low mood, a damp flat and arrears."""

from earlydoors.domain.chronology.operations import mend
from earlydoors.foundation.profile.schema import ClosingKind, Decision, LevelKind
from earlydoors.simulation import acts, ending, helping
from earlydoors.simulation.acts import Someone
from earlydoors.simulation.belonging import Tie, relate_people
from earlydoors.simulation.clockwork import Stage
from earlydoors.simulation.families import Steps, walk

NAME = "okafor"
_HOME = ("Flat 3, 19 Locking Row, Weston Central", "BS23 0ZZ")
PEOPLE = (
    Someone("Baby", "Okafor", "child", due_in=98, language="Igbo", home=_HOME),
    Someone("Chidi", "Okafor", "child", (3, 8, 2), sex="male", goes_to="nursery", home=_HOME),
    Someone(
        "Ngozi", "Okafor", "mother", (31, 4, 14), sex="female", responsible=True, home=_HOME,
        phone="07700 900271", language="Igbo", interpreter=True,
        communication="Good English; would like an Igbo interpreter for meetings.",
        facts={"ethnicity": "BAFR", "religion": "CHRI", "other_languages": "English"},
    ),
    Someone(
        "Emeka", "Okafor", "father", (35, 1, 30), sex="male", responsible=True, home=_HOME,
        phone="07700 900456", language="Igbo", interpreter=False,
        communication="Works nights. Ring after two in the afternoon.",
    ),
)  # fmt: skip

TIES = (
    Tie("Ngozi", "mother", ("Baby", "Chidi")),
    Tie("Emeka", "father", ("Baby", "Chidi"), basis="married"),
    Tie("Ngozi", "partner", ("Emeka",), state="married", years=6),
)


def conversation(stage: Stage) -> None:
    """Day 0: whoever sees Ngozi asks for advice."""
    acts.converse(stage, day=0, by="asks")


def request(stage: Stage) -> None:
    """Day 0: the request is sent the same afternoon."""
    acts.ask_support(stage, day=0, by="asks", cast=PEOPLE, clock="15:40")


def decision(stage: Stage) -> None:
    """Day 1: mental health and housing together make it more than one agency can answer."""
    acts.decide(
        stage,
        day=1,
        decision=Decision.COORDINATED,
        lead="asks",
        descriptors=("mental", "housing", "home", "money", "several", "baby", "unmet", "feelings"),
    )
    acts.know_people(stage, day=1, by="asks", cast=PEOPLE)
    relate_people(stage, day=1, by="asks", ties=TIES, told="Ngozi")


def consent(stage: Stage) -> None:
    """Day 2: informed, explicit and in writing, with an interpreter."""
    helping.agree(
        stage,
        day=2,
        by="asks",
        person="Ngozi",
        with_whom=("lead", "health", "housing", "nursery"),
        not_with=(("", "Emeka’s employer"),),
        helped_by=("interpreter",),
        language="Igbo",
        heard={"Emeka": ("agreed", "")},
    )


def assessing(stage: Stage) -> None:
    """Day 5: begun; each contributor writes their own part."""
    helping.begin_assessment(stage, day=5, by="asks", only=4)


def assessment(stage: Stage) -> None:
    """Days 12 to 19: each contributor writes their own part; finished, read with both parents."""
    helping.contribute(stage, day=12, part="lead", section="health_visitor_part")
    helping.contribute(stage, day=13, part="housing", section="housing_part")
    helping.finish_assessment(stage, day=19, by="asks", scores=stage.lines("first_scores"))
    for person in ("Ngozi", "Emeka"):
        helping.hear(
            stage,
            day=19,
            by="asks",
            person=person,
            agrees="yes",
            line=f"{person.lower()}_says",
            how="In person, with an interpreter" if person == "Ngozi" else "In person",
        )


def first_meeting(stage: Stage) -> None:
    """Day 26: called by whoever assessed; the health visitor becomes the lead."""
    helping.build_team(
        stage,
        day=21,
        by="asks",
        workers=(
            ("asks", "Stays until the birth"),
            ("lead", "Health visiting"),
            ("housing", "The flat and the arrears"),
            ("nursery", "Chidi’s days"),
        ),
        family=("Ngozi", "Emeka"),
    )
    meeting = helping.call_meeting(stage, day=21, on=26, by="asks")
    helping.hold_meeting(stage, meeting=meeting, day=26, by="asks", lead="lead")


def plan(stage: Stage) -> None:
    """Day 27: the plan, in Ngozi's and Emeka's words."""
    helping.write_plan(stage, day=27, by="lead")
    helping.agree_plan(stage, day=28, by="lead", with_whom="Ngozi and Emeka")


def first_review(stage: Stage) -> None:
    """Day 68: the wall is dry; the birth is near."""
    helping.live(stage, until=67, by="lead")
    ending.review(stage, day=68, by="lead", form="review_1", scores="review_1_scores", next_on=119)


def birth(stage: Stage) -> None:
    """Day 98: the unborn child becomes Adaeze, without a second record."""
    mend(
        person=stage.person("Baby"),
        given_name="Adaeze",
        born_on=stage.on(98),
        sex="female",
        by=stage.who("asks"),
        at=stage.at(98, "19:20"),
    )


def step_down(stage: Stage) -> None:
    """Day 119: one agency is enough."""
    helping.live(stage, until=118, by="lead")
    ending.review(
        stage,
        day=119,
        by="lead",
        form="review_2",
        scores="review_2_scores",
        decision="step_down",
        next_on=161,
    )
    ending.to_one_agency(stage, day=119, part="lead", line="step_down")


def closing(stage: Stage) -> None:
    """Day 180: every need has an answer; universal services are enough."""
    ending.close(
        stage,
        day=180,
        by="lead",
        kinds=(ClosingKind.NEEDS_MET,),
        level=(LevelKind.UNIVERSAL,),
    )


STEPS: Steps = (
    ("conversation", conversation),
    ("request", request),
    ("decision", decision),
    ("consent", consent),
    ("assessing", assessing),
    ("assessment", assessment),
    ("first_meeting", first_meeting),
    ("plan", plan),
    ("first_review", first_review),
    ("birth", birth),
    ("step_down", step_down),
    ("closing", closing),
)


def until(stage: Stage, step: str) -> Stage:
    """Walk the story to a step."""
    return walk(stage, STEPS, step)
