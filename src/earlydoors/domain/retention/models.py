"""Holds on records, records that came up because their time is over, and what certifies that one
was disposed of."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from earlydoors.domain.information.models import InformationRequest
from earlydoors.domain.partnership.models import Member
from earlydoors.domain.partnership.recorded import Recorded, both_or_neither
from earlydoors.domain.people.models import Family, Person
from earlydoors.domain.retention.rules import EVENTS
from earlydoors.domain.retention.states import FINAL, REVIEW

REASONS = [
    ("inquiry", "A public inquiry or a review of practice"),
    ("court", "A court, or a claim"),
    ("police", "An investigation by the police"),
    ("complaint", "A complaint"),
    ("request", "Somebody asks about the information held on them"),
    ("other", "Another reason, told in words"),
]


class Hold(Recorded):
    """Nothing of a record is disposed of while it stands: a family's, or all that a person is in.

    `asked_by` is whoever asked for it, `request` the request about information that it was put on
    from. It closes no door and opens none.
    """

    family = models.ForeignKey(Family, on_delete=models.PROTECT, null=True, related_name="holds")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="holds")
    request = models.ForeignKey(
        InformationRequest, on_delete=models.PROTECT, null=True, related_name="holds"
    )
    reason = models.CharField(max_length=12, choices=REASONS)
    says = models.TextField()
    asked_by = models.CharField(max_length=200)
    from_on = models.DateField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_why = models.TextField(blank=True)

    class Meta:
        constraints = [
            both_or_neither("lifted_at", "lifted_by"),
            models.CheckConstraint(
                name="a_hold_is_on_a_family_or_a_person",
                condition=Q(family__isnull=True, person__isnull=False)
                | Q(family__isnull=False, person__isnull=True),
            ),
            models.CheckConstraint(
                name="a_hold_is_lifted_with_a_reason",
                condition=Q(lifted_at__isnull=True) | ~Q(lifted_why=""),
            ),
        ]
        indexes = [models.Index(fields=["lifted_at", "from_on"], name="holds_that_stand")]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}, asked by {self.asked_by}"


class Review(models.Model):
    """A family's record whose time is over: by which rule, counted from what, and what was decided.

    It comes up by itself, so nobody made it; whoever decides is named with the decision.
    """

    keeps_versions: ClassVar[bool] = True

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="retention_reviews")
    state = models.CharField(max_length=12, choices=REVIEW.choices, default=REVIEW.start)
    state_since = models.DateTimeField()
    came_up_at = models.DateTimeField()
    rule = models.CharField(max_length=60)
    event = models.CharField(max_length=20, choices=EVENTS)
    counted_from = models.DateField()
    due_on = models.DateField()
    proposed_at = models.DateTimeField(null=True)
    proposed_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    proposed_why = models.TextField(blank=True)
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    kept_at = models.DateTimeField(null=True)
    kept_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    kept_until = models.DateField(null=True)
    kept_why = models.TextField(blank=True)
    turned_down_why = models.TextField(blank=True)

    class Meta:
        constraints = [
            both_or_neither("proposed_at", "proposed_by"),
            both_or_neither("agreed_at", "agreed_by"),
            both_or_neither("kept_at", "kept_by"),
            models.UniqueConstraint(
                fields=["family"],
                condition=~Q(state__in=FINAL),
                name="a_record_is_under_review_once",
            ),
            models.CheckConstraint(
                name="a_disposal_is_proposed_with_a_reason",
                condition=~Q(state__in=["proposed", "agreed"])
                | (Q(proposed_at__isnull=False) & ~Q(proposed_why="")),
            ),
            models.CheckConstraint(
                name="two_people_decide_a_disposal",
                condition=~Q(state="agreed")
                | (Q(agreed_by__isnull=False) & ~Q(agreed_by=models.F("proposed_by"))),
            ),
            models.CheckConstraint(
                name="a_record_is_kept_longer_until_a_day_with_a_reason",
                condition=~Q(state="kept")
                | (Q(kept_until__isnull=False, kept_at__isnull=False) & ~Q(kept_why="")),
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="reviews_by_day")]

    def __str__(self) -> str:
        return f"{self.get_event_display()}, {self.counted_from}"

    @property
    def is_open(self) -> bool:
        """Whether it still waits for somebody, or for the night."""
        return self.state not in FINAL


class Certificate(models.Model):
    """What is left of a record that was disposed of: by which rule, what went, who decided.

    It names nobody of the family, and is kept for good. `tables` are the tables with how many rows
    and earlier versions went; `kept` who stayed and why; `evidence` the hash of the event. It is
    written by the owner's login alone and never changed.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    reference = models.CharField(max_length=20, db_index=True)
    rule = models.CharField(max_length=60)
    rule_says = models.TextField()
    rule_source = models.TextField()
    area = models.CharField(max_length=40)
    profile_version = models.PositiveIntegerField()
    profile_mark = models.CharField(max_length=64)
    event = models.CharField(max_length=20, choices=EVENTS)
    counted_from = models.DateField()
    due_on = models.DateField()
    tables = models.JSONField()
    rows = models.PositiveIntegerField()
    versions = models.PositiveIntegerField()
    kept = models.JSONField()
    members_gone = models.PositiveIntegerField(default=0)
    members_nameless = models.PositiveIntegerField(default=0)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField()
    agreed_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField()
    evidence = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="two_people_decided_a_disposal",
                condition=~Q(agreed_by=models.F("proposed_by")),
            ),
            models.CheckConstraint(
                name="a_certificate_has_its_evidence", condition=~Q(evidence="")
            ),
        ]
        indexes = [models.Index(fields=["-done_at"], name="certificates_by_day")]

    def __str__(self) -> str:
        return f"{self.reference}, {self.done_at:%d %B %Y}"
