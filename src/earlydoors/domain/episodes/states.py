"""The states of a family's period of help."""

from earlydoors.foundation.kernel.workflow import State, Transition, Workflow

_BEFORE_HELP = ("offered", "at_panel", "declined", "agreed")
_UNDER_WAY = ("assessing", "planning", "helping", "single_agency")

EPISODE = Workflow(
    key="episode",
    noun="family’s help",
    start="offered",
    states=(
        State("offered", "offered, and the family has not answered yet", "the family’s answer"),
        State("at_panel", "waiting for the panel", "the panel"),
        State("declined", "declined by the family for now", ""),
        State("agreed", "agreed by the family, ready to be assessed", "the assessment"),
        State("assessing", "being assessed", "the assessment"),
        State("planning", "assessed, with a plan to be made", "the plan"),
        State("helping", "under way with a plan", "the next review"),
        State("single_agency", "given by one agency", "that agency"),
        State("stepped_up", "with social care", "social care"),
        State("closed", "closed", "", final=True),
    ),
    transitions=(
        Transition("send_to_panel", ("offered",), "at_panel", "TRIAGE", "episode.sent_to_panel"),
        Transition("panel_offers", ("at_panel",), "offered", "CHAIR_PANEL", "episode.offered"),
        Transition(
            "give_to_agency",
            ("offered", "at_panel", "planning", "helping"),
            "single_agency",
            "MOVE_LEVEL",
            "episode.given_to_agency",
        ),
        Transition(
            "offer_more", ("single_agency", "declined"), "offered", "MOVE_LEVEL", "episode.offered"
        ),
        Transition("agree", ("offered", "declined"), "agreed", "RECORD_CONSENT", "episode.agreed"),
        Transition(
            "decline",
            ("offered", "agreed", "assessing", "planning", "helping"),
            "declined",
            "RECORD_CONSENT",
            "episode.declined",
        ),
        Transition("assess", ("agreed",), "assessing", "ASSESS", "episode.assessing"),
        Transition("assessed", ("assessing",), "planning", "ASSESS", "episode.assessed"),
        Transition("start_plan", ("planning",), "helping", "PLAN", "episode.plan_started"),
        Transition(
            "step_up",
            (*_BEFORE_HELP, *_UNDER_WAY),
            "stepped_up",
            "REFER_HARM",
            "episode.stepped_up",
        ),
        Transition(
            "step_down_with_plan", ("stepped_up",), "helping", "MOVE_LEVEL", "episode.stepped_down"
        ),
        Transition(
            "step_down_to_plan", ("stepped_up",), "planning", "MOVE_LEVEL", "episode.stepped_down"
        ),
        Transition(
            "step_down_to_offer", ("stepped_up",), "offered", "MOVE_LEVEL", "episode.stepped_down"
        ),
        Transition(
            "close", (*_BEFORE_HELP, *_UNDER_WAY, "stepped_up"), "closed", "CLOSE", "episode.closed"
        ),
    ),
)
