"""The app of records."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Answers to the profile's forms."""

    name = "earlydoors.domain.records"
    label = "records"
