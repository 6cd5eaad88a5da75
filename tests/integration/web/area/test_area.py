"""Our area: the profile's own account of early help, on every area's terms."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from markupsafe import escape
from tests.factories.partnership import area, signed_in, worker

from earlydoors.foundation.kernel.text import tidy
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.schema import AgencyKind, RoleKind

AREAS = ["cumbria", "north_somerset", "northamptonshire", "northumberland", "buckinghamshire"]
pytestmark = pytest.mark.django_db


def shown(name: str, **query: str) -> str:
    answer = signed_in(worker()).get(reverse(f"area:{name}"), query)
    assert answer.status_code == 200
    page = answer.content.decode()
    for code, letter in (("&#39;", "'"), ("&#34;", '"'), ("&amp;", "&")):
        page = page.replace(code, letter)
    return tidy(page)


@pytest.mark.parametrize("key", AREAS)
def test_everything_the_strategy_says_is_on_the_page_with_its_source(
    key: str, settings: Any
) -> None:
    area(key, within=settings)
    profile = current()

    page = shown("about")

    statements = (profile.vision, profile.definition, profile.ages, *profile.principles)
    for one in (*statements, *profile.family_says):
        assert tidy(one.says) in page
        assert tidy(one.source.removeprefix("assumed:").strip()) in page
    for stage in profile.stages:
        assert stage.name in page
    for group in profile.risk_groups:
        assert tidy(group.says) in page
    for panel in profile.panels:
        assert panel.name in page


@pytest.mark.parametrize("key", AREAS)
def test_levels_partners_and_figures_are_whole(key: str, settings: Any) -> None:
    area(key, within=settings)
    profile = current()

    levels = shown("levels")
    for level in profile.levels:
        for descriptor in level.descriptors:
            assert tidy(descriptor.says) in levels
    partners = shown("partners")
    for agency in profile.agencies:
        for setting in agency.settings:
            assert tidy(setting.name) in partners
    figures = shown("figures")
    for indicator in profile.indicators:
        assert tidy(indicator.says) in figures
    for theme in profile.themes:
        for objective in theme.objectives:
            assert tidy(objective.says) in figures


def test_a_figure_stands_with_its_year_and_whose_it_is(settings: Any) -> None:
    area("northamptonshire", within=settings)

    page = shown("figures")

    assert "29.4%" in page
    assert "22.1%" in page
    assert "2018/19" in page
    assert "The same as a table" in page


def test_descriptors_are_found_by_word_and_marked() -> None:
    area()
    word = "attend"

    page = shown("levels", q=word)

    assert "<mark>" in page
    lines = [d.says for level in current().levels for d in level.descriptors]
    missing = [line for line in lines if word not in line.lower()]
    assert any(tidy(line) not in page for line in missing)


@pytest.mark.parametrize("query", ["zzzz", "<script>", "\x00\x07", "%", "x" * 5000, "(((", "’‘"])
def test_a_search_for_anything_is_answered(query: str) -> None:
    area()
    for name in ("levels", "partners"):
        page = shown(name, q=query)
        assert "<script>alert" not in page
        assert "Find by word" in page


def test_nothing_found_says_what_to_try() -> None:
    area()

    assert "Nothing found for" in shown("levels", q="zzzz")
    assert "Nothing found for" in shown("partners", q="zzzz")


def test_pages_are_only_read() -> None:
    client = signed_in(worker())

    for name in ("about", "levels", "partners", "figures"):
        assert client.post(reverse(f"area:{name}")).status_code == 405


def test_signed_in_families_are_shown_no_school_or_nursery() -> None:
    area()
    parent = signed_in(worker(RoleKind.FAMILY_MEMBER))
    page = tidy(parent.get(reverse("area:partners")).content.decode())
    assert "Schools and nurseries are not in this list." in page
    for agency in current().agencies:
        where_children_go = agency.kind in {AgencyKind.SCHOOL, AgencyKind.EARLY_YEARS}
        for name in (agency.name, *(setting.name for setting in agency.settings)):
            assert (escape(name) in page) != where_children_go
    assert "are not in this list" not in Client().get(reverse("area:partners")).content.decode()
