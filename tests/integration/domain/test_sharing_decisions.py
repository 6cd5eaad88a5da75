"""Sharing without agreement: who may decide, what has to be said, and telling the family later."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests.factories.families import Help, decided_to_share, episode_in, known_family
from tests.factories.partnership import AT

from earlydoors.domain.chronology.models import Entry
from earlydoors.domain.consent.deciding import Reasons, Telling, decide, tell_family
from earlydoors.domain.consent.models import SharingDecision
from earlydoors.domain.consent.operations import Share
from earlydoors.foundation.audit.models import AuditEvent
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.kernel.refusals import NotAllowed, OutOfDate, UnableTo

pytestmark = pytest.mark.django_db
WHY = Reasons(
    risk="He said that he would take her abroad.",
    why="There is no time to ask.",
    why_not_agreed="not_safe",
    what="Where she goes to school.",
    sent_how="By telephone",
    need="They watch the ports.",
)


@pytest.fixture
def help_() -> Help:
    return episode_in("helping")


def decided(help_: Help, **more: Any) -> SharingDecision:
    given: dict[str, Any] = {
        "family": help_.family,
        "people": [help_.child],
        "whom": Share(True, named="Police"),
        "decided_by": help_.lead.member,
        "decided_on": local_day(help_.at),
        "reasons": WHY,
        "telling": Telling("not_safe", why_not="He would hear of it."),
        "by": help_.lead,
        "at": help_.at,
    }
    return decide(**{**given, **more})


def test_a_decision_stands_with_its_reasons_in_the_chronology_and_the_evidence(
    help_: Help,
) -> None:
    made = decided(help_)
    assert (made.whom, made.risk, made.family_knows) == ("Police", WHY.risk, False)
    assert [one.person for one in made.about.all()] == [help_.child]
    says = Entry.objects.get(kind="sharing.decided").says
    assert says.startswith("Information was shared with Police without agreement.")
    assert AuditEvent.objects.filter(verb="sharing.decided", family_id=help_.family.pk).exists()


def test_a_decision_not_to_share_is_recorded_as_well_and_needs_nothing_shared(
    help_: Help,
) -> None:
    no = replace(WHY, what="", sent_how="", need="")
    assert not decided(help_, whom=Share(False, named="Police"), reasons=no).shares
    assert "was not shared with Police" in Entry.objects.get(kind="sharing.decided").says


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"people": []}, "whose information"),
        ({"whom": Share(True)}, "who is to be told"),
        ({"reasons": replace(WHY, risk=" ")}, "the risk"),
        ({"reasons": replace(WHY, why="")}, "why you decided so"),
        ({"reasons": replace(WHY, what="")}, "what was shared"),
        ({"reasons": replace(WHY, sent_how="")}, "how it was sent"),
        ({"reasons": replace(WHY, need=" ")}, "what part they have in keeping the child safe"),
        ({"decided_on": date(2099, 1, 1)}, "later than today"),
        ({"telling": Telling("not_yet")}, "why the family was not told"),
        ({"telling": Telling("before")}, "on what day"),
        ({"telling": Telling("after", date(2099, 1, 1))}, "later than today"),
    ],
)
def test_what_a_decision_must_say(help_: Help, given: dict[str, Any], says: str) -> None:
    with pytest.raises(UnableTo, match=says):
        decided(help_, **given)
    assert not SharingDecision.objects.exists()


def test_it_is_about_people_of_the_family_alone(help_: Help) -> None:
    other = known_family(name="Beck", child="Amy", born_on=date(2015, 1, 1))
    with pytest.raises(UnableTo, match="people of this family"):
        decided(help_, people=[help_.child, other.child])


def test_only_who_works_with_the_family_may_decide(help_: Help) -> None:
    with pytest.raises(NotAllowed):
        decided(help_, by=help_.outsider)


def test_the_family_is_told_once_it_is_safe_and_the_earlier_reason_is_kept(help_: Help) -> None:
    made = decided_to_share(help_)
    at = help_.later(days=3)
    told = tell_family(decision=made, on=local_day(at), by=help_.lead, at=at)
    assert told.family_knows
    assert told.not_told_why == "He would hear of it."
    with pytest.raises(UnableTo, match="recorded already"):
        tell_family(decision=made, on=local_day(at), by=help_.lead, at=at)


def test_when_they_were_told_is_between_the_decision_and_today(help_: Help) -> None:
    made, on = decided_to_share(help_), local_day(help_.at)
    for wrong in (on - timedelta(days=1), on + timedelta(days=1)):
        with pytest.raises(UnableTo):
            tell_family(decision=made, on=wrong, by=help_.lead, at=help_.at)
    with pytest.raises(OutOfDate):
        tell_family(decision=made, on=on, seen=AT, by=help_.lead, at=help_.at)
    made.refresh_from_db()
    assert not made.family_knows
