"""The acts from the family's answer on: agreement, assessment, team, meetings, plan."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from types import MappingProxyType
from typing import Any

from earlydoors.domain.assessment import operations as assessments
from earlydoors.domain.assessment.queries import needs_of
from earlydoors.domain.consent.operations import Answer, Share, Terms
from earlydoors.domain.episodes import agreement as answers_to_offer
from earlydoors.domain.episodes import team
from earlydoors.domain.episodes.queries import team_of
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Agency
from earlydoors.domain.people.queries import members_of
from earlydoors.domain.plan import meetings, reviews
from earlydoors.domain.plan import operations as plans
from earlydoors.domain.plan.models import Action, Meeting, Outcome
from earlydoors.domain.plan.queries import unanswered
from earlydoors.domain.plan.reviews import Scored
from earlydoors.domain.records.operations import begin as begin_form
from earlydoors.foundation.forms.schema import Purpose
from earlydoors.simulation.answers import area_of_life, fill, on_scale, readings
from earlydoors.simulation.clockwork import Stage
from earlydoors.web.sections.before import forms_before


def agree(
    stage: Stage,
    *,
    day: int,
    by: str,
    person: str,
    with_whom: Iterable[str],
    not_with: Sequence[tuple[str, str]] = (),
    told_how: str = "in_person",
    helped_by: Sequence[str] = (),
    language: str = "",
    heard: Mapping[str, tuple[str, str]] = MappingProxyType({}),
    clock: str = "15:30",
) -> None:
    """A parent says yes in writing, to all parts about the children and about themselves.

    `not_with` are (agency's key, name where there is none); `heard` is what each other person said,
    by name, with why they were not asked.
    """
    who, at = stage.who(by), stage.at(day, clock)
    form_record = begin_form(purpose=Purpose.CONSENT, by=who, at=at, family=stage.household)
    fill(form_record, stage.texts("consent"), by=who, at=at)
    told: dict[Any, Share] = {}
    for part in (by, "door", *with_whom):
        actor = stage.who(part)
        # A family agrees to its own school, not to every school of the agency.
        setting = actor.membership.setting
        told[actor.agency, setting] = Share(shares=True, agency=actor.agency, setting=setting)
    for key, named in not_with:
        agency = Agency.objects.filter(key=key).first()
        told[key, None] = Share(shares=False, agency=agency, named="" if agency else named)
    stage.agreement = answers_to_offer.agree(
        episode=stage.help,
        person=stage.person(person),
        agreed_on=at.date(),
        told_how=told_how,
        in_writing=True,
        shares=told.values(),
        purpose=stage.line("purpose"),
        terms=Terms(
            covers=[
                one.person
                for one in members_of(stage.household)
                if one.relation == "child" or one.person == stage.person(person)
            ],
            parts=[one.key for one in stage.profile.information.parts],
            heard=[Answer(stage.person(name), *said) for name, said in heard.items()],
            helped_by=helped_by,
            language=language,
        ),
        form_record=form_record,
        by=who,
        at=at,
    )


def refuse(stage: Stage, *, day: int, by: str, person: str) -> None:
    """Someone says no, and the door stays open."""
    who, at = stage.who(by), stage.at(day, "16:00")
    form_record = begin_form(purpose=Purpose.REFUSAL, by=who, at=at, family=stage.household)
    fill(form_record, stage.texts("refusal"), by=who, at=at)
    answers_to_offer.decline(
        episode=stage.help,
        person=stage.person(person),
        refused_on=at.date(),
        why=stage.line("refused_why"),
        reassurance=stage.line("reassurance"),
        universal_help=stage.line("universal_help"),
        told_what_is_recorded=True,
        section_17="not_met",
        section_17_why=stage.line("section_17_why"),
        form_record=form_record,
        by=who,
        at=at,
    )


def begin_assessment(
    stage: Stage, *, day: int, by: str, only: int | None = None, version: int = 0
) -> None:
    """The whole-family assessment begins; `only` the first so many sections are written yet."""
    who, at = stage.who(by), stage.at(day, "09:30")
    stage.assessment = assessments.begin(
        episode=stage.help,
        before=forms_before(stage.household, at),
        by=who,
        at=at,
        version=version,
    )
    if only is not None:
        sections = [s.key for s in stage.assessment.form_record.form.sections[:only]]
        fill(stage.assessment.form_record, stage.texts("assessment"), by=who, at=at, only=sections)


def contribute(stage: Stage, *, day: int, part: str, section: str) -> None:
    """Another agency writes its own section, where the area's form gives it one."""
    who, at = stage.who(part), stage.at(day, "14:15")
    if stage.assessment is not None:
        record = stage.assessment.form_record
        fill(record, stage.texts("assessment"), by=who, at=at, only=[section])


def finish_assessment(
    stage: Stage, *, day: int, by: str, scores: Sequence[dict[str, Any]] = ()
) -> None:
    """The rest is written, the family has read it, and the first scores are given."""
    who, at = stage.who(by), stage.at(day, "15:00")
    if stage.assessment is None:
        raise LookupError("There is no assessment to finish.")
    fill(stage.assessment.form_record, stage.texts("assessment"), by=who, at=at)
    assessments.finish(assessment=stage.assessment, by=who, at=at + timedelta(minutes=40))
    if scores:
        reviews.score(
            episode=stage.help,
            scores=scored(stage, scores),
            on=at.date(),
            by=who,
            at=at + timedelta(minutes=50),
        )


def hear(stage: Stage, *, day: int, by: str, person: str, agrees: str, line: str, how: str) -> None:
    """What someone of the family says of the assessment, kept as theirs."""
    if stage.assessment is None:
        raise LookupError("There is no assessment to say anything of.")
    at = stage.at(day, "16:10")
    assessments.say(
        assessment=stage.assessment,
        person=stage.person(person),
        agrees=agrees,
        words=stage.line(line),
        given_on=at.date(),
        given_how=how,
        by=stage.who(by),
        at=at,
    )


def scored(stage: Stage, lines: Sequence[dict[str, Any]]) -> list[Scored]:
    """Scores out of ten on the area's own scale: one line for each area of life."""
    profile, found = stage.profile, []
    for line in lines:
        area = area_of_life(profile, line["area"])
        for view in ("family", "child", "worker"):
            for name, value in _each(line.get(view)):
                person = stage.person(name) if name else None
                points = int(on_scale(value, profile.scale_steps))
                found.append(Scored(area, view, points, person))
    return found


def _each(given: Any) -> list[tuple[str, int]]:
    if given is None:
        return []
    return list(given.items()) if isinstance(given, dict) else [("", given)]


def build_team(
    stage: Stage, *, day: int, by: str, workers: Sequence[tuple[str, str]], family: Iterable[str]
) -> None:
    """Workers (with what they do) and people of the family join the team."""
    who, at = stage.who(by), stage.at(day, "11:00")
    joined: set[object] = {place.member_id for place in team_of(stage.help)}
    for part, does in workers:
        actor = stage.who(part)
        if actor.member.pk not in joined:
            joined.add(actor.member.pk)
            at += timedelta(minutes=2)
            team.add_worker(episode=stage.help, worker=actor.membership, does=does, by=who, at=at)
    for name in family:
        at += timedelta(minutes=2)
        team.add_person(episode=stage.help, person=stage.person(name), does="", by=who, at=at)


def call_meeting(
    stage: Stage,
    *,
    day: int,
    on: int,
    by: str,
    purpose: str = "first",
    starts: time = time(15, 30),
    not_invited: Iterable[str] = (),
) -> Meeting:
    """Call a meeting for day `on`, and invite the team but for those who are met apart."""
    apart = set(not_invited)
    invited = [
        place
        for place in team_of(stage.help)
        if not (place.person and place.person.given_name in apart)
    ]
    setting = stage.who(by).membership.setting
    return meetings.call(
        episode=stage.help,
        on=stage.on(on),
        starts=starts,
        place=str(setting) if setting else "At the family’s home",
        purpose=purpose,
        invited=invited,
        by=stage.who(by),
        at=stage.at(day, "12:00"),
    )


def hold_meeting(
    stage: Stage,
    *,
    meeting: Meeting,
    day: int,
    by: str,
    form: str = "meeting",
    lead: str = "",
    lead_why: str = "",
    family_told: str = "",
    absent: Iterable[Actor] = (),
) -> None:
    """Record a meeting: who came, what was said, who leads from here."""
    at = stage.at(day, "17:00")
    away = {actor.member.pk for actor in absent}
    came = {one.pk: "sent" if one.member_id in away else "yes" for one in meeting.attendance.all()}
    meetings.hold(
        meeting=meeting,
        came=came,
        readings=readings(
            Purpose.MEETING, stage.texts(form), today=at.date(), family=stage.household
        ),
        lead=stage.who(lead).member if lead else None,
        lead_why=lead_why,
        family_told=family_told,
        by=stage.who(by),
        at=at,
    )


def write_plan(stage: Stage, *, day: int, by: str, outcomes: str = "outcomes") -> None:
    """The plan's pages, its outcomes in the family's words, and its actions."""
    who, at = stage.who(by), stage.at(day, "09:15")
    stage.plan = plans.begin(episode=stage.help, by=who, at=at)
    fill(stage.plan.form_record, stage.texts("plan"), by=who, at=at)
    needs = needs_of(stage.help)
    for line in stage.lines(outcomes):
        at += timedelta(minutes=10)
        area = area_of_life(stage.profile, line["area"])
        wanted = [n for n in needs if any(w in n.says.lower() for w in line.get("answers", ()))]
        outcome = plans.set_outcome(
            plan=stage.plan,
            words=stage.say(line["words"]),
            set_by=stage.person(line["set_by"]) if "set_by" in line else None,
            area=area,
            needs=wanted,
            by=who,
            at=at,
        )
        for action in line["actions"]:
            at += timedelta(minutes=2)
            _set_action(stage, outcome, action, who, at)
    for need in unanswered(stage.help):
        plans.answer_need(need=need, why=stage.line("no_outcome_why"), by=who, at=at)


def _set_action(
    stage: Stage, outcome: Outcome, line: dict[str, Any], who: Actor, at: datetime
) -> None:
    owner: dict[str, Any] = {"other": line.get("other", "")}
    if "member" in line:
        owner = {"member": stage.who(line["member"]).member}
    elif "person" in line:
        owner = {"person": stage.person(line["person"])}
    plans.set_action(
        outcome=outcome,
        what=stage.say(line["what"]),
        due_on=stage.on(line["due"]),
        service=line.get("service", ""),
        service_asked_on=stage.on(line["asked"]) if "asked" in line else None,
        by=who,
        at=at,
        **owner,
    )


def agree_plan(stage: Stage, *, day: int, by: str, with_whom: str) -> None:
    """Family and team agree on the plan; help is under way."""
    if stage.plan is None:
        raise LookupError("There is no plan to agree on.")
    at = stage.at(day, "16:45")
    plans.agree(
        plan=stage.plan, agreed_on=at.date(), agreed_with=with_whom, by=stage.who(by), at=at
    )


def live(stage: Stage, *, until: int, by: str, outcomes: str = "outcomes") -> None:
    """Time goes by until day N: what was to be done by then is done, services start."""
    lead = stage.who(by)
    for line in stage.lines(outcomes):
        for told in line["actions"]:
            action = Action.objects.get(
                what=stage.say(told["what"]), outcome__plan__episode=stage.help
            )
            started = told.get("started")
            if started is not None and started <= until and not action.service_started_on:
                plans.track_service(
                    action=action,
                    asked_on=action.service_asked_on,
                    started_on=stage.on(started),
                    ended_on=None,
                    by=lead,
                    at=stage.at(started, "10:40"),
                )
            done = told.get("done")
            if done is not None and done <= until and action.state == "open":
                plans.complete_action(
                    action=action,
                    done_on=stage.on(done),
                    note=stage.say(told.get("note", "")),
                    by=lead,
                    at=stage.at(done, "16:20"),
                )
