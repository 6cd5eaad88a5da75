"""The frame round every page: the area, the navigation, who is signed in, what there is to say."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.contrib import messages

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.schema import Word, Words
from earlydoors.web.design import kept
from earlydoors.web.design.navigation import FOOTER, Link, links
from earlydoors.web.design.parts import Chip
from earlydoors.web.design.request import Request

WARNS = 5 * 60
"""Seconds before the end of a sign-in at which whoever has a page open is asked whether they are
there. WCAG 2.2.1 asks for twenty at least."""


class AreaWord(str):
    """The area's word for something; reads as itself, and knows its plural and its short form."""

    many: str
    short: str

    __slots__ = ("many", "short")

    def __new__(cls, word: Word) -> "AreaWord":
        """A word that reads as one of it."""
        made = super().__new__(cls, word.one)
        made.many = word.many
        made.short = word.short or word.one
        return made


class AreaWords:
    """The area's words by the product's names: `words.lead_practitioner`, `words.action.many`."""

    def __init__(self, words: Words) -> None:
        for name in type(words).model_fields:
            setattr(self, name, AreaWord(getattr(words, name)))


@dataclass(frozen=True)
class Notice:
    """Something to say at the head of the next page."""

    text: str
    good: bool


@dataclass(frozen=True)
class Member:
    """Who is signed in, as the account menu shows them."""

    name: str
    role: str
    agency: str
    chooses: bool = False
    """Whether they hold other roles, and can change to one."""
    declares: bool = False
    """Whether they may say, or decide on, whom somebody knows outside their work."""

    @property
    def initials(self) -> str:
        """What stands in the round of the account menu."""
        return Chip(self.name).initials


@dataclass(frozen=True)
class Lasts:
    """Whose the page is, and in how many seconds their sign-in ends if nothing is done; `warns` is
    how many of them before its end they are told."""

    who: str
    seconds: int
    warns: int


@dataclass(frozen=True)
class Site:
    """Everything the layout needs beside the page itself."""

    area: str
    partnership: str
    practice: bool
    navigation: Sequence[Link]
    member: Member | None
    lasts: Lasts | None
    notices: Sequence[Notice]
    footer: Sequence[tuple[str, str]]


@lru_cache(maxsize=1)
def _in_words(spoken: Words) -> AreaWords:
    return AreaWords(spoken)


def words() -> AreaWords:
    """The area's words."""
    return _in_words(current().words)


def site(request: Request) -> Site:
    """The frame of a page for whoever asks for it."""
    here = current()
    actor = getattr(request, "actor", None)
    return Site(
        area=here.name,
        partnership=here.partnership,
        practice=settings.PRACTICE,
        navigation=links(request) if actor else (),
        member=_member(actor) if actor else None,
        lasts=_lasts(actor, request) if actor and hasattr(request, "lasts") else None,
        notices=_notices(request),
        footer=tuple((link.label, link.href) for link in links(request, FOOTER)),
    )


def _member(actor: Actor) -> Member:
    return Member(
        actor.name,
        actor.audit_role,
        actor.audit_agency,
        chooses=actor.beside > 0,
        declares=actor.may(Right.SEE_FAMILIES) or actor.may(Right.WATCH),
    )


def _lasts(actor: Actor, request: Request) -> Lasts:
    return Lasts(str(actor.member.pk), request.lasts, min(WARNS, settings.LONGEST_IDLE // 2))


def _notices(request: Request) -> tuple[Notice, ...]:
    said = [
        Notice(str(message), message.level == messages.SUCCESS)
        for message in messages.get_messages(request)
    ]
    if hasattr(request, "kept_writing"):
        said.insert(0, Notice(kept.NOTICE, good=False))
    return tuple(said)
