"""What the built files tell the browser, which are served without passing through the pages."""

from collections.abc import MutableMapping

POLICY = "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"


def refuse_everything(headers: MutableMapping[str, str], path: str, url: str) -> None:
    """A file that is opened by itself runs and fetches nothing."""
    headers["Content-Security-Policy"] = POLICY
