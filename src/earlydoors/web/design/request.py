"""The request as pages get it."""

from datetime import date, datetime

from django.http import HttpRequest

from earlydoors.domain.partnership.actor import Actor


class Request(HttpRequest):
    """A request of anyone: the moment is set by the middleware, `actor` for someone signed in."""

    actor: Actor | None
    at: datetime
    today: date
    kept_writing: object


class PageRequest(HttpRequest):
    """A request of someone signed in: who acts, and the moment. Views behind sign-in take this."""

    actor: Actor
    at: datetime
    today: date
