"""Is this child known? What somebody learns who asks, and asking to join the team.

Whoever sees a family's whole record is told who was found, and why. Whoever does not learns only
that there is involvement and whom to contact, and only when the name and the birth that they typed
agree so well that they knew the child before they asked. Each such look is recorded.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from earlydoors.domain.access.declaring import declare
from earlydoors.domain.access.operations import look
from earlydoors.domain.access.permissions import work_with
from earlydoors.domain.access.queries import (
    grants_of,
    not_shut,
    restricted_families,
    shut_now,
)
from earlydoors.domain.access.restricting import tell_those_within
from earlydoors.domain.episodes.models import Episode
from earlydoors.domain.episodes.team import add_worker
from earlydoors.domain.frontdoor.models import AskToJoin, Enquiry, SupportRequest
from earlydoors.domain.frontdoor.queries import asked_about
from earlydoors.domain.frontdoor.states import ASK_TO_JOIN
from earlydoors.domain.matching.asking import Asked
from earlydoors.domain.matching.known import Likeness, known
from earlydoors.domain.matching.ranking import Strength
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Member
from earlydoors.domain.partnership.queries import workers
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Family, FamilyMember, KeptFrom, Person
from earlydoors.foundation.audit.chain import record
from earlydoors.foundation.kernel.dates import day, local_day
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.wall.acting import crossing

NOBODY = UUID(int=0)
KNOWN = "known"  # the way across the wall: see domain/wall.toml
AN_HOUR = timedelta(hours=1)
MOST_AN_HOUR = 40
TO_ASK_WITHIN = timedelta(days=1)  # of being told of involvement
_MOST_FOUND, _MOST_SHOWN = 20, 50


@dataclass(frozen=True)
class Open:
    """Someone whose family is open to whoever asks: who, where, and why."""

    person: Person
    families: tuple[Family, ...]
    likeness: Likeness


@dataclass(frozen=True)
class Involved:
    """A family that is not open to whoever asks: that there is involvement, and who leads.

    `summary`: they see that help is under way already. `waiting`: they have asked to join.
    """

    family: Family
    lead: Member | None
    summary: bool
    waiting: bool


@dataclass(frozen=True)
class Learned:
    """What somebody learns who asks."""

    open: tuple[Open, ...]
    involved: tuple[Involved, ...]

    @property
    def says_so(self) -> bool:
        """Whether somebody found is more than a possibility."""
        likely = any(one.likeness.strength > Strength.POSSIBLE for one in self.open)
        return likely or bool(self.involved)


@crossing(KNOWN)
@transaction.atomic
def look_up(*, asked: Asked, by: Actor, at: datetime) -> Learned:
    """Ask whether someone is known, and record what was told.

    Of a record that is shut to whoever asks nothing is told, and nothing tells that it is there:
    the answer, and the questions it costs, are those for a name that nobody has. Those who hold
    the record are told instead that somebody asked (ADR 19).

    Raises `NotAllowed` for a role that makes no requests, and `UnableTo` for whoever asks more
    often than work needs: trying names until one fits is not how to learn who has help.
    """
    by.must(Right.REQUEST)
    lately = Enquiry.objects.filter(created_by=by.member, created_at__gt=at - AN_HOUR)
    if lately.count() >= MOST_AN_HOUR:
        raise UnableTo(
            f"You have asked {MOST_AN_HOUR} times within an hour. Wait a while, then ask again. "
            "If it cannot wait, ring."
        )
    likenesses = known(asked, _MOST_FOUND)
    shut = shut_now(by)
    places = _places(one.person_id for one in likenesses)
    held = {(g.family_id): g.extent for g in grants_of(by).order_by("-extent")}
    whole = {family for family, extent in held.items() if extent == "full"}
    # As in `_places`: whoever is kept from the asker costs the same questions as nobody at all.
    ids = [NOBODY, *(one.person_id for one in likenesses)]
    people = {one.pk: one for one in Person.objects.filter(pk__in=ids)}
    shown: list[Open] = []
    behind: dict[UUID, Family] = {}
    kept: dict[UUID, None] = {}
    for one in likenesses:
        if one.firm:
            of_them = places.get(one.person_id, [])
            kept |= {family.pk: None for family in of_them if family.pk in shut}
        families = [f for f in places.get(one.person_id, []) if f.pk not in shut]
        mine = tuple(family for family in families if family.pk in whole)
        if mine:
            shown.append(Open(people[one.person_id], mine, one))
        elif one.firm:
            behind |= {family.pk: family for family in families}
    _keep(behind.values(), held, by, at)
    tell_those_within(kept, about="asked", by=by, at=at)
    return Learned(tuple(shown), _involved(behind, held, by))


def _places(people: Iterable[UUID]) -> dict[UUID, list[Family]]:
    found: dict[UUID, list[Family]] = {}
    # Nobody's id is asked for too: a question for nothing is not sent to the database at all.
    rows = FamilyMember.objects.filter(person__in=[NOBODY, *people], left_on=None)
    for place in rows.select_related("family").order_by("joined_on", "pk"):
        found.setdefault(place.person_id, []).append(place.family)
    return found


def _keep(families: Iterable[Family], held: dict[UUID, str], by: Actor, at: datetime) -> None:
    """Write down that somebody asked, and for each family that something of it was told."""
    told: list[Family | None] = [*families]
    for family in told or [None]:
        kept = Enquiry.make(by=by, at=at, family=family)
        if family is not None and family.pk in held:
            look(family=family, part="known", by=by, at=at)
        elif family is not None:
            record("family.involvement_told", subject=kept, by=by, at=at, family_id=family.pk)


def _involved(
    families: dict[UUID, Family], held: dict[UUID, str], by: Actor
) -> tuple[Involved, ...]:
    leads = _leads(families)
    asked = set(
        AskToJoin.objects.filter(
            family__in=families, created_by=by.member, state="waiting"
        ).values_list("family", flat=True)
    )
    return tuple(
        Involved(family, leads.get(pk), pk in held, pk in asked) for pk, family in families.items()
    )


@crossing(KNOWN)
@transaction.atomic
def tell_of_request(*, request: SupportRequest, by: Actor, at: datetime) -> None:
    """Tell the few who hold a restricted record that a request names somebody in it: the front door
    that answers the request is not told. One notice is written where there is no such record."""
    restricted = restricted_families()
    meant: dict[UUID, None] = {}
    for one in request.people.filter(removed_on=None):
        firm = [found.person_id for found in known(asked_about(one), _MOST_FOUND) if found.firm]
        meant |= {
            family.pk: None
            for of_them in _places(firm).values()
            for family in of_them
            if family.pk in restricted
        }
    tell_those_within(meant, about="request", by=by, at=at)


@crossing(KNOWN)
def told_family(actor: Actor, family_id: UUID, at: datetime) -> Family:
    """A family that an actor was told of within a day. Raises `Family.DoesNotExist` for another."""
    if not told_of(actor, at).filter(family=family_id).exists():
        raise Family.DoesNotExist
    return Family.objects.get(pk=family_id)


def told_of(actor: Actor, at: datetime) -> QuerySet[Enquiry]:
    """What an actor was told within a day: only of that may they ask to join."""
    return Enquiry.objects.filter(
        not_shut(actor),
        created_by=actor.member,
        created_at__gt=at - TO_ASK_WITHIN,
        family__isnull=False,
    )


def who_asked(family: Family) -> list[Enquiry]:
    """Who was told of involvement with a family that was not open to them, the latest first."""
    found = family.enquiries.select_related("created_by").order_by("-created_at", "pk")
    return list(found[:_MOST_SHOWN])


@crossing(KNOWN)
def lead_of(family: Family) -> Member | None:
    """Whom to ask about a family: whoever leads, if that may be told; else the front door."""
    return _leads([family.pk]).get(family.pk)


def _leads(families: Iterable[UUID]) -> dict[UUID, Member | None]:
    """Who leads, for families that keep no place from anyone: elsewhere a worker's name could lead
    to the place, so the front door answers for them."""
    ids = list(families)
    kept = KeptFrom.objects.filter(lifted_on=None, place__person__families__family__in=ids)
    careful = set(kept.values_list("place__person__families__family", flat=True))
    under_way = Episode.objects.filter(family__in=ids, closed_at=None).select_related("lead")
    return {one.family_id: one.lead for one in under_way if one.family_id not in careful}


@transaction.atomic
def ask_to_join(*, family: Family, why: str, by: Actor, at: datetime) -> AskToJoin:
    """Ask to join the team around a family that one was told of. Asking twice changes nothing.

    Raises `Family.DoesNotExist` for a family that one was not told of within a day, and `UnableTo`
    without a reason or for a family that is open already.
    """
    by.must(Right.REQUEST)
    if not told_of(by, at).filter(family=family).exists():
        raise Family.DoesNotExist
    if grants_of(by).filter(family=family, extent="full").exists():
        raise UnableTo("This family is open to you already.")
    if not why.strip():
        raise UnableTo("Say why you ask to join.")
    # Two sendings by the same person take turns; the family itself is not theirs to hold.
    Member.objects.select_for_update().get(pk=by.member.pk)
    standing = AskToJoin.objects.filter(family=family, created_by=by.member, state="waiting")
    if (found := standing.first()) is not None:
        return found
    made = AskToJoin.make(by=by, at=at, family=family, agency=by.agency, why=why)
    record("ask_to_join.asked", subject=made, by=by, at=at, family_id=family.pk)
    return made


def asks_to_answer(actor: Actor) -> QuerySet[AskToJoin]:
    """The asks to join that wait for an actor: for families they lead, and at the front door for
    families that nobody leads. None for a role that looks at no families."""
    if not actor.may(Right.SEE_FAMILIES):
        return AskToJoin.objects.none()
    helped = Episode.objects.filter(family=OuterRef("family"), closed_at=None)
    scope = Q(Exists(helped.filter(lead=actor.member)))
    if actor.may(Right.TRIAGE):
        scope |= ~Q(Exists(helped.filter(lead__isnull=False)))
    return _asks().select_related("family").filter(scope, not_shut(actor), state="waiting")


def asks_of(actor: Actor) -> QuerySet[AskToJoin]:
    """The actor's own asks to join."""
    return _asks().filter(not_shut(actor), created_by=actor.member)


