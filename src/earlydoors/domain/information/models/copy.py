"""What is held on somebody, gathered to be looked through, and the copy that goes out of it."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from earlydoors.domain.information.models.request import InformationRequest
from earlydoors.domain.partnership.models import Member
from earlydoors.domain.partnership.recorded import Recorded, both_or_neither

HOW_MUCH = [
    ("nothing", "It stays as it is"),
    ("words", "Some words are taken out"),
    ("all", "It is taken out whole"),
]
WHY_HIDDEN = [
    ("another", "It is about another person"),
    ("confidence", "Somebody told it in confidence"),
    ("harm", "It could seriously harm somebody’s health"),
    ("legal", "It is legal advice"),
    ("crime", "It could hinder the prevention of crime"),
    ("other", "Another reason, told in words"),
]
VERDICTS = [
    ("no_harm", "It would not be likely to seriously harm anybody"),
    ("parts", "Parts of it would be: they are taken out"),
]


class Gathering(Recorded):
    """Everything held on somebody, gathered for one request, a table at a time.

    `closed_at` is when the request ended: what was gathered is open to nobody from then on.
    """

    request = models.ForeignKey(
        InformationRequest, on_delete=models.PROTECT, related_name="gatherings"
    )
    tables = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(closed_at__isnull=True),
                name="a_request_has_one_gathering_at_a_time",
            ),
            models.CheckConstraint(
                name="no_more_tables_than_there_are", condition=Q(done__lte=models.F("tables"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.done} of {self.tables} tables"


class Passage(models.Model):
    """Something to be read at once of what is held on somebody, and what a person decided of it.

    Nothing is ever taken out by itself: `prompts` say why somebody has to look at it.
    """

    keeps_versions: ClassVar[bool] = True

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="passages")
    position = models.PositiveIntegerField()
    table = models.CharField(max_length=80)
    row = models.CharField(max_length=60)
    heading = models.CharField(max_length=300)
    parts = models.JSONField()
    prompts = models.JSONField(default=list)
    hides = models.CharField(max_length=10, choices=HOW_MUCH, blank=True)
    words = models.JSONField(default=list)
    reason = models.CharField(max_length=20, choices=WHY_HIDDEN, blank=True)
    reason_says = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "position"], name="passages_stand_in_order"
            ),
            both_or_neither("decided_at", "decided_by"),
            models.CheckConstraint(
                name="what_is_taken_out_has_a_reason",
                condition=~Q(hides__in=["words", "all"])
                | (~Q(reason="") & Q(decided_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.heading

    @property
    def text(self) -> str:
        """Everything in it, a line for each part."""
        return "\n".join(f"{one['label']}: {one['says']}" for one in self.parts)


class HarmTest(Recorded):
    """Whether seeing the record could seriously harm somebody's health: a decision of its own,
    with whoever advised (Data Protection Act 2018, Schedule 3, Parts 2 to 5)."""

    request = models.ForeignKey(
        InformationRequest, on_delete=models.PROTECT, related_name="harm_tests"
    )
    verdict = models.CharField(max_length=10, choices=VERDICTS)
    says = models.TextField()
    adviser = models.CharField(max_length=200)
    adviser_is = models.CharField(max_length=200)
    advised_on = models.DateField()

    def __str__(self) -> str:
        return self.get_verdict_display()


class Copy(Recorded):
    """What went out: the very text, with its mark, and to whom it was given.

    What was taken out is not in it. `content` is for a machine, `document` for a person.
    """

    request = models.ForeignKey(InformationRequest, on_delete=models.PROTECT, related_name="copies")
    content = models.TextField()
    content_mark = models.CharField(max_length=64)
    document = models.TextField()
    document_mark = models.CharField(max_length=64)
    passages = models.PositiveIntegerField()
    taken_out = models.PositiveIntegerField()
    given_to = models.CharField(max_length=200, blank=True)
    given_how = models.CharField(max_length=200, blank=True)
    given_on = models.DateField(null=True)
    given_at = models.DateTimeField(null=True)
    given_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            both_or_neither("given_at", "given_by"),
            models.CheckConstraint(
                name="a_copy_is_given_to_somebody",
                condition=Q(given_on__isnull=True) | (~Q(given_to="") & ~Q(given_how="")),
            ),
        ]

    def __str__(self) -> str:
        return f"A copy of {self.passages} passages"
