"""Reads the code lists. Each is a file of `lists/`, named by its key.

A code that a later version ends stays in the list with the day it ended: records that carry it can
still be read, and new ones do not offer it.
"""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field, model_validator

from earlydoors.foundation.forms.schema import Part, Text

FOLDER = Path(__file__).parent / "lists"


class Code(Part):
    """One code of a list."""

    code: Text = Field(description="As the standard writes it; what a record keeps.")
    says: Text = Field(description="What the screen shows.")
    hint: str = Field(default="", description="A line under it.")
    group: str = Field(default="", description="What it is a part of, where a list has parts.")
    until: date | None = Field(default=None, description="The last day it could be chosen.")
    also: dict[str, str] = Field(default_factory=dict, description="The same in other returns.")


class CodeList(Part):
    """A list of codes: which version, where it comes from, how sure that is."""

    key: Text
    title: Text
    version: Text
    source: Text
    sure: Literal["source", "background"] = Field(
        description="`source`: read in the standard. `background`: for the area to check."
    )
    codes: tuple[Code, ...]

    @model_validator(mode="after")
    def _codes_are_once_in_it(self) -> "CodeList":
        codes = [one.code for one in self.codes]
        if len(codes) != len(set(codes)):
            raise ValueError("a code is in the list twice")
        return self

    def says(self, code: str) -> str:
        """What a code means, also one that has ended; the code itself when it is not known."""
        return next((one.says for one in self.codes if one.code == code), code)

    def offered(self, today: date, kept: tuple[str, ...] = ()) -> tuple[Code, ...]:
        """The codes that can be chosen on a day, and those kept before, though they have ended."""
        return tuple(
            one for one in self.codes if one.until is None or one.until >= today or one.code in kept
        )


@cache
def code_list(key: str) -> CodeList:
    """A code list by its key. Raises `LookupError` for one that is not there."""
    page = FOLDER / f"{key}.yaml"
    if not page.is_file():
        raise LookupError(f"There is no code list {key}.")
    content = yaml.safe_load(page.read_text(encoding="utf-8"))
    return CodeList.model_validate_json(json.dumps({"key": key, **content}))


def keys() -> list[str]:
    """The keys of all code lists."""
    return sorted(page.stem for page in FOLDER.glob("*.yaml"))
