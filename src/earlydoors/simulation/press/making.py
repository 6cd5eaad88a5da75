"""Making a plate of what a play wrote."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import models

from earlydoors.foundation.forms.schema import Kind
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.profile.clocks import due
from earlydoors.foundation.profile.schema import ClockKey, Profile
from earlydoors.simulation.press.capture import NEVER, Row, Written, columns_of, tables
from earlydoors.simulation.press.insets import Opening
from earlydoors.simulation.press.marks import Hole, Marks
from earlydoors.simulation.press.plate import SIGNED, Event, Kept, Plate, Spot, Template, Writer

# Columns that hold the last day of a step, and the clock of the area that says it.
_DUE: Final = {
    ("frontdoor_supportrequest", "due_on"): ClockKey.TRIAGE,
    ("frontdoor_conversation", "due_on"): ClockKey.ADVICE,
    ("assessment_assessment", "due_on"): ClockKey.ASSESSMENT,
    ("plan_plan", "due_on"): ClockKey.PLAN,
    ("plan_plan", "next_review_on"): ClockKey.REVIEW,
    ("plan_closing", "check_due_on"): ClockKey.AFTER_CLOSING,
}
# Columns that hold a fact of one person of the family, which is each family's own.
_FACTS: Final = {
    "people_person": ("sex", "ethnicity", "needs_interpreter", "due_on"),
    "people_familymember": ("relation", "parental_responsibility", "lives_here"),
    "frontdoor_requestperson": (
        "relation", "parental_responsibility", "lives_here", "setting_id", "needs_interpreter",
        "position", "due_on",
    ),
}  # fmt: skip
_UNTOLD: Final = {"sex": ("not_known",), "ethnicity": ("",), "needs_interpreter": (None,)}
_WITH_AREA: Final = ("assessment_need", "plan_outcome", "plan_score")
_PLACES_TO_GO: Final = ("school", "nursery")
_SIGNED: Final = (
    "at", "verb", "actor_id", "actor_name", "actor_agency", "actor_role", "family_id", "subject",
    "subject_id", "details",
)  # fmt: skip


class Making:
    """A play's rows on their way to a plate."""

    def __init__(
        self,
        name: str,
        profile: Profile,
        marks: Marks,
        people: dict[str, str],
        bits: dict[Any, int],
        areas: Sequence[str],
    ) -> None:
        """`people` are the slots of the family by the ids they had; `bits` the parts of a family
        that one may lack, each with its bit; `areas` the areas of life by their number."""
        self.name, self.profile, self.marks = name, profile, marks
        self.people, self.bits = people, bits
        holes = {key: Hole("area", (number,)) for number, key in enumerate(areas)}
        self.writer = Writer(marks, people=people, scale_keys=_scales(profile), areas=holes)
        self.groups: dict[str, int] = {one: bits[slot] for one, slot in people.items()}
        self.moments: dict[datetime, int] = {}
        self.goes: dict[str, str] = {}  # whose place to go to, by its id

    def plate(
        self,
        rows: Sequence[Written],
        events: Sequence[Row],
        openings: Sequence[Opening] = (),
        family: str = "",
    ) -> Plate:
        """The plate of these rows and this evidence; `family` is the id of the family, and
        `openings` are where insets are told of it."""
        writer = self.writer
        for one in rows:
            for _, row in one.versions:
                if one.table == "people_place" and row["kind"] in _PLACES_TO_GO:
                    self.goes[str(row["id"])] = self.people[str(row["person_id"])]
                if isinstance(row.get("id"), UUID):
                    writer.fresh.setdefault(str(row["id"]), len(writer.fresh))
                if one.table == "assessment_need":
                    writer.fresh.setdefault(row["line"], len(writer.fresh))
                self._note_days(row)
        for row in events:
            self._note_days(row)
        self._group(rows)
        moments = {at for one in rows for at, _ in one.versions} | {row["at"] for row in events}
        moments |= {one.at for one in openings}
        moments.discard(NEVER)
        self.moments = {at: number for number, at in enumerate(sorted(moments))}
        begins: dict[str, int] = {}
        # A link has no moment of its own: it comes after what it links.
        kept = [self._kept(one, begins) for one in sorted(rows, key=_is_link)]
        told = [self._event(row) for row in events]
        local = [writer.moment_of(at).which[0] for at in self.moments]
        people = {slot: writer.fresh[one] for one, slot in self.people.items()}
        spots = [self._spot(one, told) for one in openings]
        known = writer.fresh.get(family, -1)
        return Plate(
            self.name, writer.needs, local, kept, told, len(writer.fresh), people, known, spots
        )

    def _spot(self, opening: Opening, told: Sequence[Event]) -> Spot:
        moment = self.moments[opening.at]
        before = [number for number, one in enumerate(told) if one.moment < moment]
        local = self.writer.moment_of(opening.at).which[0]
        return Spot(opening.name, moment, local, max(before, default=-1) + 1)

    def _note_days(self, row: Row) -> None:
        """Every day that rows have of themselves, so that one told within a text is known."""
        for value in row.values():
            if isinstance(value, datetime):
                self.writer.moment_of(value)
            elif isinstance(value, date):
                self.writer.day_of(value)

    def _group(self, rows: Sequence[Written]) -> None:
        """Which rows are about a part of the family that another may lack: theirs, and those that
        hang on these."""
        grown = True
        while grown:
            grown = False
            for one in rows:
                row = one.versions[-1][1]
                if not isinstance(row.get("id"), UUID):
                    continue
                mask = self._mask(one.table, row)
                if mask & ~self.groups.get(str(row["id"]), 0):
                    self.groups[str(row["id"])] = self.groups.get(str(row["id"]), 0) | mask
                    grown = True

    def _mask(self, table: str, row: Row) -> int:
        """The parts of a family that a row is about."""
        mask = 0
        for column, value in row.items():
            if isinstance(value, UUID) and column != "id":
                mask |= self.groups.get(str(value), 0)
        slot = self.people.get(str(row.get("person_id", "")), "")
        part = {
            "people_said": row.get("fact"),
            "people_identifier": row.get("kind"),
            "people_name": "former",
            "people_contactroute": "phone",
            "people_place": "goes" if row.get("kind") in _PLACES_TO_GO else None,
        }.get(table)
        return mask | self.bits.get((part, slot), 0)

    def _kept(self, one: Written, begins: dict[str, int]) -> Kept:
        model = _MODELS[one.table]
        columns = columns_of(model)
        serial = isinstance(model._meta.pk, models.AutoField)
        shown = columns[1:] if serial else columns
        last = one.versions[-1][1]
        groups = self._mask(one.table, last) | self.groups.get(str(last["id"]), 0)
        since = [
            self.moments[at] if at in self.moments else _latest(row, begins)
            for at, row in one.versions
        ]
        begins[str(last["id"])] = since[0]
        known: dict[Any, datetime] = {}
        versions, earlier = [], []
        for number, (at, row) in enumerate(one.versions):
            holes = self._holes(one.table, row, at, known)
            self.writer.about = self.people.get(str(row.get("person_id", "")), "")
            pieces = [self.writer.value(row[c], holes.get(c)) for c in shown]
            versions.append(self.writer.template(_tabbed(pieces), groups))
            if number + 1 < len(one.versions):
                ended = self.writer.value(one.versions[number + 1][0])
                earlier.append(self._earlier(one.table, row, holes, columns, ended, groups))
        return Kept(one.table, tuple(since), tuple(versions), tuple(earlier))

    def _earlier(
        self,
        table: str,
        row: Row,
        holes: dict[str, Hole],
        columns: Sequence[str],
        ended: list[str | int],
        groups: int,
    ) -> Template:
        """The row that history keeps of a version, but for its number."""
        inner: list[str | int] = ["{"]
        for number, column in enumerate(columns):
            inner.append(f'{"," if number else ""}"{column}":')
            inner += self.writer.whole(row[column], holes.get(column))
        inner.append("}")
        pieces: list[list[str | int]] = [[table], self.writer.value(row["id"]), ended, ["f"], inner]
        return self.writer.template(_tabbed(pieces), groups)

    def _holes(
        self, table: str, row: Row, at: datetime, known: dict[Any, datetime]
    ) -> dict[str, Hole]:
        """The columns of a row that are a family's own by what they mean."""
        holes = self._facts(table, row)
        if "profile_id" in row:
            holes["profile_id"] = Hole("here", ("profile",))
        if table == "people_family" and row["locality_id"] is not None:
            holes["locality_id"] = Hole("family", ("locality_id",))
        if table in _WITH_AREA:
            holes["area"] = self.writer.areas[row["area"]]
        if table == "plan_score":
            number = self.writer.areas[row["area"]].which[0]
            holes["value"] = Hole("score", (number, row["view"], local_day(at)))
        for (of, column), clock in _DUE.items():
            if of == table and row[column] is not None:
                told = known.setdefault((column, row[column]), at)
                holes[column] = self._due(clock, told, row[column])
        return holes

    def _facts(self, table: str, row: Row) -> dict[str, Hole]:
        """The columns of a row that hold what is known of one person."""
        holes: dict[str, Hole] = {}
        slot = self.people.get(str(row["id"] if table == "people_person" else row.get("person_id")))
        if table == "frontdoor_requestperson":
            slot = list(self.people.values())[row["position"]]
        for column in _FACTS.get(table, ()):
            # Not yet told in an earlier version: then it was the same for everybody.
            if row[column] not in _UNTOLD.get(column, ()):
                holes[column] = Hole("who", (slot, column))
        if table == "people_person":
            holes["search_name"] = Hole("who", (slot, "search_name"))
        if table == "people_said" and row["fact"] == "born_on":
            holes["fact"] = Hole("who", (slot, "birth_fact"))
        if table == "people_name":
            holes["search_name"] = Hole("who", (slot, "former_search"))
        if table == "people_place" and row["kind"] in _PLACES_TO_GO:
            holes["kind"] = Hole("who", (slot, "goes_to"))
        return holes

    def _due(self, clock: ClockKey, told: datetime, value: Any) -> Hole:
        start = local_day(told)
        if due(self.profile, clock, start) != value:
            raise ValueError(f"{clock} from {start} is not {value}: where does it count from?")
        self.writer.day_of(start)
        return Hole("due", (clock, start))

    def _event(self, row: Row) -> Event:
        if row["subject_id"] in self.goes:
            kind = Hole("who", (self.goes[row["subject_id"]], "goes_to"))
            row = {**row, "details": {**row["details"], "kind": kind}}
        groups = self.groups.get(row["subject_id"], 0)
        for value in row["details"].values():
            groups |= self.groups.get(value, 0) if isinstance(value, str) else 0
        bare = self.writer.template(_tabbed([self.writer.value(row[c]) for c in _SIGNED]), groups)
        signed: list[str | int] = []
        for number, column in enumerate(_SIGNED):
            signed.append("," if number else "")
            value = row[column]
            if column == "at":
                signed += ['"', self.writer.need(self.writer.moment_of(value), SIGNED), '"']
            elif column == "details":
                signed += self.writer.document(value, SIGNED)
            else:
                signed += ['"', *self.writer.text(str(value or ""), SIGNED), '"']
        signed.append("]")
        return Event(self.moments[row["at"]], bare, self.writer.template(signed, groups))


_MODELS = tables()


def _is_link(one: Written) -> bool:
    return one.versions[0][0] == NEVER


def _latest(row: Row, begins: dict[str, int]) -> int:
    """When a link came to be: with the later of what it links."""
    return max(begins[str(value)] for value in row.values() if str(value) in begins)


def _tabbed(columns: Sequence[list[str | int]]) -> list[str | int]:
    joined: list[str | int] = []
    for number, column in enumerate(columns):
        joined += ["\t", *column] if number else column
    return joined


def _scales(profile: Profile) -> frozenset[str]:
    """The keys of the questions that are answered on the area's scale."""
    return frozenset(
        question.key
        for form in profile.forms
        for section in form.sections
        for question in section.questions
        if question.kind == Kind.SCALE
    )
