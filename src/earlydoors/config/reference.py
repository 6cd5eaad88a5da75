"""`docs/reference`, written from the code it describes so that it cannot fall behind."""

import pkgutil
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from django.urls import URLPattern, URLResolver, get_resolver

import earlydoors.domain
from earlydoors.config import data_page, limits_page, processing, who_may
from earlydoors.config.cli.root import HELP, root
from earlydoors.config.faults import CannotRun
from earlydoors.config.markdown import table
from earlydoors.foundation.kernel.workflow import Workflow
from earlydoors.foundation.profile import new
from earlydoors.foundation.profile.schema import Profile

SOURCE = Path(__file__).resolve().parents[3]
FOLDER = SOURCE / "docs" / "reference"
WIDTH = 96  # characters of a help text, whatever the terminal of whoever writes the pages
_BOUNDS = (("minimum", "from"), ("exclusiveMinimum", "above"), ("maximum", "to"))
MADE = "<!-- Written by `make docs` from the code. Change the code, not this page. -->\n"


def pages() -> dict[str, str]:
    """The text of each page by its file's name."""
    makers: dict[str, Callable[[], str]] = {
        "access.md": who_may.page,
        "commands.md": commands,
        "data.md": data_page.page,
        "impact.md": processing.impact,
        "limits.md": limits_page.page,
        "processing.md": processing.record,
        "profile.md": profile,
        "routes.md": routes,
        "wall.md": wall_page,
        "workflows.md": workflows,
    }
    return {name: f"{MADE}\n{make().rstrip()}\n" for name, make in makers.items()}


def write() -> list[str]:
    """Write the pages. Returns the names of those that changed.

    Raises:
        CannotRun: this is an installation without its source.
    """
    changed = stale()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        if name in changed:
            (FOLDER / name).write_text(text, encoding="utf-8")
    return changed


def stale() -> list[str]:
    """The names of the pages that are not what the code says."""
    if not (SOURCE / "pyproject.toml").is_file():
        raise CannotRun("The reference is written in a copy of the source.", "This is not one.")
    return [
        name
        for name, text in sorted(pages().items())
        if not (FOLDER / name).is_file() or (FOLDER / name).read_text(encoding="utf-8") != text
    ]


# Commands


def commands() -> str:
    """Every command with its help."""
    parts = ["# The command `earlydoors`"]
    parts += [f"## `{name}`\n\n```text\n{text}\n```" for name, text in _helps(root, "earlydoors")]
    return "\n\n".join(parts)


def _helps(command: click.Command, name: str) -> Iterator[tuple[str, str]]:
    context = click.Context(
        command,
        info_name=name,
        terminal_width=WIDTH,
        max_content_width=WIDTH,
        color=False,
        help_option_names=HELP,
    )
    yield name, command.get_help(context).rstrip()
    if isinstance(command, click.Group):
        for sub in command.list_commands(context):
            found = command.get_command(context, sub)
            if found is not None:
                yield from _helps(found, f"{name} {sub}")


# The profile


def profile() -> str:
    """Every key of a profile: what it takes, whether it must be there, what it means."""
    schema = Profile.model_json_schema(by_alias=True)
    kinds: dict[str, Any] = schema["$defs"]
    parts = [
        "# The partnership profile",
        (Profile.__doc__ or "").strip(),
        (
            "A profile is a folder with `profile.yaml`, `levels.yaml`, `pathway.yaml`, "
            "`partnership.yaml`, `measures.yaml` and `information.yaml`, which together hold the "
            "keys below, and `forms/`, with one [form](#form) in each file. `earlydoors profile "
            "check` names the file, the line and the key of whatever is wrong."
        ),
        "## The whole",
        _keys(schema, kinds, files=_files()),
    ]
    for name in sorted(kinds):
        if "properties" in kinds[name]:
            about = kinds[name].get("description", "").replace("\n", " ")
            parts += [f"## {name}", about, _keys(kinds[name], kinds)]
    parts.append("## Fixed choices")
    for name in sorted(kinds):
        if "enum" in kinds[name]:
            values = "\n".join(f"- `{value}`" for value in kinds[name]["enum"])
            about = kinds[name].get("description", "").replace("\n", " ")
            parts += [f"### {name}", about, values]
    return "\n\n".join(part for part in parts if part)


