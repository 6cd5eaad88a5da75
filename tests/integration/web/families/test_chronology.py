"""What happened to a family: everything in one list, narrowed, added to by hand, as a file."""

import csv
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.urls import reverse
from tests.factories.families import Known, episode_in, known_family
from tests.factories.partnership import AT, signed_in, worker

from earlydoors.domain.chronology.events import mend_event, take_off_event, write_event
from earlydoors.domain.chronology.models import Event
from earlydoors.domain.chronology.operations import mend
from earlydoors.domain.chronology.rules import read_span
from earlydoors.domain.people.facts import Source
from earlydoors.domain.people.models import Person
from earlydoors.domain.people.names import NewName
from earlydoors.domain.people.operations import (
    correct,
    keep_from,
    let_go,
    place_at,
    take_in,
    write_down,
)
from earlydoors.domain.people.relating import relate
from earlydoors.foundation.audit.models import AuditEvent
from earlydoors.foundation.history.models import versions_of
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.kernel.refusals import OutOfDate, UnableTo
from earlydoors.web.families import happened

pytestmark = pytest.mark.django_db

DAY = local_day(AT)


@pytest.fixture
def known() -> Known:
    return known_family()


def to(known: Known, route: str = "chronology", *more: Any) -> str:
    return reverse(f"families:{route}", args=[known.family.pk, *more])


def shown(known: Known, **asked: Any) -> str:
    client = signed_in(known.by)
    if "words" in asked:
        return client.post(to(known), asked, follow=True).content.decode()
    return client.get(to(known), asked).content.decode()


def told(known: Known, says: str = "Moved in with Grandma.", **more: Any) -> Event:
    given: dict[str, Any] = {
        "family": known.family,
        "about": "home",
        "says": says,
        "when": read_span("spring 2021", DAY),
        "by": known.by,
        "at": AT,
    }
    return write_event(**given | more)


def in_order(page: str, *texts: str) -> bool:
    places = [page.index(text) for text in texts]
    return places == sorted(places)


def test_births_names_who_came_and_who_left_are_told_on_their_days(known: Known) -> None:
    correct(
        person=known.child, family_name="Beck", renamed=NewName(date(2025, 9, 1)), by=known.by,
        at=AT,
    )  # fmt: skip
    gone = write_down(given_name="Craig", family_name="Reid", by=known.by, at=AT)
    given: dict[str, Any] = {"by": known.by, "at": AT}
    place = take_in(
        family=known.family, person=gone, relation="partner", on=DAY - timedelta(days=9), **given
    )
    let_go(membership=place, on=DAY - timedelta(days=2), **given)
    page = shown(known, order="earliest")
    assert in_order(
        page,
        "Kelly Tarn was born.",
        "Sophie Beck was born.",
        "Sophie Tarn became Sophie Beck.",
        "Craig Reid came into the family’s record.",
        "Craig Reid left the family.",
        "Sophie Beck and Kelly Tarn came into the family’s record.",
    ), page


def test_couples_and_carers_are_told(known: Known) -> None:
    given: dict[str, Any] = {"by": known.by, "at": AT}
    dan = write_down(given_name="Dan", family_name="Reid", sex="male", **given)
    take_in(family=known.family, person=dan, relation="carer", on=DAY, **given)
    relate(
        person=dan, kind="partner", other=known.parent, state="separated",
        began_on=date(2015, 5, 1), ended_on=date(2020, 6, 1), **given,
    )  # fmt: skip
    relate(person=dan, kind="kinship_carer", other=known.child, began_on=date(2021, 1, 1), **given)
    page = shown(known)
    assert "Dan Reid and Kelly Tarn became partners." in page
    assert "Dan Reid and Kelly Tarn separated." in page
    assert "Dan Reid became kinship carer of Sophie Tarn." in page


def test_a_birth_is_told_once_on_its_own_day(known: Known) -> None:
    given: dict[str, Any] = {"by": known.by, "at": AT}
    baby = write_down(given_name="Baby", due_on=DAY + timedelta(days=3), **given)
    take_in(family=known.family, person=baby, relation="child", on=DAY, **given)
    mend(person=baby, given_name="Ada", born_on=DAY, by=known.by, at=AT + timedelta(days=2))
    assert shown(known).count("Ada was born") == 1


