"""What must hold across a profile: no dangling reference, nothing unreachable, nothing twice.

Each check is a small generator of `(path, message, mend)`; `check` gives them their file and line.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from earlydoors.foundation.forms.schema import Form, Kind, Purpose, Repeat, Section
from earlydoors.foundation.profile.faults import Fault
from earlydoors.foundation.profile.information import RightKind
from earlydoors.foundation.profile.publishing import changed_since_published
from earlydoors.foundation.profile.schema import (
    AgencyKind,
    ClockKey,
    Decision,
    LevelKind,
    Profile,
    RoleKind,
)

type At = tuple[str | int, ...]
type Found = Iterator[tuple[At, str, str]]
type Locator = Callable[[At], tuple[str, int, str]]

# Forms that have a page for each section; the others stand among a page's own questions.
_PAGED = frozenset({Purpose.ASSESSMENT, Purpose.PLAN})

_KINDS_NEEDED = (
    RoleKind.PRACTITIONER, RoleKind.COORDINATOR, RoleKind.AUDITOR, RoleKind.FAMILY_MEMBER,
)  # fmt: skip

_KEYED = (
    "levels", "stages", "routes", "closing_reasons", "risk_groups", "localities", "agencies",
    "roles", "panels", "areas_of_life", "themes", "indicators", "principles", "family_says",
)  # fmt: skip


def check(profile: Profile, folder: Path, locate: Locator) -> list[Fault]:
    """Everything wrong across the profile, in the order of its files."""
    found = [
        Fault(*locate(at), message, mend) for one in _CHECKS for at, message, mend in one(profile)
    ]
    return found + [
        Fault(*locate(at), message, mend)
        for at, message, mend in changed_since_published(profile, folder)
    ]


def _twice(things: Sequence[Any], at: At) -> Found:
    seen: set[str] = set()
    for position, thing in enumerate(things):
        if thing.key in seen:
            yield (*at, position, "key"), f"`{thing.key}` is there twice.", "Give one another key."
        seen.add(thing.key)


def _keys_once(profile: Profile) -> Found:
    for name in _KEYED:
        yield from _twice(getattr(profile, name), (name,))
    settings: set[str] = set()
    for a, agency in enumerate(profile.agencies):
        for s, setting in enumerate(agency.settings):
            if setting.key in settings:
                yield (
                    ("agencies", a, "settings", s, "key"),
                    f"`{setting.key}` is there twice.",
                    "Give one another key; settings of all agencies are listed together.",
                )
            settings.add(setting.key)
    for name in ("clocks", "bases", "parts", "retention"):
        yield from _twice(getattr(profile.information, name), ("information", name))
    for n, theme in enumerate(profile.themes):
        yield from _twice(theme.objectives, ("themes", n, "objectives"))
    if profile.pledge:
        yield from _twice(profile.pledge.commitments, ("pledge", "commitments"))
    for n, level in enumerate(profile.levels):
        yield from _twice(level.descriptors, ("levels", n, "descriptors"))


def _dangling(wanted: Sequence[str], known: set[str], at: At, noun: str) -> Found:
    for position, key in enumerate(wanted):
        yield from _unknown(key, known, (*at, position), noun)


def _unknown(key: str, known: set[str], at: At, noun: str) -> Found:
    if key and key not in known:
        yield (
            at,
            f"There is no {noun} `{key}`.",
            f"Use one of: {', '.join(sorted(known)) or 'none yet'}.",
        )


def _references(profile: Profile) -> Found:
    levels = {level.key for level in profile.levels}
    agencies = {agency.key for agency in profile.agencies}
    localities = {locality.key for locality in profile.localities}
    panels = {panel.key for panel in profile.panels}
    themes = {theme.key for theme in profile.themes}
    for n, route in enumerate(profile.routes):
        yield from _dangling(route.levels, levels, ("routes", n, "levels"), "level")
        yield from _dangling(route.panels, panels, ("routes", n, "panels"), "panel")
    for n, stage in enumerate(profile.stages):
        yield from _dangling(stage.levels, levels, ("stages", n, "levels"), "level")
    for n, panel in enumerate(profile.panels):
        yield from _dangling(panel.agencies, agencies, ("panels", n, "agencies"), "agency")
        yield from _unknown(panel.locality, localities, ("panels", n, "locality"), "locality")
    for n, agency in enumerate(profile.agencies):
        for s, setting in enumerate(agency.settings):
            at = ("agencies", n, "settings", s, "locality")
            yield from _unknown(setting.locality, localities, at, "locality")
    for n, indicator in enumerate(profile.indicators):
        yield from _unknown(indicator.theme, themes, ("indicators", n, "theme"), "theme")


def _levels_reached(profile: Profile) -> Found:
    reached = {key for route in profile.routes for key in route.levels}
    for n, level in enumerate(profile.levels):
        if level.key not in reached:
            yield (
                ("levels", n),
                f"No route leads to the level `{level.key}`.",
                "Name it in the `levels` of a route in pathway.yaml.",
            )
    kinds = [level.kind for level in profile.levels]
    order = list(LevelKind)
    if kinds != sorted(kinds, key=order.index):
        yield ("levels",), "Levels must go from least need to most.", "Put them in order of kind."
    for kind in (LevelKind.UNIVERSAL, LevelKind.COORDINATED, LevelKind.STATUTORY):
        if kind not in kinds:
            yield ("levels",), f"No level is of kind `{kind}`.", "Every area has at least one."


def _routes_whole(profile: Profile) -> Found:
    decisions = {route.decision for route in profile.routes}
    for decision in (Decision.ADVICE, Decision.COORDINATED, Decision.SOCIAL_CARE):
        if decision not in decisions:
            yield ("routes",), f"No route decides `{decision}`.", "Every area needs one."
    for n, route in enumerate(profile.routes):
        if route.decision == Decision.PANEL and not route.panels:
            yield ("routes", n), "A panel route names no panel.", "List its `panels`."


def _clocks_whole(profile: Profile) -> Found:
    clocks = [timescale.clock for timescale in profile.timescales]
    for clock in ClockKey:
        if clocks.count(clock) != 1:
            yield (
                ("timescales",),
                f"The clock `{clock}` is set {clocks.count(clock)} times.",
                "Set each clock once; mark it as assumed where the strategy is silent.",
            )


def _roles_whole(profile: Profile) -> Found:
    kinds = {role.kind for role in profile.roles}
    for kind in _KINDS_NEEDED:
        if kind not in kinds:
            yield ("roles",), f"No role is of kind `{kind}`.", "Add one in the area's words."


def _rights_whole(profile: Profile) -> Found:
    clocks = profile.information.clocks
    answered = {kind for one in clocks if one.step == "answer" for kind in one.rights}
    for right in RightKind:
        if right not in answered:
            yield (
                ("information", "clocks"),
                f"No clock says by when a request of the kind `{right}` is answered.",
                "Add a clock with the step `answer` for it.",
            )
    kinds = {str(kind) for kind in AgencyKind}
    for n, basis in enumerate(profile.information.bases):
        yield from _dangling(basis.agencies, kinds, ("information", "bases", n, "agencies"), "kind")
    based = {kind for basis in profile.information.bases for kind in basis.agencies}
    for kind in sorted({str(agency.kind) for agency in profile.agencies} - based):
        yield (
            ("information", "bases"),
            f"Nothing says on what basis agencies of the kind `{kind}` hold anything.",
            "Name the kind in the `agencies` of a basis.",
        )
    ruled = [rule.what for rule in profile.information.retention]
    for what in ("never_helped", "helped", "stepped_up"):
        if ruled.count(what) != 1:
            yield (
                ("information", "retention"),
                f"{ruled.count(what)} rules say how long families are kept that are `{what}`.",
                "Write one rule for each.",
            )


def _scale_whole(profile: Profile) -> Found:
    anchors = {anchor.at for anchor in profile.scale.anchors}
    if not {profile.scale.lowest, profile.scale.highest} <= anchors:
        yield ("scale", "anchors"), "Both ends of the scale need an anchor.", "Add what is missing."
    if anchors - set(profile.scale_steps):
        yield ("scale", "anchors"), "An anchor lies off the scale.", "Move it onto the scale."


def _forms_whole(profile: Profile) -> Found:
    purposes = [form.purpose for form in profile.forms]
    lists = {
        name: {option.key for option in options} for name, options in profile.option_lists().items()
    }
    for purpose in Purpose:
        if purpose not in purposes:
            yield (), f"No form has the purpose `{purpose}`.", f"Add forms/{purpose}.yaml."
    keys: dict[Purpose, str] = {}
    served: dict[str, Purpose] = {}
    seen: set[tuple[str, int]] = set()
    for n, form in enumerate(profile.forms):
        if keys.setdefault(form.purpose, form.key) != form.key:
            yield (
                ("forms", n, "key"),
                f"Two forms serve `{form.purpose}`.",
                "Make one a version of the other.",
            )
        if served.setdefault(form.key, form.purpose) != form.purpose:
            yield (
                ("forms", n, "purpose"),
                f"The form `{form.key}` serves two purposes.",
                "Give one of them another key.",
            )
        if (form.key, form.version) in seen:
            yield (
                ("forms", n, "version"),
                "This version is there twice.",
                "Give it the next number.",
            )
        seen.add((form.key, form.version))
        yield from _form(form, ("forms", n), lists)
        if form.purpose not in _PAGED:
            yield from _nobody_alone(form, ("forms", n))
        if form.purpose == Purpose.ASSESSMENT:
            yield from _assessment(form, ("forms", n))


def _form(form: Form, at: At, lists: Mapping[str, set[str]]) -> Found:
    yield from _twice(form.sections, (*at, "sections"))
    for s, section in enumerate(form.sections):
        here = (*at, "sections", s, "questions")
        yield from _twice(section.questions, here)
        for q, question in enumerate(section.questions):
            yield from _twice(question.options, (*here, q, "options"))
        yield from _conditions(section, here, lists)


def _nobody_alone(form: Form, at: At) -> Found:
    for s, section in enumerate(form.sections):
        if section.repeat != Repeat.ONCE:
            yield (
                (*at, "sections", s, "repeat"),
                f"A form of the purpose `{form.purpose}` is one page, filled in once.",
                "Take `repeat` out; only the assessment and the plan repeat for each person.",
            )


def _assessment(form: Form, at: At) -> Found:
    """An assessment finds needs and hears each child (Working Together; every strategy)."""
    if not any(q.kind == Kind.NEEDS for section in form.sections for q in section.questions):
        yield at, "The assessment finds no needs.", "Add a question of kind `needs`."
    if not any(
        section.repeat == Repeat.EACH_CHILD and q.words_of == "child"
        for section in form.sections
        for q in section.questions
    ):
        yield (
            at,
            "No child is heard in the assessment.",
            "Add a question with `words_of: child` in a section repeated for `each_child`.",
        )


def _conditions(section: Section, at: At, lists: Mapping[str, set[str]]) -> Found:
    positions = {question.key: n for n, question in enumerate(section.questions)}
    for n, question in enumerate(section.questions):
        if question.when is None:
            continue
        yield from _dangling_options(section, n, (*at, n), lists)
        asked = positions.get(question.when.question)
        if asked is None:
            yield (
                (*at, n, "when", "question"),
                f"This section has no question `{question.when.question}`.",
                "A condition looks at an earlier question of its own section.",
            )
        elif asked >= n:
            yield (
                (*at, n, "when", "question"),
                f"The condition looks forward to `{question.when.question}`.",
                "Move that question above this one.",
            )


def _dangling_options(section: Section, n: int, at: At, lists: Mapping[str, set[str]]) -> Found:
    question = section.questions[n]
    asked = next(
        (q for q in section.questions if question.when and q.key == question.when.question), None
    )
    if asked is None or question.when is None:
        return
    known = lists.get(asked.options_from) or {option.key for option in asked.options}
    if asked.kind == Kind.YES_NO_UNKNOWN:
        known = {"yes", "no", "not_known"}
    yield from _dangling(question.when.is_any_of, known, (*at, "when", "is_any_of"), "answer")


_CHECKS = (
    _keys_once, _references, _levels_reached, _routes_whole, _clocks_whole, _roles_whole,
    _rights_whole, _scale_whole, _forms_whole,
)  # fmt: skip
