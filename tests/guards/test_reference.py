"""What is written about the code is what the code says, and every link in it leads somewhere."""

import re
from pathlib import Path
from typing import Any

import pytest

from earlydoors.config import reference
from earlydoors.foundation.profile.schema import Profile

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
_FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)")
_HEADING = re.compile(r"^#{1,6} +(.+?) *#*$", re.MULTILINE)


def test_the_reference_is_current() -> None:
    assert reference.stale() == [], "run `make docs` and keep what it writes"


def test_every_workflow_is_drawn() -> None:
    drawn = reference.workflows()
    assert drawn.count("stateDiagram-v2") >= 1
    assert drawn.count("```mermaid") == drawn.count("## ")


def _kinds() -> list[tuple[str, dict[str, Any]]]:
    schema = Profile.model_json_schema()
    return [("Profile", schema), *schema["$defs"].items()]


def test_every_key_of_a_profile_is_explained() -> None:
    schema = Profile.model_json_schema()
    unexplained = [
        f"{name}.{key}"
        for name, kind in _kinds()
        for key, shape in kind.get("properties", {}).items()
        if not reference.meaning(shape, schema["$defs"])
    ]
    assert unexplained == []


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as repositories on the web make them."""
    found: set[str] = set()
    for heading in _HEADING.findall(_FENCE.sub("", page.read_text(encoding="utf-8"))):
        plain = re.sub(r"[`*_]|\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        anchor = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
        number = 1
        unique = anchor
        while unique in found:
            unique, number = f"{anchor}-{number}", number + 1
        found.add(unique)
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    links = _LINK.findall(_FENCE.sub("", page.read_text(encoding="utf-8")))
    dead = [link for link in links if not re.match(r"[a-z]+:", link) and not leads(page, link)]
    assert dead == []


def leads(page: Path, link: str) -> bool:
    """Whether a link leads to a file of the repository, and to its heading if it names one."""
    place, _, anchor = link.partition("#")
    target = (page.parent / place).resolve() if place else page
    if not target.exists() or not target.is_relative_to(ROOT):
        return False
    return not anchor or target.suffix != ".md" or anchor in anchors(target)
