"""Watching over looks: the report, one member's looks, and what is written about them."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.factories.families import Known, known_family
from tests.factories.partnership import signed_in, worker

from earlydoors.domain.access.looking import facts_of, unusual_looks
from earlydoors.domain.access.models import LookedInto
from earlydoors.domain.access.operations import grant, leave_work, look
from earlydoors.domain.access.unusual import AGAIN_DAYS, MANY
from earlydoors.domain.access.watching import look_into
from earlydoors.domain.chronology.events import write_event
from earlydoors.domain.chronology.rules import read_span
from earlydoors.domain.frontdoor import involvement
from earlydoors.domain.matching.asking import Asked
from earlydoors.domain.partnership.actor import Actor
from earlydoors.foundation.audit.models import AuditEvent
from earlydoors.foundation.kernel.dates import LONDON, local_day
from earlydoors.foundation.kernel.refusals import NotAllowed, UnableTo

pytestmark = pytest.mark.django_db

NOW = timezone.now()
SINCE = NOW - timedelta(days=30)
LONG_AGO = NOW - timedelta(days=400)


def weekday(back: int, hour: int = 11) -> datetime:
    """So many working days ago, at an hour of London's."""
    day = local_day(NOW)
    for _ in range(back):
        day -= timedelta(days=1)
        while day.isoweekday() > 5:
            day -= timedelta(days=1)
    return datetime.combine(day, time(hour), LONDON)


def family(name: str = "Tarn", by: Actor | None = None) -> Known:
    """A family that somebody wrote down long before the report's time."""
    return known_family(name=name, by=by, at=LONG_AGO)


def opened(known: Known, reader: Actor, because: str = "oversight") -> None:
    given: dict[str, Any] = {"family": known.family, "member": reader.member}
    grant(because=because, by=known.by, at=LONG_AGO, **given)


def keys(who: Actor) -> list[str]:
    found = {one.member_id: one for one in unusual_looks(SINCE, NOW)}
    one = found.get(who.member.pk)
    return [reason.key for reason in one.reasons] if one else []


