"""The app of assessment."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """The whole-family assessment and the needs it finds."""

    name = "earlydoors.domain.assessment"
    label = "assessment"
