"""`earlydoors import`: the same steps as on the pages."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.factories.partnership import worker
from tests.factories.rolls import as_csv, number, roll

from earlydoors.config import database, preparation
from earlydoors.config.cli.imports import bring_in
from earlydoors.config.cli.root import FAULTY, FINE, HELP
from earlydoors.config.faults import CannotRun
from earlydoors.domain.imports.models import Import
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ready(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' database runs already."""
    monkeypatch.setattr(database, "ensure_running", lambda: None)
    monkeypatch.setattr(preparation, "check_migrated", lambda: None)


@pytest.fixture
def coordinator() -> Actor:
    return worker("coordinator")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(
        bring_in, [str(one) for one in arguments], standalone_mode=False, help_option_names=HELP
    )


def test_looked_at_then_loaded_then_taken_back(coordinator: Actor, tmp_path: Path) -> None:
    file, mend = tmp_path / "roll.csv", tmp_path / "mend.csv"
    wrong = [*roll(), [number(9), "Bo", "Fell", "31/02/2018", "M", "", ""]]
    file.write_bytes(as_csv(wrong))
    by = ("--as", coordinator.member.username)

    looked = run("people", file, *by, "--to-mend", mend)
    assert looked.return_value == FAULTY
    assert "4 rows, read as CSV, UTF-8, commas between." in looked.output
    assert "to be mended: 1; not known: 3" in looked.output.lower()
    assert "February 2018 has no day 31" in mend.read_text(encoding="utf-8-sig")
    assert not Person.objects.exists()

    file.write_bytes(as_csv(roll()))
    done = run("people", file, *by, "--load", "--add-new", "To practise")
    assert done.return_value == FINE
    assert "Wrote something: 3." in done.output
    assert Person.objects.count() == 3

    loaded = Import.objects.get(state="loaded")
    assert run("undo", loaded.pk, *by).return_value == FINE
    assert not Person.objects.exists()


def test_a_column_that_is_not_recognised_is_named(coordinator: Actor, tmp_path: Path) -> None:
    file = tmp_path / "roll.csv"
    lines = roll(headings=("UPN", "Forename", "Sippname", "DOB", "Gender", "Ethnicity", "Entry"))
    file.write_bytes(as_csv(lines))
    by = ("--as", coordinator.member.username)
    refused = run("people", file, *by)
    assert isinstance(refused.exception, CannotRun)
    assert "The file needs a column for Family name." in str(refused.exception)
    assert run("people", file, *by, "--column", "family_name=Sippname").return_value == FINE
    wrong = run("people", file, *by, "--column", "family_name=Nothing").exception
    assert "no heading “Nothing”" in str(wrong)


def test_only_who_may_brings_in_files(tmp_path: Path) -> None:
    file = tmp_path / "roll.csv"
    file.write_bytes(as_csv(roll()))
    for username in (worker().member.username, "nobody"):
        refused = run("people", file, "--as", username).exception
        assert "does not bring in files here" in str(refused)
