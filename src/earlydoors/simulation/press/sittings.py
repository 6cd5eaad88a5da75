"""When each panel of a simulated partnership sits, who chairs it, and which agencies come.

A panel sits in its own rhythm (`every_days` of the profile): one of a week or longer on Wednesdays,
since the stories' sitting falls on one; a shorter one on those of its days that are working days.
What is on a bank holiday comes a week later. The sitting after the next is always planned.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import sqrt
from random import Random
from typing import Final, NamedTuple
from zlib import crc32

from earlydoors.foundation.kernel.working_days import bank_holidays, is_working_day
from earlydoors.simulation.press.at_panels import ASKED_ON, PUT_OFF, SITS, SITS_AGAIN
from earlydoors.simulation.press.drawn import FIRST_DAY, Drawn, Panel, Sitting, as_uuid, open_day

_WEEK, _WEDNESDAY = 7, 2
_AHEAD: Final = 2  # so many sittings are planned
_FURTHER: Final = 150  # days: how far beyond the last day a story may still have to wait


class Seat(NamedTuple):
    """An agency at a sitting, and who came for it: nobody where it did not come."""

    id: str
    agency: str
    who: str


@dataclass
class Calendar:
    """The sittings of an area's panels from one day until after another.

    `absent` is the share of the seats that stay empty.
    """

    seed: int
    panels: Sequence[Panel]
    begin: date
    until: date
    absent: float
    _known: dict[str, list[Sitting]] = field(default_factory=dict)

    def of(self, panel: Panel) -> Sequence[Sitting]:
        """The sittings of a panel, in order."""
        if panel.key not in self._known:
            last = self.until + timedelta(days=_FURTHER + 3 * panel.every_days)
            days = sorted(set(_days(panel, self.begin, last)))
            self._known[panel.key] = [
                Sitting(
                    panel,
                    number,
                    as_uuid(self._bits(panel, on, "sitting")),
                    on,
                    days[number - _AHEAD] if number >= _AHEAD else open_day(self.begin),
                )
                for number, on in enumerate(days)
            ]
        return self._known[panel.key]

    def after(self, panel: Panel, on: date) -> Sequence[Sitting]:
        """The two sittings of a panel that follow a day; fewer where there are none any more."""
        found = self.of(panel)
        first = bisect_left(found, on + timedelta(days=1), key=lambda one: one.on)
        return found[first : first + 2]

    def let_wait(self, drawn: Drawn, path: str, panel: Panel, *, may_put_off: bool) -> bool:
        """Let a family's story wait for the panel's next sitting, and for the one after where
        whoever asked does not come to it. Returns whether it can, from the day it begins on."""
        drawn.wait(())
        drawn.path, drawn.sittings = path, ()
        asked_on = drawn.deed_day(FIRST_DAY + timedelta(days=ASKED_ON))
        following = self.after(panel, asked_on)
        if not following:
            return False
        weeks, left = divmod((following[0].on - asked_on).days, _WEEK)
        if left != SITS - ASKED_ON:
            return False
        drawn.sittings = following[:1]
        drawn.wait(((ASKED_ON, weeks),))
        if self.came(following[0], drawn.workers["asks"].agency_id):
            return True
        if not may_put_off or len(following) == 1:
            return False
        drawn.path, drawn.sittings = PUT_OFF, following
        again = drawn.deed_day(FIRST_DAY + timedelta(days=SITS_AGAIN))
        weeks, left = divmod((following[1].on - again).days, _WEEK)
        # Less than nothing where it would have paused for longer: all that is between the two.
        drawn.wait((*drawn.waits, (SITS, weeks)))
        return left == 0

    def seats(self, sitting: Sitting) -> Iterator[Seat]:
        """The seats of a sitting, and who came."""
        for agency, who in sitting.panel.seats:
            own = as_uuid(self._bits(sitting.panel, sitting.on, agency))
            yield Seat(own, agency, who if self.came(sitting, agency) else "")

    def came(self, sitting: Sitting, agency: str) -> bool:
        """Whether an agency came: never absent twice in a row, nor from a panel of every day."""
        panel, number = sitting.panel, sitting.number
        if panel.every_days < _WEEK:
            return True
        return not (self._misses(panel, number, agency) > self._misses(panel, number - 1, agency))

    def _misses(self, panel: Panel, number: int, agency: str) -> bool:
        # So often that, with those taken off which would follow one another, the share comes out.
        often = (1 - sqrt(1 - 4 * min(self.absent, 0.25))) / 2
        draw = Random(f"{self.seed} {panel.key} {agency} {number}")  # noqa: S311 - nothing secret
        return draw.random() < often

    def _bits(self, panel: Panel, on: date, what: str) -> int:
        draw = Random(f"{self.seed} {panel.key} {on} {what}")  # noqa: S311 - nothing secret
        return draw.getrandbits(128)


def _days(panel: Panel, begin: date, last: date) -> Iterator[date]:
    """The days on which a panel sits."""
    if panel.every_days < _WEEK:
        for number in range(((last - begin).days // panel.every_days) + 1):
            on = begin + timedelta(days=number * panel.every_days)
            if is_working_day(on):
                yield on
        return
    # Not all in the same week.
    later = crc32(panel.key.encode()) % (panel.every_days // _WEEK) * _WEEK
    on = begin + timedelta(days=later)
    while on <= last:
        sits = on + timedelta(days=(_WEDNESDAY - on.weekday()) % _WEEK)
        while sits in bank_holidays():
            sits += timedelta(days=_WEEK)
        yield sits
        on += timedelta(days=panel.every_days)
