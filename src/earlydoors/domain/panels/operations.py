"""Running a panel: agenda, gathering, attendance, deferring, deciding."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from earlydoors.domain.access.operations import end, look
from earlydoors.domain.access.queries import families_of, sees_everything
from earlydoors.domain.chronology.operations import tell
from earlydoors.domain.consent.operations import let_in
from earlydoors.domain.consent.queries import sharing_of
from earlydoors.domain.episodes.models import Episode
from earlydoors.domain.episodes.operations import change_level, give_to_agency, move
from earlydoors.domain.frontdoor import triage
from earlydoors.domain.frontdoor.models import SupportRequest
from earlydoors.domain.frontdoor.triage import Decided
from earlydoors.domain.panels.models import Brought, Item, PanelAttendance, PanelMeeting, Task
from earlydoors.domain.panels.queries import next_sitting, rules_of
from earlydoors.domain.panels.rules import ANSWERS, levels_for
from earlydoors.domain.panels.states import ITEM
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Agency, Desk, Member
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Family, Person
from earlydoors.foundation.audit.chain import record
from earlydoors.foundation.kernel.dates import day, local_day
from earlydoors.foundation.kernel.refusals import NotAllowed, UnableTo
from earlydoors.foundation.profile.current import current


def _chairs(by: Actor, panel: Desk) -> None:
    by.must(Right.CHAIR_PANEL)
    if panel.pk not in by.desk_ids:
        raise NotAllowed("You do not run this panel.")


@transaction.atomic
def add_item(
    *, panel: Desk, episode: Episode, request: SupportRequest | None, by: Actor, at: datetime
) -> Item:
    """Put a family on a panel's list; an open item is kept as it is."""
    found = episode.panel_items.filter(panel=panel).exclude(state="decided").first()
    if found is not None:
        return found
    item = Item.make(by=by, at=at, panel=panel, episode=episode, request=request)
    sitting = next_sitting(panel, local_day(at))
    if sitting is not None:
        _onto(item, sitting, by, at)
    record("item.added", subject=item, by=by, at=at, family_id=episode.family_id)
    return item


@transaction.atomic
def decide_request(
    *,
    request: SupportRequest,
    decided: Decided,
    by: Actor,
    at: datetime,
    family: Family | None = None,
    same_as: Mapping[UUID, Person] | None = None,
) -> SupportRequest:
    """Decide on a request (see `triage.decide`); one that goes to a panel joins its list."""
    fresh = triage.decide(
        request=request, decided=decided, by=by, at=at, family=family, same_as=same_as
    )
    if (
        decided.panel is not None
        and fresh.episode is not None
        and fresh.episode.state == "at_panel"
    ):
        add_item(panel=decided.panel, episode=fresh.episode, request=fresh, by=by, at=at)
    return fresh


@transaction.atomic
def plan_sitting(*, panel: Desk, on: date, by: Actor, at: datetime) -> PanelMeeting:
    """Plan a sitting: waiting items come onto its agenda, and agencies are expected."""
    _chairs(by, panel)
    if PanelMeeting.objects.filter(panel=panel, on=on).exists():
        raise UnableTo(f"This panel already sits on {day(on)}.")
    meeting = PanelMeeting.make(by=by, at=at, panel=panel, on=on)
    for agency in Agency.objects.filter(key__in=rules_of(panel).agencies):
        PanelAttendance.make(by=by, at=at, meeting=meeting, agency=agency)
    for item in panel.items.exclude(state="decided").filter(meeting=None):
        _onto(item, meeting, by, at)
    record("panel.sitting_planned", subject=meeting, by=by, at=at)
    return meeting


def _onto(item: Item, meeting: PanelMeeting, by: Actor, at: datetime) -> None:
    item.change(by=by, at=at, meeting=meeting)
    asked = item.request.agency if item.request else None
    if asked and not meeting.attendance.filter(agency=asked).exists():
        PanelAttendance.make(by=by, at=at, meeting=meeting, agency=asked)


