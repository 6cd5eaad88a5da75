"""Which people of a family are asked, and how they are called on the page."""

from collections.abc import Iterable
from datetime import date

from earlydoors.domain.people.models import FamilyMember, Person
from earlydoors.domain.people.rules import age_in_words
from earlydoors.foundation.forms.answers import Choices
from earlydoors.foundation.forms.schema import Option
from earlydoors.foundation.kernel.dates import age_on

# Below this age nobody is offered as agreeing for themselves: a child who understands what it
# means may (Gillick), and the worker judges that; a list of toddlers would only be in the way.
YOUNGEST = 10


def may_take_part(members: Iterable[FamilyMember], today: date) -> list[FamilyMember]:
    """The people of a family as they are asked: parental responsibility first, then the young."""
    people = [one for one in members if _old_enough(one, today)]
    people.sort(
        key=lambda one: (
            not one.parental_responsibility,
            not one.lives_here,
            is_young(one.person, today),
        )
    )
    return people


def who_may_agree(members: Iterable[FamilyMember], today: date) -> Choices:
    """Those of `may_take_part`, to choose from."""
    return _as_choices(may_take_part(members, today), today)


def everyone(members: Iterable[FamilyMember], today: date) -> Choices:
    """All people of a family but those who died, to choose from."""
    return _as_choices([one for one in members if one.person.died_on is None], today)


def _as_choices(people: Iterable[FamilyMember], today: date) -> Choices:
    return Choices(
        people=[
            Option.model_construct(
                key=str(one.person_id), says=one.person.full_name, hint=relation(one, today)
            )
            for one in people
        ],
        today=today,
    )


def _old_enough(one: FamilyMember, today: date) -> bool:
    person = one.person
    if person.born_on is None or not person.can_take_part:
        return person.can_take_part
    return age_on(person.born_on, today) >= YOUNGEST


def is_young(person: Person, today: date) -> bool:
    """Whether somebody is known to be under eighteen."""
    return person.born_on is not None and age_on(person.born_on, today) < 18


def relation(one: FamilyMember, today: date) -> str:
    """Who somebody is in the family, how old if young, and whether they are responsible."""
    said = [one.relation_says or one.get_relation_display()]
    if is_young(one.person, today):
        said.append(age_in_words(one.person.born_on, one.person.due_on, today))
    if one.parental_responsibility:
        said.append("has parental responsibility")
    return ", ".join(said)
