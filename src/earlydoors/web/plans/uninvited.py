"""Who came to a meeting without being invited: offered by name, or written down."""

from collections.abc import Sequence

from earlydoors.domain.access.queries import who_can_see
from earlydoors.domain.episodes.models import Episode
from earlydoors.domain.episodes.queries import team_of
from earlydoors.domain.partnership.models import Member
from earlydoors.domain.people.models import Person
from earlydoors.domain.plan.meetings import Came
from earlydoors.domain.plan.models import Attendance
from earlydoors.domain.records.rules import Who
from earlydoors.foundation.forms.schema import Kind, Option, Question
from earlydoors.web.plans.questions import MEMBER, PERSON, option
from earlydoors.web.plans.views.common import chosen, people_options
from earlydoors.web.sections.own import Own

LONGEST = 200
ALSO, NAMES = "also", "also_named"


def questions(
    episode: Episode, family: list[Who], invited: Sequence[Attendance]
) -> tuple[Question, ...]:
    """Who else came: of the family, the team and those who see the record, or by name."""
    offered = _not_invited(episode, family, invited)
    named = Question(
        key=NAMES,
        kind=Kind.LONG_TEXT,
        asks="Anyone else who came?",
        hint="Each on a line of their own: the name, and who they are. It opens no record to them.",
        maximum=2000,
    )
    if not offered:
        return (named,)
    also = Question(
        key=ALSO,
        kind=Kind.CHOICES,
        asks="Who came without being invited?",
        options=tuple(offered),
    )
    return also, named.model_copy(update={"asks": "Who else came, not listed here?"})


def _not_invited(
    episode: Episode, family: list[Who], invited: Sequence[Attendance]
) -> list[Option]:
    there = {f"{MEMBER}{one.member_id}" for one in invited if one.member_id}
    there |= {f"{PERSON}{one.person_id}" for one in invited if one.person_id}
    offered = people_options(family, team_of(episode), episode)
    keys = there | {one.key for one in offered}
    for grant in who_can_see(episode.family):
        if grant.member is not None and f"{MEMBER}{grant.member_id}" not in keys:
            keys.add(f"{MEMBER}{grant.member_id}")
            offered.append(option(f"{MEMBER}{grant.member_id}", str(grant.member)))
    return [one for one in offered if one.key not in there]


def came(own: Own) -> list[Came]:
    """Those ticked and those written down."""
    ticked = own.answers.get(ALSO, [])
    members = Member.objects.in_bulk([key for one in ticked if (key := chosen(one, MEMBER))])
    people = Person.objects.in_bulk([key for one in ticked if (key := chosen(one, PERSON))])
    return [
        *(Came(person=one) for one in people.values()),
        *(Came(member=one) for one in members.values()),
        *(Came(named=name) for name in _names(own)),
    ]


def may_be_kept(own: Own) -> bool:
    """Whether every name is as short as a name; says so at the field where one is not."""
    if any(len(name) > LONGEST for name in _names(own)):
        own.refuse(NAMES, f"Write each name on a line of its own, of at most {LONGEST} letters.")
        return False
    return True


def _names(own: Own) -> list[str]:
    return [name.strip() for name in own.answers.get(NAMES, "").splitlines() if name.strip()]
