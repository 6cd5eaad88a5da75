"""What the pages of what is held on somebody, and of the copies made of it, are given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from earlydoors.domain.information.models import Copy, Gathering, InformationRequest, Passage
from earlydoors.foundation.kernel.dates import day, moment
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.parts import Count, Row

_SHOWN = ("", "look", "out")


@dataclass(frozen=True)
class Line:
    """A passage in the list."""

    href: str
    heading: str
    rows: Sequence[Row]
    prompts: Sequence[str]
    stands: str
    tone: str


@dataclass(frozen=True)
class Gathered:
    """What is held, a page of it; or how far gathering is."""

    back: str
    about: str
    begun: bool
    finished: bool
    done: int
    of: int
    counts: Sequence[Count]
    lines: Sequence[Line]
    waits: int
    weighed: bool
    make: str
    harm: str


@dataclass(frozen=True)
class OnePassage:
    """One passage to decide about."""

    back: str
    heading: str
    rows: Sequence[Row]
    prompts: Sequence[str]
    who: str
    disagree: str


@dataclass(frozen=True)
class Made:
    """A copy."""

    back: str
    about: str
    rows: Sequence[Row]
    document: str
    paper: str
    file: str
    given: bool


def passages_of(held: Gathering | None, which: str) -> "QuerySet[Passage]":
    """The passages of a gathering that a list shows, in their order."""
    found = Passage.objects.filter(gathering=held) if held else Passage.objects.none()
    if which == "look":
        found = found.filter(decided_at=None).exclude(prompts=[])
    if which == "out":
        found = found.filter(hides__in=["words", "all"])
    return found.order_by("position")


def gathered(
    shown: InformationRequest, held: Gathering | None, lines: Iterable[Passage], which: str
) -> Gathered:
    """Build the list."""
    here = reverse("information:gathered", args=[shown.pk])
    waits = passages_of(held, "look").count()
    labels = {"": "in all", "look": "to look at", "out": "taken out"}
    numbers = {"": passages_of(held, "").count(), "look": waits}
    numbers["out"] = passages_of(held, "out").count()
    return Gathered(
        back=reverse("information:one", args=[shown.pk]),
        about=shown.person.full_name if shown.person else shown.about,
        begun=held is not None,
        finished=bool(held and held.finished_at),
        done=held.done if held else 0,
        of=held.tables if held else 0,
        counts=[
            Count(numbers[key], labels[key], f"{here}?show={key}" if key else here, which == key)
            for key in _SHOWN
        ],
        lines=[_line(one) for one in lines],
        waits=waits,
        weighed=shown.harm_tests.exists(),
        make=reverse("information:make", args=[shown.pk]),
        harm=reverse("information:harm", args=[shown.pk]),
    )


def _rows(one: Passage) -> list[Row]:
    return [Row(part["label"], part["says"]) for part in one.parts]


def _line(one: Passage) -> Line:
    stands, tone = "Goes out", "plain"
    if one.hides == "all":
        stands, tone = f"Taken out: {one.get_reason_display().lower()}", "harm"
    elif one.hides == "words":
        stands, tone = f"Without some words: {one.get_reason_display().lower()}", "due"
    elif one.decided_at:
        stands, tone = "Goes out, looked at", "done"
    elif one.prompts:
        stands, tone = "To look at", "due"
    href = reverse("information:passage", args=[one.pk])
    return Line(href, one.heading, _rows(one), one.prompts, stands, tone)


def place_of(one: Passage) -> str:
    """Where somebody goes on after deciding: to what waits, if anything does."""
    here = reverse("information:gathered", args=[one.gathering.request_id])
    return f"{here}?show=look" if passages_of(one.gathering, "look").exists() else here


def to_look_at(shown: InformationRequest) -> str:
    """The list of what waits for a look."""
    return f"{reverse('information:gathered', args=[shown.pk])}?show=look"


def decided(one: Passage) -> dict[str, Any]:
    """What was decided about a passage, for the form."""
    said = {"hides": one.hides, "reason": one.reason, "reason_says": one.reason_says}
    return {key: value for key, value in {**said, "words": "\n".join(one.words)}.items() if value}


def passage(one: Passage) -> OnePassage:
    """Build the page of one passage."""
    who = ""
    if one.decided_by and one.decided_at:
        who = f"Decided by {one.decided_by.name}, {moment(one.decided_at)}"
    back = reverse("information:gathered", args=[one.gathering.request_id])
    disagree = reverse("information:disagree", args=[one.pk])
    return OnePassage(back, one.heading, _rows(one), one.prompts, who, disagree)


def copy(one: Copy) -> Made:
    """Build the page of a copy."""
    rows = [
        Row("Made", f"{moment(one.created_at)}, by {one.created_by.name}"),
        Row("Passages", f"{one.passages}, of which {one.taken_out} have something taken out"),
        Row("Mark of the document", one.document_mark),
        Row("Mark of the file", one.content_mark),
    ]
    if one.given_on and one.given_by:
        by = f"Recorded by {one.given_by.name}"
        said = f"{one.given_to}, {day(one.given_on)}, {one.given_how}"
        rows.append(Row("Given to", said, source=by))
    return Made(
        back=reverse("information:one", args=[one.request_id]),
        about=one.request.about,
        rows=rows,
        document=reverse("information:document", args=[one.pk]),
        paper=reverse("information:paper", args=[one.pk]),
        file=reverse("information:file", args=[one.pk]),
        given=one.given_on is not None,
    )
