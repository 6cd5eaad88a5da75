"""What the pages of panels ask."""

from collections.abc import Iterable

from earlydoors.domain.panels.models import PanelAttendance
from earlydoors.domain.panels.rules import ANSWERS, levels_for
from earlydoors.domain.partnership.models import Agency, Membership
from earlydoors.foundation.forms.schema import Condition, Kind, Option, Question
from earlydoors.foundation.profile.schema import Profile

SITTING = (
    Question(
        key="on",
        kind=Kind.DATE,
        asks="When does it sit?",
        hint="The date its rhythm suggests is filled in. Change it if you need to.",
        required=True,
    ),
)
BRINGING = (
    Question(
        key="says",
        kind=Kind.LONG_TEXT,
        asks="What does your agency know that helps the talk?",
        hint="Facts and what you have seen. Say what is going well too.",
        prompts=(
            "What is going well for the child and family?",
            "What worries you, and what have you seen yourself?",
            "What have you tried, and what came of it?",
            "What does the child say?",
        ),
        required=True,
    ),
)
PUTTING_OFF = (
    Question(
        key="why",
        kind=Kind.LONG_TEXT,
        asks="Why is it put off?",
        hint="One or two sentences. It stays on the family’s record.",
        required=True,
    ),
)
DONE = (
    Question(
        key="done_on",
        kind=Kind.DATE,
        asks="When was it done?",
        required=True,
    ),
)
TASK_LINES = 4


def coming(seat: PanelAttendance, asked_for: str) -> tuple[Question, ...]:
    """Whether one agency came; `asked_for` names the families it asked for support for."""
    name = seat.agency.name
    hint = f"Asked for support for {asked_for}." if asked_for else ""
    return (
        Question(
            key="came",
            kind=Kind.CHOICE,
            asks=name,
            hint=hint,
            required=True,
            options=(Option(key="yes", says="Came"), Option(key="no", says="Did not come")),
        ),
        Question(
            key="who",
            kind=Kind.SHORT_TEXT,
            asks=f"Who came for {name}?",
            when=Condition(question="came", is_any_of=("yes",)),
        ),
    )


def asking(agencies: Iterable[Agency]) -> tuple[Question, ...]:
    """Which agencies are asked what they know."""
    return (
        Question(
            key="agencies",
            kind=Kind.CHOICES,
            asks="Who should bring what they know?",
            required=True,
            options=_named(agencies),
        ),
    )


def deciding(
    profile: Profile, agencies: Iterable[Agency], workers: Iterable[Membership]
) -> tuple[Question, ...]:
    """The decision, with the level and the reason."""
    served = {key for answer in ANSWERS for key in levels_for(profile, answer)}
    lead = profile.words.lead_practitioner.one
    return (
        Question(
            key="decision",
            kind=Kind.CHOICE,
            asks="What does the panel decide?",
            required=True,
            options=(
                Option(
                    key="coordinated",
                    says="Several agencies help together",
                    hint=f"The family is offered the {profile.words.assessment.one}.",
                ),
                Option(
                    key="single_agency",
                    says="One agency helps",
                    hint="The agency gives its help from here on, with the family’s agreement.",
                ),
            ),
        ),
        Question(
            key="agency",
            kind=Kind.CHOICE,
            asks="Which agency helps?",
            required=True,
            when=Condition(question="decision", is_any_of=("single_agency",)),
            options=_named(agencies),
        ),
        Question(
            key="worker",
            kind=Kind.CHOICE,
            asks="Who talks to the family and begins?",
            hint=f"They need not become the {lead}. Leave it empty if nobody is named yet.",
            options=tuple(_worker(one) for one in workers),
        ),
        Question(
            key="level",
            kind=Kind.CHOICE,
            asks="Which level is it?",
            hint="Read what each level means beside this.",
            required=True,
            options=tuple(
                Option(key=level.key, says=level.name, hint=level.means)
                for level in profile.levels
                if level.key in served
            ),
        ),
        Question(
            key="rationale",
            kind=Kind.LONG_TEXT,
            asks="Why does the panel decide so?",
            hint="Say which needs, and what the level says. The family can read this.",
            required=True,
        ),
    )


def tasking(agencies: Iterable[Agency], number: int) -> tuple[Question, ...]:
    """One task for an agency; every part of it may be left empty together."""
    return (
        Question(
            key="agency",
            kind=Kind.CHOICE,
            asks=f"Task {number}: which agency?",
            options=_named(agencies),
        ),
        Question(key="what", kind=Kind.SHORT_TEXT, asks=f"Task {number}: what will it do?"),
        Question(key="due_on", kind=Kind.DATE, asks=f"Task {number}: by when?"),
    )


def _named(agencies: Iterable[Agency]) -> tuple[Option, ...]:
    return tuple(Option(key=one.key, says=one.name) for one in agencies)


def _worker(held: Membership) -> Option:
    where = held.setting or held.agency
    # The key is a member's id, which is no key of a profile.
    return Option.model_construct(
        key=str(held.member_id), says=f"{held.member.name}, {held.role_name}, {where}", hint=""
    )
