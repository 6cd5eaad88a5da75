"""The genogram and the ecomap of a family: what they show, to whom, and as a file."""

import re
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from tests.factories.families import Known, episode_in, known_family
from tests.factories.partnership import AT, signed_in, worker

from earlydoors.domain.people.connections import connect
from earlydoors.domain.people.operations import keep_from, place_at, take_in, write_down
from earlydoors.domain.people.relating import relate
from earlydoors.foundation.audit.models import AuditEvent
from earlydoors.foundation.kernel.dates import local_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def known() -> Known:
    known = known_family()
    relate(person=known.parent, kind="mother", other=known.child, by=known.by, at=AT)
    return known


def to(known: Known, *more: str) -> str:
    route = "families:picture" if more else "families:pictures"
    return reverse(route, args=[known.family.pk, *more])


def shown(known: Known, **asked: Any) -> str:
    answer = signed_in(known.by).get(to(known), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def lives(known: Known, person: Any, says: str, **more: Any) -> Any:
    return place_at(
        person=person, kind="home", says=says, by=known.by, at=AT, family=known.family, **more
    )


def test_the_page_has_both_pictures_with_words_and_tables(known: Known) -> None:
    lives(known, known.child, "1 Beck Lane, Kendal")
    lives(known, known.parent, "1 Beck Lane, Kendal")
    page = shown(known)
    assert "The Tarn family: two people in two generations, in one home" in page
    assert re.search(r"Kelly Tarn, \d+, is the mother of Sophie Tarn \(\d+\)\.", page)
    assert "Home A: Kelly Tarn and Sophie Tarn live together." in page
    assert page.count('role="img"') == 2
    assert 'aria-labelledby="genogram-title"' in page
    assert 'aria-labelledby="ecomap-title"' in page
    # Where they live is not in the picture: it may be seen by whoever must not know.
    assert "Beck Lane" not in page
    assert AuditEvent.objects.filter(details__part="pictures").exists()


def test_a_child_under_the_guardianship_of_an_aunt(known: Known) -> None:
    given: dict[str, Any] = {"by": known.by, "at": AT}
    aunt = write_down(given_name="Ann", family_name="Fell", sex="female", **given)
    take_in(family=known.family, person=aunt, relation="aunt_uncle", on=local_day(AT), **given)
    relate(person=aunt, kind="special_guardian", other=known.child, **given)
    page = shown(known)
    assert ">Special guardian" in page
    assert re.search(r"Ann Fell is the special guardian of Sophie Tarn \(\d+\)\.", page)
    assert "under the special guardianship of Ann Fell" in page


def test_people_whose_relationships_nobody_wrote_down_are_drawn_with_their_place() -> None:
    known = known_family()
    page = shown(known)
    assert "how they belong to the family is not written down" in page
    assert ">Mother</text>" in page


def test_the_ecomap_has_who_leads_places_friends_and_what_ended() -> None:
    help_ = episode_in("helping")
    given: dict[str, Any] = {"by": help_.lead, "at": AT, "family": help_.family}
    place_at(
        person=help_.child, kind="school", says="Heron Hill School", began_on=date(2024, 9, 1),
        **given,
    )  # fmt: skip
    connect(kind="neighbour", name="Joan Potter", brings="Takes Sophie to school", **given)
    connect(
        kind="professional", name="Sam Okoro", role="Housing officer", ended_on=date(2026, 1, 9),
        **given,
    )  # fmt: skip
    answer = signed_in(help_.lead).get(reverse("families:pictures", args=[help_.family.pk]))
    page = answer.content.decode()
    assert f"{help_.lead.name} leads" in page
    assert "Heron Hill School, School, is there for Sophie (since 1 September 2024)." in page
    assert "Joan Potter, Neighbour, Takes Sophie to school, is there for the whole family." in page
    assert "Sam Okoro, Housing officer, was there for the whole family" in page
    assert "Strained" not in page


@pytest.mark.parametrize("picture", ["genogram", "ecomap"])
@pytest.mark.parametrize(
    ("form", "kind", "begins"),
    [("svg", "image/svg+xml", b"<svg"), ("png", "image/png", b"\x89PNG")],
)
def test_a_picture_is_kept_as_a_file_without_a_name_in_its_own(
    known: Known, picture: str, form: str, kind: str, begins: bytes
) -> None:
    answer = signed_in(known.by).get(to(known, picture, form))
    assert answer["Content-Type"] == kind
    assert answer.content.startswith(begins)
    assert answer["Content-Disposition"].startswith(f'attachment; filename="{picture}-20')
    assert "Tarn" not in answer["Content-Disposition"]
    if form == "svg":
        # A line that is too long for the sheet is broken.
        words = " ".join(re.sub("<[^>]+>", " ", answer.content.decode()).split())
        assert f"by {known.by.name}" in words
    assert AuditEvent.objects.filter(details__part=f"{picture}, to a file").exists()


@pytest.mark.parametrize("more", [("horoscope", "svg"), ("genogram", "pdf")])
def test_there_is_no_other_picture(known: Known, more: tuple[str, str]) -> None:
    assert signed_in(known.by).get(to(known, *more)).status_code == 404


def test_whoever_has_nothing_to_do_with_the_family_sees_no_picture(known: Known) -> None:
    outsider = signed_in(worker())
    assert outsider.get(to(known)).status_code == 404
    assert outsider.get(to(known, "genogram", "svg")).status_code == 404
    summary = known_family(name="Fell", full=False)
    assert signed_in(summary.by).get(to(summary)).status_code in {403, 404}


def test_a_copy_for_whom_a_home_and_a_school_are_kept_from(known: Known) -> None:
    given: dict[str, Any] = {"by": known.by, "at": AT, "family": known.family}
    dan = write_down(given_name="Dan", family_name="Reid", sex="male", by=known.by, at=AT)
    take_in(
        family=known.family, person=dan, relation="father", on=local_day(AT), by=known.by, at=AT
    )
    relate(person=dan, kind="father", other=known.child, by=known.by, at=AT)
    home = lives(known, known.child, "1 Beck Lane, Kendal")
    lives(known, known.parent, "1 Beck Lane, Kendal")
    school = place_at(person=known.child, kind="school", says="Heron Hill School", **given)
    for place in (home, school):
        keep_from(place=place, person=dan, why="She asked.", **given)
    whole = shown(known)
    assert "Do not give this paper to Dan Reid" in whole
    assert "Heron Hill School" in whole
    assert "Home A" in whole
    copy = shown(known, **{"for": str(dan.pk)})
    assert "For Dan Reid." in copy
    assert "Heron" not in copy
    assert "Home A" not in copy
    assert "live together" not in copy
    for picture in ("genogram", "ecomap"):
        answer = signed_in(known.by).get(to(known, picture, "svg"), {"for": str(dan.pk)})
        assert "Heron" not in answer.content.decode()
        assert "Home" not in answer.content.decode()


def test_a_name_that_is_markup_is_only_a_name(known: Known) -> None:
    given: dict[str, Any] = {"by": known.by, "at": AT}
    odd = write_down(given_name="<script>alert(1)</script>", **given)
    take_in(family=known.family, person=odd, relation="other", on=local_day(AT), **given)
    page = shown(known)
    assert "<script>alert" not in page
    assert "alert(1)" in page


def test_the_page_takes_as_many_queries_for_many_people_as_for_few(
    known: Known, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    client = signed_in(known.by)

    def more(count: int) -> None:
        for number in range(count):
            given: dict[str, Any] = {"by": known.by, "at": AT}
            one = write_down(given_name=f"Child {number}", **given)
            take_in(family=known.family, person=one, relation="child", on=local_day(AT), **given)
            relate(person=known.parent, kind="mother", other=one, **given)
            lives(known, one, "1 Beck Lane, Kendal")
            place_at(
                person=one, kind="school", says=f"School {number}", family=known.family, **given
            )

    more(2)
    with django_assert_max_num_queries(40) as few:
        client.get(to(known))
    more(6)
    with django_assert_num_queries(len(few)):
        client.get(to(known))


def test_the_familys_page_shows_people_by_their_symbols(known: Known) -> None:
    address = reverse("families:family", args=[known.family.pk])
    page = signed_in(known.by).get(address).content.decode()
    assert page.count('class="ed-symbol"') == 2
    assert to(known) in page
