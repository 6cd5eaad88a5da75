"""Who has looked at a family, on its page."""

import ast
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.families import Known, known_family
from tests.factories.partnership import AT, signed_in, worker

import earlydoors
from earlydoors.domain.access.operations import grant, look
from earlydoors.domain.partnership.actor import Actor
from earlydoors.web.families.looks import PARTS, TAKEN
from earlydoors.web.families.views import family as views

pytestmark = pytest.mark.django_db


def looks(known: Known, by: Actor | None = None, status: int = 200, page: str = "") -> str:
    address = reverse("families:looks", args=[known.family.pk])
    answer = signed_in(by or known.by).get(address, {"page": page} if page else {})
    assert answer.status_code == status
    return answer.content.decode()


def test_it_says_who_looked_when_at_what_and_why() -> None:
    known = known_family()
    for minutes, part in ((0, "overview"), (5, "plan"), (9, "plan on paper")):
        at = AT + timedelta(minutes=minutes)
        look(family=known.family, part=part, by=known.by, at=at)
    look(family=known.family, part="genogram, to a file", by=known.by, at=AT + timedelta(days=1))
    page = looks(known)
    assert known.by.name in page
    assert known.by.audit_agency in page
    assert "2 March 2026, 9:30am to 9:39am, 3 times" in page
    assert "The overview and the plan" in page
    assert "The plan, to print" in page
    assert "The genogram, as a file" in page
    assert "Is in the family’s team" in page
    assert "That you look at this list is recorded too" in page
    assert page.index("3 March 2026") < page.index("2 March 2026")
    # The look at this list is in it.
    assert "Who has looked" in page.split('<ul class="ed-viewers">')[1]


def test_it_is_led_to_from_who_can_see_this() -> None:
    known = known_family()
    page = signed_in(known.by).get(reverse("families:access", args=[known.family.pk]))
    assert reverse("families:looks", args=[known.family.pk]) in page.content.decode()


def test_the_summary_does_not_open_it() -> None:
    known, asker = known_family(), worker()
    given: dict[str, Any] = {"because": "asked", "extent": "summary", "by": known.by, "at": AT}
    grant(family=known.family, member=asker.member, **given)
    looks(known, asker, 403)
    looks(known, worker(), 404)


def test_it_comes_a_page_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "LOOKS_ON_A_PAGE", 2)
    known = known_family()
    for days in range(3):
        look(family=known.family, part="overview", by=known.by, at=AT + timedelta(days=days))
    assert "2 March 2026" not in looks(known)
    assert "2 March 2026" in looks(known, page="2")
    assert "Page 2 of 2" in looks(known, page="9")


def test_the_number_of_questions_stays_flat() -> None:
    known = known_family()
    address = reverse("families:looks", args=[known.family.pk])
    client = signed_in(known.by)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for days in range(6):
        look(family=known.family, part="overview", by=known.by, at=AT + timedelta(days=days))
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)


def test_every_part_that_is_recorded_has_its_words() -> None:
    parts = set()
    for file in Path(earlydoors.__file__).parent.glob("*/**/*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"look", "looked"}:
                said = [one.value for one in node.keywords if one.arg == "part"] or node.args[2:3]
                parts |= {
                    one.value
                    for one in said
                    if isinstance(one, ast.Constant) and isinstance(one.value, str)
                }
    assert len(parts) > 15
    of_files = {part for part in parts if part.endswith(", to a file")}
    missing = parts - of_files - set(PARTS) - set(TAKEN) - {"to_mend"}
    assert missing == set()
