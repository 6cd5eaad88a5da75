"""The numbers of health and schools, by their own checks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlydoors.foundation.kernel.identifiers import (
    READERS,
    UnreadableNumberError,
    numbers_in,
    read_nhs_number,
    read_uln,
    read_upn,
    spaced,
)


@pytest.mark.parametrize(
    ("kind", "typed", "read"),
    [
        ("nhs", "943 476 5919", "9434765919"),
        ("nhs", " 943-476–5919 ", "9434765919"),
        ("nhs", "9990000018", "9990000018"),
        ("upn", "B801200005001", "B801200005001"),
        ("upn", "p207 0000 16049", "P207000016049"),
        ("upn", "M80120000500A", "M80120000500A"),
        ("upn", "l80120000512z", "L80120000512Z"),
        ("uln", "9276308686", "9276308686"),
    ],
)
def test_a_number_is_read_as_people_write_it(kind: str, typed: str, read: str) -> None:
    assert READERS[kind](typed) == read
    assert read in numbers_in(typed)


@pytest.mark.parametrize(
    ("kind", "typed", "says"),
    [
        ("nhs", "9434765918", "There is no such NHS number"),
        ("nhs", "1234567890", "There is no such NHS number"),
        ("nhs", "943 476 591", "this has 9"),
        ("nhs", "943476591O", "made of 10 digits"),
        ("nhs", "٩٤٣٤٧٦٥٩١٩", "made of 10 digits"),
        ("upn", "A801200005001", "There is no such UPN"),
        ("upn", "B207000016049", "There is no such UPN"),
        ("upn", "B80120000500", "this has 12"),
        ("upn", "B8012000O5001", "A UPN is a letter, then 12 numbers"),
        ("uln", "9276308687", "There is no such ULN"),
        ("uln", "0276308686", "does not begin with 0"),
        ("uln", "9999999999", "leave it empty"),
        ("uln", "", "made of 10 digits"),
    ],
)
def test_a_slip_is_told_in_a_sentence(kind: str, typed: str, says: str) -> None:
    with pytest.raises(UnreadableNumberError, match=says):
        READERS[kind](typed)


@given(st.sampled_from(["9434765919", "9990000026"]), st.integers(0, 9), st.integers(1, 9))
def test_every_wrong_digit_of_an_nhs_number_is_found(number: str, at: int, by: int) -> None:
    wrong = f"{number[:at]}{(int(number[at]) + by) % 10}{number[at + 1 :]}"
    with pytest.raises(UnreadableNumberError):
        read_nhs_number(wrong)


@given(st.integers(0, 8))
def test_two_digits_that_changed_places_are_found(at: int) -> None:
    for read, number in ((read_nhs_number, "9434765919"), (read_uln, "9276308686")):
        swapped = f"{number[:at]}{number[at + 1]}{number[at]}{number[at + 2 :]}"
        if swapped != number:
            with pytest.raises(UnreadableNumberError):
                read(swapped)


@given(st.integers(1, 12), st.integers(1, 9))
def test_every_wrong_digit_of_a_upn_is_found(at: int, by: int) -> None:
    number = "B801200005001"
    wrong = f"{number[:at]}{(int(number[at]) + by) % 10}{number[at + 1 :]}"
    with pytest.raises(UnreadableNumberError):
        read_upn(wrong)


@given(st.text())
def test_anything_at_all_is_a_number_or_has_its_answer(text: str) -> None:
    for number in numbers_in(text):
        assert numbers_in(number) == (number,)


def test_a_number_is_shown_as_it_is_written() -> None:
    assert spaced("nhs", "9434765919") == "943 476 5919"
    assert spaced("upn", "B801200005001") == "B801200005001"
