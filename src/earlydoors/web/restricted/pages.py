"""What the pages about restricted records are given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from earlydoors.domain.access.models import Grant, Notice, Restriction
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Member, Membership
from earlydoors.foundation.kernel.dates import moment
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.parts import Row
from earlydoors.web.design.words import count
from earlydoors.web.families.pages import held_by, job_of


@dataclass(frozen=True)
class Line:
    """A restricted record, or a notice, in a list."""

    href: str
    sentence: str
    detail: str


@dataclass(frozen=True)
class Listed:
    """The restricted records that someone may know of, and the notices for them."""

    watches: bool
    records: Sequence[Line]
    notices: Sequence[Line]


@dataclass(frozen=True)
class Named:
    """One of the few to whom a record is open."""

    name: str
    detail: str
    take_off: str


@dataclass(frozen=True)
class One:
    """A restricted record: as one of the few reads of it, or as whoever watches does."""

    title: str
    family: tuple[str, str] | None
    rows: Sequence[Row]
    why: str
    who: str
    few: Sequence[Named]
    lift: str


@dataclass(frozen=True)
class NoticePage:
    """A notice, and what was done about it."""

    title: str
    rows: Sequence[Row]
    means: str
    says: str
    who: str
    family: tuple[str, str]


def listed(
    restrictions: Iterable[Restriction], notices: Iterable[Notice], few: dict[object, int],
    actor: Actor, *, watches: bool, seen: dict[object, str],
) -> Listed:  # fmt: skip
    """Build the list. `seen` names the families that the reader may know by name."""
    records = [
        Line(
            href=reverse("restricted:one", args=[one.pk]),
            sentence=f"The {seen[one.family_id]}" if one.family_id in seen else str(one),
            detail=f"{f'{one}, s' if one.family_id in seen else 'S'}ince {moment(one.began_at)}"
            f"{_until(one)}; open to {_people(few.get(one.family_id, 0))} by name",
        )
        for one in restrictions
    ]
    return Listed(watches, records, [_notice(one) for one in notices])


def _people(number: int) -> str:
    return count(number, "person", "people")


def _until(one: Restriction) -> str:
    return f", until {moment(one.until)}" if one.until else ""


def told(one: Notice) -> str:
    """Who did what, in a sentence without the family."""
    of = f", {one.agency.name}," if one.agency else ""
    return f"{one.whose.name}{of} {one.get_about_display()}"


def _notice(one: Notice) -> Line:
    return Line(
        href=reverse("restricted:notice", args=[one.pk]),
        sentence=told(one),
        detail=f"{moment(one.created_at)}{f'; the {one.family}' if one.family else ''}",
    )


def one(
    found: Restriction, few: Iterable[Grant], name: str, *, may_change: bool, watches: bool
) -> One:
    """Build the page of one. Whoever watches learns to whom it is open, and not whose it is."""
    rows = [
        Row("What sort", str(found)),
        Row("Since", moment(found.began_at)),
        Row("Until", moment(found.until) if found.until else "Somebody lifts it"),
        Row("Restricted by", found.created_by.name),
    ]
    return One(
        title="A restricted record" if watches else f"Restricted: the {name}",
        family=None
        if watches
        else (f"The {name}", reverse("families:family", args=[found.family_id])),
        rows=rows,
        why="" if watches else found.why,
        who=f"{found.created_by.name}, {moment(found.created_at)}",
        few=[
            _named(found, grant, grant.member, may_change=may_change)
            for grant in few
            if grant.member
        ],
        lift=reverse("restricted:lift", args=[found.pk]) if may_change else "",
    )


def _named(found: Restriction, grant: Grant, member: Member, *, may_change: bool) -> Named:
    until = f"; until {moment(grant.until)}" if grant.until else ""
    return Named(
        name=member.name,
        detail=f"{job_of(member, held_by(member))}; since {moment(grant.began_at)}{until}",
        take_off=reverse("restricted:take_off", args=[found.pk, member.pk]) if may_change else "",
    )


_NOT_TOLD = (
    "They were told nothing of this record. If they need to know something for a child’s sake, "
    "ring them."
)
_MEANS = {
    "asked": _NOT_TOLD,
    "request": _NOT_TOLD,
    "declared": "The record is shut to them from now on. Arrange for somebody else to do what they "
    "did with the family.",
    "let_in": "Whoever watches over looks let them in, because it could not wait.",
}


def notice_page(found: Notice) -> NoticePage:
    """Build the page of a notice."""
    rows = [
        Row("Who", found.whose.name),
        Row("From", found.agency.name if found.agency else ""),
        Row("Mail", found.whose.email),
        Row("When", moment(found.created_at)),
    ]
    dealt = (
        f"{found.dealt_by.name}, {moment(found.dealt_at)}"
        if found.dealt_by and found.dealt_at
        else ""
    )
    return NoticePage(
        title=told(found),
        rows=[row for row in rows if row.value],
        means=_MEANS[found.about],
        says=found.dealt_says,
        who=dealt,
        family=(
            f"The {found.family}",
            reverse("families:family", args=[found.family_id]),
        ),
    )


def offered(people: Iterable[Membership]) -> list[tuple[object, str]]:
    """People to choose from, each once, by what they are and where from."""
    listed = {one.member_id: f"{one.member.name}, {job_of(one.member, one)}" for one in people}
    return list(listed.items())
