"""No word is lost when a sign-in runs out, or the time of a request, while someone is writing.

Every form says, under our signature, whose it is and which page it belongs to. What arrives without
a sign-in, or with a stale one, is kept for that person alone: after they have signed in again, the
page shows the form with their words. Kept for a day at most.
"""

from datetime import datetime, timedelta
from typing import Any

from django.core import signing

from earlydoors.foundation.wall.acting import crossing
from earlydoors.web.design import refusals
from earlydoors.web.design.request import Request
from earlydoors.web.models import KeptWriting

FIELD = "_from"
USED = "_kept"
KEPT_FOR = timedelta(hours=24)
NOTICE = "What you wrote is not saved yet. Your words are here: check them and save."

_SALT = "earlydoors.web.kept"
_OURS = ("_from", "_once", "_kept", "_revision", "csrfmiddlewaretoken")
# A form can lie open over a long weekend.
_SIGNED_FOR = timedelta(days=7)


def mark(member: str, path: str) -> str:
    """The signed value of a form's `_from` field: whose form it is, and of which page."""
    return signing.dumps({"m": member, "p": path}, salt=_SALT)


@crossing("kept")
def keep(request: Request, at: datetime) -> KeptWriting | None:
    """Keep what was posted for the person the form was made for.

    Nothing is kept without our signature, so nobody else can leave words for them. A second keeping
    of the same page replaces the first.
    """
    given = request.POST.get(FIELD, "")
    try:
        made_for = signing.loads(given, salt=_SALT, max_age=_SIGNED_FOR)
    except signing.SignatureExpired:
        return None
    except signing.BadSignature:
        if given:
            refusals.tried(request, "forged_signature")
        return None
    values = {key: texts for key, texts in request.POST.lists() if key not in _OURS}
    KeptWriting.objects.filter(kept_at__lt=at - KEPT_FOR).delete()
    kept, _ = KeptWriting.objects.update_or_create(
        written_for=made_for["m"], path=made_for["p"], defaults={"values": values, "kept_at": at}
    )
    return kept


@crossing("kept")
def resume(request: Request, member: Any) -> str | None:
    """The page whose words wait for the member who has just signed in, if any."""
    waiting = _waiting(request, str(member.pk)).order_by("-kept_at").first()
    return waiting.path if waiting else None


def writing(request: Request) -> dict[str, list[str]] | None:
    """The words kept for this member on this page, as the fields posted them; else nothing.

    The page that shows them gets the notice, and its forms carry what lets them go once saved.
    A page of many forms asks the database once.
    """
    if not hasattr(request, "kept_words"):
        request.kept_words = _words(request)
    return request.kept_words


def _words(request: Request) -> dict[str, list[str]] | None:
    if not request.user.is_authenticated:
        return None
    found = _waiting(request, str(request.user.pk)).filter(path=request.path).first()
    if found is None:
        return None
    request.kept_writing = found.pk
    return dict(found.values)


def let_go(request: Request) -> None:
    """Forget the words that a form, now saved, was filled from."""
    used = request.POST.get(USED, "")
    if used:
        _waiting(request, str(request.user.pk)).filter(path=request.path).delete()


def _waiting(request: Request, member: str) -> Any:
    at: datetime = request.at
    return KeptWriting.objects.filter(written_for=member, kept_at__gte=at - KEPT_FOR)
