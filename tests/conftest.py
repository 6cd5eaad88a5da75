"""What every test can ask for: a database, a browser, the built assets."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.urls import reverse
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from psycopg import sql

from earlydoors.config import database, installation
from tests.settings import HOME

settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile(
    "ci",
    max_examples=200,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("ci" if os.environ.get("CI") else "dev")

# Nothing that a test does may ask for anything outside this machine.
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the tests' database and clear their home, once all of a parallel run have ended."""
    if hasattr(config, "workerinput"):
        return
    database.embedded_server().stop()
    shutil.rmtree(HOME, ignore_errors=True)


@contextmanager
def one_at_a_time(name: str) -> Iterator[None]:
    """Hold a lock among the workers of a parallel run."""
    with (Path(HOME) / f"{name}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def database_server() -> None:
    """The server the tests' databases lie on: the embedded one, in a temporary folder and
    without the flush to disk, or the one that TEST_DATABASE_URL names."""
    if not installation.is_embedded():
        database.check_reachable()
        with one_at_a_time("database"):
            _make_web_login()
        return
    with one_at_a_time("database"):
        server = database.embedded_server(durable=False)
        server.start()
        server.make_database(installation.database()["NAME"])
        server.make_login(installation.EMBEDDED_WEB)


def _make_web_login() -> None:
    settings = database.connection_parameters(installation.database())
    with psycopg.connect(**settings, autocommit=True) as connection:
        name = installation.EMBEDDED_WEB
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
        if known.fetchone() is None:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    database_server: None,
    django_db_modify_db_settings_parallel_suffix: None,
    django_db_blocker: Any,
    pytestconfig: pytest.Config,
) -> None:
    """pytest-django's hook before it makes the test database: the server runs by then, and has
    the schema to copy."""
    from tests.schema import use_template

    kept = pytestconfig.rootpath / ".pytest_cache" / "schema"
    kept.mkdir(parents=True, exist_ok=True)
    with one_at_a_time("schema"), django_db_blocker.unblock():
        use_template(kept)


@pytest.fixture(scope="session")
def assets() -> None:
    """The stylesheet, script and typeface, built once."""
    from earlydoors.web.design import assets as design

    with one_at_a_time("assets"):
        design.ensure(lambda _sentence: None)


@pytest.fixture(scope="session")
def addresses() -> None:
    """The code of every page, loaded before a browser waits for the first one."""
    reverse("home:work")


@pytest.fixture(scope="session")
def browser(addresses: None) -> Iterator[Browser]:
    """A Chromium: EARLYDOORS_CHROMIUM, else one on the PATH, else Playwright's own."""
    found = os.environ.get("EARLYDOORS_CHROMIUM") or shutil.which("chromium")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=[*QUIET, *sandbox])
        yield chromium
        chromium.close()


@pytest.fixture
def browsing(request: pytest.FixtureRequest) -> dict[str, Any]:
    """How a page is opened. Override it for a phone or for a browser without JavaScript:

    `@pytest.mark.parametrize("browsing", [{"java_script_enabled": False}])`
    """
    return {}


@pytest.fixture
def context(
    browser: Browser, browsing: dict[str, Any], live_server: Any, assets: None
) -> Iterator[BrowserContext]:
    """One person's browser window on the running server; addresses may begin with `/`."""
    wanted = {
        "base_url": live_server.url,
        "locale": "en-GB",
        "timezone_id": "Europe/London",
        "reduced_motion": "reduce",
        "viewport": {"width": 1280, "height": 900},
        **browsing,
    }
    opened = browser.new_context(**wanted)
    opened.set_default_timeout(10_000)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page in that window. An error in a script on it fails the test."""
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    assert not errors, f"Scripts on the page failed: {errors}"
