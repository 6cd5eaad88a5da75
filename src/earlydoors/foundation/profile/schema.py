"""The shape of a partnership profile.

A profile is a folder: `profile.yaml`, `levels.yaml`, `pathway.yaml`, `partnership.yaml`,
`measures.yaml`, `information.yaml` and `forms/*.yaml`. What it may not change (states, what a
permission means, audit, the law of consent) has no key here.
"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from earlydoors.foundation.forms.schema import Form, Key, Option, Part, Purpose, Source, Text
from earlydoors.foundation.profile.figures import ASSUMED, Figures
from earlydoors.foundation.profile.information import Information

Folder = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,39}$")]


class Cited(Part):
    """A piece that says where the strategy has it."""

    source: Source


class Word(Cited):
    """The area's own word for one of the product's nouns."""

    one: Text = Field(description="One of it, in lower case unless a name: `lead professional`.")
    many: Text = Field(description="Several: `lead professionals`.")
    short: str = Field(default="", description="The area's abbreviation, such as `TAC`.")


class Words(Part):
    """The area's words. The code has one word for each; the screen shows these."""

    request: Word = Field(description="Request for support.")
    front_door: Word = Field(description="Where requests arrive: First Contact, MASH, Hub.")
    social_care: Word = Field(description="Where harm is referred to.")
    assessment: Word = Field(description="Early help assessment.")
    team: Word = Field(description="Team around the family.")
    lead_practitioner: Word = Field(description="The family's one go-to person.")
    family_plan: Word = Field(description="The family's plan.")
    outcome: Word = Field(description="What the family wants to be different.")
    action: Word = Field(description="A line of the plan that someone does by a day.")
    review: Word = Field(description="Looking together at how it goes.")
    distance_travelled: Word = Field(description="How far the family has come.")
    panel: Word = Field(description="The meeting that several agencies decide at.")
    locality: Word = Field(description="A part of the area.")
    early_help_officer: Word = Field(description="Who advises and challenges any agency.")


class Strategy(Part):
    """The published strategy the profile is drawn from."""

    title: Text = Field(description="As printed on its cover.")
    publisher: Text = Field(description="Who published it.")
    years: Text = Field(description="As printed, such as `2020-2023`.")
    address: str = Field(default="", description="Where it is published, if it is.")


class Statement(Cited):
    """A vision, principle or promise in the area's words."""

    key: Key
    says: Text = Field(description="The vision, principle or promise itself.")


class LevelKind(StrEnum):
    """What a level means to the product; each area draws its own levels over these."""

    UNIVERSAL = "universal"
    SINGLE_AGENCY = "single_agency"
    COORDINATED = "coordinated"
    STATUTORY = "statutory"


class Descriptor(Cited):
    """What a level means in practice, for use at the moment of deciding."""

    key: Key
    area: str = Field(default="", description="A heading to group by, such as `Health`.")
    says: Text = Field(description="What is seen at this level.")


class Level(Cited):
    """A level of need, in the area's order from least to most."""

    key: Key
    name: Text = Field(description="The area's name for it.")
    short: Text = Field(description="For the strip and tags, such as `2b`.")
    kind: LevelKind
    means: Text = Field(description="One or two sentences.")
    descriptors: tuple[Descriptor, ...] = ()


class Decision(StrEnum):
    """How a request may be answered. There is no `no further action`."""

    ADVICE = "advice"
    SINGLE_AGENCY = "single_agency"
    COORDINATED = "coordinated"
    PANEL = "panel"
    SOCIAL_CARE = "social_care"


class Route(Cited):
    """One answer the front door may give, in the area's words."""

    key: Key
    decision: Decision
    name: Text = Field(description="What the area calls this answer.")
    explains: Text = Field(description="What happens next, as told to requester and family.")
    levels: tuple[Key, ...] = Field(min_length=1, description="Levels this route serves.")
    panels: tuple[Key, ...] = Field(default=(), description="For `panel`: which may take it.")


class Stage(Cited):
    """A stage of the pathway as the strategy tells it."""

    key: Key
    name: Text = Field(description="What the area calls it.")
    says: Text = Field(description="What happens at this stage.")
    levels: tuple[Key, ...] = Field(default=(), description="Levels it is for.")


class ClockKey(StrEnum):
    """The clocks the product runs; each area sets their length."""

    ADVICE = "advice"
    TRIAGE = "triage"
    CONSENT = "consent"
    ASSESSMENT = "assessment"
    FIRST_MEETING = "first_meeting"
    PLAN = "plan"
    REVIEW = "review"
    SINGLE_AGENCY_REVIEW = "single_agency_review"
    AFTER_CLOSING = "after_closing"
    REFUSAL_RETURN = "refusal_return"
    AGREEMENT = "agreement"


