"""Asking for advice, and giving it. Nobody has to make a request to talk."""

from datetime import datetime

from django.db import transaction

from earlydoors.domain.access.operations import grant
from earlydoors.domain.chronology.operations import tell
from earlydoors.domain.frontdoor.models import Conversation
from earlydoors.domain.frontdoor.states import CONVERSATION
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Family
from earlydoors.domain.records.operations import begin, save_section
from earlydoors.foundation.audit.chain import record
from earlydoors.foundation.forms.answers import Reading
from earlydoors.foundation.forms.schema import Purpose
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.profile.clocks import due
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.schema import ClockKey


@transaction.atomic
def ask(
    *,
    about: str,
    readings: dict[str, Reading],
    by: Actor,
    at: datetime,
    family: Family | None = None,
) -> Conversation:
    """Ask for advice. `readings` are the sections of the area's conversation form by key."""
    by.must(Right.ASK_ADVICE)
    form_record = begin(purpose=Purpose.CONVERSATION, by=by, at=at, family=family)
    for key, reading in readings.items():
        save_section(
            form_record=form_record,
            section_key=key,
            reading=reading,
            revision=0,
            by=by,
            at=at,
            finished=True,
        )
    conversation = Conversation.make(
        by=by,
        at=at,
        agency=by.agency,
        family=family,
        about=about,
        form_record=form_record,
        due_on=due(current(), ClockKey.ADVICE, local_day(at)),
    )
    if family is None:
        record("conversation.asked", subject=conversation, by=by, at=at)
    else:
        tell(
            "conversation.asked",
            f"{by.name} asked for advice.",
            family=family,
            subject=conversation,
            by=by,
            at=at,
        )
    return conversation


@transaction.atomic
def advise(
    *, conversation: Conversation, advice: str, next_step: str, by: Actor, at: datetime
) -> Conversation:
    """Give advice, kept where whoever asked finds it.

    `next_step` is `request` (ask for support) or `carry_on` (no request is needed).
    """
    by.must(Right.GIVE_ADVICE)
    fresh = Conversation.objects.select_for_update().get(pk=conversation.pk)
    state = CONVERSATION.move("advise", fresh.state)
    fresh.change(
        by=by,
        at=at,
        state=state,
        advice=advice,
        next_step=next_step,
        advised_at=at,
        advised_by=by.member,
    )
    if fresh.family is None:
        record("conversation.advised", subject=fresh, by=by, at=at)
    else:
        grant(
            family=fresh.family, member=by.member, because="adviser", extent="summary", by=by, at=at
        )
        tell(
            "conversation.advised",
            f"{by.name} gave advice.",
            family=fresh.family,
            subject=fresh,
            by=by,
            at=at,
        )
    return fresh
