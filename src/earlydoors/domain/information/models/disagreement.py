"""What somebody says is not right in what is written of them, and who has to be told of it."""

from django.db import models
from django.db.models import Q

from earlydoors.domain.information.models.request import InformationRequest
from earlydoors.domain.partnership.models import Member
from earlydoors.domain.partnership.recorded import Recorded, both_or_neither
from earlydoors.domain.people.models import Family

DECISIONS = [
    ("stands", "What is written stands, and what they say stands beside it"),
    ("corrected", "It was put right by those who work with the family"),
    ("restricted", "It is kept, and not used until it is settled"),
]


class Disagreement(Recorded):
    """What somebody says of something that is written, beside it and never over it.

    `written` is what was written then; `table` and `row` say where, for pages to show it there.
    """

    request = models.ForeignKey(
        InformationRequest, on_delete=models.PROTECT, related_name="disagreements"
    )
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="disagreements")
    table = models.CharField(max_length=80)
    row = models.CharField(max_length=60)
    heading = models.CharField(max_length=300)
    written = models.TextField()
    who = models.CharField(max_length=200)
    says = models.TextField()
    decision = models.CharField(max_length=12, choices=DECISIONS)
    why = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["family", "table", "row"], name="disagreements_at_a_row")]

    def __str__(self) -> str:
        return f"{self.who} disagrees with {self.heading}"


class Receiver(Recorded):
    """Somebody with whom what was disagreed with had been shared: told, or not, and why
    (UK GDPR, article 19)."""

    request = models.ForeignKey(
        InformationRequest, on_delete=models.PROTECT, related_name="receivers"
    )
    whom = models.CharField(max_length=300)
    because = models.CharField(max_length=300)
    told_on = models.DateField(null=True)
    told_how = models.CharField(max_length=200, blank=True)
    not_told_why = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "whom"], name="somebody_is_told_once"),
            both_or_neither("settled_at", "settled_by"),
            models.CheckConstraint(
                name="a_receiver_is_told_or_it_is_said_why_not",
                condition=Q(settled_at__isnull=True)
                | Q(told_on__isnull=False)
                | ~Q(not_told_why=""),
            ),
        ]

    def __str__(self) -> str:
        return self.whom
