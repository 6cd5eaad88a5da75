"""The chronology as a page: by kind, by days, on paper."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.urls import reverse

from earlydoors.domain.chronology.queries import entries_of
from earlydoors.domain.people.models import Family
from earlydoors.foundation.kernel.dates import UnreadableDateError, day, read_date
from earlydoors.foundation.kernel.text import tidy
from earlydoors.web.design.parts import Entry, Pages
from earlydoors.web.design.request import PageRequest
from earlydoors.web.families.pages import entry
from earlydoors.web.families.scope import Frame, frame

A_PAGE = 50
ON_PAPER = 5000
KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "help": ("Help and level", ("episode", "level", "closing", "request", "conversation")),
    "agreement": ("What the family agreed", ("consent",)),
    "family": ("The family", ("person",)),
    "people": ("Who helps", ("lead", "team")),
    "assessment": ("Assessment", ("assessment", "need")),
    "plan": ("Plan and actions", ("plan", "outcome", "action", "service")),
    "meetings": ("Meetings and reviews", ("meeting", "review", "scores", "panel", "item")),
    "harm": ("Harm", ("harm",)),
}


@dataclass(frozen=True)
class Kind:
    """A kind of entry to show alone."""

    key: str
    text: str
    chosen: bool


@dataclass(frozen=True)
class Chronology:
    """The page."""

    frame: Frame
    entries: tuple[Entry, ...]
    kinds: tuple[Kind, ...]
    since: str
    until: str
    faults: tuple[tuple[str, str], ...]
    pages: Pages
    total: int
    narrowed: bool
    here: str
    on_paper: str
    shows: str

    @property
    def fault(self) -> bool:
        """Whether a day could not be read."""
        return bool(self.faults)

    def fault_of(self, field: str) -> str:
        """The sentence at a field."""
        return dict(self.faults).get(field, "")


def page(request: PageRequest, family: Family) -> Chronology:
    """Build the page from what is in the address."""
    chosen = [key for key in request.GET.getlist("kind") if key in KINDS]
    typed = {name: tidy(request.GET.get(name, ""))[:40] for name in ("since", "until")}
    days: dict[str, date] = {}
    faults = []
    for name, text in typed.items():
        try:
            if text:
                days[name] = read_date(text, request.today)
        except UnreadableDateError as unreadable:
            faults.append((name, str(unreadable)))
    if len(days) == 2 and days["since"] > days["until"]:
        faults.append(("until", "The last day must not be before the first"))
    nouns = [noun for key in chosen for noun in KINDS[key][1]]
    entries = entries_of(family, nouns=nouns, since=days.get("since"), until=days.get("until"))
    whole = request.GET.get("all") == "1"
    shown = Paginator(entries, ON_PAPER if whole else A_PAGE).get_page(request.GET.get("page"))
    asked = [("kind", key) for key in chosen] + [(n, t) for n, t in typed.items() if t]
    here = reverse("families:chronology", args=[family.pk])

    def to(*more: tuple[str, object]) -> str:
        return f"{here}?{urlencode([*asked, *more])}"

    return Chronology(
        frame=frame(request, family, "chronology"),
        entries=tuple(entry(one) for one in shown),
        kinds=tuple(Kind(key, text, key in chosen) for key, (text, _) in KINDS.items()),
        since=typed["since"],
        until=typed["until"],
        faults=tuple(faults),
        pages=Pages(
            number=shown.number,
            of=shown.paginator.num_pages,
            previous=to(("page", shown.number - 1)) if shown.has_previous() else None,
            next=to(("page", shown.number + 1)) if shown.has_next() else None,
        ),
        total=shown.paginator.count,
        narrowed=bool(asked),
        here=here,
        on_paper=to(("all", 1)) if shown.paginator.num_pages > 1 else "",
        shows=_shows(chosen, days),
    )


def _shows(chosen: list[str], days: dict[str, date]) -> str:
    """What is shown, in words, for whoever reads it on paper."""
    what = ", ".join(KINDS[key][0].lower() for key in chosen) or "everything that happened"
    since = f" from {day(days['since'])}" if "since" in days else ""
    until = f" until {day(days['until'])}" if "until" in days else ""
    return f"{what[:1].upper()}{what[1:]}{since}{until}"
