"""References of records: said over the phone, found exactly, telling nothing."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlydoors.domain.retention.rules import ids_of, reference_of
from earlydoors.foundation.kernel.refusals import UnableTo


@given(st.uuids())
def test_a_reference_stands_for_the_id_it_was_made_of(one: UUID) -> None:
    first, last = ids_of(reference_of(one))
    assert first <= one <= last
    assert reference_of(first) == reference_of(last) == reference_of(one)


def test_it_is_read_as_it_is_said() -> None:
    one = uuid4()
    said = reference_of(one)
    for typed in (said.lower(), said.replace("-", " "), said.replace("-", ""), f" {said} "):
        assert ids_of(typed) == ids_of(said)
    assert ids_of("OOOOO-LLLLL") == ids_of("00000-11111")


@pytest.mark.parametrize("typed", ["", "7K3QM", "7K3QM-9XT2AA", "7K3QM-9XT2U", "7K3QM/9XT2A"])
def test_what_is_no_reference_is_refused(typed: str) -> None:
    with pytest.raises(UnableTo):
        ids_of(typed)
