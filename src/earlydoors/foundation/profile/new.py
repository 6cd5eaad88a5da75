"""Begin the profile of a new area: a whole one, ready to run, every guess marked as assumed."""

import json
import re
from pathlib import Path
from string import Template

from earlydoors.foundation.kernel.text import tidy
from earlydoors.foundation.profile.loader import FILES, SHIPPED, shipped_areas

TEMPLATE = SHIPPED / "_template"
_KEY = re.compile(r"[a-z][a-z0-9_]{1,39}")
_LONGEST_NAME = 100


def write(folder: Path, key: str, name: str) -> list[Path]:
    """Write a profile for an area of that key and name into a new or empty folder.

    Returns the files written, in the order they are best read. Raises `ValueError`, with a
    sentence for whoever asked, when the folder holds anything or the key or name will not do;
    nothing is written then.
    """
    name = tidy(name)
    _check(folder, key, name)
    pages = {folder / page.relative_to(TEMPLATE): _filled(page, key, name) for page in _in_order()}
    for path, text in pages.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return list(pages)


def _check(folder: Path, key: str, name: str) -> None:
    if not _KEY.fullmatch(key):
        raise ValueError(
            f"“{key}” cannot be an area's key. Use 2 to 40 small letters, digits and _, "
            "starting with a letter, such as north_dales."
        )
    # Addresses and databases go by the key, so two areas of one key would share their families.
    if key in shipped_areas():
        raise ValueError(f"“{key}” is the key of an area that ships. Choose another key.")
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise ValueError(f"Give the area's name in 1 to {_LONGEST_NAME} letters.")
    if folder.exists() and not folder.is_dir():
        raise ValueError(f"{folder} is a file. Name a new folder.")
    if folder.exists() and any(folder.iterdir()):
        raise ValueError(f"{folder} is there already and is not empty. Name a new folder.")


def _in_order() -> list[Path]:
    """The template's pages: the folder's own first, then its forms."""
    return [*(TEMPLATE / name for name in FILES), *sorted(TEMPLATE.glob("forms/*.yaml"))]


def _filled(page: Path, key: str, name: str) -> str:
    """The page with the area's key and name in it.

    As values, names go in as JSON strings, which YAML reads as they are whatever signs they hold.
    """
    return Template(page.read_text(encoding="utf-8")).substitute(
        key=key,
        name=name,
        quoted_name=_quoted(name),
        quoted_partnership=_quoted(f"{name} safeguarding children partnership"),
        quoted_whole=_quoted(f"All of {name}"),
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
