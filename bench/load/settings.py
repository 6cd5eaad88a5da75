"""The product's settings, with what the bench adds: an empty page, and a count when asked for one.

A server under load runs with these; a request that does not ask to be counted pays nothing for it
but the look at one header.
"""

from pathlib import Path

from earlydoors.config.settings import *  # noqa: F403 - the product's own settings, all of them
from earlydoors.config.settings import MIDDLEWARE, TEMPLATES

MIDDLEWARE = ["bench.load.counting.counted", *MIDDLEWARE]
ROOT_URLCONF = "bench.load.urls"
TEMPLATES = [{**TEMPLATES[0], "DIRS": [*TEMPLATES[0]["DIRS"], Path(__file__).parent / "templates"]}]
