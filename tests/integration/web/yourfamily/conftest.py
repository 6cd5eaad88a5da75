"""A family with a plan, a mother who lives in it, and a father who does not."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories.families import Help, episode_in
from tests.factories.partnership import signed_in, worker

from earlydoors.domain.episodes import team
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Setting
from earlydoors.domain.people.models import Person
from earlydoors.domain.people.operations import (
    give_account,
    keep_from,
    place_at,
    take_in,
    write_down,
)
from earlydoors.domain.plan import meetings, reviews
from earlydoors.domain.plan import operations as plans
from earlydoors.domain.plan.models import Action, Outcome
from earlydoors.domain.plan.reviews import Scored
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.profile.current import current

NOW = timezone.now()
STREET = "14 Rosemary Lane, Whitehaven"
POSTCODE = "CA28 7TT"


def signs_in(person: Person, by: Actor) -> Client:
    """A client signed in as a member of a family."""
    account = worker("family_member", name=person.full_name)
    give_account(person=person, account_of=account.member, by=by, at=NOW)
    return signed_in(account)


@dataclass
class Household:
    """A family's help, with the mother and the father signed in."""

    help: Help
    nursery: Setting
    key_worker: Actor
    father: Person
    mothers: Client
    fathers: Client

    @property
    def outcome(self) -> Outcome:
        """The family's first outcome."""
        assert self.help.plan is not None
        found = self.help.plan.outcomes.order_by("created_at").first()
        assert found is not None
        return found

    @property
    def action(self) -> Action:
        """What the mother said she would do."""
        return self.outcome.actions.get(person=self.help.parent)


@pytest.fixture
def home(db: None) -> Household:
    """A plan under way; the home and the nursery are kept from the father, who is in the team."""
    help_ = episode_in("helping", at=NOW - timedelta(days=40), name="Armstrong")
    lead, family = help_.lead, help_.family
    nursery = Setting.objects.filter(agency__kind="early_years").order_by("key").first()
    assert nursery is not None
    key_worker = worker(setting_key=nursery.key, name="Megan Lister")
    father = write_down(given_name="Daniel", family_name="Reid", by=lead, at=NOW)
    take_in(
        family=family,
        person=father,
        relation="father",
        on=local_day(NOW),
        lives_here=False,
        by=lead,
        at=NOW,
    )
    places = [
        place_at(person=help_.parent, kind="home", says=STREET, postcode=POSTCODE, by=lead, at=NOW),
        place_at(
            person=help_.child,
            kind="nursery",
            says=nursery.name,
            setting=nursery,
            by=lead,
            at=NOW,
        ),
    ]
    for place in places:
        keep_from(place=place, person=father, why="Safety", family=family, by=lead, at=NOW)
    team.add_person(episode=help_.episode, person=father, does="", by=lead, at=NOW)
    return Household(
        help_,
        nursery,
        key_worker,
        father,
        signs_in(help_.parent, lead),
        signs_in(father, lead),
    )


def say_it_everywhere(home: Household) -> None:
    """Write the street, the postcode and the nursery into every text a family's page draws on."""
    said = f"at {STREET} {POSTCODE}, or at {home.nursery.name} with Megan Lister"
    help_, lead = home.help, home.help.lead
    assert help_.plan is not None
    episode, family = help_.episode, help_.family
    family.change(by=lead, at=NOW, name=f"Armstrong {said}"[:200])
    lead.member.job_title = f"Helps {said}"[:200]
    lead.member.save(update_fields=["job_title"])
    for place in episode.team.all():
        place.change(by=lead, at=NOW, does=f"Visits {said}"[:200])
    outcome = plans.set_outcome(
        plan=help_.plan,
        words=f"Calm {said}",
        set_by=help_.parent,
        area="",
        needs=[],
        by=lead,
        at=NOW,
    )
    for owner in (
        {"person": home.father},
        {"member": lead.member},
        {"other": f"Aunt {said}"[:200]},
    ):
        plans.set_action(
            outcome=outcome, what=f"Meet {said}", due_on=local_day(NOW), by=lead, at=NOW, **owner
        )
    meetings.call(
        episode=episode,
        on=local_day(NOW) + timedelta(days=3),
        starts=None,
        place=said,
        purpose="other",
        invited=list(episode.team.filter(left_on=None)),
        by=lead,
        at=NOW,
    )
    help_.parent.change(by=lead, at=NOW, known_as=f"Kel {said}"[:200])
    reviews.score(
        episode=episode,
        scores=[Scored(current().areas_of_life[0].key, "family", 4, help_.parent)],
        on=local_day(NOW),
        by=lead,
        at=NOW,
    )
