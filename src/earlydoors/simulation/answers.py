"""Filling in an area's forms from a table of texts, whatever the area asks.

A table is looked up by the most particular name first: `section.question@Given name`,
`question@Given name`, `section.question`, `question`. What it does not say is left empty where the
form allows that, and answered with a plain general answer where it does not.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.models import Family
from earlydoors.domain.records.models import FormRecord
from earlydoors.domain.records.operations import save_section
from earlydoors.domain.records.queries import choices_for, filled, people_of
from earlydoors.domain.records.rules import Who
from earlydoors.foundation.forms.answers import (
    Choices,
    Reading,
    as_typed,
    is_asked,
    options_of,
    read_answers,
)
from earlydoors.foundation.forms.schema import Kind, Option, Purpose, Question, Section
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.kernel.text import tidy
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.schema import Profile

type Table = Mapping[str, Any]

# Areas name their areas of life differently; these are the names each theme may go by.
THEMES: dict[str, tuple[str, ...]] = {
    "health": ("health", "physical_health"),
    "feelings": ("feelings", "mental_health"),
    "learning": ("learning", "education"),
    "parenting": ("parenting", "parents", "family_relationships"),
    "relationships": ("relationships", "getting_on", "family", "family_relationships"),
    "adults": ("adults", "parents", "support", "people_around", "mental_health"),
    "safety": ("safety", "safe_at_home", "domestic_abuse"),
    "outside": ("safe_outside", "outside_home", "safety"),
    "home": ("home_money", "home", "housing", "home_and_money"),
    "money": ("home_money", "money", "money_and_work", "home_and_money"),
    "support": ("community", "support", "people_around", "independence", "family_relationships"),
}
# The other names under which a table may hold the answer to a question.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "what_is_happening": ("happening",),
    "worried_about": ("worries",),
    "strengths": ("working_well",),
    "going_well": ("working_well",),
    "working_well": ("strengths",),
    "already_done": ("tried",),
    "tried_before": ("tried",),
    "question": ("want_to_know",),
    "family_would_like": ("family_view",),
    "parents_view": ("family_words", "family_view", "comments"),
    "family_view": ("family_words", "comments"),
    "family_says": ("comments",),
    "children_view": ("child_words",),
    "child_view": ("child_words",),
    "help_wanted": ("would_help",),
    "wanted": ("would_help",),
    "family_wants": ("success",),
    "hoped_for": ("success",),
    "circumstances": ("risk_groups",),
    "groups": ("risk_groups",),
    "careful": ("careful_more",),
    "special_care": ("careful_more",),
    "groups_about": ("risk_notes",),
    "circumstances_more": ("risk_notes",),
    "circumstances_detail": ("risk_notes",),
    "signals_about": ("attendance_why",),
    "learning_more": ("attendance_why",),
    "understood": ("explained",),
    "talked_about": ("explained",),
    "questions_asked": ("their_questions",),
    "best_contact": ("contact_more",),
    "good_times": ("contact_more",),
    "inside_family": ("safe_from_more",),
    "what_matters": ("their_words",),
    "before_more": ("their_words",),
    "easier_later": ("easier",),
    "keeps_in_touch": ("who_keeps_in_touch",),
    "signs": ("watch_for", "early_signs"),
    "early_signs": ("signs",),
    "would_change": ("watch_for",),
    "would_change_our_mind": ("watch_for",),
    "reason": ("why_now",),
    "presenting": ("why_now",),
    "wishes": ("dreams", "good"),
    "child_good": ("good",),
    "child_worries": ("worries",),
    "child_dreams": ("dreams",),
    "child_words": ("good",),
    "noticed": ("watched_what",),
    "child_scale": ("scale",),
    "adult_scale": ("scale",),
    "child_scale_why": ("scale_why",),
    "adult_scale_why": ("scale_why",),
    "best_person": ("important_people",),
    "own_words": ("view",),
    "adult_words": ("view",),
    "own_health": ("own_wellbeing",),
    "own_needs": ("own_wellbeing",),
    "care_given": ("role",),
    "basic_care": ("role",),
    "being_parent": ("role",),
    "physical": ("health",),
    "emotional": ("feelings",),
    "mental": ("feelings",),
    "learning": ("progress",),
    "wider_family": ("network",),
    "network_people": ("who_helps",),
    "getting_on": ("relationships",),
    "housing": ("home",),
    "day": ("daily_life",),
    "day_in_the_life": ("daily_life",),
    "meaning": ("daily_life",),
    "money_what": ("money",),
    "known": ("facts",),
    "has_happened": ("facts",),
    "opinions": ("opinion",),
    "beneath": ("underlying",),
    "underneath": ("underlying",),
    "if_nothing_changes": ("if_nothing",),
    "makes_harder": ("harder",),
    "disputed": ("differences",),
    "differ": ("differences",),
    "differ_how": ("differences",),
    "differs_how": ("differences",),
    "goals": ("family_success",),
    "would_satisfy": ("professional_success",),
    "to_be_done": ("first_step",),
    "at_once": ("first_step",),
    "level_thought": ("level_why",),
    "worker_scale": ("practitioner_scale",),
    "worker_scale_why": ("practitioner_why",),
    "talked_with": ("spoken_with",),
    "seen": ("spoken_with",),
    "not_seen": ("not_spoken_with",),
    "not_talked_with": ("not_spoken_with",),
    "not_living_here": ("not_spoken_with",),
    "discussion": ("worried",),
    "agree": ("agreement",),
    "success": ("family_success",),
    "network": ("who_helps",),
    "then": ("what_we_do",),
    "then_what": ("what_we_do",),
    "who_does_what": ("what_we_do",),
    "family_does": ("strengths",),
    "own_strengths": ("strengths",),
    "keep": ("strengths",),
    "still_worries": ("still_worried",),
    "worried": ("still_worried",),
    "made_the_difference": ("helped_most",),
    "did_it": ("helped_most",),
    "not_available": ("unmet_what",),
    "waits_more": ("unmet_what",),
    "changed": ("what_changed",),
    "what_worked": ("what_made_it",),
    "turn_to": ("who_to_turn_to",),
    "who_stays": ("who_to_turn_to",),
    "keeps_going": ("goes_on", "who_to_turn_to"),
    "come_back": ("warning_signs",),
}
_WRITTEN = (Kind.SHORT_TEXT, Kind.LONG_TEXT)
_NEED = ("id", "text", "area")
_BARE = ("yes", "no", "not_known")
_PLAIN_CHOICES = (
    "none", "no", "talked", "face_to_face", "in_person", "met", "together", "home", "school",
    "not_known", "same", "other",
)  # fmt: skip
_PLAIN_WORDS = {
    "worker": "Talked through with the family; nothing to add for now.",
    "child": "I would like things to be calmer at home.",
    "family": "We want to get on with things and know who to ask.",
}


@dataclass(frozen=True)
class Texts:
    """The tables to look answers up in, the most particular first, and names to put into them."""

    tables: Sequence[Table] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    def find(self, section: str, question: Question, who: Who | None) -> Any:
        """What the tables say for a question, or nothing.

        Areas ask the same thing under several keys; `SYNONYMS` says which.
        """
        names = (question.key, *SYNONYMS.get(question.key, ()))
        for name in names:
            found = self._look_up(section, name, who)
            if question.kind in _WRITTEN and (found in _BARE or isinstance(found, list)):
                # One area ticks what another writes; `name_more` holds the sentence.
                found = self._look_up(section, f"{name}_more", who)
            if found is not None:
                return found
        return None

    def _look_up(self, section: str, name: str, who: Who | None) -> Any:
        keys = [f"{section}.{name}", name]
        if who is not None:
            given = who.name.split()[0]
            keys = [*(f"{key}@{given}" for key in keys), *keys]
        for table in self.tables:
            for key in keys:
                if key in table:
                    return self._named(table[key])
        return None

    def filled(self, text: str) -> str:
        """A text with its open names filled in."""
        for name, value in self.names.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    def _named(self, found: Any) -> Any:
        if isinstance(found, str):
            found = self.filled(found)
        elif isinstance(found, list):
            found = [self._named(one) for one in found]
        elif isinstance(found, dict):
            found = {key: self._named(value) for key, value in found.items()}
        return found


def area_of_life(profile: Profile, theme: str) -> str:
    """The area's own area of life for a theme; its first one where it has none such."""
    keys = [area.key for area in profile.areas_of_life]
    return next((key for key in THEMES.get(theme, (theme,)) if key in keys), keys[0])


