"""A form sent twice makes one record.

Every form carries a fresh token. Its row is inserted first, in the transaction of the write: a
second sending with the same token waits on the primary key until the first has finished. If the
first went through, the second is led to the same place; if it was undone, the second takes over.
"""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, cast

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.web.design.request import Request
from earlydoors.web.models import Submission

FIELD = "_once"


@dataclass
class Sending:
    """One sending of a form. `repeated` when the same form already went through."""

    row: Submission | None
    address: str = ""

    @property
    def repeated(self) -> bool:
        """Whether this form already went through."""
        return bool(self.address)

    def response(self) -> HttpResponse:
        """Where the first sending was led."""
        return HttpResponseRedirect(self.address)

    def done(self, response: HttpResponse) -> HttpResponse:
        """Remember where the sender is led. An answer that leads nowhere (the form again, with
        its faults) frees the token."""
        if self.row is None:
            return response
        if 300 <= response.status_code < 400:
            self.row.address = response["Location"]
            self.row.save(update_fields=["address"])
        else:
            self.row.delete()
        return response


@contextmanager
def submission(request: HttpRequest) -> Iterator[Sending]:
    """Open the transaction of one sending of a form.

    Without a readable token (a form made by hand) it is just a transaction. Raises `UnableTo` when
    the token went with another page or person.
    """
    member = str(getattr(request.user, "pk", None) or "")
    token = _token(request)
    with transaction.atomic():
        if token is None:
            yield Sending(None)
            return
        at = cast(Request, request).at
        row = Submission(token=token, member=member, path=request.path, at=at)
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            yield _earlier(token, member, request.path)
            return
        yield Sending(row)


def only[R: HttpRequest, **P](
    view: Callable[Concatenate[R, P], HttpResponse],
) -> Callable[Concatenate[R, P], HttpResponse]:
    """A view whose POST is carried out once for each form; other methods pass through."""

    @wraps(view)
    def once(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with submission(request) as sending:
            if sending.repeated:
                return sending.response()
            return sending.done(view(request, *args, **kwargs))

    return once


def _token(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return None


def _earlier(token: uuid.UUID, member: str, path: str) -> Sending:
    first = Submission.objects.filter(token=token, member=member, path=path).first()
    if first is None or not first.address:
        raise UnableTo("This form has already been sent. Open the page again to send another.")
    return Sending(None, first.address)
