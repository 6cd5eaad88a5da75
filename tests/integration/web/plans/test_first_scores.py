"""Where an assessment's form asks for the scores already, nobody gives the first ones twice."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.families import Help, episode_in
from tests.factories.partnership import AT, area, signed_in
from tests.integration.web.plans.forms import text

from earlydoors.domain.plan.models import Score
from earlydoors.foundation.forms.schema import Form, Kind, Section
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.profile.current import current

pytestmark = pytest.mark.django_db


@pytest.fixture
def started(settings: Any) -> Help:
    """A family whose assessment put two areas of life on the line, at 2 and at 4."""
    area("north_somerset", within=settings)
    help_ = episode_in("planning")
    assert help_.assessment
    form_record = help_.assessment.form_record
    kept = form_record.sections.get(section_key=_starts(form_record.form).key, person=None)
    first, second = (one.key for one in current().areas_of_life[:2])
    kept.change(by=help_.lead, at=AT, answers=kept.answers | {first: 2, second: 4})
    return help_


def _starts(form: Form) -> Section:
    areas = {one.key for one in current().areas_of_life}
    return next(
        section
        for section in form.sections
        if areas <= {q.key for q in section.questions if q.kind == Kind.SCALE}
    )


def _chosen(client: Client, help_: Help) -> dict[str, str]:
    """The numbers that stand in the page, by field."""
    page = client.get(reverse("plans:scores", args=[help_.episode.pk])).content.decode()
    fields = re.findall(r'<select[^>]* name="(score\.[^"]*)".*?</select>', page, re.DOTALL)
    bodies = re.findall(r'<select[^>]* name="score\.[^"]*"(.*?)</select>', page, re.DOTALL)
    found = (re.search(r'value="(\d+)" selected', body) for body in bodies)
    return {name: one[1] for name, one in zip(fields, found, strict=True) if one}


def test_the_numbers_of_the_assessment_stand_in_the_first_scores(started: Help) -> None:
    client, address = signed_in(started.lead), reverse("plans:scores", args=[started.episode.pk])
    first, second = (one.key for one in current().areas_of_life[:2])

    assert _chosen(client, started) == {f"score.family.{first}": "2", f"score.family.{second}": "4"}
    page = client.get(address)
    assert "stand here already" in text(page)
    assert f'value="{local_day(AT):%-d/%-m/%Y}"' in page.content.decode()


def test_once_scores_are_given_the_page_starts_empty(started: Help) -> None:
    client, address = signed_in(started.lead), reverse("plans:scores", args=[started.episode.pk])
    first = current().areas_of_life[0].key
    sent = {"held_on": "today", "score.speaks": "together", f"score.family.{first}": "3"}
    assert client.post(address, sent).status_code == 302
    assert [one.value for one in Score.objects.all()] == [3]

    assert _chosen(client, started) == {}
    assert "stand here already" not in text(client.get(address))
