"""The app of people."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """People, families, and the places they live and go."""

    name = "earlydoors.domain.people"
    label = "people"
