"""No regular expression of ours runs away on what somebody typed (OWASP ASVS 5.0, 1.2.9).

Each one that stands in the code is tried on long text that is made to make it go back again and
again. The time that a sound one takes grows with the text; another's with its square, or worse.
"""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from time import thread_time

import pytest
from tests.guards.test_structure import PRODUCT, shown

SHORT, LONG = 4_000, 16_000  # characters
SLOW = 0.02  # seconds; below it nothing is said of how a time grows
HOPELESS = 0.3
STEPS = range(12, 60, 3)
METHODS = ("match", "search", "fullmatch", "split", "sub", "findall", "finditer")
PIECES = ("a", "A", "1", " ", "a1", "1 ", "a ", "-", ", ", ".", "_", "\u00e9", "\n", ":")
ENDS = ("", "\x00", "_", " \x00")


@dataclass(frozen=True)
class Pattern:
    """A regular expression in the code, and how it is asked."""

    where: str
    text: str
    flags: int
    how: str

    def ask(self) -> Callable[[str], object]:
        compiled = re.compile(self.text, self.flags)
        if self.how in {"match", "fullmatch"}:
            return compiled.match if self.how == "match" else compiled.fullmatch
        return lambda text: sum(1 for _ in compiled.finditer(text))


def written(node: ast.expr) -> str | None:
    """A pattern's text; of one that is put together, with a word where something is put in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts = (p.value if isinstance(p, ast.Constant) else "word" for p in node.values)
        return "".join(str(part) for part in parts)
    return None


def patterns() -> Iterator[Pattern]:
    for path in PRODUCT:
        source = path.read_text(encoding="utf-8")
        tree = ast.parse(source)
        named = {
            node.value: node.targets[0].id
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }
        for node in ast.walk(tree):
            if not (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "re"
                and node.func.attr in {"compile", *METHODS}
                and (text := written(node.args[0])) is not None
            ):
                continue
            flags = re.IGNORECASE if "IGNORECASE" in ast.unparse(node) else 0
            how = node.func.attr
            if how == "compile":
                name = named.get(node, "")
                asked = [m for m in METHODS if f"{name}.{m}(" in source] if name else ["search"]
                how = next((m for m in asked if m not in {"match", "fullmatch"}), "")
                how = how or next(iter(sorted(asked, reverse=True)), "search")
            yield Pattern(f"{shown(path)}:{node.lineno}", text, flags, how)


def took(ask: Callable[[str], object], text: str) -> float:
    began = thread_time()
    ask(text)
    return thread_time() - began


def runs_away(pattern: Pattern) -> str:
    """The text on which its time grows faster than the text; nothing where there is none."""
    ask = pattern.ask()
    words = re.findall(r"[A-Za-z]{3,}", pattern.text)[:2]
    for head, piece, end in product(("", "1", *(f"{word} " for word in words)), PIECES, ENDS):
        for many in STEPS:  # what doubles with each letter never comes back from a long one
            if took(ask, head + piece * many + end) > HOPELESS:
                return f"{head!r} + {piece!r} * {many} + {end!r}"
        short, long = (head + piece * (size // len(piece)) + end for size in (SHORT, LONG))
        slow = took(ask, long)
        if slow > SLOW and min(slow, took(ask, long)) > 8 * min(took(ask, short) for _ in "12"):
            return f"{head!r} + {piece!r} * {LONG} + {end!r}"
    return ""


FOUND = list(patterns())


def test_the_patterns_are_found() -> None:
    assert len(FOUND) > 40
    assert any("chronology/rules.py" in one.where for one in FOUND)


@pytest.mark.parametrize("pattern", FOUND, ids=lambda one: f"{one.where} {one.how}")
def test_none_runs_away(pattern: Pattern) -> None:
    assert not runs_away(pattern)


@pytest.mark.parametrize(
    ("text", "how"),
    [
        (r"^(a+)+$", "match"),
        (r"(\w+\s?)*$", "match"),
        (r"\s+$", "search"),
        (r"\D*(\d+)", "search"),
        (r"flat[^,]*?\d+\b", "match"),
    ],
)
def test_one_that_runs_away_is_found(text: str, how: str) -> None:
    assert runs_away(Pattern("here", text, 0, how))
