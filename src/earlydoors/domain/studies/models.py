"""Studies, the keys of their pseudonyms, and what was taken away for each."""

from django.db import models
from django.db.models import Q

from earlydoors.domain.partnership.models import Member
from earlydoors.domain.partnership.recorded import Recorded, both_or_neither
from earlydoors.domain.studies.states import FINAL, STUDY


class Study(Recorded):
    """What an analyst wants to find out, what they need for it, and what was decided.

    `since` is the first day that it is about and `until` the day after the last, both the first of
    a month. `tables` and `facts` are keys of `columns.TABLES` and `columns.Fact`. Nothing is taken
    away after `ends_on`.
    """

    state = models.CharField(max_length=12, choices=STUDY.choices, default=STUDY.start)
    state_since = models.DateTimeField()
    title = models.CharField(max_length=200)
    asks = models.TextField()
    helps = models.TextField()
    kept_where = models.TextField()
    tables = models.JSONField()
    facts = models.JSONField(default=list)
    since = models.DateField()
    until = models.DateField()
    ends_on = models.DateField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    decided_why = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    ended_says = models.TextField(blank=True)

    class Meta:
        constraints = [
            both_or_neither("decided_at", "decided_by"),
            both_or_neither("ended_at", "ended_by"),
            models.CheckConstraint(
                name="a_study_is_about_whole_months",
                condition=Q(since__day=1, until__day=1, since__lt=models.F("until")),
            ),
            models.CheckConstraint(
                name="nobody_decides_on_their_own_study",
                condition=Q(decided_by=None) | ~Q(decided_by=models.F("created_by")),
            ),
            models.CheckConstraint(
                name="a_study_is_decided_on_with_a_reason",
                condition=~Q(state__in=["agreed", "refused", "ended"])
                | (Q(decided_at__isnull=False) & ~Q(decided_why="")),
            ),
            models.CheckConstraint(
                name="a_study_ends_with_what_became_of_the_copies",
                condition=~Q(state="ended") | (Q(ended_at__isnull=False) & ~Q(ended_says="")),
            ),
        ]
        indexes = [models.Index(fields=["state", "ends_on"], name="studies_by_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether it still waits for somebody or goes on."""
        return self.state not in FINAL


class StudyKey(models.Model):
    """The secret, in hexadecimal, of a study's pseudonyms, while the study goes on.

    The web login writes it and never reads it: pseudonyms are made in the database. It has no
    earlier versions, so that it is gone when the study has ended.
    """

    study = models.OneToOneField(
        Study, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    secret = models.CharField(max_length=64)

    def __str__(self) -> str:
        return "The key of a study"


class Extract(Recorded):
    """That tables were taken away for a study: how many rows of each, and the mark of the file."""

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="extracts")
    rows = models.JSONField()
    size = models.PositiveIntegerField()
    mark = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["study", "-created_at"], name="extracts_by_study")]

    def __str__(self) -> str:
        return f"{sum(self.rows.values())} rows"
