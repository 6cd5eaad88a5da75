"""The app of joining."""

from django.apps import AppConfig


class JoiningConfig(AppConfig):
    """Two records of one person, joined by somebody and parted again whole."""

    name = "earlydoors.domain.joining"
    label = "joining"
