"""The app of episodes."""

from django.apps import AppConfig


class EpisodesConfig(AppConfig):
    """A family's period of help."""

    name = "earlydoors.domain.episodes"
    label = "episodes"
