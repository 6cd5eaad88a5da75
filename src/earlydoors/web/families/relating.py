"""What the pages ask about two people: what they are to each other, and who answers for a child."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from earlydoors.domain.people.kin import Kin, KinPerson
from earlydoors.domain.people.models import SEXES, Relationship, Responsibility
from earlydoors.domain.people.relations import KINDS, OF, STATES
from earlydoors.domain.people.responsibility import CARE_ORDER, NONE, WRITTEN
from earlydoors.foundation.forms.schema import Condition, Kind, Option, Question
from earlydoors.foundation.kernel.dates import age_on
from earlydoors.web.families.naming import SOURCE, said, told
from earlydoors.web.families.questions import as_day, choice, options

NEW: Final = "new"
AUTHORITY: Final = "authority"
_BACK: Final = {
    "child": ("Child", ""),
    "adopted_child": ("Adopted child", "adoptive_parent"),
    "step_child": ("Step-child", "step_parent"),
    "partners_child": ("Child of their partner", "parents_partner"),
    "foster_child": ("Child they foster", "foster_carer"),
    "kin_child": ("Child they bring up as a relative or friend", "kinship_carer"),
    "guarded_child": ("Child they are special guardian of", "special_guardian"),
    "grandchild": ("Grandchild", "grandparent"),
    "niece_nephew": ("Niece or nephew", "aunt_uncle"),
    "godchild": ("Godchild", "godparent"),
}
"""The way back of each kind that is not mutual, as it is asked, and the kind."""
_FIRST_GUESS: Final = {
    "mother": "child",
    "father": "child",
    "step_parent": "step_child",
    "partner": "partners_child",
    "grandparent": "grandchild",
    "aunt_uncle": "niece_nephew",
}
_GROWN: Final = 16
_CAN_BE_RESPONSIBLE: Final = ("father", "parent", "step_parent", "child", "step_child")
LABELS: Final = {
    "kind": "What they are",
    "state": "How they stand",
    "says": "In their own words",
    "began_on": "Since",
    "ended_on": "Until",
    "said_by": "Who said so",
    "said_says": "More about who said so",
}
RESPONSIBLE_LABELS: Final = {
    "basis": "Why they have it",
    "began_on": "Since",
    "ended_on": "Until",
    "said_by": "Who said so",
    "said_says": "More about who said so",
}
_DAY_HINT: Final = "For example, 3 March 2020. Leave it if you do not know."
_SAYS = Question(
    key="says",
    kind=Kind.SHORT_TEXT,
    asks="In the family’s own words",
    hint="For example: Nan, or Leo’s dad.",
    maximum=200,
)
_STATE = Question(
    key="state",
    kind=Kind.CHOICE,
    asks="How do they stand to each other?",
    required=True,
    options=tuple(Option(key=key, says=says) for key, says in STATES),
    when=Condition(question="kind", is_any_of=("partner",)),
)
_DAYS = (
    Question(key="began_on", kind=Kind.DATE, asks="Since when?", hint=_DAY_HINT),
    Question(
        key="ended_on",
        kind=Kind.DATE,
        asks="Until when?",
        hint="Leave it while it lasts. For partners, the day they separated or divorced.",
    ),
)
BASIS = (
    *choice(
        "basis",
        "Why do they have it?",
        [
            *((one.key, one.asks) for one in WRITTEN),
            (CARE_ORDER.key, CARE_ORDER.asks),
            (NONE.key, NONE.asks),
        ],
    ),
    Question(key="began_on", kind=Kind.DATE, asks="Since when?", hint=_DAY_HINT),
    Question(
        key="ended_on",
        kind=Kind.DATE,
        asks="Until when?",
        hint="Leave it while they have it. A parent loses it only by a court.",
    ),
    *SOURCE,
)
SURE = (
    Question(
        key="sure",
        kind=Kind.CHOICE,
        asks="Is it right?",
        required=True,
        options=(
            Option(key="right", says="Yes, it is right"),
            Option(key="wrong", says="No, I will change it"),
        ),
    ),
)


def _kinds(person: KinPerson, today: date) -> Iterable[tuple[str, str, str]]:
    """What somebody else can be to this person: for a child what adults are to them first."""
    born = person.born or person.due
    young = person.index or (born is not None and age_on(born, today) < _GROWN)
    toward = [(one.key, one.asks, one.hint) for one in KINDS if not young or one.key != "partner"]
    back = [(key, says, "") for key, (says, _) in _BACK.items()]
    if young:
        return [*toward, *(one for one in back if one[0] == "niece_nephew")]
    partner = [one for one in toward if one[0] == "partner"]
    return [*back[:1], *partner, *back[1:], *(one for one in toward if one not in partner)]


def add_questions(kin: Kin, person: KinPerson, today: date) -> tuple[Question, ...]:
    """Who is what to this person."""
    others = [one for one in kin.people if one.id != person.id]
    asked = [
        *choice("kind", f"What are they to {person.called}?", _kinds(person, today)),
        _STATE,
        Question(
            key="whom",
            kind=Kind.CHOICES,
            asks="Who is it?",
            hint="Choose everyone it is true of.",
            required=True,
            options=options(
                [
                    *((one.id, one.name) for one in others),
                    (NEW, "Someone who is not written down yet"),
                ]
            ),
        ),
        *_someone_new(),
        _SAYS,
        *_DAYS,
    ]
    if person.sex != "female" or person.index:
        asked += choice(
            "basis",
            "Is there parental responsibility?",
            [*((one.key, one.asks) for one in WRITTEN[:4]), (NONE.key, "No")],
            hint="Of whoever of the two is the parent. Leave it if you do not know. A mother who "
            "gave birth always has it.",
            required=False,
            when=Condition.model_construct(question="kind", is_any_of=_CAN_BE_RESPONSIBLE),
        )
    return (*asked, *SOURCE)


def _someone_new() -> tuple[Question, ...]:
    new = Condition(question="whom", is_any_of=(NEW,))
    return (
        Question(
            key="given_name", kind=Kind.SHORT_TEXT, asks="Their given name", required=True, when=new
        ),
        Question(key="family_name", kind=Kind.SHORT_TEXT, asks="Their family name", when=new),
        Question(key="born_on", kind=Kind.DATE, asks="Their date of birth", when=new),
        Question(
            key="sex",
            kind=Kind.CHOICE,
            asks="Their sex",
            options=tuple(Option(key=key, says=says) for key, says in SEXES),
            when=new,
        ),
    )


def first_guess(kin: Kin, person: KinPerson) -> dict[str, Any]:
    """What the page begins with for someone whose place in the family is known and of whom
    nothing is written down towards its children: theirs to confirm, not to type."""
    if any(person.id in (one.from_id, one.to_id) for one in kin.links):
        return {}
    kind = _FIRST_GUESS.get(person.relation, "")
    children = [str(one.id) for one in kin.people if one.index and not one.left]
    return {"kind": kind, "whom": children} if kind and children else {}


def ends_of(key: str, person: UUID, other: UUID, sex: str) -> tuple[UUID, str, UUID]:
    """Who is what to whom, from what was answered on the page of `person` of that sex."""
    if key == "child":
        kind = {"female": "mother", "male": "father"}.get(sex, "parent")
        return person, kind, other
    if key in _BACK:
        return person, _BACK[key][1], other
    return other, key, person


def relation_of(key: str, sex: str) -> str:
    """The place in the family of someone new who is that to a child of it."""
    kind = key if key not in _BACK else ""
    plain = {
        "mother": "mother", "father": "father", "step_parent": "step_parent",
        "parents_partner": "partner", "grandparent": "grandparent",
        "great_grandparent": "grandparent", "aunt_uncle": "aunt_uncle",
    }  # fmt: skip
    if kind in {"parent", "adoptive_parent"}:
        return {"female": "mother", "male": "father"}.get(sex, "other")
    if kind and OF[kind].group == "care":
        return "carer"
    if kind and OF[kind].group == "sibling":
        return "sibling"
    return plain.get(kind, "other")


def shared_fields(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as fields of a relationship."""
    return {
        "state": answers.get("state", ""),
        "says": answers.get("says", ""),
        "began_on": as_day(answers.get("began_on")),
        "ended_on": as_day(answers.get("ended_on")),
        **said(dict(answers)),
    }


