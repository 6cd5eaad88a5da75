"""Letters about one's own account: they say what changed, so that a stranger's doing is noticed."""

from django.conf import settings
from django.core.mail import send_mail
from procrastinate.contrib.django import app

from earlydoors.domain.partnership.models import Member

ENTRY = "entry"
SECOND_STEP = "second_step"
ACCOUNT = "account"
_SUBJECT = "Your account in Early Doors"
_SAYS = {
    ENTRY: "The password of your account in Early Doors was changed.",
    SECOND_STEP: "The second step of your sign-in to Early Doors was changed.",
    ACCOUNT: "An account elsewhere was joined to yours in Early Doors, and opens it.",
}
_LETTER = """Hello

{says}

If it was you, there is nothing to do. If not, tell whoever looks after accounts in your agency at
once.

Please do not reply to this letter.
"""


def tell(member: Member, what: str) -> None:
    """Have a letter sent about a change to a member's account, where they have an address."""
    if member.email:
        letter.defer(member_id=str(member.pk), what=what)


@app.task(queue="letters", retry=5)
def letter(*, member_id: str, what: str) -> bool:
    """Send it. Returns whether there was an address to send it to."""
    member = Member.objects.get(pk=member_id)
    if not member.email:
        return False
    says = _LETTER.format(says=_SAYS[what])
    send_mail(_SUBJECT, says, settings.DEFAULT_FROM_EMAIL, [member.email])
    return True
