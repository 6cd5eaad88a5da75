"""Reading the simulation's own pages of YAML."""

from importlib.resources import files
from typing import Any

import yaml

# libyaml reads ten times faster than Python does; not every system's PyYAML has it.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(*path: str) -> dict[str, Any]:
    """A page beside this module, such as `texts`, `okafor.yaml`; empty where there is none."""
    found = files(__package__).joinpath(*path)
    if not found.is_file():
        return {}
    # Safe: the loader is one of the two that build plain values only.
    return dict(_worded(yaml.load(found.read_text(encoding="utf-8"), Loader=_LOADER)))  # noqa: S506


def _worded(found: Any) -> Any:
    """YAML reads a plain yes and no as truth values; here they are answers."""
    if isinstance(found, bool):
        return "yes" if found else "no"
    if isinstance(found, list):
        return [_worded(one) for one in found]
    if isinstance(found, dict):
        return {key: _worded(value) for key, value in found.items()}
    return found
