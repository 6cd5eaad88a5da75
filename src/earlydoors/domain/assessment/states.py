"""The states of an assessment."""

from earlydoors.foundation.kernel.workflow import State, Transition, Workflow

ASSESSMENT = Workflow(
    key="assessment",
    noun="assessment",
    start="open",
    states=(
        State("open", "being written", "everyone in it"),
        State("finished", "finished", "", final=True),
    ),
    transitions=(
        Transition("finish", ("open",), "finished", "ASSESS", "assessment.finished"),
        Transition("reopen", ("finished",), "open", "ASSESS", "assessment.reopened"),
    ),
)
