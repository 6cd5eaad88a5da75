"""Families, and help at any point of its journey, walked there by the product's own operations."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from earlydoors.domain.access.operations import grant
from earlydoors.domain.assessment import operations as assessments
from earlydoors.domain.assessment.models import Assessment
from earlydoors.domain.assessment.queries import needs_of
from earlydoors.domain.consent.deciding import Reasons, Telling, decide
from earlydoors.domain.consent.models import Agreement, SharingDecision
from earlydoors.domain.consent.operations import Share
from earlydoors.domain.episodes import agreement as answers_to_offer
from earlydoors.domain.episodes import operations as episodes
from earlydoors.domain.episodes import team
from earlydoors.domain.episodes.models import Episode, HarmReferral
from earlydoors.domain.frontdoor.models import SupportRequest
from earlydoors.domain.panels import operations as panels
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people import operations as people
from earlydoors.domain.people.models import Family, Person
from earlydoors.domain.plan import meetings, reviews
from earlydoors.domain.plan import operations as plans
from earlydoors.domain.plan.models import Closing, Meeting, Plan, Review
from earlydoors.domain.records.operations import begin as begin_form
from earlydoors.foundation.forms.schema import Purpose
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.schema import Decision, LevelKind
from earlydoors.simulation.answers import Texts, fill, readings
from tests.factories.partnership import AT, worker
from tests.factories.requests import decision_for, level_for, sent_request

MORNING = "Mornings without shouting"


@dataclass
class Known:
    """A family on record: a child of 7, her mother, and the record open to `by`."""

    family: Family
    child: Person
    parent: Person
    by: Actor


def known_family(
    *,
    by: Actor | None = None,
    name: str = "Tarn",
    child: str = "Sophie",
    parent: str = "Kelly",
    born_on: date = date(2018, 3, 3),
    at: datetime = AT,
    full: bool = True,
) -> Known:
    """A family with a child and her mother; open to `by` (a new worker when none is given)."""
    by = by or worker()
    family = people.begin_family(name=name, by=by, at=at)
    young = people.write_down(
        given_name=child, family_name=name, born_on=born_on, sex="female", by=by, at=at
    )
    old = people.write_down(
        given_name=parent, family_name=name, born_on=date(1996, 5, 4), by=by, at=at
    )
    for person, relation, responsible in ((young, "child", None), (old, "mother", True)):
        people.take_in(
            family=family,
            person=person,
            relation=relation,
            on=local_day(at),
            by=by,
            at=at,
            parental_responsibility=responsible,
            lives_here=True,
        )
    extent = "full" if full else "summary"
    grant(family=family, member=by.member, because="team", by=by, at=at, extent=extent)
    return Known(family, young, old, by)


@dataclass
class Help:
    """A family's help at the point that was asked for, with everyone who acts in it.

    The lead wrote the request; the coordinator decided on it; the outsider has nothing to do with
    the family. What has not been reached yet is None.
    """

    lead: Actor
    coordinator: Actor
    at: datetime
    request: SupportRequest | None = None
    episode_: Episode | None = None
    agreement: Agreement | None = None
    assessment: Assessment | None = None
    plan: Plan | None = None
    meeting: Meeting | None = None
    review: Review | None = None
    closing: Closing | None = None
    referral: HarmReferral | None = None
    chair: Actor | None = None
    keeper: Actor | None = None
    guardian: Actor | None = None
    system: Actor | None = None
    commissioner: Actor | None = None
    opener: Actor | None = None
    given_names: tuple[str, str] = field(default=("Sophie", "Kelly"))

    @property
    def episode(self) -> Episode:
        """The period of help, as it is now."""
        assert self.episode_ is not None
        self.episode_.refresh_from_db()
        return self.episode_

    @property
    def family(self) -> Family:
        """The family."""
        assert self.episode_ is not None
        return self.episode_.family

    def _named(self, given: str) -> Person:
        return Person.objects.get(given_name=given, families__family=self.family)

    @property
    def child(self) -> Person:
        """The child."""
        return self._named(self.given_names[0])

    @property
    def parent(self) -> Person:
        """Her mother."""
        return self._named(self.given_names[1])

    @cached_property
    def outsider(self) -> Actor:
        """A practitioner of the same agency who has nothing to do with the family."""
        return worker(agency_key=self.lead.agency.key if self.lead.agency else None)

    def later(self, days: int = 0, hours: int = 0) -> datetime:
        """Move this help's own clock on."""
        self.at += timedelta(days=days, hours=hours)
        return self.at

    def reload(self) -> Episode:
        """The episode, fresh from the database and without anything cached on it."""
        self.episode_ = Episode.objects.select_related("family").get(pk=self.episode.pk)
        return self.episode_