def test_a_request_is_told_when_it_was_sent_and_when_it_was_answered() -> None:
    help_ = episode_in("helping")
    page = signed_in(help_.lead).get(
        reverse("families:chronology", args=[help_.family.pk]), {"order": "earliest"}
    )
    assert in_order(page.content.decode(), "asked for support.", "was answered")


def test_what_a_worker_adds_is_there_with_who_said_so(known: Known) -> None:
    client = signed_in(known.by)
    answer = client.post(
        to(known, "add_event"),
        {
            "when": "spring 2021",
            "says": "Moved in with Grandma.\nThe flat was too cold.",
            "about": "home",
            "people": [str(known.child.pk)],
            "said_by": "parent",
            "said_says": "Kelly, on the phone",
        },
    )
    assert answer.status_code == 302
    event = Event.objects.get()
    assert (event.first_on, event.last_on) == (date(2021, 3, 1), date(2021, 5, 31))
    assert [one.person for one in event.concerns.all()] == [known.child]
    page = shown(known)
    assert "Spring 2021" in page
    assert "Moved in with Grandma." in page
    assert "The flat was too cold." in page
    assert "Their parent or carer: Kelly, on the phone" in page
    assert AuditEvent.objects.filter(verb="event.written_down").exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("a blue moon", "Enter when it was"),
        ("2090", "not later than today"),
        ("31/2/2021", "February 2021 has no day 31"),
        ("", "Write an answer"),
    ],
)
def test_a_time_that_cannot_be_read_keeps_every_word(
    known: Known, typed: str, sentence: str
) -> None:
    sent = {"when": typed, "says": "Moved in with Grandma.", "about": "home"}
    page = signed_in(known.by).post(to(known, "add_event"), sent).content.decode()
    assert sentence in page
    assert "Moved in with Grandma." in page
    assert not Event.objects.exists()


def test_an_event_is_mended_and_what_it_was_stays(known: Known) -> None:
    event = told(known, people=[known.child])
    client = signed_in(known.by)
    address = to(known, "mend_event", event.pk)
    opened = client.get(address).content.decode()
    assert 'value="Spring 2021"' in opened
    sent = {
        "when": "June 2021",
        "says": "Moved in with Gran.",
        "about": "family",
        "people": [str(known.parent.pk)],
        "_seen": event.changed_at.isoformat(),
    }
    assert client.post(address, sent).status_code == 302
    page = client.get(address).content.decode()
    assert "Moved in with Grandma." in page
    assert f"changed by {known.by.name}" in page
    assert len(versions_of(Event.objects.get())) == 1
    here = event.concerns.filter(removed_on=None)
    assert [one.person for one in here] == [known.parent]


def test_two_who_mend_an_event_at_once_lose_no_word(known: Known) -> None:
    event = told(known)
    seen = event.changed_at
    mend_event(
        event=event, about="home", says="Theirs.", when=read_span("2021", DAY),
        by=known.by, at=AT + timedelta(days=1), seen=seen,
    )  # fmt: skip
    with pytest.raises(OutOfDate):
        mend_event(
            event=event, about="home", says="Mine.", when=read_span("2021", DAY),
            by=known.by, at=AT + timedelta(days=2), seen=seen,
        )  # fmt: skip
    sent = {"when": "2021", "says": "Mine.", "about": "home", "_seen": seen.isoformat()}
    answer = signed_in(known.by).post(to(known, "mend_event", event.pk), sent)
    assert answer.status_code == 409
    assert "Mine." in answer.content.decode()
    assert "Theirs." in answer.content.decode()


def test_what_never_happened_is_taken_off_with_a_reason_and_stays_on_record(known: Known) -> None:
    event = told(known)
    client = signed_in(known.by)
    address = to(known, "take_off_event", event.pk)
    assert client.post(address, {"why": ""}).status_code == 200
    assert client.post(address, {"why": "Another family."}).status_code == 302
    assert "Moved in with Grandma." not in shown(known)
    assert Event.objects.get().removed_why == "Another family."
    assert client.get(to(known, "mend_event", event.pk)).status_code == 404
    with pytest.raises(UnableTo):
        take_off_event(event=event, why=" ", by=known.by, at=AT)


