"""Earlier versions of rows, written by the database itself."""

from django.db import models


class RowVersion(models.Model):
    """A row as it was until `ended_at`. Only ever inserted, by trigger."""

    table_name = models.TextField()
    row_id = models.TextField()
    ended_at = models.DateTimeField()
    ended_by_deletion = models.BooleanField()
    row = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["table_name", "row_id", "ended_at"])]

    def __str__(self) -> str:
        return f"{self.table_name} {self.row_id} until {self.ended_at:%Y-%m-%d %H:%M}"


def versions_of(row: models.Model) -> list[RowVersion]:
    """The earlier versions of a row, oldest first."""
    return list(
        RowVersion.objects.filter(table_name=row._meta.db_table, row_id=str(row.pk)).order_by("id")
    )
