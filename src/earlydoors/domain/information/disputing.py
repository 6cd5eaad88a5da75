"""What somebody says is not right: their words beside what is written, and telling those who had
received it. Nothing that is written is changed here: those who work with the family do that, on
their own pages, and its earlier versions stay."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from earlydoors.domain.consent.models import Sharing, SharingDecision
from earlydoors.domain.information.holdings import families_of, records_of
from earlydoors.domain.information.models import Disagreement, Passage, Receiver
from earlydoors.domain.information.operations import fresh, note
from earlydoors.domain.information.queries import ACROSS
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.models import Family, Person
from earlydoors.foundation.kernel.dates import day, local_day
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.wall.acting import crossing


@dataclass(frozen=True)
class Said:
    """What somebody says of a passage, what was decided of it, and why."""

    says: str
    decision: str
    why: str


@crossing(ACROSS)
@transaction.atomic
def disagree(*, passage: Passage, said: Said, by: Actor, at: datetime) -> list[Disagreement]:
    """Put what somebody says beside what is written, in each of their families.

    Those with whom anything of the family was shared are listed, to be told. Raises `UnableTo`
    without words or a reason, and once the request has ended.
    """
    request = fresh(passage.gathering.request, by)
    if not request.is_open or request.person is None:
        raise UnableTo("This request has ended.")
    if not said.says.strip() or not said.why.strip():
        raise UnableTo("Write what they say of it, and why you decided so.")
    families = _families(request.person)
    made = [
        Disagreement.make(
            by=by,
            at=at,
            request=request,
            family=family,
            table=passage.table,
            row=passage.row,
            heading=passage.heading,
            written=passage.text,
            who=request.asker_name,
            says=said.says.strip(),
            decision=said.decision,
            why=said.why.strip(),
        )
        for family in families
    ]
    for whom, because in _received(families):
        if not request.receivers.filter(whom=whom).exists():
            Receiver.make(by=by, at=at, request=request, whom=whom, because=because)
    note(request, "disagreed", f"They disagree with: {passage.heading}", by, at)
    return made


def _families(person: Person) -> list[Family]:
    return families_of(records_of(person))


def _received(families: list[Family]) -> Iterator[tuple[str, str]]:
    """With whom anything was shared: by agreement that stands, or by a decision without."""
    agreed = Sharing.objects.filter(agreement__family__in=families, shares=True)
    for one in agreed.select_related("agency", "setting", "agreement").order_by("created_at", "pk"):
        if one.agreement.withdrawn_at is None:
            yield one.whom, f"agreed on {day(one.agreement.agreed_on)}"
    decided = SharingDecision.objects.filter(family__in=families, shares=True)
    for decision in decided.select_related("agency", "setting").order_by("created_at", "pk"):
        yield decision.whom, f"told without agreement on {day(decision.decided_on)}"


@transaction.atomic
def settle(
    *,
    receiver: Receiver,
    told_on: date | None,
    how: str,
    not_told_why: str,
    by: Actor,
    at: datetime,
) -> Receiver:
    """Say that somebody was told of a correction, or why they were not.

    Raises `UnableTo` for neither, for a day to come, and a second time.
    """
    request = fresh(receiver.request, by)
    one = Receiver.objects.select_for_update().get(pk=receiver.pk)
    if one.settled_at or not request.is_open:
        raise UnableTo("This was settled already, or the request has ended.")
    if told_on is None and not not_told_why.strip():
        raise UnableTo("Say when they were told, or why they were not.")
    if told_on is not None and (told_on > local_day(at) or not how.strip()):
        raise UnableTo("Say how they were told, on a day not later than today.")
    one.change(
        by=by,
        at=at,
        told_on=told_on,
        told_how=how.strip() if told_on else "",
        not_told_why="" if told_on else not_told_why.strip(),
        settled_at=at,
        settled_by=by.member,
    )
    note(request, "receiver_settled", f"{one.whom}: told, or said why not.", by, at)
    return one


def disagreements_in(family: Family) -> dict[tuple[str, str], list[Disagreement]]:
    """What is disagreed with in a family's record, by table and row."""
    found: dict[tuple[str, str], list[Disagreement]] = {}
    for one in family.disagreements.order_by("created_at", "pk"):
        found.setdefault((one.table, one.row), []).append(one)
    return found
