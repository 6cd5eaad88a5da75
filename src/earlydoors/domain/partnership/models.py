"""Agencies, their settings, localities, desks, members and memberships."""

from enum import StrEnum
from typing import ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from earlydoors.foundation.profile.schema import AgencyKind, RoleKind


class FromProfile(models.Model):
    """A row that the profile names by a key; `current` is false once the profile drops it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    key = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    current = models.BooleanField(default=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Locality(FromProfile):
    """A part of the area."""


class Agency(FromProfile):
    """A partner organisation."""

    kind = models.CharField(max_length=20, choices=[(k, k) for k in AgencyKind])


class Setting(FromProfile):
    """A place of an agency: a school, a nursery, a clinic.

    A school of the national register has its `urn`. One that was brought in from there, and that
    the profile does not name, has a key that begins with `BROUGHT_IN`.
    """

    BROUGHT_IN = "urn_"

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="settings")
    locality = models.ForeignKey(Locality, on_delete=models.PROTECT, null=True)
    urn = models.CharField(max_length=6, blank=True)
    laestab = models.CharField(max_length=7, blank=True)
    ukprn = models.CharField(max_length=8, blank=True)
    kind_says = models.CharField(max_length=100, blank=True)
    phase = models.CharField(max_length=60, blank=True)
    authority = models.CharField(max_length=100, blank=True)
    address = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["urn"], condition=~Q(urn=""), name="a_urn_is_one_settings"
            )
        ]


class Desk(FromProfile):
    """A group that work arrives at: the front door, or a panel."""

    kind = models.CharField(
        max_length=20, choices=[("front_door", "front door"), ("panel", "panel")]
    )


class MemberManager(BaseUserManager["Member"]):
    """Finds members by the name they sign in with."""


class Member(AbstractBaseUser):
    """Someone who signs in: a worker of an agency, or a member of a family."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    username = models.CharField(max_length=150, unique=True)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    job_title = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = MemberManager()

    def __str__(self) -> str:
        return self.name


class Lost(StrEnum):
    """What a member has lost of their way in: a link gives that anew and nothing else."""

    PASSWORD = "password"  # noqa: S105 - what was lost
    SECOND_STEP = "second_step"
    BOTH = "both"


class Invitation(models.Model):
    """A way in that is sent to somebody: a link that works once, until a moment.

    For a new member, with the place they will have; or for one who `lost` their password, their
    second step or both. Of the link only a hash is kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    lost = models.CharField(max_length=11, blank=True, choices=[(k, k) for k in Lost])
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    job_title = models.CharField(max_length=200, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    setting = models.ForeignKey(Setting, on_delete=models.PROTECT, null=True, related_name="+")
    role_key = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_invitation_is_used_or_withdrawn",
                condition=Q(used_at__isnull=True) | Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="a_members_link_says_what_was_lost",
                condition=Q(member__isnull=True, lost="")
                | Q(member__isnull=False, lost__in=[str(one) for one in Lost]),
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation of {self.name}"


class Membership(models.Model):
    """A role that a member holds in an agency, from a day until a day."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    setting = models.ForeignKey(Setting, on_delete=models.PROTECT, null=True, related_name="+")
    role_key = models.CharField(max_length=60)
    role_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=30, choices=[(k, k) for k in RoleKind])
    desks = models.ManyToManyField(Desk, related_name="memberships")
    # Who they are, in a sentence; said of the people of a practice installation.
    story = models.TextField(blank=True)
    # The key of the provider of sign-in whose word gave it; nothing where somebody here did.
    given_by = models.CharField(max_length=60, blank=True)
    began_on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="membership_agency_unless_family",
                condition=Q(kind=RoleKind.FAMILY_MEMBER) | Q(agency__isnull=False),
            ),
            models.CheckConstraint(
                name="membership_ends_after_it_began",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("began_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} ({self.role_name})"
