"""What every record carries: who made it, who changed it, and when."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from earlydoors.domain.partnership.actor import Actor


class Recorded(models.Model):
    """A row with its maker and its last changer; the database keeps its earlier versions."""

    keeps_versions = True

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True

    @classmethod
    def make(cls, *, by: "Actor", at: datetime, **fields: Any) -> Self:
        """Make and keep a new row."""
        return cls._default_manager.create(
            created_at=at, created_by=by.member, changed_at=at, changed_by=by.member, **fields
        )

    @classmethod
    def make_all(
        cls, rows: "Iterable[Mapping[str, Any]]", *, by: "Actor", at: datetime, **shared: Any
    ) -> list[Self]:
        """Make and keep several new rows by one question. `shared` is what all of them have."""
        signed = {"created_at": at, "created_by": by.member, "changed_at": at}
        made = [cls(**signed, changed_by=by.member, **shared, **row) for row in rows]
        return cls._default_manager.bulk_create(made)

    def change(self, *, by: "Actor", at: datetime, **fields: Any) -> Self:
        """Set fields and keep the row."""
        for name, value in fields.items():
            setattr(self, name, value)
        self.changed_at, self.changed_by = at, by.member
        self.save(update_fields=[*fields, "changed_at", "changed_by"])
        return self


def both_or_neither(first: str, second: str) -> models.CheckConstraint:
    """A constraint: two fields are set together or not at all."""
    return models.CheckConstraint(
        name=f"%(app_label)s_%(class)s_{first}_with_{second}",
        condition=Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
        | Q(**{f"{first}__isnull": False, f"{second}__isnull": False}),
    )