def _files() -> dict[str, str]:
    """Which file of a new profile holds each of the outermost keys."""
    found = {"forms": "forms/"}
    for page in sorted(new.TEMPLATE.glob("*.yaml")):
        text = page.read_text(encoding="utf-8")
        found |= dict.fromkeys(re.findall(r"^([a-z_]+):", text, re.MULTILINE), page.name)
    return found


def _keys(kind: dict[str, Any], kinds: dict[str, Any], files: dict[str, str] | None = None) -> str:
    required = set(kind.get("required", ()))
    titles = ["key", "takes", "must", "means"] + (["file"] if files else [])
    rows = [f"| {' | '.join(titles)} |", f"|{'---|' * len(titles)}"]
    for name, shape in kind["properties"].items():
        cells = [
            f"`{name}`",
            _takes(shape),
            "yes" if name in required else _otherwise(shape),
            meaning(shape, kinds),
        ]
        if files:
            cells.append(f"`{files[name]}`" if name in files else "")
        rows.append(f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |")
    return "\n".join(rows)


def meaning(shape: dict[str, Any], kinds: dict[str, Any]) -> str:
    """What a key means: its own words, else those of the kind of thing it takes."""
    if "description" in shape:
        return str(shape["description"])
    if "$ref" in shape:
        about = str(kinds[shape["$ref"].rsplit("/", 1)[-1]].get("description", ""))
        return about.split("\n\n", 1)[0].replace("\n", " ")
    inner = [shape.get("items", {}), *shape.get("anyOf", ())]
    return next((said for each in inner if each and (said := meaning(each, kinds))), "")


def _takes(shape: dict[str, Any]) -> str:
    """In words, what a key takes."""
    if "$ref" in shape:
        return _link(shape["$ref"])
    if "anyOf" in shape:
        return " or ".join(_takes(each) for each in shape["anyOf"] if each.get("type") != "null")
    if "enum" in shape or "const" in shape:
        choices = shape.get("enum", [shape.get("const")])
        return "one of " + ", ".join(f"`{choice}`" for choice in choices if choice != "")
    if shape.get("type") == "array":
        least = shape.get("minItems")
        return f"list of {_takes(shape.get('items', {}))}" + (f", {least} or more" if least else "")
    words = {
        "string": "text",
        "integer": "whole number",
        "number": "number",
        "boolean": "`true` or `false`",
    }
    said = words.get(shape.get("type", ""), "anything")
    if "pattern" in shape:
        said = f"text like `{shape['pattern']}`"
    bounds = [f"{word} {shape[key]}" for key, word in _BOUNDS if key in shape]
    if shape.get("minLength", 1) > 1:
        bounds.append(f"of {shape['minLength']} characters or more")
    return " ".join([said, *bounds])


def _link(reference: str) -> str:
    name = reference.rsplit("/", 1)[-1]
    return f"[{name}](#{name.lower()})"


def _otherwise(shape: dict[str, Any]) -> str:
    default = shape.get("default")
    if default in (None, "", []):
        return "no"
    said = str(default).lower() if isinstance(default, bool) else default
    return f"no; `{said}`"


# Workflows


def workflows() -> str:
    """Every workflow as a diagram and a table of its moves."""
    parts = [
        "# Workflows",
        (
            "Each is one table in the code: the checks, the buttons and the audit events come "
            "from it, and so does this page. An area's profile cannot change them."
        ),
    ]
    for place, workflow in _found_workflows():
        title = workflow.noun[:1].upper() + workflow.noun[1:]
        rows = ["| move | from | to | permission | audit event |", "|---|---|---|---|---|"]
        rows += [
            f"| {move.name.replace('_', ' ')} | {', '.join(f'`{s}`' for s in move.sources)} "
            f"| `{move.target}` | {f'`{move.permission}`' if move.permission else ''} "
            f"| `{move.event}` |"
            for move in workflow.transitions
        ]
        states = ["| state | it is | waits for |", "|---|---|---|"]
        states += [f"| `{s.key}` | {s.says} | {s.waits_for} |" for s in workflow.states]
        parts += [
            f"## {title}",
            f"In `{place}`.",
            f"```mermaid\n{workflow.diagram()}\n```",
            "\n".join(states),
            "\n".join(rows),
        ]
    return "\n\n".join(parts)


def _found_workflows() -> Iterator[tuple[str, Workflow]]:
    """Every workflow of the domain, with the module that holds it, by its key."""
    found: dict[str, tuple[str, Workflow]] = {}
    for module in pkgutil.walk_packages(earlydoors.domain.__path__, "earlydoors.domain."):
        if module.name.rsplit(".", 1)[-1] != "states":
            continue
        for value in vars(import_module(module.name)).values():
            if isinstance(value, Workflow):
                found.setdefault(value.key, (module.name, value))
    yield from (found[key] for key in sorted(found))


# Routes


def routes() -> str:
    """Every address, its name and what is there."""
    rows = ["| address | name | what is there |", "|---|---|---|"]
    for address, name, view in sorted(_walk(get_resolver(), "/", ""), key=lambda row: row[:2]):
        what = (getattr(view, "__doc__", "") or "").strip().split("\n", 1)[0]
        rows.append(f"| `{address}` | `{name}` | {what.replace('|', '&#124;')} |")
    return "\n\n".join(
        [
            "# Addresses",
            "A page that is not yours to see answers as if it were not there.",
            "\n".join(rows),
        ]
    )


def _walk(resolver: URLResolver, above: str, space: str) -> Iterator[tuple[str, str, object]]:
    for entry in resolver.url_patterns:
        address = f"{above}{entry.pattern}"
        if isinstance(entry, URLPattern):
            name = f"{space}:{entry.name}" if space else str(entry.name or "")
            yield address, name, entry.callback
        else:
            inner = ":".join(part for part in (space, entry.namespace) if part)
            yield from _walk(entry, address, inner)


# The wall


def wall_page() -> str:
    """What the second wall does with each table, and every way across it."""
    from earlydoors.foundation.wall.policies import wall

    said = wall()
    parts = [
        "# The second wall",
        (
            "Which rows the database gives to whoever acts, by ADR 16. A table that is not named "
            "in `domain/wall.toml` follows what it hangs on. `sees` and `knows` ask whether a "
            "family or a person is open at all where the table is one of the summary, and "
            "wholly elsewhere. A row is written where it is open by more than an emergency or a "
            "summary."
        ),
        "## Behind the wall",
        table(
            ("Table", "Its rows are open where", "By itself"),
            (
                (f"`{one.label}`", f"`{' '.join(one.read.split())}`", "yes" if one.derived else "")
                for one in said.walled.values()
            ),
        ),
        "## Ways across it",
    ]
    for way in said.ways:
        reads, writes, opened = (
            ", ".join(f"`{n}`" for n in sorted(w)) for w in (way.reads, way.writes, way.opened)
        )
        parts.append(f"### `{way.name}`\n\n{way.why}")
        if reads:
            parts.append(f"Reads {reads}.")
        if writes:
            parts.append(f"Writes {writes}.")
        if opened:
            parts.append(f"Writes, where the row is open in an emergency, {opened}.")
    parts += [
        "## Outside the wall",
        table(("Table", "Why"), ((f"`{name}`", why) for name, why in sorted(said.open.items()))),
        "## What the web login may delete",
        table(("Table", "Why"), ((f"`{n}`", why) for n, why in sorted(said.deletes.items()))),
        "## What it adds and never changes",
        ", ".join(f"`{name}`" for name in sorted(said.once)),
    ]
    return "\n\n".join(parts)
