"""The app of partnership."""

from django.apps import AppConfig


class PartnershipConfig(AppConfig):
    """Agencies, settings, localities, desks, members and roles."""

    name = "earlydoors.domain.partnership"
    label = "partnership"
