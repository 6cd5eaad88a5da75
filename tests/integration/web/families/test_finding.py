"""Finding a family among those one sees."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from tests.factories.families import episode_in, known_family
from tests.factories.partnership import AT, signed_in, typed_in, worker
from tests.factories.requests import sent_request

from earlydoors.domain.access import finding
from earlydoors.domain.access.models import Grant
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.operations import correct, let_go, take_in, write_down
from earlydoors.domain.people.queries import members_of
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.web.families.listing import Sought, sought

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True, params=["one by one", "by index"])
def each_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few families are looked through one by one, among many those meant are found by index."""
    monkeypatch.setattr(finding, "MOST_READ", 0 if request.param == "by index" else 500)


def listed(by: Actor, **asked: str) -> str:
    client, address = signed_in(by), reverse("families:search")
    if typed := asked.pop("q", ""):
        address = typed_in(client, typed)
    answer = client.get(f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Sophie", Sought(("sophie",))),
        ("Armstrong-Reid", Sought(("armstrong", "reid"))),
        ("Sophie 3 March 2018", Sought(("sophie",), date(2018, 3, 3))),
        ("3/3/18 Sophie", Sought(("sophie",), date(2018, 3, 3))),
        ("2018-03-03", Sought((), date(2018, 3, 3))),
        ("3 March", Sought((), date(2026, 3, 3), any_year=True)),
        ("Flat 7", Sought(("flat", "7"))),
        ("  ", Sought(())),
        ("31/2/2018", Sought(("31", "2", "2018"))),
    ],
)
def test_what_is_typed_is_taken_apart(typed: str, found: Sought) -> None:
    assert sought(typed, TODAY) == found


@pytest.mark.parametrize(
    "typed",
    [
        "sophie", "SOPH", "zoé", "zoe", "tarn", "Sophie Tarn", "tarn sophie", "kelly okáfor",
        "Kelly Okafor-Tarn", "3 March 2018", "3/3/18", "3 march", "sophie 3.3.2018",
    ],
)  # fmt: skip
def test_a_family_is_found_by_any_part_of_a_name_or_birth_date(typed: str) -> None:
    known = known_family()
    correct(person=known.child, known_as="Zoë", by=known.by, at=AT)
    correct(person=known.parent, family_name="Okafor", by=known.by, at=AT)
    known_family(by=known.by, name="Beck", child="Amy", parent="Ann", born_on=date(2017, 6, 9))
    page = listed(known.by, q=typed)
    assert "Tarn family" in page
    assert "Beck family" not in page


def test_twins_are_told_apart_by_their_names() -> None:
    known = known_family(child="Amy")
    other = known_family(by=known.by, name="Robson", child="Ava")
    assert "Robson family" not in listed(known.by, q="amy 3 March 2018")
    assert other.child.full_name in listed(known.by, q="ava")


def test_twins_stand_in_one_order_wherever_a_family_is_listed() -> None:
    known = known_family(name="Robson", child="Ava")
    twin = write_down(
        given_name="Amy", family_name="Robson", born_on=known.child.born_on, by=known.by, at=AT
    )
    take_in(
        family=known.family, person=twin, relation="child", on=local_day(AT), by=known.by, at=AT
    )
    # A row that is changed moves in the table; its place in a list may not.
    for changed in (known.child, twin):
        correct(person=changed, gender="As it comes", by=known.by, at=AT)
        assert "Amy and Ava" in listed(known.by)
        found = listed(known.by, q="robson")
        assert found.index("Amy Robson") < found.index("Ava Robson")
        assert [one.person.given_name for one in members_of(known.family)] == [
            "Amy", "Ava", "Kelly",
        ]  # fmt: skip


def test_nobody_finds_a_family_outside_their_scope() -> None:
    known_family()
    page = listed(worker(), q="Sophie")
    assert "Tarn family" not in page
    assert "Nobody by that name or date" in page


def test_a_search_does_not_tell_who_else_is_in_a_family_of_which_one_sees_the_summary() -> None:
    known = known_family(full=False)
    assert "Tarn family" in listed(known.by, q="tarn")
    assert "Kelly" not in listed(known.by, q="kelly")
    assert "Tarn family" not in listed(known.by, q="kelly")
    assert "Tarn family" not in listed(known.by, q="3 March 2018")


def test_whoever_asked_finds_the_child_they_named() -> None:
    help_ = episode_in("offered")
    Grant.objects.filter(member=help_.lead.member).update(extent="summary")
    page = listed(help_.lead, q="sophie")
    assert "Tarn family" in page
    assert "You see the summary" in page


def test_someone_who_left_the_family_still_leads_to_it() -> None:
    known = known_family()
    let_go(
        membership=known.family.members.get(person=known.parent),
        on=local_day(AT),
        by=known.by,
        at=AT,
    )
    assert "in this family until 2 March 2026" in listed(known.by, q="kelly")


def test_the_families_one_sees_are_listed_with_level_lead_and_state() -> None:
    help_ = episode_in("helping")
    page = listed(help_.lead)
    assert "Early help is under way with a plan" in page
    assert help_.lead.name in page
    assert "Next" in page


def test_the_list_has_pages_and_orders() -> None:
    by = worker()
    for number in range(27):
        known_family(by=by, name=f"Family {number:02}")
    assert "Page 1 of 2" in listed(by)
    assert "Family 26 family" in listed(by, page="2")
    assert "Family 26 family" in listed(by, page="99")
    for order in ("next", "level", "newest", "nonsense"):
        assert "Family 00 family" in listed(by, sort=order)


def test_the_list_asks_as_little_of_the_database_for_many_as_for_few(
    django_assert_max_num_queries, django_assert_num_queries
) -> None:
    by = worker()
    known_family(by=by)
    client = signed_in(by)
    client.get(reverse("families:search"))
    with django_assert_max_num_queries(16) as few:
        client.get(reverse("families:search"))
    for number in range(6):
        known_family(by=by, name=f"Family {number}")
    with django_assert_num_queries(len(few)):
        client.get(reverse("families:search"))


def test_an_empty_list_says_what_will_appear() -> None:
    assert "You see no families yet" in listed(worker())


def test_whoever_may_not_look_at_families_is_told() -> None:
    administrator = worker("administrator")
    answer = signed_in(administrator).get(reverse("families:search"))
    assert answer.status_code == 403
    assert "cannot look at families" in answer.content.decode()


def test_a_name_in_any_script_and_very_long() -> None:
    known = known_family(child="Оксана", name="鈴木")
    assert "鈴木 family" in listed(known.by, q="оксана")
    assert "鈴木 family" in listed(known.by, q="鈴木")
    assert "Nobody by that name" in listed(known.by, q="x" * 5000)


def test_a_request_alone_opens_nothing() -> None:
    request = sent_request()
    assert request.family is None
    assert "You see no families yet" in listed(worker())