class Timescale(Cited):
    """How long a step may take before it is overdue."""

    clock: ClockKey
    number: int = Field(ge=0, le=1000, description="How many of the unit.")
    unit: Literal["working_days", "days", "weeks", "months"] = Field(
        description="Working days leave out weekends and bank holidays."
    )


class ClosingKind(StrEnum):
    """What a closing reason means to the product."""

    NEEDS_MET = "needs_met"
    STEPPED_DOWN = "stepped_down"
    STEPPED_UP = "stepped_up"
    WITHDREW = "withdrew"
    MOVED = "moved"
    OTHER = "other"


class ClosingReason(Cited):
    """Why early help ended."""

    key: Key
    kind: ClosingKind
    says: Text = Field(description="The reason as it is chosen and read.")


class RiskGroup(Cited):
    """A circumstance to be alert to. A prompt, never a score."""

    key: Key
    says: Text = Field(description="The circumstance as the strategy names it.")


class AgencyKind(StrEnum):
    """What sort of organisation it is."""

    COUNCIL = "council"
    SCHOOL = "school"
    EARLY_YEARS = "early_years"
    HEALTH = "health"
    POLICE = "police"
    HOUSING = "housing"
    VOLUNTARY = "voluntary"
    SOCIAL_CARE = "social_care"
    OTHER = "other"


class Locality(Cited):
    """A part of the area."""

    key: Key
    name: Text = Field(description="What people call it.")


class AgencySetting(Cited):
    """A place of an agency: a school, nursery, clinic or hub."""

    key: Key
    name: Text = Field(description="What people call it.")
    locality: str = Field(default="", description="A locality's key, if it serves only one.")


class Agency(Cited):
    """A partner."""

    key: Key
    name: Text = Field(description="What people call it.")
    kind: AgencyKind
    offers: str = Field(default="", description="What it brings to early help, in a sentence.")
    settings: tuple[AgencySetting, ...] = ()


class RoleKind(StrEnum):
    """What a role may do; what each kind may do is the product's, not the profile's."""

    PRACTITIONER = "practitioner"
    COORDINATOR = "coordinator"
    EARLY_HELP_OFFICER = "early_help_officer"
    PANEL_CHAIR = "panel_chair"
    TEAM_MANAGER = "team_manager"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    COMMISSIONER = "commissioner"
    ANALYST = "analyst"
    FAMILY_MEMBER = "family_member"


class Role(Cited):
    """A role people hold, in the area's words."""

    key: Key
    kind: RoleKind
    name: Text = Field(description="The role as it is held here.")


class Panel(Cited):
    """A standing meeting of several agencies."""

    key: Key
    name: Text = Field(description="What the meeting is called.")
    locality: str = Field(default="", description="A locality's key, if it serves only one.")
    does: Text = Field(description="What it is for.")
    agencies: tuple[Key, ...] = Field(description="Agencies that have agreed to attend.")
    needs_requester: bool = Field(
        default=False, description="Whether the agency that asked must be there."
    )
    every_days: int = Field(ge=1, le=366, description="Its rhythm, in days.")


class Anchor(Part):
    """What a point of the scale means."""

    at: int = Field(description="The point of the scale.")
    says: Text = Field(description="What that point means, in plain words.")


class Scale(Cited):
    """The distance-travelled scale."""

    lowest: int = Field(ge=0, le=1, description="The lowest point.")
    highest: int = Field(ge=2, le=10, description="The highest point, the best it can be.")
    anchors: tuple[Anchor, ...] = Field(min_length=2)
    asks: Text = Field(description="How it is put to a family.")


class AreaOfLife(Cited):
    """An area of life that needs and distance travelled are told by."""

    key: Key
    name: Text = Field(description="What it is called on the page.")
    prompt: Text = Field(description="What to think about, in plain words.")


class Figure(Part):
    """One published figure."""

    of: Literal["area", "neighbours", "england", "best", "other"] = Field(
        description="Whose figure it is: the area, its statistical neighbours, England, the best."
    )
    label: str = Field(default="", description="For `other`, whose figure it is.")
    value: float = Field(description="The figure, in the indicator's unit.")
    year: Text = Field(description="As published, such as `2018/19`.")
    published_by: Text = Field(description="Who published it, as the strategy cites it.")


