"""`earlydoors dispose`: carries out what two agreed, and says why what it leaves."""

from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner
from tests.as_web import as_the_web_login
from tests.factories.families import episode_in
from tests.factories.information import request_about
from tests.factories.partnership import worker
from tests.factories.retention import agreed

from earlydoors.config import checkup, database, preparation
from earlydoors.config.cli.dispose import dispose
from earlydoors.config.cli.root import FAULTY, FINE, HELP
from earlydoors.config.faults import CannotRun
from earlydoors.domain.information.models import InformationRequest
from earlydoors.domain.people.models import Family, Person
from earlydoors.domain.retention.models import Certificate, Review
from earlydoors.domain.retention.rules import reference_of
from earlydoors.foundation.audit import chain
from earlydoors.foundation.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2012, 3, 5, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "ensure_running", lambda: None)
    monkeypatch.setattr(preparation, "check_migrated", lambda: None)


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(dispose, list(words), help_option_names=HELP, standalone_mode=False)
    if done.exception:
        raise done.exception
    return done.return_value, done.output


def over(name: str = "Tarn", child: str = "Sophie") -> Review:
    help_ = episode_in("closed", name=name, child=child, at=LONG_AGO, born_on=date(2005, 3, 3))
    return agreed(help_.family, at=datetime.now(UTC))


def test_it_carries_out_what_two_agreed() -> None:
    review = over()
    said = reference_of(review.family_id)
    code, told = run("--dry-run")
    assert code == FINE
    assert f"{said}:" in told
    assert "2 people would go" in told
    assert Family.objects.filter(pk=review.family_id).exists()
    code, told = run()
    assert (code, "1 disposed of, 0 not." in told) == (FINE, True)
    assert not Family.objects.filter(pk=review.family_id).exists()
    made = Certificate.objects.get()
    assert made.reference == said
    assert AuditEvent.objects.get(hash=made.evidence).actor_name == "The command line"
    assert chain.verify().sound
    assert run() == (FINE, "0 disposed of, 0 not.\n")


def test_one_that_cannot_go_stays_whole_and_does_not_stop_the_others() -> None:
    first, second = over(), over("Birch", "Ida")
    asked = request_about(episode_in("helping", name="Fell", child="Zoe"), by=worker("auditor"))
    child = Person.objects.get(given_name="Sophie")
    InformationRequest.objects.filter(pk=asked.pk).update(person=child)
    code, told = run()
    assert code == FAULTY
    assert "asks about the information" in told
    assert "1 disposed of, 1 not." in told
    assert Family.objects.filter(pk=first.family_id).exists()
    assert not Family.objects.filter(pk=second.family_id).exists()


def test_the_login_of_the_pages_is_told_so() -> None:
    with as_the_web_login(), pytest.raises(CannotRun, match="may delete nothing"):
        run()


def test_the_doctor_says_when_nobody_runs_it() -> None:
    assert checkup._disposal().well
    review = over()
    assert checkup._disposal().well
    Review.objects.filter(pk=review.pk).update(agreed_at=datetime(2026, 1, 1, tzinfo=UTC))
    found = checkup._disposal()
    assert not found.well
    assert "earlydoors dispose" in found.mend
