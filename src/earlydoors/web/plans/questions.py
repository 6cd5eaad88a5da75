"""What these pages ask of their own, beside the area's forms."""

from collections.abc import Iterable, Sequence

from earlydoors.domain.assessment.models import Need
from earlydoors.domain.episodes.models import TeamPlace
from earlydoors.domain.people.models import Person
from earlydoors.domain.plan.models import PROGRESS, Attendance, Closing, Meeting, Review
from earlydoors.foundation.forms.schema import Condition, Kind, Option, Question
from earlydoors.foundation.profile.schema import Profile

TOGETHER = "together"
OTHER = "other"
SAME = "same"
MEMBER, PERSON = "member-", "person-"


def option(key: object, says: str, hint: str = "") -> Option:
    """An option whose key is an id or a word of the product, not of a profile."""
    return Option.model_construct(key=str(key), says=says, hint=hint)


def only_when(question: str, *is_any_of: str) -> Condition:
    """A condition whose options may be ids."""
    return Condition.model_construct(question=question, is_any_of=is_any_of)


def listed(choices: Iterable[tuple[str, str]]) -> tuple[Option, ...]:
    """A model's choices as options."""
    return tuple(option(key, says) for key, says in choices)


def outcome(family: Sequence[Option], needs: Sequence[Need]) -> tuple[Question, ...]:
    """An outcome: the words, whose they are, the area of life, and the needs it answers."""
    asked = [
        Question(
            key="words",
            kind=Kind.LONG_TEXT,
            asks="What do they want to be different?",
            hint="In their own words, as they would say it at home.",
            words_of="family",
            required=True,
            maximum=1000,
        ),
        Question(
            key="set_by",
            kind=Kind.CHOICE,
            asks="Whose words are these?",
            options=(*family, option(TOGETHER, "The family together")),
            required=True,
        ),
        Question(
            key="area",
            kind=Kind.CHOICE,
            asks="Which area of life is it about?",
            options_from="areas_of_life",
        ),
    ]
    if needs:
        asked.append(
            Question(
                key="needs",
                kind=Kind.CHOICES,
                asks="Which needs does it answer?",
                hint="Tick all that it helps with.",
                options=tuple(option(need.pk, need.says) for need in needs),
            )
        )
    return tuple(asked)


def why(asks: str, hint: str = "") -> tuple[Question, ...]:
    """One reason, in words."""
    return (Question(key="why", kind=Kind.LONG_TEXT, asks=asks, hint=hint, required=True),)


def action(owners: Sequence[Option]) -> tuple[Question, ...]:
    """An action: what, who, by when, and the service it asks for."""
    return (
        Question(
            key="what",
            kind=Kind.LONG_TEXT,
            asks="What will be done?",
            hint="One thing, in plain words, so that everyone knows when it is done.",
            required=True,
            maximum=1000,
        ),
        Question(
            key="owner",
            kind=Kind.CHOICE,
            asks="Who will do it?",
            options=(*owners, option(OTHER, "Someone else")),
            required=True,
        ),
        Question(
            key="other",
            kind=Kind.SHORT_TEXT,
            asks="Their name",
            hint="And where they are from, if it is a service.",
            required=True,
            when=only_when("owner", OTHER),
        ),
        Question(key="due_on", kind=Kind.DATE, asks="By when?", required=True),
        Question(
            key="service",
            kind=Kind.SHORT_TEXT,
            asks="Is a service asked for?",
            hint="Its name, such as speech and language therapy. Leave it empty if none is.",
        ),
        Question(
            key="service_asked_on",
            kind=Kind.DATE,
            asks="When was the service asked?",
            hint="Leave it empty if that is still to do.",
            when=only_when("service"),
        ),
    )


DONE = (
    Question(key="done_on", kind=Kind.DATE, asks="When was it done?", required=True),
    Question(
        key="note",
        kind=Kind.LONG_TEXT,
        asks="Is there anything to say about it?",
        hint="What came of it, or what to do next.",
    ),
)