def report(by: Actor, route: str = "report", **asked: str) -> str:
    answer = signed_in(by).get(reverse(f"looks:{route}"), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def night_looks(known: Known, times: int = 3) -> None:
    for minutes in range(times):
        at = weekday(2, hour=23) + timedelta(minutes=minutes)
        look(family=known.family, part="overview", by=known.by, at=at)


def test_ordinary_work_is_not_told_of() -> None:
    known = family()
    for back in range(1, 10):
        look(family=known.family, part="overview", by=known.by, at=weekday(back))
    when = read_span("2021", local_day(NOW))
    given: dict[str, Any] = {"people": [], "by": known.by, "at": weekday(5)}
    write_event(family=known.family, about="home", says="They moved.", when=when, **given)
    assert keys(known.by) == []


def test_coming_back_without_any_work_is_told_of() -> None:
    known, reader = family(), worker()
    opened(known, reader)
    for back in range(1, AGAIN_DAYS):
        look(family=known.family, part="overview", by=reader, at=weekday(back))
    assert keys(reader) == []
    look(family=known.family, part="overview", by=reader, at=weekday(AGAIN_DAYS))
    assert keys(reader) == ["again"]


def test_looks_at_night_and_at_weekends_are_told_of() -> None:
    known = family()
    night_looks(known, 2)
    assert keys(known.by) == []
    night_looks(known, 1)
    assert keys(known.by) == ["late"]


def test_a_family_of_ones_own_name_is_told_of_either_half_of_it() -> None:
    known, reader = family("Armstrong-Reid"), worker(name="Ann Réid")
    other = worker(name="Reid Carter")
    for one in (reader, other):
        opened(known, one)
        look(family=known.family, part="overview", by=one, at=weekday(1))
    assert keys(reader) == ["own_name"]
    assert keys(other) == []


def test_looks_after_the_work_ended_are_told_of() -> None:
    known, reader = family(), worker()
    opened(known, reader, "team")
    opened(known, reader, "asked")
    leave_work(family=known.family, member=reader.member, by=known.by, at=weekday(5))
    look(family=known.family, part="overview", by=reader, at=weekday(5, hour=16))
    assert keys(reader) == []
    look(family=known.family, part="overview", by=reader, at=weekday(3))
    assert keys(reader) == ["after"]


def test_being_told_and_looking_after_all_is_told_of() -> None:
    known, reader = family(), worker()
    child = known.child
    typed = Asked(child.given_name, child.family_name, child.born_on)
    involvement.look_up(asked=typed, by=reader, at=weekday(4))
    assert keys(reader) == []
    opened(known, reader)
    look(family=known.family, part="overview", by=reader, at=weekday(3))
    assert keys(reader) == ["told"]


def test_many_families_in_a_day_are_measured_by_ones_own_usual() -> None:
    reader = worker()
    for number in range(MANY):
        opened(known := family(f"Fell {number}"), reader)
        look(family=known.family, part="overview", by=reader, at=weekday(2))
        if number < 2:
            look(family=known.family, part="overview", by=reader, at=weekday(4))
    assert keys(reader) == ["many"]
    assert facts_of(SINCE, NOW)[reader.member.pk].usual == 2


def test_the_guardian_looks_into_it_and_it_is_not_told_of_again() -> None:
    known, guardian = family(), worker("auditor")
    night_looks(known)
    name, member = known.by.name, known.by.member
    assert "The looks of 1 person stand out" in _work(guardian)
    assert name in report(guardian)
    client, address = signed_in(guardian), reverse("looks:member", args=[member.pk])
    page = client.get(address).content.decode()
    assert "Tarn family" in page
    assert "Looked 3 times at night" in page
    sent = {
        "outcome": "passed_on",
        "says": "She was on call.",
        "_since": SINCE.isoformat(),
        "_until": NOW.isoformat(),
    }
    faulty = client.post(address, sent)
    assert b"Say to whom you passed it on" in faulty.content
    answer = client.post(address, {**sent, "passed_to": "Ben Hall, her manager"})
    assert answer["Location"] == reverse("looks:report")
    assert name not in report(guardian)
    assert "stand out" not in _work(guardian)
    for found in (report(guardian, "found"), client.get(address).content.decode()):
        assert "Passed on to somebody who deals with it: Ben Hall, her manager" in found
        assert "She was on call." in found
    assert AuditEvent.objects.filter(verb="looks.looked_into").count() == 1


def _work(who: Actor) -> str:
    return signed_in(who).get(reverse("home:work")).content.decode()


def test_each_reading_is_recorded_and_the_family_can_see_it() -> None:
    known, guardian = family(), worker("auditor")
    night_looks(known)
    signed_in(guardian).get(reverse("looks:member", args=[known.by.member.pk]))
    report(guardian, "file", days="90")
    verbs = AuditEvent.objects.filter(actor_id=guardian.audit_id).order_by("id")
    told = list(verbs.values_list("verb", "family_id"))
    assert ("looks.member_read", None) in told
    assert ("family.looked", known.family.pk) in told
    assert ("looks.report_read", None) in told
    answer = signed_in(known.by).get(reverse("families:looks", args=[known.family.pk]))
    page = answer.content.decode()
    assert guardian.name in page
    assert "Watches over who looks at records" in page
    assert keys(guardian) == []


def test_nobody_looks_into_their_own_looks_or_without_the_right() -> None:
    known, guardian = family(), worker("auditor")
    given: dict[str, Any] = {"since": SINCE, "until": NOW, "outcome": "explained", "says": "So."}
    with pytest.raises(UnableTo, match="Somebody else"):
        look_into(member=guardian.member, by=guardian, at=NOW, **given)
    with pytest.raises(NotAllowed):
        look_into(member=guardian.member, by=known.by, at=NOW, **given)
    with pytest.raises(UnableTo, match="Open this page again"):
        look_into(
            member=known.by.member, by=guardian, at=NOW, **{**given, "until": NOW + timedelta(1)}
        )
    assert not LookedInto.objects.exists()
    page = signed_in(guardian).get(reverse("looks:member", args=[guardian.member.pk]))
    assert b"These are your own looks" in page.content


def test_only_whoever_watches_comes_here(subtests: pytest.Subtests) -> None:
    known = family()
    addresses = [reverse(f"looks:{name}") for name in ("report", "file", "found")]
    addresses.append(reverse("looks:member", args=[known.by.member.pk]))
    for kind in ("practitioner", "coordinator", "administrator", "family_member"):
        client = signed_in(worker(kind))
        for address in addresses:
            with subtests.test(kind, address=address):
                assert client.get(address).status_code == 403


def test_the_table_is_safe_in_a_spreadsheet() -> None:
    known = family(by=worker(name="=cmd|' /C calc'!A0"))
    night_looks(known)
    told = report(worker("auditor"), "file")
    assert "'=cmd" in told
    assert '"=cmd' not in told
    assert "Tarn" not in told


def test_an_empty_report_says_what_will_appear() -> None:
    guardian = worker("auditor")
    assert "No looks stand out" in report(guardian)
    assert "Nothing yet" in report(guardian, "found")


def test_the_number_of_questions_stays_flat() -> None:
    guardian, first = worker("auditor"), family()
    night_looks(first)
    member = first.by.member.pk
    addresses = (reverse("looks:report"), reverse("looks:member", args=[member]))
    client = signed_in(guardian)
    few = [_questions(client, address) for address in addresses]
    for number in range(4):
        night_looks(known := family(f"Fell {number}"))
        opened(known, first.by)
        look(family=known.family, part="plan", by=first.by, at=weekday(1))
    assert [_questions(client, address) for address in addresses] == few


def _questions(client: Any, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)