def _asks() -> QuerySet[AskToJoin]:
    return AskToJoin.objects.select_related("agency", "created_by", "answered_by")


@crossing(KNOWN)
def ask_for(actor: Actor, ask_id: UUID) -> AskToJoin:
    """An ask to join that is the actor's own, or theirs to answer, or that they have answered.

    Raises `AskToJoin.DoesNotExist` for any other, and for a role that looks at no families.
    """
    if not actor.may(Right.SEE_FAMILIES):
        raise AskToJoin.DoesNotExist
    mine = (Q(created_by=actor.member) | Q(answered_by=actor.member)) & not_shut(actor)
    theirs = Q(pk__in=asks_to_answer(actor).values("pk"))
    return _asks().select_related("family").get(mine | theirs, pk=ask_id)


@transaction.atomic
def welcome(*, ask: AskToJoin, does: str, by: Actor, at: datetime) -> AskToJoin:
    """Take whoever asked into the team, which opens the record to them.

    Raises `UnableTo` when the family has no help under way, when whoever asked works here no more,
    and as `add_worker`: the family's agreement decides.
    """
    fresh = _fresh(ask, by)
    state = ASK_TO_JOIN.move("welcome", fresh.state)
    episode = fresh.family.episodes.filter(closed_at=None).first()
    if episode is None:
        raise UnableTo("No help is under way for this family, so there is no team to join.")
    worker = workers(local_day(at)).filter(member=fresh.created_by).order_by("-began_on").first()
    if worker is None:
        raise UnableTo(f"{fresh.created_by} does not work here any more.")
    add_worker(episode=episode, worker=worker, does=does, by=by, at=at)
    return _answered(fresh, state, "ask_to_join.welcomed", "", by, at)


