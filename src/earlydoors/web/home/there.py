"""What there is at all for someone, in one small look.

Most people's lists are short: no panel asks them, nobody wants to join their teams. One question
says which of the longer ones are worth asking. It looks no closer than by whom and in what state,
so it may say yes where the longer question, which keeps to what the actor may see, finds nothing.
"""

from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from earlydoors.domain.access.models import Notice
from earlydoors.domain.consent.models import Agreement, SharingDecision, ending_by
from earlydoors.domain.episodes.models import Episode
from earlydoors.domain.frontdoor.models import (
    AskToJoin,
    Conversation,
    EmergencyOpening,
    SupportRequest,
)
from earlydoors.domain.panels.models import Brought, Task
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Member
from earlydoors.domain.plan.models import Action
from earlydoors.foundation.prepared import prepared


class There(NamedTuple):
    """Whether there may be any of each."""

    requests: bool
    asks: bool
    asks_to_answer: bool
    emergencies: bool
    questions: bool
    actions: bool
    untold: bool
    agreements_end: bool
    asked_by_panel: bool
    panel_tasks: bool
    notices: bool


def there_for(actor: Actor, since: date, soon: date) -> There:
    """What there may be for an actor; of what is answered, what was answered since a day; of
    agreements, those that end by the day `soon`."""
    [found] = _there(actor.member.pk, actor.membership.agency_id, since, soon)
    return There(*found)


@prepared
def _there(member: Any, agency: Any, since: Any, soon: Any) -> QuerySet[Any, Any]:
    mine = Q(created_by=member)
    helped = Episode.objects.filter(family=OuterRef("family"), closed_at=None)
    looked_for: tuple[QuerySet[Any], ...] = (
        SupportRequest.objects.filter(
            mine,
            Q(state__in=["draft", "waiting", "taken_up"]) | Q(decided_at__date__gte=since),
        ),
        AskToJoin.objects.filter(mine, Q(state="waiting") | Q(answered_at__date__gte=since)),
        AskToJoin.objects.filter(
            Exists(helped.filter(lead=member)) | ~Exists(helped.exclude(lead=None)),
            state="waiting",
        ),
        EmergencyOpening.objects.filter(state="to_tell"),
        Conversation.objects.filter(mine, Q(state="waiting") | Q(advised_at__date__gte=since)),
        Action.objects.filter(member=member, state="open"),
        SharingDecision.objects.filter(
            mine | Q(decided_by=member), shares=True, told_family="not_yet"
        ),
        Agreement.objects.filter(Exists(helped.filter(lead=member)), ending_by(soon)),
        Brought.objects.filter(
            agency=agency, said_at=None, item__state__in=["waiting", "deferred"]
        ),
        Task.objects.filter(agency=agency, done_on=None),
        # One is written for each question that is asked; few are about a family.
        Notice.objects.filter(family__isnull=False, dealt_at=None),
    )
    return Member.objects.filter(pk=member).values_list(*map(Exists, looked_for))
