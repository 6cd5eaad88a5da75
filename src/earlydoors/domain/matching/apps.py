"""The app of matching."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Is this the same person: the register's index, kept true with whatever it is made from."""

    name = "earlydoors.domain.matching"
    label = "matching"

    def ready(self) -> None:
        """Listen to what is written of people, who know nothing of the index."""
        from earlydoors.domain.matching import listening

        listening.begin()
