"""The page of figures and its file: who reads them, what they tell, and that it is recorded."""

import csv
from io import StringIO

import pytest
from markupsafe import escape
from tests.factories.families import episode_in
from tests.factories.partnership import signed_in, worker

from earlydoors.domain.figures.queries import Cut
from earlydoors.foundation.audit.models import AuditEvent
from earlydoors.foundation.profile.current import current

pytestmark = pytest.mark.django_db

_KINDS = ("practitioner", "coordinator", "team_manager", "administrator", "system_administrator")


@pytest.mark.parametrize("kind", [*_KINDS, "auditor"])
@pytest.mark.parametrize("path", ["/figures/", "/figures/file"])
def test_it_is_nobody_elses(kind: str, path: str) -> None:
    answer = signed_in(worker(kind)).get(path)
    assert answer.status_code == 403
    assert "read the figures of the partnership" in answer.content.decode()


def test_small_numbers_are_kept_back_on_the_page_and_in_the_file() -> None:
    episode_in("closed")
    client = signed_in(worker("commissioner"))
    for cut in Cut:
        page = client.get(f"/figures/?by={cut}").content.decode()
        assert "fewer than 5" in page, cut
        text = client.get(f"/figures/file?by={cut}").content.decode("utf-8-sig")
        rows = list(csv.DictReader(StringIO(text)))
        counts = {row["Number"] for row in rows if not row["Measure"].startswith("From the first")}
        assert counts == {"0", "fewer than 5", "kept back"}, cut
        assert not counts & set("1234"), cut
        assert all(row["Number"] in page for row in rows), cut


def test_by_month_the_file_says_which_measure_and_when() -> None:
    client = signed_in(worker("commissioner"))
    text = client.get("/figures/file?by=month").content.decode("utf-8-sig")
    rows = [row for row in csv.DictReader(StringIO(text)) if row["Measure"] == "Agreements"]
    periods = [row["Period"] for row in rows]
    assert len(set(periods)) == 16, "twelve months and four quarters"
    assert sum(" to " in one for one in periods) == 4
    assert {row["Part"] for row in rows} == {"All"}


def test_what_is_said_of_a_measure_is_the_areas_own_words() -> None:
    page = signed_in(worker("commissioner")).get("/figures/?by=locality").content.decode()
    for locality in current().localities:
        assert locality.name in page
    page = signed_in(worker("commissioner")).get("/figures/").content.decode()
    for reason in current().closing_reasons:
        assert str(escape(reason.says)) in page


def test_a_year_before_is_asked_for_and_nonsense_is_not() -> None:
    client = signed_in(worker("commissioner"))
    assert "back=1" in client.get("/figures/").content.decode()
    earlier = client.get("/figures/?by=month&back=1").content.decode()
    assert "back=0" in earlier
    assert "back=2" in earlier
    nonsense = client.get("/figures/?by=families&back=-1")
    assert nonsense.status_code == 200
    assert "The year after" not in nonsense.content.decode()


def test_each_look_is_evidence() -> None:
    who = worker("commissioner")
    signed_in(who).get("/figures/file?by=locality")
    last = AuditEvent.objects.order_by("id").last()
    assert last is not None
    assert (last.verb, last.actor_id) == ("figures.read", str(who.member.pk))
    assert (last.details["cut"], last.details["file"]) == ("locality", True)
