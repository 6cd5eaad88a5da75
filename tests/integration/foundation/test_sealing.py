"""What is sealed: unreadable in the database, open in the program, sealed anew by a new key."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.db import connection
from tests.factories.evidence import PDF, signed_form
from tests.factories.families import episode_in
from tests.factories.partnership import worker

from earlydoors.config.checkup import _sealed
from earlydoors.domain.consent.models import EvidenceFile
from earlydoors.foundation.sealing import SealedError, in_use, mark_of, outdated, reseal
from earlydoors.web.account import adapters
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


def lie(content: bytes) -> None:
    """Put bytes into the database as they are."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE consent_evidencefile SET content = %s", [content])


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
    kept = as_it_lies()
    other_name = kept.replace(b":A256GCM:", b":A128GCM:")
    nameless = kept.replace(b":A256GCM:", b"")
    other_key = mark_of(NEW).encode() + kept[8:]
    for altered in (kept[:-1] + bytes([kept[-1] ^ 1]), kept[:20], other_name, nameless, other_key):
        lie(altered)
        with pytest.raises(SealedError):
            EvidenceFile.objects.get()
    lie(kept)
    assert EvidenceFile.objects.get().content == PDF


def test_what_is_sealed_says_by_which_key_and_algorithm() -> None:
    signed_form(episode_in("helping"))
    assert as_it_lies().startswith(f"{mark_of(OLD)}:A256GCM:".encode())


def test_what_fernet_sealed_opens_and_is_sealed_anew() -> None:
    signed_form(episode_in("helping"))
    assert outdated() == 0
    before = mark_of(OLD).encode() + Fernet(OLD).encrypt(PDF)
    lie(before)
    assert EvidenceFile.objects.get().content == PDF
    assert in_use() == {mark_of(OLD): 1}
    assert (outdated(), _sealed().well) == (1, False)
    assert "keys reseal" in _sealed().mend

    assert list(reseal()) == [1]

    assert as_it_lies().startswith(f"{mark_of(OLD)}:A256GCM:".encode())
    assert EvidenceFile.objects.get().content == PDF
    assert (outdated(), _sealed().well) == (0, True)


def test_what_fernet_sealed_and_was_altered_does_not_open() -> None:
    signed_form(episode_in("helping"))
    lie(mark_of(OLD).encode() + Fernet(OLD).encrypt(PDF)[:-5] + b"AAAA=")
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
    with pytest.raises(SealedError):
        Factors().decrypt(kept["secret"])


def test_secrets_that_fernet_sealed_open_and_are_sealed_anew(settings: Any) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a" * 50, ["b" * 50]
    for earlier in ("a" * 50, "b" * 50):
        kept = Fernet(adapters._key(earlier)).encrypt(b"JBSWY3DPEHPK3PXP").decode()
        one = Authenticator.objects.create(user=worker().member, type="totp", data={"secret": kept})
        assert Factors().decrypt(kept) == "JBSWY3DPEHPK3PXP"

        reseal_factors()

        one.refresh_from_db()
        assert one.data["secret"].startswith("A256GCM:")
        assert Factors().decrypt(one.data["secret"]) == "JBSWY3DPEHPK3PXP"


@pytest.mark.parametrize("how", ["cut", "mark", "name", "nameless", "nothing", "words"])
def test_a_secret_that_was_altered_does_not_open(how: str) -> None:
    kept = Factors().encrypt("JBSWY3DPEHPK3PXP")
    name, mark, closed = kept.split(":")
    altered = {
        "cut": f"{name}:{mark}:{closed[:-4]}",
        "mark": f"{name}:{'0' * len(mark)}:{closed}",
        "name": f"A128GCM:{mark}:{closed}",
        "nameless": closed,
        "nothing": "",
        "words": "A256GCM::żółw",
    }
    with pytest.raises(SealedError):
        Factors().decrypt(altered[how])
