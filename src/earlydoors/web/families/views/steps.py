"""Steps of a family's help: harm, up and down, one agency, more help, coming back."""

from datetime import datetime, time
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from earlydoors.domain.consent.queries import agreements_of
from earlydoors.domain.episodes import operations
from earlydoors.domain.episodes.models import Episode
from earlydoors.domain.episodes.queries import latest_episode, open_episode
from earlydoors.domain.episodes.states import EPISODE
from earlydoors.domain.partnership.queries import agencies, workers
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.plan.queries import plan_of
from earlydoors.domain.plan.reviews import take_back
from earlydoors.foundation.forms.schema import Question
from earlydoors.foundation.kernel.dates import LONDON
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.schema import Decision, LevelKind, Profile
from earlydoors.web.design import once
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.request import PageRequest
from earlydoors.web.families import questions
from earlydoors.web.families.around import offered as workers_offered
from earlydoors.web.families.forms import Form
from earlydoors.web.families.pages import level_options
from earlydoors.web.families.scope import helped, whole
from earlydoors.web.sections.own import Own

NO_WORKER = "nobody_yet"


@once.only
def harm(request: PageRequest, family_id: UUID) -> HttpResponse:
    """Record that social care was told, at once; early help stops."""
    family = whole(request, family_id, Right.REFER_HARM)
    social_care = current().words.social_care
    now = request.at.astimezone(LONDON)
    own = Own(
        request,
        questions.harm_questions(social_care.short or social_care.one),
        initial={
            "told_where": social_care.one,
            "told_on": now.date().isoformat(),
            "told_time": f"{now:%H:%M}",
        },
    )
    if request.method == "POST" and own.sound:
        told_on = questions.as_day(own.answers["told_on"]) or now.date()
        told_time = time.fromisoformat(own.answers["told_time"])
        try:
            operations.refer_harm(
                family=family,
                concern=own.answers["concern"],
                told_whom=own.answers["told_whom"],
                told_where=own.answers["told_where"],
                told_at=datetime.combine(told_on, told_time, LONDON),
                told_how=own.answers.get("told_how", ""),
                family_told=own.answers["family_told"] == "yes",
                family_not_told_why=own.answers.get("family_not_told_why", ""),
                by=request.actor,
                at=request.at,
            )
        except UnableTo as refusal:
            own.refuse("told_time", refusal.sentence)
        else:
            messages.success(
                request, "The referral is recorded. Early help stops until social care is done."
            )
            return redirect("families:family", family_id)
    page = Form(
        request,
        family,
        own,
        title="A child may be harmed",
        button="Record the referral",
        tone="warning",
        here="harm",
    )
    return page.says(
        f"Ring first, before you write: {social_care.one}. If a child is in danger now, ring 999. "
        "Then write down here what you told them; nobody needs to agree to this.",
    ).answer()


def _levels(profile: Profile, *but: str, statutory: bool = False) -> list[tuple[str, str, str]]:
    """The levels that may be chosen here: harm has its own page, so not the statutory ones."""
    keys = [
        level.key
        for level in profile.levels
        if level.key not in but and (statutory or level.kind != LevelKind.STATUTORY)
    ]
    return level_options(profile, keys)


def _open_for(request: PageRequest, episode: Episode, *moves: str) -> None:
    """Refuse the form of a step that cannot be made now, before anything is written into it.

    Raises `UnableTo`. A form that was open when somebody else moved the help on is sent all the
    same, and shown again with its words and the domain's own refusal.
    """
    if request.method == "GET" and not any(EPISODE.can(name, episode.state) for name in moves):
        EPISODE.move(moves[0], episode.state)


def _of_episode(
    request: PageRequest, episode: Episode, own: Own, *, title: str, button: str
) -> Form:
    return Form(request, episode.family, own, title=title, button=button)


@once.only
def step(request: PageRequest, episode_id: UUID) -> HttpResponse:
    """Step the family up or down."""
    episode = helped(request, episode_id, Right.MOVE_LEVEL)
    if episode.state == "stepped_up":
        return redirect("families:step_down", episode_id)
    _open_for(request, episode, "close")  # whatever can still be closed can change its level
    profile = episode.profile.profile
    here = profile.level(episode.level)
    own = Own(
        request,
        (
            *questions.choice("level", "Which level fits now?", _levels(profile, episode.level)),
            questions.why("Why?", "What has changed. Say it as you would to the family."),
        ),
    )
    if request.method == "POST" and own.sound:
        try:
            operations.change_level(
                episode=episode,
                level=own.answers["level"],
                why=own.answers["why"],
                by=request.actor,
                at=request.at,
            )
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            name = profile.level(own.answers["level"]).name
            messages.success(request, f"The level is now {name}.")
            return redirect("families:family", episode.family_id)
    page = _of_episode(request, episode, own, title="Change the level", button="Change the level")
    if EPISODE.can("give_to_agency", episode.state):
        address = reverse("families:give_to_agency", args=[episode.pk])
        page.links((address, "One agency alone can help from here"))
    return page.says(f"The family is at {here.name} now. {here.means}").answer()


