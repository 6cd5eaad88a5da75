"""The Armstrong-Reid family: separated parents, and places to keep from one of them."""

from earlydoors.domain.people.operations import describe
from earlydoors.foundation.profile.schema import ClosingKind, Decision
from earlydoors.simulation import acts, ending, helping
from earlydoors.simulation.acts import Someone
from earlydoors.simulation.belonging import Tie, live_at, relate_people
from earlydoors.simulation.clockwork import Stage
from earlydoors.simulation.families import Steps, walk

NAME = "armstrong_reid"
_HOME = ("7 Bransty Steps, Whitehaven", "CA28 0ZZ")
PEOPLE = (
    Someone(
        "Sophie", "Armstrong", "child", (7, 3, 3), sex="female", goes_to="asks", home=_HOME,
        communication="Two or three words at a time. Give her pictures, and time.",
        facts={"ethnicity": "WBRI", "sen_provision": "K", "sen_needs": ["SLCN"]},
        nhs="9990000018",
    ),
    Someone("Leo", "Armstrong", "child", (3, 6, 17), sex="male", goes_to="nursery", home=_HOME),
    Someone(
        "Kelly", "Armstrong", "mother", (29, 9, 21), sex="female", responsible=True, home=_HOME,
        phone="07700 900118", language="English",
        safely="Between half past nine and half past two. Leave no message that says who you are.",
    ),
    Someone(
        "Daniel", "Reid", "father", (33, 2, 11), sex="male", responsible=True, lives_here=False,
        home=("31 Petteril Terrace, Carlisle", "CA1 0ZZ"), phone="07700 900342",
    ),
    Someone(
        "Jean", "Reid", "grandparent", (61, 11, 5), sex="female", responsible=False,
        lives_here=False, home=("2 Scotch Yard, Carlisle", "CA3 0ZZ"),
        phone="01632 960288",
    ),
)  # fmt: skip

TIES = (
    Tie("Kelly", "mother", ("Sophie", "Leo")),
    Tie("Daniel", "father", ("Sophie", "Leo"), basis="registered"),
    Tie("Kelly", "partner", ("Daniel",), state="separated", over_for=1),
    Tie("Jean", "mother", ("Daniel",)),
)


def conversation(stage: Stage) -> None:
    """Day 0: the SENCO asks for advice, and gets it."""
    acts.converse(stage, day=0, by="asks")


def request(stage: Stage) -> None:
    """Day 2: the request is recorded."""
    acts.ask_support(stage, day=2, by="asks", cast=PEOPLE)


def decision(stage: Stage) -> None:
    """Day 2: the front door decides, and keeps what must be kept from Daniel."""
    acts.decide(
        stage,
        day=2,
        decision=Decision.COORDINATED,
        lead="asks",
        descriptors=("speech", "attendance", "absence", "several", "development"),
    )
    acts.keep_places_from(
        stage,
        day=2,
        by="door",
        person=stage.person("Daniel"),
        whose=("Sophie", "Leo", "Kelly"),
        why=stage.line("kept_why"),
    )
    describe(
        family=stage.household,
        careful=stage.line("careful"),
        by=stage.who("door"),
        at=stage.at(2, "14:25"),
    )
    acts.know_people(stage, day=2, by="asks", cast=PEOPLE)
    relate_people(stage, day=2, by="asks", ties=TIES, told="Kelly")
    for child in ("Sophie", "Leo"):
        live_at(stage, day=2, by="asks", name=child, at=PEOPLE[-1], pattern="alternate Saturdays")


def consent(stage: Stage) -> None:
    """Day 2: Kelly agrees in writing, not with Daniel's GP."""
    helping.agree(
        stage,
        day=2,
        by="asks",
        person="Kelly",
        with_whom=("health", "nursery", "speech", "adviser"),
        not_with=(("gp_carlisle", "Daniel’s GP"),),
        heard={"Daniel": ("not_asked", "Kelly fears what he does if he learns of it.")},
    )


def assessing(stage: Stage) -> None:
    """Day 5: the assessment begins with Kelly and Sophie."""
    helping.begin_assessment(stage, day=5, by="asks", only=3)


def assessment(stage: Stage) -> None:
    """Day 12: finished. Daniel was asked by telephone, and what he disputes stays as his."""
    helping.finish_assessment(stage, day=12, by="asks", scores=stage.lines("first_scores"))
    for person, agrees, how in (
        ("Kelly", "yes", "In person"),
        ("Daniel", "partly", "By telephone"),
    ):
        helping.hear(
            stage,
            day=13,
            by="asks",
            person=person,
            agrees=agrees,
            line=f"{person.lower()}_says",
            how=how,
        )


def first_meeting(stage: Stage) -> None:
    """Day 19: the first meeting; whoever asked becomes the lead."""
    helping.build_team(
        stage,
        day=14,
        by="asks",
        workers=(
            ("asks", "Brings school and Sophie’s own words"),
            ("health", "Health visiting and school nursing"),
            ("nursery", "Leo’s days"),
        ),
        family=("Kelly", "Sophie", "Daniel", "Jean"),
    )
    meeting = helping.call_meeting(
        stage, day=14, on=19, by="asks", not_invited=("Daniel", "Jean", "Sophie")
    )
    helping.hold_meeting(stage, meeting=meeting, day=19, by="asks", lead="asks")


def plan(stage: Stage) -> None:
    """Day 20: three outcomes, seven actions, and the plan is agreed."""
    helping.write_plan(stage, day=20, by="asks")
    helping.agree_plan(stage, day=21, by="asks", with_whom="Kelly and Sophie")


def first_review(stage: Stage) -> None:
    """Day 61: the first review; Kelly says six."""
    helping.live(stage, until=60, by="asks")
    ending.review(stage, day=61, by="asks", form="review_1", scores="review_1_scores", next_on=103)


def second_review(stage: Stage) -> None:
    """Day 103: the second; speech therapy has begun, Kelly says eight."""
    helping.live(stage, until=102, by="asks")
    helping.build_team(
        stage, day=98, by="asks", workers=(("speech", "Sophie’s therapist"),), family=()
    )
    ending.review(stage, day=103, by="asks", form="review_2", scores="review_2_scores", next_on=145)


def closing(stage: Stage) -> None:
    """Day 150: needs met; the school keeps up SEN support."""
    ending.close(
        stage,
        day=150,
        by="asks",
        kinds=(ClosingKind.NEEDS_MET, ClosingKind.STEPPED_DOWN),
        prefer=("thriving", "needs_met"),
    )


def look_back(stage: Stage) -> None:
    """Day 330: sustained."""
    ending.look_back(stage, day=334, by="asks")


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
    ("second_review", second_review),
    ("closing", closing),
    ("look_back", look_back),
)


def until(stage: Stage, step: str) -> Stage:
    """Walk the story to a step."""
    return walk(stage, STEPS, step)
