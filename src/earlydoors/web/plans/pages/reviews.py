"""Reviews, scores and distance travelled as their pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from markupsafe import Markup

from earlydoors.domain.episodes.models import Episode
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.plan.models import Review, Score
from earlydoors.domain.plan.queries import points_of
from earlydoors.domain.plan.rules import Journey, headline, journeys
from earlydoors.foundation.kernel.dates import day
from earlydoors.foundation.profile.schema import Profile
from earlydoors.web.design import charts
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.parts import Chart, Header, Row
from earlydoors.web.design.questions import Field
from earlydoors.web.design.words import sentence
from earlydoors.web.plans.pages.plan import Link, OutcomeCard, area_names
from earlydoors.web.plans.scoring import Grid, ends
from earlydoors.web.sections import paged
from earlydoors.web.sections.own import Embedded

VIEWS = {"family": "Family", "child": "Child", "worker": "Practitioner"}


@dataclass(frozen=True)
class Looked:
    """An outcome being reviewed, with the questions about it."""

    card: OutcomeCard
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class ReviewPage:
    """Recording a review."""

    family: str
    back: Link
    held_on: tuple[Field, ...]
    outcomes: tuple[Looked, ...]
    grid: Grid
    form: Embedded
    needs: tuple[Field, ...]
    decision: tuple[Field, ...]
    refusals: tuple[str, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """All questions, in the order of the page."""
        seen = tuple(field for one in self.outcomes for field in one.fields)
        return (
            *self.held_on,
            *seen,
            *self.grid.fields,
            *self.form.fields,
            *self.needs,
            *self.decision,
        )


@dataclass(frozen=True)
class ReadReviewPage:
    """A review that was held."""

    family: str
    back: Link
    when: str
    facts: tuple[Row, ...]
    progress: tuple[tuple[str, str, str, str], ...]
    viewers: tuple[str, ...]
    scores: tuple[tuple[str, tuple[str, ...]], ...]
    written: Sequence[tuple[str, tuple[Row, ...]]]


@dataclass(frozen=True)
class DistancePage:
    """How far a family has come: a sentence for each view, the picture and its table."""

    family: str
    back: Link
    sentences: tuple[str, ...]
    picture: Chart | None
    scores_address: str
    may_score: bool


@dataclass(frozen=True)
class ScoresPage:
    """Giving scores on a day, beside a review; `started` where the assessment gave the first."""

    family: str
    back: Link
    held_on: tuple[Field, ...]
    grid: Grid
    started: bool
    refusals: tuple[str, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """All questions, in the order of the page."""
        return (*self.held_on, *self.grid.fields)


def read_review_page(review: Review, today: date, back: Link) -> ReadReviewPage:
    """A review to read."""
    areas = area_names(review.plan.episode.profile.profile)
    progress = tuple(
        (
            one.outcome.words,
            one.get_family_view_display() if one.family_view else "Not said",
            one.get_worker_view_display(),
            one.words,
        )
        for one in review.progress.all()
    )
    given = {(one.area, _viewer(one)): str(one.value) for one in review.scores.all()}
    order = list(VIEWS)
    found = sorted(review.scores.all(), key=lambda one: order.index(one.view))
    viewers = tuple(dict.fromkeys(_viewer(one) for one in found))
    scores = tuple(
        (name, tuple(given.get((key, viewer), "–") for viewer in viewers))
        for key, name in areas.items()
        if any(area == key for area, _ in given)
    )
    facts = (
        Row("Decision", review.get_decision_display()),
        Row("Why", review.why),
        Row("Recorded by", review.created_by.name),
    )
    return ReadReviewPage(
        family=str(review.plan.episode.family),
        back=back,
        when=day(review.held_on),
        facts=facts,
        progress=progress,
        viewers=viewers,
        scores=scores,
        written=paged.read(review.form_record, today, unanswered=""),
    )


def _viewer(score: Score) -> str:
    return score.person.called if score.person else VIEWS[score.view]


def _spoke_most(lines: Sequence[Journey]) -> str:
    """Who spoke for the family in most areas of life, over the longest time."""
    reach: dict[str, tuple[int, int]] = {}
    for line in lines:
        if line.view == "family":
            areas, days = reach.get(line.who, (0, 0))
            reach[line.who] = areas + 1, days + (line.latest.on - line.first.on).days
    return max(reach, key=lambda who: reach[who], default="")


def _sentences(family: str, lines: Sequence[Journey]) -> list[str]:
    """What the scores show, for each view that gave any: the family's first."""
    found: dict[tuple[str, str], list[Journey]] = {}
    for line in lines:
        found.setdefault((line.view, line.who), []).append(line)
    names = {"family": f"the {family}", "worker": "the practitioners", "child": "the children"}
    order, first = list(VIEWS), _spoke_most(lines)
    said = []
    for (view, who), own in sorted(
        found.items(), key=lambda item: (order.index(item[0][0]), item[0][1] != first)
    ):
        since = min(line.first.on for line in own)
        said.append(sentence(headline(who or names[view], own, len(own), since)))
    return said


