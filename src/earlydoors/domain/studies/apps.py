"""The app of studies."""

from django.apps import AppConfig


class StudiesConfig(AppConfig):
    """Studies that analysts ask for, and what they took away for each."""

    name = "earlydoors.domain.studies"
    label = "studies"
