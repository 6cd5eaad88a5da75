"""Someone of a family's network, not of the family: theirs is what the family asked them to."""

from tests.factories.partnership import worker
from tests.integration.web.yourfamily.conftest import NOW, Household, signs_in

from earlydoors.domain.episodes import team
from earlydoors.domain.episodes.models import TeamPlace
from earlydoors.domain.people.models import Person
from earlydoors.domain.people.operations import let_go
from earlydoors.foundation.kernel.dates import local_day


def _aunt(home: Household) -> tuple[TeamPlace, Person]:
    place = team.add_from_network(
        episode=home.help.episode,
        given_name="Farah",
        family_name="Iqbal",
        phone="",
        does="Drives on Fridays",
        by=home.help.lead,
        at=NOW,
    )
    assert place.person is not None
    return place, place.person


def test_an_aunt_in_the_team_sees_the_plan(home: Household) -> None:
    _, aunt = _aunt(home)

    page = signs_in(aunt, home.help.lead).get("/your-family/", follow=True).content.decode()

    assert home.outcome.words in page
    assert "Drives on Fridays" in page


def test_an_aunt_who_has_left_the_team_sees_nothing_of_it(home: Household) -> None:
    place, aunt = _aunt(home)
    team.leave(place=place, by=home.help.lead, at=NOW)

    page = signs_in(aunt, home.help.lead).get("/your-family/", follow=True).content.decode()

    assert home.outcome.words not in page
    assert "You have no help under way" in page


def test_a_father_who_left_the_family_sees_nothing_of_it_from_the_team(home: Household) -> None:
    assert home.outcome.words in home.fathers.get("/your-family/", follow=True).content.decode()
    place = home.help.family.members.get(person=home.father)
    let_go(membership=place, on=local_day(NOW), by=home.help.lead, at=NOW)

    page = home.fathers.get("/your-family/", follow=True).content.decode()

    assert home.outcome.words not in page
    assert "You have no help under way" in page


def test_an_aunt_of_another_family_sees_nothing_of_it(home: Household) -> None:
    other = worker("coordinator")
    stranger = Person.make(by=other, at=NOW, given_name="Farah", family_name="Iqbal")

    page = signs_in(stranger, other).get("/your-family/", follow=True).content.decode()

    assert home.outcome.words not in page
