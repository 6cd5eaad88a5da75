"""The app of information rights."""

from django.apps import AppConfig


class InformationConfig(AppConfig):
    """What people ask about the information held on them, and the copies they are given."""

    name = "earlydoors.domain.information"
    label = "information"
