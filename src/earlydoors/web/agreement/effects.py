"""What the family's word does to who sees its record, in words: before it is given, and after."""

from collections.abc import Iterable
from dataclasses import dataclass

from earlydoors.domain.access.models import Grant
from earlydoors.domain.consent.effects import Effects
from earlydoors.web.design.parts import Chip


@dataclass(frozen=True)
class Changed:
    """Who can no longer see, who can again, and whom the family lets be told now or no more."""

    losing: tuple[Chip, ...] = ()
    returning: tuple[Chip, ...] = ()
    staying: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    told_no_more: tuple[str, ...] = ()
    mark: str = ""

    @property
    def moves_somebody(self) -> bool:
        """Whether anybody's access changes."""
        return bool(self.losing or self.returning)


def changed(effects: Effects, all_open: Iterable[Grant]) -> Changed:
    """The effects in words. Someone who may see everything for another reason as well, such as
    leading, neither loses anything nor gains."""
    held = list(all_open)
    losing = {one.pk for one in effects.losing}
    returning = {one.pk for one in effects.returning}
    others = [one for one in held if one.member_id and one.pk not in losing | returning]
    seeing = {one.pk for one in held}
    # What rests because of a restriction, or of somebody whom they know, was open to nobody.
    lost = [one for one in effects.losing if one.ended_at is not None or one.pk in seeing]
    return Changed(
        losing=_people(lost, others, "still sees the summary"),
        returning=_people(effects.returning, others, "sees the summary already"),
        staying=_staying(others),
        told=effects.told,
        told_no_more=effects.told_no_more,
        mark=effects.mark,
    )


def in_a_sentence(found: Changed) -> str:
    """Who could see and cannot, and who can again, as a message says it; nothing where nobody."""
    said = []
    if found.losing:
        who = ", ".join(one.name for one in found.losing)
        said.append(f"Could see the family’s record and now cannot: {who}.")
    if found.returning:
        who = ", ".join(one.name for one in found.returning)
        said.append(f"Can see it again: {who}.")
    return " ".join(said)


def _people(
    grants: Iterable[Grant], others: Iterable[Grant], summary_says: str
) -> tuple[Chip, ...]:
    """Each person once, with where they work."""
    left = list(others)
    full = {one.member_id for one in left if one.extent == "full"}
    summary = {one.member_id for one in left if one.extent == "summary"}
    people: dict[str, Chip] = {}
    for grant in grants:
        if grant.member and grant.member_id not in full:
            held = [one for one in grant.member.memberships.all() if one.agency]
            where = str(held[0].setting or held[0].agency) if held else ""
            if grant.member_id in summary:
                where += f" ({summary_says})"
            people[str(grant.member_id)] = Chip(grant.member.name, where)
    return tuple(people.values())


def _staying(others: Iterable[Grant]) -> tuple[str, ...]:
    """Workers who can go on opening the record, each once with every reason."""
    reasons: dict[str, list[str]] = {}
    for one in others:
        if one.member and one.extent == "full" and one.because != "family_member":
            said = reasons.setdefault(one.member.name, [])
            said += [why for why in [one.get_because_display()] if why not in said]
    return tuple(f"{name}, who {' and '.join(why)}" for name, why in reasons.items())
