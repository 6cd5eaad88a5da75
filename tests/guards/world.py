"""A small world to open every page in: one family at a time, as far along as the page needs."""

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from stdnum.gb import nhs
from tests.factories.families import episode_in
from tests.factories.partnership import area, worker
from tests.factories.requests import sent_request
from tests.factories.rolls import ROLL, as_csv, loaded, looked_through, roll
from tests.guards.guarding import asked_about, gathered, gone, held, over, studied, watched
from tests.guards.shutting import declared, restricted
from tests.guards.values import VALUES, outcome

from earlydoors.domain.assessment import operations as assessments
from earlydoors.domain.chronology.events import write_event
from earlydoors.domain.chronology.rules import read_span
from earlydoors.domain.frontdoor import conversations, emergencies, involvement
from earlydoors.domain.frontdoor import operations as requests
from earlydoors.domain.joining import operations as joining
from earlydoors.domain.joining.joins import join
from earlydoors.domain.matching.asking import Asked
from earlydoors.domain.panels import operations as panels
from earlydoors.domain.panels.models import Item, Task
from earlydoors.domain.partnership import inviting
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Agency
from earlydoors.domain.people import facts, identifiers, names
from earlydoors.domain.people import operations as people
from earlydoors.domain.people.answering import make_responsible
from earlydoors.domain.people.connections import connect
from earlydoors.domain.people.models import KeptFrom, Place
from earlydoors.domain.people.relating import relate
from earlydoors.domain.plan import meetings, reviews
from earlydoors.domain.plan import operations as plans
from earlydoors.foundation.forms.schema import Purpose
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.schema import RoleKind
from earlydoors.simulation.answers import Texts, readings

# Each family's child has a number of its own. Numbers that begin so are nobody's.
_NUMBERS = (number for n in itertools.count() if nhs.is_valid(number := f"99900{n:05d}"))


def routes() -> dict[tuple[str, tuple[str, ...]], URLPattern]:
    """Every address of the product by its name and what it takes."""
    found: dict[tuple[str, tuple[str, ...]], URLPattern] = {}

    def walk(patterns: list[Any], prefix: str) -> None:
        for one in patterns:
            if isinstance(one, URLResolver):
                walk(one.url_patterns, f"{one.namespace}:" if one.namespace else prefix)
            else:
                found[f"{prefix}{one.name}", tuple(sorted(one.pattern.converters))] = one

    walk(get_resolver().url_patterns, "")
    return found


class World:
    """One family's help at a state, and the id of anything an address may take."""

    def __init__(self, state: str) -> None:
        area()
        self.state = state
        self.request: Any = None
        self.conversation: Any = None
        self.meeting: Any = None
        self.review: Any = None
        self.item: Any = None
        self.sitting: Any = None
        self.task: Any = None
        self.agency: Any = None
        self.opening: Any = None
        self.file: Any = None
        self.file_loaded: Any = None
        self.other: Any = None
        self.pair: Any = None
        self.joining: Any = None
        self.ask: Any = None
        self.asked_about: Any = None
        self.hold: Any = None
        self.over: Any = None
        self.gone: Any = None
        self.token: Any = None
        self.member: Any = None
        self.invitation: Any = None
        self.restriction: Any = None
        self.notice: Any = None
        self.declaration: Any = None
        self.help: Any = episode_in(_STATES.get(state, state))
        self.request = self.help.request
        self.meeting = self.help.meeting
        self.place: Any
        self.name: Any
        self.route: Any
        self.kept: Any
        self.place, self.kept = self._places()
        self.name = names.add_name(
            person=self.help.child,
            kind="alias",
            given_name="Fee",
            by=self.help.lead,
            at=self.help.at,
        )
        identifiers.identify(
            person=self.help.child,
            kind="nhs",
            number=next(_NUMBERS),
            by=self.help.lead,
            at=self.help.at,
        )
        self.route = facts.add_route(
            person=self.help.child,
            kind="mobile",
            value="07700 900123",
            safe="care",
            how="Text only",
            by=self.help.lead,
            at=self.help.at,
        )
        self._belonging()
        self.event: Any = write_event(
            family=self.help.family,
            about="home",
            says="They moved in with Grandma.",
            when=read_span("spring 2021", local_day(self.help.at)),
            people=[self.help.child],
            by=self.help.lead,
            at=self.help.at,
        )
        if state in _MORE:
            _MORE[state](self)

    def _belonging(self) -> None:
        help_ = self.help
        given: dict[str, Any] = {"by": help_.lead, "at": help_.at}
        self.relationship: Any = relate(
            person=help_.parent, kind="step_parent", other=help_.child, **given
        )
        self.responsibility: Any = make_responsible(
            child=help_.child, holder=help_.parent, basis="agreement", **given
        )
        self.connection: Any = connect(
            family=help_.family, kind="neighbour", name="Bev", about=help_.child, **given
        )

    def actor(self, who: str) -> Actor:
        """Whose page it is."""
        found: Actor = getattr(self.help, who)
        return found

    def _places(self) -> tuple[Place, KeptFrom]:
        help_ = self.help
        given: dict[str, Any] = {"by": help_.lead, "at": help_.at, "family": help_.family}
        place = people.place_at(person=help_.child, kind="other", says="Grandma’s house", **given)
        kept = people.keep_from(place=place, person=help_.parent, why="She asked.", **given)
        return place, kept

    def value(self, route: str, name: str) -> Any:
        """What an address takes for this part of it: by its route, its place, or its name."""
        place = route.split(":")[0]
        keys = (f"{route}.{name}", f"{place}:{name}", name)
        found = next(VALUES[key] for key in keys if key in VALUES)
        return found(self)


