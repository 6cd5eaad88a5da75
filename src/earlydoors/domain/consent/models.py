"""What the family agreed, or why they said no."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now, TruncDate

from earlydoors.domain.partnership.models import Agency, Member, Setting
from earlydoors.domain.partnership.recorded import Recorded, both_or_neither
from earlydoors.domain.people.models import Family, Person
from earlydoors.domain.records.models import FormRecord
from earlydoors.foundation.attached import KINDS
from earlydoors.foundation.kernel.dates import LONDON, end_of
from earlydoors.foundation.sealing import SealedBytes

TOLD_HOW = [
    ("in_person", "Talking in person"),
    ("phone", "By phone"),
    ("video", "By video call"),
    ("interpreter", "In person with an interpreter"),
    ("letter", "In writing"),
]
HELPED_BY = [
    ("interpreter", "An interpreter"),
    ("signing", "A sign language interpreter"),
    ("easy_read", "Easy read or pictures"),
    ("large_print", "Large print"),
    ("read_aloud", "Having it read aloud"),
    ("someone", "Someone they trust beside them"),
    ("time", "Time to think it over"),
]
"""What was used so that somebody could take it in; several may be."""
SAID = [
    ("agreed", "Agreed"),
    ("disagreed", "Said no"),
    ("unsure", "Was not sure"),
    ("not_asked", "Was not asked"),
]
JUDGED = [
    ("competence", "Understands what it means and can weigh it (competence)"),
    ("gillick", "Understands enough to decide about health care as well (Gillick)"),
    ("capacity", "Is 16 or 17 and can decide (Mental Capacity Act 2005)"),
    ("not_yet", "Cannot decide it for themselves yet; their wishes were heard"),
]
"""How it was judged whether a young person can decide. Competence: Gillick v West Norfolk and
Wisbech AHA [1986] AC 112, and the Information Commissioner's guidance on children; from sixteen on,
capacity by the Act of 2005."""
SECTION_17 = [
    ("not_met", "Considered, and the child is not in need under section 17"),
    ("referred", "The child may be in need: referred to social care"),
]

WHY_NOT_AGREED = [
    ("refused", "They were asked, and said no"),
    ("not_safe", "Asking them could put a child or someone else at risk"),
    ("not_reached", "They could not be reached in time"),
    ("evidence", "Asking could spoil the enquiry into a serious harm"),
]
TOLD_FAMILY = [
    ("before", "Yes, before it was shared"),
    ("after", "Yes, afterwards"),
    ("not_yet", "Not yet"),
    ("not_safe", "No, it would not be safe"),
]


class Agreement(Recorded):
    """One person's agreement to early help and to what is shared with whom.

    `until` is its last day. After it the agreement has ended by itself; without one it stands until
    it is withdrawn. `parts` are the keys of what may be passed on, as the profile of its form names
    them; empty where nobody was asked by parts.
    """

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="agreements")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="agreements")
    agreed_on = models.DateField()
    until = models.DateField(null=True)
    told_how = models.CharField(max_length=20, choices=TOLD_HOW)
    helped_by = models.JSONField(default=list)
    language = models.CharField(max_length=100, blank=True)
    parts = models.JSONField(default=list)
    in_writing = models.BooleanField()
    purpose = models.TextField(blank=True)
    form_record = models.ForeignKey(FormRecord, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_why = models.TextField(blank=True)

    class Meta:
        constraints = [
            both_or_neither("withdrawn_at", "withdrawn_by"),
            models.CheckConstraint(
                name="agreement_ends_after_it_began",
                condition=Q(until__isnull=True) | Q(until__gte=models.F("agreed_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} agreed"

    @property
    def ends_at(self) -> datetime | None:
        """The moment at which it ends by itself, if it does."""
        return end_of(self.until) if self.until else None

    def has_ended(self, at: datetime) -> bool:
        """Whether it ended by itself before a moment."""
        return self.ends_at is not None and self.ends_at <= at


def standing_now() -> Q:
    """Agreements that stand at the database's own moment, as `access.models.open_now` asks of
    grants: an agreement and the doors it opened are over at the same second."""
    today = TruncDate(Now(), tzinfo=LONDON)
    return Q(withdrawn_at=None) & (Q(until=None) | Q(until__gte=today))


def ending_by(upto: Any) -> Q:
    """Agreements that nobody took back and that end by themselves by a day, or ended before it."""
    return Q(withdrawn_at=None, until__lte=upto)


class Sharing(Recorded):
    """Whether an agreement lets one agency, one of its settings, or one named other be told.

    A family agrees to its own school, not to every school: `setting` narrows the agency.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="sharings")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    setting = models.ForeignKey(Setting, on_delete=models.PROTECT, null=True, related_name="+")
    named = models.CharField(max_length=200, blank=True)
    shares = models.BooleanField()
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "agency", "setting", "named"],
                nulls_distinct=False,
                name="one_sharing_for_each_agency",
            ),
            models.CheckConstraint(
                name="sharing_is_with_somebody", condition=Q(agency__isnull=False) | ~Q(named="")
            ),
        ]

    def __str__(self) -> str:
        return f"{'with' if self.shares else 'not with'} {self.whom}"

    @property
    def whom(self) -> str:
        """Who it is about, by name."""
        return str(self.setting or self.agency or self.named)


