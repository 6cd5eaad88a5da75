"""A family's no, its change of mind, and the agreement on paper."""

from typing import Any

import pytest
from django.urls import reverse
from tests.factories.families import Help, consent_given, episode_in
from tests.factories.partnership import AT, actor, area, signed_in, worker
from tests.integration.web.agreement.forms import answers, token

from earlydoors.domain.access.models import Grant
from earlydoors.domain.access.operations import grant
from earlydoors.domain.consent.models import Agreement, Refusal
from earlydoors.domain.episodes.team import add_worker
from earlydoors.domain.partnership.models import Setting
from earlydoors.domain.people.models import Person
from earlydoors.domain.people.operations import keep_from, place_at, take_in, write_down
from earlydoors.foundation.forms.schema import Purpose
from earlydoors.foundation.kernel.dates import local_day

pytestmark = pytest.mark.django_db


def _refuse(help_: Help) -> str:
    return reverse("agreement:refuse", args=[help_.family.pk])


def _no(help_: Help, **more: Any) -> dict[str, Any]:
    return {
        "person": str(help_.parent.pk),
        "refused_on": "2 March 2026",
        "why": "Too many people already.",
        "reassurance": "Nobody decides over your head.",
        "universal_help": "Breakfast club at school.",
        "told_what_is_recorded": "yes",
        "section_17": "not_met",
        "section_17_why": "No sign of impairment.",
        **answers(Purpose.REFUSAL, help_.family),
        **more,
    }


@pytest.fixture
def offered() -> Help:
    """A family to whom help was offered."""
    area()
    return episode_in("offered")


@pytest.fixture
def agreed() -> Help:
    """A family whose mother agreed, with a helper of another agency in the team."""
    area()
    help_ = episode_in("offered")
    helper = worker(agency_key="healthy_child", name="Tom Weller")
    consent_given(help_, helper)
    add_worker(
        episode=help_.reload(), worker=helper.membership, does="", by=help_.lead, at=help_.at
    )
    return help_


def _father(help_: Help) -> Person:
    """A father from whom the nursery is kept."""
    by, family = help_.lead, help_.family
    father = write_down(given_name="Daniel", family_name="Reid", by=by, at=AT)
    take_in(family=family, person=father, relation="father", on=local_day(AT), by=by, at=AT)
    nursery = Setting.objects.get(key="little_harbour_nursery")
    place = place_at(
        person=help_.child, kind="nursery", says=nursery.name, setting=nursery, family=family,
        by=by, at=AT,
    )  # fmt: skip
    keep_from(place=place, person=father, why="Safety", family=family, by=by, at=AT)
    return father


def test_a_no_is_kept_and_the_door_stays_open(offered: Help) -> None:
    client = signed_in(offered.lead)
    sent = _no(offered, _once=token(client.get(_refuse(offered))))
    answer = client.post(_refuse(offered), sent)
    assert answer["Location"] == client.post(_refuse(offered), sent)["Location"]
    refusal = Refusal.objects.get()
    assert refusal.why == "Too many people already."
    assert offered.reload().state == "declined"
    page = client.get(answer["Location"]).content.decode()
    assert "The door stays open" in page
    assert "Breakfast club at school." in page
    assert reverse("agreement:record", args=[offered.family.pk]) in page


def test_a_later_yes_does_not_ask_again_why_it_was_no(offered: Help) -> None:
    client = signed_in(offered.lead)
    client.post(_refuse(offered), _no(offered))
    later = client.get(reverse("agreement:record", args=[offered.family.pk])).content.decode()
    assert "They said no before" in later
    assert "Too many people already." in later


def test_a_child_in_need_leads_to_social_care(offered: Help) -> None:
    client = signed_in(offered.lead)
    answer = client.post(_refuse(offered), _no(offered, section_17="referred"))
    page = client.get(answer["Location"]).content.decode()
    assert reverse("families:harm", args=[offered.family.pk]) in page


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("told_what_is_recorded", "no", "Tell the family what is recorded and why"),
        ("told_what_is_recorded", "", "Choose an answer: Did you tell them"),
        ("refused_on", "1/1/2099", "cannot be later than today"),
        ("refused_on", "yesterdayish", "Enter a date"),
        ("section_17", "whatever", "Choose one of the answers listed"),
        ("why", "", "Write an answer: Why did they say no"),
    ],
)
def test_a_no_that_is_not_whole_says_so_at_its_field(
    offered: Help, field: str, value: str, sentence: str
) -> None:
    page = signed_in(offered.lead).post(_refuse(offered), _no(offered, **{field: value}))
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert "Breakfast club at school." in page.content.decode()
    assert not Refusal.objects.exists()