def test_an_event_is_of_people_of_this_family_and_of_a_time_that_is_over(known: Known) -> None:
    stranger = known_family(name="Fell", child="Ada").child
    with pytest.raises(UnableTo, match="people of this family"):
        told(known, people=[stranger])
    with pytest.raises(UnableTo, match="still to come"):
        told(known, when=read_span("2027", date(2027, 1, 2)))
    with pytest.raises(UnableTo, match="what happened"):
        told(known, says=" ")


def test_the_list_is_narrowed_by_person_words_kind_and_days(known: Known) -> None:
    told(known, people=[known.child])
    told(known, says="Kelly found work at the café.", about="good")
    told(known, says="A quiet year.", about="other", when=read_span("2020", DAY))
    assert "Moved in" in shown(known, who=str(known.child.pk))
    assert "found work" not in shown(known, who=str(known.child.pk))
    assert "found work" in shown(known, who=str(known.parent.pk))
    assert "found work" in shown(known, words="CAFE work")
    assert "Moved in" not in shown(known, words="CAFE work")
    assert "was born" not in shown(known, kind="events")
    assert "was born" in shown(known, kind="family")
    # A year is in the list of any of its days.
    assert "A quiet year." in shown(known, since="1 June 2020", until="2 June 2020")
    assert "Moved in" not in shown(known, since="1 June 2020", until="2 June 2020")
    assert "Nothing of that kind" in shown(known, words="zebra")


def rows(known: Known, **asked: Any) -> list[dict[str, str]]:
    answer = signed_in(known.by).get(to(known, "chronology_file"), asked)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


def test_the_file_has_what_the_page_has_safe_for_a_spreadsheet(known: Known) -> None:
    told(
        known, says='=HYPERLINK("http://evil")', people=[known.child],
        source=Source("parent", "+44"),
    )  # fmt: skip
    (row,) = rows(known, kind="events")
    assert row["From"] == "2021-03-01"
    assert row["Until"] == "2021-05-31"
    assert row["When"] == "Spring 2021"
    assert row["What happened"] == '\'=HYPERLINK("http://evil")'
    assert row["Whom it is about"] == "Sophie Tarn"
    assert row["Who said so"] == "Their parent or carer: +44"
    assert len(rows(known)) > 1
    looked = AuditEvent.objects.filter(details__part="chronology, to a file")
    assert looked.exists()


def test_whoever_has_nothing_to_do_with_the_family_gets_no_file(known: Known) -> None:
    told(known)
    outsider = signed_in(worker())
    for route in ("chronology", "chronology_file", "add_event"):
        assert outsider.get(to(known, route)).status_code == 404


def kept_from_parent(known: Known) -> Person:
    """A place of the child's that her mother must not learn."""
    given: dict[str, Any] = {"by": known.by, "at": AT, "family": known.family}
    place = place_at(
        person=known.child, kind="school", says="Heron Hill School, Kendal",
        began_on=date(2024, 9, 1), **given,
    )  # fmt: skip
    keep_from(place=place, person=known.parent, why="She asked.", **given)
    return known.parent


def test_a_copy_for_whom_a_place_is_kept_from_never_names_it(known: Known) -> None:
    parent = kept_from_parent(known)
    told(known, says="Settled well at Heron Hill.", people=[known.child])
    told(known, says="Met Kelly at Heron Hill School.", people=[parent])
    whole = shown(known)
    assert "Sophie Tarn started at Heron Hill School, Kendal." in whole
    assert "A copy for Kelly Tarn" in whole
    copy = shown(known, **{"for": str(parent.pk)})
    assert "Heron" not in copy
    assert "started at" not in copy
    assert "Settled well" not in copy
    assert "Met Kelly at [kept private]" in copy
    said = " ".join(" ".join(row.values()) for row in rows(known, **{"for": str(parent.pk)}))
    assert "Heron" not in said
    assert "Met Kelly" in said


def test_the_list_takes_as_many_queries_for_much_as_for_little(
    known: Known, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    told(known, people=[known.child])
    client = signed_in(known.by)
    with django_assert_max_num_queries(40) as few:
        client.get(to(known))
    for number in range(12):
        told(known, says=f"Event {number}", people=[known.child, known.parent])
    with django_assert_num_queries(len(few)):
        client.get(to(known))


def test_what_has_no_hour_stands_before_what_has_one_on_a_day() -> None:
    help_ = episode_in("offered")
    found = happened.everything(help_.family)
    assert [one.order for one in found] == sorted(one.order for one in found)
