"""Which passwords will do."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from earlydoors.domain.partnership.passwords import (
    LONGEST,
    SHORTEST,
    HardToGuess,
    common_passwords,
    weakness,
)

OWN = ["Kelly Armstrong-Reid", "kelly.reid", "Team manager", "Westmorland"]


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "my dog eats green tea",
        "teal-otter-vinyl-9",
        "83741982374198237",
        "zażółć gęślą jaźń",
        "kelly bought a purple accordion",
    ],
)
def test_long_and_ones_own_will_do(password: str) -> None:
    assert weakness(password, OWN, common_passwords()) == ""


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("Tr0ub4dor&3!", "longer"),
        ("x" * SHORTEST, "repeats"),
        ("abababababababab", "repeats"),
        ("abcdefghijklmnopqr", "beside each other"),
        ("qwertyuiopasdfghjkl", "beside each other"),
        ("1234567890123456", "beside each other"),
        ("sunshinesunshine", "many people"),
        ("P@ssw0rdP@ssw0rd", "many people"),
        ("liverpool1234567", "common password"),
        ("L1verpool!!!!2026", "common password"),
        ("kelly.reid.2026!!", "your name"),
        ("K3llyArmstr0ng2026", "your name"),
        ("WestmorlandEarlyHelp1", "your name"),
        ("passwordpassword1", "your name"),
        ("correct horse " * 10, "shorter"),
    ],
)
def test_what_others_would_try_will_not(password: str, says: str) -> None:
    assert says in weakness(password, OWN, common_passwords())


def test_every_common_password_is_refused_however_it_is_stretched() -> None:
    common = common_passwords()
    stretched = [f"{one}{one}{one}" for one in sorted(common)[::200] if 6 <= len(one) <= 30]
    taken = [one for one in stretched if not weakness(one, (), common)]
    assert len(stretched) > 80
    assert not taken


def test_a_password_may_be_as_long_as_a_sentence() -> None:
    sentence = "we walked to the sea and back before it rained on all of the washing "
    assert len(sentence) > 64
    assert len(sentence) <= LONGEST
    assert weakness(sentence, OWN, common_passwords()) == ""


def test_a_password_that_was_stolen_is_refused(tmp_path: Path, settings: Any) -> None:
    mine = "teal otter vinyl nine"
    file = tmp_path / "pwned.txt"
    file.write_text(hashlib.sha1(mine.encode(), usedforsecurity=False).hexdigest().upper() + ":3\n")
    settings.LEAKED_PASSWORDS = None
    HardToGuess().validate(mine)
    settings.LEAKED_PASSWORDS = file
    with pytest.raises(ValidationError, match="stolen"):
        HardToGuess().validate(mine)
    file.unlink()
    HardToGuess().validate(mine)
