"""Secrets as an installation is given them: in its environment, or in closed files.

For a secret NAME, in this order: the environment variable NAME; the file that the variable
NAME_FILE names; the file NAME in the folder that systemd names by CREDENTIALS_DIRECTORY. What a
vault keeps is handed over by either kind of file, and stands in no environment.
"""

import os
import stat
from pathlib import Path

from earlydoors.config.faults import CannotRun


def given(name: str) -> str | None:
    """A secret, or nothing where none was given.

    Raises:
        CannotRun: it is given twice, or its file cannot be read or is open to everybody.
    """
    said, file = os.environ.get(name), _file_of(name)
    if file is None:
        return said
    if said:
        raise CannotRun(f"{name} is given twice: in the environment, and in {file}.", "Take one.")
    return _read(name, file)


def is_given(name: str) -> bool:
    """Whether there is such a secret, and not an empty one."""
    return bool((given(name) or "").strip())


def forget(name: str) -> None:
    """Let this process and those that it starts not be given a secret any more by their
    environment."""
    for one in (name, f"{name}_FILE"):
        os.environ.pop(one, None)


def _file_of(name: str) -> Path | None:
    named = os.environ.get(f"{name}_FILE", "").strip()
    if named:
        return Path(named).expanduser()
    folder = os.environ.get("CREDENTIALS_DIRECTORY", "").strip()
    file = Path(folder) / name
    return file if folder and file.is_file() else None


def _read(name: str, file: Path) -> str:
    try:
        if file.stat().st_mode & stat.S_IRWXO:
            raise CannotRun(
                f"The file of {name}, {file}, is open to everybody.", f"chmod 600 {file}"
            )
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not text"
        raise CannotRun(
            f"The file of {name}, {file}, cannot be read: {why}.",
            "Is it there, and does it belong to whoever runs this?",
        ) from error
