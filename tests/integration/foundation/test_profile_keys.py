"""A kept profile is read once: every record that points to it finds the same one in memory."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.partnership import AT

from earlydoors.domain.records.models import FormRecord
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.models import kept

pytestmark = pytest.mark.django_db


def test_records_find_their_profile_without_asking() -> None:
    row = kept(current(), AT)
    records = [FormRecord(profile_id=row.pk) for _ in range(3)]

    with CaptureQueriesContext(connection) as asked:
        found = {id(record.profile) for record in records}

    assert found == {id(row)}
    assert len(asked) == 0
