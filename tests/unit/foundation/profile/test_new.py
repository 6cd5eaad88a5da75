"""Beginning the profile of a new area."""

from pathlib import Path

import pytest

from earlydoors.foundation.forms.schema import Purpose
from earlydoors.foundation.profile import new
from earlydoors.foundation.profile.loader import FILES, load, shipped_areas
from earlydoors.foundation.profile.schema import LevelKind


def test_a_new_profile_loads_without_faults_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "north_dales"

    written = new.write(folder, "north_dales", "North Dales")

    profile = load(folder)
    assert (profile.key, profile.name, profile.version) == ("north_dales", "North Dales", 1)
    assert {form.purpose for form in profile.forms} == set(Purpose)
    assert {level.kind for level in profile.levels} == set(LevelKind)
    assert len(profile.panels) == 1
    assert [path.name for path in written[: len(FILES)]] == list(FILES)
    assert all(path.is_file() for path in written)
    assert len(written) == len(FILES) + len(Purpose)


def test_everything_in_it_is_marked_as_assumed(tmp_path: Path) -> None:
    for path in new.write(tmp_path / "dales", "dales", "Dales"):
        for line in path.read_text(encoding="utf-8").splitlines():
            code = line.split("#", 1)[0]
            if "source:" in code:
                assert 'source: "assumed: ' in code, f"{path.name}: {line}"


@pytest.mark.parametrize(
    "name",
    [
        "St Mary's & the Isle",
        'The "Old" Borough: east # west',
        "Ynys Môn",
        "- [a] {b}",
        "true",
        "$name \\ %s",
        "ᐃᓄᒃᑎᑐᑦ",
        "x" * 100,
    ],
)
def test_a_name_is_kept_as_it_is_written(tmp_path: Path, name: str) -> None:
    new.write(tmp_path / "area", "area", name)

    assert load(tmp_path / "area").name == name


def test_a_name_is_put_on_one_line(tmp_path: Path) -> None:
    new.write(tmp_path / "area", "area", "  North\n  Dales\t")

    assert load(tmp_path / "area").name == "North Dales"


@pytest.mark.parametrize("name", ["", "  \n ", "x" * 101, "North\u200bDales"])
def test_a_name_that_will_not_do_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="Give the area's name"):
        new.write(tmp_path / "area", "area", name)


@pytest.mark.parametrize("key", ["true", "null", "a1", "a" * 40])
def test_a_key_stays_text_whatever_it_spells(tmp_path: Path, key: str) -> None:
    new.write(tmp_path / "area", key, "Dales")

    assert load(tmp_path / "area").key == key


@pytest.mark.parametrize(
    "key", ["", "a", "Dales", "north-dales", "1st", "_dales", "dales\n", "../dales", "a" * 41]
)
def test_a_bad_key_is_refused_and_nothing_written(tmp_path: Path, key: str) -> None:
    folder = tmp_path / "area"

    with pytest.raises(ValueError, match="cannot be an area's key"):
        new.write(folder, key, "Dales")

    assert not folder.exists()


def test_the_key_of_a_shipped_area_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="Choose another key"):
        new.write(tmp_path / "area", shipped_areas()[0], "Dales")


def test_a_folder_that_holds_anything_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")

    with pytest.raises(ValueError, match="is not empty"):
        new.write(tmp_path, "dales", "Dales")

    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    file = tmp_path / "dales"
    file.write_text("mine", encoding="utf-8")

    with pytest.raises(ValueError, match="is a file"):
        new.write(file, "dales", "Dales")


def test_an_empty_folder_is_used(tmp_path: Path) -> None:
    new.write(tmp_path, "dales", "Dales")

    assert load(tmp_path).name == "Dales"


def test_the_template_is_not_an_area() -> None:
    assert not [area for area in shipped_areas() if area.startswith("_")]