def _draft(world: World) -> None:
    at = world.help.later(hours=1)
    world.request = requests.begin(by=world.help.lead, at=at)
    requests.name_person(
        request=world.request, given_name="Leo", relation="child", by=world.help.lead, at=at
    )


def _sent(world: World) -> None:
    world.request = sent_request(
        by=world.help.lead, at=world.help.later(hours=1), name="Ash", child="Rowan", parent="Holly"
    )


def _asked(world: World) -> None:
    texts = readings(Purpose.CONVERSATION, Texts(), today=local_day(world.help.at), family=None)
    world.conversation = conversations.ask(
        about="A boy in year 2", readings=texts, by=world.help.lead, at=world.help.later(hours=1)
    )


def _told(world: World) -> None:
    """The outsider was told of involvement, and asks to join."""
    child, outsider, now = world.help.child, world.help.outsider, datetime.now(UTC)
    typed = Asked(child.given_name, child.family_name, child.born_on)
    involvement.look_up(asked=typed, by=outsider, at=now)
    world.ask = involvement.ask_to_join(
        family=world.help.family, why="I teach her", by=outsider, at=now
    )


def _opened(world: World) -> None:
    """Somebody opened the record in an emergency; nobody has looked at that yet."""
    child, now = world.help.child, datetime.now(UTC)
    opener, world.help.guardian = worker(), worker("auditor")
    world.help.opener = opener
    typed = Asked(child.given_name, child.family_name, child.born_on)
    involvement.look_up(asked=typed, by=opener, at=now)
    world.opening = emergencies.open_in_emergency(
        family=world.help.family, why="She is missing", hours=1, by=opener, at=now
    )


def _called(world: World) -> None:
    world.meeting = meetings.call(
        episode=world.help.episode,
        on=local_day(world.help.at),
        starts=None,
        place="School",
        purpose="review",
        invited=world.help.episode.team.all(),
        by=world.help.lead,
        at=world.help.at,
    )


def _reviewed(world: World) -> None:
    assert world.help.plan is not None
    at = world.help.later(days=1)
    world.review = reviews.hold(
        plan=world.help.plan,
        held_on=local_day(at),
        readings=readings(Purpose.REVIEW, Texts(), today=local_day(at), family=world.help.family),
        seen=[],
        scores=[reviews.Scored(current().areas_of_life[0].key, "family", 4)],
        new_needs=[],
        decision="carry_on",
        why="It goes well.",
        next_review_on=None,
        by=world.help.lead,
        at=at,
    )


