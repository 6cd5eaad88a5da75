"""What the pages of files ask."""

from collections.abc import Iterable, Sequence

from earlydoors.domain.partnership.models import Agency, Setting
from earlydoors.foundation.forms.schema import Condition, Kind, Option, Question

NO_SCHOOL = "none"


def _option(key: str, says: str, hint: str = "") -> Option:
    # The key is a record's id or a place in a list, which is no key of a profile.
    return Option.model_construct(key=key, says=says, hint=hint)


def about(schools: Iterable[Setting]) -> tuple[Question, ...]:
    """What a file of people is, and of when."""
    offered = [_option(str(one.pk), one.name) for one in schools]
    return (
        Question(
            key="setting",
            kind=Kind.CHOICE,
            asks="Whose roll is it?",
            hint="Its children are written down as going there, unless the file has a URN.",
            options=(_option(NO_SCHOOL, "Not the roll of one school"), *offered),
        ),
        Question(
            key="source_says",
            kind=Kind.SHORT_TEXT,
            asks="What is the file called?",
            hint="It is shown as the source of each fact. For example, School roll.",
            maximum=170,
        ),
        Question(
            key="as_of",
            kind=Kind.DATE,
            asks="What day is it of?",
            hint="The day it was taken from the other system. Leave it empty for today.",
        ),
    )


def taking(
    authorities: Sequence[tuple[str, int]],
    phases: Sequence[tuple[str, int]],
    agencies: Sequence[Agency],
) -> tuple[Question, ...]:
    """Which schools of the register are taken, and under which agency they stand."""
    return (
        Question(
            key="authorities",
            kind=Kind.CHOICES,
            asks="Which local authorities?",
            hint="Schools of the others are left aside.",
            required=True,
            options=_counted(authorities),
        ),
        Question(
            key="phases",
            kind=Kind.CHOICES,
            asks="Which phases of education?",
            required=True,
            options=_counted(phases),
        ),
        Question(
            key="agency",
            kind=Kind.CHOICE,
            asks="Under which agency do new schools stand?",
            required=True,
            options=tuple(_option(str(one.pk), one.name) for one in agencies),
        ),
    )


def _counted(values: Sequence[tuple[str, int]]) -> tuple[Option, ...]:
    return tuple(
        _option(str(n), f"{value or 'Nothing said'} ({number:,})")
        for n, (value, number) in enumerate(values)
    )


LOADING = (
    Question(
        key="who",
        kind=Kind.CHOICE,
        asks="Who is written down?",
        required=True,
        options=(
            Option(
                key="known",
                says="Only people we already know",
                hint="What the file says of anyone else is not written, and is forgotten.",
            ),
            Option(
                key="everyone",
                says="Also people who are not known yet",
                hint="They get a record of their own. Nobody is told, and no family is made.",
            ),
        ),
    ),
    Question(
        key="why",
        kind=Kind.LONG_TEXT,
        asks="Why do you need people who are not known yet?",
        hint="Hold no more about children than help for them needs. Your reason stays on record.",
        required=True,
        maximum=500,
        when=Condition(question="who", is_any_of=("everyone",)),
    ),
)
