"""What the pages of a family show: frozen pieces, built from its records."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from earlydoors.domain.access.models import Grant
from earlydoors.domain.chronology.models import Entry
from earlydoors.domain.episodes.models import Episode
from earlydoors.domain.partnership.models import Member, Membership
from earlydoors.domain.people.models import Family, FamilyMember, Place
from earlydoors.domain.people.rules import age_in_words
from earlydoors.foundation.kernel.dates import clock, day, local_day
from earlydoors.foundation.profile.schema import Profile
from earlydoors.web.design import parts
from earlydoors.web.design.questions import Field
from earlydoors.web.families.scope import Frame, address


@dataclass(frozen=True)
class Whereabouts:
    """A place of a person in a line, and from whom it is kept."""

    kind: str
    says: str
    kept_from: tuple[str, ...] = ()


@dataclass(frozen=True)
class Face:
    """Someone of the family, small: who they are at a glance."""

    name: str
    called: str
    detail: str
    href: str
    facts: tuple[str, ...]
    places: tuple[Whereabouts, ...]
    must_not_learn: int

    @property
    def initials(self) -> str:
        """One or two letters to know them by."""
        return parts.Chip(self.name).initials


@dataclass(frozen=True)
class Standing:
    """The level of need as a tag, and since when."""

    name: str
    position: int
    of: int
    since: date | None


@dataclass(frozen=True)
class Reach:
    """A worker and how to reach them."""

    name: str
    job: str
    agency: str
    email: str


@dataclass(frozen=True)
class Earlier:
    """What something was before it was changed, by whom and when."""

    what: str
    was: str
    until: datetime
    by: str


@dataclass(frozen=True)
class FormPage:
    """A page that is one form: what it is for, its questions, and what else to know."""

    frame: Frame
    title: str
    fields: tuple[Field, ...]
    button: str
    back: str
    back_text: str
    refusals: tuple[str, ...] = ()
    lead: str = ""
    told: tuple[str, ...] = ()
    tone: str = "primary"
    seen: str = ""
    theirs: Sequence[parts.Row] = ()
    theirs_by: str = ""
    more: Sequence[tuple[str, str]] = ()

    @property
    def faulty(self) -> bool:
        """Whether something is to be mended before it can be saved."""
        return bool(self.refusals) or any(field.fault for field in self.fields)


def age_and_relation(member: FamilyMember, today: date) -> str:
    """`7 years old, child`; `not yet born, due 3 March 2026, child`."""
    person = member.person
    age = age_in_words(person.born_on, person.due_on, today)
    if age.isdecimal():
        age = f"{age} years old"
    if person.born_on is None and person.due_on is not None:
        age = f"{age}, due {day(person.due_on)}"
    relation = member.relation_says or member.get_relation_display()
    return ", ".join(filter(None, (age, relation[:1].lower() + relation[1:])))


def whereabouts(place: Place) -> Whereabouts:
    """A place in a line. Reads what `members_of` has fetched."""
    says = place.says
    if place.postcode and place.postcode.lower() not in says.lower():
        says = f"{says}, {place.postcode}"
    kept = tuple(k.person.full_name for k in place.kept_from.all() if k.lifted_on is None)
    return Whereabouts(place.get_kind_display(), says, kept)


def faces(family: Family, members: Sequence[FamilyMember], today: date) -> tuple[Face, ...]:
    """Everyone of the family, in the order given."""
    kept = _kept_from(members)
    return tuple(_face(family, member, kept.get(member.person_id, 0), today) for member in members)


def _kept_from(members: Iterable[FamilyMember]) -> dict[object, int]:
    """How many of the family's places each person must not learn."""
    counts: dict[object, int] = {}
    for member in members:
        for place in member.person.places.all():
            for kept in place.kept_from.all():
                if kept.lifted_on is None:
                    counts[kept.person_id] = counts.get(kept.person_id, 0) + 1
    return counts


