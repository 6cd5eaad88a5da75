"""Which requests an actor may read, and how each stands by the clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from earlydoors.domain.information.models import Copy, InformationRequest, Passage, Receiver
from earlydoors.domain.information.rules import Asked, Reading, read
from earlydoors.domain.information.states import FINAL
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.foundation.profile.information import LegalClock
from earlydoors.foundation.profile.schema import Profile
from earlydoors.foundation.wall.acting import crossing

ACROSS: Final = "rights"  # the way across the wall: see domain/wall.toml


@dataclass(frozen=True)
class Clock:
    """A clock of a request, by what has to be done, and how it stands."""

    step: str
    law: LegalClock
    stands: Reading


def requests_for(actor: Actor) -> QuerySet[InformationRequest]:
    """The requests an actor may read: all for whoever answers them, none for anybody else."""
    if not actor.may(Right.INFORM):
        return InformationRequest.objects.none()
    return InformationRequest.objects.select_related(
        "created_by", "identity_by", "authority_by", "closed_by"
    ).prefetch_related("asked_back")


@crossing(ACROSS)
def request_for(actor: Actor, request_id: UUID) -> InformationRequest:
    """A request within scope, with whose record was found for it.

    Raises `InformationRequest.DoesNotExist`.
    """
    return requests_for(actor).select_related("person").get(pk=request_id)


def open_requests(actor: Actor) -> list[InformationRequest]:
    """Those that wait for somebody, the oldest first."""
    found = requests_for(actor).exclude(state__in=FINAL)
    return list(found.order_by("received_on", "created_at"))


def closed_requests(actor: Actor) -> QuerySet[InformationRequest]:
    """Those that were answered, refused or taken back, the latest first."""
    return requests_for(actor).filter(state__in=FINAL).order_by("-closed_at", "pk")


def clocks_of(request: InformationRequest, profile: Profile) -> list[Clock]:
    """The clocks that run for a request, what is due first before the rest."""
    asked = [Asked(one.what, one.asked_on, one.heard_on) for one in request.asked_back.all()]
    found = []
    for step in ("acknowledge", "answer"):
        law = profile.information.clock(request.kind, step, request.received_on)
        if law is None or (step == "acknowledge" and request.acknowledged_on):
            continue
        extended = step == "answer" and request.extended_on is not None
        found.append(Clock(step, law, read(law, request.received_on, asked, extended=extended)))
    return found


def due_on(clocks: Iterable[Clock]) -> date | None:
    """The first day by which something has to be done; none while every clock stands still."""
    return min((one.stands.last_day for one in clocks if one.stands.last_day), default=None)


def passage_for(actor: Actor, passage_id: UUID) -> Passage:
    """A passage within scope, while its request is open. Raises `Passage.DoesNotExist`."""
    found = Passage.objects.select_related("gathering__request", "decided_by")
    if not actor.may(Right.INFORM):
        found = found.none()
    return found.filter(gathering__closed_at=None).get(pk=passage_id)


def copy_for(actor: Actor, copy_id: UUID) -> Copy:
    """A copy that was made, for whoever answers requests. Raises `Copy.DoesNotExist`."""
    found = Copy.objects.select_related("request", "created_by", "given_by")
    return (found if actor.may(Right.INFORM) else found.none()).get(pk=copy_id)


def receiver_for(actor: Actor, receiver_id: UUID) -> Receiver:
    """Somebody to be told, for whoever answers requests. Raises `Receiver.DoesNotExist`."""
    found = Receiver.objects.select_related("request")
    return (found if actor.may(Right.INFORM) else found.none()).get(pk=receiver_id)
