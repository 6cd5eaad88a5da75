"""What a browser would send on these pages."""

import re
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone
from tests.factories.families import Help
from tests.integration.web.agreement.forms import answers, token

from earlydoors.domain.plan.models import Meeting, Outcome, Plan
from earlydoors.foundation.forms.schema import Purpose
from earlydoors.foundation.kernel.dates import local_day

__all__ = ["answers", "revision", "text", "token", "typed_day"]


def typed_day(days: int = 0) -> str:
    """A day from today, as someone would type it."""
    day = local_day(timezone.now()) + timedelta(days=days)
    return f"{day.day}/{day.month}/{day.year}"


def text(page: Any) -> str:
    """A page's words, without its marks."""
    content = re.sub(r"<[^>]+>", " ", page.content.decode())
    return re.sub(r"\s+", " ", content)


def revision(client: Client, address: str) -> str:
    """The state that a form was made for."""
    found = re.search(r'name="_revision" value="(\d+)"', client.get(address).content.decode())
    assert found
    return found[1]


def an_outcome(help_: Help, **more: Any) -> dict[str, Any]:
    """An outcome of the mother's."""
    return {"words": "Evenings that end well", "set_by": str(help_.parent.pk), **more}


def an_action(help_: Help, **more: Any) -> dict[str, Any]:
    """Something the lead does within a week."""
    return {
        "what": "Ring the landlord together",
        "owner": f"member-{help_.lead.member.pk}",
        "due_on": typed_day(7),
        **more,
    }


def a_meeting_record(help_: Help, meeting: Meeting, **more: Any) -> dict[str, Any]:
    """Everyone came, and the same person goes on leading."""
    came = {f"came_{one.pk.hex}": "yes" for one in meeting.attendance.all()}
    return {**came, "lead": "same", **answers(Purpose.MEETING, help_.family), **more}


def a_review(help_: Help, plan: Plan, decision: str = "carry_on", **more: Any) -> dict[str, Any]:
    """A review of today with every outcome nearly there."""
    seen = {
        f"outcome.{one.pk}.{name}": value
        for one in Outcome.objects.filter(plan=plan, state="open")
        for name, value in (("family_view", "some"), ("worker_view", "nearly"))
    }
    return {
        "held_on": "today",
        **seen,
        "score.speaks": str(help_.parent.pk),
        **answers(Purpose.REVIEW, help_.family),
        "decision.decision": decision,
        "decision.why": "Mornings are calmer; bedtimes are next.",
        **({"decision.next_review_on": typed_day(40)} if decision == "carry_on" else {}),
        **more,
    }
