"""The app of kept profiles."""

from django.apps import AppConfig


class ProfileConfig(AppConfig):
    """Profiles as they were when records were written on them."""

    name = "earlydoors.foundation.profile"
    label = "profile"