class Covered(Recorded):
    """Someone of the family whose information an agreement is about."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="covers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "person"], name="an_agreement_covers_someone_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agreement}: {self.person}"


class Heard(Recorded):
    """What one person said when an agreement was asked for, or why they were not asked.

    Of a young person also how it was judged whether they can decide for themselves.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="heard")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    said = models.CharField(max_length=10, choices=SAID)
    why_not = models.TextField(blank=True)
    judged = models.CharField(max_length=10, choices=JUDGED, blank=True)
    judged_how = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "person"], name="someone_is_heard_once_for_an_agreement"
            ),
            models.CheckConstraint(
                name="not_asked_says_why", condition=~Q(said="not_asked") | ~Q(why_not="")
            ),
            models.CheckConstraint(
                name="judged_says_how",
                condition=Q(judged="", judged_how="") | (~Q(judged="") & ~Q(judged_how="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_said_display()}"


class Evidence(Recorded):
    """Something that shows an agreement: the form signed by hand, a letter, a message.

    What was attached by mistake is set aside with a reason, and not shown; nothing is lost.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="evidence")
    says = models.CharField(max_length=200)
    file_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=4, choices=[(one, one.upper()) for one in KINDS])
    size = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    set_aside_at = models.DateTimeField(null=True)
    set_aside_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    set_aside_why = models.TextField(blank=True)

    class Meta:
        constraints = [
            both_or_neither("set_aside_at", "set_aside_by"),
            models.CheckConstraint(
                name="set_aside_says_why", condition=Q(set_aside_at=None) | ~Q(set_aside_why="")
            ),
            models.UniqueConstraint(
                fields=["agreement", "fingerprint"],
                condition=Q(set_aside_at=None),
                name="an_agreement_has_a_file_once",
            ),
        ]

    def __str__(self) -> str:
        return self.says


class EvidenceFile(models.Model):
    """What is in a file that shows an agreement, apart from what is said of it. It is sealed, and
    no page can change it."""

    evidence = models.OneToOneField(
        Evidence, on_delete=models.PROTECT, primary_key=True, related_name="file"
    )
    content = SealedBytes()

    def __str__(self) -> str:
        return str(self.evidence)


class Refusal(Recorded):
    """A family's no, with what they were told. Never a bar to later help.

    What it asks is from Working Together and the Buckinghamshire procedures, section 4.
    """

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="refusals")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="refusals")
    refused_on = models.DateField()
    why = models.TextField()
    reassurance = models.TextField()
    universal_help = models.TextField()
    told_what_is_recorded = models.BooleanField()
    section_17 = models.CharField(max_length=10, choices=SECTION_17)
    section_17_why = models.TextField()
    form_record = models.ForeignKey(FormRecord, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="refusal_family_was_told", condition=Q(told_what_is_recorded=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} said no"


class SharingDecision(Recorded):
    """A decision whether to share something without the family's agreement, for a child's safety.

    One decision is about one who would be told. What it asks follows the seven golden rules of the
    government's advice on information sharing (Department for Education, 2024): safety before
    privacy, openness with the family where it is safe, no need of consent, advice where unsure,
    care for whoever could be harmed by it, only what is needed, and the reasons written down,
    whatever was decided.
    """

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="sharing_decisions")
    shares = models.BooleanField()
    decided_on = models.DateField()
    decided_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    setting = models.ForeignKey(Setting, on_delete=models.PROTECT, null=True, related_name="+")
    named = models.CharField(max_length=200, blank=True)
    risk = models.TextField()
    why_not_agreed = models.CharField(max_length=12, choices=WHY_NOT_AGREED)
    why_not_agreed_says = models.TextField(blank=True)
    advice = models.TextField(blank=True)
    what = models.TextField(blank=True)
    need = models.TextField(blank=True)
    sent_how = models.CharField(max_length=200, blank=True)
    protects = models.TextField(blank=True)
    why = models.TextField()
    told_family = models.CharField(max_length=10, choices=TOLD_FAMILY)
    told_family_on = models.DateField(null=True)
    not_told_why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="sharing_decision_names_somebody",
                condition=Q(agency__isnull=False) | ~Q(named=""),
            ),
            models.CheckConstraint(
                name="sharing_decision_says_what_was_shared",
                condition=Q(shares=False) | (~Q(what="") & ~Q(sent_how="")),
            ),
            models.CheckConstraint(
                name="sharing_decision_family_told_or_why_not",
                condition=Q(told_family__in=["before", "after"], told_family_on__isnull=False)
                | (
                    Q(told_family__in=["not_yet", "not_safe"], told_family_on__isnull=True)
                    & ~Q(not_told_why="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{'Shared' if self.shares else 'Not shared'} with {self.whom} without agreement"

    @property
    def whom(self) -> str:
        """Who was, or would have been, told."""
        return str(self.setting or self.agency or self.named)

    @property
    def family_knows(self) -> bool:
        """Whether the family has been told of it."""
        return self.told_family in {"before", "after"}


class DecisionPerson(Recorded):
    """Someone whose information a decision is about."""

    decision = models.ForeignKey(SharingDecision, on_delete=models.PROTECT, related_name="about")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "person"], name="a_decision_is_about_someone_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.decision}: {self.person}"
