"""The machine that something is measured on, by its kind."""

import os
import platform
import sysconfig


def machine() -> str:
    """Its cores, its kind of processor and its Python, as every benchmark names them.

    A Python that was built without profile-guided optimization, as one compiled by hand often is,
    takes longer than that of a distribution, and is told apart.
    """
    plain = "--enable-optimizations" not in (sysconfig.get_config_var("CONFIG_ARGS") or "")
    how = ", built without optimizations" if plain else ""
    version = platform.python_version()
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {version}{how}"
