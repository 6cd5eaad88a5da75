"""The plan as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from earlydoors.domain.assessment.models import Need
from earlydoors.domain.assessment.queries import needs_of
from earlydoors.domain.episodes.models import Episode
from earlydoors.domain.information.disputing import disagreements_in
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.plan.models import Action, Outcome, Plan, Progress
from earlydoors.domain.plan.queries import lacking, outcomes_of, readers_of, reviews_of
from earlydoors.domain.plan.rules import Lack
from earlydoors.foundation.kernel.dates import day
from earlydoors.foundation.profile.schema import Profile
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.parts import Row, TaskGroup
from earlydoors.web.design.words import count, until
from earlydoors.web.families.disputed import NONE, Disputed, beside
from earlydoors.web.sections import paged

SOON = 7  # days before a due day from which it is marked


@dataclass(frozen=True)
class Link:
    """Something to do or read: words and an address."""

    text: str
    href: str


@dataclass(frozen=True)
class ActionLine:
    """An action with who does it, by when, and where it stands."""

    id: UUID
    what: str
    owner: str
    due: str
    tone: str
    done: bool
    open: bool
    note: str
    service: str
    disputed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Seen:
    """How far an outcome was at its latest review, as the family and the team saw it."""

    when: str
    family: str
    team: str
    words: str
    tone: str


@dataclass(frozen=True)
class OutcomeCard:
    """An outcome in the words of whoever set it, and all that belongs to it."""

    id: UUID
    words: str
    by: str
    area: str
    needs: tuple[str, ...]
    state: str
    met: bool
    why: str
    seen: Seen | None
    actions: tuple[ActionLine, ...]
    disputed: tuple[str, ...] = ()


@dataclass(frozen=True)
class NeedLine:
    """A need without an answer yet, or answered with a reason."""

    id: UUID
    says: str
    area: str
    found: str
    why: str
    disputed: tuple[str, ...] = ()


@dataclass(frozen=True)
class ServiceLine:
    """A service asked for: since when it is waited for, when it started and ended."""

    name: str
    stands: str
    since: str
    tone: str
    href: str


@dataclass(frozen=True)
class ReviewLine:
    """An earlier review: its day and what was decided."""

    when: str
    decision: str
    href: str


@dataclass(frozen=True)
class PlanPage:
    """The plan of a period of help, or that there is none yet."""

    episode_id: UUID
    family_id: UUID
    family: str
    closed: bool
    rests: bool
    may_change: bool
    may_meet: bool
    may_review: bool
    may_close: bool
    plan_id: UUID | None = None
    agreed: str = ""
    agreed_with: str = ""
    due: str = ""
    overdue: bool = False
    next_review: str = ""
    review_tone: str = "plain"
    lead: str = ""
    lacks: tuple[Link, ...] = ()
    outcomes: tuple[OutcomeCard, ...] = ()
    dropped: tuple[OutcomeCard, ...] = ()
    unanswered: tuple[NeedLine, ...] = ()
    reasoned: tuple[NeedLine, ...] = ()
    services: tuple[ServiceLine, ...] = ()
    sections: Sequence[TaskGroup] = field(default_factory=tuple)
    narrative: Sequence[tuple[str, Sequence[Row]]] = field(default_factory=tuple)
    reviews: tuple[ReviewLine, ...] = ()
    copies: tuple[Link, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether the plan can be agreed now."""
        return self.plan_id is not None and not self.lacks

    @property
    def open_outcomes(self) -> tuple[OutcomeCard, ...]:
        """The outcomes still worked on."""
        return tuple(card for card in self.outcomes if not card.met)


def due_tone(due_on: date, today: date) -> str:
    """How a day that something is due on is marked."""
    if due_on < today:
        return "harm"
    return "due" if (due_on - today).days <= SOON else "plain"


def area_names(profile: Profile) -> dict[str, str]:
    """The area's names for the areas of life, by key."""
    return {area.key: area.name for area in profile.areas_of_life}


