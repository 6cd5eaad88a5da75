"""The assessment, what the family says of it, and the needs it finds."""

from django.db import models
from django.db.models import Q

from earlydoors.domain.assessment.states import ASSESSMENT
from earlydoors.domain.episodes.models import Episode
from earlydoors.domain.partnership.models import Member
from earlydoors.domain.partnership.recorded import Recorded, both_or_neither
from earlydoors.domain.people.models import Person
from earlydoors.domain.records.models import FormRecord


class Assessment(Recorded):
    """One whole-family assessment, written by several people."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="assessments")
    form_record = models.OneToOneField(FormRecord, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=ASSESSMENT.choices, default=ASSESSMENT.start)
    due_on = models.DateField()
    finished_at = models.DateTimeField(null=True)
    finished_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [both_or_neither("finished_at", "finished_by")]

    def __str__(self) -> str:
        return f"Assessment of {self.episode.family}"


class FamilyView(Recorded):
    """What someone of the family says of the assessment; disagreement is kept as theirs."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="views")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    agrees = models.CharField(
        max_length=10,
        choices=[("yes", "Agrees"), ("partly", "Agrees in part"), ("no", "Disagrees")],
    )
    words = models.TextField(blank=True)
    given_on = models.DateField()
    given_how = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="family_view_disagreement_has_words", condition=Q(agrees="yes") | ~Q(words="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_agrees_display().lower()}"


class Need(Recorded):
    """A need found: answered by an outcome of the plan, or by a recorded reason."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="needs")
    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, null=True, related_name="needs"
    )
    line = models.CharField(max_length=36, blank=True)
    says = models.CharField(max_length=500)
    area = models.CharField(max_length=60, blank=True)
    found_on = models.DateField()
    found_in = models.CharField(
        max_length=20, choices=[("assessment", "the assessment"), ("review", "a review")]
    )
    no_outcome_why = models.TextField(blank=True)
    dropped_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "line"],
                condition=~Q(line=""),
                name="a_need_line_is_found_once",
            )
        ]

    def __str__(self) -> str:
        return self.says
