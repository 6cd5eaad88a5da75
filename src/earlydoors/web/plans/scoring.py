"""Scores by area of life: one small list of numbers for each view, as one table.

A list for each view of each area keeps nine areas and four views on one screen, works on a phone
and without a script, and says what the score was last time beside the new one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from earlydoors.domain.episodes.models import Episode
from earlydoors.domain.people.models import FamilyMember, Person
from earlydoors.domain.people.queries import members_of
from earlydoors.domain.people.rules import is_child
from earlydoors.domain.plan.queries import points_of
from earlydoors.domain.plan.reviews import Scored
from earlydoors.domain.plan.rules import Point
from earlydoors.foundation.forms.answers import Choices
from earlydoors.foundation.forms.schema import Kind, Option, Question
from earlydoors.foundation.kernel.dates import age_on
from earlydoors.foundation.profile.schema import Profile
from earlydoors.web.design.questions import Field
from earlydoors.web.design.request import PageRequest
from earlydoors.web.plans.questions import TOGETHER, option
from earlydoors.web.sections.own import Own

OLD_ENOUGH = 4  # years; a younger child is not asked to point at a number


@dataclass(frozen=True)
class View:
    """Whose view a column holds."""

    key: str
    title: str
    person: Person | None = None

    @property
    def prefix(self) -> str:
        """What the names of its fields begin with."""
        return f"score.{self.key}.{self.person.pk}." if self.person else f"score.{self.key}."


@dataclass(frozen=True)
class Cell:
    """One score: its field, what it is called aloud, and what it was last time."""

    field: Field
    view: str
    label: str
    before: str


@dataclass(frozen=True)
class Line:
    """One area of life with a cell for each view."""

    area: str
    prompt: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Grid:
    """The table of scores as drawn, with what the numbers mean."""

    asks: str
    speaks: tuple[Field, ...]
    anchors: tuple[tuple[int, str], ...]
    columns: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """All its fields, for the error summary."""
        cells = (cell.field for line in self.lines for cell in line.cells)
        return (*self.speaks, *cells)


class Scores:
    """The scores of one day, asked for on a page, and who spoke for the family.

    Parents who live apart each have a line of their own over time: what one of them says is never
    shown as having moved what the other said. `starts` fill the table before anything is typed.
    """

    def __init__(
        self, request: PageRequest, episode: Episode, starts: Sequence[Point] = ()
    ) -> None:
        profile = episode.profile.profile
        self._profile = profile
        self._points = points_of(episode)
        members = members_of(episode.family)
        self._views = _views(members, request.today)
        self._adults = {
            str(one.person_id): one.person
            for one in members
            if not is_child(one.person.born_on, one.person.due_on, one.relation, request.today)
        }
        self._speaks = Own(
            request,
            (_who_speaks([option(key, who.full_name) for key, who in self._adults.items()]),),
            prefix="score.",
            initial={"speaks": self._spoke_last()},
        )
        asked = tuple(_question(area.key, area.name) for area in profile.areas_of_life)
        choices = Choices(scale=profile.scale_steps)
        self._own = [
            Own(
                request,
                asked,
                choices,
                prefix=view.prefix,
                initial={one.area: one.value for one in starts if one.view == view.key},
            )
            for view in self._views
        ]

    @property
    def sound(self) -> bool:
        """Whether every score given could be read."""
        return self._speaks.sound and all(own.sound for own in self._own)

    @property
    def given(self) -> list[Scored]:
        """The scores given."""
        speaker = self._adults.get(self._speaks.answers.get("speaks", ""))
        return [
            Scored(
                area=area,
                view=view.key,
                value=value,
                person=speaker if view.key == "family" else view.person,
            )
            for view, own in zip(self._views, self._own, strict=True)
            for area, value in own.answers.items()
        ]

    def _spoke_last(self) -> str:
        """Who spoke for the family last time, if it was one of its adults."""
        spoken = [point.who for point in self._points if point.view == "family"]
        last = spoken[-1] if spoken else ""
        return next((key for key, who in self._adults.items() if who.called == last), TOGETHER)

    def refuse(self, sentence: str) -> None:
        """Show a fault at the first field."""
        self._own[0].refuse(self._profile.areas_of_life[0].key, sentence)

    @property
    def grid(self) -> Grid:
        """The table, ready to be drawn."""
        before = _latest(self._points)
        columns = [own.fields for own in self._own]
        lines = []
        for n, area in enumerate(self._profile.areas_of_life):
            cells = []
            for view, fields in zip(self._views, columns, strict=True):
                cells.append(
                    Cell(
                        field=fields[n],
                        view=view.title,
                        label=f"{area.name}: {view.title}",
                        before=_before(before, area.key, view),
                    )
                )
            lines.append(Line(area.name, area.prompt, tuple(cells)))
        scale = self._profile.scale
        return Grid(
            asks=scale.asks,
            speaks=self._speaks.fields,
            anchors=tuple((anchor.at, anchor.says) for anchor in scale.anchors),
            columns=tuple(view.title for view in self._views),
            lines=tuple(lines),
        )


def _question(key: str, name: str) -> Question:
    return Question(key=key, kind=Kind.SCALE, asks=name)


def _who_speaks(adults: Sequence[Option]) -> Question:
    return Question(
        key="speaks",
        kind=Kind.CHOICE,
        asks="Who speaks for the family in these scores?",
        options=(*adults, option(TOGETHER, "The family together")),
        required=True,
    )


def _before(latest: dict[tuple[str, str, str], int], area: str, view: View) -> str:
    """What was said last time: by this child, by the team, or by each who spoke for the family."""
    if view.key != "family":
        last = latest.get((area, view.key, view.person.called if view.person else ""))
        return f"was {last}" if last is not None else ""
    said = [
        f"{who} said {value}" if who else f"was {value}"
        for (of, key, who), value in latest.items()
        if of == area and key == "family"
    ]
    return "; ".join(said)


def _views(members: Sequence[FamilyMember], today: date) -> list[View]:
    children = [
        one.person
        for one in members
        if is_child(one.person.born_on, one.person.due_on, one.relation, today)
        and _can_be_asked(one.person, today)
    ]
    return [
        View("family", "Family"),
        *(View("child", child.called, child) for child in children),
        View("worker", "Practitioner"),
    ]


def _can_be_asked(child: Person, today: date) -> bool:
    if child.born_on is None:
        return child.due_on is None
    return age_on(child.born_on, today) >= OLD_ENOUGH


def _latest(points: Sequence[Point]) -> dict[tuple[str, str, str], int]:
    return {(p.area, p.view, p.who): p.value for p in sorted(points, key=lambda p: p.on)}


def ends(profile: Profile) -> tuple[str, str]:
    """What the two ends of the area's scale mean."""
    anchors = profile.scale.anchors
    return anchors[0].says, anchors[-1].says
