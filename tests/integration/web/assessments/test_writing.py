"""Writing the assessment: begun, written by several people, checked, finished, opened again."""

import re
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.families import Help, episode_in
from tests.factories.partnership import AT, area, signed_in, worker

from earlydoors.domain.access.operations import grant
from earlydoors.domain.assessment import operations
from earlydoors.domain.assessment.models import Assessment, FamilyView, Need
from earlydoors.domain.assessment.queries import needs_of
from earlydoors.domain.people.operations import take_in, write_down
from earlydoors.domain.records.models import SectionAnswers
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.simulation.answers import Texts, fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def writing() -> Help:
    """A family whose assessment has been begun."""
    area()
    return episode_in("assessing")


def _at(name: str, help_: Help, *more: object) -> str:
    assert help_.assessment
    return reverse(f"assessments:{name}", args=[help_.assessment.pk, *more])


def _section(help_: Help, key: str = "working_well", *more: object) -> str:
    return _at("section", help_, key, *more)


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return found[1]


def _finish(help_: Help) -> None:
    assert help_.assessment
    fill(help_.assessment.form_record, Texts(), by=help_.lead, at=help_.at)
    answer = signed_in(help_.lead).post(_at("finish", help_))
    assert answer["Location"] == _at("read", help_)


def test_it_is_begun_once() -> None:
    area()
    help_ = episode_in("agreed")
    client = signed_in(help_.lead)
    address = reverse("assessments:begin", args=[help_.episode.pk])
    assert client.get(address).status_code == 405
    sent = {"_once": str(uuid.uuid4())}
    first = client.post(address, sent)
    assert client.post(address, sent)["Location"] == first["Location"]
    assert client.post(address)["Location"] == first["Location"]
    assert Assessment.objects.count() == 1
    assert help_.reload().state == "assessing"


def test_it_is_not_begun_before_the_family_agreed() -> None:
    area()
    help_ = episode_in("offered")
    answer = signed_in(help_.lead).post(reverse("assessments:begin", args=[help_.episode.pk]))
    assert answer.status_code == 409
    assert "needs their agreement in writing" in answer.content.decode()
    assert not Assessment.objects.exists()


@pytest.mark.parametrize(
    ("state", "says"),
    [("closed", "Help for this family has ended."), ("stepped_up", "is with social care for now")],
)
def test_it_is_not_begun_where_early_help_does_not_go_on(state: str, says: str) -> None:
    area()
    help_ = episode_in(state)
    before = Assessment.objects.count()
    address = reverse("assessments:begin", args=[help_.episode.pk])

    refused = signed_in(help_.lead).post(address)

    assert says in refused.content.decode()
    assert Assessment.objects.count() == before


def test_the_list_shows_how_far_each_page_is_and_who_wrote_it(writing: Help) -> None:
    client = signed_in(writing.lead)
    client.post(_section(writing), {"strengths": "They laugh together.", "_revision": "0"})
    page = client.get(_at("assessment", writing)).content.decode()
    for words in ("Each child", "Each adult", "Done", "Not started", "Overdue"):
        assert words in page
    assert f"{writing.lead.name}, today at" in page
    assert "Sophie Tarn" in page


def test_save_and_continue_goes_from_page_to_page_and_ends_at_the_check(writing: Help) -> None:
    client = signed_in(writing.lead)
    answer = client.post(_section(writing), {"strengths": "They laugh.", "_revision": "0"})
    assert answer["Location"] == _section(writing, "worried")
    last = _section(writing, "family_comment")
    answer = client.post(last, {"read_it": "not_yet", "_revision": "0"})
    assert answer["Location"] == _at("check", writing)
    later = client.post(
        _section(writing, "worried"), {"facts": "x", "_revision": "0", "_later": "1"}
    )
    assert later["Location"] == _at("assessment", writing)


def test_a_page_about_one_person_is_kept_for_them(writing: Help) -> None:
    client = signed_in(writing.lead)
    address = _section(writing, "child_voice", writing.child.pk)
    assert "Sophie" in client.get(address).content.decode()
    client.post(address, {"good": "When it is quiet.", "_revision": "0", "_later": "1"})
    assert SectionAnswers.objects.get(section_key="child_voice").person == writing.child
    # Her mother is no child; a stranger is nobody here; the page is not about the whole family.
    for who in ([writing.parent.pk], [uuid.uuid4()], []):
        assert client.get(_section(writing, "child_voice", *who)).status_code == 404
    assert client.get(_section(writing, "no_such_page")).status_code == 404


