"""Many values prepared at once, in columns: the same as `prepared` and `signs` make of each.

A table of a million people has more than a million postcodes, so what is made of every value is
made by numpy of all values of one length together where it can be: letters, and the numbers of the
texts that lack a letter. A property test holds that each value comes out as it does by itself.
Heavy: imported only where whole tables are matched.
"""

from collections.abc import Sequence
from functools import lru_cache
from zlib import crc32

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from earlydoors.domain.matching.candidates import SLIP, SOUNDS, signs, signs_of
from earlydoors.domain.matching.conditions import LETTERS, MARKS, Value, letters_in
from earlydoors.domain.matching.fields import Field, Kind, columns_of, is_list, normal, prepared_of
from earlydoors.domain.matching.spelling import LONGEST, area_of, sound, without_one

type Bytes = NDArray[np.uint8]
type Numbers = NDArray[np.uint32]
type Columns = dict[str, list[Value]]
type Lists = dict[str, list[list[int]]]

_MARKS = 62
_SLIPS_AT_ONCE = 24  # letters: longer texts are few, and are taken one by one
_BITS_OF = np.array([letters_in(chr(code)) for code in range(128)], dtype=np.int64)
_TOGETHER = np.array(
    [ord(chr(code).lower()) if chr(code).isalnum() else 0 for code in range(128)], dtype=np.uint8
)
_RUN_TOGETHER = {Kind.POSTCODE, Kind.NUMBER, Kind.IDENTIFIER}


def prepared_values(field: Field, values: Sequence[str]) -> pa.Table:
    """A table of the values as they were `written`, each with its prepared columns, which letters
    and words it has, and its signs as numbers."""
    normals = _normals(field, values)
    columns, numbers = _made(field, normals)
    arrays: dict[str, pa.Array] = {"written": pa.array(values, pa.string())}
    for column, made in columns.items():
        arrays[column] = pa.array(made, pa.list_(pa.string()) if is_list(column) else pa.string())
        if is_list(column):
            arrays[f"{column}_{MARKS}"] = pa.array(map(_marks, made), pa.int64())
    arrays[f"{field.key}_{LETTERS}"] = _letters(normals)
    for sort, lists in numbers.items():
        arrays[f"{field.key}__{sort}"] = pa.array(lists, pa.list_(pa.uint32()))
    if any(sign.sort == SLIP for sign in signs_of(field)):
        arrays[f"{field.key}__{SLIP}"] = _slips(normals, swaps=field.kind is Kind.DATE)
    return pa.table(arrays)


def extra_columns(field: Field) -> list[str]:
    """The columns that are made for looking at pairs cheaply, beside the prepared ones."""
    marks = [f"{column}_{MARKS}" for column in columns_of(field) if is_list(column)]
    return [f"{field.key}_{LETTERS}", *marks]


def _marks(listed: object) -> int:
    """Which words there are: two lists that share a word share a bit."""
    found = 0
    for word in listed if isinstance(listed, list) else ():
        found |= _mark(word)
    return found


@lru_cache(maxsize=65_536)
def _mark(word: str) -> int:
    return 1 << crc32(word.encode()) % _MARKS


def _normals(field: Field, values: Sequence[str]) -> list[str]:
    """The normal forms of the values, empty where nothing is left."""
    if field.kind not in _RUN_TOGETHER:
        return [normal(field, value) for value in values]
    joined = "\n".join(values)
    if not joined.isascii() or max(map(len, values), default=0) > LONGEST:
        return [normal(field, value) for value in values]
    if joined.count("\n") != len(values) - 1:
        return [normal(field, value) for value in values]
    codes = np.frombuffer(joined.encode(), dtype=np.uint8)
    kept = np.where(codes == ord("\n"), codes, _TOGETHER[codes])
    texts: list[str] = kept[kept != 0].tobytes().decode().split("\n")
    return texts


def _made(field: Field, normals: list[str]) -> tuple[Columns, Lists]:
    """The prepared columns, and the numbers of all signs but slips by their sort.

    Texts and postcodes are most of what is distinct in a table of people, so theirs are made
    column by column, which asks less of Python than row by row.
    """
    key = field.key
    if field.kind is Kind.TEXT:
        sounds, words_of = [sound(text) for text in normals], [text.split() for text in normals]
        columns: Columns = {
            key: [text or None for text in normals],
            f"{key}_sound": [heard or None for heard in sounds],
            f"{key}_words": [
                sorted({word for word in parts if len(word) >= 4}) if parts else None
                for parts in words_of
            ],
        }
        heard_of = [{_heard(word) for word in parts if len(word) >= 3} for parts in words_of]
        return columns, {
            "whole": [
                [crc32(heard.encode())] if text else []
                for text, heard in zip(normals, sounds, strict=True)
            ],
            "word": [sorted(heard - {0}) for heard in heard_of],
        }
    if field.kind is Kind.POSTCODE:
        areas: list[Value] = [area_of(text) if text else None for text in normals]
        codes: list[Value] = [text or None for text in normals]
        return (
            {key: codes, f"{key}_area": areas},
            {"area": [[_number(str(area))] if area else [] for area in areas]},
        )
    rows = [prepared_of(field, text) for text in normals]
    found = [signs(field, text, slips=False) if text else {} for text in normals]
    return (
        {column: [row[column] for row in rows] for column in columns_of(field)},
        {
            sign.sort: [[_number(one) for one in row.get(sign.sort, ())] for row in found]
            for sign in signs_of(field)
            if sign.sort != SLIP
        },
    )


