"""The pictures of a family: genogram and ecomap, each with the same in words and as a table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup

from earlydoors.domain.episodes.queries import latest_episode
from earlydoors.domain.people.kin import Kin
from earlydoors.domain.people.kinship import kin_of
from earlydoors.domain.people.models import Family, Person
from earlydoors.domain.people.queries import secrets_from, those_kept_from
from earlydoors.foundation.kernel.dates import day
from earlydoors.foundation.profile.current import current
from earlydoors.web.design import ecomap
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.genogram import drawing, telling
from earlydoors.web.design.genogram.plan import plan
from earlydoors.web.design.ink import Headed, Named
from earlydoors.web.design.parts import Header
from earlydoors.web.design.request import PageRequest
from earlydoors.web.families.around_family import Reader, ecomap_of
from earlydoors.web.families.chronology import Copy
from earlydoors.web.families.genogram import as_drawn
from earlydoors.web.families.scope import Frame, frame

WIDE = 900  # from so many pixels a picture is printed across the paper


@dataclass(frozen=True)
class Drawn:
    """A picture before it has a place: what it says, and how it is drawn."""

    key: str
    title: str
    sentences: tuple[str, ...]
    headers: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    svg: Callable[[Named, Headed | None], str]
    wide: bool = False

    def text(self, headed: Headed | None = None) -> str:
        """The picture as SVG."""
        return self.svg(Named(self.key, self.title, " ".join(self.sentences)), headed)


@dataclass(frozen=True)
class Picture:
    """A picture on the page."""

    key: str
    heading: str
    title: str
    svg: Markup
    sentences: tuple[str, ...]
    headers: tuple[Header, ...]
    rows: Sequence[Sequence[str]]
    wide: bool
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Page:
    """The page."""

    frame: Frame
    pictures: tuple[Picture, ...]
    copies: tuple[Copy, ...]
    reader: str
    here: str


FILES = {"svg": "image/svg+xml", "png": "image/png"}
_HEADINGS = {"genogram": "Genogram", "ecomap": "Ecomap"}


def reader_of(request: PageRequest, family: Family) -> Reader | None:
    """For whom of the family the pictures are, where the address says so: one from whom something
    is kept."""
    wanted = request.GET.get("for", "")
    for person in those_kept_from(family):
        if str(person.pk) == wanted:
            return Reader(person, tuple(secrets_from(person)))
    return None


def drawn(request: PageRequest, family: Family, key: str, reader: Reader | None) -> Drawn:
    """One of the pictures. Raises `KeyError` where there is none of that key."""
    kin = kin_of(family, reader.person.pk if reader else None)
    return {"genogram": _genogram, "ecomap": _ecomap}[key](request, family, kin, reader)


def _genogram(request: PageRequest, family: Family, kin: Kin, reader: Reader | None) -> Drawn:
    pieces = as_drawn(kin, family.name, request.today, reader.person.pk if reader else None)
    told, laid = telling.told(pieces), plan(pieces)
    return Drawn(
        key="genogram",
        title=told.title,
        sentences=told.sentences,
        headers=telling.HEADERS,
        rows=told.rows,
        svg=lambda named, headed: drawing.svg(laid, named, headed),
        wide=laid.width > WIDE,
    )


def _ecomap(request: PageRequest, family: Family, kin: Kin, reader: Reader | None) -> Drawn:
    found = ecomap_of(family, kin, latest_episode(family), current().words, request.today, reader)
    return Drawn(
        key="ecomap",
        title=ecomap.title_of(found),
        sentences=ecomap.sentences(found),
        headers=ecomap.HEADERS,
        rows=ecomap.rows(found),
        svg=lambda named, headed: ecomap.svg(found, named, headed),
    )


def page(request: PageRequest, family: Family) -> Page:
    """Build the page."""
    reader = reader_of(request, family)
    here = reverse("families:pictures", args=[family.pk])
    query = f"?{urlencode([('for', str(reader.person.pk))])}" if reader else ""
    return Page(
        frame=frame(request, family, "pictures"),
        pictures=tuple(
            _picture(drawn(request, family, key, reader), family, query) for key in _HEADINGS
        ),
        copies=tuple(_copy(one, here, reader) for one in those_kept_from(family)),
        reader=reader.person.full_name if reader else "",
        here=here,
    )


def _picture(one: Drawn, family: Family, query: str) -> Picture:
    return Picture(
        key=one.key,
        heading=_HEADINGS[one.key],
        title=one.title,
        # Every text in it was escaped where it was drawn.
        svg=Markup(one.text()),  # noqa: S704 - see above
        sentences=one.sentences,
        headers=tuple(Header(text) for text in one.headers),
        rows=one.rows,
        wide=one.wide,
        files=tuple(
            (kind.upper(), f"{reverse('families:picture', args=[family.pk, one.key, kind])}{query}")
            for kind in FILES
        ),
    )


def _copy(person: Person, here: str, reader: Reader | None) -> Copy:
    href = f"{here}?{urlencode([('for', str(person.pk))])}"
    chosen = reader is not None and reader.person == person
    return Copy(str(person.pk), person.full_name, href, chosen)


def headed(one: Drawn, request: PageRequest) -> Headed:
    """What stands above a picture that is kept by itself."""
    return Headed(one.title, f"Drawn on {day(request.today)} by {request.actor.name}")
