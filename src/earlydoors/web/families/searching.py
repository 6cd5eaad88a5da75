"""The list of families one sees, and the search over it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from earlydoors.foundation.kernel.dates import day
from earlydoors.foundation.kernel.text import tidy
from earlydoors.foundation.profile.current import current
from earlydoors.web.design import typed as typing
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.parts import Pages
from earlydoors.web.design.request import PageRequest
from earlydoors.web.design.words import count, day_short, until
from earlydoors.web.families.alike import alike
from earlydoors.web.families.listing import SORTS, Found, Meant, page_of
from earlydoors.web.families.pages import Standing, listed, standing, state_of

LONGEST = 200
FEW = 10  # families found by what was typed: of more, nobody looks for those that are only like it


@dataclass(frozen=True)
class FamilyRow:
    """A family of the list."""

    name: str
    href: str
    children: str
    meant: tuple[str, ...]
    standing: Standing | None
    state: str
    lead: str
    next: str
    overdue: bool
    summary_only: bool


@dataclass(frozen=True)
class Sort:
    """An order of the list."""

    text: str
    href: str
    here: bool


@dataclass(frozen=True)
class Search:
    """The page."""

    typed: str
    heading: str
    rows: tuple[FamilyRow, ...]
    alike: tuple[FamilyRow, ...]
    sorts: tuple[Sort, ...]
    pages: Pages
    total: int
    sort: str


def typed_address(request: PageRequest) -> str:
    """The address of the list for what was typed, which is kept out of it."""
    mark = typing.keep(request, tidy(request.POST.get("q", ""))[:LONGEST])
    return _to(mark, _sort(request.POST.get("sort", "")))


def page(request: PageRequest) -> Search:
    """Build the page from what is in the address."""
    mark = request.GET.get("for", "")
    typed = typing.words_of(request, mark)
    mark = mark if typed else ""
    sort = _sort(request.GET.get("sort", ""))
    shown, found = page_of(
        request.actor, typed, sort, request.GET.get("page", "1"), request.today, current()
    )
    total = shown.paginator.count
    near = []
    if typed and shown.number == 1 and total <= FEW:
        keys = [one.family.pk for one in found]
        near = alike(request.actor, typed, request.today, current(), keys)
    return Search(
        typed=typed,
        heading=count(total, "family", "families") + (" found" if typed else ""),
        rows=tuple(_row(one, request) for one in found),
        alike=tuple(_row(one, request) for one in near),
        sorts=tuple(Sort(text, _to(mark, key), key == sort) for key, text in SORTS.items()),
        pages=Pages(
            number=shown.number,
            of=shown.paginator.num_pages,
            previous=_to(mark, sort, shown.number - 1) if shown.has_previous() else None,
            next=_to(mark, sort, shown.number + 1) if shown.has_next() else None,
        ),
        total=total,
        sort=sort,
    )


def _sort(asked: str) -> str:
    return asked if asked in SORTS else "name"


def _to(mark: str, sort: str, number: int = 1) -> str:
    asked = {
        "for": mark,
        "sort": sort if sort != "name" else "",
        "page": number if number > 1 else "",
    }
    kept = {name: value for name, value in asked.items() if value}
    return reverse("families:search") + (f"?{urlencode(kept)}" if kept else "")


def _row(found: Found, request: PageRequest) -> FamilyRow:
    episode = found.episode
    return FamilyRow(
        name=str(found.family),
        href=reverse("families:family", args=[found.family.pk]),
        children=listed(found.children),
        meant=tuple(_meant(one) for one in found.meant),
        standing=standing(episode, None),
        state=state_of(episode),
        lead=episode.lead.name if episode and episode.lead else "",
        next=f"{day_short(found.next_on)}, {until(found.next_on, request.today)}"
        if found.next_on
        else "",
        overdue=bool(found.next_on and found.next_on < request.today),
        summary_only=not found.full,
    )


def _meant(meant: Meant) -> str:
    member = meant.member
    person = member.person
    born = f", born {day(person.born_on)}" if person.born_on else ""
    due = f", due {day(person.due_on)}" if person.due_on and not person.born_on else ""
    known_as = f" (known as {person.known_as})" if person.known_as else ""
    gone = f", in this family until {day(member.left_on)}" if member.left_on else ""
    found_by = f", {meant.found_by}" if meant.found_by else ""
    return f"{person.full_name}{known_as}{found_by}{born}{due}{gone}"
