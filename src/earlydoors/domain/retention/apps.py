"""The app of keeping and disposing of records."""

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    """Holds on records, records that come up for review, and what is left of those disposed of."""

    name = "earlydoors.domain.retention"
    label = "retention"
