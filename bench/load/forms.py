"""Filling a form in as somebody in a hurry does: the first of every choice, a sentence in a box."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_WORDS = "Things are calmer at home and the mornings work better than before."


@dataclass
class Form:
    """A form of a page: its fields with what stands in them, choices, and where it is sent."""

    action: str
    method: str
    values: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    checks: dict[str, list[str]] = field(default_factory=dict)
    boxes: set[str] = field(default_factory=set)

    def filled(self, **preferred: str) -> list[tuple[str, str]]:
        """What is sent. `preferred` are answers by the last part of a field's name."""

        def wanted(name: str) -> str | None:
            return preferred.get(name.rsplit(".", 1)[-1].replace("-", "_"))

        sent = [
            (name, wanted(name) or value.strip() or (_WORDS if name in self.boxes else ""))
            for name, value in self.values.items()
        ]
        for name, offered in self.choices.items():
            said = wanted(name)
            sent.append((name, said if said in offered else offered[0]))
        sent += [(name, offered[0]) for name, offered in self.checks.items()]
        return sent


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._here: Form | None = None
        self._area = self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        got = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._here = Form(got.get("action", ""), got.get("method", "get").lower())
            self.forms.append(self._here)
        form = self._here
        name = got.get("name", "")
        if form is None or (tag != "option" and not name):
            return
        if tag == "input":
            self._input(form, name, got)
        elif tag == "textarea":
            self._area = name
            form.values[name] = ""
            form.boxes.add(name)
        elif tag == "select":
            self._select = name
            form.choices[name] = []
        elif tag == "option" and self._select and got.get("value"):
            form.choices[self._select].append(got["value"])

    def _input(self, form: Form, name: str, got: dict[str, str]) -> None:
        kind = got.get("type", "text")
        if kind in {"radio", "checkbox"}:
            into = form.choices if kind == "radio" else form.checks
            into.setdefault(name, []).append(got.get("value", "on"))
        elif kind not in {"submit", "button", "file"}:
            form.values[name] = got.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._here is not None and self._area:
            self._here.values[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
        elif tag == "select":
            self._select = ""
        elif tag == "form":
            self._here = None


def forms_of(page: str) -> list[Form]:
    """Every form of a page that is sent by POST, but for signing out."""
    reader = _Reader()
    reader.feed(page)
    return [f for f in reader.forms if f.method == "post" and "sign-out" not in f.action]
