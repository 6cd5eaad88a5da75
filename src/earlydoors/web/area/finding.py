"""Levels and partners, found by word."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from markupsafe import Markup, escape

from earlydoors.foundation.kernel.text import folded, tidy
from earlydoors.foundation.profile.schema import Agency, AgencyKind, Level, Profile
from earlydoors.web.area.pages import index
from earlydoors.web.area.sources import Source, source_of
from earlydoors.web.design.parts import Count

_LONGEST = 100


@dataclass(frozen=True)
class Group:
    """Descriptors under one heading of a level."""

    heading: str
    lines: tuple[tuple[Markup, Source], ...]

    @property
    def source(self) -> Source | None:
        """The source of all of them, when they share one."""
        sources = {source for _, source in self.lines}
        return sources.pop() if len(sources) == 1 else None


@dataclass(frozen=True)
class LevelBlock:
    """A level with the descriptors that were found."""

    key: str
    name: str
    short: str
    position: int
    means: Markup
    routes: tuple[str, ...]
    groups: tuple[Group, ...]
    source: Source

    @property
    def shared(self) -> Source | None:
        """The source of every descriptor, when they share one."""
        sources = {group.source for group in self.groups}
        return sources.pop() if len(sources) == 1 else None


@dataclass(frozen=True)
class LevelsPage:
    """The levels, all or those found."""

    area: str
    query: str
    found: int
    levels: tuple[LevelBlock, ...]
    of: int
    index: tuple[Count, ...]


@dataclass(frozen=True)
class AgencyRow:
    """An agency and what it brings."""

    name: Markup
    offers: Markup
    source: Source


@dataclass(frozen=True)
class PlaceGroup:
    """The places of one locality, by agency."""

    name: str
    agencies: tuple[tuple[str, tuple[Markup, ...]], ...]
    source: Source | None


@dataclass(frozen=True)
class PartnersPage:
    """Who helps, with what, and where."""

    area: str
    query: str
    agencies: tuple[AgencyRow, ...]
    places: tuple[PlaceGroup, ...]
    of: int
    index: tuple[Count, ...]
    left_out: bool


def asked(text: str) -> str:
    """A search as typed, made fit to look for."""
    return tidy(text)[:_LONGEST]


def holds(query: str, *texts: str) -> bool:
    """Whether every word of the search begins a word of the texts. An empty search finds all."""
    words = folded(" ".join(texts)).split()
    return all(any(one.startswith(word) for one in words) for word in folded(query).split())


def marked(text: str, query: str) -> Markup:
    """The text with what was searched for marked."""
    words = [re.escape(word) for word in query.split() if folded(word)]
    if not words:
        return escape(text)
    pieces = re.split(rf"(\b(?:{'|'.join(words)}))", text, flags=re.IGNORECASE)
    return Markup("").join(
        Markup("<mark>{}</mark>").format(piece) if place % 2 else escape(piece)
        for place, piece in enumerate(pieces)
    )


def levels(profile: Profile, typed: str) -> LevelsPage:
    """The area's levels with what each means in practice; with a search, only what it finds."""
    query = asked(typed)
    shown = tuple(
        block
        for position, level in enumerate(profile.levels, 1)
        if (block := _level(profile, level, position, query)) is not None
    )
    found = sum(len(group.lines) for block in shown for group in block.groups)
    return LevelsPage(profile.name, query, found, shown, len(profile.levels), index(profile))


def _level(profile: Profile, level: Level, position: int, query: str) -> LevelBlock | None:
    itself = holds(query, level.name, level.short)
    groups: dict[str, list[tuple[Markup, Source]]] = {}
    for one in level.descriptors:
        if itself or holds(query, one.says, one.area):
            line = marked(one.says, query), source_of(one.source)
            groups.setdefault(one.area, []).append(line)
    if query and not groups and not itself and not holds(query, level.means):
        return None
    return LevelBlock(
        key=level.key,
        name=level.name,
        short=level.short,
        position=position,
        means=marked(level.means, query),
        routes=tuple(route.name for route in profile.routes if level.key in route.levels),
        groups=tuple(Group(heading, tuple(lines)) for heading, lines in groups.items()),
        source=source_of(level.source),
    )


def partners(profile: Profile, typed: str, without: Collection[AgencyKind] = ()) -> PartnersPage:
    """Every agency with what it offers, then its places by locality; `without` some kinds."""
    query = asked(typed)
    localities = {one.key: one.name for one in profile.localities}
    listed = [one for one in profile.agencies if one.kind not in without]
    found = [one for one in listed if _agency_holds(query, one, localities)]
    groups: list[tuple[str, str, Source | None]] = [("", f"Across {profile.name}", None)]
    groups += [(one.key, one.name, source_of(one.source)) for one in profile.localities]
    places = []
    for key, name, source in groups:
        rows = tuple(
            (agency.name, here)
            for agency in found
            if (here := _places(agency, key, query, localities))
        )
        if rows:
            places.append(PlaceGroup(name, rows, source))
    return PartnersPage(
        area=profile.name,
        query=query,
        agencies=tuple(
            AgencyRow(marked(a.name, query), marked(a.offers, query), source_of(a.source))
            for a in found
        ),
        places=tuple(places),
        of=len(listed),
        index=index(profile),
        left_out=bool(without),
    )


def _agency_holds(query: str, agency: Agency, localities: dict[str, str]) -> bool:
    return holds(query, agency.name, agency.offers) or any(
        holds(query, one.name, agency.name, localities.get(one.locality, ""))
        for one in agency.settings
    )


def _places(
    agency: Agency, locality: str, query: str, localities: dict[str, str]
) -> tuple[Markup, ...]:
    whole = holds(query, agency.name, agency.offers)
    return tuple(
        marked(one.name, query)
        for one in agency.settings
        if one.locality == locality
        and (whole or holds(query, one.name, agency.name, localities.get(locality, "")))
    )
