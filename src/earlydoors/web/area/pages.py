"""What the page "How early help works here" shows, from the profile alone."""

from dataclasses import dataclass

from earlydoors.foundation.profile.schema import (
    Cited,
    ClockKey,
    Decision,
    Panel,
    Profile,
    Route,
    Timescale,
    Words,
)
from earlydoors.web.area.sources import Source, Statements, by_source, source_of
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.parts import Count
from earlydoors.web.design.words import count, sentence

_CLOCKS = {
    ClockKey.ADVICE: "Advice is given to someone who asks for it",
    ClockKey.TRIAGE: "A request is decided on",
    ClockKey.CONSENT: "The family is asked and answers",
    ClockKey.ASSESSMENT: "The assessment is finished",
    ClockKey.FIRST_MEETING: "The team first meets",
    ClockKey.PLAN: "The plan is made",
    ClockKey.REVIEW: "The plan is reviewed, and again each time after",
    ClockKey.SINGLE_AGENCY_REVIEW: "One agency’s help is looked at again",
    ClockKey.AFTER_CLOSING: "Someone looks back after help has ended",
    ClockKey.REFUSAL_RETURN: "A family that said no is asked again",
    ClockKey.AGREEMENT: "An agreement lasts, unless the family says otherwise",
}
_PRODUCT_WORDS = {
    "request": "Asking for support",
    "front_door": "Where requests arrive",
    "social_care": "Where harm is referred to",
    "assessment": "Looking at the whole family",
    "team": "The people who help a family",
    "lead_practitioner": "The family’s one go-to person",
    "family_plan": "What everyone has agreed to do",
    "outcome": "What the family wants to be different",
    "action": "A line of the plan",
    "review": "Looking together at how it goes",
    "distance_travelled": "How far a family has come",
    "panel": "The meeting several agencies decide at",
    "locality": "A part of the area",
    "early_help_officer": "Who advises and challenges agencies",
}
_ANSWERS = {
    Decision.ADVICE: "Advice, and an offer",
    Decision.SINGLE_AGENCY: "One agency helps",
    Decision.COORDINATED: "Several agencies help together",
    Decision.PANEL: "A panel decides",
    Decision.SOCIAL_CARE: "Social care, at once",
}


@dataclass(frozen=True)
class Told:
    """Something the profile says, with a name and its source."""

    name: str
    says: str
    source: Source
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class TermRow:
    """The area's word for one of the product's nouns."""

    means: str
    word: str
    many: str
    short: str
    source: Source


@dataclass(frozen=True)
class ClockRow:
    """How long a step may take."""

    step: str
    length: str
    source: Source


@dataclass(frozen=True)
class PanelCard:
    """Panels that work alike: what they are for, how often, and who has agreed to come."""

    names: tuple[str, ...]
    does: str
    rhythm: str
    agencies: tuple[str, ...]
    source: Source


@dataclass(frozen=True)
class About:
    """The page, whole."""

    area: str
    partnership: str
    strategy: str
    address: str
    index: tuple[Count, ...]
    vision: Told
    definition: Told
    ages: Told
    stages: tuple[Told, ...]
    routes: tuple[Told, ...]
    clocks: tuple[ClockRow, ...]
    risks: tuple[Statements, ...]
    panels: tuple[PanelCard, ...]
    principles: tuple[Statements, ...]
    family_says: tuple[Statements, ...]
    pledge: str
    commitments: tuple[Statements, ...]
    terms: tuple[TermRow, ...]


def about(profile: Profile) -> About:
    """Everything the profile says of how early help works, in the order a newcomer needs it."""
    strategy = profile.strategy
    return About(
        area=profile.name,
        partnership=profile.partnership,
        strategy=f"{strategy.title}, {strategy.publisher}, {strategy.years}",
        address=strategy.address,
        index=index(profile),
        vision=_told("Vision", profile.vision.says, profile.vision),
        definition=_told("What early help is", profile.definition.says, profile.definition),
        ages=_told("Who it is for", profile.ages.says, profile.ages),
        stages=tuple(
            _told(one.name, one.says, one, _level_names(profile, one.levels))
            for one in profile.stages
        ),
        routes=tuple(_route(profile, one) for one in profile.routes),
        clocks=tuple(_clock(one) for one in profile.timescales),
        risks=_grouped_risks(profile),
        panels=_panels(profile),
        principles=by_source(profile.principles),
        family_says=by_source(profile.family_says),
        pledge=profile.pledge.name if profile.pledge else "",
        commitments=by_source(profile.pledge.commitments) if profile.pledge else (),
        terms=_terms(profile.words),
    )


def index(profile: Profile) -> tuple[Count, ...]:
    """The other pages of the place, each with how much is on it."""
    levels, agencies = len(profile.levels), len(profile.agencies)
    themes, measures = len(profile.themes), len(profile.indicators)
    figures = reverse("area:figures")
    return (
        Count(levels, "levels of need, and what each means", reverse("area:levels")),
        Count(agencies, "agencies that help, and where", reverse("area:partners")),
        Count(themes, "priorities" if themes != 1 else "priority", figures),
        Count(measures, "measures watched", f"{figures}#measures"),
    )


def _told(name: str, says: str, cited: Cited, notes: tuple[str, ...] = ()) -> Told:
    return Told(name, says, source_of(cited.source), notes)


def _level_names(profile: Profile, keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(level.name for level in profile.levels if level.key in keys)


def _route(profile: Profile, route: Route) -> Told:
    notes = (_ANSWERS[route.decision], *_level_names(profile, route.levels))
    return _told(route.name, route.explains, route, notes)


def _clock(timescale: Timescale) -> ClockRow:
    unit = timescale.unit.removesuffix("s").replace("_", " ")
    length = f"within {count(timescale.number, unit)}" if timescale.number else "the same day"
    return ClockRow(_CLOCKS[timescale.clock], sentence(length), source_of(timescale.source))


def _grouped_risks(profile: Profile) -> tuple[Statements, ...]:
    groups: dict[str, list[str]] = {}
    for one in profile.risk_groups:
        groups.setdefault(one.source, []).append(one.says)
    return tuple(Statements(tuple(lines), source_of(text)) for text, lines in groups.items())


def _panels(profile: Profile) -> tuple[PanelCard, ...]:
    """The panels; those that differ by name and locality alone are told of once."""
    alike: dict[Panel, list[str]] = {}
    for one in profile.panels:
        nameless = one.model_copy(update={"key": "", "name": "", "locality": ""})
        alike.setdefault(nameless, []).append(one.name)
    return tuple(_panel(profile, one, tuple(names)) for one, names in alike.items())


def _panel(profile: Profile, panel: Panel, called: tuple[str, ...]) -> PanelCard:
    names = {agency.key: agency.name for agency in profile.agencies}
    weeks, days = divmod(panel.every_days, 7)
    if panel.every_days == 1:
        rhythm = "Every day."
    elif days == 0:
        rhythm = "Every week." if weeks == 1 else f"Every {weeks} weeks."
    else:
        rhythm = f"Every {panel.every_days} days."
    if panel.needs_requester:
        rhythm += " Whoever asked for support must be there."
    return PanelCard(
        names=called,
        does=panel.does,
        rhythm=rhythm,
        agencies=tuple(names.get(key, key) for key in panel.agencies),
        source=source_of(panel.source),
    )


def _terms(words: Words) -> tuple[TermRow, ...]:
    rows = []
    for name, means in _PRODUCT_WORDS.items():
        word = getattr(words, name)
        rows.append(TermRow(means, word.one, word.many, word.short, source_of(word.source)))
    return tuple(rows)
