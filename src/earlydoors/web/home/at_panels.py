"""What panels need of someone: what their agency knows, a task, a list to work through."""

from collections import Counter
from collections.abc import Iterator

from earlydoors.domain.panels.models import Item, Task
from earlydoors.domain.panels.queries import asked_of, panels_for, tasks_for
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.words import count
from earlydoors.web.home.rules import Matter
from earlydoors.web.home.there import There

MOST = 50


def matters(actor: Actor, there: There) -> Iterator[Matter]:
    """What the actor's agency is asked and has promised, and the panels the actor runs."""
    if not actor.may(Right.SEE_FAMILIES):
        return
    for item in asked_of(actor)[:MOST] if there.asked_by_panel else ():
        yield Matter(
            "asked_by_panel",
            reverse("panels:item", args=[item.pk]),
            told=(
                ("panel", item.panel.name),
                ("agency", str(actor.agency or "")),
                ("family", str(item.episode.family)),
            ),
            due_on=item.meeting.on if item.meeting else None,
        )
    tasks = tasks_for(actor) if there.panel_tasks else Task.objects.none()
    for task in tasks.filter(agency=actor.agency, done_on=None)[:MOST]:
        yield Matter(
            "panel_task",
            reverse("panels:item", args=[task.item_id]),
            told=(("about", task.what), ("panel", task.item.panel.name)),
            due_on=task.due_on,
            detail=str(task.item.episode.family),
        )
    if actor.may(Right.CHAIR_PANEL):
        yield from _lists(actor)


def _lists(actor: Actor) -> Iterator[Matter]:
    open_items = Item.objects.filter(panel__in=actor.desk_ids).exclude(state="decided")
    waiting = Counter(open_items.values_list("panel", flat=True))
    for panel in panels_for(actor):
        if waiting[panel.pk]:
            many = count(waiting[panel.pk], "family waits", "families wait")
            yield Matter(
                "panel_waits",
                reverse("panels:panel", args=[panel.pk]),
                told=(("about", many), ("panel", panel.name)),
            )
