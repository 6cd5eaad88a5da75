"""The chronology as a page: by kind, person, days and words, on paper, and as a file."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator

from earlydoors.domain.information.disputing import disagreements_in
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Family, Person
from earlydoors.domain.people.queries import secrets_from, those_kept_from
from earlydoors.foundation.kernel.dates import UnreadableDateError, day, read_date
from earlydoors.foundation.kernel.text import tidy
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.parts import Entry, Pages
from earlydoors.web.design.request import PageRequest
from earlydoors.web.design.typed import keep, words_of
from earlydoors.web.families import happened
from earlydoors.web.families.disputed import with_disagreement
from earlydoors.web.families.happened import Happened
from earlydoors.web.families.scope import Frame, frame

A_PAGE = 50
ON_PAPER = 5000
KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "events": ("What workers wrote down", ("event",)),
    "help": ("Help and level", ("episode", "level", "closing", "request", "conversation")),
    "agreement": ("What the family agreed, and sharing", ("consent", "sharing")),
    "family": ("The family", ("person",)),
    "places": ("Home, school and GP", ("place",)),
    "people": ("Who helps", ("lead", "team")),
    "assessment": ("Assessment", ("assessment", "need")),
    "plan": ("Plan and actions", ("plan", "outcome", "action", "service")),
    "meetings": ("Meetings and reviews", ("meeting", "review", "scores", "panel", "item")),
    "harm": ("Harm", ("harm",)),
}
ORDERS = {"latest": "Latest first", "earliest": "Earliest first"}
_TYPED = 200


@dataclass(frozen=True)
class Choice:
    """Something to choose in the form above the list."""

    key: str
    text: str
    chosen: bool


@dataclass(frozen=True)
class Copy:
    """Someone from whom a place is kept, and the page as they may have it."""

    key: str
    name: str
    href: str
    chosen: bool


@dataclass(frozen=True)
class Chronology:
    """The page."""

    frame: Frame
    entries: tuple[Entry, ...]
    kinds: tuple[Choice, ...]
    people: tuple[Choice, ...]
    orders: tuple[Choice, ...]
    words: str
    since: str
    until: str
    faults: tuple[tuple[str, str], ...]
    pages: Pages
    total: int
    narrowed: bool
    here: str
    on_paper: str
    file: str
    shows: str
    add: str | None
    copies: tuple[Copy, ...]
    reader: str

    @property
    def fault(self) -> bool:
        """Whether a day could not be read."""
        return bool(self.faults)

    def fault_of(self, field_name: str) -> str:
        """The sentence at a field."""
        return dict(self.faults).get(field_name, "")


@dataclass
class Asked:
    """What is asked for in the address: kinds, a person, days, words, an order, a reader."""

    request: PageRequest
    family: Family
    faults: list[tuple[str, str]] = field(default_factory=list)
    days: dict[str, date] = field(default_factory=dict)

    def __post_init__(self) -> None:
        get = self.request.GET
        self.kinds = [key for key in get.getlist("kind") if key in KINDS]
        self.mark = get.get("words", "")
        self.words = words_of(self.request, self.mark)
        self.typed = {name: tidy(get.get(name, ""))[:40] for name in ("since", "until")}
        self.order = get.get("order", "") if get.get("order") in ORDERS else "latest"
        for name, text in self.typed.items():
            try:
                if text:
                    self.days[name] = read_date(text, self.request.today)
            except UnreadableDateError as unreadable:
                self.faults.append((name, str(unreadable)))
        if len(self.days) == 2 and self.days["since"] > self.days["until"]:
            self.faults.append(("until", "The last day must not be before the first"))

    @cached_property
    def people(self) -> list[Person]:
        """Everybody who is or was of the family, children first."""
        members = self.family.members.select_related("person").order_by(
            "person__born_on", "person__due_on", "person__given_name", "person_id"
        )
        return list({one.person_id: one.person for one in members}.values())

    def _one(self, name: str) -> Person | None:
        wanted = self.request.GET.get(name, "")
        return next((one for one in self.people if str(one.pk) == wanted), None)

    @cached_property
    def person(self) -> Person | None:
        """Whom it is about, where only that is wanted."""
        return self._one("who")

    @cached_property
    def reader(self) -> Person | None:
        """For whom of the family it is, where it is to leave this office."""
        return self._one("for")

    @cached_property
    def found(self) -> list[Happened]:
        """What is asked for, in its order."""
        found = happened.everything(self.family)
        if self.reader is not None:
            found = happened.for_reader(found, self.reader, secrets_from(self.reader))
        if self.kinds:
            nouns = {noun for key in self.kinds for noun in KINDS[key][1]}
            found = happened.of_kinds(found, nouns)
        if self.person is not None:
            found = happened.about_person(found, self.person)
        if self.words:
            found = happened.with_words(found, self.words)
        found = happened.between(found, self.days.get("since"), self.days.get("until"))
        return found if self.order == "earliest" else found[::-1]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What is asked for, as an address has it."""
        pairs = [("kind", key) for key in self.kinds]
        pairs += [("who", str(self.person.pk))] if self.person else []
        pairs += [("words", self.mark)] if self.words else []
        pairs += [(name, text) for name, text in self.typed.items() if text]
        return pairs

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What else the address carries: the order, and for whom it is."""
        pairs = [("order", self.order)] if self.order != "latest" else []
        return pairs + ([("for", str(self.reader.pk))] if self.reader else [])

    @property
    def shows(self) -> str:
        """What is shown, in words, for whoever reads it on paper."""
        what = ", ".join(KINDS[key][0].lower() for key in self.kinds)
        what = what or "everything that happened"
        about = f" about {self.person.full_name}" if self.person else ""
        words = f" with the words “{self.words}”" if self.words else ""
        since = f" from {day(self.days['since'])}" if "since" in self.days else ""
        until = f" until {day(self.days['until'])}" if "until" in self.days else ""
        return f"{what[:1].upper()}{what[1:]}{about}{words}{since}{until}"


def typed_address(request: PageRequest, family: Family) -> str:
    """The address of the chronology as it was asked for, with a mark for the words."""
    post = request.POST
    pairs = [("kind", key) for key in post.getlist("kind")]
    pairs += [(name, post.get(name, "")) for name in ("who", "since", "until", "order", "for")]
    pairs.append(("words", keep(request, tidy(post.get("words", ""))[:_TYPED])))
    query = urlencode([(name, value) for name, value in pairs if value])
    here = reverse("families:chronology", args=[family.pk])
    return f"{here}?{query}" if query else here


def page(request: PageRequest, family: Family) -> Chronology:
    """Build the page from what is in the address."""
    asked = Asked(request, family)
    whole = request.GET.get("all") == "1"
    shown = Paginator(asked.found, ON_PAPER if whole else A_PAGE).get_page(request.GET.get("page"))
    here = reverse("families:chronology", args=[family.pk])
    may_mend = request.actor.may(Right.DESCRIBE) and asked.reader is None
    disputed = disagreements_in(family)

    def to(*more: tuple[str, object]) -> str:
        query = urlencode([*asked.pairs, *asked.kept, *more])
        return f"{here}?{query}" if query else here

    return Chronology(
        frame=frame(request, family, "chronology"),
        entries=tuple(
            with_disagreement(
                happened.drawn(one, family, may_mend=may_mend),
                [] if asked.reader else disputed.get(happened.row_of(one), []),
            )
            for one in shown
        ),
        kinds=tuple(Choice(key, text, key in asked.kinds) for key, (text, _) in KINDS.items()),
        people=tuple(
            Choice(str(one.pk), one.full_name, one == asked.person) for one in asked.people
        ),
        orders=tuple(Choice(key, text, key == asked.order) for key, text in ORDERS.items()),
        words=asked.words,
        since=asked.typed["since"],
        until=asked.typed["until"],
        faults=tuple(asked.faults),
        pages=Pages(
            number=shown.number,
            of=shown.paginator.num_pages,
            previous=to(("page", shown.number - 1)) if shown.has_previous() else None,
            next=to(("page", shown.number + 1)) if shown.has_next() else None,
        ),
        total=shown.paginator.count,
        narrowed=bool(asked.pairs),
        here=here,
        on_paper=to(("all", 1)) if shown.paginator.num_pages > 1 else "",
        file=_file(family, [*asked.pairs, *asked.kept]),
        shows=asked.shows,
        add=reverse("families:add_event", args=[family.pk]) if may_mend else None,
        copies=_copies(family, here, asked.reader),
        reader=asked.reader.full_name if asked.reader else "",
    )


def _file(family: Family, pairs: Sequence[tuple[str, str]]) -> str:
    address = reverse("families:chronology_file", args=[family.pk])
    return f"{address}?{urlencode(pairs)}" if pairs else address


def _copies(family: Family, here: str, reader: Person | None) -> tuple[Copy, ...]:
    """A copy for each from whom a place is kept: theirs leaves out what would give it away."""
    chosen: UUID | None = reader.pk if reader else None
    return tuple(
        Copy(
            str(one.pk),
            one.full_name,
            f"{here}?{urlencode([('for', str(one.pk))])}",
            one.pk == chosen,
        )
        for one in those_kept_from(family)
    )
