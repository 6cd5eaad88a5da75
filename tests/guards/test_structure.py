"""Guards over the tree itself: sizes, names, areas, and what the text may speak of."""

import ast
import re
from pathlib import Path

import pytest

import earlydoors
from earlydoors.foundation.profile.loader import SHIPPED, shipped_areas

PACKAGE = Path(earlydoors.__file__).parent
ROOT = PACKAGE.parent.parent
LONGEST = 400
CODE = sorted(
    path
    for folder in (PACKAGE, ROOT / "tests", ROOT / "bench")
    for path in folder.rglob("*")
    if path.suffix in {".py", ".js", ".scss", ".html"}
    and "static" not in path.parts
    and "migrations" not in path.parts
)
PYTHON = [path for path in CODE if path.suffix == ".py"]
PRODUCT = [path for path in PYTHON if path.is_relative_to(PACKAGE)]
BANNED_NAMES = re.compile(r"(^|_)(utils?|helpers?|managers?|cases?|sessions?)(_|$)")


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", CODE, ids=shown)
def test_no_file_is_longer_than_a_room(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST, f"{shown(path)} has {lines} lines: divide it"


def _is_named_elsewhere(node: ast.FunctionDef | ast.ClassDef) -> bool:
    return "override" in [ast.unparse(decorator) for decorator in node.decorator_list]


@pytest.mark.parametrize("path", PRODUCT, ids=shown)
def test_files_and_functions_have_telling_names(path: Path) -> None:
    """A method that takes the place of a library's bears the name that the library gave it; that it
    does is what `@override` says and mypy holds it to."""
    assert not BANNED_NAMES.search(path.stem), path.stem
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not _is_named_elsewhere(node):
            assert not BANNED_NAMES.search(node.name), f"{shown(path)}: {node.name}"


@pytest.mark.parametrize("path", PRODUCT, ids=shown)
def test_no_code_asks_which_area_it_is(path: Path) -> None:
    """An area is a profile: its key may name a default or a demo, never decide anything."""
    areas = set(shipped_areas()) | {a.replace("_", " ").title() for a in shipped_areas()}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Compare | ast.match_case | ast.IfExp):
            for inner in ast.walk(node.pattern if isinstance(node, ast.match_case) else node):
                if isinstance(inner, ast.Constant) and inner.value in areas:
                    pytest.fail(f"{shown(path)}:{inner.lineno} decides by area {inner.value!r}")


@pytest.mark.parametrize("path", [p for p in CODE if p.suffix == ".html"], ids=shown)
def test_no_page_asks_which_area_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8").lower()
    for area in shipped_areas():
        assert area not in text, f"{shown(path)} names {area}"
        assert area.replace("_", " ") not in text, f"{shown(path)} names {area}"


@pytest.mark.parametrize("path", PRODUCT, ids=shown)
def test_every_public_thing_is_described(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not tree.body or ast.get_docstring(tree), f"{shown(path)} does not say what it is"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{shown(path)}: {node.name} is not described"


def test_the_domain_never_reads_the_clock_or_http() -> None:
    """Operations are handed the moment and the actor."""
    for path in PRODUCT:
        if not path.is_relative_to(PACKAGE / "domain"):
            continue
        text = path.read_text(encoding="utf-8")
        for word in ("timezone.now", "datetime.now", "date.today", "time.time", "django.http"):
            assert word not in text, f"{shown(path)} uses {word}"


def test_five_areas_ship() -> None:
    assert shipped_areas() == sorted(
        p.name for p in SHIPPED.iterdir() if p.is_dir() and not p.name.startswith("_")
    )
    assert len(shipped_areas()) == 5
