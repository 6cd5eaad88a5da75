"""Reading YAML with the line of every key.

Only what a profile needs: mappings, lists, texts, whole and decimal numbers, `true` and `false`.
`yes`, `no` and `on` are texts; a key given twice is a fault; anchors and tags are not used.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from earlydoors.foundation.profile.faults import Fault, ProfileFaultsError

type Path_ = tuple[str | int, ...]

_INTEGER = re.compile(r"^-?\d{1,15}$")
_DECIMAL = re.compile(r"^-?\d{1,15}\.\d{1,15}$")
_DEEPEST = 40


@dataclass(frozen=True)
class Page:
    """A file read: its data, and the line each key or list item starts on."""

    file: str
    data: dict[str, Any]
    lines: dict[Path_, int]


def read_page(path: Path, shown_as: str) -> Page:
    """Read one file. Raises `ProfileFaultsError` when it is not such a mapping in UTF-8."""
    try:
        text = path.read_text(encoding="utf-8")
        _plain(text, shown_as)
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except FileNotFoundError:
        raise _one(shown_as, 0, "", "The file is missing.", "Add it to the folder.") from None
    except OSError:
        raise _one(shown_as, 0, "", "It cannot be opened.", "It must be a readable file.") from None
    except UnicodeDecodeError:
        raise _one(shown_as, 0, "", "It is not UTF-8.", "Save it as UTF-8.") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        problem = f"It is not YAML: {error.problem or 'unreadable'}."
        raise _one(shown_as, line, "", problem, "Check the indentation and quotes.") from None
    except yaml.YAMLError:
        raise _one(shown_as, 0, "", "It is not YAML.", "Take out odd characters.") from None
    lines: dict[Path_, int] = {}
    faults: list[Fault] = []
    data = _value(node, (), lines, faults, shown_as) if node else {}
    if not isinstance(data, dict):
        raise _one(shown_as, 1, "", "It must be a mapping of keys.", "Start with `key: value`.")
    if faults:
        raise ProfileFaultsError(faults)
    return Page(shown_as, data, lines)


def _one(file: str, line: int, key: str, message: str, mend: str) -> ProfileFaultsError:
    return ProfileFaultsError([Fault(file, line, key, message, mend)])


def _plain(text: str, file: str) -> None:
    """Refuse what the composer would follow without end: deep nesting, and anchors used again."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent):
            raise _one(file, line, "", "Anchors are not used.", "Write the text out again.")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            raise _one(file, line, "", "It is nested too deeply.", "Profiles need no such depth.")


def _value(
    node: yaml.Node, at: Path_, lines: dict[Path_, int], faults: list[Fault], file: str
) -> Any:
    lines.setdefault(at, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            if key in found:
                faults.append(
                    Fault(file, line, dotted((*at, key)), "The key is given twice.", "Keep one.")
                )
            lines[*at, key] = line
            found[key] = _value(value_node, (*at, key), lines, faults, file)
        return found
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*at, n), lines, faults, file) for n, item in enumerate(node.value)]
    return _scalar(node)


def _scalar(node: yaml.Node) -> str | int | float | bool | None:
    text = str(node.value)
    if getattr(node, "style", None):  # quoted or block; a plain text has None or "" for its style
        return text
    if text in {"true", "false"}:
        return text == "true"
    if text in {"", "~", "null"}:
        return None
    if _INTEGER.match(text):
        return int(text)
    return float(text) if _DECIMAL.match(text) else text


def dotted(path: Path_) -> str:
    """A path of keys and positions as people write it: `levels[2].short`."""
    out = ""
    for part in path:
        out += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if out else part
    return out
