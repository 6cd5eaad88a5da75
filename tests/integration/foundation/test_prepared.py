"""Questions written once: the right rows for each argument, and the SQL written a single time."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from tests.factories.families import known_family
from tests.factories.partnership import AT

from earlydoors.domain.people.models import Family, FamilyMember
from earlydoors.domain.people.operations import describe
from earlydoors.foundation.prepared import Prepared, attach, prepared

pytestmark = pytest.mark.django_db


@prepared
def _members(families: Any) -> QuerySet[FamilyMember, Any]:
    return FamilyMember.objects.filter(family__among=families).select_related("person")


def test_the_same_question_answers_for_each_argument() -> None:
    asked: Prepared[Family, Family] = Prepared(lambda family: Family.objects.filter(pk=family))
    one, other = known_family().family, known_family().family

    assert asked(one.pk) == [one]
    assert asked(other.pk) == [other]
    assert asked(uuid4()) == []


def test_a_question_is_built_once() -> None:
    built = []

    def build(family: Any) -> QuerySet[Family, Family]:
        built.append(family)
        return Family.objects.filter(pk=family)

    asked: Prepared[Family, Family] = Prepared(build)
    for _ in range(3):
        asked(uuid4())

    assert len(built) == 1


def test_what_changed_in_between_is_seen() -> None:
    asked: Prepared[Family, str] = Prepared(
        lambda family: Family.objects.filter(pk=family).values_list("careful", flat=True)
    )
    known = known_family()
    assert asked(known.family.pk) == [""]

    describe(
        family=known.family,
        careful="Visit in twos",
        seen=known.family.changed_at,
        by=known.by,
        at=AT,
    )

    assert asked(known.family.pk) == ["Visit in twos"]


def test_several_keys_are_one_question() -> None:
    families = [known_family().family for _ in range(3)]

    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = _members([family.pk for family in families])
        none = _members([])

    assert {member.family_id for member in found} == {family.pk for family in families}
    assert none == []
    assert len(asked) == 2


def test_what_is_attached_is_not_asked_for_again() -> None:
    families = [known_family().family, Family()]
    found = _members([families[0].pk])

    attach(families, "members", found, "family")

    with CaptureQueriesContext(connection) as asked:
        assert list(families[0].members.all()) == found
        assert list(families[1].members.all()) == []
    assert len(asked) == 0