SERVICE = (
    Question(key="asked_on", kind=Kind.DATE, asks="When was it asked for?"),
    Question(key="started_on", kind=Kind.DATE, asks="When did it start?"),
    Question(key="ended_on", kind=Kind.DATE, asks="When did it end?"),
)


def agree(people: Sequence[Option]) -> tuple[Question, ...]:
    """Agreeing on the plan: with whom, and when."""
    return (
        Question(
            key="with_whom",
            kind=Kind.CHOICES,
            asks="Who agreed to it?",
            hint="The family first: it is their plan.",
            options=tuple(people),
            required=True,
        ),
        Question(
            key="others", kind=Kind.SHORT_TEXT, asks="Did anyone else agree to it?", hint="By name."
        ),
        Question(key="agreed_on", kind=Kind.DATE, asks="When was it agreed?", required=True),
    )


def call(team: Sequence[Option]) -> tuple[Question, ...]:
    """Calling a meeting."""
    asked = [
        Question(
            key="purpose",
            kind=Kind.CHOICE,
            asks="What is the meeting for?",
            options=listed(
                (key, "Another meeting" if key == "other" else says)
                for key, says in Meeting._meta.get_field("purpose").flatchoices
            ),
            required=True,
        ),
        Question(key="on", kind=Kind.DATE, asks="Which day?", required=True),
        Question(key="starts", kind=Kind.TIME, asks="At what time?"),
        Question(
            key="place",
            kind=Kind.SHORT_TEXT,
            asks="Where?",
            hint="A place the family is happy to come to, or how to join from home.",
            maximum=300,
        ),
    ]
    if team:
        asked.append(
            Question(
                key="invited",
                kind=Kind.CHOICES,
                asks="Who is invited?",
                hint="Untick anyone who should not be there.",
                options=tuple(team),
                required=True,
            )
        )
    return tuple(asked)


def came_key(invited: Attendance) -> str:
    """The name of the question whether someone came."""
    return f"came_{invited.pk.hex}"


def came(invited: Iterable[Attendance]) -> tuple[Question, ...]:
    """Whether each of those invited came."""
    said = listed(
        (key, says.capitalize())
        for key, says in Attendance._meta.get_field("came").flatchoices
        if key
    )
    return tuple(
        Question(
            key=came_key(one), kind=Kind.CHOICE, asks=f"{one}", options=tuple(said), required=True
        )
        for one in invited
    )


def lead(
    word: str, workers: Sequence[tuple[str, str]], now: str | None, *, named: str = ""
) -> tuple[Question, ...]:
    """Who leads from here: `workers` are (id, name) of the team, `now` the id of who leads."""
    others = [(f"{MEMBER}{key}", name) for key, name in workers if key != now]
    if now is None:
        return (
            Question(
                key="lead",
                kind=Kind.CHOICE,
                asks=f"Who was agreed on as {word}?",
                hint="The family’s one go-to person. Leave it open if that is still to be agreed.",
                options=tuple(option(key, name) for key, name in others),
            ),
        )
    keys = tuple(key for key, _ in others)
    return (
        Question(
            key="lead",
            kind=Kind.CHOICE,
            asks=f"Who is the {word} from here?",
            options=(option(SAME, f"{named} goes on"), *(option(k, n) for k, n in others)),
            required=True,
        ),
        *(
            (
                Question(
                    key="lead_why",
                    kind=Kind.LONG_TEXT,
                    asks=f"Why does the {word} change?",
                    required=True,
                    when=only_when("lead", *keys),
                ),
                Question(
                    key="family_told",
                    kind=Kind.SHORT_TEXT,
                    asks="How was the family told?",
                    hint="By whom, when and how.",
                    required=True,
                    when=only_when("lead", *keys),
                ),
            )
            if keys
            else ()
        ),
    )


