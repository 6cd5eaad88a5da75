"""Guards over every workflow table."""

import pytest

from earlydoors.domain.assessment.states import ASSESSMENT
from earlydoors.domain.episodes.states import EPISODE
from earlydoors.domain.frontdoor.states import ASK_TO_JOIN, CONVERSATION, REQUEST
from earlydoors.domain.imports.states import IMPORT
from earlydoors.domain.information.states import REQUEST as INFORMATION_REQUEST
from earlydoors.domain.joining.states import PAIR
from earlydoors.domain.panels.states import ITEM
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.retention.states import REVIEW as RETENTION_REVIEW
from earlydoors.domain.studies.states import STUDY
from earlydoors.foundation.kernel.workflow import Workflow

ALL = [
    CONVERSATION,
    ASK_TO_JOIN,
    REQUEST,
    EPISODE,
    ASSESSMENT,
    ITEM,
    PAIR,
    IMPORT,
    INFORMATION_REQUEST,
    RETENTION_REVIEW,
    STUDY,
]
by_key = pytest.mark.parametrize("workflow", ALL, ids=lambda w: w.key)


@by_key
def test_every_state_can_be_reached(workflow: Workflow) -> None:
    assert workflow.reachable() == {state.key for state in workflow.states}


@by_key
def test_nothing_is_a_dead_end(workflow: Workflow) -> None:
    """A state that is not final has a way out, and some final state can be reached from it."""
    final = {state.key for state in workflow.states if state.final}
    for state in workflow.states:
        if state.final:
            continue
        seen, edge = {state.key}, [state.key]
        while edge:
            for move in workflow.moves_from(edge.pop()):
                if move.target not in seen:
                    seen.add(move.target)
                    edge.append(move.target)
        assert seen & final, f"{workflow.key}: nothing ends from {state.key}"


@by_key
def test_every_move_needs_a_right_that_exists(workflow: Workflow) -> None:
    for move in workflow.transitions:
        assert move.permission in Right.__members__, f"{workflow.key}.{move.name}"


@by_key
def test_every_move_leaves_evidence_of_its_own_kind(workflow: Workflow) -> None:
    for move in workflow.transitions:
        noun, _, verb = move.event.partition(".")
        assert all((noun, verb)), f"{workflow.key}.{move.name} names no event"


def test_no_request_ends_as_no_further_action() -> None:
    """Northamptonshire: there is no such thing as no further action."""
    from earlydoors.foundation.profile.schema import Decision

    assert {d.value for d in Decision} == {
        "advice",
        "single_agency",
        "coordinated",
        "panel",
        "social_care",
    }
