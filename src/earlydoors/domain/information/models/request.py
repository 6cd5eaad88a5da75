"""What somebody asks about the information held on them, and each step until the answer."""

from django.db import models
from django.db.models import Q

from earlydoors.domain.information.states import FINAL, REQUEST
from earlydoors.domain.partnership.models import Member
from earlydoors.domain.partnership.recorded import Recorded, both_or_neither
from earlydoors.domain.people.models import Person

KINDS = [
    ("access", "To see what is held"),
    ("correction", "To put something right"),
    ("objection", "To object to how it is used"),
    ("erasure", "To have something erased"),
    ("restriction", "To have its use restricted"),
    ("complaint", "To complain about how it was handled"),
]
ASKERS = [
    ("self", "The person themselves"),
    ("parent", "Somebody with parental responsibility"),
    ("representative", "Somebody who acts for them"),
]
CAME = [
    ("letter", "A letter"),
    ("email", "An email"),
    ("said", "By word of mouth"),
    ("form", "A form"),
]
OUTCOMES = [
    ("done", "Done as asked"),
    ("partly", "Done in part"),
    ("not_done", "Not done"),
]
WHAT_ASKED = [
    ("identity", "Proof of who they are, or of acting for somebody"),
    ("clarification", "What is needed to find the information"),
]


class InformationRequest(Recorded):
    """A request about the information held on somebody: whose, by whom, and what became of it.

    `about_given`, `about_family` and `about_born` are whom it is about as whoever asked said it;
    `person` is the record that somebody found for it.
    """

    kind = models.CharField(max_length=20, choices=KINDS)
    state = models.CharField(max_length=20, choices=REQUEST.choices, default=REQUEST.start)
    received_on = models.DateField()
    came = models.CharField(max_length=10, choices=CAME)
    asker = models.CharField(max_length=20, choices=ASKERS)
    asker_name = models.CharField(max_length=200)
    reach = models.CharField(max_length=300)
    about_given = models.CharField(max_length=100)
    about_family = models.CharField(max_length=100)
    about_born = models.DateField(null=True)
    says = models.TextField()
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="information_requests"
    )
    identity_how = models.TextField(blank=True)
    identity_at = models.DateTimeField(null=True)
    identity_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    authority_how = models.TextField(blank=True)
    authority_at = models.DateTimeField(null=True)
    authority_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    acknowledged_on = models.DateField(null=True)
    extended_on = models.DateField(null=True)
    extended_why = models.TextField(blank=True)
    outcome = models.CharField(max_length=10, choices=OUTCOMES, blank=True)
    outcome_says = models.TextField(blank=True)
    told_on = models.DateField(null=True)
    told_how = models.CharField(max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            both_or_neither("identity_at", "identity_by"),
            both_or_neither("authority_at", "authority_by"),
            both_or_neither("closed_at", "closed_by"),
            models.CheckConstraint(
                name="an_information_request_ends_when_it_is_closed",
                condition=Q(state__in=FINAL, closed_at__isnull=False)
                | (~Q(state__in=FINAL) & Q(closed_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="nothing_is_answered_before_it_is_known_who_asks",
                condition=~Q(state__in=["working", "asked_what", "answered"])
                | (Q(person__isnull=False, identity_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="whoever_acts_for_another_shows_that_they_may",
                condition=~Q(state__in=["working", "asked_what", "answered"])
                | Q(asker="self")
                | Q(authority_at__isnull=False),
            ),
            models.CheckConstraint(
                name="an_answer_was_told",
                condition=~Q(state__in=["answered", "refused"])
                | (Q(told_on__isnull=False) & ~Q(outcome_says="")),
            ),
        ]
        indexes = [models.Index(fields=["state", "received_on"], name="information_open")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, from {self.asker_name}"

    @property
    def about(self) -> str:
        """Whom it is about, as whoever asked named them."""
        return f"{self.about_given} {self.about_family}".strip()

    @property
    def is_open(self) -> bool:
        """Whether it still waits for somebody."""
        return self.state not in FINAL


class AskedBack(Recorded):
    """Something asked of whoever made the request; while it is awaited a clock may stand still."""

    request = models.ForeignKey(
        InformationRequest, on_delete=models.PROTECT, related_name="asked_back"
    )
    what = models.CharField(max_length=20, choices=WHAT_ASKED)
    asks = models.TextField()
    asked_on = models.DateField()
    heard_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="heard_not_before_it_was_asked",
                condition=Q(heard_on__isnull=True) | Q(heard_on__gte=models.F("asked_on")),
            ),
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(heard_on__isnull=True),
                name="one_thing_is_awaited_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()}, asked on {self.asked_on}"


class RequestStep(Recorded):
    """A step in answering a request: a sentence for whoever takes it over."""

    request = models.ForeignKey(InformationRequest, on_delete=models.PROTECT, related_name="steps")
    what = models.CharField(max_length=40)
    says = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["request", "created_at"], name="steps_of_a_request")]

    def __str__(self) -> str:
        return self.says
