"""How a file travels: read, looked through, loaded, and taken back if need be."""

from earlydoors.foundation.kernel.workflow import State, Transition, Workflow

_RIGHT = "IMPORT"

IMPORT = Workflow(
    key="import",
    noun="file",
    start="read",
    states=(
        State("read", "read, and its columns wait to be looked at", "whoever sent it"),
        State("checking", "being looked through, row by row", "the computer"),
        State("checked", "looked through, and waits to be loaded", "whoever sent it"),
        State("loading", "being loaded", "the computer"),
        State("stopped", "stopped part of the way", "whoever sent it"),
        State("loaded", "loaded", "nobody"),
        State("undoing", "being taken back", "the computer"),
        State("undone", "taken back", final=True),
        State("given_up", "given up, with nothing loaded", final=True),
    ),
    transitions=(
        Transition("check", ("read", "checked"), "checking", _RIGHT, "import.checking"),
        Transition("checked", ("checking",), "checked", _RIGHT, "import.checked"),
        Transition("load", ("checked", "stopped"), "loading", _RIGHT, "import.loading"),
        Transition("stop", ("loading",), "stopped", _RIGHT, "import.stopped"),
        Transition("loaded", ("loading",), "loaded", _RIGHT, "import.loaded"),
        Transition("undo", ("loaded", "stopped"), "undoing", _RIGHT, "import.undoing"),
        Transition("undone", ("undoing",), "undone", _RIGHT, "import.undone"),
        Transition(
            "give_up", ("read", "checking", "checked"), "given_up", _RIGHT, "import.given_up"
        ),
    ),
)
