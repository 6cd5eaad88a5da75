"""The app of imports."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Files that bring in people and schools."""

    name = "earlydoors.domain.imports"
    label = "imports"