class Indicator(Cited):
    """Something watched to know whether the area, or its help, is doing well."""

    key: Key
    kind: Literal["population", "performance"] = Field(
        description="Whether it tells how the whole population does, or how well the help works."
    )
    theme: str = Field(default="", description="A theme's key, if it belongs to one.")
    says: Text = Field(description="What is counted.")
    better: Literal["lower", "higher", "neither"] = Field(description="Which way is better.")
    unit: str = Field(default="", description="Such as `%` or `per 10,000 children`.")
    figures: tuple[Figure, ...] = ()


class Theme(Cited):
    """A priority or theme of the strategy, with what is to be done."""

    key: Key
    name: Text = Field(description="The priority as the strategy names it.")
    outcome: str = Field(default="", description="What will be different for families.")
    lead: str = Field(default="", description="Who is accountable.")
    objectives: tuple[Statement, ...] = ()


class Pledge(Cited):
    """What an agency signs up to."""

    name: Text = Field(description="What the pledge is called.")
    commitments: tuple[Statement, ...] = Field(min_length=1)


class Profile(Part):
    """A partnership's configuration, whole."""

    key: Folder = Field(description="Names the area in addresses and databases.")
    version: int = Field(ge=1, description="Goes up by one when a published profile changes.")
    name: Text = Field(description="The area's name.")
    partnership: Text = Field(description="Who runs early help here.")
    strategy: Strategy
    vision: Statement
    definition: Statement = Field(description="What early help is, here.")
    ages: Statement = Field(description="From when to when in life.")
    principles: tuple[Statement, ...] = ()
    family_says: tuple[Statement, ...] = Field(
        default=(), description="What families should be able to say."
    )
    words: Words
    levels: tuple[Level, ...] = Field(min_length=2)
    stages: tuple[Stage, ...] = Field(min_length=1)
    routes: tuple[Route, ...] = Field(min_length=1)
    timescales: tuple[Timescale, ...]
    closing_reasons: tuple[ClosingReason, ...] = Field(min_length=1)
    risk_groups: tuple[RiskGroup, ...] = Field(min_length=1)
    localities: tuple[Locality, ...] = Field(min_length=1)
    agencies: tuple[Agency, ...] = Field(min_length=1)
    roles: tuple[Role, ...] = Field(min_length=1)
    panels: tuple[Panel, ...] = ()
    scale: Scale
    areas_of_life: tuple[AreaOfLife, ...] = Field(min_length=1)
    themes: tuple[Theme, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    pledge: Pledge | None = None
    figures: Figures = ASSUMED
    information: Information
    forms: tuple[Form, ...]

    def level(self, key: str) -> Level:
        """The level of that key. Raises `KeyError`."""
        return {level.key: level for level in self.levels}[key]

    def route(self, key: str) -> Route:
        """The route of that key. Raises `KeyError`."""
        return {route.key: route for route in self.routes}[key]

    def role(self, key: str) -> Role:
        """The role of that key. Raises `KeyError`."""
        return {role.key: role for role in self.roles}[key]

    def form(self, key: str, version: int) -> Form:
        """That version of a form. Raises `KeyError`."""
        return {(form.key, form.version): form for form in self.forms}[key, version]

    def form_for(self, purpose: Purpose) -> Form:
        """The form in use for a step: the newest version. Raises `KeyError`."""
        versions = [form for form in self.forms if form.purpose == purpose]
        if not versions:
            raise KeyError(purpose)
        return max(versions, key=lambda form: form.version)

    def timescale(self, clock: ClockKey) -> Timescale:
        """The length of one of the clocks. Raises `KeyError`."""
        return {timescale.clock: timescale for timescale in self.timescales}[clock]

    @property
    def scale_steps(self) -> range:
        """The points of the distance-travelled scale."""
        return range(self.scale.lowest, self.scale.highest + 1)

    def option_lists(self) -> dict[str, tuple[Option, ...]]:
        """The lists that a question may take its options from, by name."""
        lists = {
            "risk_groups": [(g.key, g.says) for g in self.risk_groups],
            "areas_of_life": [(a.key, a.name) for a in self.areas_of_life],
            "agencies": [(a.key, a.name) for a in self.agencies],
            "settings": [(s.key, s.name) for one in self.agencies for s in one.settings],
            "localities": [(place.key, place.name) for place in self.localities],
        }
        made = ((n, tuple(Option(key=k, says=s) for k, s in pairs)) for n, pairs in lists.items())
        return dict(made)
