"""The command `earlydoors`."""

from earlydoors.config.cli.root import main

__all__ = ["main"]
