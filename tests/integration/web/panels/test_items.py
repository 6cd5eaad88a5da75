"""A family at a panel: what is brought, who was there, what is decided and done."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.partnership import signed_in, worker
from tests.integration.web.panels.conftest import NOW, Round

from earlydoors.domain.access.models import Grant
from earlydoors.domain.consent.models import Agreement, Sharing
from earlydoors.domain.panels import operations
from earlydoors.domain.panels.models import Item, Task
from earlydoors.domain.partnership.models import Agency, Setting
from earlydoors.domain.records.operations import begin
from earlydoors.foundation.audit.models import AuditEvent
from earlydoors.foundation.forms.schema import Purpose
from earlydoors.foundation.kernel.dates import day, local_day

pytestmark = pytest.mark.django_db
TODAY = local_day(NOW)


def address(talk: Round, name: str = "item") -> str:
    return reverse(f"panels:{name}", args=[talk.item.pk])


def ask(talk: Round, *keys: str) -> None:
    operations.gather(
        item=talk.item, agencies=Agency.objects.filter(key__in=keys), by=talk.chair, at=NOW
    )


def decided(**changes: str) -> dict[str, str]:
    return {
        "decision": "coordinated",
        "level": "early_intervention",
        "rationale": "Two agencies help already, and neither sees the whole.",
        "task-1.agency": "adult_social_care",
        "task-1.what": "Assess the grandmother’s needs",
        "task-1.due_on": day(TODAY + timedelta(days=14)),
    } | changes


def test_the_chair_reads_the_request_and_asks_agencies(talk: Round) -> None:
    page = talk.chairing.get(address(talk)).content.decode()
    assert "In the words of the request" in page
    assert "Sophie Robson" in page

    talk.chairing.post(address(talk, "ask"), {"agencies": ["police", "housing"]})

    assert set(talk.item.brought.values_list("agency__key", flat=True)) == {"police", "housing"}
    assert "Asked, nothing said yet" in talk.chairing.get(address(talk)).content.decode()


def test_asking_nobody_or_somebody_unheard_of_is_refused(talk: Round) -> None:
    for chosen in ([], ["no_such_agency"]):
        answer = talk.chairing.post(address(talk, "ask"), {"agencies": chosen})
        assert "There is a problem" in answer.content.decode()
    assert not talk.item.brought.exists()


def test_an_asked_agency_sees_the_name_and_why_and_no_record(talk: Round) -> None:
    ask(talk, "police")
    officer = signed_in(worker(agency_key="police"))

    answer = officer.get(address(talk), follow=True)

    page = answer.content.decode()
    police = Agency.objects.get(key="police")
    assert answer.redirect_chain[-1][0] == reverse("panels:bring", args=[talk.item.pk, police.pk])
    assert "Robson" in page
    assert "Sophie Robson" in page
    assert "In the words of the request" not in page
    assert AuditEvent.objects.filter(verb="family.looked", details__extent="name").exists()
    family = reverse("families:family", args=[talk.item.episode.family_id])
    assert officer.get(family).status_code == 404
    for name in ("ask", "put_off", "decide"):
        assert officer.get(address(talk, name)).status_code == 403


def test_what_an_agency_brings_stands_with_its_name(talk: Round) -> None:
    ask(talk, "police")
    police = Agency.objects.get(key="police")
    officer = worker(agency_key="police", name="Ola Brown")

    answer = signed_in(officer).post(
        reverse("panels:bring", args=[talk.item.pk, police.pk]), {"says": "Nothing of concern."}
    )

    assert answer["Location"] == reverse("panels:list")
    page = talk.chairing.get(address(talk)).content.decode()
    assert "Nothing of concern." in page
    assert "Ola Brown" in page


def test_the_chair_brings_for_an_agency_and_nobody_for_another(talk: Round) -> None:
    ask(talk, "police", "housing")
    housing = Agency.objects.get(key="housing")
    place = reverse("panels:bring", args=[talk.item.pk, housing.pk])

    assert signed_in(worker(agency_key="police")).get(place).status_code == 404
    sitter = worker(agency_key="midwifery", desks=(talk.panel.key,))
    assert signed_in(sitter).get(place).status_code == 403
    talk.chairing.post(place, {"says": "Rent is paid."})

    assert talk.item.brought.get(agency=housing).says == "Rent is paid."


def test_one_school_does_not_hear_of_anothers_children(talk: Round) -> None:
    assert talk.school.agency is not None
    ask(talk, talk.school.agency.key)
    own = talk.school.membership.setting
    assert own is not None
    other = Setting.objects.filter(agency=talk.school.agency).exclude(pk=own.pk).first()
    assert other is not None

    assert signed_in(talk.school).get(address(talk)).status_code == 302
    assert signed_in(worker(setting_key=other.key)).get(address(talk)).status_code == 404


def test_a_place_of_another_locality_does_not_hear_of_it(talk: Round) -> None:
    ask(talk, "adult_social_care")

    assert signed_in(worker(setting_key="adults_north")).get(address(talk)).status_code == 302
    assert signed_in(worker(setting_key="adults_west")).get(address(talk)).status_code == 404


def test_outside_the_panel_an_item_does_not_exist(talk: Round) -> None:
    outsider = signed_in(worker(agency_key="housing"))

    for name in ("item", "ask", "put_off", "decide"):
        assert outsider.get(address(talk, name)).status_code == 404


def test_the_one_who_asked_was_absent_so_it_can_only_be_put_off(talk: Round) -> None:
    talk.sit(school_came=False)

    page = talk.chairing.get(address(talk)).content.decode()
    assert "asked and was not there" in page
    assert address(talk, "put_off") in page
    assert address(talk, "decide") not in page
    answer = talk.chairing.post(address(talk, "decide"), decided())
    assert "asked and was not there" in answer.content.decode()
    assert talk.fresh().state == "waiting"

    talk.chairing.post(address(talk, "put_off"), {"why": "The school was not there."})

    item = talk.fresh()
    assert (item.state, item.deferrals, item.meeting) == ("deferred", 1, None)


def test_what_is_put_off_joins_a_sitting_planned_already(talk: Round) -> None:
    ahead = operations.plan_sitting(
        panel=talk.panel, on=TODAY + timedelta(days=13), by=talk.chair, at=NOW
    )
    talk.sit(school_came=False)

    talk.chairing.post(address(talk, "put_off"), {"why": "The school was not there."})

    assert talk.fresh().meeting == ahead
    assert ahead.attendance.filter(agency=talk.school.agency).exists()


def test_putting_off_needs_a_reason(talk: Round) -> None:
    answer = talk.chairing.post(address(talk, "put_off"), {"why": "  "})

    assert "There is a problem" in answer.content.decode()
    assert talk.fresh().state == "waiting"


def test_the_panel_decides_with_tasks_for_agencies(talk: Round) -> None:
    talk.sit(school_came=True)
    lead = worker()

    talk.chairing.post(address(talk, "decide"), decided(worker=str(lead.member.pk)))

    item = talk.fresh()
    assert (item.state, item.decision) == ("decided", "coordinated")
    task = item.tasks.get()
    assert (task.agency.key, task.due_on) == ("adult_social_care", TODAY + timedelta(days=14))
    assert Grant.objects.filter(member=lead.member, because="team", ended_at=None).exists()
    page = talk.chairing.get(address(talk)).content.decode()
    assert "What was decided" in page
    assert "only until it decides" in page


def test_nothing_is_decided_before_the_sitting_is_recorded(talk: Round) -> None:
    answer = talk.chairing.post(address(talk, "decide"), decided())

    assert "Record who was at the sitting first" in answer.content.decode()
    assert talk.fresh().state == "waiting"


@pytest.mark.parametrize(
    "junk",
    [
        {"decision": "nothing"},
        {"level": "specialist"},
        {"level": "light_touch"},
        {"rationale": ""},
        {"worker": "not-a-worker"},
        {"task-1.due_on": "31/2"},
        {"task-1.due_on": ""},
        {"task-2.what": "No agency named"},
        {"decision": "single_agency"},
    ],
)
def test_half_a_decision_is_refused_and_the_words_stay(talk: Round, junk: dict[str, str]) -> None:
    talk.sit(school_came=True)

    answer = talk.chairing.post(address(talk, "decide"), decided(**junk))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Assess the grandmother’s needs" in page
    assert talk.fresh().state == "waiting"
    assert not Task.objects.exists()


def test_a_decision_sent_twice_is_made_once(talk: Round) -> None:
    talk.sit(school_came=True)
    form = decided(_once="6f1c22a8-0d3d-4d3f-9a53-0b9f5f3e2a12")
    client = talk.chairing

    first = client.post(address(talk, "decide"), form)
    second = client.post(address(talk, "decide"), form)

    assert first["Location"] == second["Location"]
    assert Task.objects.count() == 1


def test_an_agency_says_that_its_task_is_done(talk: Round) -> None:
    talk.sit(school_came=True)
    talk.chairing.post(address(talk, "decide"), decided())
    task = Task.objects.get()
    place = reverse("panels:done", args=[task.pk])
    adults = signed_in(worker(setting_key="adults_north"))

    assert "Assess the grandmother" in adults.get(reverse("panels:list")).content.decode()
    assert adults.get(address(talk))["Location"] == place
    refused = adults.post(place, {"done_on": day(TODAY + timedelta(days=2))})
    assert "cannot be later than today" in refused.content.decode()
    adults.post(place, {"done_on": "today"})
    adults.post(place, {"done_on": "today"})

    task.refresh_from_db()
    assert task.done_on == TODAY
    assert AuditEvent.objects.filter(verb="panel_task.done").count() == 1
    assert signed_in(worker(agency_key="housing")).get(place).status_code == 404
    sitter = worker(agency_key="police", desks=(talk.panel.key,))
    assert signed_in(sitter).get(place).status_code == 403


def test_an_agency_the_family_said_no_to_is_not_asked(talk: Round) -> None:
    family = talk.item.episode.family
    form = begin(purpose=Purpose.CONSENT, by=talk.school, at=NOW, family=family)
    agreement = Agreement.make(
        by=talk.school,
        at=NOW,
        family=family,
        person=talk.help.parent,
        agreed_on=TODAY,
        told_how="in_person",
        in_writing=True,
        form_record=form,
    )
    housing = Agency.objects.get(key="housing")
    Sharing.make(by=talk.school, at=NOW, agreement=agreement, agency=housing, shares=False)

    assert "f-agencies" in talk.chairing.get(address(talk, "ask")).content.decode()
    talk.chairing.post(address(talk, "ask"), {"agencies": ["housing"]})

    assert not talk.item.brought.exists()


def test_the_item_asks_no_more_as_more_is_brought(talk: Round) -> None:
    client = talk.chairing
    ask(talk, "police")

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(address(talk))
        return len(seen)

    few = asked()
    ask(talk, "housing", "midwifery", "health_visiting", "mental_health", "voluntary")
    assert Item.objects.get(pk=talk.item.pk).brought.count() == 6

    assert asked() == few
