"""The profile this installation runs on."""

from functools import cache

from django.conf import settings

from earlydoors.foundation.profile.loader import folder_of, load
from earlydoors.foundation.profile.schema import Profile


def current() -> Profile:
    """The area's profile, read and checked once. Raises `ProfileFaultsError`."""
    return _read(settings.AREA)


@cache
def _read(area: str) -> Profile:
    return load(folder_of(area))
