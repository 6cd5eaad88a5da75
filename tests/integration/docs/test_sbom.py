"""The lists of packages that `make sbom` writes: what a server runs, and none of what tests it."""

import json
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def written() -> dict[str, Any]:
    subprocess.run(["make", "sbom"], cwd=ROOT, check=True, capture_output=True, timeout=300)
    return {
        kind: json.loads((ROOT / "sbom" / f"{kind}.cdx.json").read_text())
        for kind in ("python", "npm")
    }


def names(listed: dict[str, Any]) -> set[str]:
    assert listed["bomFormat"] == "CycloneDX"
    found = [
        (f"{one.get('group', '')}/{one['name']}".strip("/"), one) for one in listed["components"]
    ]
    assert all(one["version"] and one["purl"].startswith("pkg:") for _, one in found)
    return {name for name, _ in found}


def plain(line: str) -> str:
    return re.split(r"[\[<>=~!; ]", line, maxsplit=1)[0].lower().replace("_", "-")


def test_every_package_of_python_is_in_it(written: dict[str, Any]) -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text())
    asked = {plain(line) for line in told["project"]["dependencies"]}
    tests = {plain(line) for line in told["dependency-groups"]["dev"]}
    listed = names(written["python"])
    assert asked <= listed
    assert not (tests - asked) & listed


def test_every_package_of_npm_is_in_it(written: dict[str, Any]) -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    ours = {path.rpartition("node_modules/")[2]: one for path, one in lock.items() if path}
    needed = {name for name, one in ours.items() if not one.get("dev")}
    assert names(written["npm"]) == needed
