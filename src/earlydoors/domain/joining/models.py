"""Two records that may be one person, and what became of them."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from earlydoors.domain.joining.states import PAIR
from earlydoors.domain.partnership.models import Member
from earlydoors.domain.partnership.recorded import Recorded, both_or_neither
from earlydoors.domain.people.models import Person


class Pair(Recorded):
    """Two records that may be one person: why somebody should look, and how far that is.

    `strength` is the weight of the likeness in bits, for the order of the list alone: no page
    shows it. `note` is what whoever looked last was not sure of.
    """

    CAME_FROM = [
        ("register", "The register compared with itself"),
        ("worker", "A worker noticed"),
        ("import", "A list that was read in"),
    ]
    first = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=PAIR.choices, default=PAIR.start)
    came_from = models.CharField(max_length=10, choices=CAME_FROM)
    reasons = models.TextField()
    strength = models.FloatField(default=0)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_pair_is_of_two", condition=~Q(first=F("second"))),
            models.UniqueConstraint(
                Least("first", "second"),
                Greatest("first", "second"),
                name="a_pair_is_looked_at_once",
            ),
        ]
        indexes = [models.Index(fields=["state", "-strength"])]

    def __str__(self) -> str:
        return f"{self.first} and {self.second}"


class Apart(Recorded):
    """Two records marked as two people for good; lifted only by somebody who says why."""

    WHY = [
        ("twins", "They are twins"),
        ("family", "They are of one family, with a name or birthday alike"),
        ("namesakes", "They only have the same name"),
        ("other", "Another reason"),
    ]
    first = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=10, choices=WHY)
    says = models.TextField(blank=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_why = models.TextField(blank=True)

    class Meta:
        verbose_name = "mark that they are two people"
        constraints = [
            both_or_neither("lifted_at", "lifted_by"),
            models.CheckConstraint(name="apart_is_of_two", condition=~Q(first=F("second"))),
            models.UniqueConstraint(
                Least("first", "second"),
                Greatest("first", "second"),
                condition=Q(lifted_at=None),
                name="set_apart_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} is not {self.second}"


class Joining(Recorded):
    """Two records found to be one person: `other` hangs on `kept` until it is undone.

    `layer` grows with every joining that builds on an earlier one; the latest is undone first.
    """

    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="joinings")
    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    why = models.TextField()
    layer = models.PositiveIntegerField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    undone_why = models.TextField(blank=True)

    class Meta:
        constraints = [
            both_or_neither("undone_at", "undone_by"),
            models.CheckConstraint(name="joining_is_of_two", condition=~Q(kept=F("other"))),
            models.UniqueConstraint(
                fields=["other"], condition=Q(undone_at=None), name="joined_into_one_record"
            ),
        ]
        indexes = [models.Index(fields=["kept"], condition=Q(undone_at=None), name="joined_kept")]

    def __str__(self) -> str:
        return f"{self.other} joined with {self.kept}"


class Moved(Recorded):
    """One row that a joining touched: which, and what stood in it before and after.

    `stayed` is set by the undoing, where somebody has changed the row since.
    """

    HOW = [
        ("moved", "Moved to the record that is kept"),
        ("left", "Left with the other record"),
        ("ended", "Ended, because both records had one"),
        ("made", "Made by the joining"),
        ("answer", "Named in an answer of a form"),
    ]
    joining = models.ForeignKey(Joining, on_delete=models.PROTECT, related_name="moved")
    table = models.CharField(max_length=100)
    row = models.CharField(max_length=40)
    column = models.CharField(max_length=60)
    how = models.CharField(max_length=6, choices=HOW)
    was = models.JSONField(null=True)
    became = models.JSONField(null=True)
    stayed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["joining", "table", "row", "column", "how"], name="a_row_is_moved_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.row}: {self.get_how_display()}"


class Taken(Recorded):
    """A fact that the kept record took from the other: what it was before, and who had said so."""

    joining = models.ForeignKey(Joining, on_delete=models.PROTECT, related_name="taken")
    fact = models.CharField(max_length=30)
    was = models.JSONField(null=True)
    became = models.JSONField(null=True)
    was_said_by = models.CharField(max_length=12, blank=True)
    was_said_says = models.CharField(max_length=200, blank=True)
    was_told_at = models.DateTimeField(null=True)
    stayed = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "facts taken"
        constraints = [
            models.UniqueConstraint(fields=["joining", "fact"], name="a_fact_is_taken_once")
        ]

    def __str__(self) -> str:
        return f"{self.fact} of {self.joining}"
