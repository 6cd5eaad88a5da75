"""The states of a conversation, of a request for support, of asking to join a team, and of a record
that was opened in an emergency."""

from earlydoors.foundation.kernel.workflow import State, Transition, Workflow

CONVERSATION = Workflow(
    key="conversation",
    noun="conversation",
    start="waiting",
    states=(
        State("waiting", "waiting for advice", "an adviser"),
        State("answered", "answered", "", final=True),
    ),
    transitions=(
        Transition("advise", ("waiting",), "answered", "GIVE_ADVICE", "conversation.advised"),
    ),
)

REQUEST = Workflow(
    key="request",
    noun="request",
    start="draft",
    states=(
        State("draft", "being written", "whoever asks"),
        State("waiting", "waiting to be looked at", "the front door"),
        State("taken_up", "being looked at", "whoever took it up"),
        State("decided", "decided", "", final=True),
        State("taken_back", "taken back by whoever asked", "", final=True),
    ),
    transitions=(
        Transition("send", ("draft",), "waiting", "REQUEST", "request.sent"),
        Transition("take_up", ("waiting", "taken_up"), "taken_up", "TRIAGE", "request.taken_up"),
        Transition("decide", ("waiting", "taken_up"), "decided", "TRIAGE", "request.decided"),
        Transition(
            "take_back", ("draft", "waiting"), "taken_back", "REQUEST", "request.taken_back"
        ),
    ),
)

ASK_TO_JOIN = Workflow(
    key="ask_to_join",
    noun="asking to join",
    start="waiting",
    states=(
        State("waiting", "waiting for an answer", "whoever leads, else the front door"),
        State("welcomed", "in the team now", "", final=True),
        State("refused", "answered with words", "", final=True),
    ),
    transitions=(
        Transition("welcome", ("waiting",), "welcomed", "MEET", "ask_to_join.welcomed"),
        Transition("refuse", ("waiting",), "refused", "MEET", "ask_to_join.refused"),
    ),
)

EMERGENCY = Workflow(
    key="emergency",
    noun="opening of a record in an emergency",
    start="waiting",
    states=(
        State("waiting", "waiting to be looked at", "whoever watches over who looks at records"),
        State("to_tell", "to be told to the family", "whoever leads, else the front door"),
        State("told", "told to the family", "", final=True),
        State("not_safe", "not safe to tell the family", "", final=True),
    ),
    transitions=(
        Transition("review", ("waiting",), "to_tell", "WATCH", "emergency.reviewed"),
        Transition("keep_from_family", ("waiting",), "not_safe", "WATCH", "emergency.reviewed"),
        Transition("tell", ("to_tell",), "told", "MEET", "emergency.told"),
    ),
)
