"""The embedded server never runs as root, so root starts it as another user.

That user needs a way to its programs and to its folder, both of which may lie below root's own
closed home. The way is opened by "may pass through" alone (not "may read") on the folders above,
and the folder itself is handed over and stays closed to everybody else.
"""

import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path
from typing import TypedDict

from earlydoors.config.faults import CannotRun

ACCOUNT = "earlydoors"


class ServerUser(TypedDict, total=False):
    """What subprocess wants to know in order to run something as the server's user."""

    user: int
    group: int
    extra_groups: list[int]
    umask: int


def is_root() -> bool:
    """Whether this process is root, and therefore needs all of this."""
    return os.geteuid() == 0


def as_server_user() -> ServerUser:
    """Arguments for subprocess, to run as the server's user with nothing open to others."""
    if not is_root():
        return {"umask": 0o077}
    account = _account()
    return {
        "user": account.pw_uid,
        "group": account.pw_gid,
        "extra_groups": [],
        "umask": 0o077,
    }


def hand_over(folder: Path) -> None:
    """Give a fresh folder to the server's user."""
    if is_root():
        account = _account()
        os.chown(folder, account.pw_uid, account.pw_gid)


def open_ways(folder: Path, programs: Path) -> None:
    """Let the server's user reach its folder, and reach and run its programs."""
    if is_root():
        _open_way(folder)
        _open_way(programs)
        _open_programs(programs.parent)


def make_private(folder: Path) -> None:
    """Make a folder that only the server's user can enter; refuse one that is another's.

    Raises:
        CannotRun: the folder is there already and belongs to somebody else.
    """
    owner = _account().pw_uid if is_root() else os.geteuid()
    folder.mkdir(mode=0o700, exist_ok=True)
    if is_root() and folder.lstat().st_uid == 0:
        os.chown(folder, owner, _account().pw_gid, follow_symlinks=False)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner:
        raise CannotRun(
            f"{folder} belongs to somebody else.",
            "Remove it, or set EARLYDOORS_DATA to a folder with a shorter path.",
        )
    folder.chmod(0o700)


def write_as_server(file: Path, text: str) -> None:
    """Write a file that belongs to the server's user."""
    file.write_text(text, encoding="utf-8")
    file.chmod(0o600)
    if is_root():
        os.chown(file, _account().pw_uid, _account().pw_gid)


def _account() -> pwd.struct_passwd:
    """The account the server runs as under root, made on first use."""
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        useradd = shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    made = useradd and subprocess.run(
        [useradd, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", ACCOUNT],
        capture_output=True,
        check=False,
    )
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError as error:
        why = made.stderr.decode(errors="replace").strip() if made else "useradd is not here"
        raise CannotRun(
            f'PostgreSQL does not run as root, and the account "{ACCOUNT}" '
            f"cannot be made for it: {why}.",
            "Run Early Doors as an ordinary user, or make that account.",
        ) from error


def _open_way(folder: Path) -> None:
    """Let others pass through the folders above, without letting them look around."""
    for above in folder.parents:
        mode = above.stat().st_mode
        if not mode & stat.S_IXOTH:
            above.chmod(mode | stat.S_IXOTH)


def _open_programs(root: Path) -> None:
    """Let others read and run what an installation with a strict umask closed to them."""
    if root.stat().st_mode & stat.S_IXOTH:
        return
    for found in (root, *root.rglob("*")):
        mode = found.lstat().st_mode
        if not stat.S_ISLNK(mode):
            passing = stat.S_IXOTH if mode & stat.S_IXUSR else 0
            found.chmod(mode | stat.S_IROTH | passing)
