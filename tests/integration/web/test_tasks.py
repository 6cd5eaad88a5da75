"""What is done each night: what pages keep for a short while goes, and the index is whole."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from tests.factories.families import known_family

from earlydoors.domain.matching.index import forget
from earlydoors.domain.matching.models import Entry, Frequency
from earlydoors.web.models import KeptWriting, SignInAttempt, Submission
from earlydoors.web.tasks import keep_index, tidy

NOW = datetime(2026, 3, 3, 3, 17, tzinfo=UTC)


@pytest.mark.django_db
def test_only_what_is_old_goes() -> None:
    for days in (0, 2, 40):
        at = NOW - timedelta(days=days)
        Submission.objects.create(token=uuid4(), member="m", path="/", at=at)
        SignInAttempt.objects.create(account="a", address="::1", at=at)
        KeptWriting.objects.create(written_for="m", path=f"/{days}", values={}, kept_at=at)

    assert tidy(timestamp=int(NOW.timestamp())) == 5

    assert Submission.objects.count() == 2
    assert SignInAttempt.objects.count() == 1
    assert KeptWriting.objects.count() == 1


@pytest.mark.django_db
def test_who_came_in_past_the_pages_is_put_into_the_index() -> None:
    known = known_family()
    forget(known.child.pk)

    assert keep_index(timestamp=int(NOW.timestamp())) == 1

    assert Entry.objects.filter(person=known.child).exists()
    assert Frequency.objects.get(field="family_name", value="tarn").people == 2
