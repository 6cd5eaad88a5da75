"""The acts a family's story is told in: each is one of the product's own operations, or a few."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from earlydoors.domain.episodes import operations as episodes
from earlydoors.domain.frontdoor import conversations
from earlydoors.domain.frontdoor import operations as requests
from earlydoors.domain.frontdoor.models import SupportRequest
from earlydoors.domain.frontdoor.triage import Decided, Harm
from earlydoors.domain.panels.operations import decide_request
from earlydoors.domain.partnership.models import Desk, Setting
from earlydoors.domain.people import operations as people
from earlydoors.domain.people.facts import Source, mend_route
from earlydoors.domain.people.identifiers import identify
from earlydoors.domain.people.models import Person, Place
from earlydoors.domain.plan import reviews
from earlydoors.foundation.forms.schema import Purpose
from earlydoors.foundation.kernel.dates import age_on
from earlydoors.foundation.profile.schema import Decision, LevelKind, Route
from earlydoors.simulation.answers import fill, readings
from earlydoors.simulation.clockwork import Stage

_KIND_OF_LEVEL = {
    Decision.ADVICE: LevelKind.UNIVERSAL,
    Decision.SINGLE_AGENCY: LevelKind.SINGLE_AGENCY,
    Decision.COORDINATED: LevelKind.COORDINATED,
    Decision.PANEL: LevelKind.COORDINATED,
    Decision.SOCIAL_CARE: LevelKind.STATUTORY,
}


@dataclass(frozen=True)
class Someone:
    """A person of a story.

    `born` is (age on day 0, month, day), `home` (address, postcode), and `goes_to` a part whose
    player works where they go. `facts` are fields of a person that a request does not ask,
    `safely` how their phone may be used.
    """

    given_name: str
    family_name: str
    relation: str
    born: tuple[int, int, int] | None = None
    due_in: int | None = None
    sex: str = "not_known"
    responsible: bool | None = None
    lives_here: bool | None = True
    home: tuple[str, str] = ("", "")
    goes_to: str = ""
    phone: str = ""
    language: str = ""
    interpreter: bool | None = None
    communication: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    safely: str = ""
    nhs: str = ""

    def born_on(self, first_day: date) -> date | None:
        """The birth date that makes them that age on the first day."""
        if self.born is None:
            return None
        age, month, day = self.born
        found = date(first_day.year - age, month, day)
        return found if age_on(found, first_day) == age else found.replace(year=found.year - 1)


def setting_of(stage: Stage, part: str) -> Setting | None:
    """The place of whoever plays a part in the family's story: their school, their nursery."""
    return stage.who(part).membership.setting if part else None


def home_of(stage: Stage, one: Someone) -> str:
    """Where someone lives: as written in their own area, else the same street in this one."""
    address, _ = one.home
    if stage.at_home or not address:
        return address
    street = address.rpartition(", ")[0]
    return f"{street}, {stage.profile.localities[0].name}"


def converse(
    stage: Stage,
    *,
    day: int,
    by: str,
    adviser: str = "adviser",
    next_step: str = "request",
    answered: bool = True,
) -> None:
    """Someone asks for advice, without naming the family, and gets it the same day."""
    asks, at = stage.who(by), stage.at(day, "08:40")
    stage.conversation = conversations.ask(
        about=stage.line("about"),
        readings=readings(Purpose.CONVERSATION, stage.texts("conversation"), today=at.date()),
        by=asks,
        at=at,
    )
    if answered:
        stage.conversation = conversations.advise(
            conversation=stage.conversation,
            advice=stage.line("advice"),
            next_step=next_step,
            by=stage.who(adviser),
            at=stage.at(day, "15:10"),
        )


