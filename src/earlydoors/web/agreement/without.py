"""Sharing without agreement, for a child's safety: what is asked, and what the page of it shows."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from earlydoors.domain.access.queries import who_can_see
from earlydoors.domain.consent.deciding import Reasons, Telling
from earlydoors.domain.consent.models import TOLD_FAMILY, WHY_NOT_AGREED, SharingDecision
from earlydoors.domain.consent.operations import Share
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.models import Family
from earlydoors.domain.people.queries import members_of
from earlydoors.foundation.forms.answers import Choices
from earlydoors.foundation.forms.schema import Condition, Kind, Option, Question
from earlydoors.foundation.kernel.dates import day, moment
from earlydoors.foundation.profile.current import current
from earlydoors.web.agreement.whom import Offered, Whom
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.parts import Row
from earlydoors.web.design.questions import Field

OTHER = "someone_else"
KNOWS = ("before", "after")
# In our words. Information sharing: advice for practitioners providing safeguarding services
# (Department for Education, 2024), the seven golden rules.
RULES = (
    "A child’s safety comes before anybody’s privacy. Say what the harm is.",
    "Tell the child and the family what you mean to share, with whom and why, where it is safe.",
    "You need no agreement where a child is at risk. Say why there is none.",
    "Where you are not sure, ask for advice at once. Say whose, and what they said.",
    "Protect whoever could be harmed if it became known.",
    "Share only what is right and what they need, and only with those who have a part in it.",
    "Write down what you decided and why, also where you did not share.",
)
_SHARED = Condition(question="shares", is_any_of=("yes",))
_PARTS = (
    (
        "What the worry is",
        (
            "Keeping a child from harm comes before anybody’s privacy, so agreement is not needed "
            "where a child is at risk. Write what you know, and tell it apart from what you think."
        ),
        (
            Question(
                key="people", kind=Kind.PEOPLE, asks="Whose information is it?", required=True
            ),
            Question(
                key="risk",
                kind=Kind.LONG_TEXT,
                asks="What harm may a child come to, and what makes you think so?",
                required=True,
            ),
        ),
    ),
    (
        "The family",
        "Be open with them wherever it is safe: say what you mean to share, with whom and why.",
        (
            Question(
                key="why_not_agreed",
                kind=Kind.CHOICE,
                asks="Why is there no agreement?",
                required=True,
                options=tuple(Option(key=key, says=says) for key, says in WHY_NOT_AGREED),
            ),
            Question(
                key="why_not_agreed_says",
                kind=Kind.LONG_TEXT,
                asks="What did they say, or why could you not ask?",
            ),
            Question(
                key="told_family",
                kind=Kind.CHOICE,
                asks="Was the family told?",
                required=True,
                options=tuple(Option(key=key, says=says) for key, says in TOLD_FAMILY),
            ),
            Question(
                key="told_family_on",
                kind=Kind.DATE,
                asks="On what day were they told?",
                required=True,
                when=Condition(question="told_family", is_any_of=KNOWS),
            ),
            Question(
                key="not_told_why",
                kind=Kind.LONG_TEXT,
                asks="Why not, and when will you look at that again?",
                required=True,
                when=Condition(question="told_family", is_any_of=("not_yet", "not_safe")),
            ),
        ),
    ),
    (
        "What was decided",
        (
            "Share with those who have a part in keeping the child safe, and only what they need "
            "for it. If you are not sure, ask your safeguarding lead; do not wait while a child is "
            "in danger. A decision not to share is written down as well."
        ),
        (
            Question(
                key="whom",
                kind=Kind.CHOICE,
                asks="Who is to be told?",
                required=True,
                options_from="agencies",
            ),
            Question(
                key="named",
                kind=Kind.SHORT_TEXT,
                asks="Who is it?",
                hint="The person or service, by name.",
                required=True,
                maximum=200,
                when=Condition(question="whom", is_any_of=(OTHER,)),
            ),
            Question(
                key="shares",
                kind=Kind.CHOICE,
                asks="What did you decide?",
                required=True,
                options=(
                    Option(key="yes", says="To share without agreement"),
                    Option(key="no", says="Not to share"),
                ),
            ),
            Question(
                key="what",
                kind=Kind.LONG_TEXT,
                asks="What was shared?",
                hint="Accurate and up to date, and no more than they need.",
                required=True,
                when=_SHARED,
            ),
            Question(
                key="need",
                kind=Kind.LONG_TEXT,
                asks="What part have they in keeping the child safe, and why do they need it?",
                hint="Who has no part in it is not told.",
                required=True,
                when=_SHARED,
            ),
            Question(
                key="sent_how",
                kind=Kind.SHORT_TEXT,
                asks="How was it sent?",
                hint="Such as a telephone call to a number you know, or secure e-mail.",
                required=True,
                maximum=200,
                when=_SHARED,
            ),
            Question(
                key="protects",
                kind=Kind.LONG_TEXT,
                asks="Could anyone be harmed if it became known, and how are they protected?",
                hint="Such as a new address, or who told you.",
                when=_SHARED,
            ),
            Question(
                key="why",
                kind=Kind.LONG_TEXT,
                asks="Why is that right?",
                hint="Weigh what may happen if it is shared against what may happen if it is not.",
                required=True,
            ),
            Question(
                key="advice",
                kind=Kind.LONG_TEXT,
                asks="Whose advice did you take, and what did they say?",
            ),
            Question(
                key="decided_on", kind=Kind.DATE, asks="On what day was it decided?", required=True
            ),
        ),
    ),
)
TOLD_NOW = (Question(key="on", kind=Kind.DATE, asks="On what day were they told?", required=True),)


def asked(family: Family, actor: Actor) -> list[Question]:
    """Every question, in its order; whoever can see the family may be the one who decided."""
    seeing = {grant.member.pk: grant.member.name for grant in who_can_see(family) if grant.member}
    others = sorted((name, pk) for pk, name in seeing.items() if pk != actor.member.pk)
    who = Question(
        key="decided_by",
        kind=Kind.CHOICE,
        asks="Who decided?",
        hint="Someone who can see this family’s record.",
        required=True,
        options=tuple(
            Option.model_construct(key=str(pk), says=name, hint="")
            for name, pk in [(actor.name, actor.member.pk), *others]
        ),
    )
    *before, on = (one for _, _, questions in _PARTS for one in questions)
    return [*before, who, on]


@dataclass(frozen=True)
class Group:
    """Questions that belong together, with what to bear in mind."""

    title: str
    intro: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Decide:
    """The page that records a decision."""

    family_id: str
    family: str
    groups: tuple[Group, ...]
    refusals: tuple[str, ...]
    rules: tuple[str, ...] = RULES

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field, for the list of faults."""
        return tuple(field for group in self.groups for field in group.fields)


