"""The pages of joining: the list, side by side, what somebody decides, and undoing it."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.families import known_family
from tests.factories.joining import LATER, Twice, twice
from tests.factories.partnership import AT, signed_in, worker

from earlydoors.domain.access import finding
from earlydoors.domain.joining.models import Apart, Joining, Pair
from earlydoors.domain.joining.operations import propose, set_apart
from earlydoors.domain.people.facts import Source
from earlydoors.domain.people.identifiers import identify
from earlydoors.domain.people.operations import correct, keep_from, place_at
from earlydoors.foundation.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
WHY = {"why": "The school has one."}


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def see(client: Client, route: str, *args: object) -> str:
    answer = client.get(reverse(f"joining:{route}", args=args))
    assert answer.status_code == 200
    return text(answer)


@pytest.fixture
def world() -> Twice:
    return twice()


@pytest.fixture
def client(world: Twice) -> Client:
    return signed_in(world.keeper)


def test_the_list_says_whom_why_and_from_where(world: Twice, client: Client) -> None:
    assert "No records to look at" in see(client, "worklist")
    world.pair()
    shown = see(client, "worklist")
    assert "Sophie Tarn, born 3 March 2018, and Sofie Beck, born 3 March 2018" in shown
    assert "Same birthday, first name sounds alike. The register compared with itself" in shown
    assert '<span class="ed-count__number">1</span> to look at' in shown


def test_the_list_of_ones_own_work_says_how_many_wait(world: Twice, client: Client) -> None:
    work = reverse("home:work")
    assert "may be of one person" not in text(client.get(work))
    world.pair()
    assert "1 pair of records may be of one person" in text(client.get(work))


def test_without_the_right_there_is_no_list_and_no_entry(world: Twice) -> None:
    client = signed_in(world.tarns.by)
    assert client.get(reverse("joining:worklist")).status_code == 403
    assert "Duplicates" not in text(client.get(reverse("home:work")))


def test_who_sees_one_of_the_families_learns_only_that_there_is_more(world: Twice) -> None:
    pair = world.pair()
    coordinator = worker("coordinator")
    world.tarns.family.grants.update(member=coordinator.member)
    client = signed_in(coordinator)
    shown = see(client, "worklist")
    assert "1 more pair of records concern" in shown
    assert "Sofie" not in shown
    assert client.get(reverse("joining:pair", args=[pair.pk])).status_code == 404


def test_differences_are_marked_in_words_with_who_said_what(world: Twice, client: Client) -> None:
    correct(
        person=world.other, first_language="Polish", source=Source("parent", "Kelly-Ann"),
        by=world.keeper, at=AT,
    )  # fmt: skip
    shown = see(client, "pair", world.pair().pk)
    marks = re.findall(r"(\w[\w ]+) <span class=\"ed-compare__mark\"><strong[^>]*>([^<]+)", shown)
    said = dict(marks)
    assert said["Given name"] == said["Family name"] == "Different"
    assert (said["Born on"], said["First language"]) == ("The same", "Only in one")
    assert "Their parent or carer: Kelly-Ann, 2 March 2026" in shown
    assert "Second record. Their parent or carer: Kelly-Ann, 2 March 2026. Chosen" in shown
    assert "Those who help the Tarn family" in shown
    looks = AuditEvent.objects.filter(verb="family.looked", details__part="joining")
    assert {one.family_id for one in looks} == {world.tarns.family.pk, world.becks.family.pk}


def test_two_are_joined_as_chosen_and_what_happened_is_told(world: Twice, client: Client) -> None:
    correct(person=world.other, first_language="Polish", by=world.keeper, at=AT)
    place_at(person=world.other, kind="home", says="4 Beck Row", by=world.keeper, at=AT)
    pair = world.pair()
    answer = client.post(
        reverse("joining:pair", args=[pair.pk]),
        {**WHY, "given_name": "other", "family_name": "kept", "first_language": "other"},
    )
    joining = Joining.objects.get()
    assert answer["Location"] == reverse("joining:joining", args=[joining.pk])
    kept = world.kept
    assert (kept.full_name, kept.first_language) == ("Sofie Tarn", "Polish")
    shown = see(client, "joining", joining.pk)
    assert "1 place where they live or go" in shown
    assert "Polish (before: not known)" in shown
    assert "Undo the joining" in shown
    assert "These records are joined" in see(client, "pair", pair.pk)
    assert "with Sophie Tarn, born 3 March 2018" in see(client, "joinings")


@pytest.mark.parametrize("left_out", ["why", "family_name"])
def test_what_is_missing_is_said_at_its_field_and_nothing_is_lost(
    world: Twice, client: Client, left_out: str
) -> None:
    sent = {**WHY, "given_name": "other", "family_name": "other"}
    del sent[left_out]
    shown = text(client.post(reverse("joining:pair", args=[world.pair().pk]), sent))
    assert f'href="#f-{left_out}"' in shown
    assert not Joining.objects.exists()
    if left_out != "why":
        assert WHY["why"] in shown


def test_two_nhs_numbers_have_no_answer_chosen_beforehand(world: Twice, client: Client) -> None:
    for person, number in ((world.kept, "9434765919"), (world.other, "9990000018")):
        identify(person=person, kind="nhs", number=number, by=world.keeper, at=AT)
    address = reverse("joining:pair", args=[world.pair().pk])
    sent = {**WHY, "given_name": "kept", "family_name": "kept"}
    assert 'href="#f-number_nhs"' in text(client.post(address, sent))
    assert client.post(address, {**sent, "number_nhs": "other"}).status_code == 302
    assert world.kept.identifiers.get(removed_on=None).value == "9990000018"


def test_a_refusal_is_a_sentence_on_the_page(world: Twice, client: Client) -> None:
    home = place_at(person=world.kept, kind="home", says="4 Row", by=world.keeper, at=AT)
    keep_from(
        place=home, person=world.other, why="Safety", family=world.tarns.family,
        by=world.keeper, at=AT,
    )  # fmt: skip
    address = reverse("joining:pair", args=[world.pair().pk])
    shown = text(client.post(address, {**WHY, "given_name": "kept", "family_name": "kept"}))
    assert "A place of Sophie Tarn is kept private from Sofie Beck" in shown
    assert not Joining.objects.exists()


def test_a_place_kept_from_someone_is_pointed_out(world: Twice, client: Client) -> None:
    home = place_at(person=world.kept, kind="home", says="4 Row", by=world.keeper, at=AT)
    keep_from(
        place=home, person=world.tarns.parent, why="Safety", family=world.tarns.family,
        by=world.keeper, at=AT,
    )  # fmt: skip
    shown = see(client, "pair", world.pair().pk)
    assert "Home of Sophie Tarn is kept private from Kelly Tarn. It stays so." in shown


def test_twins_are_marked_and_can_be_looked_at_again(world: Twice, client: Client) -> None:
    pair = world.pair()
    address = reverse("joining:two_people", args=[pair.pk])
    needs_words = text(client.post(address, {"kind": "other"}))
    assert 'href="#f-says"' in needs_words
    assert client.post(address, {"kind": "twins"}).status_code == 302
    assert Apart.objects.get().why == "twins"
    assert "They are twins" in see(client, "pair", pair.pk)
    assert client.get(address)["Location"] == reverse("joining:pair", args=[pair.pk])
    listed = text(client.get(reverse("joining:worklist"), {"show": "apart"}))
    assert "Sophie Tarn" in listed
    again = reverse("joining:look_again", args=[pair.pk])
    assert client.post(again, WHY).status_code == 302
    assert "Are they the same person?" in see(client, "pair", pair.pk)


def test_who_is_not_sure_leaves_a_note_for_the_next(world: Twice, client: Client) -> None:
    pair = world.pair()
    client.post(reverse("joining:not_sure", args=[pair.pk]), {"note": "Ask the school."})
    assert "Not sure of: Ask the school." in see(client, "pair", pair.pk)
    assert "Ask the school." in text(client.get(reverse("joining:worklist"), {"show": "unsure"}))


def test_a_joining_is_undone_and_what_came_since_is_told(world: Twice, client: Client) -> None:
    joining = world.joined()
    place_at(person=world.kept, kind="gp", says="Dr Ahmed", by=world.keeper, at=LATER)
    address = reverse("joining:undo", args=[joining.pk])
    form = text(client.get(address))
    assert "What was written since stays with Sophie Tarn, born 3 March 2018." in form
    assert "Dr Ahmed" in form
    assert client.post(address, {"why": "Two girls."}).status_code == 302
    shown = see(client, "joining", joining.pk)
    assert "Joined, and undone" in shown
    assert "Two girls." in shown
    assert "Dr Ahmed" in shown
    assert client.get(address)["Location"] == reverse("joining:joining", args=[joining.pk])
    assert "Undone by" in see(client, "joinings")
    assert Pair.objects.get().state == "waiting"


def test_the_page_of_a_joined_record_leads_to_the_kept_one_with_a_sentence(world: Twice) -> None:
    old = reverse("families:person", args=[world.becks.family.pk, world.other.pk])
    joining = world.joined()
    client = signed_in(world.becks.by)
    answer = client.get(old, follow=True)
    assert answer.redirect_chain == [
        (reverse("families:person", args=[world.becks.family.pk, world.kept.pk]), 302)
    ]
    shown = text(answer)
    assert "You followed a link to a record that was joined with this one" in shown
    assert "Joined from two records on 3 March 2026" in shown
    assert reverse("joining:joining", args=[joining.pk]) not in shown


def test_words_written_on_a_page_of_the_joined_record_are_shown_beside_the_kept_one(
    world: Twice,
) -> None:
    client = signed_in(world.becks.by)
    seen = world.other.changed_at.isoformat()
    address = reverse("families:edit_person", args=[world.becks.family.pk, world.other.pk])
    world.joined(given_name="other")
    sent = {"given_name": "Sofie", "family_name": "Tarn", "communication": "Slowly.", "_seen": seen}
    answer = client.post(address, sent)
    assert answer.status_code == 409
    assert "Slowly." in text(answer)


def test_the_joined_record_is_in_no_search(world: Twice) -> None:
    world.becks.family.grants.update(member=world.tarns.by.member)
    world.joined()
    client = signed_in(world.tarns.by)
    shown = text(client.post(reverse("families:search"), {"q": "Sofie Beck"}, follow=True))
    assert "Sophie Tarn, also uses Sofie Beck" in shown
    assert shown.count("born 3 March 2018") == 2


@pytest.mark.parametrize("most", [500, 0])
def test_a_worker_notices_that_there_may_be_two(
    world: Twice, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "MOST_READ", most)
    world.becks.family.grants.update(member=world.tarns.by.member)
    client = signed_in(world.tarns.by)
    address = reverse("joining:notice", args=[world.tarns.family.pk, world.tarns.child.pk])
    person = reverse("families:person", args=[world.tarns.family.pk, world.tarns.child.pk])
    assert address in text(client.get(person))
    assert "Who is it on the other record?" in text(client.get(address))
    found = text(client.post(address, {"name": "sofie"}))
    assert "Sofie Beck, born 3 March 2018" in found
    assert "In the Beck family" in found
    assert "There is a problem" not in text(client.post(address, {"name": "sofie", "_find": "1"}))
    missing = text(client.post(address, {"name": "sofie", "same": str(world.other.pk)}))
    assert 'href="#f-reasons"' in missing
    sent = {"name": "sofie", "same": str(world.other.pk), "reasons": "Her nan said so."}
    assert client.post(address, sent).status_code == 302
    pair = Pair.objects.get()
    assert (pair.came_from, pair.reasons) == ("worker", "Her nan said so.")
    assert client.get(reverse("joining:pair", args=[pair.pk])).status_code == 403


@pytest.mark.parametrize("most", [500, 0])
def test_a_notice_finds_nobody_in_families_that_are_closed(
    world: Twice, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "MOST_READ", most)
    client = signed_in(world.tarns.by)
    address = reverse("joining:notice", args=[world.tarns.family.pk, world.tarns.child.pk])
    shown = text(client.post(address, {"name": "Sofie"}))
    assert "Nobody was found for “Sofie”" in shown
    assert "Beck" not in shown


def test_a_notice_of_two_that_are_marked_as_two_is_refused(world: Twice) -> None:
    set_apart(pair=world.pair(), why="twins", says="", by=world.keeper, at=AT)
    world.becks.family.grants.update(member=world.tarns.by.member)
    address = reverse("joining:notice", args=[world.tarns.family.pk, world.tarns.child.pk])
    sent = {"name": "sofie", "same": str(world.other.pk), "reasons": "Her nan said so."}
    shown = text(signed_in(world.tarns.by).post(address, sent))
    assert "They were marked as two people on 2 March 2026: they are twins." in shown


def test_the_number_of_queries_does_not_grow_with_the_list(world: Twice, client: Client) -> None:
    world.pair()
    address = reverse("joining:worklist")
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for name in ("Moss", "Fell", "Gill"):
        propose(
            one=world.kept, two=known_family(name=name).child, reasons="Alike",
            came_from="register", by=world.keeper, at=AT,
        )  # fmt: skip
    with CaptureQueriesContext(connection) as four:
        client.get(address)
    assert len(four) == len(one)


def test_the_number_of_queries_does_not_grow_with_what_is_compared(
    world: Twice, client: Client
) -> None:
    address = reverse("joining:pair", args=[world.pair().pk])
    client.get(address)
    with CaptureQueriesContext(connection) as bare:
        client.get(address)
    for number in range(4):
        for person in (world.kept, world.other):
            home = place_at(
                person=person, kind="other", says=f"{number} Row", by=world.keeper, at=AT
            )
            keep_from(
                place=home, person=world.tarns.parent, why="Safety", family=world.tarns.family,
                by=world.keeper, at=AT,
            )  # fmt: skip
    with CaptureQueriesContext(connection) as full:
        client.get(address)
    assert len(full) <= len(bare) + 4
