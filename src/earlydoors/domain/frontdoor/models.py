"""Conversations, requests for support, and ways to a family that is closed to somebody."""

from django.db import models
from django.db.models import F, Q

from earlydoors.domain.access.models import Grant
from earlydoors.domain.episodes.models import Episode, HarmReferral
from earlydoors.domain.frontdoor.states import ASK_TO_JOIN, CONVERSATION, EMERGENCY, REQUEST
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
        indexes = [
            models.Index(fields=["state", "due_on"]),
            # The two lists of the front door, in their order: a page of one is read from its index.
            models.Index(
                F("harm").desc(),
                "due_on",
                "sent_at",
                "id",
                condition=Q(state__in=["waiting", "taken_up"]),
                name="requests_by_urgency",
            ),
            models.Index(
                F("decided_at").desc(), "id", condition=Q(state="decided"), name="requests_answered"
            ),
        ]

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
        indexes = [
            # Whether somebody was asked about before is found by when they were born.
            models.Index(
                fields=["born_on"], condition=Q(removed_on=None), name="asked_about_by_birth"
            )
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Given and family name."""
        return f"{self.given_name} {self.family_name}".strip()


VERDICTS = [
    ("right", "It was right to open the record"),
    ("wrong", "It was not right to open the record"),
]


class Enquiry(Recorded):
    """Somebody asked whether a child is known; `family` where they were told of involvement with a
    family that is not open to them. What they typed is not kept."""

    family = models.ForeignKey(
        Family, on_delete=models.PROTECT, null=True, related_name="enquiries"
    )

    class Meta:
        verbose_name_plural = "enquiries"
        indexes = [models.Index(fields=["created_by", "created_at"], name="enquiry_of_a_member")]

    def __str__(self) -> str:
        return f"Asked on {self.created_at:%d %B %Y}"


class AskToJoin(Recorded):
    """Somebody who was told of involvement asks to join the team around the family."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="asks_to_join")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=20, choices=ASK_TO_JOIN.choices, default=ASK_TO_JOIN.start)
    why = models.TextField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "asks to join"
        constraints = [
            both_or_neither("answered_at", "answered_by"),
            models.UniqueConstraint(
                fields=["family", "created_by"],
                condition=Q(state="waiting"),
                name="one_ask_to_join_at_a_time",
            ),
            models.CheckConstraint(
                name="ask_to_join_refused_with_words", condition=~Q(state="refused") | ~Q(answer="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.created_by} asks to join"


class EmergencyOpening(Recorded):
    """Somebody opened a record that was closed to them, because a child could not wait. The grant
    ends by itself; somebody who sees no family looks at each; then the family is told, if safe."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="emergencies")
    grant = models.OneToOneField(Grant, on_delete=models.PROTECT, related_name="emergency")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=20, choices=EMERGENCY.choices, default=EMERGENCY.start)
    why = models.TextField()
    verdict = models.CharField(max_length=20, choices=VERDICTS, blank=True)
    finding = models.TextField(blank=True)
    not_safe_why = models.TextField(blank=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    told_on = models.DateField(null=True)
    told_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            both_or_neither("reviewed_at", "reviewed_by"),
            both_or_neither("told_on", "told_by"),
            models.CheckConstraint(name="an_emergency_has_a_reason", condition=~Q(why="")),
            models.CheckConstraint(
                name="an_emergency_is_looked_at_with_words",
                condition=Q(state="waiting", reviewed_at=None)
                | (
                    Q(reviewed_at__isnull=False)
                    & ~Q(state="waiting")
                    & ~Q(verdict="")
                    & ~Q(finding="")
                ),
            ),
            models.CheckConstraint(
                name="not_safe_to_tell_has_a_reason",
                condition=~Q(state="not_safe") | ~Q(not_safe_why=""),
            ),
        ]
        indexes = [models.Index(fields=["state", "created_at"], name="emergency_by_state")]

    def __str__(self) -> str:
        return f"Opened by {self.created_by} in an emergency"
