"""What a family told before an assessment begins is in it, or beside it: nobody is asked twice."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.factories.families import Help, consent_given, episode_in
from tests.factories.partnership import area, signed_in

from earlydoors.domain.assessment.models import Assessment
from earlydoors.domain.records.operations import save_section
from earlydoors.foundation.forms.answers import Reading
from earlydoors.foundation.forms.schema import Form

pytestmark = pytest.mark.django_db

FRIENDS = "Jo, Kelly's sister, on Saturdays."
HER_WORDS = "I like it when it is quiet and Mummy reads."


def _page_of(form: Form, question: str) -> str:
    return next(s.key for s in form.sections if any(q.key == question for q in s.questions))


@pytest.fixture
def told() -> Help:
    """A family that said who its friends are, and what the child says, in the request."""
    area()
    help_ = episode_in("agreed", at=timezone.now() - timedelta(days=20))
    assert help_.request is not None
    record = help_.request.form_record
    for question, answer in (("network", FRIENDS), ("child_words", HER_WORDS)):
        key = _page_of(record.form, question)
        kept = record.sections.filter(section_key=key).first()
        save_section(
            form_record=record,
            section_key=key,
            reading=Reading({**(kept.answers if kept else {}), question: answer}, {}, ()),
            revision=kept.revision if kept else 0,
            by=help_.lead,
            at=help_.at,
        )
    return help_


def _begin(help_: Help) -> Assessment:
    signed_in(help_.lead).post(reverse("assessments:begin", args=[help_.episode.pk]))
    return Assessment.objects.get(episode=help_.episode)


def test_the_same_question_is_filled_in_to_be_checked(told: Help) -> None:
    begun = _begin(told)

    key = _page_of(begun.form_record.form, "network")
    page = signed_in(told.lead).get(reverse("assessments:section", args=[begun.pk, key]))

    assert "Jo, Kelly&#x27;s sister" in page.content.decode().replace("&#39;", "&#x27;")
    assert "From what was written before. Check it is still right." in page.content.decode()
    assert not begun.form_record.sections.filter(finished=True).exists()


def test_the_familys_own_words_stand_beside_it(told: Help) -> None:
    begun = _begin(told)

    page = signed_in(told.lead).get(reverse("assessments:assessment", args=[begun.pk]))

    assert "What they told us before" in page.content.decode()
    assert HER_WORDS in page.content.decode()


def test_why_they_said_no_stands_beside_a_later_yes() -> None:
    area()
    help_ = episode_in("declined", at=timezone.now() - timedelta(days=20))
    help_.later(days=1)
    consent_given(help_)

    begun = _begin(help_)

    page = signed_in(help_.lead).get(reverse("assessments:assessment", args=[begun.pk]))
    assert "Why did they say no?" in page.content.decode()
    assert "Too many people already." in page.content.decode()
