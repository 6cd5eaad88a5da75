"""What someone reads when a page cannot be shown: what happened, and what to do."""

from contextlib import suppress
from dataclasses import dataclass

from django.contrib.auth.views import redirect_to_login
from django.db import DatabaseError, transaction
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.template import loader
from django.utils.http import url_has_allowed_host_and_scheme

from earlydoors.web.design import kept, limits, refusals
from earlydoors.web.design.headers import with_headers
from earlydoors.web.design.pages import is_autosave, render
from earlydoors.web.design.request import Request


@dataclass(frozen=True)
class Trouble:
    """A heading, sentences, and the way back."""

    title: str
    sentences: tuple[str, ...]
    back: str = ""
    back_text: str = ""


def bad_request(request: Request, exception: Exception | None = None) -> HttpResponse:
    """400: the address or the form makes no sense."""
    return _plain(
        request,
        400,
        Trouble(
            "This page could not be read",
            (
                "Something in the address or the form was not as it should be.",
                "Go back and try again. If it happens again, start from My work.",
            ),
        ),
    )


def not_allowed(request: Request, exception: Exception | None = None) -> HttpResponse:
    """403: inside your scope, but not yours to do. The refusal's own sentence, if it has one."""
    said = getattr(exception, "sentence", "") or "Your role does not include this."
    return _answer(request, 403, Trouble("You cannot do this", (said,), *_back(request)))


def too_much(request: Request, sentence: str) -> HttpResponse:
    """429: theirs to open, but not so many so quickly."""
    care = "If a child is in danger now, do not wait: phone children's social care, or 999."
    said = ("Nobody reads so many by hand, so this stops a program that does.", sentence, care)
    return _answer(request, 429, Trouble("Too many families within an hour", said, *_back(request)))


def not_found(request: Request, exception: Exception | None = None) -> HttpResponse:
    """404: there is no such page, or not for you."""
    return _answer(
        request,
        404,
        Trouble(
            "Page not found",
            (
                "If you typed the address, check it is right.",
                (
                    "If you followed a link, the page may have moved, or it may be about a "
                    "family you do not work with."
                ),
            ),
        ),
    )


def gone(request: Request, sentence: str) -> HttpResponse:
    """404 for something that was there once, in words that say so."""
    return _answer(request, 404, Trouble("This is no longer here", (sentence,)))


def server_error(request: Request) -> HttpResponse:
    """500: our fault. Touches no database, which may be what failed."""
    return _plain(
        request,
        500,
        Trouble(
            "Sorry, something went wrong",
            (
                "What you saved before this is safe.",
                (
                    "Try again in a few minutes. If it keeps happening, tell whoever looks after "
                    "Early Doors here."
                ),
            ),
        ),
    )


def took_too_long(request: Request) -> HttpResponse:
    """503: the time of a question to the database or of the request was over. What was sent with
    a form is kept for whoever wrote it; a page that saves itself holds on to its words."""
    if is_autosave(request):
        return JsonResponse({"message": "Not saved yet: it took too long."}, status=503)
    words = None
    # Whatever ended the first question may end this one too.
    with suppress(DatabaseError, limits.TookTooLongError), transaction.atomic():
        words = kept.keep(request, request.at)
    said = "Nothing was changed."
    if words:
        said = "Nothing was changed. What you wrote is kept for you until this time tomorrow."
    elif request.method == "POST":
        said = "Nothing was changed. Go back in your browser: what you wrote may still be there."
    then = (
        "Try again in a few minutes. If it keeps happening, tell whoever looks after Early Doors."
    )
    back = (words.path, "Open the form with your words") if words else ("", "")
    return _plain(request, 503, Trouble("This took too long", (said, then), *back))


def unavailable(request: Request) -> HttpResponse:
    """503: closed for the moment."""
    return _plain(
        request,
        503,
        Trouble(
            "Early Doors is closed for a moment",
            (
                "It is being looked after and will be back shortly.",
                (
                    "If a child may be at risk of harm now, do not wait: phone children's social "
                    "care, or 999 in an emergency."
                ),
            ),
        ),
    )


def unable(request: Request, sentence: str) -> HttpResponse:
    """409: it cannot be done now, in the refusal's own words."""
    return _answer(request, 409, Trouble("This could not be done", (sentence,), *_back(request)))


def form_too_old(request: Request, reason: str = "") -> HttpResponse:
    """A form whose protection has gone stale: its words are kept, and shown again to their writer.

    Somebody signed in as another person is told so; the words stay with the one who wrote them.
    """
    from_elsewhere = reason.startswith(("Origin checking", "Referer checking"))
    refusals.tried(request, "form_from_elsewhere" if from_elsewhere else "form_without_its_mark")
    words = kept.keep(request, request.at)
    if not request.user.is_authenticated:
        return redirect_to_login(words.path if words else request.path)
    if words and words.written_for == str(request.user.pk):
        return HttpResponseRedirect(words.path)
    said = (
        (
            (
                "Somebody else has signed in on this computer since the form was opened. What was "
                "written is kept for the person who wrote it, until this time tomorrow."
            ),
        )
        if words
        else ("The page you were on was opened too long ago to be sent.", "Open it again.")
    )
    return _answer(request, 403, Trouble("This form was not sent", said, *_back(request)))


def _back(request: Request) -> tuple[str, str]:
    """The page they came from, if it is one of ours and not the one that refused."""
    came_from = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure())
    return (came_from, "Go back") if ours else ("", "")


def _answer(request: Request, status: int, trouble: Trouble) -> HttpResponse:
    return render(request, "design/error.html", page=trouble, status=status)


def _plain(request: Request, status: int, trouble: Trouble) -> HttpResponse:
    made = loader.render_to_string("design/error_plain.html", {"page": trouble}, request)
    return with_headers(HttpResponse(made, status=status))