def test_outsiders_find_neither_the_no_nor_the_yes(offered: Help, agreed: Help) -> None:
    lead = signed_in(offered.lead)
    no = lead.post(_refuse(offered), _no(offered))["Location"]
    outsider = signed_in(offered.outsider)
    for address in (
        no,
        _refuse(offered),
        reverse("agreement:form", args=[Agreement.objects.get().pk]),
        reverse("agreement:withdraw", args=[Agreement.objects.get().pk]),
        reverse("agreement:blank", args=[offered.family.pk]),
    ):
        assert outsider.get(address).status_code == 404


def test_withdrawing_says_beforehand_who_loses_access_and_ends_it_at_once(agreed: Help) -> None:
    client = signed_in(agreed.lead)
    agreement = Agreement.objects.get()
    address = reverse("agreement:withdraw", args=[agreement.pk])
    page = client.get(address).content.decode()
    assert "Tom Weller" in page
    assert "Help stops" in page
    assert Grant.objects.filter(member__name="Tom Weller", ended_at=None).exists()

    assert "Write an answer: Why do they withdraw" in client.post(address, {}).content.decode()
    sent = {"why": "We want to think.", "_once": token(client.get(address))}
    answer = client.post(address, sent)
    assert client.post(address, sent)["Location"] == answer["Location"]
    assert not Grant.objects.filter(member__name="Tom Weller", ended_at=None).exists()
    agreement.refresh_from_db()
    assert agreement.withdrawn_why == "We want to think."
    assert agreed.reload().state == "declined"
    assert "already been withdrawn" in client.get(address).content.decode()
    again = client.post(address, {"why": "Once more."}).content.decode()
    assert "already been withdrawn" in again


def test_who_loses_access_by_it_is_led_away_from_the_record(agreed: Help) -> None:
    helper = Grant.objects.get(member__name="Tom Weller", ended_at=None)
    assert helper.member
    client = signed_in(actor(helper.member))
    address = reverse("agreement:withdraw", args=[Agreement.objects.get().pk])
    answer = client.post(address, {"why": "No reason given."})
    assert answer["Location"] == reverse("home:work")
    assert client.get(address).status_code == 404


def test_the_paper_to_take_along_names_nobody_until_it_is_made_out(agreed: Help) -> None:
    father = _father(agreed)
    client = signed_in(agreed.lead)
    blank = client.get(reverse("agreement:blank", args=[agreed.family.pk])).content.decode()
    assert "Little Harbour" not in blank
    mothers = client.get(
        reverse("agreement:blank_for", args=[agreed.family.pk, agreed.parent.pk])
    ).content.decode()
    assert "Little Harbour" in mothers
    fathers = client.get(
        reverse("agreement:blank_for", args=[agreed.family.pk, father.pk])
    ).content.decode()
    assert "Little Harbour" not in fathers
    assert "Left out of this paper for Daniel Reid" in fathers
    assert "Places that are kept from them" in fathers
    stranger = write_down(given_name="A", family_name="Stranger", by=agreed.lead, at=AT)
    gone = reverse("agreement:blank_for", args=[agreed.family.pk, stranger.pk])
    assert client.get(gone).status_code == 404


def test_someone_of_the_family_is_not_a_worker(agreed: Help) -> None:
    parent = worker("family_member", name="Kelly Tarn")
    grant(
        family=agreed.family, member=parent.member, because="family_member", by=agreed.lead, at=AT
    )
    client = signed_in(parent)
    agreement = Agreement.objects.get()
    for address in (
        reverse("agreement:form", args=[agreement.pk]),
        reverse("agreement:withdraw", args=[agreement.pk]),
        reverse("agreement:record", args=[agreed.family.pk]),
    ):
        assert client.get(address).status_code == 404
