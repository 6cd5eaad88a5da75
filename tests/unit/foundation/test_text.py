"""Text is tidied without losing a word, and folded so that names find each other."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlydoors.foundation.kernel.text import folded, tidy, tidy_lines

ANYTHING = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Sophie \t Armstrong\n", "Sophie Armstrong"),
        ("Zoe\u0308", "Zo\u00eb"),
        ("a\x00b\x07c", "abc"),
        ("a\u00a0b", "a b"),
        ("broken \ud800 half", "broken half"),
        ("\u0646\u0648\u0631", "\u0646\u0648\u0631"),
        ("", ""),
    ],
)
def test_one_line_is_tidied(typed: str, kept: str) -> None:
    assert tidy(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree"),
        ("first\n\n  indented\twords", "first\n\n  indented\twords"),
        ("nul\x00 gone", "nul gone"),
        (" \n ", ""),
    ],
)
def test_lines_stay_as_written(typed: str, kept: str) -> None:
    assert tidy_lines(typed) == kept


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("O'Brien", "o\u2019brien"),
        ("Shah-Whitlock", "SHAH  WHITLOCK"),
        ("Ng\u1ecdzi", "ngozi"),
        ("Zo\u00eb", "Zoe\u0308"),
        ("Stra\u00dfe", "STRASSE"),
        ("\u0130stanbul", "istanbul"),
        ("\u2102laire", "claire"),
        ("\ufb01ona", "FIONA"),
        (
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
            "\u0645\u06cc\u062e\u0648\u0627\u0647\u0645",
        ),
        ("\uff21my", "Amy"),
    ],
)
def test_spellings_of_a_name_meet(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Amy", "Ava"),
        ("Ana Bell", "Anabell"),
        # Two Hindi names that differ by a vowel sign alone.
        ("\u0930\u093e\u092e", "\u0930\u092e\u093e"),
        ("\u0938\u0940\u0924\u093e", "\u0938\u0924\u094b"),
    ],
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_a_vowel_sign_does_not_break_a_word() -> None:
    assert len(folded("\u0930\u093e\u092e").split()) == 1


@given(ANYTHING)
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert tidy_lines(tidy_lines(text)) == tidy_lines(text)


@given(ANYTHING)
def test_what_is_kept_can_be_stored(text: str) -> None:
    for kept in (tidy(text), tidy_lines(text), folded(text)):
        assert kept.encode().decode() == kept
        assert "\x00" not in kept
        assert unicodedata.is_normalized("NFC", kept)
        assert kept == kept.strip()
    assert "\n" not in tidy(text)


@given(ANYTHING)
def test_folding_is_settled_at_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert folded(text) == folded(text).casefold()


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_letters_fold_alike_whatever_stands_beside_them(plain: str) -> None:
    assert folded(f"{plain} \N{LATIN SMALL LETTER E WITH ACUTE}") == f"{folded(plain)} e".strip()
