"""A stage for stories that are told of many families: what is a family's own is asked of a script.

The same acts play a script of marks, which makes a plate, and the script of a family as it was
printed, which proves that the operations write the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Protocol

from earlydoors.domain.frontdoor import operations as requests
from earlydoors.domain.frontdoor.models import SupportRequest
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Desk, Setting
from earlydoors.domain.people.facts import Source
from earlydoors.domain.people.identifiers import identify
from earlydoors.domain.people.models import Person
from earlydoors.domain.people.names import add_name
from earlydoors.domain.people.operations import correct
from earlydoors.domain.plan.reviews import Scored
from earlydoors.domain.records.rules import Who
from earlydoors.foundation.forms.schema import Kind, Question
from earlydoors.simulation.answers import SYNONYMS, Texts, fill, on_scale
from earlydoors.simulation.clockwork import Stage
from earlydoors.simulation.pages import read
from earlydoors.simulation.players import Cast
from earlydoors.simulation.press import insets
from earlydoors.simulation.press.insets import About, Inset, Opening
from earlydoors.simulation.press.pools import is_written

SPEAKER = "a0"  # the grown-up who speaks for the family; every family has one, and a child c0
CHILDREN = tuple(f"c{number}" for number in range(8))
ADULTS = (SPEAKER, "a1", "a2", "a3")
SLOTS = (*CHILDREN, *ADULTS)
AREAS = 3  # areas of life that a plan of these stories has outcomes in


@dataclass(frozen=True)
class OfFamily:
    """Someone of a family: the part they have in the story (`slot`), and what is known of them.

    What is empty or None is not known, and not written down by the acts.
    """

    slot: str
    given_name: str
    family_name: str
    known_as: str
    born_on: date | None
    sex: str
    ethnicity: str
    relation: str
    parental_responsibility: bool | None
    lives_here: bool
    home: str
    postcode: str
    setting: Setting | None
    phone: str
    first_language: str
    needs_interpreter: bool | None
    nhs: str
    upn: str
    former: str
    due_on: date | None = None


class Script(Protocol):
    """What a story leaves open."""

    @property
    def people(self) -> Sequence[OfFamily]:
        """The family, children first and the eldest of them first."""

    def part(self, name: str) -> Actor:
        """Who plays a part."""

    def says(self, key: str, slot: str = "") -> str:
        """A text of a pool."""

    def area(self, number: int) -> str:
        """An area of life of the plan."""

    def score(self, number: int, view: str, day: int) -> int:
        """How an area of life is on day N, out of ten."""

    def scale(self, key: str, slot: str) -> int:
        """An answer out of ten."""

    def day(self, number: int) -> date:
        """Day N of the story, as this family has it."""

    def beside(self, opening: str) -> Sequence[Inset]:
        """What is told of this family in a place of the story."""

    def desk(self) -> Desk:
        """The panel that talks about the family."""


@dataclass
class Told(Stage):
    """One family's story, with what is its own from a script."""

    script: Script = field(kw_only=True)
    later: int = 0  # days by which everything comes later than the story says
    openings: tuple[Opening, ...] = ()

    def on(self, day: int) -> date:
        """Day N of the story."""
        return self.script.day(day + self.later)

    def who(self, part: str) -> Actor:
        """Who plays a part."""
        return self.script.part(part)

    def person(self, given_name: str) -> Person:
        """Someone of the family, by their slot."""
        one = next(who for who in self.script.people if who.slot == given_name)
        return Person.objects.get(
            given_name=one.given_name,
            family_name=one.family_name,
            born_on=one.born_on,
            families__family=self.household,
        )

    def line(self, key: str) -> str:
        """A text of the pools."""
        return self.script.says(key)

    def say(self, text: str) -> str:
        """A text, complete already."""
        return text

    def texts(self, form: str) -> Texts:
        """What answers one of the area's forms."""
        general = read("texts", "general.yaml").get(form.partition("_")[0], {})
        return Answers(tables=(general,), stage=self)

    def slot_of(self, who: Who | None) -> str:
        """The slot of someone whom a page of a form is about."""
        if who is None:
            return ""
        names = [
            one.slot
            for one in self.script.people
            if f"{one.given_name} {one.family_name}" == who.name
        ]
        # Some sons have their father's name.
        return next(slot for slot in names if len(names) == 1 or self.person(slot).pk == who.id)


