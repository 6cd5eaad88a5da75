"""The stories that plates are made of, as a tree: each step is played once for all that follow.

Days are counted from a Wednesday and fall on Tuesdays, Wednesdays and Thursdays, when offices are
open on all but a few days of the year. Between the steps a family may take more weeks (`PAUSES`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from earlydoors.domain.episodes import agreement
from earlydoors.domain.frontdoor.triage import Harm
from earlydoors.domain.people.identifiers import identify
from earlydoors.domain.people.operations import begin_family, place_at, take_in, write_down
from earlydoors.domain.plan import reviews
from earlydoors.foundation.profile.schema import ClosingKind, Decision
from earlydoors.simulation import acts, ending, helping
from earlydoors.simulation.press import at_panels
from earlydoors.simulation.press.insets import SINCE, WHO_IS_WHO
from earlydoors.simulation.press.told import SPEAKER, Told, ask, know, scores, tell_beside
from earlydoors.simulation.press.working import live, review, write_plan

# Days after which a family may take weeks longer, the same for every story.
PAUSES: Final = (2, 7, 9, 14, 30, 42, 84, 126, 168)

type Step = Callable[[Told], None]


@dataclass(frozen=True)
class Branch:
    """A step of the tree, what may follow it, and the path's name where a story may end here."""

    step: Step
    then: tuple["Branch", ...] = ()
    path: str = ""


def conversation(stage: Told) -> None:
    """Day 0: someone asks for advice, and gets it."""
    acts.converse(stage, day=0, by="asks")


def request(stage: Told) -> None:
    """Day 1: the request goes to the front door."""
    ask(stage, day=1, by="asks")


def harm_request(stage: Told) -> None:
    """Day 1: a request that says a child may be harmed."""
    ask(stage, day=1, by="asks", harm="yes")


def to_advice(stage: Told) -> None:
    """Day 6: the answer is advice; whoever asked goes on."""
    acts.decide(stage, day=6, decision=Decision.ADVICE)
    know(stage, day=6, by="door")


def to_one_agency(stage: Told) -> None:
    """Day 6: one agency helps."""
    acts.decide(stage, day=6, decision=Decision.SINGLE_AGENCY, lead="lead")
    know(stage, day=6, by="lead")
    tell_beside(stage, WHO_IS_WHO, day=7)


def to_several(stage: Told) -> None:
    """Day 6: an assessment is offered."""
    acts.decide(stage, day=6, decision=Decision.COORDINATED, lead="lead")
    know(stage, day=6, by="lead")


def to_social_care(stage: Told) -> None:
    """Day 1: harm goes to social care the same day."""
    at = stage.at(1, "14:00")
    told = Harm(
        concern=stage.line("harm"),
        told_whom="The duty social worker",
        told_where=stage.profile.words.social_care.one,
        told_at=at - timedelta(minutes=50),
        told_how="By telephone, confirmed in writing",
        family_told=True,
    )
    acts.decide(stage, day=1, decision=Decision.SOCIAL_CARE, harm=told)
    know(stage, day=6, by="door")


def refused(stage: Told) -> None:
    """Day 8: not now."""
    helping.refuse(stage, day=8, by="lead", person=SPEAKER)


def refused_closed(stage: Told) -> None:
    """Day 62: the offer is closed, and the door stays open."""
    _close(stage, 62, (ClosingKind.WITHDREW, ClosingKind.OTHER))


def asked_again(stage: Told) -> None:
    """Day 90: another request; the same family is offered help again."""
    stage.conversation = None
    ask(stage, day=90, by="again")
    acts.decide(stage, day=91, decision=Decision.COORDINATED, lead="lead")


def consent(stage: Told) -> None:
    """Day 8: yes."""
    _agree(stage, 8)


def later_yes(stage: Told) -> None:
    """Day 99: yes, this time; from here on all goes as if it had been said at once."""
    stage.later = 91
    _agree(stage, 8)


def _agree(stage: Told, day: int) -> None:
    helping.agree(stage, day=day, by="lead", person=SPEAKER, with_whom=("asks", "health"))


def assessing(stage: Told) -> None:
    """Day 13: the assessment begins, and soon it is known who is who."""
    helping.begin_assessment(stage, day=13, by="lead", only=3)
    tell_beside(stage, WHO_IS_WHO, day=14)


