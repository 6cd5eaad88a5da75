"""The questions of a decision on a request: built from the area's levels, routes and partners.

Everything conditional is a condition of the form, so that without a script each question says when
it is to be answered, and an answer to a question that is not asked is not kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from earlydoors.domain.frontdoor.models import RequestPerson
from earlydoors.domain.frontdoor.queries import Known
from earlydoors.domain.frontdoor.triage import Decided, Harm
from earlydoors.domain.partnership.models import Agency, Desk, Member, Membership
from earlydoors.domain.people.models import Family, Person
from earlydoors.foundation.forms.answers import Choices
from earlydoors.foundation.forms.schema import Condition, Kind, Option, Question
from earlydoors.foundation.kernel.dates import LONDON, day
from earlydoors.foundation.profile.schema import Decision, Profile, Route
from earlydoors.web.frontdoor.questions import YES_NO

NEW = "new"
NOBODY = "nobody"


@dataclass(frozen=True)
class Partners:
    """Whom a decision may name: the workers and agencies of today, and the panels."""

    workers: Sequence[Membership]
    agencies: Sequence[Agency]
    panels: Mapping[str, Desk]


def option(key: object, says: str, hint: str = "") -> Option:
    """An option whose key is the id of a record, which the area's forms would not allow."""
    return Option.model_construct(key=str(key), says=says, hint=hint)


def choices(partners: Partners) -> Choices:
    """What the decision offers to choose from: agencies, and workers as people."""
    listed = {one.member_id: one for one in reversed(partners.workers)}
    by_name = sorted(listed.values(), key=lambda one: one.member.name)
    return Choices(
        lists={"agencies": [option(a.key, a.name) for a in partners.agencies]},
        people=[option(one.member_id, _worker(one)) for one in by_name],
    )


def _worker(one: Membership) -> str:
    what = one.member.job_title or one.role_name
    return ", ".join(filter(None, [one.member.name, what, str(one.setting or one.agency or "")]))


def decision_questions(profile: Profile, partners: Partners) -> tuple[Question, ...]:
    """Level, descriptors, route and what the route needs, why, and what is told."""
    return (
        Question(
            key="level",
            kind=Kind.CHOICE,
            asks="Which level fits?",
            required=True,
            options=tuple(
                Option(key=one.key, says=one.name, hint=one.means) for one in profile.levels
            ),
        ),
        *(
            Question(
                key=f"descriptors_{one.key}"[:60],
                kind=Kind.CHOICES,
                asks=f"What in {one.name} fits this family?",
                hint="Choose what your decision rests on.",
                options=tuple(Option(key=d.key, says=d.says) for d in one.descriptors),
                when=Condition(question="level", is_any_of=(one.key,)),
            )
            for one in profile.levels
            if one.descriptors
        ),
        Question(
            key="route",
            kind=Kind.CHOICE,
            asks="What happens now?",
            required=True,
            options=tuple(
                Option(key=one.key, says=one.name, hint=_serves(one, profile))
                for one in profile.routes
            ),
        ),
        *_of_agency(profile),
        *_of_coordinated(profile),
        *_of_panel(profile, partners),
        *_of_social_care(profile),
        Question(
            key="rationale",
            kind=Kind.LONG_TEXT,
            asks="Why this level and this answer?",
            hint="For the record. Say what the decision rests on and what you weighed.",
            required=True,
        ),
        *(
            Question(
                key=f"told_{one.key}"[:60],
                kind=Kind.LONG_TEXT,
                asks=f"What requester and family are told: {one.name}",
                hint="They read these words. Change them so that they fit this family.",
                required=True,
                when=Condition(question="route", is_any_of=(one.key,)),
            )
            for one in profile.routes
        ),
    )


def _serves(route: Route, profile: Profile) -> str:
    names = [profile.level(key).name for key in route.levels]
    return f"{route.explains} For {', '.join(names)}."


def _when(profile: Profile, decision: Decision) -> Condition | None:
    keys = tuple(route.key for route in profile.routes if route.decision == decision)
    return Condition(question="route", is_any_of=keys) if keys else None


def _of_agency(profile: Profile) -> tuple[Question, ...]:
    when = _when(profile, Decision.SINGLE_AGENCY)
    if when is None:
        return ()
    return (
        Question(
            key="agency",
            kind=Kind.CHOICE,
            asks="Which agency helps?",
            options_from="agencies",
            required=True,
            when=when,
        ),
        Question(
            key="worker",
            kind=Kind.PERSON,
            asks="Who in that agency?",
            hint="Leave it open if the agency has yet to say.",
            when=when,
        ),
    )


def _of_coordinated(profile: Profile) -> tuple[Question, ...]:
    when = _when(profile, Decision.COORDINATED)
    if when is None:
        return ()
    word = profile.words.assessment.one
    return (
        Question(
            key="assessor",
            kind=Kind.PERSON,
            asks=f"Who talks with the family and begins the {word}?",
            hint="They can see the family’s record from now on. Often whoever asked.",
            when=when,
        ),
    )


def _of_panel(profile: Profile, partners: Partners) -> tuple[Question, ...]:
    made = []
    for route in profile.routes:
        if route.decision != Decision.PANEL:
            continue
        desks = [partners.panels[key] for key in route.panels if key in partners.panels]
        if not desks:
            continue
        made.append(
            Question(
                key=f"panel_{route.key}"[:60],
                kind=Kind.CHOICE,
                asks=f"Which meeting talks about it? {route.name}",
                required=True,
                options=tuple(Option(key=desk.key, says=desk.name) for desk in desks),
                when=Condition(question="route", is_any_of=(route.key,)),
            )
        )
    return tuple(made)


