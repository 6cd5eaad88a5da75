"""What an agreement says beside with whom: whose information, what of it, who was asked, how."""

from collections.abc import Iterable
from dataclasses import dataclass

from earlydoors.domain.consent.models import HELPED_BY, JUDGED, Agreement, Heard
from earlydoors.domain.people.queries import members_of
from earlydoors.foundation.profile.information import SharedPart
from earlydoors.web.design.parts import Row


@dataclass(frozen=True)
class Terms:
    """The terms in words. `heard` and `unsaid` are for the worker alone: why somebody was not asked
    can put them at risk."""

    covers: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    parts_not: tuple[str, ...] = ()
    to_ask: tuple[str, ...] = ()
    explained: str = ""
    heard: tuple[Row, ...] = ()
    unsaid: tuple[str, ...] = ()


def to_ask(parts: Iterable[SharedPart]) -> Terms:
    """The terms of a paper that is still to be filled in."""
    return Terms(to_ask=tuple(one.says for one in parts))


def terms_of(agreement: Agreement) -> Terms:
    """The terms of one agreement, in the words of the profile that its form was begun with."""
    parts = agreement.form_record.profile.profile.information.parts
    heard = list(agreement.heard.all())
    spoken_of = {agreement.person_id, *(one.person_id for one in heard)}
    return Terms(
        covers=tuple(sorted(one.person.full_name for one in agreement.covers.all())),
        parts=tuple(one.says for one in parts if one.key in agreement.parts),
        parts_not=tuple(one.says for one in parts if one.key not in agreement.parts)
        if agreement.parts
        else (),
        explained=_explained(agreement),
        heard=tuple(_row(one) for one in heard),
        unsaid=tuple(
            one.person.full_name
            for one in members_of(agreement.family)
            if one.parental_responsibility and one.person_id not in spoken_of
        ),
    )


def not_passed_on(standing: Iterable[Agreement]) -> tuple[str, ...]:
    """The parts that somebody who agreed left out: a no of one outweighs another's yes."""
    left_out = (
        part.says
        for one in standing
        if one.parts
        for part in one.form_record.profile.profile.information.parts
        if part.key not in one.parts
    )
    return tuple(dict.fromkeys(left_out))


def _explained(agreement: Agreement) -> str:
    says = dict(HELPED_BY)
    found = [says[key].lower() for key in agreement.helped_by if key in says]
    how = agreement.get_told_how_display()
    if found:
        how += f", with {', '.join(found)}"
    return f"{how} (in {agreement.language})" if agreement.language else how


def _row(one: Heard) -> Row:
    lines = [one.get_said_display()]
    if one.why_not:
        lines[0] += f": {one.why_not}"
    if one.judged:
        lines.append(f"{dict(JUDGED)[one.judged]}. How that was judged: {one.judged_how}")
    return Row(one.person.full_name, tuple(lines))
