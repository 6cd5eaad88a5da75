"""The clockwork of the practice families: on day N, this person does that."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache, cached_property
from typing import Any

from earlydoors.domain.assessment.models import Assessment
from earlydoors.domain.consent.models import Agreement
from earlydoors.domain.episodes.models import Episode
from earlydoors.domain.frontdoor.models import Conversation, SupportRequest
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.people.models import Family, Person
from earlydoors.domain.plan.models import Plan
from earlydoors.foundation.kernel.dates import LONDON
from earlydoors.foundation.kernel.working_days import is_working_day
from earlydoors.foundation.profile.schema import Profile
from earlydoors.simulation.answers import Texts
from earlydoors.simulation.pages import read
from earlydoors.simulation.players import Cast

_WEDNESDAY = 2
# The parts whose players a text may name, and the name it does so by: {lead} is the area's word.
_NAMED = {
    "asks": "asks", "health": "health", "nursery": "nursery", "school": "school",
    "housing": "housing", "carers": "carers", "youth": "youth", "lead": "leader",
}  # fmt: skip


def day_nought(today: date, days_ago: int) -> date:
    """The day of the first worry: a Wednesday at least so many days ago.

    The scenarios' days (2, 5, 19, 61, 103 and so on) then fall on working days.
    """
    latest = today - timedelta(days=days_ago)
    return latest - timedelta(days=(latest.weekday() - _WEDNESDAY) % 7)


@dataclass
class Stage:
    """One family's story in one area: its clock, its players, its words, and what is so far."""

    name: str
    cast: Cast
    first_day: date
    today: date
    family: Family | None = None
    conversation: Conversation | None = None
    request: SupportRequest | None = None
    episode: Episode | None = None
    agreement: Agreement | None = None
    assessment: Assessment | None = None
    plan: Plan | None = None
    requests: dict[str, SupportRequest] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)

    @property
    def profile(self) -> Profile:
        """The area's profile."""
        return self.cast.profile

    def on(self, day: int) -> date:
        """Day N of the story; where offices are shut, the next day that they are open."""
        found = self.first_day + timedelta(days=day)
        while not is_working_day(found) and found < self.today:
            found += timedelta(days=1)
        return found

    def at(self, day: int, clock: str = "10:00") -> datetime:
        """A moment of day N, as told in London."""
        hour, minute = map(int, clock.split(":"))
        return datetime.combine(self.on(day), time(hour, minute), tzinfo=LONDON)

    def who(self, part: str) -> Actor:
        """Who plays a part here."""
        return self.cast.plays(self.name, part)

    @property
    def at_home(self) -> bool:
        """Whether this is the area the family's story was written for."""
        return bool(_texts(self.name).get("area") == self.profile.key)

    @property
    def help(self) -> Episode:
        """The family's period of help, fresh. Raises `LookupError` before there is one."""
        if self.episode is None:
            raise LookupError(f"{self.name} has no help yet.")
        self.episode = Episode.objects.select_related("family", "profile", "lead").get(
            pk=self.episode.pk
        )
        return self.episode

    @property
    def household(self) -> Family:
        """The family. Raises `LookupError` before it is on record."""
        if self.family is None:
            raise LookupError(f"{self.name} is not on record yet.")
        return self.family

    def person(self, given_name: str) -> Person:
        """Someone of the family, by the name they are called."""
        return Person.objects.get(given_name=given_name, families__family=self.household)

    @cached_property
    def words(self) -> dict[str, str]:
        """The names that a text may leave open, such as {school}."""
        words = self.profile.words
        named = {
            "assessment": words.assessment.one,
            "team": words.team.one,
            "lead": words.lead_practitioner.one,
            "door": words.front_door.one,
            "officer": words.early_help_officer.one,
            "social_care": words.social_care.one,
            "panel": words.panel.one,
            "area": self.profile.name,
        }
        for part, name in _NAMED.items():
            try:
                who = self.who(part)
            except LookupError:
                continue
            place = who.membership.setting or who.agency
            named |= {name: who.name, f"{name}_place": str(place)}
        return named

    def say(self, text: str) -> str:
        """A text with its open names filled in."""
        return Texts(names=self.words).filled(text)

    def texts(self, form: str) -> Texts:
        """The tables that answer one of the area's forms, this family's first.

        A second filling of a form, such as `review_2`, falls back on the first.
        """
        own, general = _texts(self.name), _texts("general")
        plain = form.partition("_")[0]
        tables = (own.get(form, {}), own.get(plain, {}), general.get(plain, {}))
        return Texts(tables=tables, names=self.words)

    def line(self, key: str) -> str:
        """A sentence of this family's story. Raises `KeyError` for one that is not written."""
        return self.say(_texts(self.name)["story"][key])

    def lines(self, key: str) -> list[dict[str, Any]]:
        """A list of this family's story, such as its outcomes; empty when there is none."""
        return list(_texts(self.name).get(key, []))


@cache
def _texts(name: str) -> dict[str, Any]:
    return read("texts", f"{name}.yaml")
