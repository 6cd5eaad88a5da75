"""The primary navigation: one table of the places people go."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch

from earlydoors.domain.partnership.rights import Right
from earlydoors.web.design.addresses import reverse


@dataclass(frozen=True)
class Entry:
    """A place in the navigation: its label, its route, and who is shown it."""

    label: str
    route: str
    shown_to: Callable[[Any], bool] = lambda _: True


@dataclass(frozen=True)
class Link:
    """An entry as drawn; `active` when the page is within that place."""

    label: str
    href: str
    active: bool


def _of_a_family(actor: Any) -> bool:
    return bool(actor and actor.is_family)


def _at_work(actor: Any) -> bool:
    return bool(actor and not actor.is_family)


def _may(right: Right) -> Callable[[Any], bool]:
    return lambda actor: bool(actor and actor.may(right))


def _may_any(*rights: Right) -> Callable[[Any], bool]:
    return lambda actor: bool(actor and any(actor.may(right) for right in rights))


ENTRIES: tuple[Entry, ...] = (
    Entry("Your family", "yourfamily:home", _of_a_family),
    Entry("My work", "home:work", _at_work),
    Entry("Requests", "frontdoor:waiting", _may(Right.REQUEST)),
    Entry("Families", "families:search", _may(Right.SEE_FAMILIES)),
    Entry("Duplicates", "joining:worklist", _may(Right.JOIN)),
    Entry("Panels", "panels:list", _may(Right.SEE_FAMILIES)),
    Entry("Files", "imports:list", _may(Right.IMPORT)),
    Entry("Emergencies", "emergencies:list", _may(Right.WATCH)),
    Entry("Restricted", "restricted:list", _may_any(Right.WATCH, Right.RESTRICT)),
    Entry("Looks", "looks:report", _may(Right.WATCH)),
    Entry("Information rights", "information:list", _may(Right.INFORM)),
    Entry("Retention", "retention:list", _may(Right.INFORM)),
    Entry("Studies", "studies:list", _may_any(Right.INFORM, Right.ANALYSE)),
    Entry("Members", "members:list", _may(Right.LOOK_AFTER_MEMBERS)),
    Entry("Figures", "figures:show", _may(Right.READ_FIGURES)),
    Entry("This installation", "installation:show", _may(Right.RUN_INSTALLATION)),
    Entry("Our area", "area:about"),
)

FOOTER: tuple[Entry, ...] = (
    Entry("How early help works here", "area:about"),
    Entry("Somebody asks about their information", "information:new", _at_work),
)


def links(request: HttpRequest, entries: tuple[Entry, ...] = ENTRIES) -> tuple[Link, ...]:
    """The navigation of whoever is signed in. A place that this installation does not have is
    left out."""
    made = []
    for entry in entries:
        if not entry.shown_to(getattr(request, "actor", None)):
            continue
        try:
            href = reverse(entry.route)
        except NoReverseMatch:
            continue
        made.append(Link(entry.label, href, is_within(request.path, href)))
    return tuple(made)


def is_within(path: str, place: str) -> bool:
    """Whether a page lies in a place; the home page holds only itself."""
    return path == place if place == "/" else path.startswith(place.rstrip("/") + "/")
