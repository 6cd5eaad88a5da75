"""The team around a family, and who leads."""

from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from earlydoors.domain.episodes import operations
from earlydoors.domain.episodes import team as teams
from earlydoors.domain.episodes.models import Episode, TeamPlace
from earlydoors.domain.partnership.models import Member
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Person
from earlydoors.domain.people.queries import BY_BIRTH
from earlydoors.foundation.forms.schema import Condition, Kind, Question
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.profile.current import current
from earlydoors.web.design import once
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.pages import render
from earlydoors.web.design.request import PageRequest
from earlydoors.web.families import around, questions
from earlydoors.web.families.forms import Form
from earlydoors.web.families.scope import helped, looked
from earlydoors.web.sections.own import Own

NOBODY_YET = "new"


def team(request: PageRequest, episode_id: UUID) -> HttpResponse:
    """Who is in the team, and who leads."""
    episode = helped(request, episode_id, Right.SEE_FAMILIES)
    looked(request, episode.family, "team")
    return render(request, "families/team.html", page=around.page(request, episode))


def _form(
    request: PageRequest, episode: Episode, *own: Own, title: str, button: str, tab: str = ""
) -> Form:
    return Form(
        request,
        episode.family,
        *own,
        title=title,
        button=button,
        back=reverse("families:team", args=[episode.pk]),
        back_text="Team",
        here="team",
        tab=tab,
    )


@once.only
def add_worker(request: PageRequest, episode_id: UUID) -> HttpResponse:
    """Add a worker whose agency the family agreed to; say why others cannot be added."""
    episode = helped(request, episode_id, Right.MEET)
    joinable = around.joinable(episode, request.today)
    by_id = {str(held.pk): held for held in joinable.may}
    asked = questions.choice("worker", "Who joins?", around.offered(joinable.may))
    own = Own(request, (*asked, questions.WORKER_DOES) if asked else ())
    if request.method == "POST" and own.sound and asked:
        held = by_id[own.answers["worker"]]
        try:
            teams.add_worker(
                episode=episode,
                worker=held,
                does=own.answers.get("does", ""),
                by=request.actor,
                at=request.at,
            )
        except UnableTo as refusal:
            own.refuse("worker", refusal.sentence)
        else:
            messages.success(request, f"{held.member.name} is in the team and sees the record.")
            return redirect("families:team", episode_id)
    return render(
        request,
        "families/add_worker.html",
        page=_form(
            request,
            episode,
            own,
            title=f"Add a worker to the {current().words.team.one}",
            button="Add",
        ).page(),
        joinable=joinable,
        record=around.record_agreement(episode),
        page_faulty=any(field.fault for field in own.fields),
        earlier=(),
    )


@once.only
def add_own(request: PageRequest, episode_id: UUID) -> HttpResponse:
    """Add someone of the family, or of its own network who is not on record yet."""
    episode = helped(request, episode_id, Right.MEET)
    people = _not_in_team(episode)
    named = Condition(question="person", is_any_of=(NOBODY_YET,))
    offered = [(key, one.full_name) for key, one in people.items()]
    own = Own(
        request,
        (
            *questions.choice(
                "person",
                "Who joins?",
                [*offered, (NOBODY_YET, "Someone else the family wants there")],
            ),
            *(one.model_copy(update={"when": named}) for one in questions.NETWORK),
            Question(
                key="does",
                kind=Kind.SHORT_TEXT,
                asks="What do they do?",
                hint="For example: fetches Leo on Tuesdays.",
            ),
        ),
    )
    if request.method == "POST" and own.sound:
        done = _join(request, episode, people.get(own.answers["person"]), own)
        if done:
            messages.success(request, f"{done} is in the team.")
            return redirect("families:team", episode_id)
    title = f"Add family or friends to the {current().words.team.one}"
    page = _form(request, episode, own, title=title, button="Add")
    return page.says("The family says who it wants there.").answer()


def _not_in_team(episode: Episode) -> dict[str, Person]:
    inside = episode.team.filter(left_on=None, person__isnull=False).values("person")
    members = (
        episode.family.members.filter(left_on=None)
        .exclude(person__in=inside)
        .select_related("person")
        .order_by(*BY_BIRTH)
    )
    return {str(one.person_id): one.person for one in members if one.person.can_take_part}


def _join(request: PageRequest, episode: Episode, person: Person | None, own: Own) -> str:
    """Put them in the team; returns their name, or nothing when it was refused."""
    answers = own.answers
    if person is None and not answers.get("given_name"):
        own.refuse("given_name", "Write the name of who joins")
        return ""
    try:
        if person is not None:
            place = teams.add_person(
                episode=episode,
                person=person,
                does=answers.get("does", ""),
                by=request.actor,
                at=request.at,
            )
        else:
            place = teams.add_from_network(
                episode=episode,
                given_name=answers["given_name"],
                family_name=answers.get("family_name", ""),
                phone=answers.get("phone", ""),
                does=answers.get("does", ""),
                by=request.actor,
                at=request.at,
            )
    except UnableTo as refusal:
        own.refuse("person", refusal.sentence)
        return ""
    return str(place)


@once.only
def leave(request: PageRequest, episode_id: UUID, place_id: UUID) -> HttpResponse:
    """Someone leaves the team; asked once more before."""
    episode = helped(request, episode_id, Right.MEET)
    place = (
        episode.team.select_related("member", "person", "episode__family")
        .filter(pk=place_id)
        .first()
    )
    if place is None:
        raise Http404
    own = Own(request, ())
    if request.method == "POST":
        try:
            teams.leave(place=place, by=request.actor, at=request.at)
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(request, f"{place} has left the team.")
            return redirect("families:team", episode_id)
    page = _form(
        request,
        episode,
        own,
        title=f"{place} leaves the team",
        tab="Somebody leaves the team",
        button="They leave",
    )
    return page.says(*_after_leaving(place)).answer()


def _after_leaving(place: TeamPlace) -> Iterator[str]:
    if place.member is None:
        yield "They stay on record as part of the family."
        return
    yield "They no longer see the family’s record from the next page they open."
    if place.episode.family.grants.filter(
        member=place.member, because="asked", ended_at=None
    ).exists():
        yield (
            "They still see that help is under way and who leads, because they asked for help "
            "for this family."
        )


@once.only
def lead(request: PageRequest, episode_id: UUID) -> HttpResponse:
    """Agree on who leads, or change it."""
    episode = helped(request, episode_id, Right.CHANGE_LEAD)
    word = current().words.lead_practitioner.one
    first = episode.lead_id is None
    offered = around.may_lead(episode, request.actor)
    own = Own(request, questions.lead_questions(offered, word, first=first) if offered else ())
    if request.method == "POST" and own.sound and offered:
        member = Member.objects.get(pk=own.answers["member"])
        try:
            operations.agree_lead(
                episode=episode,
                member=member,
                why=own.answers.get("why", ""),
                family_told=own.answers.get("family_told", ""),
                by=request.actor,
                at=request.at,
            )
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(request, f"{member.name} is the {word}.")
            return redirect("families:family", episode.family_id)
    title = f"Agree on a {word}" if first else f"Change the {word}"
    page = _form(request, episode, own, title=title, button="Save" if offered else "Back")
    page.links((reverse("families:add_worker", args=[episode.pk]), "Someone else? Add them first"))
    return page.says(
        f"The {word} is the family’s one go-to person. Agree on them with the family.",
        *(
            ()
            if first or not episode.lead
            else (f"{episode.lead.name} leads now and stays in the team.",)
        ),
    ).answer()
