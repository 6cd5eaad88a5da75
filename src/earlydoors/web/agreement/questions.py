"""What the pages of agreement ask beside the area's own forms."""

from collections.abc import Iterable

from earlydoors.domain.consent.models import HELPED_BY, SECTION_17, TOLD_HOW
from earlydoors.foundation.forms.schema import Condition, Kind, Option, Question
from earlydoors.foundation.profile.current import current
from earlydoors.web.agreement.whom import Whom

MORE_AGENCIES = 3
MORE_NAMES = 3
PERSON = Question(
    key="person",
    kind=Kind.PERSON,
    asks="Who agreed?",
    hint="Those with parental responsibility come first. A young person may agree for themselves "
    "if they understand what it means.",
    required=True,
)
WHO_SAID_NO = PERSON.model_copy(update={"asks": "Who said no?", "hint": ""})

_YES_NO = (Option(key="yes", says="Yes"), Option(key="no", says="No"))

AGREED = (
    PERSON,
    Question(key="agreed_on", kind=Kind.DATE, asks="On what day did they agree?", required=True),
    Question(
        key="until",
        kind=Kind.DATE,
        asks="Until when did they agree?",
        hint="The last day. It ends by itself then, and so does what others see by it. You are "
        "reminded before, and can ask them again.",
        required=True,
    ),
    Question(
        key="told_how",
        kind=Kind.CHOICE,
        asks="How did you go through it with them?",
        required=True,
        options=tuple(Option(key=key, says=says) for key, says in TOLD_HOW if key != "interpreter"),
    ),
    Question(
        key="helped_by",
        kind=Kind.CHOICES,
        asks="What was used so that they could take it in?",
        hint="Tick all that were.",
        options=tuple(Option(key=key, says=says) for key, says in HELPED_BY),
    ),
    Question(
        key="in_language",
        kind=Kind.SHORT_TEXT,
        asks="Into which language?",
        required=True,
        maximum=100,
        when=Condition(question="helped_by", is_any_of=("interpreter",)),
    ),
    Question(
        key="in_writing",
        kind=Kind.CHOICE,
        asks="Did they agree in writing?",
        hint="Early help needs a yes in writing before anything is assessed or shared.",
        required=True,
        options=(
            Option(key="yes", says="Yes, they signed or wrote it down"),
            Option(key="no", says="No, not yet"),
        ),
    ),
)
WHAT_FOR = (
    Question(
        key="purpose",
        kind=Kind.LONG_TEXT,
        asks="What is the help for?",
        hint="In their words where you can. It stands on the written agreement. What they agree to "
        "be shared is shared for this, and for nothing else.",
        required=True,
        maximum=2000,
    ),
)
WITHDRAWN = (
    Question(
        key="why",
        kind=Kind.LONG_TEXT,
        asks="Why do they withdraw?",
        hint="In their words where you can. They need not give a reason; then say so.",
        required=True,
        words_of="family",
        maximum=5000,
    ),
)

ATTACHED = (
    Question(
        key="says",
        kind=Kind.SHORT_TEXT,
        asks="What is it?",
        hint="Such as: the form, signed by both parents on 3 May.",
        required=True,
        maximum=200,
    ),
)
SET_ASIDE = (
    Question(
        key="why",
        kind=Kind.LONG_TEXT,
        asks="Why does it not belong here?",
        hint="Such as: it is another family’s form.",
        required=True,
        maximum=1000,
    ),
)


def about() -> tuple[Question, ...]:
    """Whose information an agreement is about, and which parts of it, as the area names them."""
    covers = Question(
        key="covers",
        kind=Kind.PEOPLE,
        asks="Whose information did they agree to share?",
        required=True,
    )
    parts = tuple(Option(key=one.key, says=one.says) for one in current().information.parts)
    if not parts:
        return (covers,)
    return (
        covers,
        Question(
            key="parts",
            kind=Kind.CHOICES,
            asks="Which parts may be passed on?",
            hint="Ask about each. What is not ticked is not passed on.",
            required=True,
            options=parts,
        ),
    )


def sharing(people_told: Iterable[Whom]) -> tuple[Question, ...]:
    """A yes or no for each agency or other that the family has to do with."""
    return tuple(
        Question(
            key=whom.key, kind=Kind.CHOICE, asks=whom.says, hint="; ".join(whom.why),
            options=_YES_NO,
        )
        for whom in people_told
    )  # fmt: skip


def _others() -> Iterable[Question]:
    for n in range(1, MORE_AGENCIES + 1):
        yield Question(
            key=f"agency_{n}",
            kind=Kind.CHOICE,
            asks="Another agency" if n == 1 else f"Another agency, line {n}",
            options_from="agencies",
            when=Condition(question=f"agency_{n - 1}") if n > 1 else None,
        )
        yield Question(
            key=f"agency_{n}_shares",
            kind=Kind.CHOICE,
            asks="May it be told?" if n == 1 else f"May the agency of line {n} be told?",
            required=True,
            options=_YES_NO,
            when=Condition(question=f"agency_{n}"),
        )
    for n in range(1, MORE_NAMES + 1):
        yield Question(
            key=f"named_{n}",
            kind=Kind.SHORT_TEXT,
            asks="Someone else by name" if n == 1 else f"Someone else by name, line {n}",
            hint="A person or service that is not in the list, such as a father’s GP."
            if n == 1
            else "",
            when=Condition(question=f"named_{n - 1}") if n > 1 else None,
        )
        yield Question(
            key=f"named_{n}_shares",
            kind=Kind.CHOICE,
            asks="May they be told?" if n == 1 else f"May they of line {n} be told?",
            required=True,
            options=_YES_NO,
            when=Condition(question=f"named_{n}"),
        )


OTHERS = tuple(_others())


def section_17_says() -> dict[str, str]:
    """What was found of section 17 (Children Act 1989), with the area's word for social care."""
    told = current().words.social_care.one
    return {key: says.replace("social care", told) for key, says in SECTION_17}


def refused_questions() -> tuple[Question, ...]:
    """What is asked of a no, with the area's word for social care."""
    section_17 = section_17_says()
    return (
        WHO_SAID_NO,
        Question(
            key="refused_on", kind=Kind.DATE, asks="On what day did they say no?", required=True
        ),
        Question(
            key="why",
            kind=Kind.LONG_TEXT,
            asks="Why did they say no?",
            hint="In their words where you can.",
            required=True,
            words_of="family",
        ),
        Question(
            key="reassurance",
            kind=Kind.LONG_TEXT,
            asks="What did you say to reassure them?",
            required=True,
            prompts=(
                "Early help is their choice, and a no is not held against them",
                "They can say yes to part of it",
                "They can ask at any time, and need not tell their story again",
            ),
        ),
        Question(
            key="universal_help",
            kind=Kind.LONG_TEXT,
            asks="What help that is open to everyone meets their needs meanwhile?",
            hint="Name it, and say who tells them about it.",
            required=True,
        ),
        Question(
            key="told_what_is_recorded",
            kind=Kind.CHOICE,
            asks="Did you tell them what is recorded, and why?",
            required=True,
            options=_YES_NO,
        ),
        Question(
            key="section_17",
            kind=Kind.CHOICE,
            asks="You considered whether the child is in need (section 17). What did you find?",
            hint="Children Act 1989. A no to early help is not by itself a reason to refer.",
            required=True,
            options=tuple(Option(key=key, says=says) for key, says in section_17.items()),
        ),
        Question(
            key="section_17_why", kind=Kind.LONG_TEXT, asks="Why do you see it so?", required=True
        ),
    )
