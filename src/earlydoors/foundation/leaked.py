"""Whether a password was stolen somewhere else: looked up in a file on the installation's own disk.

The file is as *Have I Been Pwned* gives it away: a line for each password, its SHA-1 in capital
letters, a colon and how often it was seen, in the order of the hashes. It is tens of gigabytes, so
it is searched where it lies and never read as a whole, and nobody outside is asked about anything.
"""

import hashlib
from bisect import bisect_left
from pathlib import Path
from typing import Final

_HASH: Final = 40  # hexadecimal digits of SHA-1
_LATER = b"~"  # after every hash


def is_leaked(password: str, file: Path) -> bool:
    """Whether a password is in the file. Raises `OSError` where that cannot be read."""
    # By what the file is ordered, which keeps no secret: the password is theirs who stole it.
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with file.open("rb") as lines:

        def from_here(at: int) -> bytes:
            """The hash of the first line that begins here or later."""
            lines.seek(max(at - 1, 0))
            if at:
                lines.readline()
            return lines.readline()[:_HASH].upper() or _LATER

        size = lines.seek(0, 2)
        found = bisect_left(range(size), wanted, key=from_here)
        return from_here(found) == wanted


def is_in_order(file: Path) -> bool:
    """Whether a file looks as it has to: hashes at its beginning, its middle and its end, each
    after the one before. Raises `OSError` where it cannot be read."""
    with file.open("rb") as lines:
        size = lines.seek(0, 2)
        seen = []
        for part in range(8):
            lines.seek(size * part // 8)
            if part:
                lines.readline()
            seen.append(lines.readline()[:_HASH].upper())
    hashes = [one for one in seen if one]
    return bool(hashes) and hashes == sorted(hashes) and all(map(_is_hash, hashes))


def _is_hash(one: bytes) -> bool:
    return len(one) == _HASH and not set(one) - set(b"0123456789ABCDEF")
