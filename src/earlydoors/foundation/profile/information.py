"""What a profile says about people's rights to what is held on them: the law's clocks, each with
the day from which it holds, on what basis agencies hold anything, and how long it is kept."""

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import Field

from earlydoors.foundation.forms.schema import Key, Part, Source, Text


class RightKind(StrEnum):
    """What somebody may ask about the information that is held on them."""

    ACCESS = "access"
    CORRECTION = "correction"
    OBJECTION = "objection"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    COMPLAINT = "complaint"


class LegalClock(Part):
    """How long the law gives for one step of a request, from a day on."""

    key: Key
    rights: tuple[RightKind, ...] = Field(min_length=1, description="For which requests it runs.")
    step: Literal["acknowledge", "answer"] = Field(description="What has to be done by its end.")
    number: int = Field(ge=1, le=100, description="How many of the unit.")
    unit: Literal["days", "months"] = Field(
        description="Days of the calendar, or months to the same day of the month."
    )
    longer: int = Field(
        default=0, ge=0, le=12, description="By how many months it can be made longer."
    )
    after_identity: bool = Field(
        default=False,
        description="Whether it begins only when whoever asks has shown who they are.",
    )
    stands_still: bool = Field(
        default=False, description="Whether it stands still while something asked back is awaited."
    )
    rolls_on: bool = Field(
        default=False,
        description="Whether an end on a weekend or bank holiday moves to the next working day.",
    )
    by_law: bool = Field(
        default=True, description="Whether the law sets it; otherwise the area's own aim."
    )
    holds_from: str = Field(
        pattern=r"^\d{4}-\d{2}-\d{2}$",
        description="Requests received from this day on follow it, such as `2026-06-19`.",
    )
    source: Source

    @property
    def from_day(self) -> date:
        """The first day on which a request that is received follows it."""
        return date.fromisoformat(self.holds_from)


class LawfulBasis(Part):
    """Why some kinds of agency may hold and share what they do."""

    key: Key
    agencies: tuple[str, ...] = Field(min_length=1, description="Kinds of agency it is for.")
    ordinary: Text = Field(description="The basis in article 6 of the UK GDPR, in a sentence.")
    special: Text = Field(description="The condition in article 9 or 10, and in the Act of 2018.")
    plain: str = Field(default="", description="The same for a family, in a sentence or two.")
    source: Source


class SharedPart(Part):
    """A part of what is known of a family, by which it may say what is passed on."""

    key: Key
    says: Text = Field(description="What it holds, as a family is asked about it.")
    source: Source


class RetentionRule(Part):
    """How long the record of a family is kept, and from what on."""

    key: Key
    what: Literal["never_helped", "helped", "stepped_up"] = Field(
        description="Families that never had help here, those that had, those whose help went on "
        "with social care."
    )
    says: Text = Field(description="The rule in plain words, as a family can be told it.")
    counted_from: Literal["last_ended", "youngest_born"] = Field(
        description="The end of the last help or request, or the birth of the youngest child."
    )
    years: int = Field(ge=0, le=100, description="How many years after that.")
    source: Source


class Information(Part):
    """People's rights to what is held on them, as the law and the area set them."""

    controller: Text = Field(description="Who answers for the information, in a sentence.")
    officer: Text = Field(description="How the data protection officer is reached.")
    clocks: tuple[LegalClock, ...] = Field(min_length=1)
    bases: tuple[LawfulBasis, ...] = Field(min_length=1)
    parts: tuple[SharedPart, ...] = Field(
        default=(), description="What a family may let be passed on, part by part."
    )
    retention: tuple[RetentionRule, ...] = Field(min_length=1)
    source: Source

    def basis_for(self, kind: str) -> LawfulBasis | None:
        """On what basis a kind of agency holds and shares what it does."""
        return next((one for one in self.bases if kind in one.agencies), None)

    def clock(self, kind: str, step: str, received_on: date) -> LegalClock | None:
        """The clock of a step for a request received on a day: the latest that held then."""
        held = [
            one
            for one in self.clocks
            if kind in one.rights and one.step == step and one.from_day <= received_on
        ]
        return max(held, key=lambda one: one.from_day, default=None)
