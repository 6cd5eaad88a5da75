"""Values prepared by the column come out as each does by itself."""

from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlydoors.domain.matching.candidates import signs, signs_of
from earlydoors.domain.matching.conditions import letters_in
from earlydoors.domain.matching.fields import Field, Kind, columns_of, prepared
from earlydoors.domain.matching.preparing import extra_columns, prepared_values

LIKELY = st.sampled_from(
    [
        "Mary-Jane O’Neill",
        "12 Ashford Road",
        "St John's Terrace",
        "CA28 7QP",
        "ca287qp",
        "2014-03-07",
        "7/3/2014",
        "20140307",
        "943 476 5919",
        "a.b@c.org",
        "٠١٢٣",
        "Олена",
        "李",
        "\n",
        "a\nb",
        "x" * 120,
        "é" * 40,
    ]
)
WRITTEN = st.lists(
    LIKELY | st.text("ab 12-'\u00e9\n", min_size=1, max_size=10) | st.text(min_size=1), max_size=12
)


@pytest.mark.parametrize("kind", list(Kind))
@given(values=WRITTEN)
def test_each_as_by_itself(kind: Kind, values: list[str]) -> None:
    field = Field("x", kind)
    rows = prepared_values(field, values).to_pylist()
    assert [row["written"] for row in rows] == values
    for row, value in zip(rows, values, strict=True):
        alone = prepared(field, value)
        assert {column: row[column] for column in columns_of(field)} == alone
        text = alone["x"]
        assert row["x_letters"] == (letters_in(text) if isinstance(text, str) else None)
        found = signs(field, text) if isinstance(text, str) else {}
        for sign in signs_of(field):
            numbers = {crc32(one.encode()) for one in found.get(sign.sort, ())}
            assert sorted(row[f"x__{sign.sort}"]) == sorted(numbers)


def test_texts_that_share_a_word_share_a_mark() -> None:
    """Given three streets, of which two share a word, then those share a mark; whoever has no
    words has no mark."""
    field = Field("street", Kind.TEXT)
    assert "street_words_marks" in extra_columns(field)
    table = prepared_values(field, ["Rosemary Lane", "4 Rosemary Close", "Elm"]).to_pylist()
    one, two, none = (row["street_words_marks"] for row in table)
    assert one & two
    assert none == 0
