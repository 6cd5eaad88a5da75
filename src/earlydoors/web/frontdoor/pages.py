"""What the front door's templates are given: built from models here, so that they see none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from earlydoors.domain.frontdoor.models import Conversation, RequestPerson, SupportRequest
from earlydoors.domain.frontdoor.queries import Again
from earlydoors.domain.frontdoor.rules import NOBODY_NAMED, about
from earlydoors.domain.frontdoor.states import REQUEST
from earlydoors.domain.partnership.actor import Actor
from earlydoors.foundation.kernel.dates import day, local_day, moment
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.schema import Level, Profile, Route
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.parts import Pages, Row
from earlydoors.web.design.words import count, sentence
from earlydoors.web.frontdoor.clocks import shown

NEXT_STEPS = {
    "request": "Ask for support for the family",
    "carry_on": "Carry on; no request is needed now",
}
_YES_NO = {True: "Yes", False: "No"}
KNOWS = {
    "agrees": "Yes, and they agree",
    "knows": "They know, and are not sure yet",
    "not_told": "They do not know yet",
}
_A_YEAR = "in the last 12 months"
HARM = {"no": "No", "yes": "Yes", "unsure": "Not sure"}


@dataclass(frozen=True)
class Tag:
    """A few words on a coloured ground."""

    says: str
    tone: str = "plain"


@dataclass(frozen=True)
class Line:
    """One request or conversation in a list."""

    sentence: str
    href: str
    button: str
    tags: Sequence[Tag] = ()
    detail: str = ""


@dataclass(frozen=True)
class Talk:
    """A conversation as its own page shows it."""

    id: UUID
    about: str
    asked: str
    tag: Tag | None
    family: str
    advice: str
    advised: str
    next_step: str
    answers: Sequence[tuple[str, Sequence[Row]]]
    mine: bool
    can_advise: bool
    can_request: bool
    requests: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Choice:
    """A way to sort or filter a list."""

    says: str
    href: str
    active: bool


@dataclass(frozen=True)
class Waiting:
    """The list of requests: the front door's, or one's own."""

    triages: bool
    can_ask: bool
    filters: Sequence[Choice]
    sorts: Sequence[Choice]
    lines: Sequence[Line]
    pages: Pages
    again: str
    empty_title: str
    empty_text: str


@dataclass(frozen=True)
class Outcome:
    """What was decided on a request, and what was told."""

    route: str
    level: str
    told: str
    decided: str
    rationale: str
    descriptors: Sequence[str]
    harm: Sequence[Row]


@dataclass(frozen=True)
class Asked:
    """A request as it is read."""

    id: UUID
    about: str
    from_whom: str
    state: str
    tag: Tag
    harm: str
    rows: Sequence[Row]
    people: Sequence[tuple[str, Sequence[Row]]]
    answers: Sequence[tuple[str, Sequence[Row]]]
    outcome: Outcome | None
    family: tuple[str, str] | None
    can_take_back: bool
    can_decide: bool
    mine: bool


def from_whom(asked: Conversation | SupportRequest) -> str:
    """Who asked, as others know them: name and setting or agency."""
    place = getattr(asked, "setting", None) or asked.agency
    return f"{asked.created_by.name}, {place}" if place else asked.created_by.name


def conversation_line(one: Conversation, actor: Actor, today: date) -> Line:
    """A conversation in a list."""
    mine = one.created_by_id == actor.member.pk
    asked = f"You asked on {day(local_day(one.created_at))}"
    if not mine:
        asked = f"{from_whom(one)} asked on {day(local_day(one.created_at))}"
    waits = one.state == "waiting"
    tag = Tag(*shown(one.due_on, today)) if waits else Tag("Answered", "done")
    if mine and waits:
        tag = Tag(f"Answer {tag.says[0].lower()}{tag.says[1:]}", tag.tone)
    return Line(
        sentence=one.about,
        href=reverse("frontdoor:conversation", args=[one.pk]),
        button="Give advice" if waits and not mine else "Read the advice" if not waits else "Open",
        tags=(tag,),
        detail=asked,
    )


def again_says(one: Again) -> str:
    """How many of the requests answered in a year were repeat requests; nothing before the first.

    3 of the 12 requests answered in the last 12 months were repeat requests, 1 of them after
    advice.
    """
    if not one.answered:
        return ""
    if one.answered == 1:
        said = f"The one request answered {_A_YEAR} was{'' if one.repeats else ' not'} a repeat"
        return f"{said} request{', after advice' if one.after_advice else ''}."
    were = "was a repeat request" if one.repeats == 1 else "were repeat requests"
    said = f"{one.repeats or 'None'} of the {count(one.answered, 'request')} answered {_A_YEAR}"
    so_many = "all" if one.after_advice == one.repeats else str(one.after_advice)
    advised = ", after advice" if one.repeats == 1 else f", {so_many} of them after advice"
    return f"{said} {were}{advised if one.after_advice else ''}."


def request_line(
    one: SupportRequest, actor: Actor, today: date, repeats: Iterable[UUID] = ()
) -> Line:
    """A request in a list, with what makes it stand out."""
    people = [p for p in one.people.all() if p.removed_on is None]
    mine = one.created_by_id == actor.member.pk
    parts = ["You" if mine else from_whom(one)]
    parts.append(
        f"sent it on {day(local_day(one.sent_at))}"
        if one.sent_at
        else f"began it on {day(local_day(one.created_at))}"
    )
    detail = " ".join(parts)
    if one.taken_up_by and one.state == "taken_up":
        by_me = one.taken_up_by_id == actor.member.pk
        detail += f" · {'You look' if by_me else one.taken_up_by.name + ' looks'} at it"
    return Line(
        sentence=sentence(about(people)),
        href=reverse("frontdoor:request", args=[one.pk]),
        button="Carry on" if one.state == "draft" else "Open",
        tags=tuple(_tags(one, today, repeated=one.pk in set(repeats))),
        detail=detail,
    )


def _tags(one: SupportRequest, today: date, *, repeated: bool) -> Iterable[Tag]:
    open_ = one.state in {"waiting", "taken_up"}
    if open_ and one.harm == "yes":
        yield Tag("A child may be harmed", "harm")
    if open_ and one.harm == "unsure":
        yield Tag("Not sure about harm", "harm")
    if open_ and one.due_on:
        yield Tag(*shown(one.due_on, today))
    if not open_:
        yield _state_tag(one)
    if repeated:
        yield Tag("Asked before", "note")


_STATES = {
    "draft": Tag("Not sent yet", "due"),
    "waiting": Tag("Waiting", "plain"),
    "taken_up": Tag("Being looked at", "plain"),
    "decided": Tag("Answered", "done"),
    "taken_back": Tag("Taken back", "quiet"),
}


def _state_tag(one: SupportRequest) -> Tag:
    return _STATES[one.state]


def person_rows(one: RequestPerson) -> tuple[Row, ...]:
    """What a request says about someone; what nobody said is left out."""
    born = day(one.born_on) if one.born_on else ""
    home = ", ".join(filter(None, [one.home, one.postcode]))
    pairs = (
        ("Relation", one.get_relation_display()),
        ("Known as", one.known_as),
        ("Date of birth", born),
        ("Due date", day(one.due_on) if one.due_on else ""),
        ("Parental responsibility", _said(one.parental_responsibility)),
        ("Lives with the family", _said(one.lives_here)),
        ("Address", home),
        ("School, nursery or setting", one.setting.name if one.setting else ""),
        ("Phone number", one.phone),
        ("First language", one.first_language),
        ("Needs an interpreter", _said(one.needs_interpreter)),
    )
    return tuple(Row(key, value) for key, value in pairs if value)


def _said(answer: bool | None) -> str:
    return "" if answer is None else _YES_NO[answer]


def request_rows(one: SupportRequest, change: str | None = None) -> tuple[Row, ...]:
    """What was said about harm and whether the family knows."""
    return (
        Row(
            "Is a child suffering, or likely to suffer, significant harm?",
            HARM.get(one.harm, "Not answered"),
            href=change,
        ),
        Row(
            "Does the family know?",
            KNOWS.get(one.family_knows, "Not answered"),
            href=change,
        ),
    )


def state_tag(one: SupportRequest, today: date) -> Tag:
    """How a request stands, with its clock while it waits."""
    if one.state in {"waiting", "taken_up"} and one.due_on:
        return Tag(*shown(one.due_on, today))
    return _state_tag(one)


def state_says(one: SupportRequest) -> str:
    """How a request stands, as a sentence."""
    if one.state == "taken_up" and one.taken_up_by:
        return f"{one.taken_up_by.name} is looking at it."
    return f"It is {REQUEST.by_key[one.state].says}."


def outcome_of(one: SupportRequest, *, in_full: bool) -> Outcome | None:
    """What became of a request. `in_full` adds why, for those who decide and those who help."""
    if one.state != "decided" or one.decided_at is None:
        return None
    profile = current()
    level = _level(profile, one.level)
    chosen = [d.says for d in level.descriptors if d.key in one.descriptors] if level else []
    route = next((r for r in profile.routes if r.key == one.route), None)
    by = one.decided_by.name if one.decided_by else ""
    return Outcome(
        route=route.name if route else one.route,
        level=level.name if level else one.level,
        told=one.told,
        decided=f"{by}, {day(local_day(one.decided_at))}",
        rationale=one.rationale if in_full else "",
        descriptors=chosen if in_full else (),
        harm=_harm_rows(one) if in_full else (),
    )


def _level(profile: Profile, key: str) -> Level | None:
    return next((level for level in profile.levels if level.key == key), None)


def route_name(key: str) -> str:
    """The area's name of a route; its key once the area has dropped it."""
    found: Route | None = next((r for r in current().routes if r.key == key), None)
    return found.name if found else key


def _harm_rows(one: SupportRequest) -> tuple[Row, ...]:
    referral = one.harm_referral
    if referral is None:
        return ()
    told = "Yes" if referral.family_told else f"No. {referral.family_not_told_why}"
    return (
        Row("Who was told", f"{referral.told_whom}, {referral.told_where}"),
        Row("When", moment(referral.told_at)),
        Row("How", referral.told_how or "Not said"),
        Row("Was the family told?", told),
    )


def named(people: Sequence[RequestPerson]) -> str:
    """Whom a request is about, fit for a heading."""
    said = about(people)
    return "Not named yet" if said == NOBODY_NAMED else said


def choices(
    address: str, options: Iterable[tuple[str, str]], name: str, chosen: str, **others: str
) -> tuple[Choice, ...]:
    """Links that set one thing of a list and keep the others."""
    return tuple(
        Choice(
            says,
            f"{address}?{urlencode({**{k: v for k, v in others.items() if v}, name: key})}",
            key == chosen,
        )
        for key, says in options
    )
