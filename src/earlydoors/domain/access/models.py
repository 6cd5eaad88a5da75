"""The one relation of access."""

from django.db import models
from django.db.models import Q

from earlydoors.domain.partnership.models import Desk, Member
from earlydoors.domain.partnership.recorded import Recorded, both_or_neither
from earlydoors.domain.people.models import Family

BECAUSE = [
    ("asked", "asked for help for this family"),
    ("front_door", "the request waits at the front door"),
    ("team", "is in the family’s team"),
    ("lead", "leads for the family"),
    ("agency_help", "their agency helps the family"),
    ("panel", "the panel talks about the family"),
    ("oversight", "watches over early help"),
    ("adviser", "was asked for advice about the family"),
    ("family_member", "is in the family"),
]
EXTENTS = [("summary", "the summary"), ("full", "everything")]


class Grant(Recorded):
    """Who may see a family, how much, from when to when, and because of what."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="grants")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="grants")
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, null=True, related_name="grants")
    because = models.CharField(max_length=20, choices=BECAUSE)
    extent = models.CharField(max_length=10, choices=EXTENTS)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="grant_is_to_a_member_or_a_desk",
                condition=Q(member__isnull=False, desk__isnull=True)
                | Q(member__isnull=True, desk__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["family", "member", "because"],
                condition=Q(ended_at__isnull=True, member__isnull=False),
                name="one_open_grant_for_a_member_and_reason",
            ),
            models.UniqueConstraint(
                fields=["family", "desk", "because"],
                condition=Q(ended_at__isnull=True, desk__isnull=False),
                name="one_open_grant_for_a_desk_and_reason",
            ),
            both_or_neither("ended_at", "ended_by"),
        ]
        indexes = [
            models.Index(
                fields=["member", "family"], condition=Q(ended_at=None), name="open_member"
            ),
            models.Index(fields=["desk", "family"], condition=Q(ended_at=None), name="open_desk"),
        ]

    def __str__(self) -> str:
        return f"{self.member or self.desk} {self.get_because_display()}"
