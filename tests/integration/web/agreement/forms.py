"""What a browser would send for the area's short forms."""

import re
from typing import Any

from django.urls import reverse
from tests.factories.families import Help
from tests.factories.partnership import AT

from earlydoors.domain.people.models import Family
from earlydoors.foundation.forms.answers import as_typed
from earlydoors.foundation.forms.schema import Purpose
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.profile.current import current
from earlydoors.simulation.answers import Texts, readings


def answers(purpose: Purpose, family: Family) -> dict[str, Any]:
    """A short form filled in plainly, as its fields are named on a page."""
    read = readings(purpose, Texts(), today=local_day(AT), family=family)
    return {
        f"form.{section.key}.{key}": values
        for section in current().form_for(purpose).sections
        for key, values in as_typed(section.questions, read[section.key].answers).items()
    }


def record_page(help_: Help) -> str:
    """Where a family's yes is recorded."""
    return reverse("agreement:record", args=[help_.family.pk])


def yes(help_: Help, **more: Any) -> dict[str, Any]:
    """The mother's yes, filled in plainly. `more` is as its fields are named on the page."""
    return {
        "person": str(help_.parent.pk),
        "agreed_on": "3/3/2026",
        "until": "31 December 2098",
        "told_how": "in_person",
        "in_writing": "yes",
        "purpose": "Calmer mornings.",
        "covers": [str(help_.parent.pk), str(help_.child.pk)],
        "parts": ["people", "plan"],
        **answers(Purpose.CONSENT, help_.family),
        **more,
    }


def token(page: Any) -> str:
    """The mark by which a form is sent once."""
    found = re.search(r'name="_once" value="([^"]+)"', page.content.decode())
    assert found
    return found[1]
