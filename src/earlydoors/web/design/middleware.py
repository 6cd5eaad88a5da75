"""What every request gets and every answer carries.

Set on the request: `at` (the moment, the one reading of the clock for all that is shown and kept),
`today` (that day in London) and, for someone signed in, `actor`. A refusal from the domain becomes
a page with its sentence.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import cast

from django.contrib.auth.views import redirect_to_login
from django.http import (
    FileResponse,
    HttpResponse,
    HttpResponseNotAllowed,
    JsonResponse,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.utils import timezone

from earlydoors.domain.access.acting import acting_as
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Member
from earlydoors.domain.partnership.queries import actor_for
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.kernel.refusals import NotAllowed, TooMuch, UnableTo
from earlydoors.foundation.wall.acting import start_clean
from earlydoors.web.design import errors, kept, limits, refusals
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.headers import with_headers
from earlydoors.web.design.pages import is_autosave
from earlydoors.web.design.request import ROLE, Request, is_afar

type View = Callable[[Request], HttpResponse]

# No page is answered in another way, so none has to say so itself.
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
NO_ROLE = NotAllowed(
    "You hold no role here today. Ask whoever looks after accounts in your agency to give you one."
)


def page(get_response: View) -> View:
    """The middleware; stands last, after sign-in and messages."""

    def answer(request: Request) -> HttpResponse:
        with limits.until_the_end():
            return answered(request)

    def answered(request: Request) -> HttpResponse:
        request.at = timezone.now()
        request.today = local_day(request.at)
        request.refused = ""
        start_clean()
        if request.method not in METHODS:
            refusals.tried(request, "method_of_no_page")
            return with_headers(HttpResponseNotAllowed(METHODS))
        if isinstance(request.user, Member):
            chosen = request.session.get(ROLE, "")
            actor = actor_for(request.user, request.today, chosen)
            if actor is not None:
                actor = replace(actor, afar=True) if is_afar(request) else actor
                request.actor = actor
                with acting_as(actor, briefly=True):
                    response = _answered(request, get_response)
                    refusals.keep(request, actor)
                return with_headers(_sent_by(actor, response))
            if request.path != reverse("account:sign-out"):
                refusals.keep_without_role(request, request.user)
                return with_headers(errors.not_allowed(request, NO_ROLE))
        elif request.method == "POST" and kept.FIELD in request.POST:
            return with_headers(_signed_out(request))
        return with_headers(_answered(request, get_response))

    # Django asks a middleware for its hooks by name.
    setattr(answer, "process_exception", refused)  # noqa: B010 - a function has no such field
    return answer


def _answered(request: Request, get_response: View) -> HttpResponse:
    response = get_response(request)
    if request.method == "POST" and response.status_code < 400 and _was_saved(response):
        kept.let_go(request)
    return response


def _sent_by[R: HttpResponseBase](actor: Actor, response: R) -> R:
    """An answer whose lines are read while they are sent is read as the same actor."""
    if isinstance(response, StreamingHttpResponse) and not isinstance(response, FileResponse):
        lines = iter(cast(Iterable[bytes], response.streaming_content))

        def sent() -> Iterator[bytes]:
            with acting_as(actor):
                yield from lines

        response.streaming_content = sent()
    return response


def refused(request: Request, exception: Exception) -> HttpResponse | None:
    """A refusal of the domain as a page with its sentence, and what took too long as a page that
    says so; any other exception goes on."""
    if limits.is_one(exception):
        limits.tell(request)
        return errors.took_too_long(request)
    refusals.note(request, exception)
    if not isinstance(exception, NotAllowed | UnableTo):
        return None
    status = 403 if isinstance(exception, NotAllowed) else 409
    if is_autosave(request):
        return JsonResponse({"message": exception.sentence}, status=status)
    if isinstance(exception, TooMuch):
        return errors.too_much(request, exception.sentence)
    if status == 403:
        return errors.not_allowed(request, exception)
    return errors.unable(request, exception.sentence)


def _signed_out(request: Request) -> HttpResponse:
    """Keep the words of someone whose sign-in ran out, and ask them to sign in again."""
    words = kept.keep(request, request.at)
    if is_autosave(request):
        return JsonResponse(
            {
                "message": "You have been signed out. Your words are kept for you.",
                "sign_in": f"{reverse('account:sign-in')}?next={request.path}",
            },
            status=401,
        )
    return redirect_to_login(words.path if words else request.path)


def _was_saved(response: HttpResponse) -> bool:
    # A form shown again with its faults answers 200 with a page: its words are still needed.
    return response.status_code >= 300 or isinstance(response, JsonResponse)
