"""How much memory there is for this installation, which may be less than the machine has."""

from contextlib import suppress
from pathlib import Path

import psutil

_MEGABYTE = 1 << 20
_LEAST, _MOST = 128, 4096  # megabytes that the database keeps of its tables
_SHARE = 8
# What holds a group of processes to less, by the second and the first version of control groups.
LIMITS = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)


def for_the_database() -> int:
    """Megabytes of its tables that the embedded server may keep at hand: an eighth of what there
    is, beside what the system itself keeps of its files. It takes them as it needs them.

    The server's own 128 do for the practice families. A county's evidence alone has gigabytes of
    indexes, and each entry goes to a place in them that nobody can foresee.
    """
    return max(_LEAST, min(_MOST, _here() // _SHARE // _MEGABYTE))


def _here() -> int:
    whole = psutil.virtual_memory().total
    for limit in LIMITS:
        with suppress(OSError, ValueError):
            whole = min(whole, int(limit.read_text()))
    return int(whole)