@dataclass(frozen=True)
class Answers(Texts):
    """Answers whose words, needs and scales come from the script, and the rest as anywhere."""

    stage: Told = field(kw_only=True)

    def find(self, section: str, question: Question, who: Who | None) -> Any:
        """What the script says for a question."""
        script, slot = self.stage.script, self.stage.slot_of(who)
        match question.kind:
            case Kind.NEEDS:
                return [
                    {"text": script.says(f"need_{n}"), "area": script.area(n)} for n in range(AREAS)
                ]
            case Kind.SHORT_TEXT | Kind.LONG_TEXT:
                names = (question.key, *SYNONYMS.get(question.key, ()))
                key = next((name for name in names if is_written(name)), None)
                return script.says(key, slot) if key else None
            case Kind.SCALE:
                return script.scale(question.key, slot)
        return super().find(section, question, who)


def stage_for(cast: Cast, script: Script) -> Told:
    """A stage on which to tell a script."""
    return Told("told", cast, script.day(0), date.max - timedelta(days=9), script=script)


def ask(stage: Told, *, day: int, by: str, knows: str = "agrees", harm: str = "no") -> None:
    """Someone asks for support, typing the family in as if nobody knew them."""
    who, at = stage.who(by), stage.at(day, "11:20")
    request = requests.begin(by=who, at=at, conversation=stage.conversation)
    for one in stage.script.people:
        requests.name_person(
            request=request,
            given_name=one.given_name,
            family_name=one.family_name,
            known_as=one.known_as,
            relation=one.relation,
            born_on=one.born_on,
            due_on=one.due_on,
            parental_responsibility=one.parental_responsibility,
            lives_here=one.lives_here,
            home=one.home,
            postcode=one.postcode,
            setting=one.setting,
            phone=one.phone,
            first_language=one.first_language,
            needs_interpreter=one.needs_interpreter,
            by=who,
            at=at,
        )
    requests.answer(request=request, family_knows=knows, harm=harm, by=who, at=at)
    fill(request.form_record, stage.texts("request"), by=who, at=at)
    stage.request = requests.send(request=request, by=who, at=stage.at(day, "11:45"))


def tell_beside(stage: Told, opening: str, *, day: int) -> None:
    """What is so of this family and not of others."""
    by, at = stage.who(insets.BY), stage.at(day, insets.CLOCK)
    stage.openings = (*stage.openings, Opening(opening, at))
    for one in stage.script.beside(opening):
        people = [stage.person(slot) for slot in one.whom]
        insets.TELL[one.kind](About(stage.household, people, one.given, by, at))


def newest(stage: Told) -> SupportRequest:
    """The request that waits. Raises `LookupError` without one."""
    if stage.request is None:
        raise LookupError("There is no request to decide on.")
    return stage.request


def know(stage: Told, *, day: int, by: str) -> None:
    """What a request has no room for: sex and ethnicity, numbers, names of before."""
    signed: dict[str, Any] = {"by": stage.who(by), "at": stage.at(day, "16:30")}
    for one in stage.script.people:
        person = stage.person(one.slot)
        child = one.relation == "child"
        told = Source("parent" if child else "themselves")
        correct(person=person, sex=one.sex, ethnicity=one.ethnicity, source=told, **signed)
        for kind, number in (("nhs", one.nhs), ("upn", one.upn)):
            if number:
                said = "health" if kind == "nhs" else "school"
                identify(person=person, kind=kind, number=number, said_by=said, **signed)
        if one.former:
            add_name(person=person, kind="previous", family_name=one.former, **signed)


def scores(stage: Told, *, day: int, first: bool = False) -> list[Scored]:
    """How things are in each area of life, as the speaker and the workers see it."""
    found, steps = [], stage.profile.scale_steps
    for number in range(AREAS):
        for view in ("family", "worker"):
            value = int(on_scale(stage.script.score(number, view, day + stage.later), steps))
            person = stage.person(SPEAKER) if view == "family" else None
            found.append(Scored(stage.script.area(number), view, value, person))
    if first:
        value = int(on_scale(stage.script.score(1, "child", day + stage.later), steps))
        found.append(Scored(stage.script.area(1), "child", value, stage.person("c0")))
    return found
