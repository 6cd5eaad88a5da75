"""The app of access."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Who may see which family, and why."""

    name = "earlydoors.domain.access"
    label = "access"
