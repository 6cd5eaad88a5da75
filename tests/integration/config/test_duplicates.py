"""The register compared with itself: pairs are listed and never joined."""

from datetime import date

import pytest
from tests.factories.families import known_family
from tests.factories.partnership import AT, worker

from earlydoors.config import duplicates
from earlydoors.config.faults import CannotRun
from earlydoors.domain.joining.joins import join
from earlydoors.domain.joining.models import Joining, Pair
from earlydoors.domain.joining.operations import set_apart
from earlydoors.domain.matching.comparisons import comparisons
from earlydoors.domain.matching.model import Model, Parameters
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.models import Person
from earlydoors.domain.people.names import add_name
from earlydoors.domain.people.operations import place_at

pytestmark = pytest.mark.django_db
_OTHERS = (
    ("Bell", "Noor", "Ingrid"), ("Cowan", "Felix", "Priscilla"), ("Dodd", "Harriet", "Gwen"),
    ("Okoro", "Chidi", "Ada"), ("Fenwick", "Lucas", "Rosalind"), ("Zielinski", "Olga", "Beata"),
)  # fmt: skip
_LEVELS = {"same": (0.8, 0.003), "different": (0.08, 0.95)}


def model() -> Model:
    """A model for a register of a dozen people, made by hand."""
    levels = {
        (one.key, level.key): Parameters(*_LEVELS.get(level.key, (0.06, 0.008)))
        for one in comparisons(duplicates.FIELDS)
        for level in one.levels
    }
    return Model(duplicates.FIELDS, 0.02, levels)


@pytest.fixture
def keeper() -> Actor:
    return worker("administrator")


@pytest.fixture
def girls(keeper: Actor) -> tuple[Person, Person]:
    """A girl who was written down twice, among others who were not."""
    for number, (name, child, parent) in enumerate(_OTHERS, 1):
        known_family(name=name, child=child, parent=parent, born_on=date(2009 + number, number, 9))
    first = known_family(name="Hewitson", child="Maisie", parent="Donna", born_on=date(2020, 2, 14))
    second = known_family(name="Hewetson", child="Masie", parent="Kim", born_on=date(2020, 2, 14))
    for one in (first.child, second.child):
        place_at(
            person=one, kind="home", says="12 Harbour View, Maryport", postcode="CA15 0ZZ",
            by=keeper, at=AT,
        )  # fmt: skip
    return first.child, second.child


def find(keeper: Actor) -> duplicates.Found:
    return duplicates.find(by=keeper, at=AT, model=model(), least=0.1)


def listed() -> list[set[str]]:
    pairs = Pair.objects.filter(state="waiting").select_related("first", "second")
    pairs = pairs.order_by("-strength")
    return [{one.first.full_name, one.second.full_name} for one in pairs]


def test_a_girl_written_down_twice_is_listed_with_the_reason_in_words(
    keeper: Actor, girls: tuple[Person, Person]
) -> None:
    assert find(keeper).new >= 1
    assert listed()[0] == {"Maisie Hewitson", "Masie Hewetson"}
    pair = Pair.objects.order_by("-strength")[0]
    assert "same date of birth" in pair.reasons
    assert (pair.came_from, pair.state) == ("register", "waiting")
    assert not Joining.objects.exists()


def test_running_it_again_lists_nothing_twice(keeper: Actor, girls: tuple[Person, Person]) -> None:
    first = find(keeper)
    again = find(keeper)
    assert (again.new, again.passed_over) == (0, first.new)
    assert Pair.objects.count() == first.new


def test_two_people_stay_two_and_joined_ones_are_passed_over(
    keeper: Actor, girls: tuple[Person, Person]
) -> None:
    find(keeper)
    pair = Pair.objects.order_by("-strength")[0]
    set_apart(pair=pair, why="namesakes", says="", by=keeper, at=AT)
    assert find(keeper).new == 0
    pair.refresh_from_db()
    assert pair.state == "apart"


def test_a_record_that_hangs_on_another_is_compared_no_more(
    keeper: Actor, girls: tuple[Person, Person]
) -> None:
    join(kept=girls[0], other=girls[1], why="One girl.", by=keeper, at=AT)
    find(keeper)
    assert not any("Masie Hewetson" in names for names in listed())


def test_an_earlier_name_finds_them(keeper: Actor, girls: tuple[Person, Person]) -> None:
    second = girls[1]
    Person.objects.filter(pk=second.pk).update(given_name="Ruth", family_name="Thirlwell")
    add_name(
        person=second, kind="previous", given_name="Maisie", family_name="Hewitson",
        by=keeper, at=AT,
    )  # fmt: skip
    find(keeper)
    assert {"Maisie Hewitson", "Ruth Thirlwell"} in listed()


def test_a_register_of_nobody_has_no_duplicates(keeper: Actor) -> None:
    assert find(keeper) == duplicates.Found(0, 0)


def test_only_who_keeps_the_register_runs_it(keeper: Actor) -> None:
    today = date(2026, 12, 31)
    assert duplicates.keeper(keeper.member.username, today).member == keeper.member
    with pytest.raises(CannotRun, match="Nobody signs in as nobody"):
        duplicates.keeper("nobody", today)
    with pytest.raises(CannotRun, match="cannot keep the register"):
        duplicates.keeper(worker("coordinator").member.username, today)
