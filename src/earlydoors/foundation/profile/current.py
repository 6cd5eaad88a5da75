"""The profile this installation runs on."""

from functools import cache

from django.conf import settings

from earlydoors.foundation.profile.loader import folder_of, load
from earlydoors.foundation.profile.schema import Profile


@cache
def current() -> Profile:
    """The area's profile, read and checked once. Raises `ProfileFaultsError`."""
    return load(folder_of(settings.AREA))
