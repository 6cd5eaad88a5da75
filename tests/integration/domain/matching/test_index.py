"""The register's index agrees with what is written down of people, however it was written."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from tests.factories.families import known_family
from tests.factories.joining import LATER, twice
from tests.factories.partnership import AT, worker

from earlydoors.domain.joining.undoing import undo
from earlydoors.domain.matching import filling, index
from earlydoors.domain.matching.asking import Asked
from earlydoors.domain.matching.entries import as_text, from_text
from earlydoors.domain.matching.gathering import gathered
from earlydoors.domain.matching.keys import kept_keys
from earlydoors.domain.matching.known import frequency_in, known, register_model
from earlydoors.domain.matching.models import Entry, Frequency, Key
from earlydoors.domain.matching.ranking import Ranking
from earlydoors.domain.people.identifiers import identify, take_off_identifier
from earlydoors.domain.people.models import Person
from earlydoors.domain.people.names import add_name, take_off_name
from earlydoors.domain.people.operations import (
    correct,
    end_place,
    keep_from,
    lift,
    place_at,
    write_down,
)
from earlydoors.foundation.kernel.dates import local_day

pytestmark = pytest.mark.django_db
TODAY = local_day(AT)
BORN = date(2014, 3, 7)
words = some.text(max_size=12) | some.sampled_from(["Sophie", "Łukasz", "Олена", "O’Neill", "J"])


def agrees(person: Person) -> bool:
    """Whether a person's entry and the rows of its keys are what would be made of them now."""
    told = gathered([person.pk])[person.pk]
    entry = Entry.objects.get(person=person)
    rows = sorted(Key.objects.filter(entry=entry.number).values_list("key", flat=True))
    return entry.told == as_text(told) and kept_keys(told) == entry.keys == rows


def test_every_writing_of_a_person_reaches_the_index() -> None:
    family = known_family()
    child, by = family.child, family.by
    steps: list[Any] = [
        lambda: correct(person=child, given_name="Zara", known_as="Zaz", by=by, at=AT),
        lambda: add_name(person=child, kind="alias", given_name="Poppy", by=by, at=AT),
        lambda: place_at(
            person=child, kind="home", says="14 Rosemary Lane", postcode="CA28 7PQ", by=by, at=AT
        ),
        lambda: identify(person=child, kind="nhs", number="943 476 5919", by=by, at=AT),
        lambda: end_place(
            place=child.places.get(), on=TODAY, family=family.family, by=by, at=AT
        ),
        lambda: keep_from(
            place=child.places.get(), person=family.parent, why="Safety", family=family.family,
            by=by, at=AT,
        ),
        lambda: lift(
            kept=child.places.get().kept_from.get(), why="They moved", family=family.family,
            by=by, at=AT,
        ),
        lambda: take_off_name(name=child.names.get(), why="Never theirs", by=by, at=AT),
        lambda: take_off_identifier(
            identifier=child.identifiers.get(), why="Another’s", by=by, at=AT
        ),
    ]  # fmt: skip
    before = None
    for step in steps:
        step()
        entry = Entry.objects.get(person=child)
        assert (entry.told, entry.keys) != before, "the step left no trace in the index"
        assert agrees(child)
        before = (entry.told, entry.keys)


def test_what_is_taken_back_takes_its_part_of_the_index_with_it() -> None:
    by = worker()
    with transaction.atomic():
        write_down(given_name="Zara", family_name="Whitlock", born_on=BORN, by=by, at=AT)
        assert Entry.objects.exists()
        transaction.set_rollback(True)
    assert not Entry.objects.exists()
    assert not Key.objects.exists()


def test_a_person_is_forgotten_and_taken_in_again() -> None:
    child = write_down(given_name="Zara", family_name="Reid", born_on=BORN, by=worker(), at=AT)
    index.forget(child.pk)
    index.forget(child.pk)
    assert known(Asked("Zara", "Reid", BORN)) == ()
    assert not Key.objects.exists()
    index.refresh(child.pk)
    assert known(Asked("Zara", "Reid", BORN))[0].person_id == child.pk
    assert agrees(child)


@given(name=some.tuples(words, words), called=words, born=some.none() | some.dates())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_entry_is_what_would_be_made_of_them_now(
    name: tuple[str, str], called: str, born: date | None
) -> None:
    by = worker()
    given_name, family_name = (part.replace("\x00", "") for part in name)
    person = write_down(
        given_name=given_name, family_name=family_name, by=by, at=AT,
        known_as=called.replace("\x00", ""), born_on=born if born and born <= TODAY else None,
    )  # fmt: skip
    assert agrees(person)
    told = gathered([person.pk])[person.pk]
    assert from_text(as_text(told)) == told


