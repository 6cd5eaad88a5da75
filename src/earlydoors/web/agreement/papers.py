"""The written agreement as a paper of its own, to save, send or print: from what the page shows."""

from collections.abc import Iterator

from earlydoors.foundation.documents import content
from earlydoors.foundation.documents.content import Part
from earlydoors.foundation.kernel.dates import day
from earlydoors.web.agreement.law import APART
from earlydoors.web.agreement.pages import Paper
from earlydoors.web.design.parts import Row

OWN_CHOICE = (
    "It is your choice. You can say yes to all of it, to some of it, or to none of it. Nobody will "
    "hold a no against you."
)
WRITTEN_DOWN = (
    "We write it down and keep it safe. You tell your story once.",
    "You can read what we write. If you see it another way, we write that down too.",
    "You can ask who has looked at it.",
)
OF_THE_TEAM = (
    "Somebody who joins your team can open all that is written about your family. We ask you "
    "before they join."
)
_FOOT = "Early help: what was agreed"
_YES_NO = ("Yes", "No")


def as_paper(page: Paper, social_care: str) -> content.Paper:
    """The agreement, filled in or to be filled in. It has what the page prints, and not what the
    page keeps for the worker. `social_care` is the area's word for where harm is told."""
    parts = (
        *_opening(page),
        *_with_whom(page),
        *_what(page),
        content.Heading("What we do with what you tell us"),
        content.Bullets(WRITTEN_DOWN),
        content.Heading("When we have to tell someone"),
        content.Paragraph(
            "If we think a child may be badly hurt, we must tell the people whose job it is to "
            f"keep children safe. Here they are called: {social_care}. We tell you first, unless "
            "that would put someone in danger."
        ),
        content.Heading("If you change your mind"),
        content.Paragraph(
            "You can stop at any time, or say no to one part. You do not have to say why. Tell "
            f"{page.worker}, or anyone who helps you. We stop sharing the same day."
        ),
        *_law(page),
        *_talked_about(page),
        *_signing(page),
    )
    return content.Paper(page.title, parts, foot=_FOOT)


def _opening(page: Paper) -> Iterator[Part]:
    if page.withdrawn_on:
        yield content.Notice(f"This was taken back on {day(page.withdrawn_on)}. It is kept.")
    elif page.over and page.until:
        yield content.Notice(f"This ended by itself after {day(page.until)}.")
    if page.who:
        on = f", {day(page.on)}" if page.on else ""
        yield content.Paragraph(f"{page.who}{on}", strong=True)
    if page.blank:
        yield content.Paragraph(
            "Early help means that people who know about children and families help you, before "
            "things get too hard. We want to ask if you would like that."
        )
        yield content.Paragraph(OWN_CHOICE)
    else:
        yield content.Paragraph(
            "You said yes to early help for your family. It was your choice. You can change your "
            "mind on any day."
        )
    if page.until and not page.over and not page.withdrawn_on:
        yield content.Paragraph(
            f"Your yes lasts until {day(page.until)}. After that day we stop sharing by ourselves, "
            "unless you say yes again."
        )
    yield content.Heading("What the help is for")
    if page.blank:
        yield content.Lines("What the help is for")
    elif page.purpose:
        yield content.Quote(page.purpose)
    else:
        yield content.Paragraph(
            "We find out with you what would help, and then we make a plan with you."
        )


def _with_whom(page: Paper) -> Iterator[Part]:
    yield content.Heading("Who we can talk to about you")
    if page.blank:
        yield content.Paragraph(
            "Tick yes or no for each one. If you tick nothing, we tell them nothing."
        )
        empty = ("",) * (3 if page.asked_about else 7)
        yield content.Ticks("Who", _YES_NO, (*page.asked_about, *empty))
        return
    if page.told:
        yield content.Paragraph("You agreed that we can share what we know with:")
        yield content.Bullets(page.told)
    else:
        yield content.Paragraph("You have not agreed that we share what we know with anyone.")
    if page.not_told:
        yield content.Paragraph("You said no to sharing with:")
        yield content.Bullets(page.not_told)
    yield content.Paragraph(
        "We do not tell anyone who is not on your yes list. If we want to talk to someone new, we "
        "ask you first."
    )


def _what(page: Paper) -> Iterator[Part]:
    terms = page.terms
    if not (terms.covers or terms.parts or terms.to_ask):
        return
    yield content.Heading("What we can tell them")
    if terms.to_ask:
        yield content.Paragraph(
            "Tick yes or no for each part. What you do not tick, we do not pass on."
        )
        yield content.Ticks("What", _YES_NO, terms.to_ask)
        yield content.Paragraph("Whose information may we share?")
        yield content.Lines("Whose information we may share", 1)
    if terms.covers:
        yield content.Paragraph(f"This is about: {', '.join(terms.covers)}.")
    if terms.parts:
        yield content.Paragraph("You agreed that we pass on:")
        yield content.Bullets(terms.parts)
    if terms.parts_not:
        yield content.Paragraph("We do not pass on:")
        yield content.Bullets(terms.parts_not)
    yield content.Paragraph(OF_THE_TEAM)


def _law(page: Paper) -> Iterator[Part]:
    yield content.Heading("The law about records")
    yield content.Paragraph(APART)
    yield content.Facts(
        tuple((one.who, f"{one.plain}\nIn law: {one.law}.".strip()) for one in page.law)
    )


def _talked_about(page: Paper) -> Iterator[Part]:
    if not page.said and not page.terms.explained:
        return
    yield content.Heading("What we talked about")
    if page.terms.explained:
        yield content.Paragraph(f"How we went through it: {page.terms.explained}.")
    for title, rows in page.said:
        if title != "What we talked about":
            yield content.Heading(title, level=2)
        yield content.Facts(tuple((one.key, _plain(one)) for one in rows))


def _plain(row: Row) -> str:
    return row.value if isinstance(row.value, str) else "\n".join(str(one) for one in row.value)


def _signing(page: Paper) -> Iterator[Part]:
    if page.blank:
        yield content.Heading("Until when")
        yield content.Paragraph(
            "Your yes ends by itself on a day that we choose together. We ask you again before."
        )
        yield content.Lines("The last day", 1)
    yield content.Heading("Signed")
    on = day(page.on) if page.on else ""
    yield content.Signing(((page.who or "Your name", on), (page.worker, "")))
    yield content.Paragraph("One copy is yours to keep.")
