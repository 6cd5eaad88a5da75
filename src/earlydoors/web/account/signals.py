"""Every sign-in, by whatever way, is written down where its member can see and end it."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest
from django.utils import timezone

from earlydoors.domain.partnership.models import Member
from earlydoors.web.account import staying


def listen() -> None:
    """Begin to listen."""
    user_logged_in.connect(_signed_in, dispatch_uid="earlydoors.web.account")


def _signed_in(sender: Any, request: HttpRequest, user: Member, **_: Any) -> None:
    staying.begin(request, user, getattr(request, "met_at", None) or timezone.now())
