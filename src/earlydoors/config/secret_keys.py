"""The keys of one installation: what signs cookies and links, and what seals files.

Both are given (see `config.given`), or are made at the first start and kept in the data folder.
They are no part of a copy of the database, so they have to be kept beside it.
"""

import base64
import os
import re
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from earlydoors.config import installation
from earlydoors.config.faults import CannotRun
from earlydoors.config.given import given

SHORTEST_SECRET = 32  # characters; Django warns below 50, but shorter keys in use are kept working
_SEALING_KEY = re.compile(r"[A-Za-z0-9_-]{43}=")


def secret_key() -> str:
    """The key that signs cookies and links.

    Without EARLYDOORS_SECRET an installation makes its own and keeps it in the data folder.

    Raises:
        CannotRun: the secret is too short to be one, or its file cannot be read or written.
    """
    said = given("EARLYDOORS_SECRET")
    if said is not None:
        if len(said) < SHORTEST_SECRET:
            raise CannotRun(
                f"EARLYDOORS_SECRET has {len(said)} characters, too few to be a secret.",
                f"Give it {SHORTEST_SECRET} random characters or more, or leave it out.",
            )
        return said
    return _kept_secret(installation.data_folder() / "secret")


def earlier_secrets() -> list[str]:
    """The signing keys before this one, which still open what was closed with them."""
    named = given("EARLYDOORS_SECRETS_BEFORE") or ""
    return [secret.strip() for secret in named.split(",") if secret.strip()]


def sealing_keys() -> list[str]:
    """The keys of what is encrypted in the database, the one that seals first.

    Without EARLYDOORS_SEALING_KEYS an installation makes one, and keeps them in its data folder.

    Raises:
        CannotRun: a key is not one, or their file cannot be read or written.
    """
    said = (given("EARLYDOORS_SEALING_KEYS") or "").strip()
    where = "EARLYDOORS_SEALING_KEYS" if said else str(sealing_file())
    named = said or _kept_secret(sealing_file(), new_sealing_key)
    keys = [one for one in re.split(r"[\s,]+", named) if one]
    for number, key in enumerate(keys, 1):
        if not _SEALING_KEY.fullmatch(key):
            raise CannotRun(
                f"Key {number} of {where} is not one.",
                "Put back the keys that were there: without them sealed files cannot be opened. "
                "`earlydoors keys new` makes a new one to stand before them.",
            )
    return keys


def sealing_file() -> Path:
    """Where an installation without EARLYDOORS_SEALING_KEYS keeps them, a line each."""
    return installation.data_folder() / "sealing-keys"


def new_sealing_key() -> str:
    """A key of 256 random bits, in base64."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def add_sealing_key() -> str:
    """Put a new key before those in the file, in one step; returns it. The first of them seals.

    Raises:
        CannotRun: the file cannot be read or written.
    """
    key, keys = new_sealing_key(), sealing_keys()
    write_sealing_keys([key, *keys])
    return key


def write_sealing_keys(keys: list[str]) -> None:
    """Replace the file of keys, in one step.

    Raises:
        CannotRun: it cannot be written.
    """
    file = sealing_file()
    aside = _written_aside(file, "\n".join(keys) + "\n")
    try:
        aside.replace(file)
    except OSError as error:
        raise _not_written(file, error) from error


def _kept_secret(file: Path, make: Callable[[], str] = lambda: secrets.token_urlsafe(64)) -> str:
    with suppress(FileNotFoundError):
        return _read_secret(file)
    # Written aside and linked into place: of two processes starting at once one wins, both read
    # the winner's key, and nobody ever reads half of one.
    aside = _written_aside(file, make())
    try:
        with suppress(FileExistsError):
            os.link(aside, file)
    except OSError as error:
        raise _not_written(file, error) from error
    finally:
        aside.unlink(missing_ok=True)
    return _read_secret(file)


def _written_aside(file: Path, text: str) -> Path:
    aside = file.with_name(f".{file.name}-{os.getpid()}-{secrets.token_hex(4)}")
    try:
        handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as opened:
            opened.write(text)
            opened.flush()
            os.fsync(opened.fileno())
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise _not_written(file, error) from error
    return aside


def _not_written(file: Path, error: OSError) -> CannotRun:
    return CannotRun(
        f"The secret {file} cannot be written: {error.strerror}.",
        "Make the data folder writable, or set it in the environment (see earlydoors --help).",
    )


def _read_secret(file: Path) -> str:
    try:
        kept = file.read_text(encoding="ascii").strip()
    except PermissionError as error:
        raise CannotRun(
            f"The secret {file} belongs to another user.",
            "Run as the user who owns the data folder, or set EARLYDOORS_DATA to your own.",
        ) from error
    if len(kept) < SHORTEST_SECRET:
        raise CannotRun(
            f"The secret {file} is damaged.",
            "Put back a copy of it. Without one: delete it and start again; everybody signs in and "
            "sets up apps for codes anew. Sealing keys cannot be made anew: files need their own.",
        )
    return kept
