"""What is agreed today."""

from earlydoors.domain.consent.models import Agreement, Refusal, Sharing
from earlydoors.domain.partnership.models import Agency, Setting
from earlydoors.domain.people.models import Family


def agreements_of(family: Family) -> list[Agreement]:
    """The agreements that stand, oldest first, with what they share."""
    return list(
        family.agreements.filter(withdrawn_at=None)
        .select_related("person", "created_by", "form_record__profile")
        .prefetch_related("sharings__agency", "sharings__setting")
        .order_by("agreed_on", "created_at")
    )


def sharing_of(family: Family) -> list[Sharing]:
    """The latest word on each agency or named other, over the agreements that stand.

    A no of one person outweighs another's yes.
    """
    latest: dict[tuple[object, object], Sharing] = {}
    for agreement in agreements_of(family):
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
    """Whether the family agreed that this agency is told, at this setting of it.

    A word on the setting outweighs a word on its whole agency.
    """
    words = [s for s in sharing_of(family) if s.agency_id == agency.pk]
    own = [s for s in words if setting is not None and s.setting_id == setting.pk]
    whole = [s for s in words if s.setting_id is None]
    return any(s.shares for s in own or whole)


def last_refusal(family: Family) -> Refusal | None:
    """The latest no, if there was one."""
    return family.refusals.select_related("person").order_by("refused_on", "created_at").last()
