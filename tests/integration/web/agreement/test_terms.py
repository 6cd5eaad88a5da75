"""What an agreement says: whose information, which parts, who was asked, and how."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from tests.factories.families import Help, episode_in
from tests.factories.partnership import AT, area, signed_in, worker
from tests.integration.web.agreement.forms import record_page, yes

from earlydoors.domain.consent.models import Agreement, Heard
from earlydoors.domain.people import operations as people
from earlydoors.domain.people.models import Person
from earlydoors.foundation.kernel.dates import local_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def offered() -> Help:
    """Help was offered to a mother, her daughter, a father and a boy of fifteen."""
    area()
    help_ = episode_in("offered", lead=worker(setting_key="st_begas_primary"))
    for name, relation, born, responsible in (
        ("Daniel", "father", date(1994, 2, 1), True),
        ("Leo", "sibling", date(2011, 1, 9), None),
    ):
        person = people.write_down(
            given_name=name, family_name="Tarn", born_on=born, by=help_.lead, at=AT
        )
        people.take_in(
            family=help_.family, person=person, relation=relation, on=local_day(AT),
            parental_responsibility=responsible, lives_here=True, by=help_.lead, at=AT,
        )  # fmt: skip
    return help_


def named(help_: Help, given: str) -> Person:
    return Person.objects.get(given_name=given, families__family=help_.family)


def line(help_: Help, given: str, **said: str) -> dict[str, str]:
    """What stands in somebody's lines on the page."""
    prefix = f"asked.{named(help_, given).pk.hex}."
    return {f"{prefix}{key}": value for key, value in said.items()}


def absent(help_: Help) -> dict[str, str]:
    return line(help_, "Daniel", said="not_asked", why_not="He is at sea until May.")


def sent(help_: Help, *lines: dict[str, str], **more: Any) -> Any:
    given = {key: value for one in lines for key, value in one.items()}
    return signed_in(help_.lead).post(record_page(help_), yes(help_, **given, **more))


def test_it_says_whose_information_which_parts_and_what_each_said(offered: Help) -> None:
    answer = sent(
        offered,
        absent(offered),
        line(
            offered, "Leo", said="unsure", judged="competence", judged_how="Said it back to me."
        ),
        helped_by=["interpreter", "read_aloud"],
        in_language="Igbo",
    )  # fmt: skip
    given = Agreement.objects.get()
    assert {one.person.given_name for one in given.covers.all()} == {"Kelly", "Sophie"}
    assert (given.parts, given.helped_by) == (["people", "plan"], ["interpreter", "read_aloud"])
    assert given.language == "Igbo"
    said = {
        one.person.given_name: (one.said, one.why_not, one.judged, one.judged_how)
        for one in given.heard.all()
    }
    assert said == {
        "Kelly": ("agreed", "", "", ""),
        "Daniel": ("not_asked", "He is at sea until May.", "", ""),
        "Leo": ("unsure", "", "competence", "Said it back to me."),
    }
    family = reverse("families:family", args=[offered.family.pk])
    card = signed_in(offered.lead).get(family).content.decode().split("What may be shared")[1]
    assert "Not to be passed on: What goes well" in card
    page = signed_in(offered.lead).get(answer["Location"]).content.decode()
    for words in (
        "He is at sea until May.",
        "How that was judged: Said it back to me.",
        "with an interpreter, having it read aloud (in Igbo)",
        "Kelly Tarn, Sophie Tarn",
    ):
        assert words in page
    assert page.index("Our plan, and how it goes") < page.index("Health, disability")
    # Why somebody was not asked is for the worker's eyes, and stands before what is printed.
    assert page.index("at sea until May") < page.index('<article class="ed-paper"')


@pytest.mark.parametrize(
    ("daniel", "leo", "sentence"),
    [
        ({}, {}, "Say what Daniel Tarn said, or that they were not asked."),
        ({"said": "not_asked"}, {}, "Why was Daniel Tarn not asked"),
        ({"said": "no answer"}, {}, "Choose one of the answers listed"),
        ({"said": "agreed"}, {"said": "agreed"}, "Can Leo Tarn decide this for themselves"),
        (
            {"said": "agreed"},
            {"said": "agreed", "judged": "gillick"},
            "How did you judge that",
        ),
    ],
)
def test_what_is_left_out_is_said_at_its_field_and_nothing_is_lost(
    offered: Help, daniel: dict[str, str], leo: dict[str, str], sentence: str
) -> None:
    answer = sent(offered, line(offered, "Daniel", **daniel), line(offered, "Leo", **leo))
    page = answer.content.decode()
    assert (answer.status_code, Agreement.objects.count()) == (200, 0)
    assert sentence in page.split("govuk-error-summary__list")[1].split("</ul>")[0]
    assert "Calmer mornings." in page
    assert 'value="plan" checked' in page


@pytest.mark.parametrize("key", ["covers", "parts", "purpose"])
def test_it_is_about_somebody_and_something_and_for_something(offered: Help, key: str) -> None:
    answer = sent(offered, absent(offered), **{key: []})
    assert (answer.status_code, Agreement.objects.count()) == (200, 0)
    assert f'href="#f-{key}"' in answer.content.decode()


def test_a_young_person_who_agrees_was_judged_able(offered: Help) -> None:
    leo = named(offered, "Leo")
    kelly = line(offered, "Kelly", said="agreed")
    answer = sent(offered, absent(offered), kelly, person=str(leo.pk))
    assert "how you judged that they can" in answer.content.decode()
    sent(
        offered, absent(offered), kelly,
        line(offered, "Leo", said="agreed", judged="gillick", judged_how="He weighed it up."),
        person=str(leo.pk),
    )  # fmt: skip
    assert Heard.objects.get(person=leo).judged == "gillick"
    assert Agreement.objects.get().person == leo


def test_nobody_both_agrees_and_does_not(offered: Help) -> None:
    answer = sent(offered, absent(offered), line(offered, "Kelly", said="disagreed"))
    assert "You chose Kelly Tarn above as the one who agreed." in answer.content.decode()
    assert not Agreement.objects.exists()


def test_a_later_yes_begins_with_what_was_said_before(offered: Help) -> None:
    sent(offered, absent(offered))
    page = signed_in(offered.lead).get(record_page(offered)).content.decode()
    assert "He is at sea until May." in page
    assert 'value="plan" checked' in page
    assert 'value="health" checked' not in page


def test_nothing_is_ticked_before_they_were_asked(offered: Help) -> None:
    page = signed_in(offered.lead).get(record_page(offered)).content.decode()
    terms = page.split("Whose information, and what of it")[1].split("Who may be told")[0]
    assert 'value="plan"' in terms
    assert "checked" not in terms


def test_a_family_can_be_asked_in_a_paper_part_by_part(offered: Help) -> None:
    page = signed_in(offered.lead).get(record_page(offered).replace("new", "blank"))
    assert "Health, disability, and how we feel" in page.content.decode()
