"""The code lists: each can be read, says where it is from, and fits what it is used for."""

from datetime import date

import pytest
from pydantic import ValidationError

from earlydoors.domain.people.models import SEXES, Person
from earlydoors.domain.people.rules import CODED, SEX_CODES
from earlydoors.foundation.codes.reading import Code, CodeList, code_list, keys


@pytest.mark.parametrize("key", keys())
def test_every_list_can_be_read(key: str) -> None:
    codes = code_list(key)
    assert codes.codes
    assert codes.version
    assert codes.source


def test_every_coded_fact_has_its_list_and_room_for_each_code() -> None:
    assert set(CODED.values()) <= set(keys())
    for fact, key in CODED.items():
        longest = getattr(Person._meta.get_field(fact), "max_length", None)
        assert all(longest is None or len(one.code) <= longest for one in code_list(key).codes)


def test_every_sex_has_a_code_of_the_returns() -> None:
    assert set(SEX_CODES) == {key for key, _ in SEXES}
    codes = {one.code: one for one in code_list("sex").codes}
    assert set(SEX_CODES.values()) == set(codes)
    assert codes["F"].also["cin_gender"] == "2"


def test_a_code_that_ended_is_still_read_and_not_offered() -> None:
    old = Code(code="A", says="School Action", until=date(2014, 8, 31))
    new = Code(code="K", says="SEN support")
    listed = CodeList(
        key="x", title="X", version="1", source="a test", sure="background", codes=(old, new)
    )
    assert listed.says("A") == "School Action"
    assert listed.says("Z") == "Z"
    today = date(2026, 3, 2)
    assert listed.offered(today) == (new,)
    assert listed.offered(today, kept=("A",)) == (old, new)


def test_a_code_is_once_in_a_list() -> None:
    one = Code(code="A", says="A")
    with pytest.raises(ValidationError, match="twice"):
        CodeList(key="x", title="X", version="1", source="t", sure="source", codes=(one, one))


def test_a_list_that_is_not_there() -> None:
    with pytest.raises(LookupError):
        code_list("../../kernel/dates")
