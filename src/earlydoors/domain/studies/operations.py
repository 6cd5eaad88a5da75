"""Asking for a study, deciding on it, taking its tables away, and ending it.

What a study asks and what was decided are told in its own rows. Evidence holds which tables were
taken away, with how many rows and the mark of the file, and none of what stood in them.
"""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.studies.columns import BY_KEY, Fact
from earlydoors.domain.studies.models import Extract, Study, StudyKey
from earlydoors.domain.studies.queries import filled
from earlydoors.domain.studies.rules import faults, whole_months
from earlydoors.domain.studies.states import STUDY
from earlydoors.domain.studies.writing import Described, archive
from earlydoors.foundation.audit.chain import record
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.kernel.refusals import NotAllowed, UnableTo
from earlydoors.foundation.profile.schema import Profile


@dataclass(frozen=True)
class Asked:
    """What an analyst asks for: `first` and `last` are any days of the first and last month."""

    title: str
    asks: str
    helps: str
    kept_where: str
    tables: Iterable[str]
    facts: Iterable[str]
    first: date
    last: date
    ends_on: date


@transaction.atomic
def ask(*, asked: Asked, by: Actor, at: datetime) -> Study:
    """Ask for a study. Nothing can be taken away before a guardian agrees.

    Raises `NotAllowed`, and `UnableTo` where something is missing or unknown, for months to come,
    and for an end that has passed or is more than three years off.
    """
    by.must(Right.ANALYSE)
    tables, facts, today = set(asked.tables), set(asked.facts), local_day(at)
    words = (asked.title, asked.asks, asked.helps, asked.kept_where)
    if not all(one.strip() for one in words):
        raise UnableTo("Say what the study asks, whom it helps, and where its tables are kept.")
    if not tables or tables - set(BY_KEY) or facts - set(Fact):
        raise UnableTo("Choose the tables that the study needs.")
    for _, sentence in faults(asked.first, asked.last, asked.ends_on, today):
        raise UnableTo(sentence)
    since, until = whole_months(asked.first, asked.last)
    made = Study.make(
        by=by,
        at=at,
        state_since=at,
        title=asked.title.strip(),
        asks=asked.asks.strip(),
        helps=asked.helps.strip(),
        kept_where=asked.kept_where.strip(),
        tables=[one for one in BY_KEY if one in tables],
        facts=[one.value for one in Fact if one in facts],
        since=since,
        until=until,
        ends_on=asked.ends_on,
    )
    record("study.asked", subject=made, by=by, at=at, details=_what(made))
    return made


@transaction.atomic
def agree(*, study: Study, why: str, by: Actor, at: datetime) -> Study:
    """Agree to a study. From now on its tables can be taken away until its end.

    Raises `NotAllowed` for whoever is no guardian or asked for it themselves, and `UnableTo`
    without a reason or when its end has passed.
    """
    one = _to_decide(study, why, by)
    STUDY.move("agree", one.state)
    if one.ends_on <= local_day(at):
        raise UnableTo("Its end has passed meanwhile. Whoever asked has to ask anew.")
    StudyKey.objects.create(study=one, secret=secrets.token_hex(32))
    return _decided("agree", one, why, by, at)


@transaction.atomic
def refuse(*, study: Study, why: str, by: Actor, at: datetime) -> Study:
    """Do not agree to a study. Raises as `agree`."""
    return _decided("refuse", _to_decide(study, why, by), why, by, at)


@transaction.atomic
def take_back(*, study: Study, by: Actor, at: datetime) -> Study:
    """Take back a study that was not decided on yet. Raises `NotAllowed` for another's."""
    return _move("take_back", _own(study, by), by, at)


@transaction.atomic
def end(*, study: Study, says: str, by: Actor, at: datetime) -> Study:
    """End a study, by its analyst or a guardian: nothing is taken away any more, and its
    pseudonyms can be made by nobody.

    Raises `NotAllowed`, and `UnableTo` where it is not said what became of the copies.
    """
    guards = by.may(Right.INFORM)
    one = _locked(study) if guards else _own(study, by)
    if not says.strip():
        raise UnableTo("Say what became of what was taken away.")
    given = {"ended_at": at, "ended_by": by.member, "ended_says": says.strip()}
    ended = _move("stop" if guards else "end", one, by, at, **given)
    with connection.cursor() as cursor:
        cursor.execute("SELECT public.wall_forget_study(%s)", [one.pk])
    return ended


@transaction.atomic
def take_away(*, study: Study, profile: Profile, by: Actor, at: datetime) -> bytes:
    """The tables of a study as a file, without anybody's name. That they were taken is recorded.

    Raises `NotAllowed` for another's study, and `UnableTo` while it is not agreed to or after its
    end.
    """
    one = _own(study, by)
    if one.state != "agreed":
        raise UnableTo(f"It is {STUDY.by_key[one.state].says}. Nothing can be taken away.")
    if one.ends_on < local_day(at):
        raise UnableTo("Its end has passed. Say what became of what was taken away.")
    least = profile.figures.least
    tables = list(filled(one, least))
    described = Described(
        profile.name, one.title, one.asks, one.since, one.until, one.ends_on, least
    )
    made = archive(tables, described, frozenset(Fact(fact) for fact in one.facts))
    kept = Extract.make(
        by=by,
        at=at,
        study=one,
        rows={table.table.key: len(table.rows) for table in tables},
        size=len(made),
        mark=hashlib.sha256(made).hexdigest(),
    )
    record(
        "study.taken_away",
        subject=one,
        by=by,
        at=at,
        details={"rows": kept.rows, "mark": kept.mark},
    )
    return made


def _what(study: Study) -> dict[str, Any]:
    return {
        "tables": study.tables,
        "facts": study.facts,
        "since": study.since.isoformat(),
        "until": study.until.isoformat(),
        "ends_on": study.ends_on.isoformat(),
    }


def _locked(study: Study) -> Study:
    return Study.objects.select_for_update().get(pk=study.pk)


def _own(study: Study, by: Actor) -> Study:
    by.must(Right.ANALYSE)
    one = _locked(study)
    if one.created_by_id != by.member.pk:
        raise NotAllowed("Somebody else asked for this study.")
    return one


def _to_decide(study: Study, why: str, by: Actor) -> Study:
    by.must(Right.INFORM)
    one = _locked(study)
    if one.created_by_id == by.member.pk:
        raise NotAllowed("You asked for it yourself. Another information guardian decides.")
    if not why.strip():
        raise UnableTo("Write why.")
    return one


def _decided(name: str, one: Study, why: str, by: Actor, at: datetime) -> Study:
    given = {"decided_at": at, "decided_by": by.member, "decided_why": why.strip()}
    return _move(name, one, by, at, **given)


def _move(name: str, one: Study, by: Actor, at: datetime, **fields: Any) -> Study:
    state = STUDY.move(name, one.state)
    one.change(by=by, at=at, state=state, state_since=at, **fields)
    record(STUDY.by_name[name].event, subject=one, by=by, at=at, details=_what(one))
    return one
