"""Pages that ask one thing of their own: what they show around their questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from earlydoors.domain.episodes.models import Episode
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.parts import Row
from earlydoors.web.design.questions import Field
from earlydoors.web.design.words import sentence
from earlydoors.web.plans.pages.plan import Link


@dataclass(frozen=True)
class FormPage:
    """A page with a few questions and one thing to do.

    `about` is what the questions are about, to be read before answering; `others` are further
    things that can be done from here; `theirs` what a colleague saved meanwhile; `tab` what the
    browser calls the page where its title is somebody's words.
    """

    title: str
    caption: str
    back: Link
    fields: tuple[Field, ...]
    refusals: tuple[str, ...]
    button: str
    lead: str = ""
    quote: str = ""
    quote_by: str = ""
    about: tuple[Row, ...] = ()
    others: tuple[Link, ...] = ()
    revision: int | None = None
    kind: str = "primary"
    theirs: tuple[Row, ...] = ()
    tab: str = ""


@dataclass(frozen=True)
class AgreePage:
    """Agreeing on the plan, or what keeps it from being agreed."""

    back: Link
    fields: tuple[Field, ...]
    refusals: tuple[str, ...]
    lacks: tuple[Link, ...]


def back_to_plan(episode: Episode) -> Link:
    """The way back to the plan."""
    word = episode.profile.profile.words.family_plan.one
    return Link(sentence(word), reverse("plans:plan", args=[episode.pk]))


def as_date(answer: str) -> date:
    """A date as answers keep it."""
    return date.fromisoformat(answer)


def maybe_date(answer: str | None) -> date | None:
    """A date as answers keep it, or none."""
    return date.fromisoformat(answer) if answer else None


def in_a_row(names: Sequence[str]) -> str:
    """Kelly, Daniel and Priya."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
