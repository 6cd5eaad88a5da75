"""The machine that something is measured on, by its kind."""

import os
import platform


def machine() -> str:
    """Its cores, its kind of processor and its Python, as every benchmark names them."""
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
