"""Families, who is in them, and the places they live and go."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from earlydoors.domain.partnership.models import Locality, Member, Setting
from earlydoors.domain.partnership.recorded import Recorded
from earlydoors.domain.people.models.person import Person, Told

RELATIONS = [
    ("child", "Child"),
    ("mother", "Mother"),
    ("father", "Father"),
    ("step_parent", "Step-parent"),
    ("partner", "Parent’s partner"),
    ("sibling", "Brother or sister"),
    ("grandparent", "Grandparent"),
    ("aunt_uncle", "Aunt or uncle"),
    ("carer", "Carer"),
    ("other", "Other"),
]


class Family(Recorded):
    """Who the help is about. A person can be in more than one."""

    name = models.CharField(max_length=200)
    locality = models.ForeignKey(Locality, on_delete=models.PROTECT, null=True)
    careful = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "families"
        # For the list of a whole county in the order of its names, page by page.
        indexes = [models.Index(Lower("name"), "id", name="family_by_name")]

    def __str__(self) -> str:
        return f"{self.name} family"


class FamilyMember(Recorded):
    """A person's place in a family, from a day until a day."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="families")
    relation = models.CharField(max_length=20, choices=RELATIONS)
    relation_says = models.CharField(max_length=100, blank=True)
    parental_responsibility = models.BooleanField(null=True)
    lives_here = models.BooleanField(null=True)
    joined_on = models.DateField()
    left_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family", "person"],
                condition=Q(left_on__isnull=True),
                name="a_person_is_once_in_a_family",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} of {self.family}"


class Place(Told):
    """Where a person lives or goes. `setting` where it is one of the partnership's.

    A child of two homes has a main one and another, with the `pattern` in words. Who lives at the
    same place on a day is one household.
    """

    KINDS = [
        ("home", "Home"),
        ("school", "School"),
        ("nursery", "Nursery"),
        ("gp", "GP"),
        ("other", "Other"),
    ]
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="places")
    kind = models.CharField(max_length=10, choices=KINDS)
    says = models.CharField(max_length=300)
    postcode = models.CharField(max_length=10, blank=True)
    setting = models.ForeignKey(Setting, on_delete=models.PROTECT, null=True)
    main = models.BooleanField(default=True)
    pattern = models.CharField(max_length=200, blank=True)
    began_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.says}"


class KeptFrom(Recorded):
    """A place that must never reach a person, and why. Promise of safety before all others."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="kept_from")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="must_not_learn")
    why = models.TextField()
    lifted_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "person"],
                condition=Q(lifted_on__isnull=True),
                name="kept_from_once",
            )
        ]

    def __str__(self) -> str:
        return "A place kept from a person"


class Account(models.Model):
    """The sign-in of a member of a family."""

    member = models.OneToOneField(Member, on_delete=models.PROTECT, related_name="account")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="accounts")

    def __str__(self) -> str:
        return f"{self.member} is {self.person}"
