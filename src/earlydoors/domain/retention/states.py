"""The states of a record that came up for review because its time is over."""

from earlydoors.foundation.kernel.workflow import State, Transition, Workflow

REVIEW = Workflow(
    key="retention_review",
    noun="record",
    start="waiting",
    states=(
        State("waiting", "waiting for somebody to decide", "the information guardian"),
        State("proposed", "proposed to be disposed of", "another information guardian"),
        State("agreed", "to be disposed of at night", "the installation"),
        State("kept", "kept longer", "", final=True),
        State("overtaken", "within its time again", "", final=True),
    ),
    transitions=(
        Transition("propose", ("waiting",), "proposed", "INFORM", "retention.proposed"),
        Transition("agree", ("proposed",), "agreed", "INFORM", "retention.agreed"),
        Transition(
            "turn_down", ("proposed", "agreed"), "waiting", "INFORM", "retention.turned_down"
        ),
        Transition("hold", ("proposed", "agreed"), "waiting", "INFORM", "retention.stopped"),
        Transition("keep", ("waiting", "proposed"), "kept", "INFORM", "retention.kept_longer"),
        Transition(
            "overtake", ("waiting", "proposed", "agreed"), "overtaken", "INFORM",
            "retention.overtaken",
        ),
    ),
)  # fmt: skip
FINAL = tuple(state.key for state in REVIEW.states if state.final)