def test_two_people_on_one_page_overwrite_nothing(writing: Help) -> None:
    other = worker(name="Tom Weller")
    grant(family=writing.family, member=other.member, because="team", by=writing.lead, at=AT)
    mine, theirs = signed_in(writing.lead), signed_in(other)
    pages = [client.get(_section(writing)).content.decode() for client in (mine, theirs)]
    revision = {_hidden(page, "_revision") for page in pages}
    assert revision == {"0"}

    mine.post(_section(writing), {"strengths": "They laugh together.", "_revision": "0"})
    answer = theirs.post(_section(writing), {"strengths": "Grandmother.", "_revision": "0"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "They laugh together." in page
    assert "Grandmother." in page
    assert writing.lead.name in page
    kept = SectionAnswers.objects.get(section_key="working_well")
    assert kept.answers["strengths"] == "They laugh together."

    by_itself = theirs.post(
        _section(writing),
        {"strengths": "Grandmother.", "_revision": "0"},
        headers={"X-Autosave": "1"},
    )
    assert by_itself.status_code == 409
    assert "after you" in by_itself.json()["message"]

    again = {
        "strengths": "They laugh together. Grandmother.",
        "_revision": _hidden(page, "_revision"),
    }
    assert theirs.post(_section(writing), again).status_code == 302
    kept.refresh_from_db()
    assert kept.answers["strengths"].endswith("Grandmother.")


def test_it_saves_itself_as_typed(writing: Help) -> None:
    client = signed_in(writing.lead)
    sent = {"strengths": "They la", "_revision": "0"}
    answer = client.post(_section(writing), sent, headers={"X-Autosave": "1"})
    assert answer.json()["revision"] == 1
    kept = SectionAnswers.objects.get(section_key="working_well")
    assert (kept.answers["strengths"], kept.finished) == ("They la", False)


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 30, "0; DROP"])
def test_a_revision_of_junk_is_no_revision(writing: Help, revision: str) -> None:
    client = signed_in(writing.lead)
    answer = client.post(_section(writing), {"strengths": "Kind.", "_revision": revision})
    assert answer.status_code == 302


def test_junk_in_a_scale_is_said_at_the_field_and_nothing_typed_is_lost(writing: Help) -> None:
    client = signed_in(writing.lead)
    sent = {
        "practitioner_scale": "eleventy",
        "underlying": "Fear.",
        "needs.id": ["", "not an id!"],
        "needs.text": ["Sleep", "Speech"],
        "needs.area": ["", "no_such_area"],
        "_revision": "0",
    }
    page = client.post(_section(writing, "analysis"), sent).content.decode()
    assert "Choose a number from 0 to 10" in page
    assert "Choose the area of life from the list" in page
    assert "Fear." in page
    assert "Sleep" in page


def test_the_check_names_what_is_missing_and_links_to_it(writing: Help) -> None:
    client = signed_in(writing.lead)
    page = client.get(_at("check", writing)).content.decode()
    assert "pages still to do" in page.lower()
    assert _section(writing, "analysis") in page
    assert "Write an answer: What is working well" in page
    assert _at("finish", writing) not in page
    answer = client.post(_at("finish", writing))
    assert answer.status_code == 409
    assert "Not finished yet" in answer.content.decode()


def test_finished_it_is_read_and_its_needs_are_found_once(writing: Help) -> None:
    assert writing.assessment
    fill(writing.assessment.form_record, Texts(), by=writing.lead, at=writing.at)
    client = signed_in(writing.lead)
    page = client.get(_at("check", writing)).content.decode()
    assert "Every page is done." in page
    sent = {"_once": _hidden(page, "_once")}
    first, second = (client.post(_at("finish", writing), sent) for _ in range(2))
    assert first["Location"] == second["Location"] == _at("read", writing)
    needs = Need.objects.count()
    assert needs
    page = client.get(_at("read", writing)).content.decode()
    assert "Finished on" in page
    assert Need.objects.first().says in page  # type: ignore[union-attr]
    for name in ("assessment", "check"):
        assert client.get(_at(name, writing))["Location"] == _at("read", writing)
    assert client.get(_section(writing))["Location"] == _at("read", writing)
    late = client.post(_section(writing), {"strengths": "Too late", "_revision": "1"})
    assert late.status_code == 409
    assert not SectionAnswers.objects.filter(answers__strengths="Too late").exists()
    by_itself = client.post(
        _section(writing), {"strengths": "Too late"}, headers={"X-Autosave": "1"}
    )
    assert "Open it again" in by_itself.json()["message"]


def test_it_is_opened_again_with_a_reason(writing: Help) -> None:
    client = signed_in(writing.lead)
    assert client.get(_at("reopen", writing))["Location"] == _at("assessment", writing)
    _finish(writing)
    page = client.post(_at("reopen", writing), {"why": " "}).content.decode()
    assert "Write an answer: Why is it opened again" in page
    answer = client.post(_at("reopen", writing), {"why": "A new baby."})
    assert answer["Location"] == _at("assessment", writing)
    assert client.get(_at("assessment", writing)).status_code == 200


def test_what_was_written_before_comes_along_and_says_so(writing: Help) -> None:
    _finish(writing)
    client = signed_in(writing.lead)
    writing.assessment = operations.begin(
        episode=writing.reload(), by=writing.lead, at=writing.later(days=1)
    )
    assert "From what was written before" in client.get(_at("assessment", writing)).content.decode()
    page = client.get(_section(writing)).content.decode()
    assert "From what was written before. Check it is still right." in page
    strengths = "Talked through with the family"
    assert strengths in page
    client.post(_section(writing), {"strengths": strengths, "_revision": "1"})
    assert "From what was written before" not in client.get(_section(writing)).content.decode()