@lru_cache(maxsize=65_536)
def _number(sign: str) -> int:
    return crc32(sign.encode())


@lru_cache(maxsize=65_536)
def _heard(word: str) -> int:
    """The number of what is looked at of how a word sounds, 0 if it has no sound."""
    return _number(sound(word)[:SOUNDS])


def _letters(normals: list[str]) -> pa.Array:
    """`letters_in` of each; None where nothing is left."""
    sizes = np.fromiter(map(len, normals), dtype=np.int64, count=len(normals))
    there = sizes > 0
    joined = "".join(normals)
    if not joined.isascii():  # a telephone number in other digits
        return pa.array([letters_in(text) if text else None for text in normals], pa.int64())
    codes = np.frombuffer(joined.encode(), dtype=np.uint8)
    found = np.zeros(len(normals), dtype=np.int64)
    if len(codes):
        starts = np.cumsum(sizes[there]) - sizes[there]
        found[there] = np.bitwise_or.reduceat(_BITS_OF[codes], starts)
    return pa.array(found, pa.int64(), mask=~there)


def _slips(normals: list[str], *, swaps: bool) -> pa.Array:
    """The numbers of each text, and of it with each of its letters taken out in turn.

    `swaps`: of eight letters, also with the fifth and sixth after the seventh and eighth, as in a
    date with day and month exchanged.
    """
    sizes = np.fromiter(map(len, normals), dtype=np.int64, count=len(normals))
    numbers: list[Numbers] = [np.zeros(0, np.uint32)]
    owners: list[NDArray[np.int64]] = [np.zeros(0, np.int64)]
    for size in np.unique(sizes[sizes > 0]).tolist():
        chosen = np.flatnonzero(sizes == size)
        texts = [normals[place] for place in chosen.tolist()]
        joined = "".join(texts)
        if size > _SLIPS_AT_ONCE or not joined.isascii():
            for place, text in zip(chosen.tolist(), texts, strict=True):
                found = [crc32(slip.encode()) for slip in without_one(text)]
                numbers.append(np.array(found, dtype=np.uint32))
                owners.append(np.full(len(found), place))
            continue
        codes = np.frombuffer(joined.encode(), dtype=np.uint8).reshape(-1, size)
        table, distinct = _slips_of_one_size(codes, swaps=swaps and size == 8)
        numbers.append(table[distinct])
        owners.append(np.repeat(chosen, distinct.sum(axis=1)))
    order = np.argsort(np.concatenate(owners), kind="stable")
    ends = np.cumsum(np.bincount(np.concatenate(owners), minlength=len(normals)))
    offsets = pa.array(np.concatenate([[0], ends]), pa.int32())
    return pa.ListArray.from_arrays(offsets, pa.array(np.concatenate(numbers)[order]))


def _slips_of_one_size(codes: Bytes, *, swaps: bool) -> tuple[Numbers, NDArray[np.bool_]]:
    """A row of numbers for each row of letters, and which of them are the first of their like."""
    size = codes.shape[1]
    columns = [_crc32(codes)]
    begun = np.full(len(codes), 0xFFFFFFFF, dtype=np.uint32)
    for left_out in range(size):
        columns.append(_crc32(codes[:, left_out + 1 :], begun))
        begun = _one_more(begun, codes[:, left_out])
    if swaps:
        columns.append(_crc32(codes[:, [0, 1, 2, 3, 6, 7, 4, 5]]))
    table = np.sort(np.stack(columns, axis=1), axis=1)
    distinct = np.ones(table.shape, dtype=np.bool_)
    distinct[:, 1:] = table[:, 1:] != table[:, :-1]
    return table, distinct


def _table_of_crc32() -> Numbers:
    found = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        found = np.where(found & 1, (found >> 1) ^ np.uint32(0xEDB88320), found >> 1)
    return found.astype(np.uint32)


_CRC32 = _table_of_crc32()


def _one_more(begun: Numbers, codes: Bytes) -> Numbers:
    more: Numbers = _CRC32[(begun ^ codes) & 0xFF] ^ (begun >> 8)
    return more


def _crc32(codes: Bytes, begun: Numbers | None = None) -> Numbers:
    """`zlib.crc32` of each row of letters, or of these after others that were begun with."""
    found = np.full(len(codes), 0xFFFFFFFF, dtype=np.uint32) if begun is None else begun
    for place in range(codes.shape[1]):
        found = _one_more(found, codes[:, place])
    return found ^ np.uint32(0xFFFFFFFF)
