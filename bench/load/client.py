"""A browser in few words: one connection kept open, cookies, forms.

Cheap, because it shares the cores with what it measures.
"""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from bench.load.counting import ASKED

_COOKIE = re.compile(rb"(?im)^set-cookie: *([^=]+)=([^;\r\n]*)")
_LENGTH = re.compile(rb"(?im)^content-length: *(\d+)")
_LOCATION = re.compile(rb"(?im)^location: *(\S+)")


@dataclass
class Answer:
    """What came back."""

    status: int
    head: bytes
    body: bytes

    @property
    def text(self) -> str:
        """The page."""
        return self.body.decode()

    @property
    def location(self) -> str:
        """Where it leads, if anywhere."""
        found = _LOCATION.search(self.head)
        return urlsplit(found[1].decode()).path if found else ""

    def told(self, name: str) -> float:
        """A number in the head of the answer."""
        found = re.search(rf"(?im)^{name}: *([0-9.]+)".encode(), self.head)
        assert found is not None, f"The answer does not tell {name}"
        return float(found[1])


@dataclass
class Browser:
    """One person's browser."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    _reader: asyncio.StreamReader | None = None
    _writer: asyncio.StreamWriter | None = None

    async def ask(
        self,
        path: str,
        form: Mapping[str, str] | list[tuple[str, str]] | None = None,
        *,
        autosave: bool = False,
        count: bool = False,
    ) -> Answer:
        """Get a page, or send a form."""
        data = urlencode(form).encode() if form is not None else b""
        lines = [
            f"{'GET' if form is None else 'POST'} {path} HTTP/1.1",
            f"Host: localhost:{self.port}",
            "Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        ]
        if form is not None:
            lines += ["Content-Type: application/x-www-form-urlencoded"]
            lines += [f"Content-Length: {len(data)}"]
        if autosave:
            lines.append("X-Autosave: 1")
        if count:
            lines.append(f"{ASKED}: 1")
        answer = await self._exchange("\r\n".join(lines).encode() + b"\r\n\r\n" + data)
        for name, value in _COOKIE.findall(answer.head):
            self.cookies[name.decode()] = value.decode()
        return answer

    async def _exchange(self, sent: bytes) -> Answer:
        try:
            return await self._once(sent)
        except (asyncio.IncompleteReadError, ConnectionError):
            # The server closes a connection that was quiet for long.
            self.close()
            return await self._once(sent)

    async def _once(self, sent: bytes) -> Answer:
        if self._reader is None or self._writer is None or self._reader.at_eof():
            self._reader, self._writer = await asyncio.open_connection(
                "127.0.0.1", self.port, limit=1 << 22
            )
        self._writer.write(sent)
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(head)
        body = await self._reader.readexactly(int(length[1])) if length else b""
        return Answer(int(head[9:12]), head, body)

    def again(self) -> "Browser":
        """The same person on another connection."""
        return Browser(self.port, self.cookies)

    def close(self) -> None:
        """Close the connection."""
        if self._writer is not None:
            self._writer.close()
            self._reader = self._writer = None

    async def signs_in(self, username: str, password: str) -> None:
        """Sign in by the page for it."""
        page = (await self.ask("/sign-in/")).text
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token is not None
        said = {"csrfmiddlewaretoken": token[1], "username": username, "password": password}
        answer = await self.ask("/sign-in/", said)
        assert answer.status == 302, f"{username} was not let in"
