"""Beginning a form and saving its sections. Nothing typed is ever lost or overwritten unseen."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.models import Family
from earlydoors.domain.records.models import FormRecord, SectionAnswers
from earlydoors.domain.records.queries import said_already
from earlydoors.domain.records.rules import where_asked_now
from earlydoors.foundation.audit.chain import Event, record, record_all
from earlydoors.foundation.forms.answers import Reading
from earlydoors.foundation.forms.schema import Purpose
from earlydoors.foundation.kernel.dates import clock
from earlydoors.foundation.kernel.refusals import OutOfDate
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.models import kept


@transaction.atomic
def begin(
    *, purpose: Purpose, by: Actor, at: datetime, family: Family | None = None, version: int = 0
) -> FormRecord:
    """Begin the area's form for a step: the version in use, or a named earlier one."""
    profile = current()
    form = profile.form_for(purpose)
    return FormRecord.make(
        by=by,
        at=at,
        family=family,
        profile=kept(profile, at),
        form_key=form.key,
        form_version=version or form.version,
    )


@transaction.atomic
def keep_whole(
    *,
    purpose: Purpose,
    readings: Mapping[str, Reading],
    by: Actor,
    at: datetime,
    family: Family | None = None,
) -> FormRecord:
    """Begin a short form and keep all its sections at once. `readings` are by section key."""
    form_record = begin(purpose=purpose, by=by, at=at, family=family)
    sections = SectionAnswers.make_all(
        [
            {"section_key": key, **_content(reading, finished=True)}
            for key, reading in readings.items()
        ],
        by=by,
        at=at,
        form_record=form_record,
    )
    record_all([_evidence(form_record, one) for one in sections], by=by, at=at)
    return form_record


@transaction.atomic
def save_section(
    *,
    form_record: FormRecord,
    section_key: str,
    reading: Reading,
    revision: int,
    by: Actor,
    at: datetime,
    person_id: UUID | None = None,
    finished: bool = False,
) -> SectionAnswers:
    """Keep a section as typed, also what could not be read.

    `revision` is the one the page was opened with, 0 for a section not yet begun. Raises
    `OutOfDate` with a sentence when someone has saved it since; nothing is overwritten.
    """
    found = (
        form_record.sections.select_for_update(of=("self",))
        .filter(_about(person_id), section_key=section_key)
        .select_related("changed_by")
        .first()
    )
    content = _content(reading, finished=finished)
    if found is None:
        saved = _first(form_record, section_key, person_id, content, by, at)
    elif found.revision != revision:
        if all(getattr(found, name) == value for name, value in content.items()):
            return found
        raise _out_of_date(found)
    elif all(getattr(found, name) == value for name, value in content.items()):
        return found
    else:
        saved = found.change(by=by, at=at, revision=found.revision + 1, **content)
    record_all([_evidence(form_record, saved)], by=by, at=at)
    return saved


def _content(reading: Reading, *, finished: bool) -> Mapping[str, Any]:
    """What is kept of a section as it was typed."""
    return {
        "answers": reading.answers,
        "unread": {fault.question: reading.typed[fault.question] for fault in reading.faults},
        "finished": finished and reading.sound,
    }


def _evidence(form_record: FormRecord, saved: SectionAnswers) -> Event:
    about = {
        "section": saved.section_key,
        "person": str(saved.person_id or ""),
        "revision": saved.revision,
    }
    return Event("section.saved", form_record, form_record.family_id, about)


def _first(
    form_record: FormRecord,
    section_key: str,
    person_id: UUID | None,
    content: Mapping[str, Any],
    by: Actor,
    at: datetime,
) -> SectionAnswers:
    try:
        with transaction.atomic():
            return SectionAnswers.make(
                by=by,
                at=at,
                form_record=form_record,
                section_key=section_key,
                person_id=person_id,
                **content,
            )
    except IntegrityError:
        # Two people began the same section at the same moment; the second is told.
        raise _out_of_date(
            form_record.sections.select_related("changed_by").get(
                _about(person_id), section_key=section_key
            )
        ) from None


def _about(person_id: UUID | None) -> Q:
    return Q(person__isnull=True) if person_id is None else Q(person_id=person_id)


def _out_of_date(found: SectionAnswers) -> OutOfDate:
    return OutOfDate(
        f"{found.changed_by.name} saved this section at {clock(found.changed_at)}, after you "
        "opened it. Nothing of theirs was overwritten and your words are still below: copy over "
        "what should stay, then save."
    )


@transaction.atomic
def carry_forward(*, earlier: FormRecord, later: FormRecord, by: Actor, at: datetime) -> int:
    """Copy an earlier form's answers into a new one of the same form, so that nobody tells their
    story again. Returns how many sections were copied; they are not marked finished."""
    if earlier.form_key != later.form_key:
        return 0
    now = where_asked_now(earlier.form, later.form)
    copied: dict[tuple[str, UUID | None], dict[str, Any]] = {}
    for section in earlier.sections.all():
        for key, value in section.answers.items():
            if place := now.get((section.section_key, key)):
                copied.setdefault((place, section.person_id), {})[key] = value
    for (place, person_id), answers in copied.items():
        SectionAnswers.make(
            by=by, at=at, form_record=later, section_key=place, person_id=person_id, answers=answers
        )
    if copied:
        record(
            "form.carried_forward",
            subject=later,
            by=by,
            at=at,
            family_id=later.family_id,
            details={"from": str(earlier.pk), "sections": len(copied)},
        )
    return len(copied)


@transaction.atomic
def fill_from(*, before: Sequence[FormRecord], later: FormRecord, by: Actor, at: datetime) -> int:
    """Fill a new form with what other forms, the latest first, hold for the same questions.

    Returns how many sections were begun so; they are not marked finished.
    """
    found = said_already(later.form, before)
    for key, answers in found.items():
        SectionAnswers.make(by=by, at=at, form_record=later, section_key=key, answers=answers)
    if found:
        record(
            "form.carried_forward",
            subject=later,
            by=by,
            at=at,
            family_id=later.family_id,
            details={"from": ", ".join(str(one.pk) for one in before), "sections": len(found)},
        )
    return len(found)
