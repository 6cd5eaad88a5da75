"""What is agreed today."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from earlydoors.domain.access.queries import families_of, sees_everything
from earlydoors.domain.consent.models import (
    Agreement,
    Refusal,
    Sharing,
    SharingDecision,
    standing_now,
)
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Agency, Setting
from earlydoors.domain.people.models import Family
from earlydoors.foundation.prepared import attach, prepared

BY_AGREEMENT = ("team", "agency_help")
"""The reasons for access that rest on what the family agreed."""


def agreements_of(family: Family) -> list[Agreement]:
    """The agreements that stand, oldest first, with what they share."""
    standing = _standing(family.pk)
    for agreement in standing:
        agreement.family = family
    if standing:
        attach(standing, "sharings", _shared([one.pk for one in standing]), "agreement")
    return standing


@prepared
def _standing(family: Any) -> QuerySet[Agreement, Any]:
    return (
        Agreement.objects.filter(standing_now(), family=family)
        .select_related("person", "created_by", "form_record")
        .order_by("agreed_on", "created_at")
    )


@prepared
def _shared(agreements: Any) -> QuerySet[Sharing, Any]:
    return Sharing.objects.filter(agreement__among=agreements).select_related("agency", "setting")


def agreement_for(actor: Actor, agreement_id: UUID) -> Agreement:
    """An agreement within full scope, standing or not. Raises `Agreement.DoesNotExist`."""
    found = (
        Agreement.objects.filter(family__in=families_of(actor))
        .select_related("family", "person", "created_by", "form_record")
        .select_related("form_record__family", "withdrawn_by")
        .prefetch_related("sharings__agency", "sharings__setting")
        .prefetch_related("covers__person", "heard__person")
        .get(pk=agreement_id)
    )
    if not sees_everything(actor, found.family_id):
        raise Agreement.DoesNotExist
    return found


def refusal_for(actor: Actor, refusal_id: UUID) -> Refusal:
    """A no within full scope. Raises `Refusal.DoesNotExist` outside it."""
    found = (
        Refusal.objects.filter(family__in=families_of(actor))
        .select_related("family", "person", "created_by", "form_record")
        .select_related("form_record__family")
        .get(pk=refusal_id)
    )
    if not sees_everything(actor, found.family_id):
        raise Refusal.DoesNotExist
    return found


def decision_for(actor: Actor, decision_id: UUID) -> SharingDecision:
    """A decision to share, or not to, without agreement, within full scope.

    Raises `SharingDecision.DoesNotExist` outside it.
    """
    found = (
        SharingDecision.objects.filter(family__in=families_of(actor))
        .select_related("family", "created_by", "decided_by", "agency", "setting")
        .prefetch_related("about__person")
        .get(pk=decision_id)
    )
    if not sees_everything(actor, found.family_id):
        raise SharingDecision.DoesNotExist
    return found


def decisions_of(family: Family) -> list[SharingDecision]:
    """The decisions about sharing without agreement, the latest first."""
    decided = _decided(family.pk)
    for one in decided:
        one.family = family
    return decided


@prepared
def _decided(family: Any) -> QuerySet[SharingDecision, Any]:
    return (
        SharingDecision.objects.filter(family=family)
        .select_related("agency", "setting", "decided_by")
        .order_by("-decided_on", "-created_at")
    )


def sharing_of(family: Family) -> list[Sharing]:
    """The latest word on each agency or named other, over the agreements that stand.

    A no of one person outweighs another's yes.
    """
    return sharing_in(agreements_of(family))


def sharing_in(standing: Iterable[Agreement]) -> list[Sharing]:
    """The latest word on each agency or named other in these agreements, as in `sharing_of`."""
    latest: dict[tuple[object, object], Sharing] = {}
    for agreement in standing:
        for sharing in agreement.sharings.all():
            latest[
                agreement.person_id, sharing.setting_id or sharing.agency_id or sharing.named
            ] = sharing
    joined: dict[object, Sharing] = {}
    for (_, whom), sharing in latest.items():
        if whom not in joined or not sharing.shares:
            joined[whom] = sharing
    return sorted(joined.values(), key=lambda s: (not s.shares, s.whom))


def may_be_told(family: Family, agency: Agency, setting: Setting | None = None) -> bool:
    """Whether the family agreed that this agency is told, at this setting of it."""
    return is_told(sharing_of(family), agency, setting)


def word_on(
    words: Iterable[Sharing], agency: Agency, setting: Setting | None = None
) -> Sharing | None:
    """The family's word on an agency at a setting, among those of `sharing_of`; none if they were
    not asked. A word on the setting outweighs a word on its whole agency."""
    about = [s for s in words if s.agency_id == agency.pk]
    own = [s for s in about if setting is not None and s.setting_id == setting.pk]
    whole = [s for s in about if s.setting_id is None]
    return next((s for s in own or whole if s.shares), next(iter(own or whole), None))


def is_told(words: Iterable[Sharing], agency: Agency, setting: Setting | None = None) -> bool:
    """Whether these words of the family let an agency at a setting be told."""
    word = word_on(words, agency, setting)
    return word is not None and word.shares


def told_until(
    standing: Sequence[Agreement], agency: Agency, setting: Setting | None = None
) -> datetime | None:
    """When these agreements no longer let an agency be told, as far as they end by themselves;
    none where one of them goes on. Of an agency that they let be told now."""
    for moment in sorted({one.ends_at for one in standing if one.ends_at}):
        left = [one for one in standing if one.ends_at is None or one.ends_at > moment]
        if not is_told(sharing_in(left), agency, setting):
            return moment
    return None


def ended_of(family: Family) -> Agreement | None:
    """The agreement that ended by itself last, where none stands in its place."""
    over = Agreement.objects.filter(~standing_now(), family=family, withdrawn_at=None)
    return over.select_related("person", "form_record").order_by("-until", "-created_at").first()


def last_refusal(family: Family) -> Refusal | None:
    """The latest no, if there was one."""
    found = next(iter(_refused(family.pk)), None)
    if found is not None:
        found.family = family
    return found


@prepared
def _refused(family: Any) -> QuerySet[Refusal, Any]:
    return (
        Refusal.objects.filter(family=family)
        .select_related("person")
        .order_by("-refused_on", "-created_at")[:1]
    )
