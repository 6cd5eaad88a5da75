"""Other spellings and short forms of names that are not English, and what is no name yet."""

import pytest

from earlydoors.domain.matching.fields import KNOWN, prepared
from earlydoors.domain.matching.spelling import given_name, root


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("yuliia", "julia"),
        ("oleksandr", "alexander"),
        ("aisha", "ayesha"),
        ("hussain", "xuseen"),
        ("oluwaseun", "seun"),
        ("chukwuemeka", "emeka"),
        ("kwasi", "akwasi"),
        ("saoirse", "sersha"),
        ("malgorzata", "gosia"),
        ("parmjit", "paramjit"),
        ("joao", "john"),
    ],
)
def test_names_that_stand_for_one_another(one: str, other: str) -> None:
    assert root(one) == root(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("mohammed", "maureen"), ("jackie", "john"), ("kofi", "kojo"), ("ngozi", "nkechi")],
)
def test_names_that_do_not(one: str, other: str) -> None:
    assert root(one) != root(other)


@pytest.mark.parametrize("written", ["Baby", "unborn baby", "Baby Girl", "TBC", "Unknown"])
def test_what_stands_for_a_name_not_given_yet_is_unknown(written: str) -> None:
    assert given_name(written) == ""
    assert prepared(KNOWN["given_name"], written)["given_name"] is None


def test_a_name_with_such_a_word_in_it_stays() -> None:
    assert given_name("Boy George") == "boy george"
    assert prepared(KNOWN["family_name"], "Baby")["family_name"] == "baby"
