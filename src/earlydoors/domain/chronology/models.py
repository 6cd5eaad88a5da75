"""What happened, as the family's page tells it."""

from django.db import models

from earlydoors.domain.partnership.models import Member
from earlydoors.domain.people.models import Family


class Entry(models.Model):
    """One thing that happened to a family: a sentence, and what it is about."""

    # In the order they were written: one operation may tell several things at one moment.
    id = models.BigAutoField(primary_key=True)
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="chronology")
    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    says = models.TextField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    by_says = models.CharField(max_length=400)
    subject = models.CharField(max_length=60)
    subject_id = models.UUIDField()

    class Meta:
        verbose_name_plural = "entries"
        indexes = [models.Index(fields=["family", "at"])]

    def __str__(self) -> str:
        return self.says