def readings(
    purpose: Purpose, texts: Texts, *, today: date, family: Family | None = None
) -> dict[str, Reading]:
    """The sections of a short form of the area, read, by key."""
    profile = current()
    people = people_of(family, today)
    choices = Choices(
        lists=profile.option_lists(),
        people=[Option.model_construct(key=str(who.id), says=who.name) for who in people],
        scale=profile.scale_steps,
        today=today,
    )
    return {
        section.key: _read(section, texts, choices, None, {})
        for section in profile.form_for(purpose).sections
    }


def fill(
    form_record: FormRecord,
    texts: Texts,
    *,
    by: Actor,
    at: datetime,
    only: Collection[str] | None = None,
) -> int:
    """Fill in the pages of a form that are not finished yet and mark them finished. What stands in
    a page already, from what was told before, stays where the texts say nothing else.

    `only` names the sections to fill. Returns how many pages were saved.
    """
    today = local_day(at)
    choices = choices_for(form_record, today)
    saved = 0
    for page in filled(form_record, today):
        section = page.leaf.section
        if (only is not None and section.key not in only) or (page.kept and page.kept.finished):
            continue
        save_section(
            form_record=form_record,
            section_key=section.key,
            reading=_read(section, texts, choices, page.leaf.who, page.answers),
            revision=page.kept.revision if page.kept else 0,
            by=by,
            at=at,
            person_id=page.leaf.who.id if page.leaf.who else None,
            finished=True,
        )
        saved += 1
    return saved


