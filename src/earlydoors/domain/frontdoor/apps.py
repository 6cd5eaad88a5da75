"""The app of frontdoor."""

from django.apps import AppConfig


class FrontdoorConfig(AppConfig):
    """Conversations, requests for support and their decisions."""

    name = "earlydoors.domain.frontdoor"
    label = "frontdoor"