def _panelled(world: World) -> None:
    item = Item.objects.select_related("panel").get(episode=world.help.episode)
    chair = worker("panel_chair", desks=(item.panel.key, "front_door"))
    world.help.chair = chair
    at = world.help.at
    world.sitting = panels.plan_sitting(
        panel=item.panel, on=local_day(at) + timedelta(days=7), by=chair, at=at
    )
    item.refresh_from_db()
    # An agency that neither the lead nor the outsider works for.
    theirs = [world.help.lead.agency.pk, world.help.outsider.agency.pk]
    asked = Agency.objects.exclude(pk__in=theirs)
    world.agency = asked.first()
    assert world.agency is not None
    panels.gather(item=item, agencies=[world.agency], by=chair, at=at)
    world.item = item
    world.task = Task.make(
        by=chair,
        at=at,
        item=item,
        agency=world.agency,
        what="Call the landlord",
        due_on=local_day(at) + timedelta(days=14),
    )


def _assessed_again(world: World) -> None:
    world.other = assessments.begin(
        episode=world.help.episode, by=world.help.lead, at=world.help.later(days=1)
    )


def _with_help_from_elsewhere(world: World) -> None:
    plans.set_action(
        outcome=outcome(world),
        action=outcome(world).actions.first(),
        service="Speech therapy",
        by=world.help.lead,
        at=world.help.at,
    )


def _alike(world: World) -> None:
    """A second record of the child, and who keeps the register."""
    keeper = world.help.keeper = worker("administrator")
    second = people.write_down(
        given_name="Sofie",
        family_name="Tarn",
        born_on=world.help.child.born_on,
        first_language="Polish",
        by=keeper,
        at=world.help.at,
    )
    world.pair = joining.propose(
        one=world.help.child,
        two=second,
        reasons="same birthday, first name sounds alike",
        came_from="register",
        by=keeper,
        at=world.help.at,
    )


def _apart(world: World) -> None:
    _alike(world)
    by, at = world.help.keeper, world.help.at
    joining.set_apart(pair=world.pair, why="twins", says="", by=by, at=at)


def _joined(world: World) -> None:
    _alike(world)
    world.joining = join(
        kept=world.pair.first,
        other=world.pair.second,
        why="The school has one.",
        taking={"first_language": "other"},
        by=world.help.keeper,
        at=world.help.later(days=1),
    )


def _imported(world: World) -> None:
    """A file with a row of every kind, and one that is loaded."""
    by, at = world.help.coordinator, world.help.at
    child = world.help.child
    like = ("", child.given_name, child.family_name, f"{child.born_on:%d/%m/%Y}", "M", "", "")
    wrong = ("", "Ada", "Fell", "31/02/2018", "F", "", "")
    world.file = looked_through(as_csv(roll([*ROLL[1:], like, wrong])), by=by, at=at)
    # It can be taken back for a month, and the pages are opened today.
    now = datetime.now(UTC)
    world.file_loaded = loaded(
        looked_through(as_csv(roll(ROLL[:1])), by=by, at=now), by=by, at=now, why="To practise"
    )


def _invited(world: World) -> None:
    """Somebody invited to an agency, with the link, and who looks after its members."""
    by = world.help.administrator = worker("administrator")
    role = next(role for role in current().roles if role.kind == RoleKind.PRACTITIONER)
    now = datetime.now(UTC)
    world.invitation, world.token = inviting.invite(
        name="Ann Carter", role_key=role.key, profile=current(), by=by, at=now
    )
    world.member = worker(agency_key=by.agency.key if by.agency else None).member


def _installed(world: World) -> None:
    """Somebody keeps the installation running."""
    world.help.system = worker("system_administrator")


def _counted(world: World) -> None:
    """Somebody reads the figures."""
    world.help.commissioner = worker("commissioner")


_MORE: dict[str, Callable[[World], None]] = {
    "installed": _installed,
    "counted": _counted,
    "invited": _invited,
    "watched": watched,
    "asked about": asked_about,
    "gathered": gathered,
    "held": held,
    "studied": studied,
    "over": over,
    "gone": gone,
    "restricted": restricted,
    "declared": declared,
    "draft": _draft,
    "sent": _sent,
    "asked": _asked,
    "told": _told,
    "opened": _opened,
    "called": _called,
    "reviewed": _reviewed,
    "assessed again": _assessed_again,
    "served": _with_help_from_elsewhere,
    "at_panel": _panelled,
    "alike": _alike,
    "apart": _apart,
    "joined": _joined,
    "imported": _imported,
}
# Where help must stand before what a state of the table adds.
_STATES = {key: "helping" for key in _MORE if key != "at_panel"} | {"over": "closed"}
