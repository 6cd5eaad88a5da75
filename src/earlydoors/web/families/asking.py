"""What the family's page asks of its records, once the look at it is recorded."""

from typing import Any

from django.db.models import QuerySet

from earlydoors.domain.chronology.models import Entry
from earlydoors.domain.episodes.models import LeadChange
from earlydoors.domain.partnership.models import Membership
from earlydoors.domain.people.models import FamilyMember
from earlydoors.domain.people.queries import BY_BIRTH
from earlydoors.domain.plan.models import Closing, Meeting
from earlydoors.foundation.prepared import prepared

LATEST = 10
TOLD_BY_THE_TEAM = ("team.joined", "team.left")
"""What the list of the team on the same page tells already."""


@prepared
def closings_of(family: Any) -> QuerySet[Closing, Any]:
    """Every end of a period of help of a family."""
    return Closing.objects.filter(episode__family=family).select_related("episode")


@prepared
def next_meeting(episode: Any) -> QuerySet[Meeting, Any]:
    """The next meeting called in a period of help."""
    called = Meeting.objects.filter(episode=episode, state="called")
    return called.order_by("on", "starts", "pk")[:1]


@prepared
def roles_of(member: Any) -> QuerySet[Membership, Any]:
    """The roles a member holds or held, with where."""
    return Membership.objects.filter(member=member).select_related("agency", "setting")


@prepared
def latest_lead(episode: Any) -> QuerySet[LeadChange, Any]:
    """Who came to lead last."""
    return LeadChange.objects.filter(episode=episode).order_by("-on", "-created_at")[:1]


@prepared
def those_who_left(family: Any) -> QuerySet[FamilyMember, Any]:
    """Those who have left the family, in the order in which they did."""
    gone = FamilyMember.objects.filter(family=family).exclude(left_on=None)
    return gone.select_related("person").order_by("left_on", *BY_BIRTH)


@prepared
def lately(family: Any) -> QuerySet[Entry, Any]:
    """The latest entries of a family's chronology."""
    told = Entry.objects.filter(family=family).exclude(kind__in=TOLD_BY_THE_TEAM)
    return told.order_by("-at", "-id")[:LATEST]
