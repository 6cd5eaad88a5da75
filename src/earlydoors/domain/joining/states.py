"""The states of two records that may be one person."""

from earlydoors.foundation.kernel.workflow import State, Transition, Workflow

PAIR = Workflow(
    key="pair",
    noun="pair of records",
    start="waiting",
    states=(
        State("waiting", "waiting for somebody to look", "whoever joins records"),
        State("unsure", "looked at, and nobody is sure yet", "whoever joins records"),
        State("joined", "joined: they are one person", "", final=True),
        State("apart", "marked as two people", "", final=True),
    ),
    transitions=(
        Transition("join", ("waiting", "unsure"), "joined", "JOIN", "people.joined"),
        Transition("set_apart", ("waiting", "unsure"), "apart", "JOIN", "people.set_apart"),
        Transition("leave_open", ("waiting", "unsure"), "unsure", "JOIN", "pair.left_open"),
        Transition("undo", ("joined",), "waiting", "JOIN", "people.joining_undone"),
        Transition("lift", ("apart",), "waiting", "JOIN", "people.apart_lifted"),
    ),
)
OPEN = tuple(state.key for state in PAIR.states if not state.final)
"""The states in which a pair waits for somebody."""
