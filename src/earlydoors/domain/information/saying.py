"""Putting a row into words: what stands in each of its columns, and what to look out for in it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from earlydoors.domain.people.models import FamilyMember, KeptFrom, Person
from earlydoors.domain.people.queries import secrets_from
from earlydoors.domain.people.rules import CODED
from earlydoors.domain.records.models import SectionAnswers
from earlydoors.foundation.codes.reading import code_list
from earlydoors.foundation.forms.schema import Question
from earlydoors.foundation.history.models import RowVersion
from earlydoors.foundation.kernel.dates import day, moment

TITLES: Final[Mapping[str, str]] = {
    "records.sectionanswers": "What was written in a form",
    "records.formrecord": "A form",
    "chronology.entry": "Something that happened",
    "access.grant": "Who could see the record",
    "imports.row": "A line of a file that a partner sent",
    "people.said": "Who told a fact",
    "people.identifier": "A number",
    "people.contactroute": "A way to reach them",
    "people.name": "Another name",
    "people.place": "A place",
    "people.familymember": "Being of a family",
    "people.keptfrom": "A place that is kept from somebody",
    "frontdoor.enquiry": "Somebody asked whether the family is known",
    "consent.sharing": "With whom an agreement shares",
    "consent.covered": "Whose information an agreement covers",
    "consent.heard": "Who was asked for an agreement, and what they said",
    "consent.evidence": "A file that shows an agreement",
    "consent.sharingdecision": "A decision about sharing without agreement",
    "frontdoor.emergencyopening": "The record was opened in an emergency",
    "episodes.harmreferral": "A referral to social care",
}
"""What a row is called, where its model's own name would not tell a family."""

SENSITIVE: Final[Mapping[str, str]] = {
    "people.family.careful": "Says how to be careful: it may put somebody at risk",
    "people.keptfrom.why": "Says why a place is kept from somebody",
    "consent.heard.why_not": "Says why somebody was not asked",
    "consent.sharingdecision.not_told_why": "Says why the family was not told",
    "consent.sharingdecision.risk": "Says what somebody was feared to do",
    "frontdoor.emergencyopening.not_safe_why": "Says why the family was not told",
    "episodes.harmreferral.concern": "A worry that a child is harmed",
    "episodes.harmreferral.family_not_told_why": "Says why the family was not told",
    "frontdoor.supportrequest.told": "Says who was told what",
    "panels.brought.says": "What an agency told a panel",
    "people.connection.contact": "How somebody else is reached",
}
"""Columns that somebody looks at before they go out, each with why."""

_SET_APART: Final = {
    "id", "created_by", "created_at", "changed_by", "changed_at", "revision", "search_name",
}  # fmt: skip
_CODES: Final = {f"people.person.{fact}": codes for fact, codes in CODED.items()} | {
    "people.identifier.status": "nhs_number_status"
}
_NAMES: Final = {"people.said.fact"}  # columns that hold the name of another
_IN_CONFIDENCE: Final = {"family", "school", "health"}
_LONG = 200


@dataclass(frozen=True)
class Part:
    """What stands in a column, in words."""

    field: str
    label: str
    says: str


@dataclass(frozen=True)
class Said:
    """Something to be read at once: a row's short facts, or one long text, with what to look out
    for before it goes out."""

    table: str
    row_id: str
    heading: str
    parts: tuple[Part, ...]
    prompts: tuple[str, ...] = ()


