"""Where a family lives and goes, on its pages."""

from typing import Any

import pytest
from django.urls import reverse
from tests.factories.families import Known, episode_in, known_family
from tests.factories.partnership import AT, signed_in
from tests.integration.web.families.test_people import father_of, page, to
from tests.integration.web.families.test_relations import seen

from earlydoors.domain.people.models import Place
from earlydoors.domain.people.operations import correct, keep_from, place_at
from earlydoors.domain.people.queries import secrets_from
from earlydoors.foundation.kernel.dates import local_day

pytestmark = pytest.mark.django_db
HOME = "7 Bransty Steps, Whitehaven"


def at_home(known: Known, says: str = HOME, **fields: Any) -> Place:
    """The child and her mother at a home; the child's place."""
    given: dict[str, Any] = {"kind": "home", "by": known.by, "at": AT, "family": known.family}
    place_at(person=known.parent, says=says, **given)
    return place_at(person=known.child, says=says, **given, **fields)


def test_a_second_home_has_its_days_and_shows_where_it_is() -> None:
    known = known_family()
    father = father_of(known)
    place_at(person=father, kind="home", says="2 Scotch Yard, Carlisle", by=known.by, at=AT)
    at_home(known)
    client = signed_in(known.by)
    sent = {
        "kind": "home", "says": "2 Scotch Yard, Carlisle", "main": "no",
        "pattern": "alternate Saturdays", "said_by": "parent",
    }  # fmt: skip
    assert client.post(to(known, "add_place"), sent).status_code == 302

    hers = seen(client, to(known, "person"))
    assert "With Kelly" in hers
    assert "Another home: alternate Saturdays With Daniel" in hers
    whole = seen(client, reverse("families:family", args=[known.family.pk]))
    assert "Also here: Sophie, alternate Saturdays" in whole
    assert "2 Scotch Yard, Carlisle, alternate Saturdays" in whole


def test_a_household_moves_in_one_step_and_stays_private() -> None:
    known = known_family()
    father = father_of(known)
    place = at_home(known)
    keep_from(place=place, person=father, why="x", family=known.family, by=known.by, at=AT)
    client = signed_in(known.by)
    move = to(known, "move", place.pk)
    form = page(client, move)
    assert "Who else of the household moved too?" in form
    assert "The new place is kept private from Daniel Reid too." in form
    nowhere = client.post(move, {"on": "today"}).content.decode()
    assert "Write an answer: The new address" in nowhere
    same = {"says": HOME, "on": "today", "with": []}
    assert "That is the same place" in client.post(move, same).content.decode()

    other = Place.objects.get(person=known.parent)
    sent = {"says": "2 Quay Street, Whitehaven", "on": "today", "with": [str(other.pk)]}
    assert client.post(move, sent).status_code == 302

    now = Place.objects.filter(ended_on=None)
    assert {(one.person_id, one.says) for one in now} == {
        (known.child.pk, "2 Quay Street, Whitehaven"),
        (known.parent.pk, "2 Quay Street, Whitehaven"),
    }
    assert "2 Quay Street" in secrets_from(father)
    shown = seen(client, to(known, "person", person=known.parent))
    assert "Earlier places" in shown
    assert client.get(move).status_code == 404


def test_a_change_of_school_is_one_step_with_its_history() -> None:
    known = known_family()
    place = place_at(person=known.child, kind="nursery", says="Little Harbour", by=known.by, at=AT)
    client = signed_in(known.by)
    sent = {"kind": "school", "says": "St Bega’s", "on": "1/1/2090"}
    late = client.post(to(known, "move", place.pk), sent).content.decode()
    assert "cannot be later than today" in late

    assert client.post(to(known, "move", place.pk), {**sent, "on": "today"}).status_code == 302

    shown = seen(client, to(known, "person"))
    assert "School St Bega’s Since " in shown
    assert "Nursery Little Harbour Until " in shown


def test_a_slip_in_a_place_is_mended_and_kept_in_history() -> None:
    known = known_family()
    place = at_home(known, "17 Bransty Steps")
    client = signed_in(known.by)
    mend = to(known, "mend_place", place.pk)
    sent = {"says": "7 Bransty Steps", "postcode": "ca28 0zz", "began_on": "1/3/2025"}
    late = client.post(mend, {**sent, "began_on": "1/1/2090"}).content.decode()
    assert "cannot be later than today" in late
    assert client.post(mend, sent).status_code == 302
    place.refresh_from_db()
    assert (place.says, place.postcode, place.main) == ("7 Bransty Steps", "CA28 0ZZ", True)
    assert "was “17 Bransty Steps” until" in page(client, mend)


def test_the_dead_are_named_kindly_and_asked_nothing() -> None:
    help_ = episode_in("offered")
    known = Known(help_.family, help_.child, help_.parent, help_.lead)
    father = father_of(known)
    client = signed_in(help_.lead)
    record = reverse("agreement:record", args=[known.family.pk])
    assert "Daniel Reid" in page(client, record)

    correct(person=father, died_on=local_day(help_.at), by=known.by, at=help_.at)

    whole = seen(client, reverse("families:family", args=[known.family.pk]))
    assert "Died on 2 March 2026, father" in whole
    assert "Daniel Reid" not in page(client, record)
