"""Jayden Cole: up to social care and down again, with the plan he had."""

from earlydoors.domain.frontdoor import operations as requests
from earlydoors.foundation.profile.schema import ClosingKind, Decision, LevelKind
from earlydoors.simulation import acts, ending, helping
from earlydoors.simulation.acts import Someone
from earlydoors.simulation.belonging import Near, Tie, relate_people
from earlydoors.simulation.clockwork import Stage
from earlydoors.simulation.families import Steps, walk

NAME = "jayden_cole"
_HOME = ("48 Reedham Street, Kingsthorpe", "NN2 0ZZ")
PEOPLE = (
    Someone(
        "Jayden", "Cole", "child", (14, 5, 9), sex="male", goes_to="asks", home=_HOME,
        communication="Talks while walking, or at the boxing bag; not across a table.",
    ),
    Someone("Ellie", "Cole", "child", (16, 2, 18), sex="female", goes_to="asks", home=_HOME),
    Someone(
        "Tracey", "Cole", "mother", (41, 7, 26), sex="female", responsible=True, home=_HOME,
        phone="07700 900633", communication="Works two jobs. Ring between three and five.",
    ),
    Someone("Ron", "Cole", "grandparent", (70, 12, 3), sex="male", responsible=False, home=_HOME),
)  # fmt: skip

TIES = (
    Tie("Tracey", "mother", ("Jayden", "Ellie")),
    Tie("Ron", "father", ("Tracey",)),
)
NEAR = (
    Near(
        "Joe", "community", role="Boxing coach", agency="The boxing club",
        brings="Has him in the gym on Tuesdays", about="Jayden",
    ),
)  # fmt: skip


def advice(stage: Stage) -> None:
    """Eight months before day 0: a request answered with advice, which is kept and counted."""
    acts.ask_support(stage, day=-244, by="asks", cast=PEOPLE, form="request_1")
    acts.decide(
        stage,
        day=-242,
        decision=Decision.ADVICE,
        says="_first",
        descriptors=("learning", "feelings", "attendance", "settled"),
    )
    acts.know_people(stage, day=-242, by="asks", cast=PEOPLE)
    relate_people(stage, day=-242, by="asks", ties=TIES, near=NEAR, told="Tracey")


def request(stage: Stage) -> None:
    """Day 0: police and school about the same boy on the same day."""
    stage.conversation = None
    acts.ask_support(
        stage, day=0, by="police", cast=PEOPLE, form="request_2", clock="09:10", anew=True
    )
    acts.ask_support(stage, day=0, by="asks", cast=PEOPLE, form="request", clock="11:30", anew=True)


def decision(stage: Stage) -> None:
    """Day 0: one family, two requesters, both told."""
    acts.decide(
        stage,
        day=0,
        decision=Decision.COORDINATED,
        lead="youth",
        clock="14:10",
        descriptors=("missing", "exploitation", "behaviour", "school", "offending", "exclusion"),
        request=stage.requests["asks"],
    )
    acts.decide(
        stage,
        day=0,
        decision=Decision.COORDINATED,
        clock="14:40",
        says="_second",
        descriptors=("missing", "exploitation", "offending"),
        request=stage.requests["police"],
    )


def consent(stage: Stage) -> None:
    """Day 2: Tracey says yes, with Jayden there."""
    helping.agree(
        stage,
        day=2,
        by="youth",
        person="Tracey",
        with_whom=("asks", "police", "health"),
        not_with=(("", "Jayden’s father"),),
    )


def assessing(stage: Stage) -> None:
    """Day 5: begun, at the gym."""
    helping.begin_assessment(stage, day=5, by="youth", only=3)


def assessment(stage: Stage) -> None:
    """Day 14: finished; Jayden's words stand beside the adults'."""
    helping.finish_assessment(stage, day=14, by="youth", scores=stage.lines("first_scores"))
    for person, agrees in (("Tracey", "yes"), ("Jayden", "partly")):
        helping.hear(
            stage,
            day=14,
            by="youth",
            person=person,
            agrees=agrees,
            line=f"{person.lower()}_says",
            how="In person",
        )


def first_meeting(stage: Stage) -> None:
    """Day 21: the team, with the lead from the service that found him."""
    helping.build_team(
        stage,
        day=15,
        by="youth",
        workers=(
            ("youth", "Meets him where he is"),
            ("asks", "School"),
            ("police", "Tells us first when he is found"),
        ),
        family=("Tracey", "Jayden", "Ron", "Ellie"),
    )
    meeting = helping.call_meeting(stage, day=15, on=21, by="youth", not_invited=("Ellie",))
    helping.hold_meeting(stage, meeting=meeting, day=21, by="youth", lead="youth")


def plan(stage: Stage) -> None:
    """Day 22: home by nine, lessons, and boxing on Tuesdays."""
    helping.write_plan(stage, day=22, by="youth")
    helping.agree_plan(stage, day=23, by="youth", with_whom="Tracey, Ron and Jayden")


def stepped_up(stage: Stage) -> None:
    """Day 40: found with a knife and unexplained money; early help stops the same hour."""
    helping.live(stage, until=39, by="youth")
    acts.refer_harm(stage, day=40, by="youth", told_whom=stage.who("social").name)


def stepped_down(stage: Stage) -> None:
    """Day 120: the child in need plan ends; he comes back with it, to the same team."""
    acts.step_down(stage, day=120, by="door")


def review(stage: Stage) -> None:
    """Day 162: six weeks without a night away."""
    ending.review(
        stage, day=162, by="youth", form="review_1", scores="review_1_scores", next_on=204
    )


def closing(stage: Stage) -> None:
    """Day 300: closed."""
    ending.close(
        stage,
        day=300,
        by="youth",
        kinds=(ClosingKind.NEEDS_MET,),
        prefer=("needs_met",),
        level=(LevelKind.UNIVERSAL,),
    )


def come_back(stage: Stage) -> None:
    """Day 400: asked about again, and recognised."""
    acts.ask_support(stage, day=400, by="asks", cast=PEOPLE, form="request_3")
    if stage.request is not None and stage.request.state == "waiting":
        requests.take_up(request=stage.request, by=stage.who("door"), at=stage.at(400, "14:30"))


STEPS: Steps = (
    ("advice", advice),
    ("request", request),
    ("decision", decision),
    ("consent", consent),
    ("assessing", assessing),
    ("assessment", assessment),
    ("first_meeting", first_meeting),
    ("plan", plan),
    ("stepped_up", stepped_up),
    ("stepped_down", stepped_down),
    ("review", review),
    ("closing", closing),
    ("come_back", come_back),
)


def until(stage: Stage, step: str) -> Stage:
    """Walk the story to a step."""
    return walk(stage, STEPS, step)
