"""The app of panels."""

from django.apps import AppConfig


class PanelsConfig(AppConfig):
    """Meetings that several agencies decide at."""

    name = "earlydoors.domain.panels"
    label = "panels"
