"""The states of a panel's item."""

from earlydoors.foundation.kernel.workflow import State, Transition, Workflow

ITEM = Workflow(
    key="panel_item",
    noun="panel’s item",
    start="waiting",
    states=(
        State("waiting", "waiting to be talked about", "the panel"),
        State("deferred", "put off to the next sitting", "the panel"),
        State("decided", "decided", "", final=True),
    ),
    transitions=(
        Transition("defer", ("waiting", "deferred"), "deferred", "CHAIR_PANEL", "item.deferred"),
        Transition("decide", ("waiting", "deferred"), "decided", "CHAIR_PANEL", "item.decided"),
    ),
)
