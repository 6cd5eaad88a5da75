"""What the pages of saying that one knows a family are given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from earlydoors.domain.access.models import Declaration
from earlydoors.foundation.kernel.dates import day, local_day, moment
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.parts import Row


@dataclass(frozen=True)
class Line:
    """One declaration: one's own, or somebody else's to decide on."""

    says: str
    detail: str
    href: str = ""


@dataclass(frozen=True)
class Yours:
    """What one declared, and what others did whom one decides for."""

    mine: Sequence[Line]
    others: Sequence[Line]


def yours(mine: Iterable[Declaration], others: Iterable[Declaration]) -> Yours:
    """Build the page."""
    return Yours(
        [Line(f"{one.whom}: {one.get_kind_display().lower()}", _stands(one)) for one in mine],
        [
            Line(
                says=f"{one.member.name} knows a family: {one.get_kind_display().lower()}",
                detail=f"Since {moment(one.created_at)}",
                href=reverse("declared:end", args=[one.pk]),
            )
            for one in others
        ],
    )


def _stands(one: Declaration) -> str:
    since = f"Since {day(local_day(one.created_at))}"
    if one.ended_at is None or one.ended_by is None:
        return since
    return f"{since}, until {day(local_day(one.ended_at))}: {one.ended_by.name} decided so"


def rows(one: Declaration) -> list[Row]:
    """What somebody declared, for whoever decides on it. The family is not named here."""
    agency = [Row("From", one.agency.name)] if one.agency else []
    return [
        Row("Who", one.member.name),
        *agency,
        Row("How they know the family", one.get_kind_display()),
        Row("In their words", one.says, quoted=True),
        Row("Since", moment(one.created_at)),
    ]
