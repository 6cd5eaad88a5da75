"""Each check of a profile finds its fault, and says file, line, key and what to do.

A real profile is broken in one place at a time. `# here` marks the line that must be named.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.unit.foundation.profile.broken import BROKEN

from earlydoors.foundation.forms.schema import Purpose
from earlydoors.foundation.profile import checks
from earlydoors.foundation.profile.content import content_of, fingerprint, from_content
from earlydoors.foundation.profile.faults import Fault, ProfileFaultsError
from earlydoors.foundation.profile.loader import FILES, SHIPPED, folder_of, load, shipped_areas
from earlydoors.foundation.profile.publishing import publish, published
from earlydoors.foundation.profile.schema import Profile

AREA = "buckinghamshire"


@dataclass(frozen=True)
class Draft:
    """A profile that can be changed and looked at again."""

    folder: Path

    def write(self, file: str, text: str) -> None:
        (self.folder / file).write_text(text, encoding="utf-8")

    def read(self, file: str) -> str:
        return (self.folder / file).read_text(encoding="utf-8")

    def change(self, file: str, old: str, new: str) -> None:
        """Replace the first `old`; an empty one adds `new` at the end."""
        text = self.read(file)
        assert old in text, f"{file} no longer says {old!r}"
        self.write(file, text.replace(old, new, 1) if old else text + new)

    def faults(self) -> tuple[Fault, ...]:
        with pytest.raises(ProfileFaultsError) as found:
            load(self.folder)
        return found.value.faults

    def here(self) -> tuple[str, int]:
        """The file and line marked `# here`."""
        [place] = [
            (f"{AREA}/{path.relative_to(self.folder).as_posix()}", number)
            for path in self.folder.rglob("*.yaml")
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
            if "# here" in line
        ]
        return place


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    """A draft of a shipped profile, not yet published."""
    folder = tmp_path / AREA
    shutil.copytree(SHIPPED / AREA, folder)
    (folder / "published.yaml").unlink(missing_ok=True)
    return Draft(folder)


@pytest.fixture(scope="module")
def sound() -> Profile:
    """A profile without a fault."""
    return load(SHIPPED / AREA)


def test_the_draft_is_sound_before_it_is_broken(draft: Draft) -> None:
    assert load(draft.folder).key == AREA


@pytest.mark.parametrize("name", BROKEN)
def test_each_fault_is_found_where_it_is(draft: Draft, name: str) -> None:
    changes, key, message = BROKEN[name]
    (draft.folder / "forms/z.yaml").touch()
    for change in changes:
        draft.change(*change)
    if not draft.read("forms/z.yaml"):
        (draft.folder / "forms/z.yaml").unlink()

    found = [fault for fault in draft.faults() if fault.message.startswith(message)]

    assert [(fault.file, fault.line, fault.key) for fault in found] == [(*draft.here(), key)]
    assert found[0].mend


@pytest.mark.parametrize("name", checks._KEYED)
def test_nothing_is_there_twice(sound: Profile, tmp_path: Path, name: str) -> None:
    things: tuple[Any, ...] = getattr(sound, name)
    doubled = sound.model_copy(update={name: (*things, things[0]), "version": 2})

    found = checks.check(doubled, tmp_path, lambda at: ("a file", 1, repr(at)))

    twice = [fault.key for fault in found if fault.message == f"`{things[0].key}` is there twice."]
    assert repr((name, len(things), "key")) in twice


@pytest.mark.parametrize("purpose", list(Purpose))
def test_every_step_of_the_journey_has_its_form(draft: Draft, purpose: Purpose) -> None:
    (draft.folder / f"forms/{purpose}.yaml").unlink()
    [fault] = draft.faults()
    assert str(fault) == (
        f"buckinghamshire/profile.yaml:1 No form has the purpose `{purpose}`. "
        f"Add forms/{purpose}.yaml."
    )


@pytest.mark.parametrize("file", FILES)
def test_every_page_has_to_be_there(draft: Draft, file: str) -> None:
    (draft.folder / file).unlink()
    [fault] = draft.faults()
    assert str(fault) == f"buckinghamshire/{file} The file is missing. Add it to the folder."


def test_a_profile_that_is_not_there_names_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(ProfileFaultsError, match="There is no such profile") as found:
        load(tmp_path / "atlantis")
    assert AREA in found.value.faults[0].mend


def test_several_faults_are_told_at_once(draft: Draft) -> None:
    draft.change("partnership.yaml", "locality: wycombe\n    does", "locality: atlantis\n    does")
    draft.change("measures.yaml", "    theme: education", "    theme: astrology")
    assert [fault.key for fault in draft.faults()] == ["panels[2].locality", "indicators[1].theme"]


def test_pages_that_cannot_be_read_are_all_told_at_once(draft: Draft) -> None:
    draft.write("levels.yaml", "levels: [")
    draft.write("forms/plan.yaml", "- not a form")
    assert [fault.file for fault in draft.faults()] == [
        "buckinghamshire/levels.yaml",
        "buckinghamshire/forms/plan.yaml",
    ]


def test_what_is_published_does_not_change(draft: Draft) -> None:
    publish(load(draft.folder), draft.folder)
    assert load(draft.folder).version == 1
    draft.change("profile.yaml", "version: 1", "version: 1 # here")
    draft.change("profile.yaml", "one: family plan", "one: our plan")

    [fault] = draft.faults()

    assert (fault.file, fault.line, fault.key) == (*draft.here(), "version")
    assert fault.mend == "Give the profile `version: 2`, or undo the change."
    draft.change("profile.yaml", "version: 1", "version: 2")
    publish(load(draft.folder), draft.folder)
    assert set(published(draft.folder).profiles) == {"1", "2"}


def test_a_published_form_does_not_change_though_the_profile_moves_on(draft: Draft) -> None:
    publish(load(draft.folder), draft.folder)
    draft.change("profile.yaml", "version: 1", "version: 2")
    draft.change("forms/meeting.yaml", "version: 1", "version: 1 # here")
    draft.change("forms/meeting.yaml", "title: ", "title: New ")

    [fault] = draft.faults()

    assert (fault.file, fault.line, fault.key) == (*draft.here(), "version")
    assert "as version 2" in fault.mend


def test_publishing_refuses_what_was_changed(draft: Draft) -> None:
    before = load(draft.folder)
    publish(before, draft.folder)
    after = before.model_copy(update={"name": "Elsewhere"})
    with pytest.raises(ProfileFaultsError, match="has changed since"):
        publish(after, draft.folder)


def test_comments_and_order_of_keys_are_no_change(draft: Draft, sound: Profile) -> None:
    before = fingerprint(load(draft.folder))
    draft.change("profile.yaml", "key: buckinghamshire\nversion: 1\n", "")
    draft.change("profile.yaml", "", "# At the end.\nversion: 1\nkey: buckinghamshire\n")
    assert fingerprint(load(draft.folder)) == before == fingerprint(sound)


@pytest.mark.parametrize("ledger", ["- a list", "one: two", "1: [", "\x07"])
def test_a_spoilt_ledger_is_a_fault_and_not_a_crash(draft: Draft, ledger: str) -> None:
    draft.write("published.yaml", ledger)
    [fault] = draft.faults()
    assert str(fault) == (
        "buckinghamshire/published.yaml It cannot be read. Put back the file as it was published."
    )


@pytest.mark.parametrize("area", shipped_areas())
def test_every_shipped_area_loads_and_survives_being_kept(area: str) -> None:
    profile = load(folder_of(area))
    assert profile.key == area
    assert from_content(content_of(profile)) == profile