@given(one=some.tuples(words, words, some.dates()), two=some.tuples(words, words, some.dates()))
def test_the_weight_is_the_models_own(
    one: tuple[str, str, date], two: tuple[str, str, date]
) -> None:
    """Where each has one name, ranking adds nothing to the model and takes nothing from it."""
    model = register_model().with_prior(0.4)
    asked, other = Asked(*one).told(), Asked(*two).told()
    left = {k: v for group in asked.values() for t in group for k, v in t.has.items()}
    right = {k: v for group in other.values() for t in group for k, v in t.has.items()}
    weighed = model.weigh(left, right, lambda _field, _value: None)
    ranked = Ranking(model, asked, lambda _field, _value: None).of(1, other)
    if ranked is not None:
        assert ranked.weight == pytest.approx(weighed.weight)
    else:
        assert weighed.weight < 0


def test_people_who_came_in_by_the_thousand_are_put_in(django_assert_max_num_queries: Any) -> None:
    by = worker()
    made = [
        write_down(
            given_name="Zara", family_name=f"Whit{n}", born_on=BORN + timedelta(n), by=by, at=AT
        )
        for n in range(7)
    ]
    Entry.objects.all().delete()
    Key.objects.all().delete()
    assert filling.missing().count() == 7
    with django_assert_max_num_queries(40):
        steps = list(filling.fill(slab=4, at_once=3))
    assert [(step.done, step.of) for step in steps] == [(3, 7), (4, 7), (7, 7)]
    assert not filling.missing().exists()
    assert all(agrees(person) for person in made)
    assert filling.untrue(10) == []


def test_a_filling_that_was_broken_off_goes_on_where_it_was() -> None:
    by = worker()
    for n in range(4):
        write_down(given_name="Zara", family_name=f"Whit{n}", born_on=BORN, by=by, at=AT)
    Entry.objects.all().delete()
    Key.objects.all().delete()
    steps = filling.fill(slab=2, at_once=1)
    assert [next(steps).done for _ in range(3)] == [1, 2, 3]
    steps.close()
    assert filling.missing().count() == 2
    assert [step.of for step in filling.fill()] == [2]
    assert filling.untrue(10) == []


def test_an_entry_of_an_older_form_is_made_anew_and_an_untrue_one_is_seen() -> None:
    child = write_down(given_name="Zara", family_name="Reid", born_on=BORN, by=worker(), at=AT)
    Entry.objects.update(form=0, told="{}")
    list(filling.fill())
    assert agrees(child)
    Key.objects.filter(key=Entry.objects.get().keys[0]).delete()
    assert filling.untrue(10) == [child.pk]


def test_a_rare_name_says_more_than_a_common_one() -> None:
    by = worker()
    for n in range(30):
        write_down(given_name=f"Kim{chr(97 + n)}", family_name="Smith", by=by, at=AT)
    write_down(given_name="Zara", family_name="Smith", by=by, at=AT)
    write_down(given_name="Zara", family_name="Featherstone", by=by, at=AT)
    filling.count_names()
    filling.count_names()
    counted = Frequency.objects.values_list("field", "value", "people")
    assert ("family_name", "smith", 31) in counted
    assert ("family_name", "", 32) in counted
    assert ("given_name", "zara", 2) in counted
    model, weights = register_model().with_prior(0.1), []
    for surname in ("Smith", "Featherstone"):
        told = Asked("", surname).told()
        _, shares = index.ask(told, kept_keys(told))
        ranked = Ranking(model, told, frequency_in(shares, model)).of(1, told)
        assert ranked is not None
        weights.append(ranked.weight)
    assert weights[1] > weights[0] + 3


def test_a_record_that_is_joined_is_found_by_the_one_it_hangs_on_until_it_is_undone() -> None:
    world = twice()
    joining = world.joined()
    assert not Entry.objects.filter(person=world.other).exists()
    assert agrees(world.kept)
    assert [one.person_id for one in known(Asked("Sofie", "Beck", world.kept.born_on))] == [
        world.kept.pk
    ]

    undo(joining=joining, why="Two children.", by=world.keeper, at=LATER)
    assert agrees(world.kept)
    assert agrees(world.other)