def _travelled(profile: Profile, lines: Sequence[Journey]) -> tuple[charts.Travelled, ...]:
    """What is drawn: the practitioners' view, and that of whoever spoke most for the family."""
    speaker = _spoke_most(lines)
    scores: dict[str, dict[str, int]] = {}
    for line in lines:
        prefix = {"family": "family", "worker": "practitioner"}.get(line.view)
        if prefix and (line.view == "worker" or line.who == speaker):
            of_area = scores.setdefault(line.area, {})
            of_area[f"{prefix}_first"] = line.first.value
            of_area[f"{prefix}_latest"] = line.latest.value
    return tuple(
        charts.Travelled(area.name, **scores[area.key])
        for area in profile.areas_of_life
        if area.key in scores
    )


def _table(profile: Profile, lines: Sequence[Journey]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            area.name,
            line.who or VIEWS[line.view],
            f"{line.first.value} on {day(line.first.on)}",
            f"{line.latest.value} on {day(line.latest.on)}",
            f"{line.moved:+d}" if line.moved else "0",
        )
        for area in profile.areas_of_life
        for line in lines
        if line.area == area.key
    )


def picture(episode: Episode) -> Chart | None:
    """The picture of distance travelled with its table; none before any score."""
    profile = episode.profile.profile
    lines = journeys(points_of(episode))
    if not lines:
        return None
    title = _sentences(str(episode.family), lines)[0]
    rows, scale = _travelled(profile, lines), (profile.scale.lowest, profile.scale.highest)
    return Chart(
        title=title,
        svg=charts.distance_travelled(title, rows, scale),
        narrow=charts.distance_travelled(title, rows, scale, narrow=True),
        ends=charts.said_of(scale, ends(profile)),
        headers=(
            Header("Area of life"),
            Header("Whose view"),
            Header("First"),
            Header("Latest"),
            Header("Change", numeric=True),
        ),
        rows=_table(profile, lines),
        download=reverse("plans:picture", args=[episode.pk]),
    )


def picture_alone(episode: Episode) -> Markup | None:
    """The picture to keep or to put into a letter, with what the ends of its scale mean."""
    profile = episode.profile.profile
    lines = journeys(points_of(episode))
    if not lines:
        return None
    title = _sentences(str(episode.family), lines)[0]
    scale = (profile.scale.lowest, profile.scale.highest)
    return charts.distance_travelled(title, _travelled(profile, lines), scale, ends(profile))


def distance_page(episode: Episode, actor: Actor, back: Link) -> DistancePage:
    """How far a family has come."""
    lines = journeys(points_of(episode))
    return DistancePage(
        family=str(episode.family),
        back=back,
        sentences=tuple(_sentences(str(episode.family), lines)),
        picture=picture(episode),
        scores_address=reverse("plans:scores", args=[episode.pk]),
        may_score=actor.may(Right.REVIEW),
    )


def headlines(episode: Episode) -> tuple[str, ...]:
    """What the scores show, in sentences."""
    return tuple(_sentences(str(episode.family), journeys(points_of(episode))))


def outcome_prefix(outcome_id: UUID) -> str:
    """What the names of the questions about an outcome begin with."""
    return f"outcome.{outcome_id}."