@transaction.atomic
def gather(*, item: Item, agencies: Iterable[Agency], by: Actor, at: datetime) -> int:
    """Ask agencies what they know, before the panel meets. Returns how many are newly asked.

    Raises `UnableTo` for an agency that the family said must not be told, and once decided.
    """
    _chairs(by, item.panel)
    if item.state == "decided":
        raise UnableTo("The panel has already decided.")
    refused = kept_out(item)
    asked = 0
    for agency in agencies:
        if agency.pk in refused:
            raise UnableTo(f"The family has said not to share with {agency.name}.")
        if not item.brought.filter(agency=agency).exists():
            Brought.make(by=by, at=at, item=item, agency=agency)
            asked += 1
    record("item.gathering", subject=item, by=by, at=at, family_id=item.episode.family_id)
    return asked


def kept_out(item: Item) -> frozenset[UUID]:
    """The agencies, by id, that the family said must not be told."""
    words = sharing_of(item.episode.family)
    return frozenset(
        one.agency_id
        for one in words
        if one.agency_id is not None and one.setting_id is None and not one.shares
    )


@transaction.atomic
def bring(*, item: Item, agency: Agency, says: str, by: Actor, at: datetime) -> Brought:
    """Say what an agency knows. Its own members say it, or the chair for them."""
    if by.agency != agency:
        _chairs(by, item.panel)
    if item.state == "decided":
        raise UnableTo("The panel has already decided.")
    brought = item.brought.select_for_update().filter(agency=agency).first()
    if brought is None:
        raise NotAllowed("Your agency was not asked about this family.")
    brought.change(by=by, at=at, says=says, said_at=at, said_by=by.member)
    tell(
        "item.brought",
        f"{agency.name} told the panel what it knows.",
        family=item.episode.family,
        subject=brought,
        by=by,
        at=at,
    )
    return brought


@transaction.atomic
def hold(
    *,
    meeting: PanelMeeting,
    came: Mapping[UUID, bool],
    who: Mapping[UUID, str],
    by: Actor,
    at: datetime,
) -> PanelMeeting:
    """Record who was there, by attendance id. Absence shows."""
    _chairs(by, meeting.panel)
    if meeting.on > local_day(at):
        raise UnableTo("This sitting has not happened yet.")
    for one in meeting.attendance.all():
        one.change(by=by, at=at, came=came.get(one.pk, False), who=who.get(one.pk, ""))
    meeting.change(by=by, at=at, held=True)
    record("panel.sat", subject=meeting, by=by, at=at)
    return meeting


@transaction.atomic
def look_at(*, item: Item, by: Actor, at: datetime) -> bool:
    """Record that someone looks at a family because a panel talks about it.

    Returns whether the family's whole record is open to them: whoever is only asked what their
    agency knows sees the name, who is in the family and why they are asked.
    """
    family = item.episode.family
    if families_of(by).filter(pk=family.pk).exists():
        look(family=family, part="panel", by=by, at=at)
        return sees_everything(by, family.pk)
    details = {"part": "panel", "because": ["asked_by_panel"], "extent": "name"}
    record("family.looked", subject=family, by=by, at=at, family_id=family.pk, details=details)
    return False


def absent_requester(item: Item) -> Agency | None:
    """The agency that asked, when this panel needs it there and it did not come."""
    if item.meeting is None or item.request is None or item.request.agency is None:
        return None
    if not rules_of(item.panel).needs_requester:
        return None
    seat = item.meeting.attendance.filter(agency=item.request.agency).first()
    return item.request.agency if seat is None or not seat.came else None


