"""What `docs/how-to/run-it-for-real.md` leaves beside the program: what running needs, no more."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "how-to" / "run-it-for-real.md").read_text(encoding="utf-8")
SHELL = "\n".join(re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)).replace("\\\n", " ")
PROGRAM = "/srv/early"


def archived() -> list[list[str]]:
    """What each copy of the source holds."""
    return [found.split() for found in re.findall(r"git archive HEAD ([^|]+)\|", SHELL)]


def test_no_source_control_lies_beside_the_program() -> None:
    fetched = re.findall(r"git clone .*? (\S+)\n", SHELL)
    assert fetched
    assert not [where for where in fetched if where.startswith(PROGRAM) or where[0] != "/"]
    assert len(archived()) == 2, "once to install, once to upgrade"
    entered = re.findall(r"cd (\S+) && git pull", SHELL)
    assert entered == fetched


def test_a_copy_holds_what_running_needs_and_nothing_of_tests() -> None:
    first, *others = archived()
    assert all(other == first for other in others)
    assert {"src", "pyproject.toml", "uv.lock", "package-lock.json", "Makefile"} <= set(first)
    assert not {"tests", "bench", "docs", ".git", ".ci", "."} & set(first)
    assert all((ROOT / one).exists() for one in first)


def test_it_is_installed_without_what_developers_use() -> None:
    assert SHELL.count("make runtime") == 2
    assert "make install" not in SHELL
    rules = (ROOT / "Makefile").read_text(encoding="utf-8")
    [recipe] = re.findall(r"^runtime:.*?\n((?:\t.*\n)+)", rules, re.MULTILINE)
    [synced] = [line for line in recipe.splitlines() if " sync " in line]
    assert "--frozen" in synced
    assert "--no-dev" in synced
    # What it runs afterwards must not bring them back
    assert "RUN := $(UV) run --no-sync" in rules
