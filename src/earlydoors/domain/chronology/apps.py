"""The app of chronology."""

from django.apps import AppConfig


class ChronologyConfig(AppConfig):
    """What happened, in order, as pages tell it."""

    name = "earlydoors.domain.chronology"
    label = "chronology"
