"""Panel meetings: agenda, what agencies bring, who came, what was decided."""

from django.db import models
from django.db.models import Q

from earlydoors.domain.episodes.models import Episode
from earlydoors.domain.frontdoor.models import SupportRequest
from earlydoors.domain.panels.states import ITEM
from earlydoors.domain.partnership.models import Agency, Desk, Member
from earlydoors.domain.partnership.recorded import Recorded, both_or_neither


class PanelMeeting(Recorded):
    """One sitting of a panel."""

    panel = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="sittings")
    on = models.DateField()
    held = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["panel", "on"], name="one_sitting_a_day")]

    def __str__(self) -> str:
        return f"{self.panel} on {self.on}"


class PanelAttendance(Recorded):
    """Whether an agency was there: visible, since partners have agreed to come."""

    meeting = models.ForeignKey(PanelMeeting, on_delete=models.PROTECT, related_name="attendance")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    came = models.BooleanField(null=True)
    who = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "agency"], name="attendance_once_an_agency")
        ]

    def __str__(self) -> str:
        return str(self.agency)


class Item(Recorded):
    """A family that a panel talks about. A deferred item moves to the next sitting."""

    panel = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="items")
    meeting = models.ForeignKey(
        PanelMeeting, on_delete=models.PROTECT, null=True, related_name="items"
    )
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="panel_items")
    request = models.ForeignKey(
        SupportRequest, on_delete=models.PROTECT, null=True, related_name="panel_items"
    )
    state = models.CharField(max_length=20, choices=ITEM.choices, default=ITEM.start)
    deferred_why = models.TextField(blank=True)
    deferrals = models.PositiveIntegerField(default=0)
    decision = models.CharField(max_length=20, blank=True)
    rationale = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            both_or_neither("decided_at", "decided_by"),
            models.CheckConstraint(
                name="item_decided_with_reason",
                condition=~Q(state="decided") | (~Q(rationale="") & Q(decided_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.episode.family} at {self.panel}"


class Brought(Recorded):
    """What one agency knows of a family, gathered before the panel meets."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="brought")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    says = models.TextField(blank=True)
    said_at = models.DateTimeField(null=True)
    said_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            both_or_neither("said_at", "said_by"),
            models.UniqueConstraint(fields=["item", "agency"], name="asked_once_an_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.agency} on {self.item}"


class Task(Recorded):
    """Something an agency does after a panel's decision, by a day."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="tasks")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    what = models.TextField()
    due_on = models.DateField()
    done_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.what
