"""`earlydoors register index`: people who came in by another way are put into the index."""

import pytest
from click.testing import CliRunner
from tests.factories.families import known_family

from earlydoors.config import database, preparation
from earlydoors.config.cli.register import register
from earlydoors.config.cli.root import HELP
from earlydoors.domain.matching.asking import Asked
from earlydoors.domain.matching.known import known
from earlydoors.domain.matching.models import Entry, Key

# The command vacuums, which no transaction may do.
pytestmark = pytest.mark.django_db(transaction=True)
SOPHIE = Asked("Sophie", "Tarn")


def test_who_is_missing_is_put_in_and_a_second_time_there_is_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(database, "ensure_running", lambda: None)
    monkeypatch.setattr(preparation, "check_migrated", lambda: None)
    known_family()
    Key.objects.all().delete()
    Entry.objects.all().delete()
    assert known(SOPHIE) == ()
    first = CliRunner().invoke(register, ["index"], help_option_names=HELP)
    assert first.exit_code == 0, first.output
    assert "The index is whole. 2 people were put into it." in first.output
    assert known(SOPHIE)
    again = CliRunner().invoke(register, ["index"], help_option_names=HELP)
    assert "0 people were put into it." in again.output
