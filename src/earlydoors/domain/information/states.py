"""The states of a request about the information that is held on somebody."""

from earlydoors.foundation.kernel.workflow import State, Transition, Workflow

REQUEST = Workflow(
    key="information_request",
    noun="request about somebody’s information",
    start="received",
    states=(
        State("received", "waiting to be taken up", "the information guardian"),
        State("asked_who", "waiting for proof of who asks", "whoever asked"),
        State("working", "being answered", "the information guardian"),
        State("asked_what", "waiting for what was asked back", "whoever asked"),
        State("answered", "answered", "", final=True),
        State("refused", "refused, with the reason", "", final=True),
        State("taken_back", "taken back by whoever asked", "", final=True),
    ),
    transitions=(
        Transition("ask_who", ("received",), "asked_who", "INFORM", "information.asked_who"),
        Transition("hear_who", ("asked_who",), "received", "INFORM", "information.heard_who"),
        Transition("take_up", ("received",), "working", "INFORM", "information.taken_up"),
        Transition("ask_what", ("working",), "asked_what", "INFORM", "information.asked_what"),
        Transition("hear_what", ("asked_what",), "working", "INFORM", "information.heard_what"),
        Transition("answer", ("working",), "answered", "INFORM", "information.answered"),
        Transition(
            "refuse", ("received", "asked_who", "working", "asked_what"), "refused", "INFORM",
            "information.refused",
        ),
        Transition(
            "take_back", ("received", "asked_who", "working", "asked_what"), "taken_back",
            "INFORM", "information.taken_back",
        ),
    ),
)  # fmt: skip
FINAL = tuple(state.key for state in REQUEST.states if state.final)
