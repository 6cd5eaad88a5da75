"""What several stories do alike: asking for support, and joining a team."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tests.functional.person import Person


@dataclass(frozen=True)
class Someone:
    """Somebody of a family as a request names them."""

    relation: str
    given_name: str
    family_name: str
    born: str = ""
    due: str = ""
    goes_to: str = ""
    more: Mapping[str, str] = field(default_factory=dict)


def asks_for_support(
    who: Person,
    people: Iterable[Someone],
    home: str,
    says: Mapping[str, str | Sequence[str]],
    looks: Callable[[Person], object] = lambda _: None,
) -> Person:
    """Write a request, page by page, and send it. `looks` is done on each answered page."""
    who.goes_to("/requests/new").presses("Begin a request")
    who.follows("Is a child in danger, and does the family know?")
    who.chooses("Is a child suffering", "No")
    who.chooses("Does the family know", "Yes, and they agree").presses("Save and continue")
    for number, one in enumerate(people):
        who.presses("Add someone else" if number else "Add someone")
        who.chooses("Who are they in the family?", one.relation)
        who.writes("First name", one.given_name).writes("Family name", one.family_name)
        if one.due:
            who.writes("Date the baby is due", one.due)
        else:
            who.writes("Date of birth", one.born)
        who.chooses("Do they live with the family?", "Yes").writes("Address", home)
        if one.goes_to:
            who.chooses("School, nursery or other setting", re.compile(one.goes_to))
        if one.relation in {"Mother", "Father"}:
            who.chooses("Do they have parental responsibility?", "Yes")
        who.answers(one.more).presses("Save")
    who.presses("Continue")
    while "/about/" in who.page.url:
        # Twice: some questions are asked only once another is answered.
        looks(who.answers(says).answers(says))
        who.presses("Save and continue")
    return who.presses("Send the request").sees("Your request is sent")


def joins_the_team(who: Person, family: str, workers: Iterable[str], own: Iterable[str]) -> None:
    """Workers with whom the family agreed, and the family's own."""
    who.goes_to("/families/").follows(re.compile(family))
    who.follows(re.compile("^Team around"))
    for worker in workers:
        who.follows(re.compile("^Add a worker")).chooses("Who joins?", re.compile(worker))
        who.presses("Add")
    for someone in own:
        who.follows(re.compile("^Add family or friends"))
        who.chooses("Who joins?", re.compile(someone)).presses("Add")
