"""Languages in one spelling."""

import pytest

from earlydoors.foundation.codes.languages import language, languages


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("igbo", "Igbo"),
        ("IBO", "Igbo"),
        ("  farsi ", "Persian"),
        ("bsl", "British Sign Language"),
        ("pol", "Polish"),
        ("Efik", "Efik"),
        ("Ivrit  (at  home)", "Ivrit (at home)"),
        ("", ""),
    ],
)
def test_a_language_of_the_list_is_spelled_as_it_is_there(typed: str, kept: str) -> None:
    assert language(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("english, polish", "English, Polish"),
        ("Dari and pashto", "Dari, Pashto"),
        ("urdu/punjabi; URDU", "Urdu, Punjabi"),
        ("Efik & english", "Efik, English"),
        ("", ""),
    ],
)
def test_several_are_set_apart_by_commas_each_once(typed: str, kept: str) -> None:
    assert languages(typed) == kept
