"""The states of a study that an analyst asks for."""

from earlydoors.foundation.kernel.workflow import State, Transition, Workflow

STUDY = Workflow(
    key="study",
    noun="study",
    start="asked",
    states=(
        State("asked", "waiting for the information guardian", "the information guardian"),
        State("agreed", "agreed to", "whoever asked for it"),
        State("refused", "not agreed to, with the reason", "", final=True),
        State("taken_back", "taken back by whoever asked", "", final=True),
        State("ended", "ended", "", final=True),
    ),
    transitions=(
        Transition("agree", ("asked",), "agreed", "INFORM", "study.agreed"),
        Transition("refuse", ("asked",), "refused", "INFORM", "study.refused"),
        Transition("take_back", ("asked",), "taken_back", "ANALYSE", "study.taken_back"),
        Transition("end", ("agreed",), "ended", "ANALYSE", "study.ended"),
        Transition("stop", ("agreed",), "ended", "INFORM", "study.stopped"),
    ),
)
FINAL = tuple(state.key for state in STUDY.states if state.final)
