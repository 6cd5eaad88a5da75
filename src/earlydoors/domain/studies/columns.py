"""The tables that a study can take away, and what stands in each column: the dictionary of the
data, for the page where it is asked for, and for whoever reads the tables."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

KEPT_BACK: Final = "kept back"
"""What stands where something would tell too few people apart."""


class Fact(StrEnum):
    """Something that tells people or families apart, taken away only where a study needs it."""

    AGE = "age"
    SEX = "sex"
    ETHNIC_GROUP = "ethnic_group"
    SEN = "sen"
    LOCALITY = "locality"


FACTS: Final[dict[Fact, str]] = {
    Fact.AGE: "Age, in bands",
    Fact.SEX: "Sex",
    Fact.ETHNIC_GROUP: "Ethnic group, in five groups",
    Fact.SEN: "Special educational needs support",
    Fact.LOCALITY: "Where the family lives, by locality",
}


@dataclass(frozen=True)
class Column:
    """A column: its key, what stands in it, and the fact without which it is left out."""

    key: str
    says: str
    fact: Fact | None = None


@dataclass(frozen=True)
class Table:
    """A table: what a row of it is, and its columns, the first of them the row's own pseudonym."""

    key: str
    title: str
    says: str
    columns: tuple[Column, ...]

    def taken(self, facts: frozenset[Fact]) -> tuple[Column, ...]:
        """The columns that a study with these facts takes away."""
        return tuple(one for one in self.columns if one.fact is None or one.fact in facts)


_FAMILY = Column("family", "Pseudonym of the family")
_HELP = Column("help", "Pseudonym of the period of help")
_MONTH = "as year and month"

TABLES: Final[tuple[Table, ...]] = (
    Table(
        "families",
        "Families",
        "a family whose request was decided, or that had help, in the time of the study",
        (
            _FAMILY,
            Column("people", "How many are in it: 1 to 6, or 7 or more"),
            Column("children", "How many of them are children: 0 to 3, or 4 or more"),
            Column("locality", "Key of the locality", Fact.LOCALITY),
        ),
    ),
    Table(
        "people",
        "People of those families",
        "somebody of a family; whoever is in two families stands here twice, by one pseudonym",
        (
            Column("person", "Pseudonym of the person"),
            _FAMILY,
            Column("is_child", "yes or no, on the day on which the family comes into the study"),
            Column("age", "Band of their age in years on that day, or unborn", Fact.AGE),
            Column("sex", "female, male, neither or not_known", Fact.SEX),
            Column("ethnic_group", "One of five groups", Fact.ETHNIC_GROUP),
            Column("sen", "none, support or plan, of children", Fact.SEN),
        ),
    ),
    Table(
        "requests",
        "Requests for support",
        "a request that was decided in the time of the study",
        (
            Column("request", "Pseudonym of the request"),
            _FAMILY,
            Column("asked_by", "Kind of the agency that asked"),
            Column("sent", f"When it was sent, {_MONTH}"),
            Column("decided", f"When it was decided, {_MONTH}"),
            Column("days", "Days from the one to the other"),
            Column("decision", "What was decided"),
            Column("level", "Key of the level of need"),
            Column("help", "Pseudonym of the period of help that it led to"),
        ),
    ),
    Table(
        "help",
        "Periods of help",
        "a period of help, open on some day of the study",
        (
            _HELP,
            _FAMILY,
            Column("opened", f"When it began, {_MONTH}"),
            Column("closed", f"When it ended, {_MONTH}; empty while it goes on"),
            Column("weeks", "Whole weeks from the one to the other"),
            Column("level", "Key of the level of need, the last there was"),
            Column("reason", "Key of the reason why it ended"),
            Column("sustained", "Whether change had lasted when somebody looked back"),
        ),
    ),
    Table(
        "levels",
        "Steps between levels",
        "a step to a level of need",
        (
            _HELP,
            Column("month", f"When, {_MONTH}"),
            Column("moved", "enter, up or down"),
            Column("level", "Key of the level stepped to"),
        ),
    ),
    Table(
        "needs",
        "Needs",
        "a need that was found",
        (
            _HELP,
            Column("month", f"When it was found, {_MONTH}"),
            Column("area", "Key of the area of life"),
            Column("found_in", "assessment or review"),
            Column("planned_for", "yes where an outcome of the plan answers it, or no"),
        ),
    ),
    Table(
        "plans",
        "Plans",
        "the plan of a period of help",
        (
            _HELP,
            Column("agreed", f"When the family agreed to it, {_MONTH}"),
            Column("outcomes", "How many outcomes it names"),
            Column("met", "How many of them were met"),
            Column("actions", "How many actions it names"),
            Column("done", "How many of them were done"),
        ),
    ),
    Table(
        "reviews",
        "Reviews",
        "a review of a plan",
        (
            _HELP,
            Column("month", f"When it was held, {_MONTH}"),
            Column("decision", "carry_on, step_up, step_down or close"),
        ),
    ),
    Table(
        "scores",
        "Distance travelled",
        "a point on a scale, by somebody's view",
        (
            _HELP,
            Column("month", f"When, {_MONTH}"),
            Column("area", "Key of the area of life"),
            Column("view", "family, child or worker"),
            Column("value", "0 to 10"),
        ),
    ),
)
BY_KEY: Final = {one.key: one for one in TABLES}