@transaction.atomic
def refuse(*, ask: AskToJoin, words: str, by: Actor, at: datetime) -> AskToJoin:
    """Answer somebody who asked to join with words instead. Raises `UnableTo` without any."""
    fresh = _fresh(ask, by)
    state = ASK_TO_JOIN.move("refuse", fresh.state)
    if not words.strip():
        raise UnableTo("Write what they should know: nobody is left without an answer.")
    return _answered(fresh, state, "ask_to_join.refused", words, by, at)


def _fresh(ask: AskToJoin, by: Actor) -> AskToJoin:
    """The ask, locked, for someone who may answer it."""
    by.must(Right.MEET)
    fresh = AskToJoin.objects.select_for_update(of=("self",)).get(pk=ask.pk)
    if not by.may(Right.TRIAGE):
        work_with(by, fresh.family, Right.MEET)
    return fresh


def _answered(
    ask: AskToJoin, state: str, verb: str, words: str, by: Actor, at: datetime
) -> AskToJoin:
    ask.change(by=by, at=at, state=state, answer=words, answered_at=at, answered_by=by.member)
    record(verb, subject=ask, by=by, at=at, family_id=ask.family_id)
    return ask


@crossing(KNOWN)
@transaction.atomic
def declare_typed(
    *,
    given_name: str,
    family_name: str,
    born_on: date,
    kind: str,
    says: str,
    by: Actor,
    at: datetime,
) -> None:
    """Say that one knows somebody outside one's work, by what is typed of them. The register is
    asked as in `look_up`, and the answer says nothing of what it found.

    Raises as `declare`.
    """
    asked = Asked(given_name, family_name, born_on)
    meant = next((one.person_id for one in known(asked, _MOST_FOUND) if one.firm), NOBODY)
    declare(
        whom=f"{given_name} {family_name}, born {day(born_on)}",
        kind=kind,
        says=says,
        person=Person.objects.filter(pk=meant).first(),
        by=by,
        at=at,
    )
