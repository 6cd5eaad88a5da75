"""A school roll, from the page on which it is sent to the page on which it is taken back."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.families import known_family
from tests.factories.partnership import AT, signed_in, worker
from tests.factories.rolls import as_csv, as_excel, looked_through, number, roll
from tests.integration.domain.imports.test_going_on import children

from earlydoors.domain.access.models import Grant
from earlydoors.domain.imports.models import Import
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Agency
from earlydoors.domain.people import identifiers, operations
from earlydoors.domain.people.models import Person
from earlydoors.web.imports import advancing
from earlydoors.web.imports.tasks import bring_in, forget_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> Actor:
    return worker("coordinator")


@pytest.fixture
def client(coordinator: Actor) -> Client:
    return signed_in(coordinator)


def to(file: Import, name: str, *more: str) -> str:
    return reverse(f"imports:{name}", args=[file.pk, *more])


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def send(client: Client, content: bytes, name: str = "roll.csv", **said: str) -> Any:
    data = {"file": SimpleUploadedFile(name, content), "_once": str(uuid4()), **said}
    return client.post(reverse("imports:send", args=["people"]), data)


def columns_of(file: Import) -> dict[str, str]:
    return {f"column.{key}": str(place) for key, place in file.columns.items()}


def test_from_sending_to_taking_back(client: Client, coordinator: Actor) -> None:
    sophie = known_family(by=coordinator).child
    identifiers.identify(person=sophie, kind="upn", number=number(1), by=coordinator, at=AT)
    content = as_csv(roll())

    sent = send(client, content, "C:\\fakepath\\Roll 2026.csv", source_says="Autumn roll")
    file = Import.objects.get()
    assert sent["Location"] == to(file, "columns")
    assert file.file_name == "Roll 2026.csv"
    shown = page(client, to(file, "columns"))
    assert "It was read as CSV, UTF-8, commas between: 3 rows." in shown
    assert number(1) in shown

    assert client.post(to(file, "columns"), columns_of(file))["Location"] == to(file, "file")
    shown = page(client, to(file, "file"))
    assert "Load the file" in shown
    assert "Sophie Tarn" in shown

    answer = client.post(to(file, "load"), {"who": "known"})
    assert answer["Location"] == to(file, "file")
    sophie.refresh_from_db()
    assert sophie.ethnicity == "WBRI"
    shown = page(client, to(file, "file"))
    assert "1 row wrote something." in shown
    assert "Take the file back" in shown

    assert "All of it is taken back" in page(client, to(file, "undo"))
    client.post(to(file, "undo"))
    sophie.refresh_from_db()
    assert sophie.ethnicity == ""
    assert "The file is taken back." in page(client, to(file, "file"))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"%PDF-1.4", "This is a PDF, not a table"),
        (b"Just a heading\nrow", "must hold the headings"),
    ],
)
def test_what_is_no_table_is_said_at_the_field(client: Client, content: bytes, says: str) -> None:
    shown = send(client, content, source_says="Autumn roll").content.decode()
    assert says in shown
    assert 'href="#f-file"' in shown
    assert 'value="Autumn roll"' in shown
    assert not Import.objects.exists()


def test_no_file_at_all(client: Client) -> None:
    shown = client.post(reverse("imports:send", args=["people"]), {}).content.decode()
    assert "Choose a file." in shown


def test_a_file_that_is_too_large_is_let_go(client: Client, settings: Any) -> None:
    settings.IMPORT_MEGABYTES = 1
    shown = send(client, as_csv(roll()) + b"\n" * (2 << 20)).content.decode()
    assert "The file is larger than 1 MB." in shown
    assert not Import.objects.exists()


def test_a_missing_column_is_named(client: Client) -> None:
    send(client, as_csv([["Forename", "Surname", "Year"], ["Ann", "Fell", "2"]]))
    file = Import.objects.get()
    assert "were not recognised: Date of birth." in page(client, to(file, "columns"))
    shown = client.post(to(file, "columns"), columns_of(file)).content.decode()
    assert "The file needs a column for Date of birth." in shown
    both = columns_of(file) | {"column.born_on": "1"}
    shown = client.post(to(file, "columns"), both).content.decode()
    assert "Family name and Date of birth are the same column." in shown


def test_a_person_decides_and_only_sees_whom_they_may(client: Client, coordinator: Actor) -> None:
    mine = known_family(by=coordinator).child
    assert mine.born_on
    theirs = known_family(by=worker(), name="Okafor", child="Oluwaseun", born_on=mine.born_on)
    lines = [("", "Sophie", "Tarn", "3/3/2018", "F", "WBRI", ""),
             ("", "Oluwaseun", "Okafor", "3/3/2018", "M", "BAFR", "")]  # fmt: skip
    file = looked_through(as_csv(roll(lines)), by=coordinator)

    shown = page(client, to(file, "decide", "decide"))
    assert "Sophie Tarn, born 3 March 2018" in shown
    assert "Someone on record whose help you are not part of" in shown
    assert "Same birthday, same first name, same surname" in shown
    # The file itself names the child; the record adds nothing to that.
    assert "Oluwaseun Okafor, born 3 March 2018</label>" not in shown

    said = {"row.2": "1", "who.2": str(mine.pk), "row.3": "1", "who.3": "out"}
    assert client.post(to(file, "decide", "decide"), said).status_code == 302
    client.post(to(file, "load"), {"who": "known"})
    mine.refresh_from_db()
    theirs.child.refresh_from_db()
    assert (mine.ethnicity, theirs.child.ethnicity) == ("WBRI", "")
    assert file.rows.get(number=2).decided_by == coordinator.member


def test_nobody_else_can_be_chosen(client: Client, coordinator: Actor) -> None:
    known_family(by=coordinator)
    other = known_family(by=coordinator, name="Beck", child="Amy").child
    file = looked_through(as_csv(roll([("", "Sophie", "Tarn", "3/3/2018", "F", "", "")])),
                          by=coordinator)  # fmt: skip
    answer = client.post(to(file, "decide", "decide"), {"row.2": "1", "who.2": str(other.pk)})
    assert answer.status_code == 409
    assert file.rows.get().person_id is None


def test_what_the_file_says_is_taken_where_someone_says_so(
    client: Client, coordinator: Actor
) -> None:
    sophie = known_family(by=coordinator).child
    identifiers.identify(person=sophie, kind="upn", number=number(1), by=coordinator, at=AT)
    operations.correct(person=sophie, ethnicity="MWBC", by=coordinator, at=AT)
    file = looked_through(as_csv(roll()), by=coordinator)
    shown = page(client, to(file, "decide", "differences"))
    assert "take <strong>White British</strong>, not White and Black Caribbean" in shown

    client.post(to(file, "decide", "differences"), {"row.2": "1", "take.2": ["ethnicity"]})
    client.post(to(file, "load"), {"who": "known"})
    sophie.refresh_from_db()
    assert sophie.ethnicity == "WBRI"


def test_what_is_kept_from_the_reader_is_neither_shown_nor_changed(
    client: Client, coordinator: Actor
) -> None:
    known = known_family(by=worker())
    identifiers.identify(person=known.child, kind="upn", number=number(1), by=known.by, at=AT)
    operations.correct(person=known.child, ethnicity="MWBC", by=known.by, at=AT)
    file = looked_through(as_csv(roll()), by=coordinator)
    shown = page(client, to(file, "decide", "differences"))
    assert "Caribbean" not in shown
    assert "Kept from your role" in shown
    client.post(to(file, "decide", "differences"), {"row.2": "1", "take.2": ["ethnicity"]})
    client.post(to(file, "load"), {"who": "known"})
    known.child.refresh_from_db()
    assert known.child.ethnicity == "MWBC"


@pytest.mark.parametrize("excel", [False, True])
def test_rows_to_mend_are_sent_again(client: Client, excel: bool) -> None:
    write = as_excel if excel else as_csv
    lines = roll()
    wrong = [*lines[:3], ["=1+1", *lines[3][1:]]]
    send(client, write(wrong), "roll.xlsx" if excel else "roll.csv")
    first = Import.objects.get()
    client.post(to(first, "columns"), columns_of(first))
    assert "This is a formula." in page(client, to(first, "rows", "problems"))
    client.post(to(first, "load"), {"who": "everyone", "why": "To practise"})
    assert Person.objects.count() == 2

    answer: Any = client.get(to(first, "to_mend"))
    content = answer.getvalue()
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "What to mend" in (content.decode("utf-8-sig") if not excel else "What to mend")
    if not excel:
        assert b"'=1+1" in content
        content = content.replace(b"'=1+1", number(3).encode())
    else:
        content = as_excel([[*lines[0], "What to mend"], [*lines[3], "This is a formula."]])
    again = {"file": SimpleUploadedFile("mended", content), "_once": str(uuid4())}
    client.post(to(first, "send_again"), again)
    second = first.followed_by.get()
    client.post(to(second, "columns"), columns_of(second))
    client.post(to(second, "load"), {"who": "everyone", "why": "To practise"})
    assert Person.objects.count() == 3


def test_a_large_file_is_done_by_a_job(
    client: Client, coordinator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(advancing, "AT_ONCE", 2)
    send(client, as_csv(roll()))
    file = Import.objects.get()
    client.post(to(file, "columns"), columns_of(file))
    assert "0 of 3 rows are looked through." in page(client, to(file, "file"))
    assert bring_in(import_id=str(file.pk), member_id=str(coordinator.member.pk)) == "checked"
    client.post(to(file, "load"), {"who": "everyone", "why": "To practise"})
    assert "0 of 3 rows are loaded." in page(client, to(file, "file"))
    # Where no worker runs, the page does it.
    client.post(to(file, "go_on"))
    file.refresh_from_db()
    assert file.state == "loaded"


def test_giving_up_and_stopping(client: Client, coordinator: Actor) -> None:
    file = looked_through(as_csv(roll()), by=coordinator)
    assert client.post(to(file, "stop")).status_code == 409
    client.post(to(file, "give_up"))
    assert "given up, with nothing loaded" in page(client, to(file, "file"))
    assert client.get(to(file, "load")).status_code == 409


def test_files_are_seen_by_their_agency_and_by_nobody_else(coordinator: Actor) -> None:
    file = looked_through(as_csv(roll()), by=coordinator)
    assert coordinator.agency is not None
    other = Agency.objects.exclude(pk=coordinator.agency.pk)[0]
    colleague = signed_in(worker("administrator", agency_key=coordinator.agency.key))
    stranger = signed_in(worker("coordinator", agency_key=other.key))
    assert colleague.get(to(file, "file")).status_code == 200
    assert stranger.get(to(file, "file")).status_code == 404
    assert "roll.csv" not in page(stranger, reverse("imports:list"))
    practitioner = signed_in(worker(agency_key=coordinator.agency.key))
    assert practitioner.get(to(file, "file")).status_code == 404
    assert practitioner.get(reverse("imports:list")).status_code == 403
    assert "/files/" not in page(practitioner, reverse("home:work"))


def test_a_page_asks_the_same_of_the_database_however_many_rows(coordinator: Actor) -> None:
    client = signed_in(coordinator)
    few = looked_through(children(3), by=coordinator)
    many = looked_through(children(60), by=coordinator)
    for name, more in (("file", ()), ("rows", ("new",)), ("decide", ("decide",))):
        asked = []
        for file in (few, many):
            with CaptureQueriesContext(
                connection,
            ) as seen:
                page(client, to(file, name, *more))
            asked.append(len(seen))
        assert asked[0] == asked[1], name


def test_the_nightly_job_forgets(coordinator: Actor) -> None:
    looked_through(as_csv(roll()), by=coordinator)
    assert forget_rows(timestamp=int(AT.timestamp())) == 0
    assert forget_rows(timestamp=int(AT.timestamp()) + 31 * 86_400) == 3
    assert not Grant.objects.exists()
