"""The shape of a form: sections of questions, with keys that never change and wording that may."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Key = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$"),
    Field(description="Names it for ever, apart from its wording."),
]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Source = Annotated[
    str,
    StringConstraints(min_length=3, strip_whitespace=True),
    Field(
        description="Where the strategy says this (section or page, in words), or `assumed: why` "
        "where the strategy is silent and the area has yet to confirm it."
    ),
]


class Part(BaseModel):
    """A piece of a profile: strict, closed and unchangeable once read.

    Always read as JSON (`model_validate_json`), where a list is a list and a number a number.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=True)


class Kind(StrEnum):
    """What kind of answer a question takes."""

    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    CHOICE = "choice"
    CHOICES = "choices"
    SCALE = "scale"
    PERSON = "person"
    PEOPLE = "people"
    NEEDS = "needs"
    YES_NO_UNKNOWN = "yes_no_unknown"


class Repeat(StrEnum):
    """Whether a section is filled in once, or once for each of these people."""

    ONCE = "once"
    EACH_CHILD = "each_child"
    EACH_ADULT = "each_adult"
    EACH_PERSON = "each_person"


class Option(Part):
    """One answer to choose."""

    key: Key = Field(description="Kept with the answer; never changes.")
    says: Text = Field(description="What the screen shows.")
    hint: str = Field(default="", description="A line under the option.")


class Condition(Part):
    """Asked only when an earlier question of the same section was answered so."""

    question: Key = Field(description="The key of an earlier question in the same section.")
    is_any_of: tuple[Key, ...] = Field(
        default=(),
        description="Option keys (or `yes`, `no`, `not_known`); empty means any answer at all.",
    )


class Question(Part):
    """One question. The key names the answer for ever; every wording may be changed."""

    key: Key = Field(description="Names the answer; unique in its section.")
    kind: Kind = Field(description="What kind of answer it takes.")
    asks: Text = Field(description="The question as the screen puts it.")
    hint: str = Field(default="", description="One short line under the question.")
    prompts: tuple[Text, ...] = Field(
        default=(), description="Things to think about, shown beside the field."
    )
    required: bool = Field(
        default=False, description="Whether the form can be finished without it."
    )
    options: tuple[Option, ...] = Field(default=(), description="For `choice` and `choices`.")
    options_from: Literal[
        "", "risk_groups", "areas_of_life", "agencies", "settings", "localities"
    ] = Field(default="", description="Take the options from this list of the profile instead.")
    minimum: int | None = Field(default=None, description="For `number`.")
    maximum: int | None = Field(
        default=None, description="For `number`; for texts, the longest in characters."
    )
    when: Condition | None = Field(default=None, description="Asked only when this holds.")
    words_of: Literal["worker", "child", "family"] = Field(
        default="worker",
        description="Whose words the answer is in; shown as a quotation when not the worker's.",
    )
    withheld: bool = Field(
        default=False,
        description="Kept out of every copy for someone of the family: it may say what they must "
        "not learn.",
    )
    source: Source | None = None

    @model_validator(mode="after")
    def _options_where_they_belong(self) -> "Question":
        chooses = self.kind in {Kind.CHOICE, Kind.CHOICES}
        if chooses and not (self.options or self.options_from):
            raise ValueError("a choice needs `options` or `options_from`")
        if not chooses and (self.options or self.options_from):
            raise ValueError("only `choice` and `choices` take options")
        return self


class Section(Part):
    """A page of questions; saved on its own, and may be left half done."""

    key: Key = Field(description="Names the section for ever; unique in its form.")
    title: Text = Field(description="The heading and the line in the task list.")
    intro: str = Field(default="", description="A short paragraph under the heading.")
    repeat: Repeat = Field(
        default=Repeat.ONCE, description="Once, or once for each of these people."
    )
    questions: tuple[Question, ...] = Field(min_length=1)
    source: Source | None = None

    def question(self, key: str) -> Question:
        """The question of that key. Raises `KeyError`."""
        return {q.key: q for q in self.questions}[key]


class Purpose(StrEnum):
    """What a form is for; each area has one form in use for each."""

    CONVERSATION = "conversation"
    REQUEST = "request"
    CONSENT = "consent"
    REFUSAL = "refusal"
    ASSESSMENT = "assessment"
    MEETING = "meeting"
    PLAN = "plan"
    REVIEW = "review"
    CLOSING = "closing"


class Form(Part):
    """A form of the area: what it is for, and its sections in order."""

    key: Key = Field(description="Names the form for ever, across its versions.")
    version: int = Field(ge=1, description="Goes up by one when a published form changes.")
    purpose: Purpose = Field(description="Which step of the journey it serves.")
    title: Text = Field(description="What the area calls it.")
    intro: str = Field(default="", description="Shown before it is begun.")
    sections: tuple[Section, ...] = Field(min_length=1)
    source: Source

    def section(self, key: str) -> Section:
        """The section of that key. Raises `KeyError`."""
        return {s.key: s for s in self.sections}[key]