def episode_in(
    state: str = "helping",
    *,
    lead: Actor | None = None,
    coordinator: Actor | None = None,
    at: datetime = AT,
    name: str = "Tarn",
    child: str = "Sophie",
    parent: str = "Kelly",
    born_on: date = date(2018, 3, 3),
) -> Help:
    """Walk a new family to a state of `EPISODE` with one step a day.

    Raises `ValueError` for a state it does not know.
    """
    lead = lead or worker()
    coordinator = coordinator or worker("coordinator")
    help_ = Help(lead=lead, coordinator=coordinator, at=at, given_names=(child, parent))
    _ask(help_, state, name, born_on)
    if state in _UNTIL_OFFER:
        _UNTIL_OFFER[state](help_)
        return help_
    for reached, step in _STEPS:
        help_.later(days=1)
        step(help_)
        if reached == state:
            return help_
    if state in _AFTER:
        help_.later(days=1)
        _AFTER[state](help_)
        return help_
    raise ValueError(f"No way leads to {state}.")


def _ask(help_: Help, state: str, name: str, born_on: date) -> None:
    request = sent_request(
        by=help_.lead,
        at=help_.at,
        name=name,
        child=help_.given_names[0],
        parent=help_.given_names[1],
        born_on=born_on,
    )
    decision = {
        "at_panel": Decision.PANEL,
        "single_agency": Decision.SINGLE_AGENCY,
    }.get(state, Decision.COORDINATED)
    at = help_.later(hours=2)
    help_.request = panels.decide_request(
        request=request,
        decided=decision_for(decision, by=help_.coordinator, lead=help_.lead),
        by=help_.coordinator,
        at=at,
    )
    help_.episode_ = help_.request.episode


def decline(help_: Help) -> None:
    """The parent says no."""
    at = help_.later(days=1)
    form_record = begin_form(purpose=Purpose.REFUSAL, by=help_.lead, at=at, family=help_.family)
    fill(form_record, Texts(), by=help_.lead, at=at)
    answers_to_offer.decline(
        episode=help_.episode,
        person=help_.parent,
        refused_on=local_day(at),
        why="“Too many people already.”",
        reassurance="Nobody decides over their heads.",
        universal_help="Breakfast club at school",
        told_what_is_recorded=True,
        section_17="not_met",
        section_17_why="No sign of impairment.",
        form_record=form_record,
        by=help_.lead,
        at=at,
    )


def decided_to_share(help_: Help, *, told: str = "not_safe") -> SharingDecision:
    """The lead decides to tell the police something without agreement."""
    knows = told in {"before", "after"}
    return decide(
        family=help_.family,
        people=[help_.child, help_.parent],
        whom=Share(True, named="Police, the safeguarding desk"),
        decided_by=help_.lead.member,
        decided_on=local_day(help_.at),
        reasons=Reasons(
            risk="He said that he would take her out of the country on Friday.",
            why="There is no time to ask, and she could be gone.",
            why_not_agreed="not_safe",
            what="Where she goes to school, and what he said.",
            sent_how="By telephone, to the desk",
            need="They look for him.",
        ),
        telling=Telling(
            told, local_day(help_.at) if knows else None, "" if knows else "He would hear of it."
        ),
        by=help_.lead,
        at=help_.at,
    )


def shared_with_police(help_: Help) -> SharingDecision:
    """The decision about the family that there is, or else one made now."""
    return help_.family.sharing_decisions.first() or decided_to_share(help_)


