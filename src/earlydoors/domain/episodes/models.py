"""A family's period of help: level, lead, team, state."""

from django.db import models
from django.db.models import Q

from earlydoors.domain.episodes.states import EPISODE
from earlydoors.domain.partnership.models import Agency, Member
from earlydoors.domain.partnership.recorded import Recorded, both_or_neither
from earlydoors.domain.people.models import Family, Person
from earlydoors.foundation.profile.keys import UnchangingKey
from earlydoors.foundation.profile.models import KeptProfile


class Episode(Recorded):
    """One period of help for a family."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="episodes")
    profile: models.ForeignKey[KeptProfile, KeptProfile] = UnchangingKey(
        KeptProfile, on_delete=models.PROTECT
    )
    state = models.CharField(max_length=20, choices=EPISODE.choices, default=EPISODE.start)
    state_since = models.DateTimeField()
    level = models.CharField(max_length=60)
    route = models.CharField(max_length=60)
    lead = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="leads")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    continues = models.ForeignKey("self", on_delete=models.PROTECT, null=True)
    opened_on = models.DateField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            both_or_neither("closed_at", "closed_by"),
            models.CheckConstraint(
                name="episode_closed_at_when_closed",
                condition=Q(state="closed", closed_at__isnull=False)
                | (~Q(state="closed") & Q(closed_at__isnull=True)),
            ),
            models.UniqueConstraint(
                fields=["family"],
                condition=~Q(state="closed"),
                name="a_family_has_one_open_episode",
            ),
        ]
        indexes = [
            # The front door asks which of these nobody holds: few of all the help there ever was.
            models.Index(
                fields=["state_since"],
                condition=Q(state__in=["offered", "agreed"]),
                name="help_on_offer",
            )
        ]

    def __str__(self) -> str:
        return f"{self.family} since {self.opened_on}"


class LevelChange(Recorded):
    """A step along the continuum: to which level, on which day, why."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="level_changes")
    level = models.CharField(max_length=60)
    moved = models.CharField(
        max_length=10,
        choices=[("enter", "entered"), ("up", "stepped up"), ("down", "stepped down")],
    )
    on = models.DateField()
    why = models.TextField()

    def __str__(self) -> str:
        return f"{self.get_moved_display()} {self.level}"


class LeadChange(Recorded):
    """Who became the family's one go-to person, why, and how the family was told."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="lead_changes")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    why = models.TextField(blank=True)
    family_told = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.member} leads from {self.on}"


class TeamPlace(Recorded):
    """A place in the family's team: a worker, or someone of the family and its own network."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="team")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    does = models.CharField(max_length=200, blank=True)
    joined_on = models.DateField()
    left_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="team_place_is_a_worker_or_family",
                condition=Q(member__isnull=False, person__isnull=True)
                | Q(member__isnull=True, person__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["episode", "member", "person"],
                condition=Q(left_on__isnull=True),
                nulls_distinct=False,
                name="one_place_in_the_team",
            ),
        ]

    def __str__(self) -> str:
        return str(self.member or self.person)


class HarmReferral(Recorded):
    """A referral to social care because a child may be harmed: what, to whom, when."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="harm_referrals")
    concern = models.TextField()
    told_whom = models.CharField(max_length=200)
    told_where = models.CharField(max_length=200)
    told_at = models.DateTimeField()
    told_how = models.CharField(max_length=200, blank=True)
    family_told = models.BooleanField()
    family_not_told_why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="harm_family_told_or_why_not",
                condition=Q(family_told=True) | ~Q(family_not_told_why=""),
            )
        ]

    def __str__(self) -> str:
        return f"Referred to {self.told_where}"
