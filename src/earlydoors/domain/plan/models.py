"""The family's plan, its meetings, reviews, distance travelled, and closing."""

from django.db import models
from django.db.models import Q

from earlydoors.domain.assessment.models import Need
from earlydoors.domain.episodes.models import Episode
from earlydoors.domain.partnership.models import Member
from earlydoors.domain.partnership.recorded import Recorded, both_or_neither
from earlydoors.domain.people.models import Person
from earlydoors.domain.records.models import FormRecord

PROGRESS = [
    ("met", "Met"),
    ("nearly", "Nearly there"),
    ("some", "Some change"),
    ("none", "No change yet"),
    ("worse", "Harder than before"),
]


class Plan(Recorded):
    """The family's plan for one period of help."""

    episode = models.OneToOneField(Episode, on_delete=models.PROTECT, related_name="plan")
    form_record = models.OneToOneField(FormRecord, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    agreed_on = models.DateField(null=True)
    agreed_with = models.TextField(blank=True)
    next_review_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"Plan of {self.episode.family}"


class Outcome(Recorded):
    """What the family wants to be different, in the words of whoever set it."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="outcomes")
    words = models.TextField()
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    area = models.CharField(max_length=60, blank=True)
    needs = models.ManyToManyField(Need, related_name="outcomes")
    state = models.CharField(
        max_length=10,
        choices=[("open", "open"), ("met", "met"), ("dropped", "no longer wanted")],
        default="open",
    )
    state_why = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.words


class Action(Recorded):
    """What someone does by a day: a worker, someone of the family, or a service."""

    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="actions")
    what = models.TextField()
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="actions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="actions")
    other = models.CharField(max_length=200, blank=True)
    due_on = models.DateField()
    service = models.CharField(max_length=200, blank=True)
    service_asked_on = models.DateField(null=True)
    service_started_on = models.DateField(null=True)
    service_ended_on = models.DateField(null=True)
    state = models.CharField(
        max_length=10,
        choices=[("open", "to do"), ("done", "done"), ("dropped", "no longer needed")],
        default="open",
    )
    done_on = models.DateField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="action_has_one_owner",
                condition=Q(member__isnull=False, person__isnull=True, other="")
                | Q(member__isnull=True, person__isnull=False, other="")
                | (Q(member__isnull=True, person__isnull=True) & ~Q(other="")),
            ),
            models.CheckConstraint(
                name="action_done_has_its_day",
                condition=Q(state="done", done_on__isnull=False)
                | (~Q(state="done") & Q(done_on__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def owner(self) -> str:
        """Who does it, by name."""
        return str(self.member or self.person or self.other)


class Meeting(Recorded):
    """A meeting of the team around the family: called, then held."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="meetings")
    on = models.DateField()
    starts = models.TimeField(null=True)
    place = models.CharField(max_length=300, blank=True)
    purpose = models.CharField(
        max_length=20,
        choices=[
            ("first", "First meeting"),
            ("review", "Review meeting"),
            ("family_group", "Family group decision-making"),
            ("other", "Meeting"),
        ],
    )
    state = models.CharField(
        max_length=10,
        choices=[("called", "called"), ("held", "held"), ("called_off", "called off")],
        default="called",
    )
    called_off_why = models.TextField(blank=True)
    form_record = models.OneToOneField(
        FormRecord, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="meeting_held_is_recorded",
                condition=~Q(state="held") | Q(form_record__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} on {self.on}"


class Attendance(Recorded):
    """Someone invited to a meeting, and whether they came; or who came without being invited.

    `named` is who is neither a worker of the partnership nor on record, such as a neighbour.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    named = models.CharField(max_length=200, blank=True, default="")
    invited = models.BooleanField(default=True)
    came = models.CharField(
        max_length=10,
        choices=[
            ("", "not said"),
            ("yes", "came"),
            ("sent", "sent a word or report"),
            ("no", "did not come"),
        ],
        default="",
        blank=True,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "member", "person", "named"],
                nulls_distinct=False,
                name="invited_once",
            ),
            models.CheckConstraint(
                name="attendance_is_of_someone",
                condition=Q(member__isnull=False, person__isnull=True, named="")
                | Q(member__isnull=True, person__isnull=False, named="")
                | Q(member__isnull=True, person__isnull=True) & ~Q(named=""),
            ),
            models.CheckConstraint(
                name="attendance_uninvited_came", condition=Q(invited=True) | Q(came="yes")
            ),
        ]

    def __str__(self) -> str:
        return str(self.member or self.person or self.named)


class Review(Recorded):
    """Looking together at how it goes, and deciding what next."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reviews")
    held_on = models.DateField()
    form_record = models.OneToOneField(FormRecord, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(
        max_length=20,
        choices=[
            ("carry_on", "Carry on with the plan"),
            ("step_up", "Step up"),
            ("step_down", "Step down"),
            ("close", "Close"),
        ],
    )
    why = models.TextField()

    def __str__(self) -> str:
        return f"Review on {self.held_on}"


class Progress(Recorded):
    """How far one outcome is at one review, in the family's view and the workers'."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="progress")
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="progress")
    family_view = models.CharField(max_length=10, choices=PROGRESS, blank=True)
    worker_view = models.CharField(max_length=10, choices=PROGRESS)
    words = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "outcome"], name="progress_once_a_review")
        ]

    def __str__(self) -> str:
        return f"{self.outcome}: {self.get_worker_view_display()}"


class Score(Recorded):
    """One point on the distance-travelled scale: whose view, of which area of life, on what day."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="scores")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, null=True, related_name="scores")
    area = models.CharField(max_length=60)
    view = models.CharField(
        max_length=10,
        choices=[("family", "family"), ("child", "child"), ("worker", "practitioner")],
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    on = models.DateField()
    value = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "area", "view", "person", "on"],
                nulls_distinct=False,
                name="one_score_a_day",
            ),
            models.CheckConstraint(name="score_on_a_scale", condition=Q(value__lte=10)),
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.value}"


class Closing(Recorded):
    """Why and how early help ended, and the look back after it."""

    episode = models.OneToOneField(Episode, on_delete=models.PROTECT, related_name="closing")
    reason = models.CharField(max_length=60)
    level = models.CharField(max_length=60)
    closed_on = models.DateField()
    handover = models.TextField()
    form_record = models.OneToOneField(FormRecord, on_delete=models.PROTECT, related_name="+")
    check_due_on = models.DateField()
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    sustained = models.CharField(
        max_length=10,
        choices=[
            ("yes", "Sustained"),
            ("partly", "Sustained in part"),
            ("no", "Not sustained"),
            ("not_known", "The family could not be reached"),
        ],
        blank=True,
    )
    check_words = models.TextField(blank=True)

    class Meta:
        constraints = [both_or_neither("checked_at", "checked_by")]

    def __str__(self) -> str:
        return f"Closed on {self.closed_on}"

    @property
    def says_why(self) -> str:
        """The reason, in the words of the profile that the help was given on."""
        reasons = self.episode.profile.profile.closing_reasons
        return next((one.says for one in reasons if one.key == self.reason), self.reason)