def held_on(asks: str) -> tuple[Question, ...]:
    """A day on which something took place."""
    return (Question(key="held_on", kind=Kind.DATE, asks=asks, required=True),)


SEEN = (
    Question(
        key="family_view",
        kind=Kind.CHOICE,
        asks="How does the family see it?",
        options=listed(PROGRESS),
    ),
    Question(
        key="worker_view",
        kind=Kind.CHOICE,
        asks="How does the team see it?",
        options=listed(PROGRESS),
        required=True,
    ),
    Question(
        key="words",
        kind=Kind.LONG_TEXT,
        asks="What has changed?",
        hint="In the family’s words where you can.",
    ),
)


NEW_NEEDS = (
    Question(
        key="new_needs",
        kind=Kind.NEEDS,
        asks="Which new needs came to light?",
        hint="Each is then answered in the plan, with an outcome or a reason.",
    ),
)


def decision(word: str) -> tuple[Question, ...]:
    """What is decided at a review, and when the next one is."""
    hints = {
        "carry_on": "The plan goes on, with whatever was changed today.",
        "step_up": "More help is needed than this team can give. The next page asks to where.",
        "step_down": "Less help is needed now. The next page asks to where.",
        "close": "The family needs no more early help. The next page asks who they turn to.",
    }
    offered = Review._meta.get_field("decision").flatchoices
    return (
        Question(
            key="decision",
            kind=Kind.CHOICE,
            asks="What was decided?",
            options=tuple(option(key, says, hints[key]) for key, says in offered),
            required=True,
        ),
        Question(key="why", kind=Kind.LONG_TEXT, asks="Why?", required=True),
        Question(
            key="next_review_on",
            kind=Kind.DATE,
            asks=f"When is the next {word}?",
            when=only_when("decision", "carry_on", "step_down"),
        ),
    )


def close(profile: Profile) -> tuple[Question, ...]:
    """Closing: why, to which level, and who is there from here."""
    return (
        Question(
            key="reason",
            kind=Kind.CHOICE,
            asks="Why does early help end?",
            options=tuple(option(one.key, one.says) for one in profile.closing_reasons),
            required=True,
        ),
        Question(
            key="level",
            kind=Kind.CHOICE,
            asks="Which level of need is the family at now?",
            options=tuple(option(one.key, one.name, one.means) for one in profile.levels),
            required=True,
        ),
        Question(
            key="handover",
            kind=Kind.LONG_TEXT,
            asks="Who is the family’s first contact from here, and what have they been told?",
            hint="A name and how to reach them. The family gets to read this.",
            required=True,
        ),
    )


LOOK_BACK = (
    Question(
        key="sustained",
        kind=Kind.CHOICE,
        asks="Has it lasted?",
        options=listed(
            (key, says) for key, says in Closing._meta.get_field("sustained").flatchoices if key
        ),
        required=True,
    ),
    Question(
        key="words",
        kind=Kind.LONG_TEXT,
        asks="What does the family say?",
        hint="If they could not be reached, say how you tried and what others who see them say.",
        words_of="family",
        required=True,
    ),
)


def team_options(team: Iterable[TeamPlace], careful: Iterable[Person] = ()) -> list[Option]:
    """Everyone of the team, by their place in it; with a warning where something is kept from
    them."""
    kept_from = {person.pk for person in careful}
    return [
        option(
            one.pk,
            str(one),
            "Something is kept private from them. Think of the place, and who else is there."
            if one.person_id in kept_from
            else _of_note(one),
        )
        for one in team
    ]


def _of_note(place: TeamPlace) -> str:
    """What to think of when someone is invited: an interpreter first, then what they do."""
    person = place.person
    if person is None or not person.needs_interpreter:
        return place.does
    language = f": {person.first_language}" if person.first_language else ""
    return ". ".join(filter(None, (f"Needs an interpreter{language}", place.does)))
