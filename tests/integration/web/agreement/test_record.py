"""Recording what a family agreed: who, and who may be told."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.families import Help, episode_in, known_family
from tests.factories.partnership import AT, area, signed_in, worker
from tests.integration.web.agreement.forms import record_page, token, yes

from earlydoors.domain.access.operations import grant
from earlydoors.domain.consent.models import Agreement
from earlydoors.domain.partnership.models import Agency, Setting
from earlydoors.domain.people.operations import keep_from, place_at, take_in, write_down
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.web.agreement.whom import key_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def offered() -> Help:
    """A family to whom help was offered; its child goes to one of the area's schools."""
    area()
    help_ = episode_in("offered", lead=worker(setting_key="st_begas_primary"))
    school = Setting.objects.get(key="st_begas_primary")
    place_at(
        person=help_.child, kind="school", says=school.name, setting=school,
        family=help_.family, by=help_.lead, at=AT,
    )  # fmt: skip
    return help_


def _agency(key: str) -> str:
    return key_of(None, Agency.objects.get(key=key))


def test_the_page_asks_about_everyone_the_family_has_to_do_with(offered: Help) -> None:
    page = signed_in(offered.lead).get(record_page(offered)).content.decode()
    assert "Sophie’s school" in page
    assert f"{offered.lead.name}," in page
    assert "has parental responsibility" in page
    # A child of seven is not asked to agree for herself.
    assert f'name="person" type="radio" value="{offered.parent.pk}"' in page
    assert f'name="person" type="radio" value="{offered.child.pk}"' not in page


def test_a_yes_with_its_limits_is_recorded(offered: Help) -> None:
    client = signed_in(offered.lead)
    sent = yes(
        offered,
        **{_agency("st_begas"): "yes"},
        agency_1=_agency("healthy_child"),
        agency_1_shares="yes",
        named_1="Dr Lowe, Daniel’s GP",
        named_1_shares="no",
    )
    answer = client.post(record_page(offered), sent)
    given = Agreement.objects.get()
    assert answer["Location"] == reverse("agreement:form", args=[given.pk])
    told = {one.whom: one.shares for one in given.sharings.all()}
    assert told == {
        str(Agency.objects.get(key="st_begas")): True,
        "0-19 Healthy Child Programme": True,
        "Dr Lowe, Daniel’s GP": False,
    }
    assert offered.reload().state == "agreed"
    paper = client.get(answer["Location"]).content.decode()
    assert "You agreed that we can share" in paper
    assert "Dr Lowe" in paper
    assert "Calmer mornings." in paper


def test_a_later_change_starts_from_what_was_agreed(offered: Help) -> None:
    client = signed_in(offered.lead)
    client.post(
        record_page(offered),
        yes(offered, **{_agency("st_begas"): "yes"}, named_1="Dr Lowe", named_1_shares="no"),
    )
    page = client.get(record_page(offered)).content.decode()
    assert "Yes on 3 March 2026" in page
    assert "No on 3 March 2026" in page
    assert "Calmer mornings." in page
    assert "As agreed on 3 March 2026" in page
    mine = client.get(f"{record_page(offered)}?person={offered.parent.pk}").content.decode()
    assert f'value="{offered.parent.pk}" checked' in mine


def test_the_same_agency_twice_is_one_word_and_no_outweighs(offered: Help) -> None:
    twice = _agency("healthy_child")
    signed_in(offered.lead).post(
        record_page(offered),
        yes(
            offered,
            agency_1=twice, agency_1_shares="yes", agency_2=twice, agency_2_shares="no",
            named_1="Jean", named_1_shares="no", named_2="JEAN", named_2_shares="yes",
        ),
    )  # fmt: skip
    told = {one.whom: one.shares for one in Agreement.objects.get().sharings.all()}
    assert told == {"0-19 Healthy Child Programme": False, "Jean": False}


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("agreed_on", "31/2/2026", "has no day 31"),
        ("agreed_on", "1/1/2099", "cannot be later than today"),
        ("agreed_on", "", "Write an answer: On what day did they agree"),
        ("in_writing", "no", "Ask for a signature"),
        ("person", "8c1e1f0a-0000-4000-8000-000000000000", "Choose one of the answers listed"),
        ("person", "' OR 1=1", "Choose one of the answers listed"),
        ("told_how", "telepathy", "Choose one of the answers listed"),
        ("agency_1", "with_nothing", "Choose one of the answers listed"),
        ("named_1", "x" * 201, "Use 200 characters or fewer"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field_and_no_word_is_lost(
    offered: Help, field: str, value: str, sentence: str
) -> None:
    answer = signed_in(offered.lead).post(record_page(offered), yes(offered, **{field: value}))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in page
    assert "<title>Error: " in page
    assert "Calmer mornings." in page
    assert not Agreement.objects.exists()


def test_a_line_of_junk_is_refused(offered: Help) -> None:
    answer = signed_in(offered.lead).post(
        record_page(offered), yes(offered, **{_agency("st_begas"): "perhaps"})
    )
    assert "Choose one of the answers listed" in answer.content.decode()
    assert not Agreement.objects.exists()


def test_sent_twice_it_is_one_agreement(offered: Help) -> None:
    client = signed_in(offered.lead)
    sent = yes(offered, _once=token(client.get(record_page(offered))))
    first, second = (client.post(record_page(offered), sent) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Agreement.objects.count() == 1


def test_the_day_as_people_write_it(offered: Help) -> None:
    signed_in(offered.lead).post(record_page(offered), yes(offered, agreed_on="2 mar 26"))
    assert Agreement.objects.get().agreed_on == local_day(AT)


def test_who_is_outside_finds_nothing(offered: Help) -> None:
    client = signed_in(offered.outsider)
    assert client.get(record_page(offered)).status_code == 404
    assert client.post(record_page(offered), yes(offered)).status_code == 404


def test_who_sees_the_summary_alone_is_told_whom_to_ask(offered: Help) -> None:
    helper = worker()
    grant(
        family=offered.family, member=helper.member, because="asked", extent="summary",
        by=offered.lead, at=AT,
    )  # fmt: skip
    answer = signed_in(helper).get(record_page(offered))
    assert answer.status_code == 403
    assert "Ask the person who leads" in answer.content.decode()


def test_a_family_without_an_offer_has_nothing_to_answer() -> None:
    known = known_family()
    answer = signed_in(known.by).get(reverse("agreement:record", args=[known.family.pk]))
    assert answer.status_code == 409
    assert "Begin with a request" in answer.content.decode()


def test_queries_stay_flat_as_the_family_grows(offered: Help) -> None:
    client = signed_in(offered.lead)
    _relative(offered, 0)
    _count(client, record_page(offered))
    before = _count(client, record_page(offered))
    for n in range(1, 6):
        _relative(offered, n)
    assert _count(client, record_page(offered)) == before


def _relative(help_: Help, n: int) -> None:
    """One more adult in the family, and a place of theirs that is kept from the mother."""
    by, family = help_.lead, help_.family
    person = write_down(given_name=f"Aunt {n}", family_name="Tarn", by=by, at=AT)
    day = local_day(AT)
    take_in(family=family, person=person, relation="aunt_uncle", on=day, by=by, at=AT)
    setting = Setting.objects.order_by("name")[n]
    place = place_at(
        person=person, kind="other", says=setting.name, setting=setting, family=family, by=by, at=AT
    )
    keep_from(place=place, person=help_.parent, why="x", family=family, by=by, at=AT)


def _count(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
