"""What the rules ask about families' records, read for many families by one question."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)

from earlydoors.domain.chronology.models import Entry
from earlydoors.domain.consent.models import Agreement
from earlydoors.domain.episodes.models import Episode, HarmReferral
from earlydoors.domain.frontdoor.models import (
    AskToJoin,
    Conversation,
    EmergencyOpening,
    SupportRequest,
)
from earlydoors.domain.information.models import InformationRequest
from earlydoors.domain.information.states import FINAL
from earlydoors.domain.people.models import Family, FamilyMember
from earlydoors.domain.retention.models import Review
from earlydoors.domain.retention.rules import Facts
from earlydoors.foundation.kernel.dates import local_day

AT_A_TIME: Final = 2_000  # families read at once
CHILDREN: Final = ("child", "sibling")
UNDER_WAY: Final = {
    "help": "Help is under way",
    "request": "A request for support waits to be decided",
    "conversation": "A question waits for advice",
    "joining": "Somebody asks to join the team",
    "emergency": "An opening in an emergency waits to be looked at or told",
    "information": "Somebody asks about the information held on them",
}
"""What keeps a record from coming up, whatever the day."""


def _latest(rows: QuerySet[Any], column: str) -> Subquery:
    of_one = rows.order_by().values("family").annotate(latest=Max(column))
    return Subquery(of_one.values("latest"))


def facts(families: QuerySet[Family]) -> Iterator[tuple[UUID, Facts]]:
    """What the rules ask about each of some families, in no order. Memory stays small."""
    of = {"family": OuterRef("pk")}
    requests = SupportRequest.objects.filter(**of)
    conversations = Conversation.objects.filter(**of)
    told = Entry.objects.filter(**of)
    children = FamilyMember.objects.filter(**of, relation__in=CHILDREN)
    ended = requests.filter(state__in=["decided", "taken_back", "draft"])
    helped = Exists(Agreement.objects.filter(**of)) | Exists(told.filter(kind=_GIVEN))
    asked = families.order_by().values_list(
        "pk",
        "created_at",
        _latest(Episode.objects.filter(**of), "closed_at"),
        _latest(ended.filter(state="decided"), "decided_at"),
        _latest(ended.exclude(state="decided"), "changed_at"),
        _latest(conversations, "advised_at"),
        _latest(HarmReferral.objects.filter(**of), "told_at"),
        ExpressionWrapper(helped, output_field=BooleanField()),
        Exists(told.filter(kind=_STEPPED_UP)),
        _latest(children, "person__born_on"),
        Exists(children.filter(person__born_on=None)),
        _latest(Review.objects.filter(**of, state="kept"), "kept_until"),
        Exists(Episode.objects.filter(**of).exclude(state="closed")),
        Exists(requests.filter(state__in=["waiting", "taken_up"])),
        Exists(conversations.filter(state="waiting")),
        Exists(AskToJoin.objects.filter(**of, state="waiting")),
        Exists(EmergencyOpening.objects.filter(**of, state__in=["waiting", "to_tell"])),
        Exists(
            InformationRequest.objects.filter(
                ~Q(state__in=FINAL), person__families__family=OuterRef("pk")
            )
        ),
    )
    for row in asked.iterator(chunk_size=AT_A_TIME):
        yield row[0], _facts(row)


_GIVEN, _STEPPED_UP = "episode.given_to_agency", "episode.stepped_up"


def _facts(row: tuple[Any, ...]) -> Facts:
    _, begun, closed, *ends, helped, stepped_up, born, unknown, kept = row[:12]
    waits = [says for says, there in zip(UNDER_WAY.values(), row[12:], strict=True) if there]
    request_ended = max((local_day(one) for one in ends if one is not None), default=None)
    return Facts(
        begun_on=local_day(begun),
        help_ended=_day(closed),
        request_ended=request_ended,
        helped=helped,
        stepped_up=stepped_up,
        youngest_born=born,
        births_unknown=unknown,
        under_way="; ".join(waits),
        kept_until=kept,
    )


def _day(moment: datetime | None) -> date | None:
    return local_day(moment) if moment is not None else None


def facts_of(family_id: UUID) -> Facts:
    """What the rules ask about one family. Raises `Family.DoesNotExist`."""
    for _, found in facts(Family.objects.filter(pk=family_id)):
        return found
    raise Family.DoesNotExist
