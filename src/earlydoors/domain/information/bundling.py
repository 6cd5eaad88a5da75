"""Gathering everything held on somebody, and deciding of each passage whether it goes out.

Gathering crosses the wall, for the person of an open request alone. It is done some tables at a
time, so that it can go on after it was stopped. What is gathered is looked through by a person:
nothing is taken out by itself.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Final

from django.db import transaction

from earlydoors.domain.information.holdings import families_of, reaches, records_of, rows
from earlydoors.domain.information.models import Gathering, InformationRequest, Passage
from earlydoors.domain.information.operations import fresh, note
from earlydoors.domain.information.queries import ACROSS
from earlydoors.domain.information.saying import Reader
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.foundation.audit.chain import Event, record, record_all
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.wall.acting import crossing

SOME: Final = 10  # tables that are gathered and kept at once


@crossing(ACROSS)
@transaction.atomic
def begin(*, request: InformationRequest, by: Actor, at: datetime) -> Gathering:
    """Begin to gather what is held on whom a request is about.

    That it is looked through stands on the list of looks of each of their families. Raises
    `UnableTo` for a request that is not being answered, or that has a gathering already.
    """
    one = fresh(request, by)
    if one.state not in {"working", "asked_what"} or one.person is None:
        raise UnableTo("What is held is gathered while a request is being answered.")
    if one.gatherings.filter(closed_at=None).exists():
        raise UnableTo("What is held has been gathered already.")
    made = Gathering.make(by=by, at=at, request=one, tables=len(reaches()))
    said = {"part": "everything on one person", "because": ["rights"], "extent": "full"}
    families = families_of(records_of(one.person))
    record_all(
        [Event("family.looked", family, family.pk, said) for family in families], by=by, at=at
    )
    note(one, "gathering", "What is held is being gathered.", by, at)
    return made


@crossing(ACROSS)
@transaction.atomic
def gather_some(*, gathering: Gathering, by: Actor, at: datetime) -> Gathering:
    """Gather the next few tables. Nothing is done once all are, or once the request has ended."""
    by.must(Right.INFORM)
    held = Gathering.objects.select_for_update(of=("self",)).select_related("request__person")
    one = held.get(pk=gathering.pk)
    person = one.request.person
    if one.finished_at or one.closed_at or person is None or not one.request.is_open:
        return one
    every = reaches()
    records = records_of(person)
    families = [family.pk for family in families_of(records)]
    reader, first = Reader(person, records, families), one.passages.count()
    found = [
        said
        for table in every[one.done : one.done + SOME]
        for said in reader.read(rows(table, records, families))
    ]
    Passage.objects.bulk_create(
        Passage(
            gathering=one,
            position=first + n,
            table=said.table,
            row=said.row_id,
            heading=said.heading[:300],
            parts=[asdict(part) for part in said.parts],
            prompts=list(said.prompts),
        )
        for n, said in enumerate(found)
    )
    done = min(one.done + SOME, one.tables)
    finished = done >= len(every)
    one.change(by=by, at=at, done=done, finished_at=at if finished else None)
    if finished:
        count = one.passages.count()
        note(one.request, "gathered", "What is held was gathered.", by, at, passages=count)
    return one


@transaction.atomic
def decide(
    *,
    passage: Passage,
    hides: str,
    by: Actor,
    at: datetime,
    words: Sequence[str] = (),
    reason: str = "",
    says: str = "",
) -> Passage:
    """Say whether a passage goes out as it is, without some words, or not at all.

    Raises `UnableTo` without a reason for what is taken out, for words that do not stand in it, and
    once the request has ended.
    """
    by.must(Right.INFORM)
    one = Passage.objects.select_for_update(of=("self",)).select_related("gathering__request").get(
        pk=passage.pk
    )  # fmt: skip
    if not one.gathering.request.is_open:
        raise UnableTo("This request has ended.")
    wanted = [word for word in dict.fromkeys(w.strip() for w in words) if word]
    if hides != "nothing" and not reason:
        raise UnableTo("Say why it is taken out.")
    if reason == "other" and hides != "nothing" and not says.strip():
        raise UnableTo("Write the reason.")
    if hides == "words" and not wanted:
        raise UnableTo("Write the words to take out.")
    text = "\n".join(part["says"] for part in one.parts).casefold()
    for word in wanted if hides == "words" else ():
        if word.casefold() not in text:
            raise UnableTo(f"“{word}” does not stand in this passage. Copy the words from it.")
    one.hides = hides
    one.words = wanted if hides == "words" else []
    one.reason = "" if hides == "nothing" else reason
    one.reason_says = says.strip()
    one.decided_at, one.decided_by = at, by.member
    one.save()
    record(
        "information.passage_decided",
        subject=one.gathering.request,
        by=by,
        at=at,
        details={"passage": one.position, "hides": hides, "reason": one.reason},
    )
    return one
