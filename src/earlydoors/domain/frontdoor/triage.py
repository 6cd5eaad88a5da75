"""Deciding on a request: one decision, told to whoever asked, and never "no further action"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from earlydoors.domain.access.operations import grant
from earlydoors.domain.chronology.operations import tell
from earlydoors.domain.consent.operations import let_in
from earlydoors.domain.episodes.models import Episode, HarmReferral
from earlydoors.domain.episodes.operations import (
    change_level,
    give_to_agency,
    move,
    open_help,
    refer_harm,
)
from earlydoors.domain.episodes.queries import open_episode
from earlydoors.domain.episodes.states import EPISODE
from earlydoors.domain.frontdoor.models import RequestPerson, SupportRequest
from earlydoors.domain.frontdoor.states import REQUEST
from earlydoors.domain.frontdoor.tasks import answered
from earlydoors.domain.joining.queries import now_of
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Agency, Desk, Member
from earlydoors.domain.partnership.queries import front_door
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.facts import Source
from earlydoors.domain.people.models import Family, Person
from earlydoors.domain.people.operations import (
    begin_family,
    correct,
    place_at,
    take_in,
    write_down,
)
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.schema import Decision, Route
from earlydoors.foundation.wall.acting import crossing


@dataclass(frozen=True)
class Harm:
    """To whom in social care harm was told, and when."""

    concern: str
    told_whom: str
    told_where: str
    told_at: datetime
    told_how: str
    family_told: bool
    family_not_told_why: str = ""


@dataclass(frozen=True)
class Decided:
    """A decision as the front door makes it.

    `told` is what requester and family are told; `same_as` joins people typed in the request to
    people already on record; `agency`, `worker` and `panel` go with their routes.
    """

    route: str
    level: str
    rationale: str
    told: str
    descriptors: Sequence[str] = ()
    agency: Agency | None = None
    worker: Member | None = None
    panel: Desk | None = None
    harm: Harm | None = None


@transaction.atomic
def decide(
    *,
    request: SupportRequest,
    decided: Decided,
    by: Actor,
    at: datetime,
    family: Family | None = None,
    same_as: Mapping[UUID, Person] | None = None,
) -> SupportRequest:
    """Decide on a request. `family` is given when the coordinator found that it is known.

    Writes down the people, opens help (or adds to the help under way), opens the record to whoever
    asked, and answers them. Raises `UnableTo` when the decision is not whole.
    """
    by.must(Right.TRIAGE)
    fresh = SupportRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    state = REQUEST.move("decide", fresh.state)
    route = current().route(decided.route)
    _whole(route, decided)
    family = settle_people(
        request=fresh, family=family or fresh.family, same_as=same_as or {}, by=by, at=at
    )
    grant(family=family, desk=front_door(), because="front_door", by=by, at=at)
    episode = _help(family, route, decided, by, at)
    level = decided.level if route.decision == Decision.SOCIAL_CARE else ""
    referral = _refer(family, decided.harm, level, by, at)
    grant(
        family=family,
        member=fresh.created_by,
        because="asked",
        extent="full" if decided.worker == fresh.created_by else "summary",
        by=by,
        at=at,
    )
    fresh.change(
        by=by,
        at=at,
        state=state,
        family=family,
        episode=episode,
        route=route.key,
        decision=route.decision,
        level=decided.level,
        rationale=decided.rationale,
        descriptors=list(decided.descriptors),
        told=decided.told,
        decided_at=at,
        decided_by=by.member,
        harm_referral=referral,
    )
    fresh.form_record.change(by=by, at=at, family=family)
    who = fresh.agency.name if fresh.agency else fresh.created_by.name
    tell(
        "request.decided",
        f"A request from {who} was answered: {route.name}. {decided.rationale}",
        family=family,
        subject=fresh,
        by=by,
        at=at,
        details={"route": route.key, "level": decided.level},
    )
    # Left in the same transaction: no letter goes out about a decision that was undone.
    answered.defer(request_id=str(fresh.pk))
    return fresh


def _whole(route: Route, decided: Decided) -> None:
    if decided.level not in route.levels:
        raise UnableTo(f"“{route.name}” does not serve that level. Choose another level or route.")
    if not decided.rationale.strip() or not decided.told.strip():
        raise UnableTo("Say why you decide so, and what requester and family are told.")
    needed = {
        Decision.SINGLE_AGENCY: (decided.agency, "Choose the agency that helps."),
        Decision.PANEL: (decided.panel, "Choose the panel."),
        Decision.SOCIAL_CARE: (decided.harm, "Record whom in social care you told, and when."),
    }
    given, sentence = needed.get(route.decision, (True, ""))
    if not given:
        raise UnableTo(sentence)


def _add_to(episode: Episode, route: Route, decided: Decided, by: Actor, at: datetime) -> None:
    """What a further request changes in help that is under way or was declined before."""
    if route.decision == Decision.SOCIAL_CARE:
        return
    change_level(episode=episode, level=decided.level, why=decided.rationale, by=by, at=at)
    if route.decision != Decision.COORDINATED:
        return
    if EPISODE.can("offer_more", episode.state):
        says = f"Help is offered again. {decided.rationale}"
        move(episode=episode, name="offer_more", says=says, by=by, at=at)
    if decided.worker:
        let_in(family=episode.family, member=decided.worker, because="team", by=by, at=at)


def _help(
    family: Family, route: Route, decided: Decided, by: Actor, at: datetime
) -> Episode | None:
    """The help that answers the request: what is under way already, or newly opened."""
    episode = open_episode(family)
    if episode is not None:
        _add_to(episode, route, decided, by, at)
        return episode
    if route.decision == Decision.ADVICE:
        return None
    episode = open_help(
        family=family, level=decided.level, route=route.key, why=decided.rationale, by=by, at=at
    )
    if route.decision == Decision.PANEL and decided.panel:
        says = f"{decided.panel.name} will talk about the family."
        move(episode=episode, name="send_to_panel", says=says, by=by, at=at)
        grant(family=family, desk=decided.panel, because="panel", by=by, at=at)
    if route.decision == Decision.SINGLE_AGENCY and decided.agency:
        give_to_agency(
            episode=episode,
            agency=decided.agency,
            member=decided.worker,
            why=decided.rationale,
            by=by,
            at=at,
        )
    if route.decision == Decision.COORDINATED and decided.worker:
        let_in(family=family, member=decided.worker, because="team", by=by, at=at)
    return episode


def _refer(
    family: Family, harm: Harm | None, level: str, by: Actor, at: datetime
) -> HarmReferral | None:
    return (
        refer_harm(
            family=family,
            concern=harm.concern,
            told_whom=harm.told_whom,
            told_where=harm.told_where,
            told_at=harm.told_at,
            told_how=harm.told_how,
            family_told=harm.family_told,
            family_not_told_why=harm.family_not_told_why,
            level=level,
            by=by,
            at=at,
        )
        if harm
        else None
    )


@crossing("front_door")
@transaction.atomic
def settle_people(
    *,
    request: SupportRequest,
    family: Family | None,
    same_as: Mapping[UUID, Person],
    by: Actor,
    at: datetime,
) -> Family:
    """Write down whom a request is about: join to those known, make the rest, keep the source."""
    asked = list(request.people.filter(removed_on=None))
    if family is None:
        children = [p for p in asked if p.relation == "child"] or asked
        names = dict.fromkeys(p.family_name for p in children if p.family_name)
        name = "–".join(names) or children[0].given_name
        locality = next((p.setting.locality for p in children if p.setting), None)
        family = begin_family(name=name, by=by, at=at, locality=locality)
    for one in asked:
        known = _of_today(one.person or same_as.get(one.pk))
        person = known or _write_down(one, family, by, at)
        if known and one.person_id is None:
            _fill_in(known, one, by, at)
        if not family.members.filter(person=person, left_on=None).exists():
            take_in(
                family=family,
                person=person,
                relation=one.relation,
                on=local_day(at),
                by=by,
                at=at,
                parental_responsibility=one.parental_responsibility,
                lives_here=one.lives_here,
            )
        if one.person_id is None:
            one.change(by=by, at=at, person=person)
    return family


def _of_today(known: Person | None) -> Person | None:
    """Someone on record; the record theirs was joined with while the decision was written."""
    return Person.objects.get(pk=now_of(known.pk)) if known else None


def _source(one: RequestPerson) -> Source:
    asked = one.request
    return Source("request", str(asked.agency or asked.created_by.name))


def _fill_in(person: Person, one: RequestPerson, by: Actor, at: datetime) -> None:
    """What a request says of someone on record, where the record says nothing of it: so that
    nobody is asked again. A phone number is left out: it may have been taken off for safety."""
    blank = (None, "")
    said = {
        name: getattr(one, name)
        for name in ("first_language", "needs_interpreter")
        if getattr(person, name) in blank and getattr(one, name) not in blank
    }
    if said:
        correct(person=person, source=_source(one), by=by, at=at, **said)


def _write_down(one: RequestPerson, family: Family, by: Actor, at: datetime) -> Person:
    said = _source(one)
    person = write_down(
        by=by,
        at=at,
        source=said,
        given_name=one.given_name,
        family_name=one.family_name,
        known_as=one.known_as,
        born_on=one.born_on,
        due_on=one.due_on,
        phone=one.phone,
        first_language=one.first_language,
        needs_interpreter=one.needs_interpreter,
    )
    told = {"said_by": said.by, "said_says": said.says}
    if one.home:
        place_at(
            person=person,
            kind="home",
            says=one.home,
            postcode=one.postcode,
            family=family,
            by=by,
            at=at,
            **told,
        )
    if one.setting:
        early_years = one.setting.agency.kind == "early_years"
        place_at(
            person=person,
            kind="nursery" if early_years else "school",
            says=one.setting.name,
            setting=one.setting,
            family=family,
            by=by,
            at=at,
            **told,
        )
    return person