@dataclass
class Reader:
    """Puts rows into words for somebody, and names what concerns others."""

    person: Person
    records: list[UUID]
    families: list[UUID]
    names: dict[str, str] = field(default_factory=dict)

    @cached_property
    def others(self) -> dict[str, str]:
        """How others of the families are called, in small letters, and who that is."""
        members = FamilyMember.objects.filter(family__in=self.families).select_related("person")
        own = {self.person.given_name.lower(), self.person.known_as.lower()}
        found: dict[str, str] = {}
        for one in members:
            if one.person_id not in self.records:
                for name in (one.person.given_name, one.person.known_as):
                    if len(name) > 1 and name.lower() not in own:
                        found[name.lower()] = one.person.full_name
        return found

    @cached_property
    def secrets(self) -> dict[str, str]:
        """What must never reach somebody, and whom: places of the families that are kept from
        them, and who is there. A parent may ask about a child who lives where they must not know.
        """
        kept = KeptFrom.objects.filter(
            Q(place__person__families__family__in=self.families) | Q(person__in=self.records),
            lifted_on=None,
        )
        people = Person.objects.filter(pk__in=kept.values("person")).order_by("created_at", "pk")
        return {
            secret.lower(): person.full_name
            for person in people
            for secret in secrets_from(person)
            if len(secret) > 2
        }

    @cached_property
    def kept(self) -> dict[UUID, str]:
        """The person's places that are kept from somebody, and from whom."""
        rows = KeptFrom.objects.filter(place__person__in=self.records, lifted_on=None)
        return {one.place_id: one.person.full_name for one in rows.select_related("person")}

    @cached_property
    def _named(self) -> re.Pattern[str] | None:
        words = sorted(self.others, key=len, reverse=True)
        every = "|".join(re.escape(word) for word in words)
        return re.compile(rf"(?<!\w)({every})(?!\w)", re.IGNORECASE) if words else None

    def read(self, rows: Iterable[models.Model]) -> Iterator[Said]:
        """Each row in words, with its earlier versions after it."""
        found = list(rows)
        if not found:
            return
        earlier = _earlier(found)
        for row in found:
            now = list(self._parts(row))
            yield from self._grouped(row, _heading(row), now)
            for version in earlier.get(str(row.pk), ()):
                was = [one for one in _before(row, version) if one not in now]
                if was:
                    heading = f"{_heading(row)}: before {moment(version.ended_at)}"
                    yield from self._grouped(row, heading, was)

    def _grouped(self, row: models.Model, heading: str, parts: list[Part]) -> Iterator[Said]:
        short = [one for one in parts if len(one.says) <= _LONG]
        if short:
            yield self._said(row, heading, short)
        for one in parts:
            if len(one.says) > _LONG:
                yield self._said(row, heading, [one])

    def _said(self, row: models.Model, heading: str, parts: list[Part]) -> Said:
        table = row._meta.label_lower
        prompts = dict.fromkeys(self._prompts(row, table, parts))
        return Said(table, str(row.pk), heading, tuple(parts), tuple(prompts))

    def _prompts(self, row: Any, table: str, parts: list[Part]) -> Iterator[str]:
        text = "\n".join(one.says for one in parts)
        for found in self._named.findall(text) if self._named else ():
            yield f"Names {self.others[found.lower()]}"
        for secret, person in self.secrets.items():
            if secret in text.lower():
                yield f"Has something that is kept from {person}"
        for one in parts:
            if f"{table}.{one.field}" in SENSITIVE:
                yield SENSITIVE[f"{table}.{one.field}"]
        if table == "people.place" and row.pk in self.kept:
            yield f"This place is kept from {self.kept[row.pk]}"
        if getattr(row, "said_by", "") in _IN_CONFIDENCE:
            yield f"Told by somebody else: {row.get_said_by_display()}"
        if isinstance(row, SectionAnswers):
            yield from self._withheld(row, parts)

    def _withheld(self, row: SectionAnswers, parts: list[Part]) -> Iterator[str]:
        hidden = {question.key for question in _questions(row) if question.withheld}
        if any(one.field in hidden for one in parts):
            yield "The form keeps this from the family"

    def _parts(self, row: Any) -> Iterator[Part]:
        if isinstance(row, SectionAnswers):
            yield from self._answers(row)
            return
        for one in row._meta.concrete_fields:
            if one.name in _SET_APART or one.primary_key:
                continue
            says = self._column(row, one)
            if says:
                yield Part(one.name, _label(one.name), says)
        if hasattr(row, "created_by"):
            yield Part("created_by", "Written", f"{day(row.created_at)}, {row.created_by.name}")

    def _column(self, row: Any, one: Any) -> str:
        if one.is_relation:
            to = one.related_model._meta.label_lower
            if to in _BY_NAME and getattr(row, one.attname):
                held = getattr(row, one.name)
                return str(held.full_name if isinstance(held, Person) else held)
            return ""
        if one.choices:
            return str(getattr(row, f"get_{one.name}_display")() or "")
        return _coded(row, one.name, getattr(row, one.name))

    def _answers(self, row: SectionAnswers) -> Iterator[Part]:
        people = {str(one): name for one, name in self._people().items()}
        for question in _questions(row):
            says = answered(question, row.answers.get(question.key), people)
            if says:
                yield Part(question.key, question.asks, says)
        for key, text in row.unread.items():
            yield Part(key, "Not read yet", plain(text))

    def _people(self) -> dict[UUID, str]:
        if not hasattr(self, "_people_names"):
            members = FamilyMember.objects.filter(family__in=self.families)
            rows = members.select_related("person")
            self._people_names = {one.person_id: one.person.full_name for one in rows}
        return self._people_names


