"""Recording a family's yes and its limits, its no, and its change of mind."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from earlydoors.domain.access.operations import look
from earlydoors.domain.access.permissions import work_with
from earlydoors.domain.access.queries import family_for, sees_everything, who_can_see
from earlydoors.domain.consent.attaching import evidence_of
from earlydoors.domain.consent.effects import effects_of, if_withdrawn
from earlydoors.domain.consent.models import Agreement
from earlydoors.domain.consent.queries import (
    agreement_for,
    agreements_of,
    last_refusal,
    refusal_for,
    sharing_of,
)
from earlydoors.domain.episodes import agreement as answers
from earlydoors.domain.episodes.models import Episode
from earlydoors.domain.episodes.queries import open_episode
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Family, Person
from earlydoors.domain.people.queries import members_of, secrets_from
from earlydoors.domain.records.operations import keep_whole
from earlydoors.foundation.forms.schema import Purpose
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.profile.current import current
from earlydoors.web.agreement import pages
from earlydoors.web.agreement.effects import changed, in_a_sentence
from earlydoors.web.agreement.evidence import shown
from earlydoors.web.agreement.forms import Yes, not_ahead
from earlydoors.web.agreement.papers import as_paper
from earlydoors.web.agreement.people import who_may_agree
from earlydoors.web.agreement.questions import WITHDRAWN, refused_questions
from earlydoors.web.agreement.whom import offered
from earlydoors.web.design import once
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.pages import render
from earlydoors.web.design.papers import answer_with
from earlydoors.web.design.questions import Field
from earlydoors.web.design.request import PageRequest
from earlydoors.web.design.scope import within
from earlydoors.web.sections.own import Own, embedded
from earlydoors.web.yourfamily.safety import made_safe

FORM = ["GET", "HEAD", "POST"]


def _family(request: PageRequest, family_id: UUID) -> Family:
    """A family whose answer the actor may record. Raises `Http404` and `NotAllowed`."""
    family = within(family_for, request.actor, family_id)
    work_with(request.actor, family, Right.RECORD_CONSENT)
    return family


def _offered_help(family: Family) -> Episode:
    episode = open_episode(family)
    if episode is None:
        raise UnableTo(
            "No help has been offered to this family that they could answer. Begin with a request."
        )
    return episode


def _faulty(fields: tuple[Field, ...]) -> bool:
    return any(field.fault for field in fields)


def _onward(request: PageRequest, agreement: Agreement) -> HttpResponse:
    """To the agreement; to their own work for whoever may no longer see it."""
    if not sees_everything(request.actor, agreement.family_id):
        return HttpResponseRedirect(reverse("home:work"))
    return HttpResponseRedirect(reverse("agreement:form", args=[agreement.pk]))


@require_http_methods(FORM)
@once.only
def record(request: PageRequest, family_id: UUID) -> HttpResponse:
    """Record who agreed, to what, and who may be told."""
    family = _family(request, family_id)
    standing = agreements_of(family)
    yes = Yes(request, _offered_help(family), standing)
    does = None
    if request.method == "POST" and yes.sound:
        does = changed(yes.does(), who_can_see(family))
        # Whoever changes who sees the record is told before, and says that it is right.
        if request.POST.get("_seen_effects", "") == does.mark or not does.moves_somebody:
            given = yes.save()
            if given is not None:
                who = f"What {given.person.full_name} agreed is recorded."
                messages.success(request, f"{who} {in_a_sentence(does)}".strip())
                return _onward(request, given)
    page = pages.Record(
        family_id=str(family.pk),
        family=str(family),
        standing=pages.standing_of(standing),
        earlier_no=pages.earlier_no(last_refusal(family)),
        refusals=yes.who.refusals,
        who=yes.who.fields,
        does=does,
        asked=yes.asked.drawn,
        about=yes.about.fields,
        told=yes.told.fields,
        others=yes.others.fields,
        what_for=yes.what_for.fields,
        form=yes.form,
    )
    return render(request, "agreement/record.html", page=page, page_faulty=_faulty(page.fields))


@require_http_methods(FORM)
@once.only
def refuse(request: PageRequest, family_id: UUID) -> HttpResponse:
    """Record a no, with what the family was told and what helps meanwhile."""
    family = _family(request, family_id)
    episode = _offered_help(family)
    people = who_may_agree(members_of(family), request.today)
    own = Own(request, refused_questions(), people)
    form = embedded(request, Purpose.REFUSAL, family=family)
    if request.method == "POST" and _may_be_kept(own, request.today) and own.sound and form.sound:
        said = dict(own.answers)
        person = Person.objects.get(pk=said.pop("person"))
        refused_on = date.fromisoformat(said.pop("refused_on"))
        told = said.pop("told_what_is_recorded") == "yes"
        try:
            with transaction.atomic():
                no = answers.decline(
                    episode=episode,
                    person=person,
                    refused_on=refused_on,
                    told_what_is_recorded=told,
                    form_record=keep_whole(
                        purpose=Purpose.REFUSAL,
                        readings=form.readings,
                        family=family,
                        by=request.actor,
                        at=request.at,
                    ),
                    by=request.actor,
                    at=request.at,
                    **said,
                )
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            return HttpResponseRedirect(reverse("agreement:refused", args=[no.pk]))
    before = pages.earlier_no(last_refusal(family))
    page = pages.Refuse(str(family.pk), str(family), before, own.refusals, own.fields, form)
    return render(request, "agreement/refuse.html", page=page, page_faulty=_faulty(page.fields))


def _may_be_kept(own: Own, today: date) -> bool:
    if own.answers.get("told_what_is_recorded") == "no":
        own.refuse(
            "told_what_is_recorded",
            "Tell the family what is recorded and why, then record their answer.",
        )
        return False
    return not_ahead(own, "refused_on", today)


@require_safe
def refused(request: PageRequest, refusal_id: UUID) -> HttpResponse:
    """A no as recorded, and that the door stays open."""
    refusal = within(refusal_for, request.actor, refusal_id)
    request.actor.must(Right.SEE_FAMILIES)
    page = pages.refused_page(refusal, request.today)
    return render(request, "agreement/refused.html", page=page)


@require_http_methods(FORM)
@once.only
def withdraw(request: PageRequest, agreement_id: UUID) -> HttpResponse:
    """End an agreement, having seen who loses access by it."""
    agreement = within(agreement_for, request.actor, agreement_id)
    family = agreement.family
    work_with(request.actor, family, Right.RECORD_CONSENT)
    own = Own(request, WITHDRAWN)
    episode = open_episode(family)
    does = changed(effects_of(family, if_withdrawn(agreement), request.at), who_can_see(family))
    if request.method == "POST" and own.sound:
        try:
            answers.withdraw(
                episode=episode,
                agreement=agreement,
                why=own.answers["why"],
                by=request.actor,
                at=request.at,
            )
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            who = f"{agreement.person.full_name} has withdrawn."
            messages.success(request, f"{who} {in_a_sentence(does)}".strip())
            return _onward(request, agreement)
    page = pages.Withdraw(
        family_id=str(family.pk),
        family=str(family),
        agreement_id=str(agreement.pk),
        who=agreement.person.full_name,
        on=agreement.agreed_on,
        does=does,
        stops=episode is not None and answers.ends_with(episode, agreement),
        already=pages.already(agreement, request.at),
        own=own.fields,
        refusals=own.refusals,
    )
    return render(request, "agreement/withdraw.html", page=page, page_faulty=_faulty(page.own))


def _written(request: PageRequest, agreement_id: UUID) -> tuple[Agreement, pages.Paper, list[str]]:
    """The written agreement of one person, with every text that must never reach them; the look
    is recorded."""
    agreement = within(agreement_for, request.actor, agreement_id)
    request.actor.must(Right.SEE_FAMILIES)
    look(family=agreement.family, part="agreement", by=request.actor, at=request.at)
    secrets = secrets_from(agreement.person)
    seeing = who_can_see(agreement.family)
    return agreement, pages.paper(agreement, request.at, secrets, seeing), secrets


@require_safe
def form(request: PageRequest, agreement_id: UUID) -> HttpResponse:
    """The written agreement of one person, to read and to print."""
    agreement, page, _ = _written(request, agreement_id)
    return render(
        request,
        "agreement/paper.html",
        page=page,
        evidence=shown(evidence_of(agreement)),
        in_writing=agreement.in_writing,
        may_attach=work_with.holds(request.actor, agreement.family, Right.RECORD_CONSENT),
    )


@require_safe
def paper(request: PageRequest, agreement_id: UUID) -> HttpResponse:
    """The written agreement of one person as a file, for them to have."""
    _, page, secrets = _written(request, agreement_id)
    made = as_paper(page, current().words.social_care.one)
    return answer_with(request, made_safe(made, secrets), name="agreement")


@require_safe
def blank(request: PageRequest, family_id: UUID, person_id: UUID | None = None) -> HttpResponse:
    """The written agreement to take along, with whom this family would be asked about."""
    page, _ = _to_take_along(request, family_id, person_id)
    return render(request, "agreement/paper.html", page=page)


@require_safe
def blank_paper(
    request: PageRequest, family_id: UUID, person_id: UUID | None = None
) -> HttpResponse:
    """The same as a file, to send before or to print."""
    page, secrets = _to_take_along(request, family_id, person_id)
    made = as_paper(page, current().words.social_care.one)
    return answer_with(request, made_safe(made, secrets), name="agreement")


def _to_take_along(
    request: PageRequest, family_id: UUID, person_id: UUID | None
) -> tuple[pages.Paper, list[str]]:
    """An agreement to be filled in, with what must not reach whom it is made out for.

    It names no agency until it is made out for someone: a place may be kept from one of them.
    """
    family = _family(request, family_id)
    people = members_of(family)
    person = next((one.person for one in people if one.person_id == person_id), None)
    if person_id is not None and person is None:
        raise Http404
    secrets = secrets_from(person) if person else []
    ask = offered(family, request.actor, request.today, sharing_of(family)) if person else None
    page = pages.blank_paper(
        family,
        person,
        [whom.says for whom in ask.rows] if ask else [],
        secrets,
        request.actor.name,
        who_may_agree(people, request.today),
    )
    return page, secrets
