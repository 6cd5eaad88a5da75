"""Writing, sending, and taking back a request for support."""

from datetime import datetime
from typing import Any

from django.db import transaction

from earlydoors.domain.frontdoor.involvement import tell_of_request
from earlydoors.domain.frontdoor.models import Conversation, RequestPerson, SupportRequest
from earlydoors.domain.frontdoor.states import REQUEST
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Family
from earlydoors.domain.people.queries import members_of
from earlydoors.domain.records.operations import begin as begin_form
from earlydoors.domain.records.queries import filled
from earlydoors.domain.records.rules import Standing
from earlydoors.foundation.audit.chain import record
from earlydoors.foundation.forms.schema import Purpose
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.kernel.refusals import NotAllowed, UnableTo
from earlydoors.foundation.profile.clocks import due
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.schema import ClockKey

PERSON_FIELDS = frozenset({
    "given_name", "family_name", "known_as", "born_on", "due_on", "relation",
    "parental_responsibility", "lives_here", "home", "postcode", "setting", "phone",
    "first_language", "needs_interpreter",
})  # fmt: skip


@transaction.atomic
def begin(
    *,
    by: Actor,
    at: datetime,
    family: Family | None = None,
    conversation: Conversation | None = None,
) -> SupportRequest:
    """Begin a request. About a family already open to the actor, its people come with it."""
    by.must(Right.REQUEST)
    form_record = begin_form(purpose=Purpose.REQUEST, by=by, at=at, family=family)
    request = SupportRequest.make(
        by=by,
        at=at,
        agency=by.agency,
        setting=by.membership.setting,
        family=family,
        conversation=conversation,
        form_record=form_record,
    )
    if family is not None:
        for position, member in enumerate(members_of(family)):
            person = member.person
            RequestPerson.make(
                by=by,
                at=at,
                request=request,
                position=position,
                person=person,
                relation=member.relation,
                given_name=person.given_name,
                family_name=person.family_name,
                known_as=person.known_as,
                born_on=person.born_on,
                due_on=person.due_on,
                parental_responsibility=member.parental_responsibility,
                lives_here=member.lives_here,
            )
    record("request.begun", subject=request, by=by, at=at)
    return request


def _own_draft(request: SupportRequest, by: Actor) -> None:
    if request.created_by_id != by.member.pk:
        raise NotAllowed("Only whoever began this request can change it.")
    if request.state != "draft":
        raise UnableTo("This request has been sent and cannot be changed any more.")


@transaction.atomic
def name_person(
    *,
    request: SupportRequest,
    by: Actor,
    at: datetime,
    person: RequestPerson | None = None,
    **fields: Any,
) -> RequestPerson:
    """Add someone the request is about, or correct them. Takes `PERSON_FIELDS`."""
    _own_draft(request, by)
    if set(fields) - PERSON_FIELDS:
        raise TypeError(f"unknown fields: {set(fields) - PERSON_FIELDS}")
    if person is not None:
        return person.change(by=by, at=at, **fields)
    return RequestPerson.make(
        by=by, at=at, request=request, position=request.people.count(), **fields
    )


@transaction.atomic
def leave_out(*, person: RequestPerson, by: Actor, at: datetime) -> RequestPerson:
    """Take someone off a request being written."""
    _own_draft(person.request, by)
    return person.change(by=by, at=at, removed_on=local_day(at))


@transaction.atomic
def answer(
    *, request: SupportRequest, family_knows: str, harm: str, by: Actor, at: datetime
) -> SupportRequest:
    """Say whether the family knows, and whether a child is suffering or likely to suffer harm."""
    _own_draft(request, by)
    return request.change(by=by, at=at, family_knows=family_knows, harm=harm)


def unfinished(request: SupportRequest, at: datetime) -> list[str]:
    """What is still missing before the request can be sent, as sentences."""
    people = list(request.people.filter(removed_on=None))
    wanting = []
    if not any(p.relation == "child" for p in people):
        wanting.append("Add the child or children you are worried about")
    if not request.family_knows:
        wanting.append("Say whether the family knows that you ask")
    if not request.harm:
        wanting.append("Say whether a child is at risk of significant harm")
    wanting += [
        f"Finish “{page.leaf.title}”"
        for page in filled(request.form_record, local_day(at))
        if page.standing != Standing.DONE
    ]
    return wanting


@transaction.atomic
def send(*, request: SupportRequest, by: Actor, at: datetime) -> SupportRequest:
    """Send a request to the front door and start its clock. Sending twice sends once."""
    by.must(Right.REQUEST)
    fresh = SupportRequest.objects.select_for_update().get(pk=request.pk)
    if fresh.created_by_id != by.member.pk:
        raise NotAllowed("Only whoever began this request can send it.")
    if fresh.state == "waiting":
        return fresh
    state = REQUEST.move("send", fresh.state)
    wanting = unfinished(fresh, at)
    if wanting:
        raise UnableTo(f"The request is not finished. {wanting[0]}.")
    fresh.change(
        by=by,
        at=at,
        state=state,
        sent_at=at,
        due_on=due(current(), ClockKey.TRIAGE, local_day(at)),
    )
    record("request.sent", subject=fresh, by=by, at=at)
    tell_of_request(request=fresh, by=by, at=at)
    return fresh


@transaction.atomic
def take_back(*, request: SupportRequest, by: Actor, at: datetime) -> SupportRequest:
    """Take a request back before anyone has taken it up; it is kept."""
    fresh = SupportRequest.objects.select_for_update().get(pk=request.pk)
    if fresh.created_by_id != by.member.pk:
        raise NotAllowed("Only whoever began this request can take it back.")
    fresh.change(by=by, at=at, state=REQUEST.move("take_back", fresh.state))
    record("request.taken_back", subject=fresh, by=by, at=at)
    return fresh


@transaction.atomic
def take_up(*, request: SupportRequest, by: Actor, at: datetime) -> SupportRequest:
    """Say "I am looking at this one"; another may take it over."""
    by.must(Right.TRIAGE)
    fresh = SupportRequest.objects.select_for_update().get(pk=request.pk)
    state = REQUEST.move("take_up", fresh.state)
    fresh.change(by=by, at=at, state=state, taken_up_at=at, taken_up_by=by.member)
    record("request.taken_up", subject=fresh, by=by, at=at)
    return fresh