def _of_social_care(profile: Profile) -> tuple[Question, ...]:
    when = _when(profile, Decision.SOCIAL_CARE)
    if when is None:
        return ()

    def ask(key: str, kind: Kind, asks: str, hint: str = "") -> Question:
        return Question(key=key, kind=kind, asks=asks, hint=hint, required=True, when=when)

    return (
        ask("told_whom", Kind.SHORT_TEXT, "Whom did you tell?", "Their name and role."),
        ask("told_where", Kind.SHORT_TEXT, "Where do they work?", profile.words.social_care.one),
        ask("told_on", Kind.DATE, "On which day did you tell them?"),
        ask("told_at", Kind.TIME, "At what time?"),
        Question(
            key="told_how", kind=Kind.SHORT_TEXT, asks="How? By phone, for example", when=when
        ),
        Question(
            key="family_told",
            kind=Kind.CHOICE,
            asks="Was the family told?",
            options=YES_NO,
            required=True,
            when=when,
        ),
        Question(
            key="family_not_told_why",
            kind=Kind.LONG_TEXT,
            asks="Why was it not safe to tell the family?",
            required=True,
            when=Condition(question="family_told", is_any_of=("no",)),
        ),
    )


def begun(profile: Profile) -> dict[str, str]:
    """What stands in the form at first: the area's own words of what happens next."""
    return {f"told_{one.key}"[:60]: one.explains for one in profile.routes}


def decided(
    answers: Mapping[str, Any], profile: Profile, partners: Partners
) -> tuple[Decided, tuple[str, str]]:
    """The decision as the operation takes it, and a fault (question, sentence), empty if none."""
    route = profile.route(answers["route"])
    members = {str(one.member_id): one for one in partners.workers}
    chosen = members.get(answers.get("worker") or answers.get("assessor") or "")
    agency = next((a for a in partners.agencies if a.key == answers.get("agency")), None)
    fault = ("", "")
    if agency and chosen and chosen.agency_id != agency.pk:
        fault = "worker", f"{chosen.member.name} does not work for {agency.name}. Choose again"
    if answers["level"] not in route.levels:
        names = " or ".join(profile.level(key).name for key in route.levels)
        fault = "route", f"“{route.name}” is for {names}. Change the level or choose another answer"
    made = Decided(
        route=route.key,
        level=answers["level"],
        rationale=answers["rationale"],
        told=answers[f"told_{route.key}"[:60]],
        descriptors=answers.get(f"descriptors_{answers['level']}"[:60], []),
        agency=agency,
        worker=_member(chosen),
        panel=partners.panels.get(answers.get(f"panel_{route.key}"[:60], "")),
        harm=_harm(answers) if route.decision == Decision.SOCIAL_CARE else None,
    )
    return made, fault


def _member(chosen: Membership | None) -> Member | None:
    return chosen.member if chosen else None


def _harm(answers: Mapping[str, Any]) -> Harm:
    on = date.fromisoformat(answers["told_on"])
    told_at = datetime.combine(on, time.fromisoformat(answers["told_at"]), tzinfo=LONDON)
    return Harm(
        concern=answers["rationale"],
        told_whom=answers["told_whom"],
        told_where=answers["told_where"],
        told_at=told_at,
        told_how=answers.get("told_how", ""),
        family_told=answers["family_told"] == "yes",
        family_not_told_why=answers.get("family_not_told_why", ""),
    )


def known_questions(
    known: Sequence[Known], families: Sequence[Family], *, settled: bool
) -> tuple[Question, ...]:
    """Whether the family and each of its people is one already on record.

    `settled` when whoever asked did so from the family's record: then only people are asked about.
    """
    made: list[Question] = []
    if families and not settled:
        made.append(
            Question(
                key="family",
                kind=Kind.CHOICE,
                asks="Which family is it?",
                required=True,
                options=(
                    *(option(one.pk, f"The {one}", _who(one, known)) for one in families),
                    Option(key=NEW, says="Not known: write down a new family"),
                ),
            )
        )
    for one, likenesses in by_asked(known):
        made.append(
            Question(
                key=same_key(one),
                kind=Kind.CHOICE,
                asks=f"Is {_told(one)} someone already on record?",
                required=True,
                options=(
                    *(
                        option(like.person.pk, f"Yes, {_told(like.person)}", f"{like.why}.")
                        for like in likenesses
                    ),
                    Option(key=NOBODY, says="No, somebody else"),
                ),
            )
        )
    return tuple(made)


def same_key(one: RequestPerson) -> str:
    """The key of the question whether someone is already on record."""
    return f"same_{one.pk.hex}"


def by_asked(known: Iterable[Known]) -> list[tuple[RequestPerson, list[Known]]]:
    """Likenesses by the person of the request they are to."""
    found: dict[Any, tuple[RequestPerson, list[Known]]] = {}
    for one in known:
        found.setdefault(one.asked.pk, (one.asked, []))[1].append(one)
    return list(found.values())


def same_as(answers: Mapping[str, Any], known: Iterable[Known]) -> dict[Any, Person]:
    """Which people of the request are which people on record, as answered."""
    return {
        one.asked.pk: one.person
        for one in known
        if answers.get(same_key(one.asked)) == str(one.person.pk)
    }


def _told(one: RequestPerson | Person) -> str:
    if one.born_on:
        return f"{one.full_name}, born {day(one.born_on)}"
    return f"{one.full_name}, due {day(one.due_on)}" if one.due_on else one.full_name


def _who(family: Family, known: Iterable[Known]) -> str:
    names = dict.fromkeys(
        one.person.full_name
        for one in known
        if any(m.family_id == family.pk and m.left_on is None for m in one.person.families.all())
    )
    return f"{', '.join(names)} {'is' if len(names) == 1 else 'are'} in it." if names else ""
