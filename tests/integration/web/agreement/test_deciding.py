"""The pages of sharing without agreement."""

from typing import Any

import pytest
from django.urls import reverse
from tests.factories.families import Help, decided_to_share, episode_in
from tests.factories.partnership import signed_in

from earlydoors.domain.consent.models import SharingDecision
from earlydoors.web.families.scope import SEEN

pytestmark = pytest.mark.django_db
NEW = {
    "risk": "He said that he would take her abroad.",
    "why_not_agreed": "not_safe",
    "told_family": "not_safe",
    "not_told_why": "He would hear of it. Again on Monday.",
    "whom": "someone_else",
    "named": "Police, the safeguarding desk",
    "shares": "yes",
    "what": "Where she goes to school.",
    "sent_how": "By telephone",
    "need": "They watch the ports.",
    "why": "There is no time to ask.",
    "decided_on": "2 March 2026",
}


@pytest.fixture
def help_() -> Help:
    return episode_in("helping")


def new(help_: Help, **more: Any) -> tuple[str, dict[str, Any]]:
    own = {"people": [str(help_.child.pk)], "decided_by": str(help_.lead.member.pk)}
    return reverse("agreement:decide", args=[help_.family.pk]), {**NEW, **own, **more}


def test_from_the_familys_page_to_a_decision_and_back(help_: Help) -> None:
    client = signed_in(help_.lead)
    family = reverse("families:family", args=[help_.family.pk])
    address, sent = new(help_)
    assert address in client.get(family).content.decode()
    answer = client.post(address, sent)
    made = SharingDecision.objects.get()
    assert answer.headers["Location"] == reverse("agreement:decision", args=[made.pk])
    page = client.get(answer.headers["Location"]).content.decode()
    for said in (*list(NEW.values())[:1], "Sophie Tarn", "The family does not know of this"):
        assert said in page
    shown = client.get(family).content.decode()
    assert "2 March 2026: shared with Police, the safeguarding desk. The family does not" in shown


def test_an_agency_or_setting_of_the_list_is_chosen(help_: Help) -> None:
    agency = help_.coordinator.agency or help_.lead.agency
    assert agency is not None
    address, sent = new(help_, whom=f"with_{agency.pk.hex}")
    assert signed_in(help_.lead).post(address, sent).status_code == 302
    made = SharingDecision.objects.get()
    assert made.agency == agency
    page = signed_in(help_.lead).get(reverse("agreement:decision", args=[made.pk]))
    assert "The law they keep and share records by" in page.content.decode()


def test_the_page_tells_the_golden_rules_and_asks_about_each(help_: Help) -> None:
    page = signed_in(help_.lead).get(new(help_)[0]).content.decode()
    assert page.split("The seven golden rules")[1].split("</ol>")[0].count("<li>") == 7
    for asked in (
        "risk", "told_family", "why_not_agreed", "advice", "protects", "what", "need", "why",
        "decided_by",
    ):  # fmt: skip
        assert f'name="{asked}"' in page


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"people": []}, "Choose"),
        ({"whom": "with_nobody"}, "Choose"),
        ({"decided_by": "11111111-1111-1111-1111-111111111111"}, "Choose"),
        ({"named": ""}, "Who is it?"),
        ({"decided_on": "31/2/2026"}, "date"),
        ({"decided_on": "1 January 2099"}, "later than today"),
        ({"told_family": "after", "told_family_on": "1 January 2099"}, "later than today"),
        ({"told_family": "after"}, "On what day were they told"),
        ({"not_told_why": ""}, "Why not"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_what_was_typed_is_kept(
    help_: Help, typed: dict[str, Any], says: str
) -> None:
    address, sent = new(help_, **typed)
    page = signed_in(help_.lead).post(address, sent).content.decode()
    assert "There is a problem" in page
    assert says in page
    assert NEW["risk"] in page
    assert not SharingDecision.objects.exists()


def test_telling_the_family_is_recorded_and_the_form_is_gone(help_: Help) -> None:
    made = decided_to_share(help_)
    client = signed_in(help_.lead)
    address = reverse("agreement:decision", args=[made.pk])
    asked = client.get(address).content.decode()
    assert "When it is safe, tell the family" in asked
    early = client.post(address, {"on": "1 January 2020", SEEN: made.changed_at.isoformat()})
    assert "before it was decided" in early.content.decode()
    stale = client.post(address, {"on": "6 March 2026", SEEN: "2020-01-01T00:00:00+00:00"})
    assert "Somebody else has changed this" in stale.content.decode()
    day = f"{made.decided_on:%d/%m/%Y}"
    told = client.post(address, {"on": day, SEEN: made.changed_at.isoformat()})
    assert told.status_code == 302
    after = client.get(address).content.decode()
    assert "When it is safe, tell the family" not in after
    assert "does not know of this" not in after


def test_an_outsider_finds_neither_page(help_: Help) -> None:
    made = decided_to_share(help_)
    client = signed_in(help_.outsider)
    assert client.get(reverse("agreement:decision", args=[made.pk])).status_code == 404
    assert client.get(new(help_)[0]).status_code == 404
