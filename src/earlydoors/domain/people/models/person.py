"""People, and what is known of each: who said it, names, numbers, ways to reach them."""

from django.db import models
from django.db.models import Q

from earlydoors.domain.partnership.recorded import Recorded
from earlydoors.foundation.kernel.identifiers import spaced

TELLERS = [
    ("themselves", "They said so themselves"),
    ("parent", "Their parent or carer"),
    ("family", "Someone else of the family"),
    ("school", "Their school, nursery or college"),
    ("health", "A health worker or health record"),
    ("paper", "A document or register that was seen"),
    ("worker", "A worker who saw or heard it"),
    ("request", "A request for support"),
]
SEXES = [
    ("female", "Female"),
    ("male", "Male"),
    ("neither", "Neither"),
    ("not_known", "Not known"),
]


class Person(Recorded):
    """A person: a child, an adult of a family, or a child not yet born (`due_on`)."""

    given_name = models.CharField(max_length=200)
    family_name = models.CharField(max_length=200, blank=True)
    known_as = models.CharField(max_length=200, blank=True)
    born_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    sex = models.CharField(max_length=10, choices=SEXES, default="not_known")
    first_language = models.CharField(max_length=100, blank=True)
    needs_interpreter = models.BooleanField(null=True)
    communication = models.TextField(blank=True)
    gender = models.CharField(max_length=100, blank=True)
    ethnicity = models.CharField(max_length=4, blank=True)
    religion = models.CharField(max_length=4, blank=True)
    other_languages = models.CharField(max_length=200, blank=True)
    disabilities = models.JSONField(default=list, blank=True)
    disability_says = models.TextField(blank=True)
    sen_provision = models.CharField(max_length=1, blank=True)
    sen_needs = models.JSONField(default=list, blank=True)
    died_on = models.DateField(null=True)
    search_name = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["search_name"]), models.Index(fields=["born_on"])]
        constraints = [
            models.CheckConstraint(
                name="nobody_dies_before_birth",
                condition=Q(died_on=None) | Q(born_on=None) | Q(died_on__gte=models.F("born_on")),
            )
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Given and family name; a child not yet born is told by its due date."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def called(self) -> str:
        """The name used in talk."""
        return self.known_as or self.given_name

    @property
    def can_take_part(self) -> bool:
        """Whether they can be asked, invited or sent a copy: born, and not dead."""
        return not self.is_unborn and self.died_on is None

    @property
    def is_unborn(self) -> bool:
        """Whether the birth is still to come: such a child is asked, invited and sent nothing."""
        return self.born_on is None and self.due_on is not None


class Told(Recorded):
    """Something that somebody said of a person: who, and in what words they are told apart."""

    said_by = models.CharField(max_length=12, choices=TELLERS, blank=True)
    said_says = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True

    @property
    def source(self) -> str:
        """Who said so, in words; empty when nobody wrote it down."""
        who = self.get_said_by_display() if self.said_by else ""
        return ": ".join(filter(None, (who, self.said_says)))


class Name(Told):
    """A name of someone beside the one they go by now, from a day until a day.

    Nothing is taken off the record: a name that was never theirs is `removed_on`, with a reason.
    """

    KINDS = [
        ("birth", "Name at birth"),
        ("known_as", "Known as"),
        ("previous", "Previous name"),
        ("alias", "Other name used"),
        ("before_birth", "Before the birth"),
    ]
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="names")
    kind = models.CharField(max_length=12, choices=KINDS)
    given_name = models.CharField(max_length=200, blank=True)
    family_name = models.CharField(max_length=200, blank=True)
    began_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    removed_on = models.DateField(null=True)
    removed_why = models.CharField(max_length=500, blank=True)
    search_name = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["search_name"])]
        constraints = [
            models.CheckConstraint(
                name="a_name_says_something", condition=~Q(given_name="", family_name="")
            ),
            models.CheckConstraint(
                name="a_name_ends_after_it_began",
                condition=Q(began_on=None)
                | Q(ended_on=None)
                | Q(ended_on__gte=models.F("began_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.full_name}"

    @property
    def full_name(self) -> str:
        """Given and family name, whichever is known."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def in_words(self) -> str:
        """As a sentence about someone goes on: was Baby Okafor; also known as Soph."""
        if self.kind == "birth":
            return f"was {self.full_name} at birth"
        if self.kind == "alias":
            return f"also uses {self.full_name}"
        if self.kind == "known_as":
            return f"{'was' if self.ended_on else 'also'} known as {self.full_name}"
        return f"was {self.full_name}"


class Identifier(Told):
    """A number by which health or schools know someone. One of a kind is one person's."""

    KINDS = [
        ("nhs", "NHS number"),
        ("upn", "UPN"),
        ("uln", "ULN"),
    ]
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=4, choices=KINDS)
    value = models.CharField(max_length=13)
    status = models.CharField(max_length=2, blank=True)
    removed_on = models.DateField(null=True)
    removed_why = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "value"],
                condition=Q(removed_on__isnull=True),
                name="an_identifier_is_one_persons",
            ),
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(removed_on__isnull=True),
                name="a_person_has_one_identifier_of_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.shown}"

    @property
    def shown(self) -> str:
        """The number as it is written."""
        return spaced(self.kind, self.value)


class Said(Told):
    """Who said a fact of a person, such as their ethnicity. The fact itself is on the person."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="said")
    fact = models.CharField(max_length=30)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "fact"], name="a_fact_is_said_once")
        ]

    def __str__(self) -> str:
        return f"{self.fact}: {self.source}"


class ContactRoute(Told):
    """A way to reach someone, and what is safe about it."""

    KINDS = [
        ("mobile", "Mobile phone"),
        ("phone", "Home or work phone"),
        ("email", "Email"),
        ("letter", "Letters"),
        ("someone", "Through someone else"),
        ("other", "Another way"),
    ]
    SAFE = [
        ("safe", "Safe to use"),
        ("care", "Only in a certain way"),
        ("ask", "Nobody has asked yet if it is safe"),
        ("never", "Never use it"),
    ]
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="routes")
    kind = models.CharField(max_length=8, choices=KINDS)
    value = models.CharField(max_length=200)
    safe = models.CharField(max_length=5, choices=SAFE)
    how = models.CharField(max_length=500, blank=True)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="care_says_how", condition=~Q(safe="care", how=""))
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.person}"

    @property
    def in_words(self) -> str:
        """The way and what is safe about it, in one line."""
        safe = {"never": "never use it", "ask": "ask first if it is safe"}.get(self.safe, "")
        return ": ".join(filter(None, (self.value, ". ".join(filter(None, (safe, self.how))))))
