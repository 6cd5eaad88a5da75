"""Whole-page times on the practice families: `make bench`, or `python -m bench [rounds]`.

Starts the product in a folder of its own, signs in as people of the cast, and asks for each page
again and again over one connection. Prints JSON: milliseconds at the median and at the 95th of a
hundred. Beside them the floor of the same run: a page without data through the same server and
layout.
"""

import http.cookiejar
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from bench.machine import machine

PASSWORD = "early doors practice"  # noqa: S105 - printed on the practice page
STARTS_WITHIN = 300.0  # seconds
FLOOR = "/accessibility/"


class Someone:
    """A browser of one person: keeps cookies, asks for pages."""

    def __init__(self, base: str) -> None:
        self.base = base
        jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))

    def page(self, path: str) -> str:
        with self.opener.open(self.base + path, timeout=60) as answer:
            text: str = answer.read().decode()
            return text

    def signs_in(self, username: str) -> None:
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', self.page("/sign-in/"))
        assert token is not None
        said = {"csrfmiddlewaretoken": token[1], "username": username, "password": PASSWORD}
        data = urllib.parse.urlencode(said).encode()
        with self.opener.open(self.base + "/sign-in/", data, timeout=60) as answer:
            assert "Sign out" in answer.read().decode(), f"{username} was not let in"

    def looks_for(self, typed: str) -> str:
        """Type a name into the search for a family, and say where it leads."""
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', self.page("/families/"))
        assert token is not None
        data = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], "q": typed}).encode()
        with self.opener.open(self.base + "/families/", data, timeout=60) as answer:
            return str(answer.url.removeprefix(self.base))

    def link(self, path: str, like: str) -> str:
        found = re.search(rf'href="({like})"', self.page(path))
        assert found is not None, f"no {like} on {path}"
        return found[1]


MANY = {"EARLYDOORS_FAMILIES_AN_HOUR": "1000000"}  # a program plays everybody


@contextmanager
def running() -> Iterator[str]:
    """The product, started on a free port with the practice families."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="earlydoors-bench-") as folder:
        command = [sys.executable, "-m", "earlydoors.config.cli", "demo", "--port", str(port)]
        server = subprocess.Popen(  # noqa: S603 - our own command
            command,
            env={**os.environ, "EARLYDOORS_DATA": folder, **MANY},
            stdout=subprocess.DEVNULL,
        )
        base = f"http://127.0.0.1:{port}"
        try:
            _wait(base, server)
            yield base
        finally:
            server.terminate()
            server.wait(60)


def _wait(base: str, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and server.poll() is None:
        try:
            Someone(base).page("/practice/")
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit("The server did not start.")


def measured(who: Someone, path: str, rounds: int) -> dict[str, float]:
    """Milliseconds of a page, after three that are not counted."""
    took = []
    for n in range(rounds + 3):
        began = time.perf_counter()
        who.page(path)
        if n >= 3:
            took.append((time.perf_counter() - began) * 1000)
    cuts = statistics.quantiles(took, n=100, method="inclusive")
    return {"median_ms": round(cuts[49], 1), "p95_ms": round(cuts[94], 1)}


def main(rounds: int) -> None:
    """Measure and print."""
    with running() as base:
        lead, door = Someone(base), Someone(base)
        lead.signs_in("priya.nair")
        door.signs_in("graham.postlethwaite")
        family = lead.link("/families/", r"/families/[0-9a-f-]{36}/")
        plan = lead.link(family, r"/episodes/[0-9a-f-]{36}/plan/")
        pages = {
            "floor: a page without data": (lead, FLOOR),
            "my work": (lead, "/"),
            "families I see": (lead, "/families/"),
            "search by name": (lead, lead.looks_for("armstrong")),
            "the family's page": (lead, family),
            "chronology": (lead, f"{family}chronology"),
            "the plan": (lead, plan),
            "requests waiting": (door, "/requests/"),
            "levels of need": (door, "/area/levels/"),
        }
        figures = {name: measured(who, path, rounds) for name, (who, path) in pages.items()}
    print(json.dumps({"machine": machine(), "rounds": rounds, "pages": figures}, indent=2))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