@transaction.atomic
def defer(*, item: Item, why: str, by: Actor, at: datetime) -> Item:
    """Put an item off to the next sitting, with the reason.

    It joins a later sitting that is planned already, else it waits for one.
    """
    _chairs(by, item.panel)
    if not why.strip():
        raise UnableTo("Say why the talk is put off.")
    fresh = Item.objects.select_for_update(of=("self",)).get(pk=item.pk)
    state = ITEM.move("defer", fresh.state)
    fresh.change(
        by=by, at=at, state=state, deferred_why=why, deferrals=fresh.deferrals + 1, meeting=None
    )
    missed = item.meeting.on if item.meeting else local_day(at)
    sitting = next_sitting(item.panel, max(missed + timedelta(days=1), local_day(at)))
    if sitting is not None:
        _onto(fresh, sitting, by, at)
    tell(
        "item.deferred",
        f"{item.panel.name} put the talk off to its next sitting. {why}",
        family=item.episode.family,
        subject=fresh,
        by=by,
        at=at,
    )
    return fresh


@transaction.atomic
def decide(
    *,
    item: Item,
    decision: str,
    level: str,
    rationale: str,
    tasks: Sequence[tuple[Agency, str, date]],
    by: Actor,
    at: datetime,
    agency: Agency | None = None,
    worker: Member | None = None,
) -> Item:
    """Decide: `coordinated` offers an assessment (led by `worker`), `single_agency` hands to one.

    Raises `UnableTo` before the sitting was recorded, or when the agency that asked must be there
    and was not.
    """
    _chairs(by, item.panel)
    if item.meeting is None or not item.meeting.held:
        raise UnableTo("Record who was at the sitting first, then decide.")
    absent = absent_requester(item)
    if absent is not None:
        raise UnableTo(
            f"{absent.name} asked and was not there, so the full picture is missing. "
            "Put the family off to the next sitting."
        )
    profile = current()
    if decision not in ANSWERS or level not in levels_for(profile, decision):
        raise UnableTo("That decision does not serve that level. Choose another of the two.")
    if not rationale.strip():
        raise UnableTo("Say why the panel decides so.")
    if decision == "single_agency" and agency is None:
        raise UnableTo("Choose the agency that helps.")
    fresh = Item.objects.select_for_update(of=("self",)).get(pk=item.pk)
    state = ITEM.move("decide", fresh.state)
    fresh.change(
        by=by,
        at=at,
        state=state,
        decision=decision,
        rationale=rationale,
        decided_at=at,
        decided_by=by.member,
    )
    for asked, what, due_on in tasks:
        Task.make(by=by, at=at, item=fresh, agency=asked, what=what, due_on=due_on)
    episode = fresh.episode
    says = f"{item.panel.name} decided. {rationale}"
    if decision == "single_agency" and agency is not None:
        give_to_agency(episode=episode, agency=agency, member=worker, why=says, by=by, at=at)
    else:
        move(episode=episode, name="panel_offers", says=says, by=by, at=at)
        if worker is not None:
            let_in(family=episode.family, member=worker, because="team", by=by, at=at)
    change_level(episode=episode, level=level, why=rationale, by=by, at=at)
    end(grants=episode.family.grants.filter(desk=item.panel, because="panel"), by=by, at=at)
    return fresh


@transaction.atomic
def finish_task(*, task: Task, done_on: date, by: Actor, at: datetime) -> Task:
    """An agency has done what a panel asked of it; its own member says so, or the chair.

    Saying it twice changes nothing. Raises `UnableTo` for a day to come.
    """
    if by.agency != task.agency:
        _chairs(by, task.item.panel)
    fresh = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    if fresh.done_on is not None:
        return fresh
    if done_on > local_day(at):
        raise UnableTo("The day it was done cannot be later than today.")
    fresh.change(by=by, at=at, done_on=done_on)
    tell(
        "panel_task.done",
        f"{task.agency.name} did what {task.item.panel.name} asked: {fresh.what}",
        family=task.item.episode.family,
        subject=fresh,
        by=by,
        at=at,
    )
    return fresh
