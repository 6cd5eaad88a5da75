"""Taking a request about somebody's information, finding out who asks, answering and refusing it.

Every step is written down as a sentence for whoever takes the request over, and as evidence. What
is said in words stays in the request's own rows: evidence names neither whoever asks nor whom they
ask about.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from earlydoors.domain.information.models import AskedBack, InformationRequest, RequestStep
from earlydoors.domain.information.queries import ACROSS, clocks_of
from earlydoors.domain.information.states import REQUEST
from earlydoors.domain.matching.asking import Asked as Looked
from earlydoors.domain.matching.known import Likeness, known
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Person
from earlydoors.foundation.audit.chain import record
from earlydoors.foundation.kernel.dates import day, local_day
from earlydoors.foundation.kernel.refusals import NotAllowed, UnableTo
from earlydoors.foundation.profile.schema import Profile
from earlydoors.foundation.wall.acting import crossing

MOST_ALIKE = 8


@dataclass(frozen=True)
class Letter:
    """A request as it came: what is asked, by whom and how, and whom it is about."""

    kind: str
    received_on: date
    came: str
    asker: str
    asker_name: str
    reach: str
    about_given: str
    about_family: str
    says: str
    about_born: date | None = None


@dataclass(frozen=True)
class Answer:
    """What became of a request, and how whoever asked was told."""

    outcome: str
    says: str
    told_on: date
    told_how: str


@dataclass(frozen=True)
class Alike:
    """Somebody in the register who may be whom a request is about, and why."""

    person: Person
    likeness: Likeness


@transaction.atomic
def receive(*, letter: Letter, by: Actor, at: datetime) -> InformationRequest:
    """Write down a request that came. Whoever of the partnership got it does: its clock runs from
    the day it came to any of them.

    Raises `NotAllowed` for a member of a family, and `UnableTo` for a day to come, or where it is
    not said who asks, how they are reached, about whom, or what.
    """
    if by.is_family:
        raise NotAllowed("Somebody who works here writes down your request.")
    if letter.received_on > local_day(at):
        raise UnableTo("The day it came cannot be later than today.")
    words = (letter.asker_name, letter.reach, letter.about_given + letter.about_family, letter.says)
    if not all(one.strip() for one in words):
        raise UnableTo("Say who asks, how they are reached, whom it is about, and what they ask.")
    made = InformationRequest.make(
        by=by,
        at=at,
        kind=letter.kind,
        received_on=letter.received_on,
        came=letter.came,
        asker=letter.asker,
        asker_name=letter.asker_name.strip(),
        reach=letter.reach.strip(),
        about_given=letter.about_given.strip(),
        about_family=letter.about_family.strip(),
        about_born=letter.about_born,
        says=letter.says.strip(),
    )
    _step(made, "received", f"It came on {day(letter.received_on)} and was written down.", by, at)
    record("information.received", subject=made, by=by, at=at, details={"kind": made.kind})
    return made


def fresh(request: InformationRequest, by: Actor) -> InformationRequest:
    """The request as it is now, held until the transaction ends. Raises `NotAllowed`."""
    by.must(Right.INFORM)
    return InformationRequest.objects.select_for_update().get(pk=request.pk)


def _step(request: InformationRequest, what: str, says: str, by: Actor, at: datetime) -> None:
    RequestStep.make(by=by, at=at, request=request, what=what, says=says)


def note(
    request: InformationRequest, what: str, says: str, by: Actor, at: datetime, **details: object
) -> None:
    """Write a step down, for whoever takes over and as evidence."""
    _step(request, what, says, by, at)
    record(f"information.{what}", subject=request, by=by, at=at, details=details)


def _move(name: str, request: InformationRequest) -> str:
    return REQUEST.move(name, request.state)


def _not_to_come(on: date, at: datetime, since: date) -> None:
    if on > local_day(at):
        raise UnableTo("The day cannot be later than today.")
    if on < since:
        raise UnableTo("The day cannot be before the request came.")


@transaction.atomic
def acknowledge(*, request: InformationRequest, on: date, by: Actor, at: datetime) -> None:
    """Whoever asked was told that the request came. Raises `UnableTo` for a second time."""
    one = fresh(request, by)
    _not_to_come(on, at, one.received_on)
    if one.acknowledged_on or not one.is_open:
        raise UnableTo("They have been told already that it came.")
    one.change(by=by, at=at, acknowledged_on=on)
    note(one, "acknowledged", f"Whoever asked was told on {day(on)} that it came.", by, at)


@transaction.atomic
def ask_back(
    *, request: InformationRequest, what: str, asks: str, on: date, by: Actor, at: datetime
) -> AskedBack:
    """Something is asked of whoever made the request: `identity`, or `clarification`.

    Raises `UnableTo` when it is not the time for it, or it is not said what is asked.
    """
    one = fresh(request, by)
    state = _move("ask_who" if what == "identity" else "ask_what", one)
    _not_to_come(on, at, one.received_on)
    if not asks.strip():
        raise UnableTo("Write what you asked them.")
    made = AskedBack.make(by=by, at=at, request=one, what=what, asks=asks.strip(), asked_on=on)
    one.change(by=by, at=at, state=state)
    said = f"Asked back on {day(on)}: {asks.strip()}"
    note(one, "asked_who" if what == "identity" else "asked_what", said, by, at)
    return made


@transaction.atomic
def hear_back(*, request: InformationRequest, on: date, by: Actor, at: datetime) -> None:
    """What was asked back has come. Raises `UnableTo` where nothing is awaited."""
    one = fresh(request, by)
    waits = one.asked_back.filter(heard_on=None).first()
    if waits is None:
        raise UnableTo("Nothing is awaited from whoever asked.")
    name = "hear_who" if waits.what == "identity" else "hear_what"
    state = _move(name, one)
    _not_to_come(on, at, waits.asked_on)
    waits.change(by=by, at=at, heard_on=on)
    one.change(by=by, at=at, state=state)
    note(one, name.replace("hear", "heard"), f"What was asked came on {day(on)}.", by, at)


@crossing(ACROSS)
@transaction.atomic
def look_for(*, request: InformationRequest, by: Actor, at: datetime) -> list[Alike]:
    """The people of the register who may be whom a request is about, the likeliest first.

    Nobody else can be looked for than whom the request names. Raises `NotAllowed`, and `UnableTo`
    for a request that is closed.
    """
    one = fresh(request, by)
    if not one.is_open:
        raise UnableTo("This request is closed.")
    found = known(Looked(one.about_given, one.about_family, one.about_born), MOST_ALIKE)
    people = Person.objects.in_bulk([like.person_id for like in found])
    record("information.looked_for", subject=one, by=by, at=at, details={"found": len(found)})
    return [Alike(people[like.person_id], like) for like in found if like.person_id in people]


@crossing(ACROSS)
@transaction.atomic
def find(*, request: InformationRequest, person_id: UUID, by: Actor, at: datetime) -> None:
    """Say whose record a request is about. Raises `UnableTo` for anybody whom the register does
    not find by what the request says, and once it is being answered."""
    one = fresh(request, by)
    if one.state not in {"received", "asked_who"}:
        raise UnableTo("Whose record it is about was settled when it was taken up.")
    alike = {like.person_id for like in known(
        Looked(one.about_given, one.about_family, one.about_born), MOST_ALIKE
    )}  # fmt: skip
    if person_id not in alike:
        raise UnableTo("Choose one of the people found by the name in the request.")
    one.change(by=by, at=at, person_id=person_id)
    note(one, "found", "The record that it is about was found.", by, at, person=str(person_id))


@transaction.atomic
def prove(
    *, request: InformationRequest, identity: str, authority: str, by: Actor, at: datetime
) -> None:
    """Say how it was checked who asks, and that they may ask for somebody else.

    Raises `UnableTo` for a check without words, where somebody acts for another and it is not said
    why they may, and once the request is being answered.
    """
    one = fresh(request, by)
    if one.state != "received":
        raise UnableTo("This is checked before the request is taken up.")
    if not identity.strip():
        raise UnableTo("Write how you checked who asks.")
    if one.asker != "self" and not authority.strip():
        raise UnableTo("Write how you checked that they may ask for this person.")
    fields: dict[str, object] = {
        "identity_how": identity.strip(),
        "identity_at": at,
        "identity_by": by.member,
    }
    if one.asker != "self":
        fields |= {
            "authority_how": authority.strip(),
            "authority_at": at,
            "authority_by": by.member,
        }
    one.change(by=by, at=at, **fields)
    note(one, "proved", "It was checked who asks, and that they may.", by, at)


@crossing(ACROSS)
@transaction.atomic
def take_up(*, request: InformationRequest, by: Actor, at: datetime) -> None:
    """Begin to answer. Raises `UnableTo` before it is known who asks and whose record it is."""
    one = fresh(request, by)
    state = _move("take_up", one)
    if one.person_id is None:
        raise UnableTo("First say whose record it is about.")
    if one.identity_at is None or (one.asker != "self" and one.authority_at is None):
        raise UnableTo("First check who asks, and that they may.")
    one.change(by=by, at=at, state=state)
    note(one, "taken_up", "It is being answered.", by, at)


@transaction.atomic
def extend(
    *, request: InformationRequest, why: str, on: date, profile: Profile, by: Actor, at: datetime
) -> None:
    """Whoever asked was told that it takes longer, and why.

    Raises `UnableTo` without a reason, a second time, where the law gives no longer, and where the
    first time was over on that day already (UK GDPR, articles 12(3) and 12A(4)).
    """
    one = fresh(request, by)
    _not_to_come(on, at, one.received_on)
    clock = next((c for c in clocks_of(one, profile) if c.step == "answer"), None)
    if not one.is_open or clock is None or not clock.law.longer:
        raise UnableTo("The law gives no longer for this request.")
    if one.extended_on:
        raise UnableTo("It was made longer once already.")
    if not why.strip():
        raise UnableTo("Write why it takes longer, as you told whoever asked.")
    last = clock.stands.last_day
    if last is not None and on > last:
        raise UnableTo(f"They had to be told by {day(last)} that it takes longer.")
    one.change(by=by, at=at, extended_on=on, extended_why=why.strip())
    note(one, "extended", f"Told on {day(on)} that it takes longer: {why.strip()}", by, at)


def close(
    *, request: InformationRequest, move: str, given: Answer, by: Actor, at: datetime
) -> InformationRequest:
    """End a request with an answer. What was gathered for it is closed by `releasing.end`.

    Raises `UnableTo` where it is not said what whoever asked was told, when, and how, and for a
    day to come or before the request came.
    """
    one = fresh(request, by)
    state = _move(move, one)
    _not_to_come(given.told_on, at, one.received_on)
    if not given.says.strip() or not given.told_how.strip():
        raise UnableTo("Write what they were told, and how.")
    one.change(
        by=by,
        at=at,
        state=state,
        outcome=given.outcome,
        outcome_says=given.says.strip(),
        told_on=given.told_on,
        told_how=given.told_how.strip(),
        closed_at=at,
        closed_by=by.member,
    )
    said = f"Whoever asked was told on {day(given.told_on)}, {given.told_how.strip()}."
    note(one, state, said, by, at, outcome=given.outcome)
    return one


@transaction.atomic
def take_back(*, request: InformationRequest, says: str, by: Actor, at: datetime) -> None:
    """Whoever asked does not ask any more. Raises `UnableTo` without words."""
    one = fresh(request, by)
    state = _move("take_back", one)
    if not says.strip():
        raise UnableTo("Write how they let you know.")
    one.change(
        by=by, at=at, state=state, outcome_says=says.strip(), closed_at=at, closed_by=by.member
    )
    note(one, "taken_back", f"Taken back: {says.strip()}", by, at)
