"""Panels: planning a sitting, who came, and the list of mine."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.families import episode_in
from tests.factories.partnership import signed_in, worker
from tests.integration.web.panels.conftest import NOW, Round

from earlydoors.domain.panels.models import PanelMeeting
from earlydoors.domain.panels.rules import sits_next
from earlydoors.foundation.kernel.dates import day, local_day

pytestmark = pytest.mark.django_db
TODAY = local_day(NOW)


@pytest.mark.parametrize(
    ("last", "next_one"),
    [
        (None, date(2026, 3, 16)),
        (date(2026, 2, 23), date(2026, 3, 9)),
        (date(2026, 3, 2), date(2026, 3, 16)),
        (date(2025, 3, 3), date(2026, 3, 2)),
        (date(2026, 3, 9), date(2026, 3, 23)),
    ],
)
def test_the_rhythm_gives_the_first_day_that_has_not_gone_by(
    last: date | None, next_one: date
) -> None:
    assert sits_next(last, 14, date(2026, 3, 2)) == next_one


def test_a_sitting_is_planned_on_the_day_the_rhythm_suggests(talk: Round) -> None:
    address = reverse("panels:plan", args=[talk.panel.pk])
    suggested = sits_next(talk.sitting.on, 14, TODAY)
    client = talk.chairing

    filled_in = f'value="{suggested.day}/{suggested.month}/{suggested.year}"'
    assert filled_in in client.get(address).content.decode()
    answer = client.post(address, {"on": day(suggested)})

    planned = PanelMeeting.objects.get(on=suggested)
    assert answer["Location"] == reverse("panels:sitting", args=[planned.pk])


@pytest.mark.parametrize("typed", ["31/2", "", "soon", "x" * 5000])
def test_a_day_that_cannot_be_read_is_said_at_its_field(talk: Round, typed: str) -> None:
    before = PanelMeeting.objects.count()

    answer = talk.chairing.post(reverse("panels:plan", args=[talk.panel.pk]), {"on": typed})

    assert "There is a problem" in answer.content.decode()
    assert PanelMeeting.objects.count() == before


def test_the_same_day_twice_is_refused_in_a_sentence(talk: Round) -> None:
    answer = talk.chairing.post(
        reverse("panels:plan", args=[talk.panel.pk]), {"on": day(talk.sitting.on)}
    )

    assert "already sits on" in answer.content.decode()


def test_a_form_sent_twice_makes_one_sitting(talk: Round) -> None:
    form = {"on": day(TODAY + timedelta(days=30)), "_once": "6f1c22a8-0d3d-4d3f-9a53-0b9f5f3e2a11"}
    address, client = reverse("panels:plan", args=[talk.panel.pk]), talk.chairing

    first, second = client.post(address, form), client.post(address, form)

    assert first["Location"] == second["Location"]
    assert PanelMeeting.objects.filter(on=TODAY + timedelta(days=30)).count() == 1


def _coming(talk: Round, came: str) -> dict[str, str]:
    return {f"seat-{one.pk}.came": came for one in talk.sitting.attendance.all()}


def test_who_came_is_recorded_agency_by_agency_and_absence_shows(talk: Round) -> None:
    school = talk.sitting.attendance.get(agency=talk.school.agency)
    form = _coming(talk, "yes") | {f"seat-{school.pk}.came": "no"}

    talk.chairing.post(reverse("panels:attendance", args=[talk.sitting.pk]), form)

    page = talk.chairing.get(reverse("panels:sitting", args=[talk.sitting.pk])).content.decode()
    assert f"Not there: {school.agency.name}." in page
    table = talk.chairing.get(reverse("panels:panel", args=[talk.panel.pk])).content.decode()
    assert "Who came to the last 1 sitting" in table
    assert ">Absent</strong>" in table


def test_every_agency_needs_an_answer(talk: Round) -> None:
    answer = talk.chairing.post(reverse("panels:attendance", args=[talk.sitting.pk]), {})

    assert "There is a problem" in answer.content.decode()
    talk.sitting.refresh_from_db()
    assert not talk.sitting.held


def test_whoever_only_sits_there_reads_and_does_not_record(talk: Round) -> None:
    sitter = signed_in(worker(desks=(talk.panel.key,)))

    assert sitter.get(reverse("panels:sitting", args=[talk.sitting.pk])).status_code == 200
    assert sitter.get(reverse("panels:attendance", args=[talk.sitting.pk])).status_code == 403
    assert sitter.get(reverse("panels:plan", args=[talk.panel.pk])).status_code == 403


def test_outside_ones_panels_they_do_not_exist(talk: Round) -> None:
    outsider = signed_in(worker("panel_chair", desks=()))

    for name, key in (
        ("panel", talk.panel.pk),
        ("plan", talk.panel.pk),
        ("sitting", talk.sitting.pk),
        ("attendance", talk.sitting.pk),
    ):
        assert outsider.get(reverse(f"panels:{name}", args=[key])).status_code == 404


def test_members_of_a_family_have_no_panels(talk: Round) -> None:
    relative = signed_in(worker("family_member"))

    assert relative.get(reverse("panels:list")).status_code == 403
    assert relative.get(reverse("panels:panel", args=[talk.panel.pk])).status_code == 404
    assert relative.get(reverse("panels:item", args=[talk.item.pk])).status_code == 404


def test_an_empty_list_says_what_will_appear(talk: Round) -> None:
    page = signed_in(worker(agency_key="police")).get(reverse("panels:list")).content.decode()

    assert "You sit on no" in page


def test_the_list_asks_no_more_as_it_grows(talk: Round) -> None:
    client = talk.chairing
    pages: list[tuple[str, list[UUID]]] = [
        ("list", []),
        ("panel", [talk.panel.pk]),
        ("sitting", [talk.sitting.pk]),
    ]
    few = [_queries(client, name, args) for name, args in pages]
    for number in range(3):
        episode_in("at_panel", lead=talk.school, name=f"Later {number}")

    assert [_queries(client, name, args) for name, args in pages] == few


def _queries(client: Client, name: str, args: list[UUID]) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse(f"panels:{name}", args=args))
    return len(asked)


def test_the_sittings_of_years_stand_on_several_pages_the_latest_first(talk: Round) -> None:
    for weeks in range(1, 31):
        PanelMeeting.make(
            by=talk.chair, at=NOW, panel=talk.panel, on=TODAY - timedelta(weeks=2 * weeks)
        )
    address = reverse("panels:panel", args=[talk.panel.pk])
    first = talk.chairing.get(address).content.decode()
    last = talk.chairing.get(address, {"page": "3"}).content.decode()
    latest, oldest = day(TODAY - timedelta(weeks=2)), day(TODAY - timedelta(weeks=60))
    assert latest in first
    assert oldest not in first
    assert "?page=2" in first
    assert oldest in last
    # Whatever the address asks for, there is a page.
    assert talk.chairing.get(address, {"page": "x" * 500}).status_code == 200
