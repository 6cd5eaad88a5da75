"""Schools of the national register as settings of the partnership: new, changed, closed."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from earlydoors.domain.imports.models import Import, Row
from earlydoors.domain.partnership.models import Agency, Setting
from earlydoors.foundation.audit.chain import Event
from earlydoors.foundation.kernel.text import folded

FIELDS = {
    "name": "name",
    "laestab": "laestab",
    "ukprn": "ukprn",
    "type": "kind_says",
    "phase": "phase",
    "authority": "authority",
    "postcode": "postcode",
    "phone": "phone",
}
"""What of a row becomes which field of a setting."""
_SAYS = {
    "urn": "URN", "name": "Name", "laestab": "LAESTAB", "ukprn": "UKPRN", "kind_says": "Type",
    "phase": "Phase", "authority": "Local authority", "postcode": "Postcode", "phone": "Telephone",
    "address": "Address", "opened_on": "Opened on", "closed_on": "Closed on",
    "current": "Open or closed",
}  # fmt: skip
_LONGEST = {one.name: one.max_length for one in Setting._meta.concrete_fields}
_ADDRESS = ("street", "locality", "address3", "town", "county")


def said(key: str) -> str:
    """A field of a setting in words."""
    return _SAYS.get(key, key)


def fields_of(values: Mapping[str, str]) -> dict[str, Any]:
    """What a row says of a school, as fields of a setting; texts cut to what a field takes."""
    made: dict[str, Any] = {"urn": values["urn"]}
    for key, name in FIELDS.items():
        if key in values:
            made[name] = values[key][: _LONGEST[name]]
    parts = [values[key] for key in _ADDRESS if key in values]
    if parts:
        made["address"] = ", ".join(dict.fromkeys(parts))[:300]
    for key in ("opened_on", "closed_on"):
        if key in values:
            made[key] = date.fromisoformat(values[key])
    made["current"] = not is_closed(values)
    if made["current"]:
        made["closed_on"] = None
    return made


def is_closed(values: Mapping[str, str]) -> bool:
    """Whether the register says that the school is closed; proposed to close is still open."""
    return folded(values.get("status", "")) == "closed"


def is_open(values: Mapping[str, str]) -> bool:
    """Whether it takes children now: open, also when it is proposed to close."""
    return folded(values.get("status", "")).startswith("open")


def check(file: Import, batch: Sequence[Row]) -> None:
    """Say of each row whether the school is new, changed, closed, the same or not wanted."""
    authorities = set(file.choices.get("authorities", ()))
    phases = set(file.choices.get("phases", ()))
    known, named = _known(batch)
    for row in batch:
        values = row.values
        wanted = (not authorities or values.get("authority", "") in authorities) and (
            not phases or values.get("phase", "") in phases
        )
        # A fault in a school of another county is nobody's concern here.
        if not wanted:
            row.verdict, row.problems = "aside", []
        elif row.problems:
            row.verdict = "problem"
        else:
            _judge(row, known.get(values["urn"]) or named.get(folded(values["name"])))


def _known(batch: Sequence[Row]) -> tuple[dict[str, Setting], dict[str, Setting]]:
    urns = [row.values["urn"] for row in batch if "urn" in row.values]
    known = {one.urn: one for one in Setting.objects.filter(urn__in=urns)}
    # The profile names schools without their number: the same name, once, is the same school.
    named: dict[str, Setting] = {}
    twice = set()
    for one in Setting.objects.filter(urn="", current=True):
        name = folded(one.name)
        twice |= {name} & set(named)
        named[name] = one
    return known, {name: one for name, one in named.items() if name not in twice}


def _judge(row: Row, setting: Setting | None) -> None:
    if setting is None:
        row.verdict = "new" if is_open(row.values) else "aside"
        return
    changed = changes(row.values, setting)
    row.person_id = setting.pk
    row.changes = [said(name) for name in changed]
    row.verdict = "same"
    if changed:
        row.verdict = "closes" if is_closed(row.values) and setting.current else "changes"


def changes(values: Mapping[str, str], setting: Setting) -> dict[str, Any]:
    """The fields of a setting that the register says otherwise."""
    wanted = fields_of(values)
    if setting.urn == "":
        # The name that the area's profile gives stays: its people know it by that name.
        wanted.pop("name", None)
    return {name: value for name, value in wanted.items() if getattr(setting, name) != value}


def load(file: Import, batch: Sequence[Row]) -> list[Event]:
    """Bring the schools of these rows into line with the register. Returns what to record."""
    agency = Agency.objects.get(pk=file.choices["agency"])
    known, named = _known(batch)
    events = []
    for row in batch:
        row.outcome = "nothing"
        setting = known.get(row.values["urn"]) or named.get(folded(row.values["name"]))
        if setting is None:
            if not is_open(row.values):
                continue
            key = f"{Setting.BROUGHT_IN}{row.values['urn']}"
            setting = Setting(id=uuid4(), key=key, agency=agency, **fields_of(row.values))
            setting.save(force_insert=True)
            was, now = None, fields_of(row.values)
        else:
            now = changes(row.values, setting)
            if not now:
                continue
            was = {name: getattr(setting, name) for name in now}
            for name, value in now.items():
                setattr(setting, name, value)
            setting.save(update_fields=list(now))
        row.person_id, row.outcome = setting.pk, "loaded"
        row.wrote = [{"of": "partnership.setting", "id": str(setting.pk), "was": was, "now": now}]
        details = {"import": str(file.pk), "changed": sorted(now)}
        events.append(Event("setting.brought_in", setting, details=details))
    return events
