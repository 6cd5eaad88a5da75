"""Requests for support, sent and ready to be decided."""

from datetime import date, datetime

from earlydoors.domain.episodes import operations as episodes
from earlydoors.domain.frontdoor import operations as requests
from earlydoors.domain.frontdoor.models import SupportRequest
from earlydoors.domain.frontdoor.triage import Decided
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.models import Family
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.schema import Decision, LevelKind, Route
from earlydoors.simulation.answers import Texts, fill
from tests.factories.partnership import AT, panel, worker


def route_for(decision: Decision) -> Route:
    """The area's first route of that decision, the one with a panel where it takes one."""
    return next(route for route in current().routes if route.decision == decision)


def level_for(kind: LevelKind) -> str:
    """The key of the area's first level of a kind."""
    return episodes.lowest_level(current(), kind)


def sent_request(
    *,
    by: Actor | None = None,
    name: str = "Tarn",
    child: str = "Sophie",
    parent: str = "Kelly",
    born_on: date = date(2018, 3, 3),
    at: datetime = AT,
    family: Family | None = None,
    harm: str = "no",
) -> SupportRequest:
    """A request written, finished and sent by a practitioner."""
    by = by or worker()
    request = requests.begin(by=by, at=at, family=family)
    if family is None:
        for given, relation, born in (
            (child, "child", born_on),
            (parent, "mother", date(1996, 5, 4)),
        ):
            requests.name_person(
                request=request,
                given_name=given,
                family_name=name,
                relation=relation,
                born_on=born,
                parental_responsibility=relation == "mother" or None,
                lives_here=True,
                by=by,
                at=at,
            )
    requests.answer(request=request, family_knows="agrees", harm=harm, by=by, at=at)
    fill(request.form_record, Texts(), by=by, at=at)
    return requests.send(request=request, by=by, at=at)


def decision_for(decision: Decision, *, by: Actor, lead: Actor | None = None) -> Decided:
    """A whole decision of that kind on the area's own terms."""
    route = route_for(decision)
    levels = {level.key: level for level in current().levels}
    kind = {Decision.COORDINATED: LevelKind.COORDINATED, Decision.PANEL: LevelKind.COORDINATED}
    level = next((k for k in route.levels if levels[k].kind == kind.get(decision)), route.levels[0])
    return Decided(
        route=route.key,
        level=level,
        rationale="More than one need, and more than one agency helps.",
        told="We offer to look at everything together with you.",
        descriptors=[d.key for d in levels[level].descriptors[:1]],
        agency=(lead or by).agency if decision == Decision.SINGLE_AGENCY else None,
        worker=lead.member if lead and decision != Decision.PANEL else None,
        panel=panel(route.panels[0]) if decision == Decision.PANEL else None,
    )