def ask_support(
    stage: Stage,
    *,
    day: int,
    by: str,
    cast: Sequence[Someone],
    clock: str = "11:20",
    form: str = "request",
    harm: str = "no",
    knows: str = "agrees",
    anew: bool = False,
) -> SupportRequest:
    """Someone writes a request for support and sends it.

    `anew` types the people in as if nobody knew them, for the front door to recognise.
    """
    who, at = stage.who(by), stage.at(day, clock)
    family = None if anew else stage.family
    request = requests.begin(by=who, at=at, family=family, conversation=stage.conversation)
    if family is None:
        for one in cast:
            requests.name_person(
                request=request,
                given_name=one.given_name,
                family_name=one.family_name,
                relation=one.relation,
                born_on=one.born_on(stage.first_day),
                due_on=stage.first_day + timedelta(days=one.due_in) if one.due_in else None,
                parental_responsibility=one.responsible,
                lives_here=one.lives_here,
                home=home_of(stage, one),
                postcode=one.home[1] if stage.at_home else "",
                setting=setting_of(stage, one.goes_to),
                phone=one.phone,
                first_language=one.language,
                needs_interpreter=one.interpreter,
                by=who,
                at=at,
            )
    requests.answer(request=request, family_knows=knows, harm=harm, by=who, at=at)
    fill(request.form_record, stage.texts(form), by=who, at=at)
    request = requests.send(request=request, by=who, at=at + timedelta(minutes=25))
    stage.request = stage.requests[by] = request
    return request


def _recognised(stage: Stage, request: SupportRequest) -> dict[UUID, Person]:
    """Whom of those typed in the front door knows already, by name and birth date."""
    if stage.family is None:
        return {}
    known = {
        (one.person.given_name, one.person.born_on): one.person
        for one in stage.family.members.filter(left_on=None).select_related("person")
    }
    return {
        typed.pk: known[typed.given_name, typed.born_on]
        for typed in request.people.filter(removed_on=None, person=None)
        if (typed.given_name, typed.born_on) in known
    }


def route_for(stage: Stage, decision: Decision, level: str) -> Route:
    """The area's route of that decision for that level, the most particular one."""
    routes = [r for r in stage.profile.routes if r.decision == decision and level in r.levels]
    return min(routes, key=lambda route: len(route.levels))


def level_for(stage: Stage, decision: Decision) -> str:
    """The area's level that a decision of that kind is usually made at."""
    wanted = _KIND_OF_LEVEL[decision]
    served = {k for r in stage.profile.routes if r.decision == decision for k in r.levels}
    levels = [level for level in stage.profile.levels if level.key in served]
    return next((level.key for level in levels if level.kind == wanted), levels[0].key)


def offers(stage: Stage, decision: Decision) -> bool:
    """Whether the area has a route of that decision."""
    return any(route.decision == decision for route in stage.profile.routes)


def route_to(stage: Stage, panel: Desk) -> Route:
    """The area's route to a panel."""
    return next(route for route in stage.profile.routes if panel.key in route.panels)


def panel_for(stage: Stage, route: Route) -> Desk:
    """The panel of the child's own part of the area, else one that needs the requester there."""
    place = stage.who("asks").membership.setting
    locality = place.locality.key if place and place.locality else ""
    panels = [panel for panel in stage.profile.panels if panel.key in route.panels]
    panels.sort(key=lambda p: (p.locality != locality or not locality, not p.needs_requester))
    return Desk.objects.get(key=panels[0].key)


