"""One way to answer with a page, and the answers to a form that saves itself."""

import uuid
from datetime import datetime
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template import loader
from markupsafe import Markup

from earlydoors.web.design import frame, kept, once, words
from earlydoors.web.design.request import Request

_INPUT = Markup('<input type="hidden" name="{}" value="{}">')


class Hidden:
    """The hidden fields of a form on this page. Each call makes a new token: one for each form."""

    def __init__(self, request: Request) -> None:
        self._request = request

    def __call__(self, revision: int | None = None, *, keeps: bool = True) -> Markup:
        """The fields as markup; `revision` is that of the record the form shows. Without `keeps`
        what is typed is nothing to keep when the sign-in has ended: a password, or nothing."""
        request = self._request
        fields: dict[str, object] = {
            "csrfmiddlewaretoken": get_token(request),
            once.FIELD: uuid.uuid4(),
        }
        if keeps and request.user.is_authenticated:
            fields[kept.FIELD] = kept.mark(str(request.user.pk), request.path)
        if revision is not None:
            fields["_revision"] = revision
        if hasattr(request, "kept_writing"):
            fields[kept.USED] = request.kept_writing
        return Markup("").join(_INPUT.format(name, value) for name, value in fields.items())


def render(
    request: Request, template: str, *, page: Any = None, status: int = 200, **names: Any
) -> HttpResponse:
    """Answer with a page.

    The template gets `page` (the view's frozen dataclass), `site` (the frame), `words` (the
    area's), `hidden`, `today` and `at`, and whatever else is named.
    """
    context = {
        "page": page,
        "site": frame.site(request),
        "words": frame.words(),
        "hidden": Hidden(request),
        "today": request.today,
        "at": request.at,
        **names,
    }
    return HttpResponse(loader.render_to_string(template, context, request), status=status)


def is_autosave(request: Request) -> bool:
    """Whether the form was sent by itself while its writer goes on writing."""
    return request.headers.get("X-Autosave") == "1"


def autosaved(revision: int, at: datetime) -> JsonResponse:
    """It is saved: the revision to send next time, and the time to show."""
    return JsonResponse({"revision": revision, "saved_at": words.clock(at)})


def conflict(message: str) -> JsonResponse:
    """It is not saved, because somebody else changed it; nothing is overwritten."""
    return JsonResponse({"message": message}, status=409)
