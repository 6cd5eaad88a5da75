"""From a folder of YAML to a checked `Profile`."""

import json
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from earlydoors.foundation.profile.checks import check
from earlydoors.foundation.profile.faults import Fault, ProfileFaultsError
from earlydoors.foundation.profile.reading import Page, dotted, read_page
from earlydoors.foundation.profile.schema import Profile

SHIPPED = Path(__file__).resolve().parents[2] / "profiles"
FILES = (
    "profile.yaml",
    "levels.yaml",
    "pathway.yaml",
    "partnership.yaml",
    "measures.yaml",
    "information.yaml",
)

# What pydantic finds, as a sentence and what to do about it.
_SAYINGS = {
    "missing": ("A key is missing.", "Add it; `docs/reference/profile.md` says what it takes."),
    "extra_forbidden": ("The profile has no such key.", "Take it out, or mend its spelling."),
    "string_type": ("It must be text.", "Put it in quotes."),
    "int_type": ("It must be a whole number.", "Write it without quotes or decimals."),
    "float_type": ("It must be a number.", "Write it without quotes or a sign such as %."),
    "bool_type": ("It must be `true` or `false`.", "Write one of them, without quotes."),
    "tuple_type": ("It must be a list.", "Start each item on its own line with a dash."),
    "too_short": ("The list has too few items.", "Add what is missing."),
    "string_too_short": ("It is empty.", "Write the text, or take the key out."),
    "model_type": ("It must be a mapping of keys.", "Indent its keys below it."),
}


def folder_of(area: str) -> Path:
    """The folder of a shipped area's key, or of a path to any other profile."""
    shipped = SHIPPED / area
    return shipped if "/" not in area and shipped.is_dir() else Path(area).expanduser()


def shipped_areas() -> list[str]:
    """The keys of the areas that ship, in alphabetical order."""
    # A folder that starts with `_`, such as the template of a new area, is not an area.
    return sorted(page.parent.name for page in SHIPPED.glob("[!_]*/profile.yaml"))


def load(folder: Path) -> Profile:
    """Read, validate and check a profile. Raises `ProfileFaultsError` with all that is wrong."""
    if not folder.is_dir():
        known = ", ".join(shipped_areas())
        raise ProfileFaultsError(
            [
                Fault(
                    str(folder),
                    0,
                    "",
                    "There is no such profile.",
                    f"Use one of {known}, or a path.",
                )
            ]
        )
    pages, faults = _pages(folder)
    if faults:
        raise ProfileFaultsError(faults)
    merged, owners = _merged(pages)
    profile = _validated(merged, owners, pages)
    faults = check(profile, folder, _locator(owners, pages))
    if faults:
        raise ProfileFaultsError(faults)
    return profile


def _pages(folder: Path) -> tuple[list[Page], list[Fault]]:
    names = [*FILES, *(f"forms/{p.name}" for p in sorted((folder / "forms").glob("*.yaml")))]
    pages: list[Page] = []
    faults: list[Fault] = []
    for name in names:
        try:
            pages.append(read_page(folder / name, f"{folder.name}/{name}"))
        except ProfileFaultsError as found:
            faults.extend(found.faults)
    return pages, faults


def _merged(pages: list[Page]) -> tuple[dict[str, object], dict[str, Page]]:
    merged: dict[str, object] = {}
    owners: dict[str, Page] = {}
    faults = []
    for page in pages[: len(FILES)]:
        for key, value in page.data.items():
            if key == "forms":
                faults.append(
                    Fault(
                        page.file,
                        page.lines[key,],
                        key,
                        "Forms have a folder of their own.",
                        "Write each in a file of `forms`.",
                    )
                )
            elif key in owners:
                faults.append(
                    Fault(
                        page.file,
                        page.lines[key,],
                        key,
                        f"It is already in {owners[key].file}.",
                        "Keep it in one file.",
                    )
                )
            merged[key], owners[key] = value, page
    if faults:
        raise ProfileFaultsError(faults)
    merged["forms"] = [page.data for page in pages[len(FILES) :]]
    return merged, owners


def _locate(
    path: tuple[str | int, ...], owners: dict[str, Page], pages: list[Page]
) -> tuple[str, int, str]:
    """The file, the nearest line and the key in that file for a path into the merged data."""
    if len(path) > 1 and path[0] == "forms" and isinstance(path[1], int):
        page, path = pages[len(FILES) + path[1]], path[2:]
    elif path and path[0] in owners:
        page = owners[str(path[0])]
    else:
        return pages[0].file, 1, dotted(path)
    inner = path
    while inner and inner not in page.lines:
        inner = inner[:-1]
    return page.file, page.lines.get(inner, 1), dotted(path)


def _locator(owners: dict[str, Page], pages: list[Page]):  # type: ignore[no-untyped-def]
    def locate(path: tuple[str | int, ...]) -> tuple[str, int, str]:
        return _locate(path, owners, pages)

    return locate


def _validated(merged: dict[str, object], owners: dict[str, Page], pages: list[Page]) -> Profile:
    try:
        return Profile.model_validate_json(json.dumps(merged))
    except ValidationError as error:
        faults = []
        for found in error.errors(include_url=False):
            place = _locate(found["loc"], owners, pages)
            faults.append(Fault(*place, *_told(found)))
        raise ProfileFaultsError(faults) from None


def _told(found: ErrorDetails) -> tuple[str, str]:
    """What pydantic found, as a sentence and what to do about it."""
    if found["type"] in {"enum", "literal_error"}:
        choices = found["ctx"]["expected"].replace("'", "`")
        return "This is not one of the choices.", f"Write {choices}."
    if found["type"] == "value_error":
        said = str(found["ctx"]["error"])
        return f"{said[:1].upper()}{said[1:]}.", "`docs/reference/profile.md` says what it takes."
    return _SAYINGS.get(
        found["type"], (f"{found['msg']}.", "`docs/reference/profile.md` says what it takes.")
    )
