"""What something was before it was changed: read from the versions that the database keeps."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import models

from earlydoors.domain.partnership.models import Member
from earlydoors.domain.partnership.recorded import Recorded
from earlydoors.domain.people.rules import CODED
from earlydoors.foundation.codes.reading import code_list
from earlydoors.foundation.history.models import versions_of
from earlydoors.foundation.kernel.dates import day
from earlydoors.web.families.pages import Earlier

_YES_NO = {True: "Yes", False: "No", None: "Not known"}


def earlier_versions(row: Recorded, labels: Mapping[str, str]) -> tuple[Earlier, ...]:
    """Each change of the named fields, latest first: what it was, until when, who changed it.

    A version ends when the next one is made, so whoever made the next one changed it.
    """
    versions = [one.row for one in versions_of(row)]
    if not versions:
        return ()
    now = {name: _plain(getattr(row, _column(row, name))) for name in labels}
    now |= {"changed_at": row.changed_at.isoformat(), "changed_by_id": str(row.changed_by_id)}
    names = {
        str(member.pk): member.name
        for member in Member.objects.filter(
            pk__in={one["changed_by_id"] for one in (*versions, now)}
        )
    }
    found = []
    for before, after in zip(versions, [*versions[1:], now], strict=True):
        for name, label in labels.items():
            column = _column(row, name)
            was, became = before.get(column), after.get(column, after.get(name))
            if was == became:
                continue
            found.append(
                Earlier(
                    what=label,
                    was=_said(row, name, was),
                    until=datetime.fromisoformat(after["changed_at"]),
                    by=names.get(str(after["changed_by_id"]), ""),
                )
            )
    return tuple(reversed(found))


def in_words(fact: str, value: Any) -> str:
    """A fact that is a code, or several, as the list of its codes puts it."""
    codes = code_list(CODED[fact])
    given = [value] if isinstance(value, str) else value or []
    return "; ".join(codes.says(code) for code in given if code)


def _column(row: models.Model, name: str) -> str:
    field = row._meta.get_field(name)
    return field.attname if isinstance(field, models.Field) else name


def _plain(value: Any) -> Any:
    """A value as JSON holds it."""
    return value.isoformat() if isinstance(value, date) else value


def _said(row: models.Model, name: str, value: Any) -> str:
    if name in CODED:
        return in_words(name, value) or "not known"
    field = row._meta.get_field(name)
    if isinstance(field, models.BooleanField):
        return _YES_NO[value]
    if isinstance(field, models.DateField) and value:
        return day(date.fromisoformat(value))
    choices = dict(field.flatchoices) if isinstance(field, models.CharField) else {}
    return str(choices.get(value, value or "not known"))
