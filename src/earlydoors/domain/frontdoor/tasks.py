"""Letters of the front door, sent after the page has answered. None of them names a family."""

from django.conf import settings
from django.core.mail import send_mail
from procrastinate.contrib.django import app

from earlydoors.domain.frontdoor.models import EmergencyOpening, SupportRequest
from earlydoors.domain.partnership.queries import holding
from earlydoors.domain.partnership.rights import Right
from earlydoors.foundation.kernel.dates import clock, day, local_day
from earlydoors.foundation.wall.acting import crossing

SUBJECT = "Your request has an answer"
LETTER = """Hello

The request you made on {day} has an answer. Sign in to Early Doors to read it.

This letter names nobody, to keep the family's business private. Please do not reply to it.
"""


@app.task(queue="letters", retry=5)
@crossing("letters")
def answered(*, request_id: str) -> bool:
    """Tell whoever asked that there is an answer; the letter says nothing of the family.

    Returns whether a letter was sent: none is to someone without an address.
    """
    request = SupportRequest.objects.select_related("created_by").get(pk=request_id)
    address = request.created_by.email
    if not address or request.state != "decided":
        return False
    asked_on = day(local_day(request.sent_at or request.created_at))
    send_mail(SUBJECT, LETTER.format(day=asked_on), settings.DEFAULT_FROM_EMAIL, [address])
    return True


OPENED = "A record was opened in an emergency"
NOTICE = """Hello

Somebody opened a family's record in an emergency on {day} at {clock}. Sign in to Early Doors
to read why, and to look at it.

This letter names nobody, to keep the family's business private. Please do not reply to it.
"""


@app.task(queue="letters", retry=5)
@crossing("letters")
def opened_in_emergency(*, opening_id: str) -> int:
    """Tell those who watch over records that one was opened. Returns how many letters were sent."""
    opening = EmergencyOpening.objects.get(pk=opening_id)
    at = opening.created_at
    text = NOTICE.format(day=day(local_day(at)), clock=clock(at))
    watching = holding(Right.WATCH, local_day(at))
    addresses = sorted({one.member.email for one in watching if one.member.email})
    for address in addresses:
        send_mail(OPENED, text, settings.DEFAULT_FROM_EMAIL, [address])
    return len(addresses)
