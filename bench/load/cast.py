"""Who works while it is measured, and on what: read from the database of the simulation."""

import os
import random
from dataclasses import dataclass
from datetime import date
from pathlib import Path

PASSWORD = "early doors practice"  # noqa: S105 - told to everyone on the practice page
_FAMILIES = 40  # of one person, at most


@dataclass(frozen=True)
class Worker:
    """Somebody who signs in, with the families, plans and agreements that are theirs."""

    id: str
    username: str
    families: tuple[str, ...]
    plans: tuple[str, ...]
    episodes: tuple[str, ...]
    agreements: tuple[str, ...]


@dataclass(frozen=True)
class Cast:
    """Everybody, whom they look for, and how many people and families there are."""

    leads: tuple[Worker, ...]
    door: tuple[Worker, ...]
    sought: tuple[tuple[str, str, date], ...]
    people: int
    families: int


def set_up(folder: Path, area: str) -> None:
    """Make this process one of the product's, on the folder's database, and start that."""
    os.environ |= {"EARLYDOORS_DATA": str(folder), "EARLYDOORS_AREA": area}
    from earlydoors.config import database, preparation
    from earlydoors.config.cli.root import set_up_django

    set_up_django()
    database.ensure_running()
    preparation.migrate(lambda _: None)


def gather(clients: int) -> Cast:
    """Choose who works: leads whose number of families lies between the middle and the nineteenth
    of twenty, and whoever sits at the front door. They get the practice password."""
    from django.contrib.auth.hashers import make_password
    from django.db.models import Count

    from earlydoors.domain.episodes.models import Episode
    from earlydoors.domain.partnership.models import Member
    from earlydoors.domain.people.models import Person

    helping = Episode.objects.filter(state="helping", plan__agreed_on__isnull=False)
    leading = helping.values("lead").annotate(many=Count("pk")).order_by("many", "lead")
    ranked = [one["lead"] for one in leading.filter(lead__isnull=False)]
    first, last = len(ranked) // 2, max(len(ranked) * 19 // 20, 1)
    step = max((last - first) / clients, 0.001)
    chosen = [ranked[min(int(first + n * step), len(ranked) - 1)] for n in range(clients)]
    door = list(Member.objects.filter(memberships__kind="coordinator").order_by("pk")[:clients])
    members = {one.pk: one for one in Member.objects.filter(pk__in=chosen)}
    both = [*members.values(), *door]
    Member.objects.filter(pk__in=[m.pk for m in both]).update(password=make_password(PASSWORD))
    total = Person.objects.count()
    draw = random.Random(7)  # noqa: S311 - made up, nothing secret
    some = Person.objects.exclude(born_on=None).order_by("pk")[: min(total, 2000)]
    people = [(p.given_name, _slip(p.family_name, draw), p.born_on) for p in some if p.born_on]
    draw.shuffle(people)
    return Cast(
        tuple(_worker(members[key]) for key in chosen),
        tuple(_worker(one) for one in door),
        tuple(people[:500]),
        total,
        Episode.objects.values("family").distinct().count(),
    )


def _slip(name: str, draw: random.Random) -> str:
    """Two letters exchanged, as typing does."""
    place = draw.randrange(max(len(name) - 1, 1))
    return name[:place] + name[place : place + 2][::-1] + name[place + 2 :]


def _worker(member: "object") -> Worker:
    from earlydoors.domain.access.models import Grant
    from earlydoors.domain.consent.models import Agreement
    from earlydoors.domain.episodes.models import Episode

    held = Grant.objects.filter(member=member, ended_at=None, extent="full")
    families = held.order_by("-began_at").values_list("family", flat=True)[:_FAMILIES]
    led = Episode.objects.filter(lead=member, closed_at=None)
    agreed = Agreement.objects.filter(family__in=list(families)).order_by("pk")
    reviewed = led.filter(state="helping", plan__agreed_on__isnull=False)
    return Worker(
        str(member.pk),
        member.username,
        tuple(str(one) for one in families),
        tuple(str(one) for one in reviewed.order_by("pk").values_list("plan", flat=True)),
        tuple(str(one) for one in led.order_by("pk").values_list("pk", flat=True)),
        tuple(str(one) for one in agreed.values_list("pk", flat=True)),
    )
