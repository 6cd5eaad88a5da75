"""What pages keep for a short while goes when its time is over."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from earlydoors.web.models import KeptWriting, SignInAttempt, Submission
from earlydoors.web.tasks import tidy

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
