"""Answers to the profile's forms, section by section."""

from functools import cached_property

from django.db import models
from django.db.models import Q

from earlydoors.domain.partnership.recorded import Recorded
from earlydoors.domain.people.models import Family, Person
from earlydoors.foundation.forms.schema import Form
from earlydoors.foundation.profile.keys import UnchangingKey
from earlydoors.foundation.profile.models import KeptProfile


class FormRecord(Recorded):
    """A form being filled in, on the version of the profile it was begun with."""

    family = models.ForeignKey(
        Family, on_delete=models.PROTECT, null=True, related_name="form_records"
    )
    profile: models.ForeignKey[KeptProfile, KeptProfile] = UnchangingKey(
        KeptProfile, on_delete=models.PROTECT
    )
    form_key = models.CharField(max_length=60)
    form_version = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.form_key} {self.form_version}"

    @cached_property
    def form(self) -> Form:
        """The form as it was when this record was begun."""
        return self.profile.profile.form(self.form_key, self.form_version)


class SectionAnswers(Recorded):
    """One section's answers, once or for one person. `revision` grows with every save."""

    form_record = models.ForeignKey(FormRecord, on_delete=models.PROTECT, related_name="sections")
    section_key = models.CharField(max_length=60)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answers = models.JSONField(default=dict)
    unread = models.JSONField(default=dict)
    finished = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["form_record", "section_key", "person"],
                nulls_distinct=False,
                name="a_section_is_answered_once",
            ),
            models.CheckConstraint(name="section_revision_counts", condition=Q(revision__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.section_key} of {self.form_record}"