def _read(
    section: Section,
    texts: Texts,
    choices: Choices,
    who: Who | None,
    stands: Mapping[str, Any],
) -> Reading:
    posted: dict[str, list[str]] = {}
    answers: dict[str, Any] = {}
    looked_at = {question.when.question for question in section.questions if question.when}
    for question in section.questions:
        if not is_asked(question, answers):
            continue
        found = texts.find(section.key, question, who)
        fitting = dict(_posted(question, found, choices))
        if question.key in stands:
            fitting = dict(_standing(question, stands[question.key], fitting))
        if not fitting and question.required:
            fitting = dict(_posted(question, _plain(question, choices, who), choices))
        posted |= fitting
        if question.key in looked_at:
            # Read as far as we are, so that a later question's condition sees this answer.
            answers = read_answers(section.questions, posted, choices).answers
    return read_answers(section.questions, posted, choices, whole=True)


def _posted(question: Question, found: Any, choices: Choices) -> Iterator[tuple[str, list[str]]]:
    """The fields a page would have posted for this answer; none for an answer that does not fit."""
    if found in (None, "", []):
        return
    if question.kind == Kind.NEEDS:
        yield from _posted_needs(question.key, found)
        return
    wanted = [str(one) for one in (found if isinstance(found, list) else [found])]
    if question.kind in {Kind.PERSON, Kind.PEOPLE}:
        wanted = [
            person.key
            for person in choices.people
            if person.key in wanted or "everyone" in wanted or person.says.split()[0] in wanted
        ]
    elif question.kind in {Kind.CHOICE, Kind.CHOICES, Kind.YES_NO_UNKNOWN}:
        offered = {option.key for option in options_of(question, choices)}
        wanted = [one for one in wanted if one in offered]
        wanted = wanted if question.kind == Kind.CHOICES else wanted[:1]
    elif question.kind == Kind.SCALE:
        wanted = [on_scale(found, choices.scale)] if isinstance(found, int) else []
    elif question.kind == Kind.NUMBER:
        wanted = [one for one in wanted if one.isdecimal()]
    if wanted:
        yield question.key, wanted


def on_scale(tenths: Any, scale: Sequence[int]) -> str:
    """A score out of ten on the area's own scale, to the nearest point."""
    lowest, highest = scale[0], scale[-1]
    value = float(tenths) if highest == 10 else lowest + float(tenths) * (highest - lowest) / 10
    return str(min(max(round(value), lowest), highest))


def _posted_needs(key: str, lines: Sequence[Mapping[str, str]]) -> Iterator[tuple[str, list[str]]]:
    profile = current()
    yield f"{key}.id", [line.get("id", "") for line in lines]
    yield f"{key}.text", [line["text"] for line in lines]
    yield f"{key}.area", [area_of_life(profile, line.get("area", "")) for line in lines]


def _standing(
    question: Question, stands: Any, fitting: Mapping[str, list[str]]
) -> Iterator[tuple[str, list[str]]]:
    """The fields of a question that the page shows answered: as they stand, or as written anew.

    Nobody takes out a need that stands there; one told again is the same line, not a second one.
    """
    key = question.key
    if question.kind != Kind.NEEDS:
        yield from fitting.items() or as_typed([question], {key: stands}).items()
        return
    lines = {line["text"]: dict(line) for line in stands}
    told = [fitting.get(f"{key}.{part}", []) for part in _NEED]
    for line in (dict(zip(_NEED, one, strict=True)) for one in zip(*told, strict=True)):
        lines.setdefault(tidy(line["text"]), line)
    for part in _NEED:
        yield f"{key}.{part}", [line[part] for line in lines.values()]


def _plain(question: Question, choices: Choices, who: Who | None) -> Any:
    """A plain answer to a question that must be answered."""
    options = [option.key for option in options_of(question, choices)]
    plain = {
        Kind.SHORT_TEXT: "Agreed with the family",
        Kind.LONG_TEXT: _PLAIN_WORDS[question.words_of],
        Kind.NUMBER: question.minimum or 0,
        Kind.DATE: choices.today.isoformat(),
        Kind.TIME: "3:30pm",
        Kind.SCALE: 5,
        Kind.PERSON: str(who.id) if who else options[:1],
        Kind.PEOPLE: options,
        Kind.NEEDS: [{"text": "Someone to turn to when things are hard", "area": "support"}],
        Kind.YES_NO_UNKNOWN: "no",
        Kind.CHOICES: options[:1],
        Kind.CHOICE: next((key for key in _PLAIN_CHOICES if key in options), options[:1]),
    }
    found = plain[question.kind]
    # A number of nought is an answer; `_posted` leaves out only what is empty.
    return str(found) if question.kind == Kind.NUMBER else found
