"""The app of the practice mark."""

from django.apps import AppConfig


class PracticeConfig(AppConfig):
    """The practice mark."""

    name = "earlydoors.foundation.practice"
    label = "practice"