@once.only
def give_to_agency(request: PageRequest, episode_id: UUID) -> HttpResponse:
    """One agency helps from here on."""
    episode = helped(request, episode_id, Right.MOVE_LEVEL)
    _open_for(request, episode, "give_to_agency")
    by_id = {str(one.pk): one for one in agencies()}
    chosen = request.POST.get("agency", "")
    staff = {str(w.pk): w for w in workers(request.today) if str(w.agency_id) == chosen}
    own = Own(
        request,
        (
            *questions.choice("agency", "Which agency?", [(k, a.name) for k, a in by_id.items()]),
            questions.why("Why is one agency enough?"),
        ),
    )
    worker = Own(
        request,
        questions.choice(
            "worker",
            "Who there?",
            [*workers_offered(staff.values()), (NO_WORKER, "Nobody is named yet")],
        )
        if chosen in by_id
        else (),
    )
    asked_whom = chosen in by_id and "worker" not in request.POST
    if request.method == "POST" and own.sound and worker.sound and not asked_whom:
        held = staff.get(worker.answers["worker"])
        try:
            operations.give_to_agency(
                episode=episode,
                agency=by_id[own.answers["agency"]],
                member=held.member if held else None,
                why=own.answers["why"],
                by=request.actor,
                at=request.at,
            )
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(request, f"{by_id[own.answers['agency']].name} helps from here.")
            return redirect("families:family", episode.family_id)
    page = Form(
        request,
        episode.family,
        own,
        *((worker,) if chosen in by_id else ()),
        title="Hand over to one agency",
        button="Hand over" if chosen in by_id else "Continue",
    )
    return page.says(
        "One agency helps the family by itself from here. Agree on this with the family and with "
        "the agency first."
    ).answer()


@once.only
def offer_more(request: PageRequest, episode_id: UUID) -> HttpResponse:
    """Offer the family more help than one agency gives, or offer again."""
    episode = helped(request, episode_id, Right.MOVE_LEVEL)
    _open_for(request, episode, "offer_more")
    own = Own(request, (questions.why("Why offer more help now?"),))
    if request.method == "POST" and own.sound:
        try:
            operations.move(
                episode=episode,
                name="offer_more",
                says=f"More help is offered. {own.answers['why']}",
                by=request.actor,
                at=request.at,
            )
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(
                request, "More help is offered. Ask the family, and record the answer."
            )
            return redirect("families:family", episode.family_id)
    page = _of_episode(request, episode, own, title="Offer more help", button="Offer it")
    return page.says("The family is asked again. Nothing it told before is asked again.").answer()


def _ways_down(episode: Episode) -> list[tuple[str, str, str]]:
    """How help can go on after social care: only what the record carries."""
    ways = []
    agreed = bool(agreements_of(episode.family))
    plan = plan_of(episode) if agreed else None
    words = current().words
    if plan is not None and plan.agreed_on:
        ways.append(
            ("with_plan", f"With the {words.family_plan.one} it has", "The same team carries on.")
        )
    if agreed:
        ways.append(
            (
                "to_plan",
                f"With a new {words.family_plan.one}, from what social care hands over",
                "The family has agreed to help; nothing is asked twice.",
            )
        )
    ways.append(("to_offer", "By offering help again", "The family is asked first."))
    return ways


@once.only
def step_down(request: PageRequest, episode_id: UUID) -> HttpResponse:
    """Take the family back from social care, with its plan and without retelling."""
    episode = helped(request, episode_id, Right.MOVE_LEVEL)
    _open_for(request, episode, "step_down_to_offer")
    profile = episode.profile.profile
    own = Own(
        request,
        (
            *questions.choice("way", "How does help go on?", _ways_down(episode)),
            *questions.choice("level", "At which level?", _levels(profile, episode.level)),
            questions.why(
                "Why now, and what comes with the family?",
                "For example: the child in need plan ended on Friday; its plan is attached in the "
                "area’s own place.",
            ),
        ),
    )
    if request.method == "POST" and own.sound:
        try:
            take_back(
                episode=episode,
                level=own.answers["level"],
                why=own.answers["why"],
                has_plan=own.answers["way"] == "with_plan",
                agreed=own.answers["way"] == "to_plan",
                by=request.actor,
                at=request.at,
            )
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(request, "The family is back with early help, with all that is known.")
            return redirect("families:family", episode.family_id)
    title = f"Step down from {current().words.social_care.one}"
    return _of_episode(request, episode, own, title=title, button="Step down").answer()


@once.only
def come_back(request: PageRequest, family_id: UUID) -> HttpResponse:
    """Open a new period of help that continues the last one."""
    family = whole(request, family_id, Right.MOVE_LEVEL)
    if open_episode(family) is not None:
        messages.info(request, "This family already has help under way.")
        return redirect("families:family", family_id)
    profile = current()
    routes = [
        route
        for route in profile.routes
        if route.decision in {Decision.COORDINATED, Decision.SINGLE_AGENCY}
    ]
    own = Own(request, _coming_back(profile, [(r.key, r.name, r.explains) for r in routes]))
    if request.method == "POST" and own.sound:
        route = profile.route(own.answers["route"])
        if own.answers["level"] not in route.levels:
            names = " or ".join(profile.level(key).name for key in route.levels)
            own.refuse("level", f"“{route.name}” is for {names}: choose that, or another way")
        else:
            try:
                episode = operations.open_help(
                    family=family,
                    level=own.answers["level"],
                    route=route.key,
                    why=own.answers["why"],
                    by=request.actor,
                    at=request.at,
                )
            except UnableTo as refusal:
                own.refuse("", refusal.sentence)
            else:
                messages.success(request, "Help is open again, with all that is known.")
                if route.decision == Decision.SINGLE_AGENCY:
                    return redirect("families:give_to_agency", episode.pk)
                return redirect("families:family", family_id)
    page = Form(request, family, own, title="Open help again", button="Open help")
    last = latest_episode(family)
    told = "Everything the family told before is here and comes with them."
    if last is None:
        told = "What is known of the family comes with it."
    return page.says(told).answer()


def _coming_back(profile: Profile, routes: list[tuple[str, str, str]]) -> tuple[Question, ...]:
    return (
        *questions.choice("route", "Which way?", routes),
        *questions.choice("level", "Which level fits now?", _levels(profile)),
        questions.why("Why now?", "What has changed since, in plain words."),
    )
