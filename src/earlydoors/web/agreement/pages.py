"""What the pages of agreement show."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from earlydoors.domain.access.models import Grant
from earlydoors.domain.consent.effects import done_at
from earlydoors.domain.consent.models import Agreement, Refusal, Sharing
from earlydoors.domain.people.models import Family, Person
from earlydoors.domain.people.rules import without
from earlydoors.domain.records.models import FormRecord
from earlydoors.domain.records.queries import choices_for, filled
from earlydoors.foundation.forms.answers import Choices
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.profile.current import current
from earlydoors.web.agreement.asked import Drawn
from earlydoors.web.agreement.effects import Changed, changed
from earlydoors.web.agreement.law import APART, Basis, bases
from earlydoors.web.agreement.questions import section_17_says
from earlydoors.web.agreement.terms import Terms, terms_of, to_ask
from earlydoors.web.design import questions
from earlydoors.web.design.parts import Row
from earlydoors.web.design.questions import Field
from earlydoors.web.sections.own import Embedded

KEPT_PLACES = "Places that are kept from them"


@dataclass(frozen=True)
class Standing:
    """An agreement that stands, as the pages mention it."""

    who: str
    on: date
    form_id: str


@dataclass(frozen=True)
class EarlierNo:
    """The last no of a family, so that nobody asks them why again."""

    refusal_id: str
    who: str
    on: date
    why: str


def earlier_no(refusal: Refusal | None) -> EarlierNo | None:
    """The last no, if there was one."""
    if refusal is None:
        return None
    return EarlierNo(str(refusal.pk), refusal.person.full_name, refusal.refused_on, refusal.why)


@dataclass(frozen=True)
class Record:
    """The page that records a yes."""

    family_id: str
    family: str
    standing: tuple[Standing, ...]
    earlier_no: EarlierNo | None
    refusals: tuple[str, ...]
    who: tuple[Field, ...]
    does: Changed | None
    asked: tuple[Drawn, ...]
    about: tuple[Field, ...]
    told: tuple[Field, ...]
    others: tuple[Field, ...]
    what_for: tuple[Field, ...]
    form: Embedded

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field, for the list of faults."""
        asked = tuple(field for one in self.asked for field in one.fields)
        return (
            *self.who, *asked, *self.about, *self.what_for, *self.told, *self.others,
            *self.form.fields,
        )  # fmt: skip


