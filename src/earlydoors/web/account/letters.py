"""Letters with a way in: sent at once, so that the link stands nowhere but in them."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.validators import validate_email

from earlydoors.domain.partnership.models import Invitation
from earlydoors.foundation.kernel.dates import day, local_day
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.profile.current import current

SUBJECT = "Your way into Early Doors"
LETTER = """Hello

Here is your way into Early Doors, where people in {area} help families together:

{address}

It works once, until {until}. Nobody will ever ask you for it. If you do not know what this is, do
nothing.

Please do not reply to this letter.
"""
log = logging.getLogger(__name__)


def is_delivered() -> bool:
    """Whether letters of this installation go anywhere but into its folder."""
    return "filebased" not in str(settings.MAILERS["default"]["BACKEND"])


def address(typed: str) -> str:
    """An e-mail address as typed, tidied. Raises `UnableTo` for something else."""
    tidy = typed.strip()
    if tidy:
        try:
            validate_email(tidy)
        except ValidationError:
            raise UnableTo("Write an e-mail address, such as ann.carter@example.org.") from None
    return tidy


def send_way_in(invitation: Invitation, link: str) -> bool:
    """Send a way in. Returns whether it went: without an address, or where letters are only kept,
    it does not, and has to be handed over."""
    if not invitation.email or not is_delivered():
        return False
    said = LETTER.format(
        area=current().name, address=link, until=day(local_day(invitation.expires_at))
    )
    try:
        send_mail(SUBJECT, said, settings.DEFAULT_FROM_EMAIL, [invitation.email])
    except (OSError, SMTPException):
        log.exception("A way in could not be sent")
        return False
    return True