def mend_questions(row: Relationship) -> tuple[Question, ...]:
    """What is written down of two people, to change."""
    asks = f"{row.person.full_name} is to {row.other.full_name} …"
    kinds = [(one.key, one.asks, one.hint) for one in KINDS]
    return (*choice("kind", asks, kinds), _STATE, _SAYS, *_DAYS, *SOURCE)


def mend_answers(row: Relationship) -> dict[str, Any]:
    """What is known of it, to fill the questions."""
    return {
        "kind": row.kind,
        "state": row.state,
        "says": row.says,
        "began_on": row.began_on.isoformat() if row.began_on else "",
        "ended_on": row.ended_on.isoformat() if row.ended_on else "",
        **told(row),
    }


def never_true(hint: str) -> tuple[Question, ...]:
    """Why something was never true."""
    return (
        Question(
            key="why",
            kind=Kind.LONG_TEXT,
            asks="Why was it never true?",
            hint=hint,
            required=True,
            maximum=500,
        ),
    )


def holder_questions(kin: Kin, child: KinPerson) -> tuple[Question, ...]:
    """Who has parental responsibility for a child, beside whom it follows of."""
    grown = [one for one in kin.people if one.id != child.id and not one.index]
    return (
        *choice(
            "holder",
            f"Who is it, for {child.called}?",
            [*((one.id, one.name) for one in grown), (AUTHORITY, "The local authority")],
        ),
        Question(
            key="authority",
            kind=Kind.SHORT_TEXT,
            asks="Which local authority?",
            required=True,
            maximum=200,
            when=Condition(question="holder", is_any_of=(AUTHORITY,)),
        ),
        *BASIS,
    )


def basis_answers(row: Responsibility) -> dict[str, Any]:
    """What is known of it, to fill the questions."""
    return {
        "basis": row.basis,
        "began_on": row.began_on.isoformat() if row.began_on else "",
        "ended_on": row.ended_on.isoformat() if row.ended_on else "",
        **told(row),
    }


def basis_fields(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as fields of a parental responsibility."""
    return {
        "basis": answers["basis"],
        "began_on": as_day(answers.get("began_on")),
        "ended_on": as_day(answers.get("ended_on")),
        **said(dict(answers)),
    }
