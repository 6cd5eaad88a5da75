"""The one relation of access."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from earlydoors.domain.partnership.models import Agency, Desk, Member
from earlydoors.domain.partnership.recorded import Recorded, both_or_neither
from earlydoors.domain.people.models import Family, Person

BECAUSE = [
    ("asked", "asked for help for this family"),
    ("front_door", "the request waits at the front door"),
    ("team", "is in the family’s team"),
    ("lead", "leads for the family"),
    ("agency_help", "their agency helps the family"),
    ("panel", "the panel talks about the family"),
    ("oversight", "watches over early help"),
    ("caseload", "works with the family"),
    ("locality_duty", "is on duty for the place where the family lives"),
    ("break_glass", "opened the record in an emergency"),
    ("adviser", "was asked for advice about the family"),
    ("family_member", "is in the family"),
    ("named", "is one of the few to whom the record is open"),
]
EMERGENCY = "break_glass"
NAMED = "named"
EXTENTS = [
    ("knows", "that there is help, and whom to ask"),
    ("summary", "the summary"),
    ("full", "everything"),
]
WIDER = [key for key, _ in EXTENTS]
"""The extents, each wider than the one before it."""


class Grant(Recorded):
    """Who may see a family, how much, from when to when, and because of what.

    It ends when somebody ends it, or by itself at the moment `until`, if it has one.
    """

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="grants")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="grants")
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, null=True, related_name="grants")
    # In whose name the member works with the family: the grant is theirs in the roles that they
    # hold there, and in no other. Empty for a desk, and where that was not written down yet.
    # No index: so many grants are an agency's, or nobody's, that to gather those takes longer than
    # to look at the few of a member, and the database would.
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    because = models.CharField(max_length=20, choices=BECAUSE)
    extent = models.CharField(max_length=10, choices=EXTENTS)
    began_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="grant_is_to_a_member_or_a_desk",
                condition=Q(member__isnull=False, desk__isnull=True)
                | Q(member__isnull=True, desk__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["family", "member", "because"],
                condition=Q(ended_at__isnull=True, member__isnull=False),
                name="one_open_grant_for_a_member_and_reason",
            ),
            models.UniqueConstraint(
                fields=["family", "desk", "because"],
                condition=Q(ended_at__isnull=True, desk__isnull=False),
                name="one_open_grant_for_a_desk_and_reason",
            ),
            both_or_neither("ended_at", "ended_by"),
            models.CheckConstraint(
                name="grant_lasts_until_after_it_began",
                condition=Q(until__isnull=True) | Q(until__gt=models.F("began_at")),
            ),
            # Whoever opens a record in an emergency does so for a while.
            models.CheckConstraint(
                name="an_emergency_ends_by_itself",
                condition=~Q(because=EMERGENCY) | Q(until__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["member", "family"], condition=Q(ended_at=None), name="open_member"
            ),
            models.Index(fields=["desk", "family"], condition=Q(ended_at=None), name="open_desk"),
        ]

    def __str__(self) -> str:
        return f"{self.member or self.desk} {self.get_because_display()}"


def open_now() -> Q:
    """Grants that are open at the database's own moment: a door that is to close at an hour closes
    then, whatever moment a page believes it is."""
    return Q(ended_at=None) & (Q(until=None) | Q(until__gt=Now()))


class Restriction(Recorded):
    """A family's record is open to a few people by name and to nobody else, until a moment or until
    somebody lifts it. The few hold a grant because they are `NAMED`; every other grant rests."""

    KINDS = [
        ("staff", "Somebody who works here, or their family"),
        ("high_profile", "A family that is widely known"),
        ("adopted", "A child who is adopted or will be"),
        ("place_of_safety", "A family whose whereabouts must not be found out"),
    ]

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="restrictions")
    kind = models.CharField(max_length=20, choices=KINDS)
    why = models.TextField()
    began_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    ended_why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family"],
                condition=Q(ended_at__isnull=True),
                name="a_record_is_restricted_once",
            ),
            both_or_neither("ended_at", "ended_by"),
            models.CheckConstraint(
                name="restricted_until_after_it_began",
                condition=Q(until__isnull=True) | Q(until__gt=models.F("began_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Declaration(Recorded):
    """A member says that they know a family, or somebody, outside their work. While it stands no
    record of theirs is open to the member in any way.

    `person` and `family` are empty where nobody on record is meant, or nobody surely; `whom` keeps
    in words whom the member meant.
    """

    KINDS = [
        ("relative", "A relative"),
        ("neighbour", "A neighbour"),
        ("friend", "A friend"),
        ("colleague", "A colleague, or a colleague’s family"),
        ("other", "Something else"),
    ]

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="declarations")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    family = models.ForeignKey(
        Family, on_delete=models.PROTECT, null=True, related_name="declarations"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    whom = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=KINDS)
    says = models.TextField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    ended_why = models.TextField(blank=True)

    class Meta:
        constraints = [
            both_or_neither("ended_at", "ended_by"),
            models.CheckConstraint(
                name="nobody_ends_what_they_declared",
                condition=Q(ended_by__isnull=True) | ~Q(ended_by=models.F("member")),
            ),
        ]
        indexes = [
            models.Index(fields=["member"], condition=Q(ended_at=None), name="declared_by_member")
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.get_kind_display()}"


class Notice(Recorded):
    """What those who hold a record are told instead of somebody from whom it is kept.

    One is written for each question, also where nothing is kept: `family` is empty then. So the
    work that a question makes does not tell whether there is such a record.
    """

    ABOUT = [
        ("asked", "asked whether somebody in it is known"),
        ("request", "sent a request that names somebody in it"),
        ("declared", "declared that they know the family outside their work"),
        ("let_in", "was let into it for some hours"),
    ]

    family = models.ForeignKey(Family, on_delete=models.PROTECT, null=True, related_name="notices")
    about = models.CharField(max_length=20, choices=ABOUT)
    whose = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    dealt_at = models.DateTimeField(null=True)
    dealt_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    dealt_says = models.TextField(blank=True)

    class Meta:
        constraints = [both_or_neither("dealt_at", "dealt_by")]
        indexes = [models.Index(fields=["family"], condition=Q(dealt_at=None), name="open_notice")]

    def __str__(self) -> str:
        return f"{self.whose} {self.get_about_display()}"


class LookedInto(Recorded):
    """What somebody found who looked into a member's looks from one moment until another.

    It stands as written: whoever finds out more writes another.
    """

    OUTCOMES = [
        ("explained", "There is a good reason for them"),
        ("passed_on", "Passed on to somebody who deals with it"),
    ]

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="looked_into")
    since = models.DateTimeField()
    until = models.DateTimeField()
    outcome = models.CharField(max_length=20, choices=OUTCOMES)
    passed_to = models.CharField(max_length=200, blank=True)
    says = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="looks_until_after_since", condition=Q(until__gt=models.F("since"))
            ),
            models.CheckConstraint(
                name="nobody_looks_into_their_own_looks",
                condition=~Q(member=models.F("created_by")),
            ),
            models.CheckConstraint(
                name="passed_on_to_somebody",
                condition=~Q(outcome="passed_on") | ~Q(passed_to=""),
            ),
        ]
        indexes = [models.Index(fields=["member", "-created_at"], name="looked_into_of_member")]

    def __str__(self) -> str:
        return f"{self.member}: {self.get_outcome_display()}"


class Pace(models.Model):
    """How many families a member opened within an hour of the clock; not which. Kept for a day.

    The member is named by their id in text, as in other rows that are no part of any record.
    """

    member = models.CharField(max_length=64)
    hour = models.DateTimeField()
    families = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "hour"], name="pace_one_each_hour")
        ]

    def __str__(self) -> str:
        return f"{self.families} families within an hour"
