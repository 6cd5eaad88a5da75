"""Writing a request for support, one page at a time, and sending it."""

from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from earlydoors.domain.access.queries import family_for
from earlydoors.domain.frontdoor import operations
from earlydoors.domain.frontdoor.involvement import look_up
from earlydoors.domain.frontdoor.models import RequestPerson, SupportRequest
from earlydoors.domain.frontdoor.queries import asked_about, conversation_for, request_for
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.records.queries import choices_of
from earlydoors.foundation.forms.schema import Purpose
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.schema import ClockKey
from earlydoors.web.design import once
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.pages import render
from earlydoors.web.design.request import PageRequest
from earlydoors.web.design.scope import within
from earlydoors.web.frontdoor import drafts, pages
from earlydoors.web.frontdoor.clocks import within as how_soon
from earlydoors.web.frontdoor.questions import HARM_AND_KNOWING, PERSON
from earlydoors.web.known.pages import answer
from earlydoors.web.sections import paged
from earlydoors.web.sections.own import Own

NOT_BORN_YET = "A date of birth cannot be in the future. For a child not yet born, use the due date"


@require_http_methods(["GET", "HEAD", "POST"])
@once.only
def new(request: PageRequest) -> HttpResponse:
    """What asking for support means; the button begins a request."""
    request.actor.must(Right.REQUEST)
    family = _named(request, "family", family_for)
    conversation = _named(request, "conversation", conversation_for)
    if request.method == "POST":
        begun = operations.begin(
            by=request.actor,
            at=request.at,
            family=family or (conversation.family if conversation else None),
            conversation=conversation,
        )
        return redirect("frontdoor:request", begun.pk)
    form = current().form_for(Purpose.REQUEST)
    return render(
        request,
        "frontdoor/new.html",
        intro=form.intro,
        family=family.name if family else "",
        fields={
            "family": str(family.pk) if family else "",
            "conversation": str(conversation.pk) if conversation else "",
        },
        how_soon=how_soon(ClockKey.TRIAGE),
        steps=[section.title for section in form.sections],
    )


def _named[T](request: PageRequest, name: str, load: Callable[[Actor, UUID], T]) -> T | None:
    """What an id in the address or the form names, within scope."""
    key = request.POST.get(name) or request.GET.get(name) or ""
    try:
        found = UUID(key)
    except ValueError:
        return None
    return within(load, request.actor, found)


def draft_for(actor: Actor, request_id: UUID) -> SupportRequest:
    """A request of the actor's own, still being written.

    Raises `SupportRequest.DoesNotExist` for anybody else's, `UnableTo` once it was sent.
    """
    found = request_for(actor, request_id)
    if found.created_by_id != actor.member.pk:
        raise SupportRequest.DoesNotExist
    if found.state != "draft":
        raise UnableTo("This request has been sent and cannot be changed any more.")
    return found


def written(request: PageRequest, found: SupportRequest) -> HttpResponse:
    """The parts of a request being written, with how far each is."""
    people_ = list(found.people.filter(removed_on=None))
    children = sum(p.relation == "child" for p in people_)
    answered = bool(found.harm and found.family_knows)
    form = paged.tasks(found.form_record, request.today, _address(found))
    parts = [
        drafts.Part("Is a child in danger, and does the family know?", _to("knows", found),
                   answered, answered),
        drafts.Part("Who is in the family", _to("people", found), bool(children), bool(people_)),
    ]  # fmt: skip
    return render(
        request,
        "frontdoor/written.html",
        page=drafts.Written(
            id=found.pk,
            about=pages.named(people_),
            form=found.form_record.form.title,
            harm=found.harm,
            groups=[
                drafts.task_group("Safety and family", parts),
                *(drafts.renamed(group, "About them") for group in form),
            ],
            missing=operations.unfinished(found, request.at),
        ),
    )


def _to(name: str, found: SupportRequest, *more: object) -> str:
    return reverse(f"frontdoor:{name}", args=[found.pk, *more])


def _address(found: SupportRequest) -> paged.Address:
    return lambda key, _: _to("section", found, key)


@require_http_methods(["GET", "HEAD"])
def people(request: PageRequest, request_id: UUID) -> HttpResponse:
    """Everyone a request is about."""
    found = within(draft_for, request.actor, request_id)
    listed = found.people.filter(removed_on=None).select_related("setting")
    return render(
        request,
        "frontdoor/people.html",
        page=[
            drafts.Somebody(
                one.full_name,
                pages.person_rows(one),
                _to("person", found, one.pk),
                _to("leave_out", found, one.pk),
                _to("is_known", found, one.pk),
            )
            for one in listed
        ],
        back_address=_to("request", found),
        add_address=_to("add_person", found),
        next_address=_next_after_people(found),
    )


def _next_after_people(found: SupportRequest) -> str:
    return _to("section", found, found.form_record.form.sections[0].key)


@require_http_methods(["GET", "HEAD", "POST"])
@once.only
def person(request: PageRequest, request_id: UUID, person_id: UUID | None = None) -> HttpResponse:
    """Add someone the request is about, or correct them."""
    found = within(draft_for, request.actor, request_id)
    one = _person(found, person_id) if person_id else None
    choices = choices_of(current(), None, request.today)
    begun = drafts.person_answers(one) if one else _likely(found)
    own = Own(request, PERSON, choices, initial=begun)
    if request.method == "POST" and own.sound:
        fields = drafts.person_fields(own.answers)
        if fields["born_on"] and str(fields["born_on"]) > str(request.today):
            own.refuse("born_on", NOT_BORN_YET)
        else:
            named = operations.name_person(
                request=found, person=one, by=request.actor, at=request.at, **fields
            )
            _say_if_known(request, named)
            return redirect("frontdoor:people", found.pk)
    return render(
        request,
        "frontdoor/person.html",
        own=own,
        title=f"About {one.full_name}" if one else "Add someone",
        back_address=_to("people", found),
        page_faulty=request.method == "POST",
    )