def _face(family: Family, member: FamilyMember, must_not_learn: int, today: date) -> Face:
    person = member.person
    facts = []
    if member.parental_responsibility:
        facts.append("Has parental responsibility")
    elif member.parental_responsibility is False and member.relation != "child":
        facts.append("No parental responsibility")
    if member.lives_here is False:
        facts.append("Lives elsewhere")
    if person.needs_interpreter:
        facts.append(f"Needs an interpreter: {person.first_language or 'language not known'}")
    elif person.first_language and person.first_language.lower() != "english":
        facts.append(f"First language {person.first_language}")
    if person.communication:
        facts.append(person.communication)
    if person.phone:
        facts.append(person.phone)
    return Face(
        name=person.full_name,
        called=person.called if person.known_as else "",
        detail=age_and_relation(member, today),
        href=reverse("families:person", args=[family.pk, person.pk]),
        facts=tuple(facts),
        places=tuple(whereabouts(p) for p in person.places.all() if p.ended_on is None),
        must_not_learn=must_not_learn,
    )


def standing(episode: Episode | None, since: date | None) -> Standing | None:
    """The level the family is at; none before any help."""
    if episode is None:
        return None
    levels = episode.profile.profile.levels
    keys = [level.key for level in levels]
    position = keys.index(episode.level) + 1 if episode.level in keys else 0
    name = levels[position - 1].name if position else episode.level
    return Standing(name, position, len(levels), since)


def state_of(episode: Episode | None) -> str:
    """The state of the help as a sentence without its full stop."""
    if episode is None:
        return "No early help is open for this family"
    says = episode.get_state_display()
    if episode.state == "closed" and episode.closed_at:
        return f"Early help is closed, since {day(local_day(episode.closed_at))}"
    if episode.state == "single_agency" and episode.agency:
        return f"Early help is given by {episode.agency.name}"
    return f"Early help is {says}"


def held_by(member: Member) -> Membership | None:
    """The role a member holds, as fetched with them."""
    return next((m for m in member.memberships.all() if m.ended_on is None), None)


def where_from(held: Membership | None) -> str:
    """The setting, else the agency, of a role."""
    return str(held.setting or held.agency or "") if held else ""


def reach(member: Member | None) -> Reach | None:
    """How to reach a worker; none where nobody is there yet."""
    if member is None:
        return None
    held = held_by(member)
    job = member.job_title or (held.role_name if held else "")
    return Reach(member.name, job, where_from(held), member.email)


_TONES = {"harm": "harm", "conversation": "quiet", "scores": "quiet", "action": "quiet"}
_DONE = {"action.done", "assessment.finished", "plan.agreed", "episode.closed", "consent.given"}
_ABOUT = {
    "assessment.assessment": "assessments:read",
    "plan.meeting": "plans:meeting",
    "consent.agreement": "agreement:form",
    "consent.refusal": "agreement:refused",
    "frontdoor.supportrequest": "frontdoor:request",
    "episodes.teamplace": "",
}


def entry(one: Entry) -> parts.Entry:
    """A line of the chronology as it is drawn."""
    noun = one.kind.split(".")[0]
    on = local_day(one.at)
    title, _, rest = one.says.partition(". ")
    route = _ABOUT.get(one.subject, "")
    return parts.Entry(
        when=f"{day(on)}, {clock(one.at)}",
        day=on,
        title=f"{title}." if rest else title,
        body=rest,
        by=one.by_says,
        tone="done" if one.kind in _DONE else _TONES.get(noun, "plain"),
        href=address(route, one.subject_id) if route else None,
    )


def because(grant: Grant) -> str:
    """Why a grant is there, as a sentence's end."""
    return grant.get_because_display()


def person_rows(person: Any, labels: Sequence[tuple[str, str]], say: Any) -> tuple[parts.Row, ...]:
    """The facts known of a person as lines; what is not known is left out."""
    return tuple(parts.Row(label, value) for name, label in labels if (value := say(person, name)))


def level_options(profile: Profile, keys: Iterable[str]) -> list[tuple[str, str, str]]:
    """Levels to choose from: key, name, what each means."""
    wanted = set(keys)
    return [(lv.key, lv.name, lv.means) for lv in profile.levels if lv.key in wanted]
