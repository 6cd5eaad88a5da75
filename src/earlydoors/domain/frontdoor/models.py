"""Conversations and requests for support."""

from django.db import models
from django.db.models import Q

from earlydoors.domain.episodes.models import Episode, HarmReferral
from earlydoors.domain.frontdoor.states import CONVERSATION, REQUEST
from earlydoors.domain.partnership.models import Agency, Member, Setting
from earlydoors.domain.partnership.recorded import Recorded, both_or_neither
from earlydoors.domain.people.models import RELATIONS, Family, Person
from earlydoors.domain.records.models import FormRecord

FAMILY_KNOWS = [
    ("agrees", "Yes, and they agree"),
    ("knows", "They know, and are not sure yet"),
    ("not_told", "They do not know yet"),
]


class Conversation(Recorded):
    """Advice asked for, and given. It needs no request and no name."""

    state = models.CharField(
        max_length=20, choices=CONVERSATION.choices, default=CONVERSATION.start
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    family = models.ForeignKey(
        Family, on_delete=models.PROTECT, null=True, related_name="conversations"
    )
    about = models.CharField(max_length=200)
    form_record = models.ForeignKey(FormRecord, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    advice = models.TextField(blank=True)
    next_step = models.CharField(max_length=20, blank=True)
    advised_at = models.DateTimeField(null=True)
    advised_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            both_or_neither("advised_at", "advised_by"),
            models.CheckConstraint(
                name="conversation_answered_has_advice",
                condition=~Q(state="answered") | (~Q(advice="") & Q(advised_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.about


class SupportRequest(Recorded):
    """One agency's request for support for a family, and what became of it."""

    state = models.CharField(max_length=20, choices=REQUEST.choices, default=REQUEST.start)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    setting = models.ForeignKey(Setting, on_delete=models.PROTECT, null=True, related_name="+")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, null=True, related_name="requests")
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, null=True)
    form_record = models.ForeignKey(FormRecord, on_delete=models.PROTECT, related_name="+")
    family_knows = models.CharField(max_length=10, choices=FAMILY_KNOWS, blank=True)
    harm = models.CharField(
        max_length=10, choices=[("no", "No"), ("yes", "Yes"), ("unsure", "Not sure")], blank=True
    )
    sent_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    taken_up_at = models.DateTimeField(null=True)
    taken_up_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    route = models.CharField(max_length=60, blank=True)
    decision = models.CharField(max_length=20, blank=True)
    level = models.CharField(max_length=60, blank=True)
    rationale = models.TextField(blank=True)
    descriptors = models.JSONField(default=list)
    told = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, null=True, related_name="requests"
    )
    harm_referral = models.ForeignKey(HarmReferral, on_delete=models.PROTECT, null=True)

    class Meta:
        constraints = [
            both_or_neither("taken_up_at", "taken_up_by"),
            both_or_neither("decided_at", "decided_by"),
            both_or_neither("sent_at", "due_on"),
            models.CheckConstraint(
                name="request_decided_in_full",
                condition=~Q(state="decided")
                | (
                    ~Q(decision="")
                    & ~Q(rationale="")
                    & ~Q(told="")
                    & Q(decided_at__isnull=False, family__isnull=False)
                ),
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"])]

    def __str__(self) -> str:
        return f"Request {self.pk}"


class RequestPerson(Recorded):
    """Someone a request is about, as typed; `person` once the front door has decided who it is."""

    request = models.ForeignKey(SupportRequest, on_delete=models.PROTECT, related_name="people")
    given_name = models.CharField(max_length=200)
    family_name = models.CharField(max_length=200, blank=True)
    known_as = models.CharField(max_length=200, blank=True)
    born_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    relation = models.CharField(max_length=20, choices=RELATIONS)
    parental_responsibility = models.BooleanField(null=True)
    lives_here = models.BooleanField(null=True)
    home = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    setting = models.ForeignKey(Setting, on_delete=models.PROTECT, null=True, related_name="+")
    phone = models.CharField(max_length=40, blank=True)
    first_language = models.CharField(max_length=100, blank=True)
    needs_interpreter = models.BooleanField(null=True)
    position = models.PositiveIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    removed_on = models.DateField(null=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Given and family name."""
        return f"{self.given_name} {self.family_name}".strip()