def assessed(stage: Told) -> None:
    """Day 28: it is finished, and the family says what it thinks of it."""
    helping.finish_assessment(stage, day=28, by="lead")
    reviews.score(
        episode=stage.help,
        scores=scores(stage, day=28, first=True),
        on=stage.on(28),
        by=stage.who("lead"),
        at=stage.at(28, "16:00"),
    )
    helping.hear(
        stage, day=29, by="lead", person=SPEAKER, agrees="yes", line="view_of_it", how="In person"
    )


def first_meeting(stage: Told) -> None:
    """Days 29 to 35: a team, and its first meeting, which agrees on who leads."""
    helping.build_team(
        stage,
        day=29,
        by="lead",
        workers=(("lead", "Brings it together"), ("asks", ""), ("health", "")),
        family=(SPEAKER,),
    )
    meeting = helping.call_meeting(stage, day=29, on=35, by="lead")
    helping.hold_meeting(stage, meeting=meeting, day=35, by="lead", lead="lead")


def plan(stage: Told) -> None:
    """Days 36 to 41: outcomes, actions, and the plan is agreed."""
    write_plan(stage, 36)
    helping.agree_plan(stage, day=41, by="lead", with_whom=stage.line("agreed_with"))


def first_review(stage: Told) -> None:
    """Day 83: some change."""
    live(stage, 42, 83)
    tell_beside(stage, SINCE, day=82)
    review(stage, 83, (("some", "nearly"), ("some", "some"), ("none", "some")), "first")


def second_review(stage: Told) -> None:
    """Day 125: what was wanted is there."""
    live(stage, 83, 125)
    review(stage, 125, (("met", "met"), ("met", "met"), ("met", "met")), "last")


def second_review_in_part(stage: Told) -> None:
    """Day 125: part of it is there."""
    live(stage, 83, 125)
    review(stage, 125, (("met", "met"), ("some", "nearly"), ("none", "some")), "first")


def met(stage: Told) -> None:
    """Day 167: closed, needs met."""
    _close(stage, 167, (ClosingKind.NEEDS_MET,))


def one_service_goes_on(stage: Told) -> None:
    """Day 167: closed to one service that goes on."""
    _close(stage, 167, (ClosingKind.STEPPED_DOWN, ClosingKind.NEEDS_MET))


def moved_away(stage: Told) -> None:
    """Day 111: the family moves to another area."""
    _close(stage, 111, (ClosingKind.MOVED, ClosingKind.OTHER))


def withdrew(stage: Told) -> None:
    """Day 111: the family has had enough of meetings."""
    (given,) = stage.household.agreements.filter(withdrawn_at=None)
    lead, at = stage.who("lead"), stage.at(111, "15:00")
    agreement.withdraw(
        episode=stage.help, agreement=given, why=stage.line("withdrawn_why"), by=lead, at=at
    )
    _close(stage, 125, (ClosingKind.WITHDREW, ClosingKind.OTHER), by="door")


def agency_closes(stage: Told) -> None:
    """Day 97: the agency that helped has done."""
    _close(stage, 97, (ClosingKind.NEEDS_MET,))


def stepped_up(stage: Told) -> None:
    """Day 97: a child may be harmed; social care takes over."""
    acts.refer_harm(stage, day=97, by="lead", told_whom="The duty social worker")


def stepped_down(stage: Told) -> None:
    """Day 167: back, with the plan it had."""
    acts.step_down(stage, day=167, by="door")


def closed_after(stage: Told) -> None:
    """Day 223: closed."""
    _close(stage, 223, (ClosingKind.NEEDS_MET,))


def statutory(stage: Told) -> None:
    """Day 125: help goes on with social care alone."""
    _close(stage, 125, (ClosingKind.STEPPED_UP, ClosingKind.OTHER), by="door")


def looked_back(stage: Told) -> None:
    """Day 350: it lasted."""
    ending.look_back(stage, day=350, by="lead")


def returned(stage: Told) -> None:
    """Day 286: a new request, within twelve months of the first and answered by one agency."""
    stage.conversation = None
    stage.agreement = stage.assessment = stage.plan = None
    ask(stage, day=286, by="again")
    acts.decide(stage, day=293, decision=Decision.SINGLE_AGENCY, lead="again")


def returned_advice(stage: Told) -> None:
    """Day 202: a new request, answered by one agency this time."""
    stage.conversation = None
    ask(stage, day=202, by="again")
    acts.decide(stage, day=203, decision=Decision.SINGLE_AGENCY, lead="again")


def _close(stage: Told, day: int, kinds: tuple[ClosingKind, ...], by: str = "lead") -> None:
    ending.close(stage, day=day, by=by, kinds=kinds)


