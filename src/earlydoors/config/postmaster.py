"""Which process is the server of a folder.

The number in a pid file may since belong to something else, above all in a container that
always counts from one, so a process is asked what it is before anything is done to it.
"""

from pathlib import Path

import psutil

from earlydoors.config.sockets import SOCKET


def running(cluster: Path) -> psutil.Process | None:
    """The process of the folder's server, if it runs."""
    pid = _written(cluster)
    if pid is None:
        return None
    try:
        process = psutil.Process(pid)
        is_server = process.status() != psutil.STATUS_ZOMBIE and str(cluster) in process.cmdline()
    except psutil.Error:
        return None
    return process if is_server else None


def forget_recycled_number(cluster: Path, sockets: Path) -> None:
    """Remove a pid file whose number now belongs to some other program of the same user.

    PostgreSQL would take that program for its own server and never start again. It clears
    every other stale pid file itself, and must: the file names the shared memory by which it
    sees that children of a killed server are still writing. So the file is touched only when
    no process at all works in the folder.
    """
    pid = _written(cluster)
    if pid is None or not psutil.pid_exists(pid):
        return
    if not any(works_in(cluster, process) for process in psutil.process_iter()):
        (cluster / "postmaster.pid").unlink(missing_ok=True)
        for name in (SOCKET, f"{SOCKET}.lock"):
            (sockets / name).unlink(missing_ok=True)


def works_in(folder: Path, process: psutil.Process) -> bool:
    """Whether the folder is where the process works, as it is for a server and its children."""
    try:
        return Path(process.cwd()) == folder
    except psutil.Error:
        return False


def _written(cluster: Path) -> int | None:
    """The number in the folder's pid file."""
    try:
        return int((cluster / "postmaster.pid").read_text(encoding="ascii").splitlines()[0])
    except (OSError, ValueError, IndexError):
        return None