def test_a_need_that_comes_along_keeps_the_answer_it_has() -> None:
    help_ = episode_in("helping")
    before = {need.pk for need in needs_of(help_.episode)}
    later = operations.begin(episode=help_.reload(), by=help_.lead, at=help_.later(days=1))
    for page in later.form_record.sections.all():
        if "needs" in page.answers:
            page.answers["needs"].append({"id": str(uuid.uuid4()), "text": "Sleep", "area": ""})
        page.change(by=help_.lead, at=help_.at, answers=page.answers, finished=True)
    fill(later.form_record, Texts(), by=help_.lead, at=help_.at)
    operations.finish(assessment=later, by=help_.lead, at=help_.later(hours=1))
    new = [need for need in needs_of(help_.episode) if need.pk not in before]
    assert [need.says for need in new] == ["Sleep"]
    assert before <= {need.pk for need in needs_of(help_.episode)}


def _view(help_: Help, **more: Any) -> dict[str, Any]:
    return {
        "person": str(help_.parent.pk),
        "agrees": "no",
        "words": "She was ill on those days.",
        "given_on": "3 March 2026",
        "given_how": "By phone",
        **more,
    }


def test_disagreement_stays_on_the_record_as_theirs(writing: Help) -> None:
    client = signed_in(writing.lead)
    sent = _view(writing, _once=_hidden(client.get(_at("view", writing)).content.decode(), "_once"))
    for _ in range(2):
        client.post(_at("view", writing), sent)
    assert FamilyView.objects.count() == 1
    page = client.get(_at("read", writing)).content.decode()
    assert "Disagrees" in page
    assert "She was ill on those days." in page
    assert "Kelly Tarn, 3 March 2026, By phone" in page


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("words", "", "Write down, in their words, what they see differently"),
        ("given_on", "1/1/2099", "cannot be later than today"),
        ("given_on", "31/4/26", "has no day 31"),
        ("agrees", "maybe", "Choose one of the answers listed"),
        ("person", "nobody", "Choose one of the answers listed"),
        ("given_how", "x" * 101, "Use 100 characters or fewer"),
    ],
)
def test_a_view_that_cannot_be_kept_says_why(
    writing: Help, field: str, value: str, sentence: str
) -> None:
    answer = signed_in(writing.lead).post(_at("view", writing), _view(writing, **{field: value}))
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not FamilyView.objects.exists()


def test_who_is_outside_finds_nothing(writing: Help) -> None:
    client = signed_in(writing.outsider)
    for name in ("assessment", "check", "read", "view", "reopen"):
        assert client.get(_at(name, writing)).status_code == 404
    assert client.get(_section(writing)).status_code == 404
    assert client.post(_section(writing), {"strengths": "x"}).status_code == 404
    assert client.post(_at("finish", writing)).status_code == 404
    assert client.get(_at("copy", writing, writing.parent.pk)).status_code == 404
    begin = reverse("assessments:begin", args=[writing.episode.pk])
    assert client.post(begin).status_code == 404


def test_someone_of_the_family_is_not_a_worker(writing: Help) -> None:
    parent = worker("family_member", name="Kelly Tarn")
    grant(
        family=writing.family, member=parent.member, because="family_member", by=writing.lead, at=AT
    )
    client = signed_in(parent)
    for name in ("assessment", "check", "read", "view"):
        assert client.get(_at(name, writing)).status_code == 404
    assert client.get(_section(writing)).status_code == 404
    assert client.get(_at("copy", writing, writing.parent.pk)).status_code == 404


def _count(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def _counts_looked_at_again(client: Client, pages: list[str]) -> list[int]:
    """What each page asks once the news of the last save has been shown, which ends a notice."""
    for page in pages:
        _count(client, page)
    return [_count(client, page) for page in pages]


def test_queries_stay_flat_as_the_family_and_its_writers_grow(writing: Help) -> None:
    assert writing.assessment
    client = signed_in(writing.lead)
    form_record = writing.assessment.form_record
    fill(form_record, Texts(), by=writing.lead, at=writing.at)
    client.post(_at("view", writing), _view(writing))
    pages = [_at(name, writing) for name in ("assessment", "check", "read", "view")]
    pages += [_section(writing), _at("copy", writing, writing.parent.pk)]
    before = _counts_looked_at_again(client, pages)
    for n in range(5):
        person = write_down(given_name=f"Child {n}", family_name="Tarn", by=writing.lead, at=AT)
        take_in(
            family=writing.family, person=person, relation="child", on=local_day(AT),
            by=writing.lead, at=AT,
        )  # fmt: skip
        fill(form_record, Texts(), by=worker(), at=writing.at)
        client.post(_at("view", writing), _view(writing))
    assert _counts_looked_at_again(client, pages) == before
