"""A page of a profile is read with the line of every key, or refused with what to mend."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from earlydoors.foundation.profile.faults import Fault, ProfileFaultsError
from earlydoors.foundation.profile.reading import Page, dotted, read_page


def read(folder: Path, text: str | bytes) -> Page:
    path = folder / "page.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_page(path, "area/page.yaml")


def faults(folder: Path, text: str | bytes) -> tuple[Fault, ...]:
    with pytest.raises(ProfileFaultsError) as found:
        read(folder, text)
    return found.value.faults


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("Yes", "Yes"),
        ("True", "True"),
        ("true", True),
        ("false", False),
        ("'true'", "true"),
        ("12", 12),
        ("-3", -3),
        ('"12"', "12"),
        ("1.5", 1.5),
        ("1e5", "1e5"),
        ("0x10", "0x10"),
        ("2018/19", "2018/19"),
        ("2026-03-03", "2026-03-03"),
        ("12:30", "12:30"),
        ("", None),
        ("~", None),
        ("null", None),
        ('""', ""),
        ("|\n  12\n", "12\n"),
        (">-\n  12\n", "12"),
        ("9" * 5000, "9" * 5000),
    ],
)
def test_plain_values_are_what_they_look_like(tmp_path: Path, written: str, value: object) -> None:
    data = read(tmp_path, f"key: {written}").data
    assert data == {"key": value}
    assert type(data["key"]) is type(value)


def test_every_key_and_item_has_its_line(tmp_path: Path) -> None:
    page = read(
        tmp_path,
        """# Levels of need.
name: An area

levels:
  - key: first
    means: >-
      Two lines
      of text.
  - {key: second, kind: universal}
routes: [one,
  two]
""",
    )
    assert page.file == "area/page.yaml"
    assert page.lines == {
        (): 2,
        ("name",): 2,
        ("levels",): 4,
        ("levels", 0): 5,
        ("levels", 0, "key"): 5,
        ("levels", 0, "means"): 6,
        ("levels", 1): 9,
        ("levels", 1, "key"): 9,
        ("levels", 1, "kind"): 9,
        ("routes",): 10,
        ("routes", 0): 10,
        ("routes", 1): 11,
    }


def test_an_empty_page_has_no_keys(tmp_path: Path) -> None:
    assert read(tmp_path, "# nothing yet\n").data == {}


def test_a_byte_order_mark_is_not_part_of_the_first_key(tmp_path: Path) -> None:
    assert read(tmp_path, "\ufeffname: An area").data == {"name": "An area"}


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("name: [1, 2\n", 2, "It is not YAML:"),
        ("a: 1\n b: 2", 2, "It is not YAML:"),
        ("a: b: c", 1, "It is not YAML:"),
        ("a: 1\n---\nb: 2", 2, "It is not YAML:"),
        ("a: \x07", 0, "It is not YAML."),
        (b"name: caf\xe9", 0, "It is not UTF-8."),
        ("- one\n- two", 1, "It must be a mapping of keys."),
        ("just words", 1, "It must be a mapping of keys."),
        ("a: &kept [1]\nb: *kept", 2, "Anchors are not used."),
        ("a: &a [*a]", 1, "Anchors are not used."),
        ("a:\n  " + "[" * 100_000, 2, "It is nested too deeply."),
        ("{a: " * 50 + "1" + "}" * 50, 1, "It is nested too deeply."),
    ],
)
def test_what_is_not_such_a_page_is_refused(
    tmp_path: Path, text: str | bytes, line: int, message: str
) -> None:
    [fault] = faults(tmp_path, text)
    assert (fault.file, fault.line) == ("area/page.yaml", line)
    assert fault.message.startswith(message)
    assert fault.mend


def test_keys_given_twice_are_all_named(tmp_path: Path) -> None:
    found = faults(tmp_path, "name: One\nlist:\n  - key: a\n    key: b\nname: Two\n")
    assert [(fault.line, fault.key, fault.message) for fault in found] == [
        (4, "list[1].key", "The key is given twice."),
        (5, "name", "The key is given twice."),
    ]


def test_a_missing_page_says_so(tmp_path: Path) -> None:
    with pytest.raises(ProfileFaultsError, match=r"area/gone\.yaml The file is missing"):
        read_page(tmp_path / "gone.yaml", "area/gone.yaml")


def test_a_folder_in_place_of_a_page_says_so(tmp_path: Path) -> None:
    with pytest.raises(ProfileFaultsError, match="It cannot be opened"):
        read_page(tmp_path, "area/page.yaml")


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ((), ""),
        (("levels",), "levels"),
        (("levels", 2, "short"), "levels[3].short"),
        (("forms", 0, "sections", 1, "questions", 0), "forms[1].sections[2].questions[1]"),
    ],
)
def test_a_path_as_people_write_it(path: tuple[str | int, ...], says: str) -> None:
    assert dotted(path) == says


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (
            Fault("a/b.yaml", 3, "levels", "It is wrong.", "Mend it."),
            "a/b.yaml:3 levels: It is wrong. Mend it.",
        ),
        (Fault("a/b.yaml", 0, "", "It is missing.", "Add it."), "a/b.yaml It is missing. Add it."),
    ],
)
def test_a_fault_is_a_line_that_can_be_followed(fault: Fault, says: str) -> None:
    assert str(fault) == says


IN_A_TEMPORARY_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
PRINTABLE = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0xD7FF, exclude_categories=("C", "Z"))
)
DATA = st.recursive(
    PRINTABLE | st.integers(-(10**14), 10**14) | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(PRINTABLE, inner, max_size=4),
    max_leaves=12,
)


@IN_A_TEMPORARY_FOLDER
@given(data=st.dictionaries(PRINTABLE, DATA, max_size=4))
def test_whatever_is_written_is_read_back(tmp_path: Path, data: dict[str, Any]) -> None:
    text = json.dumps(data, ensure_ascii=False, indent=1)
    page = read(tmp_path, text)
    assert page.data == data
    assert all(1 <= line <= len(text.splitlines()) for line in page.lines.values())


@IN_A_TEMPORARY_FOLDER
@given(text=st.text(st.sampled_from("ab:-[]{},&*!|>#'\"\n \t~1.?%@`\\\x00\u2028é")) | st.binary())
def test_anything_at_all_is_a_page_or_a_list_of_faults(tmp_path: Path, text: str | bytes) -> None:
    try:
        assert isinstance(read(tmp_path, text).data, dict)
    except ProfileFaultsError as found:
        refused = found.faults
    else:
        return
    assert refused
