"""The practice mark. It lies in the database, so that no setting can take it off."""

from datetime import datetime
from typing import Any

from django.db import models


class PracticeMark(models.Model):
    """Says that everyone in this database is invented. The database refuses to delete it.

    `progress` is how far a simulation has come, so that it can be taken up again.
    """

    made_at = models.DateTimeField()
    progress = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"Practice since {self.made_at:%Y-%m-%d}"


def practises() -> bool:
    """Whether this is a practice database."""
    return PracticeMark.objects.exists()


def mark(at: datetime) -> PracticeMark:
    """Mark this database as one for practice. Doing it twice changes nothing."""
    found = PracticeMark.objects.order_by("id").first()
    return found or PracticeMark.objects.create(made_at=at)


def note(**progress: Any) -> None:
    """Keep how far a simulation has come."""
    PracticeMark.objects.update(progress=progress)
