"""Puts the wall up after every migration, and out of its way before."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class WallConfig(AppConfig):
    """The app of the second wall; stands last, so that it hears of a migration when all is done."""

    name = "earlydoors.foundation.wall"
    label = "wall"

    def ready(self) -> None:
        """Arrange that every migration leaves the wall in place."""
        pre_migrate.connect(_make_way, sender=self, dispatch_uid="wall.make_way")
        post_migrate.connect(_put_up, sender=self, dispatch_uid="wall.put_up")


def _make_way(using: str, plan: Any, **_: Any) -> None:
    from earlydoors.foundation.wall import building

    if plan:
        building.make_way(using)


def _put_up(using: str, **_: Any) -> None:
    from earlydoors.foundation.wall import building

    building.put_up(using)