def service_stands(action: Action, today: date) -> tuple[str, str, str]:
    """Where a service stands: a word, the days in words, and how it is marked."""
    if action.service_ended_on:
        began = f"{day(action.service_started_on)} to " if action.service_started_on else ""
        return "Ended", f"{began}{day(action.service_ended_on)}", "quiet"
    if action.service_started_on:
        days = _waited(action.service_asked_on, action.service_started_on)
        after = f", after {days}" if days else ""
        return "Started", f"{day(action.service_started_on)}{after}", "done"
    if action.service_asked_on:
        days = _waited(action.service_asked_on, today)
        ago = f"{days} ago" if days else until(action.service_asked_on, today)
        return "Waiting", f"asked for on {day(action.service_asked_on)}, {ago}", "due"
    return "Not asked for yet", "", "quiet"


def _waited(asked_on: date | None, until_day: date) -> str:
    """A wait as services count it: in days, then in weeks. Nothing for less than a day."""
    days = (until_day - asked_on).days if asked_on else 0
    if days < 1:
        return ""
    return count(days, "day") if days < 14 else count(days // 7, "week")


def action_line(action: Action, today: date, disputed: Disputed = NONE) -> ActionLine:
    """An action as a line."""
    if action.state == "done":
        due, tone = f"Done on {day(action.done_on)}" if action.done_on else "Done", "done"
    elif action.state == "dropped":
        due, tone = "No longer needed", "quiet"
    else:
        tone = due_tone(action.due_on, today)
        late = "Was due" if tone == "harm" else "By"
        due = f"{late} {day(action.due_on)}"
    service = ""
    if action.service:
        stands, since, _ = service_stands(action, today)
        service = f"{action.service}: {stands.lower()}" + (f" ({since})" if since else "")
    return ActionLine(
        id=action.pk,
        what=action.what,
        owner=action.owner,
        due=due,
        tone=tone,
        done=action.state == "done",
        open=action.state == "open",
        note=action.note,
        service=service,
        disputed=beside(action, disputed),
    )


def _seen(progress: Progress) -> Seen:
    tones = {"met": "done", "nearly": "done", "none": "due", "worse": "harm"}
    return Seen(
        when=day(progress.review.held_on),
        family=progress.get_family_view_display() if progress.family_view else "",
        team=progress.get_worker_view_display(),
        words=progress.words,
        tone=tones.get(progress.worker_view, "plain"),
    )


def outcome_card(
    outcome: Outcome, areas: dict[str, str], today: date, disputed: Disputed = NONE
) -> OutcomeCard:
    """An outcome with its latest progress and its actions: open ones first, by their day."""
    latest = max(
        outcome.progress.all(), key=lambda p: (p.review.held_on, p.created_at), default=None
    )
    order = {"open": 0, "done": 1, "dropped": 2}
    actions = sorted(outcome.actions.all(), key=lambda a: (order[a.state], a.due_on, a.created_at))
    return OutcomeCard(
        id=outcome.pk,
        words=outcome.words,
        by=outcome.set_by.full_name if outcome.set_by else "The family together",
        area=areas.get(outcome.area, ""),
        needs=tuple(need.says for need in outcome.needs.all()),
        state=outcome.state,
        met=outcome.state == "met",
        why=outcome.state_why,
        seen=_seen(latest) if latest else None,
        actions=tuple(action_line(action, today, disputed) for action in actions),
        disputed=beside(outcome, disputed),
    )


def need_line(need: Need, areas: dict[str, str], disputed: Disputed = NONE) -> NeedLine:
    """A need as a line."""
    return NeedLine(
        id=need.pk,
        says=need.says,
        area=areas.get(need.area, ""),
        found=f"Found in {need.get_found_in_display()} on {day(need.found_on)}",
        why=need.no_outcome_why,
        disputed=beside(need, disputed),
    )


def lack_links(lacks: Sequence[Lack], plan: Plan) -> tuple[Link, ...]:
    """What is missing, with the page where it is put right. Needs are told in one line: they
    stand below, each with its own links."""
    links = []
    for lack in lacks:
        if lack.what == "lead":
            links.append(Link(lack.says, reverse("families:lead", args=[plan.episode_id])))
        elif lack.what == "outcome":
            links.append(Link(lack.says, reverse("plans:outcome", args=[plan.pk])))
        elif lack.what == "action":
            links.append(Link(lack.says, reverse("plans:action", args=[lack.about])))
    needs = [lack for lack in lacks if lack.what == "need"]
    if needs:
        says = needs[0].says if len(needs) == 1 else f"Answer {len(needs)} needs."
        address = reverse("plans:plan", args=[plan.episode_id])
        links.append(Link(says, f"{address}#needs"))
    return tuple(links)


def _services(outcomes: Sequence[Outcome], today: date) -> tuple[ServiceLine, ...]:
    lines = []
    for outcome in outcomes:
        for action in outcome.actions.all():
            if action.service and action.state != "dropped":
                stands, since, tone = service_stands(action, today)
                href = reverse("plans:service", args=[action.pk])
                lines.append(ServiceLine(action.service, stands, since, tone, href))
    order = ["Waiting", "Not asked for yet", "Started", "Ended"]
    return tuple(sorted(lines, key=lambda line: order.index(line.stands)))


def needs_without_answer(
    needs: Sequence[Need], outcomes: Sequence[Outcome]
) -> tuple[list[Need], list[Need]]:
    """The needs that nothing answers yet, and those answered with a reason alone."""
    answered = {
        need.pk
        for outcome in outcomes
        if outcome.state != "dropped"
        for need in outcome.needs.all()
    }
    left = [need for need in needs if need.pk not in answered]
    return [n for n in left if not n.no_outcome_why], [n for n in left if n.no_outcome_why]


def plan_page(episode: Episode, plan: Plan | None, actor: Actor, today: date) -> PlanPage:
    """The plan as its page shows it to this actor."""
    closed = episode.state == "closed"
    rests = episode.state == "stepped_up"
    goes_on = not closed and not rests
    areas = area_names(episode.profile.profile)
    outcomes = outcomes_of(plan) if plan else []
    waiting, reasoned = needs_without_answer(needs_of(episode), outcomes)
    disputed = disagreements_in(episode.family)
    page = PlanPage(
        episode_id=episode.pk,
        family_id=episode.family_id,
        family=str(episode.family),
        closed=closed,
        rests=rests,
        may_change=actor.may(Right.PLAN) and goes_on,
        may_meet=actor.may(Right.MEET) and goes_on,
        may_review=actor.may(Right.REVIEW) and goes_on,
        may_close=actor.may(Right.CLOSE) and not closed,
        lead=episode.lead.name if episode.lead else "",
        unanswered=tuple(need_line(n, areas, disputed) for n in waiting),
        reasoned=tuple(need_line(n, areas, disputed) for n in reasoned),
    )
    if plan is None:
        return page
    plan.episode = episode
    cards = [outcome_card(one, areas, today, disputed) for one in outcomes]
    return replace(
        _dated(page, plan, today),
        plan_id=plan.pk,
        lacks=lack_links(lacking(plan), plan) if goes_on else (),
        outcomes=tuple(card for card in cards if card.state != "dropped"),
        dropped=tuple(card for card in cards if card.state == "dropped"),
        services=_services(outcomes, today),
        sections=_sections(plan, today) if page.may_change else (),
        narrative=() if page.may_change else paged.read(plan.form_record, today),
        reviews=tuple(
            ReviewLine(
                day(one.held_on),
                one.get_decision_display(),
                reverse("plans:read_review", args=[one.pk]),
            )
            for one in reviews_of(plan)
        ),
        copies=tuple(
            Link(one.full_name, reverse("plans:copy", args=[plan.pk, one.pk]))
            for one in readers_of(episode)
        ),
    )


def _dated(page: PlanPage, plan: Plan, today: date) -> PlanPage:
    """The page with when the plan was agreed, or is due, and its next review."""
    if plan.agreed_on is None:
        due = f"{day(plan.due_on)}, {until(plan.due_on, today)}"
        return replace(page, due=due, overdue=plan.due_on < today)
    page = replace(page, agreed=day(plan.agreed_on), agreed_with=plan.agreed_with)
    review_on = plan.next_review_on
    if review_on is None or page.closed or page.rests:
        return page
    return replace(
        page,
        next_review=f"{day(review_on)}, {until(review_on, today)}",
        review_tone=due_tone(review_on, today),
    )


def _sections(plan: Plan, today: date) -> list[TaskGroup]:
    """The pages of the plan's form, to be filled in."""

    def address(key: str, person_id: UUID | None) -> str:
        person = [person_id] if person_id else []
        return reverse("plans:section", args=[plan.pk, key, *person])

    first, *others = paged.tasks(plan.form_record, today, address)
    return [TaskGroup("The rest of the plan", first.tasks), *others]