def _say_if_known(request: PageRequest, named: RequestPerson) -> None:
    """Tell at once that somebody may be known, so that the family is not asked twice."""
    with suppress(UnableTo):
        learned = look_up(asked=asked_about(named), by=request.actor, at=request.at)
        if learned.says_so:
            messages.info(request, f"{named.full_name} may be known already. See who is involved.")


@require_http_methods(["GET", "HEAD"])
def is_known(request: PageRequest, request_id: UUID, person_id: UUID) -> HttpResponse:
    """Whether someone a request is about is known already."""
    found = within(draft_for, request.actor, request_id)
    one = _person(found, person_id)
    learned = look_up(asked=asked_about(one), by=request.actor, at=request.at)
    whole = bool(one.given_name and one.family_name and (one.born_on or one.due_on))
    return render(
        request,
        "frontdoor/is_known.html",
        page=answer(learned, whole=whole),
        name=one.full_name,
        back_address=_to("people", found),
        change_address=_to("person", found, one.pk),
    )


def _likely(found: SupportRequest) -> dict[str, str]:
    """What the next person most likely shares with the one before: where they live."""
    last = found.people.filter(removed_on=None).order_by("position").last()
    if last is None:
        return {"relation": "child", "lives_here": "yes"}
    return {"home": last.home, "postcode": last.postcode, "family_name": last.family_name}


def _person(found: SupportRequest, person_id: UUID) -> RequestPerson:
    one = found.people.filter(pk=person_id, removed_on=None).select_related("setting").first()
    if one is None:
        raise Http404
    return one


@require_POST
@once.only
def leave_out(request: PageRequest, request_id: UUID, person_id: UUID) -> HttpResponse:
    """Take someone off a request being written."""
    found = within(draft_for, request.actor, request_id)
    one = _person(found, person_id)
    operations.leave_out(person=one, by=request.actor, at=request.at)
    messages.success(request, f"{one.full_name} is no longer part of this request.")
    return redirect("frontdoor:people", found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@once.only
def knows(request: PageRequest, request_id: UUID) -> HttpResponse:
    """Whether a child may be in danger, and whether the family knows."""
    found = within(draft_for, request.actor, request_id)
    begun = {"harm": found.harm, "family_knows": found.family_knows}
    own = Own(request, HARM_AND_KNOWING, initial=begun)
    if request.method == "POST" and own.sound:
        operations.answer(
            request=found,
            harm=own.answers["harm"],
            family_knows=own.answers["family_knows"],
            by=request.actor,
            at=request.at,
        )
        return redirect("frontdoor:request" if own.answers["harm"] != "no" else "frontdoor:people",
                        found.pk)  # fmt: skip
    return render(
        request,
        "frontdoor/knows.html",
        own=own,
        back_address=_to("request", found),
        page_faulty=request.method == "POST",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: PageRequest, request_id: UUID, section_key: str) -> HttpResponse:
    """A section of the area's request form."""
    found = within(draft_for, request.actor, request_id)
    keys = [one.key for one in found.form_record.form.sections]
    later = keys[keys.index(section_key) + 1 :] if section_key in keys else []
    return paged.section(
        request,
        found.form_record,
        section_key,
        back_address=_to("request", found),
        back_text="Your request",
        next_address=_to("section", found, later[0]) if later else _to("check", found),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@once.only
def check(request: PageRequest, request_id: UUID) -> HttpResponse:
    """Read the whole request over, then send it."""
    found = within(request_for, request.actor, request_id)
    if found.state == "waiting" and found.created_by_id == request.actor.member.pk:
        return redirect("frontdoor:sent", found.pk)
    found = within(draft_for, request.actor, request_id)
    refusal = ""
    if request.method == "POST":
        try:
            operations.send(request=found, by=request.actor, at=request.at)
        except UnableTo as refused:
            refusal = refused.sentence
        else:
            return redirect("frontdoor:sent", found.pk)
    people_ = list(found.people.filter(removed_on=None).select_related("setting"))
    return render(
        request,
        "frontdoor/check.html",
        page=drafts.Check(
            id=found.pk,
            about=pages.named(people_),
            harm=found.harm,
            rows=pages.request_rows(found, _to("knows", found)),
            people=[(p.full_name, pages.person_rows(p), _to("person", found, p.pk))
                    for p in people_],
            answers=paged.read(found.form_record, request.today, change=_address(found)),
            missing=operations.unfinished(found, request.at),
            refusal=refusal,
        ),
        page_faulty=bool(refusal),
    )  # fmt: skip


@require_POST
@once.only
def take_back(request: PageRequest, request_id: UUID) -> HttpResponse:
    """Take a request back; it is kept."""
    found = within(request_for, request.actor, request_id)
    operations.take_back(request=found, by=request.actor, at=request.at)
    messages.success(request, "The request is taken back. Nobody will act on it.")
    return redirect("frontdoor:waiting")
