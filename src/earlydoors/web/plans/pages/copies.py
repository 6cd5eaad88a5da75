"""The plan on paper: for the family, and for one person without what must not reach them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from earlydoors.domain.people.models import Person
from earlydoors.domain.people.rules import KEPT, without
from earlydoors.domain.plan.models import Action, Outcome, Plan
from earlydoors.domain.plan.queries import outcomes_of
from earlydoors.domain.records.queries import filled
from earlydoors.foundation.forms.answers import is_answered
from earlydoors.foundation.forms.schema import Question
from earlydoors.foundation.kernel.dates import day
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.parts import Row
from earlydoors.web.plans.pages.forms import back_to_plan
from earlydoors.web.plans.pages.plan import Link, service_stands
from earlydoors.web.sections import paged

# Once help has ended, and while it rests with social care, no review is ahead.
_NO_REVIEW = {"closed", "stepped_up"}


@dataclass(frozen=True)
class PaperAction:
    """A line of the table: what, who, and by when or how it stands."""

    what: str
    owner: str
    when: str


@dataclass(frozen=True)
class PaperOutcome:
    """What is wanted, in whose words, and who does what for it."""

    id: UUID
    words: str
    by: str
    met: bool
    actions: tuple[PaperAction, ...]


@dataclass(frozen=True)
class Piece:
    """A piece of the plan that the worker may leave out of a copy."""

    key: str
    says: str
    left_out: bool


@dataclass(frozen=True)
class PaperPage:
    """The plan to print. `left_out` is for the worker's eyes on the screen, never printed."""

    family: str
    back: Link
    to: str
    large: bool
    other_print: str
    agreed: str
    next_review: str
    lead: str
    outcomes: tuple[PaperOutcome, ...]
    narrative: Sequence[tuple[str, tuple[Row, ...]]]
    left_out: tuple[str, ...]
    pieces: tuple[Piece, ...]
    is_careful: bool
    careful: tuple[Link, ...]


class Keeping:
    """Takes secrets out of texts, and counts how often it had to."""

    def __init__(self, secrets: Sequence[str]) -> None:
        self._secrets = secrets
        self.times = 0

    def __call__(self, text: str) -> str:
        """The text without the secrets."""
        cleaned = without(text, self._secrets)
        self.times += cleaned.count(KEPT) - text.count(KEPT)
        return cleaned

    def row(self, row: Row) -> Row:
        """A line without the secrets, on either side."""
        shown = row.value
        value = self(shown) if isinstance(shown, str) else tuple(self(one) for one in shown)
        return replace(row, key=self(row.key), value=value)

    @property
    def said(self) -> tuple[str, ...]:
        """What was taken out, in a sentence for the worker."""
        if not self.times:
            return ()
        where = "place" if self.times == 1 else "places"
        return (f"{self.times} {where} in the text: it says “{KEPT}” instead.",)


def _other_print(address: str, large: bool, without_pieces: Collection[str]) -> str:
    """The address of the same copy in the other size of print."""
    query = urlencode(
        [("leave", key) for key in without_pieces] + ([] if large else [("large", "1")])
    )
    return f"{address}?{query}" if query else address


def _is_withheld(question: Question) -> bool:
    return question.withheld


def _withheld(plan: Plan, today: date) -> tuple[str, ...]:
    """The answers that are in no copy, in sentences for the worker."""
    return tuple(
        f"The answer to “{question.asks}” is in no copy."
        for page in filled(plan.form_record, today)
        for question in page.leaf.section.questions
        if question.withheld and is_answered(page.answers.get(question.key))
    )


def _action(action: Action, today: date, keep: Keeping) -> PaperAction:
    when = f"By {day(action.due_on)}"
    if action.state == "done" and action.done_on:
        when = f"Done on {day(action.done_on)}"
    what = keep(action.what)
    if action.service:
        stands, since, _ = service_stands(action, today)
        what += f" ({keep(action.service)}: {stands.lower()}{f', {since}' if since else ''})"
    return PaperAction(what, keep(action.owner), when)


def _outcome(outcome: Outcome, today: date, keep: Keeping) -> PaperOutcome:
    actions = [one for one in outcome.actions.all() if one.state != "dropped"]
    actions.sort(key=lambda a: (a.state != "open", a.due_on, a.created_at))
    return PaperOutcome(
        id=outcome.pk,
        words=keep(outcome.words),
        by=outcome.set_by.full_name if outcome.set_by else "The family together",
        met=outcome.state == "met",
        actions=tuple(_action(one, today, keep) for one in actions),
    )


def paper_page(
    plan: Plan,
    today: date,
    *,
    address: str,
    large: bool,
    to: Person | None = None,
    secrets: Sequence[str] = (),
    careful: Sequence[Person] = (),
    without_pieces: Collection[str] = (),
) -> PaperPage:
    """The plan on paper, for `to` without `secrets`, or for the whole family.

    Answers that the form marks as withheld are in no copy. `without_pieces` are the keys of what
    the worker leaves out: an outcome's id, or the title of a part in words. `careful` are people
    of the family whom something is kept from: they get a copy of their own.
    """
    keep = Keeping(secrets)
    episode = plan.episode
    narrative = paged.read(plan.form_record, today, leave_out=_is_withheld, unanswered="")
    agreed = ""
    if plan.agreed_on:
        agreed = f"Agreed by {keep(plan.agreed_with)} on {day(plan.agreed_on)}."
    outcomes = [_outcome(one, today, keep) for one in outcomes_of(plan) if one.state != "dropped"]
    parts = [(keep(title), tuple(keep.row(row) for row in rows)) for title, rows in narrative]
    pieces = [(str(one.id), f"“{one.words}”") for one in outcomes]
    pieces += [(title, title) for title, _ in parts]
    review_on = plan.next_review_on if episode.state not in _NO_REVIEW else None
    return PaperPage(
        family=keep(str(episode.family)),
        back=back_to_plan(episode),
        to=to.full_name if to else "",
        large=large,
        other_print=_other_print(address, large, without_pieces),
        agreed=agreed,
        next_review=day(review_on) if review_on else "",
        lead=episode.lead.name if episode.lead else "",
        outcomes=tuple(one for one in outcomes if str(one.id) not in without_pieces),
        narrative=tuple(part for part in parts if part[0] not in without_pieces),
        left_out=(*keep.said, *_withheld(plan, today)),
        pieces=tuple(Piece(key, says, key in without_pieces) for key, says in pieces),
        is_careful=bool(secrets),
        careful=tuple(
            Link(one.full_name, reverse("plans:copy", args=[plan.pk, one.pk])) for one in careful
        ),
    )
