"""The app of consent."""

from django.apps import AppConfig


class ConsentConfig(AppConfig):
    """What the family agreed."""

    name = "earlydoors.domain.consent"
    label = "consent"
