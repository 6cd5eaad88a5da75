"""A workflow is one table, and everything else is read from it. So are refusals and their twins."""

from dataclasses import replace
from typing import Any

import pytest

from earlydoors.foundation.kernel.refusals import NotAllowed, OutOfDate, Refusal, UnableTo, check
from earlydoors.foundation.kernel.workflow import State, Transition, Workflow

KETTLE = Workflow(
    key="kettle",
    noun="kettle",
    start="cold",
    states=(
        State("cold", "cold", waits_for="someone thirsty"),
        State("boiling", "coming to the boil"),
        State("hot", "hot"),
        State("scaled", "past use", final=True),
    ),
    transitions=(
        Transition("switch_on", ("cold", "hot"), "boiling", "kettle.use", "kettle.switched_on"),
        Transition("boil", ("boiling",), "hot", "kettle.use", "kettle.boiled"),
        Transition("throw_out", ("cold", "hot"), "scaled", "kettle.own", "kettle.thrown_out"),
    ),
)


@pytest.mark.parametrize(
    ("move", "state", "then"),
    [
        ("switch_on", "cold", "boiling"),
        ("switch_on", "hot", "boiling"),
        ("switch_on", "boiling", None),
        ("switch_on", "scaled", None),
        ("boil", "boiling", "hot"),
        ("boil", "cold", None),
        ("throw_out", "cold", "scaled"),
        ("throw_out", "boiling", None),
    ],
)
def test_every_move_is_in_the_table_or_refused(move: str, state: str, then: str | None) -> None:
    assert KETTLE.can(move, state) is (then is not None)
    if then is not None:
        assert KETTLE.move(move, state) == then
        return
    with pytest.raises(UnableTo) as refused:
        KETTLE.move(move, state)
    assert f"the kettle is {KETTLE.by_key[state].says}." in refused.value.sentence


def test_the_moves_open_are_those_that_can_be_made() -> None:
    for state in KETTLE.by_key:
        names = [transition.name for transition in KETTLE.moves_from(state)]
        assert names == [name for name in KETTLE.by_name if KETTLE.can(name, state)]


def test_reachable_states_follow_the_moves() -> None:
    assert KETTLE.reachable() == {"cold", "boiling", "hot", "scaled"}
    stuck = replace(KETTLE, transitions=KETTLE.transitions[1:2])
    assert stuck.reachable() == {"cold"}


def test_the_diagram_draws_every_state_and_move() -> None:
    assert KETTLE.diagram().splitlines() == [
        "stateDiagram-v2",
        "    [*] --> cold",
        "    cold: cold",
        "    boiling: coming to the boil",
        "    hot: hot",
        "    scaled: past use",
        "    cold --> boiling: switch on",
        "    hot --> boiling: switch on",
        "    boiling --> hot: boil",
        "    cold --> scaled: throw out",
        "    hot --> scaled: throw out",
        "    scaled --> [*]",
    ]


def test_the_states_are_a_fields_choices() -> None:
    assert KETTLE.choices[0] == ("cold", "cold")
    assert [key for key, _ in KETTLE.choices] == [state.key for state in KETTLE.states]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"start": "frozen"}, "starts in an unknown state: frozen"),
        ({"states": (*KETTLE.states, State("hot", "hot again"))}, "names a state twice"),
        ({"transitions": (*KETTLE.transitions, KETTLE.transitions[0])}, "names a transition twice"),
        (
            {"transitions": (Transition("melt", ("cold",), "melted", "p", "e"),)},
            "kettle.melt names unknown states: {'melted'}",
        ),
        (
            {"transitions": (Transition("thaw", ("frozen",), "cold", "p", "e"),)},
            "kettle.thaw names unknown states: {'frozen'}",
        ),
    ],
)
def test_an_inconsistent_table_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message.replace("{", r"\{")):
        replace(KETTLE, **change)


@check
def may_pour(cups: int, *, spare: int = 0) -> None:
    """Whether there is water for so many cups."""
    if cups + spare > 4:
        raise NotAllowed("There is water for four cups.")


@pytest.mark.parametrize(
    ("cups", "spare", "holds"), [(1, 0, True), (4, 0, True), (5, 0, False), (3, 2, False)]
)
def test_a_check_and_its_twin_agree(cups: int, spare: int, holds: bool) -> None:
    assert may_pour.holds(cups, spare=spare) is holds
    if holds:
        may_pour(cups, spare=spare)
        return
    with pytest.raises(NotAllowed) as refused:
        may_pour(cups, spare=spare)
    assert refused.value.sentence == str(refused.value) == "There is water for four cups."


def test_a_check_keeps_the_name_and_docstring_of_what_it_asks() -> None:
    assert vars(may_pour)["__name__"] == "may_pour"
    assert may_pour.__doc__ == "Whether there is water for so many cups."


def test_a_fault_of_the_program_is_not_taken_for_a_no() -> None:
    @check
    def broken() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken.holds()


@pytest.mark.parametrize("kind", [NotAllowed, UnableTo, OutOfDate])
def test_every_refusal_is_a_sentence(kind: type[Refusal]) -> None:
    assert kind("Not now.").sentence == "Not now."