def decide(
    stage: Stage,
    *,
    day: int,
    decision: Decision,
    lead: str = "",
    clock: str = "14:00",
    says: str = "",
    descriptors: Iterable[str] = (),
    harm: Harm | None = None,
    request: SupportRequest | None = None,
    panel: Desk | None = None,
) -> None:
    """The front door takes a request up and decides on it, beside the level's descriptors.

    Without a `panel`, one that is to go to a panel goes to the one nearest to whoever asked.
    """
    request = request or stage.request
    if request is None:
        raise LookupError("There is no request to decide on.")
    door, at = stage.who("door"), stage.at(day, clock)
    requests.take_up(request=request, by=door, at=at - timedelta(hours=1))
    level = level_for(stage, decision)
    route = route_to(stage, panel) if panel else route_for(stage, decision, level)
    described = stage.profile.level(level).descriptors
    chosen = [d for d in described if any(word in d.key for word in descriptors)] or described[:2]
    quoted = "; ".join(f"“{d.says.rstrip('.')}”" for d in chosen[:2])
    leader = stage.who(lead) if lead else None
    decided = Decided(
        route=route.key,
        level=level,
        rationale=stage.line(f"rationale{says}").replace("{descriptors}", quoted),
        told=stage.line(f"told{says}"),
        descriptors=[d.key for d in chosen[:2]],
        agency=leader.agency if leader and decision == Decision.SINGLE_AGENCY else None,
        worker=leader.member if leader and decision != Decision.PANEL else None,
        panel=panel or (panel_for(stage, route) if decision == Decision.PANEL else None),
        harm=harm,
    )
    stage.request = decide_request(
        request=request,
        decided=decided,
        by=door,
        at=at,
        family=stage.family,
        same_as=_recognised(stage, request),
    )
    stage.family = stage.request.family
    stage.episode = stage.request.episode


def know_people(stage: Stage, *, day: int, by: str, cast: Sequence[Someone]) -> None:
    """What the request's lines have no room for: how someone is best talked with, and so on."""
    signed: dict[str, Any] = {"by": stage.who(by), "at": stage.at(day, "16:30")}
    for one in cast:
        person = stage.person(one.given_name)
        child = one.relation == "child"
        people.correct(
            person=person,
            sex=one.sex,
            communication=one.communication,
            source=Source("parent" if child else "themselves"),
            **one.facts,
            **signed,
        )
        if one.safely:
            mend_route(
                route=person.routes.get(value=one.phone),
                safe="care",
                how=one.safely,
                said_by="themselves",
                said_says="",
                **signed,
            )
        if one.nhs:
            identify(
                person=person, kind="nhs", number=one.nhs, status="01", said_by="health", **signed
            )


def keep_places_from(
    stage: Stage, *, day: int, by: str, person: Person, whose: Iterable[str], why: str
) -> None:
    """Keep homes and nurseries of some of the family from one of its people."""
    kept = Place.objects.filter(
        person__given_name__in=list(whose),
        person__families__family=stage.household,
        kind__in=["home", "nursery"],
    )
    for place in kept.order_by("person__given_name", "kind"):
        people.keep_from(
            place=place,
            person=person,
            why=why,
            family=stage.household,
            by=stage.who(by),
            at=stage.at(day, "14:20"),
        )


def refer_harm(stage: Stage, *, day: int, by: str, told_whom: str) -> None:
    """Early help stops: social care is told the same hour."""
    words = stage.profile.words
    at = stage.at(day, "11:05")
    episodes.refer_harm(
        family=stage.household,
        concern=stage.line("harm"),
        told_whom=told_whom,
        told_where=words.social_care.one,
        told_at=at - timedelta(minutes=25),
        told_how="By telephone, confirmed in writing",
        family_told=True,
        family_not_told_why="",
        by=stage.who(by),
        at=at,
    )


def step_down(stage: Stage, *, day: int, by: str) -> None:
    """Back from social care with the plan it had, to the same team."""
    reviews.take_back(
        episode=stage.help,
        level=level_for(stage, Decision.COORDINATED),
        why=stage.line("stepped_down"),
        has_plan=True,
        agreed=True,
        by=stage.who(by),
        at=stage.at(day, "15:30"),
    )


def level_of_kind(stage: Stage, *kinds: LevelKind) -> str:
    """The area's highest level of the first of these kinds that it has."""
    for kind in kinds:
        found = [level.key for level in stage.profile.levels if level.kind == kind]
        if found:
            return found[0]
    return stage.profile.levels[0].key
