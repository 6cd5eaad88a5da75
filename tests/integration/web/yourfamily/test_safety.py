"""Nothing that must not reach someone reaches them, wherever it was written."""

import re
from dataclasses import dataclass
from datetime import date
from html import unescape

import pytest
from django.urls import reverse
from markupsafe import Markup
from tests.integration.web.yourfamily.conftest import POSTCODE, Household, say_it_everywhere

from earlydoors.domain.episodes.models import TeamPlace
from earlydoors.domain.people.queries import secrets_from, workers_kept_from
from earlydoors.domain.people.rules import KEPT
from earlydoors.web.yourfamily.safety import made_safe, must_not_reach


def _texts(page: str) -> str:
    """Everything a page says: its text, and every attribute of its markup."""
    attributes = " ".join(re.findall(r'="([^"]*)"', page))
    return unescape(re.sub(r"<[^>]+>", " ", page) + " " + attributes).lower()


@pytest.mark.django_db
def test_every_word_of_the_fathers_page_is_without_home_nursery_and_its_worker(
    home: Household,
) -> None:
    say_it_everywhere(home)

    answer = home.fathers.get(reverse("yourfamily:home"), follow=True)

    page = _texts(answer.content.decode())
    assert answer.status_code == 200
    assert "calm at" in page
    assert KEPT in page
    for secret in (*secrets_from(home.father), "rosemary", POSTCODE, "Megan", "Lister"):
        assert secret.lower() not in page
    assert home.nursery.name.lower() not in page


@pytest.mark.django_db
def test_the_mothers_own_page_keeps_nothing_from_her(home: Household) -> None:
    say_it_everywhere(home)

    page = home.mothers.get(reverse("yourfamily:home"), follow=True).content.decode()

    assert "Rosemary Lane" in page
    assert KEPT not in page


@pytest.mark.django_db
def test_a_worker_at_a_kept_place_is_not_named_in_the_team(home: Household) -> None:
    lead = home.help.lead
    TeamPlace.make(
        by=lead,
        at=home.help.at,
        episode=home.help.episode,
        member=home.key_worker.member,
        does="Key worker",
        joined_on=date(2026, 1, 5),
    )

    assert workers_kept_from(home.father) == ["Megan Lister"]
    fathers = home.fathers.get(reverse("yourfamily:home"), follow=True).content.decode()
    mothers = home.mothers.get(reverse("yourfamily:home"), follow=True).content.decode()
    assert "Megan" not in fathers
    assert "Key worker" not in fathers
    assert "Megan Lister" in mothers


@pytest.mark.django_db
def test_nobody_else_is_kept_from_anything(home: Household) -> None:
    assert must_not_reach(home.help.parent) == ()


@dataclass(frozen=True)
class Leaf:
    """The inmost part of a page."""

    says: str
    day: date | None = None


@dataclass(frozen=True)
class Page:
    """A page with texts at every depth."""

    title: str
    leaves: tuple[Leaf, ...]
    rows: list[tuple[str, ...]]
    named: dict[str, str]


def test_every_text_at_every_depth_is_made_safe() -> None:
    page = Page(
        "To Oak Road",
        (Leaf("oak  ROAD", date(2026, 3, 3)),),
        [("a", "b Oak Road")],
        {"Oak Road": "at Oak Road"},
    )

    safe = made_safe(page, ["Oak Road"])

    assert "oak" not in repr(safe).lower()
    assert safe.leaves[0].day == date(2026, 3, 3)


@pytest.mark.parametrize("value", [Markup("<b>Oak Road</b>"), object(), {"Oak Road"}, b"Oak Road"])
def test_what_cannot_be_looked_into_is_not_shown(value: object) -> None:
    with pytest.raises(TypeError):
        made_safe((value,), ["Oak Road"])
