"""What the pages of holds are given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from earlydoors.domain.retention.models import Hold
from earlydoors.domain.retention.rules import reference_of
from earlydoors.foundation.kernel.dates import day, moment
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.parts import Line, Row
from earlydoors.web.sections.short import ShortForm


@dataclass(frozen=True)
class OneHold:
    """A hold."""

    title: str
    stands: str
    tone: str
    says: str
    who: str
    rows: Sequence[Row]
    standing: bool


def hold_line(one: Hold) -> Line:
    """A hold in a list."""
    standing = one.lifted_at is None
    detail = f"{one.get_reason_display()}; from {day(one.from_on)}"
    if one.lifted_at:
        detail += f", lifted {moment(one.lifted_at)}"
    return Line(
        href=reverse("retention:hold", args=[one.pk]),
        sentence=f"{_on_what(one)}, asked by {one.asked_by}",
        stands="Held" if standing else "Lifted",
        tone="due" if standing else "quiet",
        detail=detail,
    )


def _on_what(one: Hold) -> str:
    if one.family_id is not None:
        return reference_of(one.family_id)
    return "Whom a request is about"


def hold(one: Hold, records: Iterable[UUID]) -> OneHold:
    """Build the page of a hold."""
    found = [reference_of(record) for record in records]
    rows = [
        Row("Records", found or "None yet: the person is in no family’s record"),
        Row("Why", one.get_reason_display()),
        Row("Asked by", one.asked_by),
        Row("From", day(one.from_on)),
        Row("Put on", f"{moment(one.created_at)}, by {one.created_by.name}"),
    ]
    if one.request_id is not None:
        href = reverse("information:one", args=[one.request_id])
        rows.append(Row("Request", "From a request about information", href, "Open"))
    if one.lifted_at and one.lifted_by:
        by = f"{one.lifted_by.name}, {moment(one.lifted_at)}"
        rows.append(Row("Lifted", one.lifted_why, source=by))
    return OneHold(
        title=_on_what(one),
        stands="Held" if one.lifted_at is None else "Lifted",
        tone="due" if one.lifted_at is None else "quiet",
        says=one.says,
        who=f"{one.asked_by}, {day(one.from_on)}",
        rows=rows,
        standing=one.lifted_at is None,
    )


def putting(caption: str, back: str, back_to: str) -> ShortForm:
    """Build the page on which a hold is put on."""
    return ShortForm(
        title="Hold a record",
        lead="While it is held, nothing of it is disposed of. It opens the record to nobody, and"
        " those who work with the family are not told: it can tell of an inquiry.",
        button="Hold it",
        caption=caption,
        back=back,
        back_to=back_to,
    )
