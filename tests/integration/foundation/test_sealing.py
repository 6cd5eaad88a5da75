"""What is sealed: unreadable in the database, open in the program, sealed anew by a new key."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.db import connection
from tests.factories.evidence import PDF, signed_form
from tests.factories.families import episode_in
from tests.factories.partnership import worker

from earlydoors.config.checkup import _sealed
from earlydoors.domain.consent.models import EvidenceFile
from earlydoors.foundation.sealing import SealedError, in_use, mark_of, reseal
from earlydoors.web.account.adapters import Factors, reseal_factors

pytestmark = pytest.mark.django_db

OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))


@pytest.fixture(autouse=True)
def one_key(settings: Any) -> None:
    settings.SEALING_KEYS = [OLD]


def as_it_lies() -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM consent_evidencefile")
        return bytes(cursor.fetchone()[0])


def test_the_database_alone_does_not_tell_it() -> None:
    signed_form(episode_in("helping"))
    assert PDF not in as_it_lies()
    assert b"%PDF" not in as_it_lies()
    assert EvidenceFile.objects.get().content == PDF


def test_without_its_key_it_says_which_is_missing(settings: Any) -> None:
    signed_form(episode_in("helping"))
    settings.SEALING_KEYS = [NEW]
    with pytest.raises(SealedError, match=mark_of(OLD)):
        EvidenceFile.objects.get()
    assert not _sealed().well


def test_what_was_altered_does_not_open() -> None:
    signed_form(episode_in("helping"))
    altered = as_it_lies()[:-5] + b"AAAA="
    with connection.cursor() as cursor:
        cursor.execute("UPDATE consent_evidencefile SET content = %s", [altered])
    with pytest.raises(SealedError, match="altered"):
        EvidenceFile.objects.get()


def test_a_new_key_seals_what_was_sealed_before(settings: Any) -> None:
    signed_form(episode_in("helping"))
    settings.SEALING_KEYS = [NEW, OLD]
    assert in_use() == {mark_of(OLD): 1}
    assert EvidenceFile.objects.get().content == PDF

    assert list(reseal()) == [1]
    assert list(reseal()) == []

    assert in_use() == {mark_of(NEW): 1}
    settings.SEALING_KEYS = [NEW]
    assert EvidenceFile.objects.get().content == PDF
    assert _sealed().well


def test_secrets_of_second_steps_follow_the_signing_key(settings: Any) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a" * 50, []
    kept = {"secret": Factors().encrypt("JBSWY3DPEHPK3PXP")}
    one = Authenticator.objects.create(user=worker().member, type="totp", data=kept)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "b" * 50, ["a" * 50]

    assert reseal_factors() == 1

    settings.SECRET_KEY_FALLBACKS = []
    one.refresh_from_db()
    assert Factors().decrypt(one.data["secret"]) == "JBSWY3DPEHPK3PXP"
    with pytest.raises(InvalidToken):
        Factors().decrypt(kept["secret"])
