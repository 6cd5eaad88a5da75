"""The audit log: evidence of every write and every look. Nothing is built on it."""

from django.db import models


class AuditEvent(models.Model):
    """One thing someone did. Rows are chained by hash; the database refuses to change them."""

    at = models.DateTimeField()
    verb = models.TextField()
    actor_id = models.TextField()
    actor_name = models.TextField()
    actor_agency = models.TextField()
    actor_role = models.TextField()
    family_id = models.UUIDField(null=True)
    subject = models.TextField()
    subject_id = models.TextField()
    details = models.JSONField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        # Not `unique` of the field: that makes a second index, of how the hash begins.
        constraints = [models.UniqueConstraint(fields=["hash"], name="a_hash_is_once")]
        indexes = [
            models.Index(fields=["family_id", "id"]),
            # Whoever watches over looks asks by time, and by who looked.
            models.Index(fields=["at"]),
            models.Index(fields=["actor_id", "at"]),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {self.verb}"


class Verification(models.Model):
    """That the chain was walked: when, how many events were sound, up to which, and where it broke
    if it did. Written by the owner of the tables alone: pages cannot say that it is whole."""

    at = models.DateTimeField()
    events = models.PositiveBigIntegerField()
    up_to = models.PositiveBigIntegerField(null=True)
    broken_at = models.PositiveBigIntegerField(null=True)
    why = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}: {self.events} events"