@dataclass(frozen=True)
class Refuse:
    """The page that records a no."""

    family_id: str
    family: str
    earlier_no: EarlierNo | None
    refusals: tuple[str, ...]
    own: tuple[Field, ...]
    form: Embedded

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field, for the list of faults."""
        return (*self.own, *self.form.fields)


@dataclass(frozen=True)
class Refused:
    """A no, and that the door stays open."""

    family_id: str
    family: str
    who: str
    on: date
    referred: bool
    universal_help: str
    rows: tuple[Row, ...]
    more: tuple[tuple[str, tuple[Row, ...]], ...]


@dataclass(frozen=True)
class Withdraw:
    """The page that ends an agreement."""

    family_id: str
    family: str
    agreement_id: str
    who: str
    on: date
    does: Changed
    stops: bool
    already: str
    own: tuple[Field, ...]
    refusals: tuple[str, ...]


@dataclass(frozen=True)
class Paper:
    """The written agreement, filled in or to be filled in, in words for the family."""

    title: str
    family_id: str
    family: str
    agreement_id: str
    person_id: str
    blank: bool
    who: str
    on: date | None
    until: date | None
    over: bool
    withdrawn_on: date | None
    standing: bool
    purpose: str
    told: tuple[str, ...]
    not_told: tuple[str, ...]
    asked_about: tuple[str, ...]
    said: tuple[tuple[str, tuple[Row, ...]], ...]
    worker: str
    terms: Terms
    law: tuple[Basis, ...]
    left_out: tuple[str, ...]
    did: tuple[tuple[str, Changed], ...] = ()
    law_is_apart: str = APART
    papers_for: tuple[tuple[str, str, str], ...] = ()


def standing_of(agreements: Iterable[Agreement]) -> tuple[Standing, ...]:
    """The agreements that stand, for a line each."""
    return tuple(Standing(one.person.full_name, one.agreed_on, str(one.pk)) for one in agreements)


def said_in(
    form_record: FormRecord, today: date, secrets: Sequence[str] | None = None
) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    """A short form to read, what was answered alone. With `secrets` it is for someone of the
    family: withheld questions are left out and every secret is taken out."""
    choices = choices_for(form_record, today)
    pages = []
    for page in filled(form_record, today):
        rows = questions.rows(
            [q for q in page.leaf.section.questions if secrets is None or not q.withheld],
            page.answers,
            choices,
            unanswered="",
        )
        if rows:
            pages.append((page.leaf.title, tuple(_clean(row, secrets or ()) for row in rows)))
    return tuple(pages)


def _clean(row: Row, secrets: Sequence[str]) -> Row:
    if not secrets:
        return row
    value = (
        without(row.value, secrets)
        if isinstance(row.value, str)
        else tuple(without(line, secrets) for line in row.value)
    )
    return Row(row.key, value, quoted=row.quoted)


def refused_page(refusal: Refusal, today: date) -> Refused:
    """A no as it is read afterwards."""
    return Refused(
        family_id=str(refusal.family_id),
        family=str(refusal.family),
        who=refusal.person.full_name,
        on=refusal.refused_on,
        referred=refusal.section_17 == "referred",
        universal_help=refusal.universal_help,
        rows=(
            Row("Why they said no", refusal.why, quoted=True),
            Row("What they were told to reassure them", refusal.reassurance),
            Row("Help open to everyone meanwhile", refusal.universal_help),
            Row("Told what is recorded, and why", "Yes"),
            Row("Child in need (section 17)", section_17_says()[refusal.section_17]),
            Row("Why it is seen so", refusal.section_17_why),
            Row("Recorded by", refusal.created_by.name),
        ),
        more=said_in(refusal.form_record, today),
    )


def already(agreement: Agreement, at: datetime) -> str:
    """What has become of an agreement, finishing "It has already …"; nothing while it stands."""
    if agreement.withdrawn_at is not None:
        return "been withdrawn"
    return "ended by itself" if agreement.has_ended(at) else ""


def what_it_did(agreement: Agreement, all_open: Sequence[Grant]) -> Iterator[tuple[str, Changed]]:
    """What the agreement did to who sees the record when it was given, and when it was taken
    back."""
    moments = [("given", agreement.created_at), ("taken back", agreement.withdrawn_at)]
    for when, moment in moments:
        if moment is not None:
            found = changed(done_at(agreement.family, moment), all_open)
            if found.moves_somebody:
                yield when, found


def paper(
    agreement: Agreement,
    at: datetime,
    secrets: Sequence[str],
    all_open: Sequence[Grant] | None = None,
) -> Paper:
    """The written agreement of one person, without what must never reach them. With the grants that
    are open it also says what it did to who sees the record."""
    sharings = sorted(agreement.sharings.all(), key=lambda one: one.whom)
    shown = [one for one in sharings if without(one.whom, secrets) == one.whom]
    today, over = local_day(at), agreement.has_ended(at)
    said = said_in(agreement.form_record, today, secrets)
    whole = said_in(agreement.form_record, today, ())
    return Paper(
        title="What you agreed",
        family_id=str(agreement.family_id),
        family=str(agreement.family),
        agreement_id=str(agreement.pk),
        person_id=str(agreement.person_id),
        blank=False,
        who=agreement.person.full_name,
        on=agreement.agreed_on,
        until=agreement.until,
        over=over and agreement.withdrawn_at is None,
        withdrawn_on=local_day(agreement.withdrawn_at) if agreement.withdrawn_at else None,
        standing=agreement.withdrawn_at is None and not over,
        purpose=without(agreement.purpose, secrets),
        told=names(shown, shares=True),
        not_told=names(shown, shares=False),
        asked_about=(),
        said=said,
        worker=agreement.created_by.name,
        terms=terms_of(agreement),
        law=bases(
            agreement.form_record.profile.profile.information,
            [one.agency for one in shown if one.agency and one.shares],
        ),
        left_out=tuple(_left_out(agreement, len(shown) < len(sharings), said != whole)),
        did=() if all_open is None else tuple(what_it_did(agreement, all_open)),
    )


def _left_out(agreement: Agreement, fewer: bool, cleaned: bool) -> Iterable[str]:
    """What the paper does without, for the worker who gives it; never printed."""
    withheld = [
        question.asks
        for kept in agreement.form_record.sections.all()
        for question in agreement.form_record.form.section(kept.section_key).questions
        if question.withheld and question.key in kept.answers
    ]
    if withheld:
        yield f"Answers that no copy for the family shows: {'; '.join(withheld)}"
    if fewer or cleaned:
        yield KEPT_PLACES


def blank_paper(
    family: Family,
    person: Person | None,
    asked_about: Sequence[str],
    secrets: Sequence[str],
    worker: str,
    people: Choices,
) -> Paper:
    """The written agreement to be filled in: made out for someone, or with empty lines alone."""
    shown = [one for one in asked_about if without(one, secrets) == one]
    return Paper(
        title="Saying yes to early help",
        family_id=str(family.pk),
        family=str(family),
        agreement_id="",
        person_id=str(person.pk) if person else "",
        blank=True,
        who=person.full_name if person else "",
        on=None,
        until=None,
        over=False,
        withdrawn_on=None,
        standing=False,
        purpose="",
        told=(),
        not_told=(),
        asked_about=tuple(shown),
        said=(),
        worker=worker,
        terms=to_ask(current().information.parts),
        law=bases(current().information, ()),
        left_out=(KEPT_PLACES,) if len(shown) < len(asked_about) else (),
        papers_for=tuple((one.key, one.says, one.hint) for one in people.people),
    )


def names(sharings: Iterable[Sharing], *, shares: bool) -> tuple[str, ...]:
    """Those who may be told, or those who may not."""
    return tuple(
        f"{one.whom}: {one.note}" if one.note else one.whom
        for one in sharings
        if one.shares == shares
    )
