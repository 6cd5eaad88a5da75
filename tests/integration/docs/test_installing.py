"""What `docs/how-to/run-it-for-real.md` leaves beside the program: what running needs, no more; by
what its parts prove themselves, whom they may speak to, and which keys there are."""

import re
from pathlib import Path

import pytest

from earlydoors.config import on_the_way
from earlydoors.config.installation import parse_database_url

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


def test_no_database_is_met_by_a_lasting_password() -> None:
    addresses = re.findall(r"^DATABASE_(?:OWNER_)?URL='(.*)'$", PAGE, re.MULTILINE)
    assert len(addresses) == 4, "by certificate and by the socket, for both logins"
    for address in addresses:
        read = parse_database_url(address)
        assert not read["PASSWORD"]
        on_the_way.check_database(read, practice=False, environment={})
        here = on_the_way.is_this_machine(read["HOST"])
        assert here or {"sslcert", "sslkey", "sslrootcert"} <= read["OPTIONS"].keys()
    made = re.findall(r"^CREATE ROLE .*", PAGE, re.MULTILINE)
    assert made
    assert not [line for line in made if "PASSWORD" in line]


def test_a_unit_speaks_to_nobody_that_is_not_on_its_list() -> None:
    [unit] = re.findall(r"```ini\n(# /etc/systemd.*?)```", PAGE, re.DOTALL)
    said = dict(line.split("=", 1) for line in unit.splitlines() if "=" in line)
    assert said["IPAddressDeny"] == "any"
    assert said["IPAddressAllow"].split() == ["localhost", "10.0.0.9"]
    assert said["ProtectSystem"] == "strict"
    written = said["ReadWritePaths"].split()
    inside = [Path(one).relative_to("/srv/early/app") for one in written if "/app/" in one]
    assert inside == [Path("src/earlydoors/web/static")]
    [rules] = re.findall(r"```\n(table inet .*?)```", PAGE, re.DOTALL)
    *_, last = [line.strip() for line in rules.splitlines() if line.strip() != "}"]
    assert last.endswith("reject"), "whatever no line lets through is refused"


def secrets_in_code() -> set[str]:
    """The names under which secrets are given."""
    code = "".join(one.read_text() for one in (ROOT / "src/earlydoors/config").glob("*.py"))
    return set(re.findall(r'\b(?:is_)?given\("([A-Z_]+)"\)', code))


@pytest.mark.parametrize("name", sorted(secrets_in_code()))
def test_every_secret_has_its_row_and_its_way_from_a_vault(name: str) -> None:
    keys = (ROOT / "docs" / "explanation" / "keys.md").read_text(encoding="utf-8")
    rows = [line.split("|") for line in keys.splitlines() if line.startswith("| ")]
    head, *rows = rows
    [row] = [one for one in rows if f"`{name}`" in one[1]]
    assert len(row) == len(head)
    vault = PAGE[PAGE.index("### Secrets from a vault") : PAGE.index("## 4. Tables")]
    assert f"`{name}`" in vault


def test_there_are_secrets_to_look_for() -> None:
    assert {"DATABASE_URL", "EARLYDOORS_SECRET", "EARLYDOORS_SEALING_KEYS"} < secrets_in_code()
