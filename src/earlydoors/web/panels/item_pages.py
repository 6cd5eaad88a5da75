"""What the page of one item shows: a family that a panel talks about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from earlydoors.domain.panels.models import Brought, Item, Task
from earlydoors.domain.panels.operations import absent_requester
from earlydoors.domain.panels.queries import rules_of
from earlydoors.domain.people.models import FamilyMember
from earlydoors.domain.people.rules import age_in_words
from earlydoors.foundation.kernel.dates import day, local_day, moment
from earlydoors.foundation.profile.schema import Profile
from earlydoors.web.design import strip
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.parts import Chip, Row, WorkRow
from earlydoors.web.panels.pages import task_row

type Form = Sequence[tuple[str, tuple[Row, ...]]]


@dataclass(frozen=True)
class BroughtCard:
    """What one agency was asked and said."""

    agency: str
    says: str
    by: str
    href: str
    may_add: bool


@dataclass(frozen=True)
class ItemPage:
    """An item as the panel sees it."""

    id: UUID
    family: str
    family_href: str
    harm_href: str
    panel: str
    panel_href: str
    sitting: str
    sitting_href: str
    people: tuple[Chip, ...]
    facts: tuple[Row, ...]
    request: Form
    request_withheld: bool
    brought: tuple[BroughtCard, ...]
    tasks: tuple[WorkRow, ...]
    decision: tuple[Row, ...]
    absent: str
    open: bool
    to_hold: str
    sat: bool
    plan_href: str
    may_run: bool


@dataclass(frozen=True)
class BringPage:
    """An item as a member of an asked agency sees it: the name, who is in it, why asked."""

    family: str
    panel: str
    does: str
    sitting: str
    why: str
    agency: str
    people: tuple[Chip, ...]
    said_before: str
    back_href: str
    back_text: str


@dataclass(frozen=True)
class FormPage:
    """A short form about an item; `tab` is what the browser calls it where its title is somebody's
    words."""

    title: str
    caption: str
    lead: str
    button: str
    back_href: str
    back_text: str
    levels: strip.Strip | None = None
    tab: str = ""


def people_chips(members: Iterable[FamilyMember], today: date) -> tuple[Chip, ...]:
    """Who is in the family: name, age, how they belong. Never where they live or go."""
    return tuple(
        Chip(
            one.person.full_name,
            ", ".join(
                part
                for part in (
                    age_in_words(one.person.born_on, one.person.due_on, today),
                    one.relation_says or one.get_relation_display().lower(),
                )
                if part
            ),
        )
        for one in members
    )


def item_page(
    item: Item,
    *,
    members: Iterable[FamilyMember],
    brought: Iterable[Brought],
    tasks: Iterable[Task],
    request: Form | None,
    may_run: bool,
    own_agency: UUID | None,
    today: date,
) -> ItemPage:
    """The page of an item. `request` is none where the family's record is closed to the reader."""
    is_open = item.state != "decided"
    absent = absent_requester(item) if is_open and item.meeting and item.meeting.held else None
    return ItemPage(
        id=item.pk,
        family=f"The {item.episode.family}",
        family_href=reverse("families:family", args=[item.episode.family_id]),
        harm_href=reverse("families:harm", args=[item.episode.family_id]),
        panel=item.panel.name,
        panel_href=reverse("panels:panel", args=[item.panel_id]),
        sitting=day(item.meeting.on) if item.meeting else "",
        sitting_href=reverse("panels:sitting", args=[item.meeting_id]) if item.meeting else "",
        people=people_chips(members, today),
        facts=_facts(item),
        request=request or (),
        request_withheld=request is None,
        brought=tuple(
            _card(one, may_run=may_run and is_open, own=own_agency)
            for one in sorted(brought, key=lambda b: b.said_at is None)
        ),
        tasks=tuple(task_row(one, today) for one in tasks),
        decision=() if is_open else _decision(item),
        absent=absent.name if absent else "",
        open=is_open,
        to_hold=reverse("panels:attendance", args=[item.meeting_id])
        if item.meeting and not item.meeting.held and item.meeting.on <= today
        else "",
        plan_href=reverse("panels:plan", args=[item.panel_id]),
        sat=item.meeting is not None and item.meeting.held,
        may_run=may_run,
    )


def _facts(item: Item) -> tuple[Row, ...]:
    rows = [Row("Waiting since", day(local_day(item.created_at)))]
    if item.request is not None:
        who = item.request.setting or item.request.agency
        if who is not None:
            sent = f" on {day(local_day(item.request.sent_at))}" if item.request.sent_at else ""
            rows.append(Row("Asked by", f"{who}{sent}"))
        if item.request.rationale:
            rows.append(Row("Why it came here", item.request.rationale))
    if item.deferrals:
        times = "Once" if item.deferrals == 1 else f"{item.deferrals} times"
        rows.append(Row("Put off", f"{times}. {item.deferred_why}"))
    return tuple(rows)


def _decision(item: Item) -> tuple[Row, ...]:
    answers = {
        "coordinated": "Several agencies help together",
        "single_agency": "One agency helps",
    }
    decided = f"{moment(item.decided_at)}" if item.decided_at else ""
    return (
        Row("The panel decided", answers.get(item.decision, item.decision)),
        Row("Why", item.rationale),
        Row("When", f"{decided}, written down by {item.decided_by}"),
    )


def _card(one: Brought, *, may_run: bool, own: UUID | None) -> BroughtCard:
    by = f"{one.said_by.name}, {moment(one.said_at)}" if one.said_by and one.said_at else ""
    return BroughtCard(
        one.agency.name,
        one.says,
        by,
        reverse("panels:bring", args=[one.item_id, one.agency_id]),
        may_run or (own == one.agency_id and one.item.state != "decided"),
    )


def bring_page(
    item: Item, brought: Brought, members: Iterable[FamilyMember], today: date, *, sits: bool
) -> BringPage:
    """The page on which an agency says what it knows."""
    asker = item.request.agency if item.request else None
    why = f"{item.panel.name} talks about this family, so that help can be joined up."
    if asker is not None:
        why = f"{asker.name} asked for help for this family. {item.panel.name} will talk about it."
    back = ("panels:item", [item.pk], f"The {item.episode.family}") if sits else None
    return BringPage(
        family=f"The {item.episode.family}",
        panel=item.panel.name,
        does=rules_of(item.panel).does,
        sitting=day(item.meeting.on) if item.meeting else "",
        why=why,
        agency=brought.agency.name,
        people=people_chips(members, today),
        said_before=f"Last changed by {brought.said_by.name}, {moment(brought.said_at)}."
        if brought.said_by and brought.said_at
        else "",
        back_href=reverse(back[0], args=back[1]) if back else reverse("panels:list"),
        back_text=back[2] if back else "Panels",
    )


def levels_strip(profile: Profile, today: date) -> strip.Strip:
    """The area's levels with their descriptors, to decide beside."""
    drawn = []
    for level in profile.levels:
        groups: dict[str, list[str]] = {}
        for one in level.descriptors:
            groups.setdefault(one.area, []).append(one.says)
        drawn.append(
            strip.Level(level.key, level.name, level.short, level.means, tuple(groups.items()))
        )
    return strip.strip(levels=drawn, path=[], today=today)
