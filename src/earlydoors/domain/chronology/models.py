"""What happened, as the family's page tells it."""

from django.db import models
from django.db.models import F, Q

from earlydoors.domain.partnership.models import Member
from earlydoors.domain.partnership.recorded import Recorded
from earlydoors.domain.people.models import Family, Person, Told


class Entry(models.Model):
    """One thing that happened to a family: a sentence, and what it is about."""

    # In the order they were written: one operation may tell several things at one moment.
    id = models.BigAutoField(primary_key=True)
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="chronology")
    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    says = models.TextField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    by_says = models.CharField(max_length=400)
    subject = models.CharField(max_length=60)
    subject_id = models.UUIDField()

    class Meta:
        verbose_name_plural = "entries"
        indexes = [models.Index(fields=["family", "at"])]

    def __str__(self) -> str:
        return self.says


class Event(Told):
    """Something significant that a worker wrote down: when, as far as it is known, and who said so.

    `first_on` and `last_on` are the days between which it lies, `when_says` how that is said.
    Nothing is taken off the record: what never happened is `removed_on`, with a reason.
    """

    ABOUT = [
        ("family", "Family and relationships"),
        ("home", "Home and moving"),
        ("school", "School, nursery or work"),
        ("health", "Health"),
        ("loss", "Loss or separation"),
        ("danger", "Harm or danger"),
        ("law", "Police or court"),
        ("good", "Something that helped or went well"),
        ("other", "Something else"),
    ]
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="events")
    about = models.CharField(max_length=10, choices=ABOUT)
    says = models.TextField()
    when_says = models.CharField(max_length=60)
    first_on = models.DateField()
    last_on = models.DateField()
    removed_on = models.DateField(null=True)
    removed_why = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["family", "first_on"])]
        constraints = [
            models.CheckConstraint(
                name="an_event_ends_after_it_began", condition=Q(last_on__gte=F("first_on"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.when_says}: {self.says}"


class EventPerson(Recorded):
    """Someone an event concerns. An event that names nobody concerns the whole family."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="concerns")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    removed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "person"],
                condition=Q(removed_on__isnull=True),
                name="an_event_concerns_someone_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.event} concerns {self.person}"
