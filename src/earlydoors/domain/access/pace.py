"""How many families somebody opens within an hour: more than work needs is how a program takes a
whole register away with somebody's sign-in (OWASP ASVS 5.0, 2.4.1).

Each process remembers which families it has shown to whom since the hour began, so most pages ask
the database nothing for this. Every tenth family that is new to it is a question: it tells its ten
to the others, and hears how many all of them have shown. A family that is opened through several
processes counts once in each, and until they have told each other, each shows some more.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import connection

from earlydoors.domain.partnership.models import Member
from earlydoors.foundation.kernel.dates import clock
from earlydoors.foundation.kernel.refusals import TooMuch

TOLD_AT: Final = 10
"""Families that a process shows before it tells the others."""
_MEMBERS: Final = 1000  # remembered in a process at a time
_TELL = """
INSERT INTO access_pace (member, hour, families) VALUES (%s, %s, %s)
ON CONFLICT (member, hour) DO UPDATE SET families = access_pace.families + excluded.families
RETURNING families
"""


@dataclass
class _Hour:
    """What one process knows of one member's hour."""

    began: datetime
    families: set[UUID] = field(default_factory=set)
    told: int = 0
    untold: int = 0


class Tally:
    """What one process knows of everybody's hour."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._hours: dict[str, _Hour] = {}

    def must_be_open(self, member: Member, family: UUID, at: datetime) -> None:
        """Raises `TooMuch` for one family more than work needs; one shown in this hour stays."""
        with self._lock:
            known = self._of(str(member.pk), at)
            over = known.told + known.untold >= settings.FAMILIES_AN_HOUR
            if over and family not in known.families:
                raise TooMuch(_said(known.began))

    def opened(self, member: Member, family: UUID, at: datetime) -> None:
        """Count a family that was opened."""
        with self._lock:
            known = self._of(str(member.pk), at)
            if family in known.families:
                return
            known.families.add(family)
            known.untold += 1
            telling = known.untold if known.untold >= TOLD_AT else 0
            known.untold -= telling
            known.told += telling
        if telling:
            told = _tell(str(member.pk), known.began, telling)
            with self._lock:
                known.told = max(known.told, told)

    def _of(self, member: str, at: datetime) -> _Hour:
        began = at.replace(minute=0, second=0, microsecond=0)
        known = self._hours.pop(member, None)
        if known is None or known.began != began:
            known = _Hour(began)
        self._hours[member] = known
        while len(self._hours) > _MEMBERS:
            del self._hours[next(iter(self._hours))]  # who opened one longest ago
        return known


def _tell(member: str, hour: datetime, families: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_TELL, [member, hour, families])
        return int(cursor.fetchone()[0])


def _said(began: datetime) -> str:
    return (
        f"You have opened {settings.FAMILIES_AN_HOUR} families since {clock(began)}. Those you can "
        f"open again now, and others from {clock(began + timedelta(hours=1))}. If one cannot wait, "
        "ask a colleague to open it, or ring whoever leads for it."
    )


tally = Tally()