def on_record(stage: Told) -> None:
    """Day 0: a family is written down with who is in it, where they live, and their numbers."""
    door, at = stage.who("door"), stage.at(0, "09:00")
    signed: dict[str, Any] = {"by": door, "at": at}
    names = dict.fromkeys(one.family_name for one in stage.script.people if one.relation == "child")
    stage.family = family = begin_family(name="–".join(names), **signed)
    for one in stage.script.people:
        person = write_down(
            given_name=one.given_name,
            family_name=one.family_name,
            known_as=one.known_as,
            born_on=one.born_on,
            due_on=one.due_on,
            sex=one.sex,
            ethnicity=one.ethnicity,
            **signed,
        )
        take_in(
            family=family,
            person=person,
            relation=one.relation,
            on=at.date(),
            parental_responsibility=one.parental_responsibility,
            lives_here=one.lives_here,
            **signed,
        )
        place_at(
            person=person,
            kind="home",
            says=one.home,
            postcode=one.postcode,
            family=family,
            **signed,
        )
        for kind, number in (("nhs", one.nhs), ("upn", one.upn)):
            if number:
                identify(person=person, kind=kind, number=number, **signed)


def names_of(branch: Branch) -> Iterable[str]:
    """The names of the paths that a branch leads to."""
    if branch.path:
        yield branch.path
    for one in branch.then:
        yield from names_of(one)


_ENDINGS = (
    Branch(
        second_review,
        (Branch(met, (Branch(looked_back, path="met"), Branch(returned, path="returned"))),),
    ),
    Branch(second_review_in_part, (Branch(one_service_goes_on, path="one_goes_on"),)),
    Branch(moved_away, path="moved"),
    Branch(withdrew, path="withdrew"),
    Branch(
        stepped_up,
        (
            Branch(stepped_down, (Branch(closed_after, path="up_and_down"),)),
            Branch(statutory, path="to_social_care"),
        ),
    ),
)


def _one_after_another(*steps: Step, then: tuple[Branch, ...], path: str = "") -> Branch:
    """Steps that follow each other without a fork."""
    first, *rest = steps
    if not rest:
        return Branch(first, then, path)
    return Branch(first, (_one_after_another(*rest, then=then, path=path),))


_TOGETHER = _one_after_another(
    consent, assessing, assessed, first_meeting, plan, first_review, then=_ENDINGS
)
_AFTER_NO = _one_after_another(
    asked_again, later_yes, assessing, assessed, first_meeting, plan, first_review, second_review,
    met, then=(), path="refused_then_yes",
)  # fmt: skip
_AT_PANEL = (
    Branch(
        at_panels.decided_together,
        (
            Branch(refused, (Branch(refused_closed, path="panel_refused"),)),
            _one_after_another(
                consent, assessing, at_panels.tasks_done, assessed, first_meeting, plan,
                first_review,
                then=(
                    Branch(second_review, (Branch(met, path="panel_met"),)),
                    _one_after_another(
                        stepped_up, stepped_down, closed_after, then=(), path="panel_up_and_down"
                    ),
                ),
            ),
        ),
    ),
    _one_after_another(
        at_panels.decided_one_agency, at_panels.tasks_done, agency_closes,
        then=(), path="panel_one_agency",
    ),
    _one_after_another(
        at_panels.put_off, at_panels.decided_after_all, at_panels.tasks_done, agency_closes,
        then=(), path=at_panels.PUT_OFF,
    ),
)  # fmt: skip
TREE: Final = (
    Branch(conversation, path="talk"),
    Branch(on_record, path="on_record"),
    Branch(
        request,
        (
            Branch(to_advice, (Branch(returned_advice, path="advice_returned"),), path="advice"),
            Branch(to_one_agency, (Branch(agency_closes, path="one_agency"),)),
            Branch(
                to_several,
                (
                    Branch(
                        refused,
                        (
                            Branch(refused_closed, path="refused"),
                            _AFTER_NO,
                        ),
                    ),
                    _TOGETHER,
                ),
            ),
            Branch(at_panels.to_panel, _AT_PANEL),
        ),
    ),
    Branch(harm_request, (Branch(to_social_care, path="harm"),)),
)


# About half of the work of playing all, sharing few steps with the rest. No panel talks in it: the
# days on which a panel sits are taken by whoever plays the others.
HALF: Final = frozenset({
    "harm", "on_record", "advice", "advice_returned",
    *(path for one in _ENDINGS for path in names_of(one)),
})  # fmt: skip


def paths() -> list[str]:
    """The names of the paths, in the order of the tree."""
    return [path for branch in TREE for path in names_of(branch)]