_BY_NAME: Final = {
    "people.person", "people.family", "partnership.member", "partnership.agency",
    "partnership.setting", "partnership.desk", "partnership.locality",
}  # fmt: skip


def _heading(row: Any) -> str:
    label = row._meta.label_lower
    title = TITLES.get(label) or _label(str(row._meta.verbose_name))
    if isinstance(row, SectionAnswers):
        form = row.form_record.form
        keys = {section.key: section.title for section in form.sections}
        title = f"{form.title}: {keys.get(row.section_key, row.section_key)}"
    at = getattr(row, "created_at", None) or getattr(row, "at", None)
    return f"{title}, {day(at)}" if isinstance(at, datetime) else title


def _label(name: str) -> str:
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _coded(row: Any, name: str, value: Any) -> str:
    """A column's value in words, codes by what their list says."""
    key = f"{row._meta.label_lower}.{name}"
    if key in _CODES and value:
        codes = value if isinstance(value, list) else [value]
        return ", ".join(code_list(_CODES[key]).says(code) for code in codes)
    return _label(value) if key in _NAMES else plain(value)


def _questions(row: SectionAnswers) -> tuple[Question, ...]:
    form = row.form_record.form
    return next((s.questions for s in form.sections if s.key == row.section_key), ())


def plain(value: Any) -> str:
    """A column's value as a person reads it; nothing for what is empty."""
    if value is None or value == "" or value == [] or value == {}:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, list):
        return ", ".join(filter(None, (plain(one) for one in value)))
    if isinstance(value, dict):
        return "; ".join(f"{_label(str(k))}: {plain(v)}" for k, v in value.items() if plain(v))
    return str(value)


def answered(question: Question, given: Any, people: Mapping[str, str]) -> str:
    """An answer to a form's question, options and people by their names."""
    if isinstance(given, list) and given and isinstance(given[0], dict):
        return "\n".join(str(one.get("text", "")) for one in given)
    options = {option.key: option.says for option in question.options}
    every = given if isinstance(given, list) else [given]
    return ", ".join(filter(None, (options.get(v) or people.get(v) or plain(v) for v in every)))


def _earlier(rows: list[Any]) -> dict[str, list[RowVersion]]:
    """The earlier versions of rows of one table, by row, the latest first."""
    found: dict[str, list[RowVersion]] = {}
    versions = RowVersion.objects.filter(
        table_name=rows[0]._meta.db_table, row_id__in=[str(row.pk) for row in rows]
    )
    for one in versions.order_by("-id"):
        found.setdefault(one.row_id, []).append(one)
    return found


def _before(row: Any, version: RowVersion) -> Iterator[Part]:
    """What the texts of a row said before, where it was not the same."""
    if isinstance(row, SectionAnswers):
        people: dict[str, str] = {}
        for question in _questions(row):
            was = version.row.get("answers", {}).get(question.key)
            if was != row.answers.get(question.key) and (says := answered(question, was, people)):
                yield Part(question.key, question.asks, says)
        return
    for one in row._meta.concrete_fields:
        if one.is_relation or one.name in _SET_APART or one.primary_key:
            continue
        was, now = version.row.get(one.column), getattr(row, one.name)
        if isinstance(one, models.CharField | models.TextField) and was and was != now:
            says = dict(one.choices).get(was, was) if one.choices else _coded(row, one.name, was)
            yield Part(one.name, _label(one.name), str(says))