def consent_given(help_: Help, *also: Actor, refuse: tuple[Actor, ...] = ()) -> Agreement:
    """The parent agrees in writing: share with the lead's agency and those of `also`."""
    form_record = begin_form(
        purpose=Purpose.CONSENT, by=help_.lead, at=help_.at, family=help_.family
    )
    fill(form_record, Texts(), by=help_.lead, at=help_.at)
    agencies = {one.agency for one in (help_.lead, help_.coordinator, *also) if one.agency}
    no = {one.agency for one in refuse if one.agency}
    help_.agreement = answers_to_offer.agree(
        episode=help_.episode,
        person=help_.parent,
        agreed_on=local_day(help_.at),
        told_how="in_person",
        in_writing=True,
        shares=[Share(shares=True, agency=one) for one in agencies - no]
        + [Share(shares=False, agency=one) for one in no],
        form_record=form_record,
        by=help_.lead,
        at=help_.at,
    )
    return help_.agreement


def _agree(help_: Help) -> None:
    consent_given(help_)


def _assess(help_: Help) -> None:
    help_.assessment = assessments.begin(episode=help_.episode, by=help_.lead, at=help_.at)


def _assessed(help_: Help) -> None:
    assert help_.assessment is not None
    fill(help_.assessment.form_record, Texts(), by=help_.lead, at=help_.at)
    assessments.finish(assessment=help_.assessment, by=help_.lead, at=help_.at)


def agreed_plan(help_: Help) -> None:
    """The first meeting, and a plan agreed with one outcome and one action."""
    lead, at = help_.lead, help_.at
    place = team.add_worker(
        episode=help_.episode, worker=lead.membership, does="Leads", by=lead, at=at
    )
    parent = team.add_person(episode=help_.episode, person=help_.parent, does="", by=lead, at=at)
    help_.meeting = meetings.call(
        episode=help_.episode,
        on=local_day(at),
        starts=None,
        place="School",
        purpose="first",
        invited=[place, parent],
        by=lead,
        at=at,
    )
    meetings.hold(
        meeting=help_.meeting,
        came={one.pk: "yes" for one in help_.meeting.attendance.all()},
        readings=readings(Purpose.MEETING, Texts(), today=local_day(at), family=help_.family),
        lead=lead.member,
        by=lead,
        at=at,
    )
    help_.plan = plans.begin(episode=help_.episode, by=lead, at=at)
    fill(help_.plan.form_record, Texts(), by=lead, at=at)
    outcome = plans.set_outcome(
        plan=help_.plan,
        words=MORNING,
        set_by=help_.parent,
        area=current().areas_of_life[0].key,
        needs=needs_of(help_.episode),
        by=lead,
        at=at,
    )
    plans.set_action(
        outcome=outcome,
        what="Lay out clothes the evening before",
        person=help_.parent,
        due_on=local_day(at) + timedelta(days=14),
        by=lead,
        at=at,
    )
    plans.agree(
        plan=help_.plan, agreed_on=local_day(at), agreed_with="Kelly and Sophie", by=lead, at=at
    )


def step_up(help_: Help) -> None:
    """Harm: social care is told, and early help stops."""
    help_.referral = episodes.refer_harm(
        family=help_.family,
        concern="A bruise, and two accounts of it.",
        told_whom="Mary Bell",
        told_where="Duty team",
        told_at=help_.at - timedelta(minutes=10),
        told_how="By phone",
        family_told=True,
        family_not_told_why="",
        by=help_.lead,
        at=help_.at,
    )


def close(help_: Help) -> None:
    """Help ends with the area's first reason."""
    reason = current().closing_reasons[0].key
    help_.closing = reviews.close(
        episode=help_.episode,
        reason=reason,
        level=level_for(LevelKind.UNIVERSAL),
        handover="The school keeps in touch.",
        readings=readings(Purpose.CLOSING, Texts(), today=local_day(help_.at), family=help_.family),
        by=help_.lead,
        at=help_.at,
    )


def _as_offered(help_: Help) -> None:
    """Nothing more to do: the decision led here."""


def _at_panel(help_: Help) -> None:
    help_.chair = worker("panel_chair")


_UNTIL_OFFER = {
    "offered": _as_offered,
    "at_panel": _at_panel,
    "single_agency": _as_offered,
    "declined": decline,
}
_STEPS = (
    ("agreed", _agree),
    ("assessing", _assess),
    ("planning", _assessed),
    ("helping", agreed_plan),
)
_AFTER = {"stepped_up": step_up, "closed": close}