@dataclass(frozen=True)
class Decided:
    """A decision, to read and to print."""

    family_id: str
    family: str
    title: str
    lead: str
    family_knows: bool
    told: tuple[Field, ...]
    refusals: tuple[str, ...]
    rows: tuple[Row, ...]
    seen: str


def choices(family: Family, whom: Offered, today: date) -> Choices:
    """Whose information, and whom to tell: what there is to choose."""
    rows = [
        Option.model_construct(key=one.key, says=one.says, hint="; ".join(one.why))
        for one in whom.rows
    ]
    return Choices(
        people=[
            Option.model_construct(key=str(one.person_id), says=one.person.full_name, hint="")
            for one in members_of(family)
        ],
        lists={
            "agencies": [
                *rows,
                *whom.options,
                Option(key=OTHER, says="Someone who is not in this list"),
            ],
        },
        today=today,
    )


def groups(fields: Iterable[Field]) -> tuple[Group, ...]:
    """The questions as drawn, under their headings."""
    made: list[Group] = []
    heads = {questions[0].key: (title, intro) for title, intro, questions in _PARTS}
    for field in fields:
        if field.question.key in heads:
            made.append(Group(*heads[field.question.key], ()))
        made[-1] = replace(made[-1], fields=(*made[-1].fields, field))
    return tuple(made)


def whom_of(answers: dict[str, Any], whom: Offered) -> Share:
    """Who is told, and whether."""
    known = {one.key: one for one in whom.rows} | whom.others
    chosen = known.get(answers["whom"]) or Whom(answers["named"], named=answers["named"])
    return chosen.share(answers["shares"] == "yes")


def reasons_of(answers: dict[str, Any]) -> Reasons:
    """What the decision rests on."""
    return Reasons(**{key: answers.get(key, "") for key in Reasons.__dataclass_fields__})


def telling_of(answers: dict[str, Any]) -> Telling:
    """Whether the family knows."""
    on = answers.get("told_family_on")
    return Telling(
        answers["told_family"],
        date.fromisoformat(on) if on else None,
        answers.get("not_told_why", ""),
    )


def in_a_line(decision: SharingDecision) -> tuple[str, str]:
    """A decision on the family's page, and where it is read."""
    done = "shared" if decision.shares else "decided not to share"
    says = f"{day(decision.decided_on)}: {done} with {decision.whom}"
    if not decision.family_knows:
        says += ". The family does not know"
    return says, reverse("agreement:decision", args=[decision.pk])


def _law(decision: SharingDecision) -> str:
    basis = current().information.basis_for(decision.agency.kind) if decision.agency else None
    return f"{basis.ordinary}. {basis.special}" if basis else ""


def rows_of(decision: SharingDecision) -> tuple[Row, ...]:
    """What was written down of a decision."""
    people = [one.person.full_name for one in decision.about.all()]
    told = decision.get_told_family_display()
    if decision.told_family_on:
        told += f", on {day(decision.told_family_on)}"
    rows = (
        ("Whose information", ", ".join(sorted(people))),
        ("The harm, or the risk of it", decision.risk),
        ("Why there is no agreement", decision.get_why_not_agreed_display()),
        ("What they said, or why they were not asked", decision.why_not_agreed_says),
        ("Was the family told?", told),
        ("Why not" if not decision.family_knows else "Why not at first", decision.not_told_why),
        ("Who", decision.whom),
        ("What was shared", decision.what),
        ("Their part in keeping the child safe, and why they need it", decision.need),
        ("How it was sent", decision.sent_how),
        ("Who could be harmed by it, and how they are protected", decision.protects),
        ("Why it is right", decision.why),
        ("Advice taken", decision.advice or "None was taken"),
        ("The law they keep and share records by", _law(decision)),
        ("Decided by", f"{decision.decided_by.name}, {day(decision.decided_on)}"),
        ("Recorded by", f"{decision.created_by.name}, {moment(decision.created_at)}"),
    )
    return tuple(Row(label, says) for label, says in rows if says)
