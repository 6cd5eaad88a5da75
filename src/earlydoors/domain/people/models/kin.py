"""How people belong together: what they are to each other, who answers for a child, who else
matters."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from earlydoors.domain.people import relations, responsibility
from earlydoors.domain.people.models.family import Family
from earlydoors.domain.people.models.person import Person, Told


def _in_order(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=Q(began_on=None) | Q(ended_on=None) | Q(ended_on__gte=F("began_on")),
    )


class Relationship(Told):
    """`person` is the `kind` of `other`, from a day until a day. One row, read both ways.

    Nothing is taken off the record: what was never true is `removed_on`, with a reason.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relationships")
    kind = models.CharField(max_length=20, choices=relations.CHOICES)
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="related")
    state = models.CharField(max_length=16, choices=relations.STATES, blank=True)
    says = models.CharField(max_length=200, blank=True)
    began_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    removed_on = models.DateField(null=True)
    removed_why = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Least("person", "other"),
                Greatest("person", "other"),
                "kind",
                condition=Q(removed_on__isnull=True, ended_on__isnull=True),
                name="a_pair_is_related_once_in_a_way",
            ),
            models.CheckConstraint(
                name="nobody_is_related_to_themselves", condition=~Q(person=F("other"))
            ),
            models.CheckConstraint(
                name="partners_say_how_they_stand",
                condition=Q(kind="partner") & ~Q(state="") | ~Q(kind="partner") & Q(state=""),
            ),
            _in_order("a_relationship_ends_after_it_began"),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_kind_display().lower()} of {self.other}"


class Responsibility(Told):
    """Parental responsibility for a child that someone has, or is known not to have.

    The holder is a person, or for a care order the local authority by its name.
    """

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="responsibilities")
    holder = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="responsible_for", null=True
    )
    authority = models.CharField(max_length=200, blank=True)
    basis = models.CharField(max_length=20, choices=responsibility.BASES)
    began_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    removed_on = models.DateField(null=True)
    removed_why = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "holder"],
                condition=Q(removed_on__isnull=True, ended_on__isnull=True),
                name="parental_responsibility_has_one_basis",
            ),
            models.CheckConstraint(
                name="a_person_or_an_authority_is_responsible",
                condition=Q(holder=None) & ~Q(authority="") | Q(authority="") & ~Q(holder=None),
            ),
            models.CheckConstraint(
                name="nobody_is_responsible_for_themselves",
                condition=Q(holder=None) | ~Q(child=F("holder")),
            ),
            _in_order("parental_responsibility_ends_after_it_began"),
        ]

    def __str__(self) -> str:
        return f"Parental responsibility for {self.child}: {self.get_basis_display()}"


class Connection(Told):
    """Someone who matters to a family and is none of its people: a friend, a neighbour, or a
    professional known by name who has no sign-in. They are no record of the register of people."""

    KINDS = [
        ("friend", "Friend"),
        ("neighbour", "Neighbour"),
        ("godparent", "Godparent"),
        ("community", "Someone of a club, faith or community"),
        ("professional", "A professional"),
        ("other", "Someone else"),
    ]
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="connections")
    about = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="connections", null=True
    )
    kind = models.CharField(max_length=12, choices=KINDS)
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=200, blank=True)
    agency = models.CharField(max_length=200, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    brings = models.CharField(max_length=500, blank=True)
    began_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    removed_on = models.DateField(null=True)
    removed_why = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [_in_order("a_connection_ends_after_it_began")]

    def __str__(self) -> str:
        return self.name
