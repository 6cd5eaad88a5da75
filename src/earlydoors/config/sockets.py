"""Where the embedded server's Unix socket lies.

The system's limit on a socket's path is about a hundred bytes, and a data folder may well be
deeper. Every process must come to the same place without asking, so it follows from the path
of the data folder alone.
"""

import hashlib
import sys
from pathlib import Path

# sun_path holds 104 bytes on macOS and the BSDs, 108 on Linux, its closing zero included.
LONGEST = 103 if sys.platform == "darwin" else 107
SOCKET = ".s.PGSQL.5432"
SHORT_PLACE = Path("/tmp")  # noqa: S108 - not tempfile's: two processes may differ in TMPDIR


def socket_folder(cluster: Path) -> Path:
    """The folder for the socket: the cluster's own, else one with a short name for it.

    A path with a comma or a quote in it goes the short way too: PostgreSQL reads a list of
    folders where the server is told of it, and its clients a list of hosts.
    """
    if len(f"{cluster}/{SOCKET}".encode()) <= LONGEST and not set(str(cluster)) & set(",'\"\\"):
        return cluster
    mark = hashlib.sha256(str(cluster).encode()).hexdigest()[:16]
    return SHORT_PLACE / f"earlydoors-{mark}"
