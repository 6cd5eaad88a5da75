"""What the pages of a family show: frozen pieces, built from its records."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from earlydoors.domain.chronology.models import Entry
from earlydoors.domain.episodes.models import Episode, HarmReferral
from earlydoors.domain.partnership.models import Member, Membership
from earlydoors.domain.people.models import FamilyMember, Person, Place
from earlydoors.domain.people.rules import age_in_words
from earlydoors.foundation.kernel.dates import clock, day, local_day, moment
from earlydoors.foundation.profile.schema import Profile
from earlydoors.web.design import parts
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.questions import Field
from earlydoors.web.families.scope import Frame


@dataclass(frozen=True)
class Whereabouts:
    """A place of a person in a line, and from whom it is kept."""

    kind: str
    says: str
    kept_from: tuple[str, ...] = ()


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
    """A page that is one form: what it is for, its questions, and what else to know.

    `tab` is what the browser calls it where the title names somebody.
    """

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
    tab: str = ""

    @property
    def faulty(self) -> bool:
        """Whether something is to be mended before it can be saved."""
        return bool(self.refusals) or any(field.fault for field in self.fields)


def told_apart(person: Person) -> str:
    """A person in a line: name and birth date."""
    if person.born_on:
        return f"{person.full_name}, born {day(person.born_on)}"
    return f"{person.full_name}, due {day(person.due_on)}" if person.due_on else person.full_name


def listed(names: Sequence[str]) -> str:
    """Names as a sentence has them: Amy, Ava and Ann."""
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def age_and_relation(member: FamilyMember, today: date, kin: str = "") -> str:
    """How old someone is and who they are in the family; `kin` says it better where it is known.

    `7 years old, child`; `5 days old, child`; `not yet born, due 3 March 2026, child`; `died on
    3 March 2026, father`."""
    person = member.person
    age = age_in_words(person.born_on, person.due_on, today)
    if age.isdecimal():
        age = f"{age} years old"
    elif age[:1].isdecimal():
        age = f"{age} old"
    if person.died_on is not None:
        age = f"died on {day(person.died_on)}"
    elif person.born_on is None and person.due_on is not None:
        age = f"{age}, due {day(person.due_on)}"
    relation = member.relation_says or kin or member.get_relation_display()
    return ", ".join(filter(None, (age, relation[:1].lower() + relation[1:])))


def whereabouts(place: Place, *, with_days: bool = False) -> Whereabouts:
    """A place in a line, with the days of a second home if asked. Reads what was fetched."""
    says = place.says
    if place.postcode and place.postcode.lower() not in says.lower():
        says = f"{says}, {place.postcode}"
    if place.pattern and with_days:
        says = f"{says}, {place.pattern}"
    kept = tuple(k.person.full_name for k in place.kept_from.all() if k.lifted_on is None)
    return Whereabouts(place.get_kind_display(), says, kept)


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


def job_of(member: Member, held: Membership | None) -> str:
    """What a worker is and where from, nothing said twice."""
    job = member.job_title or (held.role_name if held else "")
    place = where_from(held)
    said = [part.strip() for part in job.split(",")[1:]]
    if any(part and place.startswith(part) for part in said):
        job = job.split(",")[0]
    return ", ".join(filter(None, (job, place)))


def reach(member: Member | None) -> Reach | None:
    """How to reach a worker; none where nobody is there yet."""
    if member is None:
        return None
    return Reach(member.name, job_of(member, held_by(member)), member.email)


_TONES = {"harm": "harm", "conversation": "quiet", "scores": "quiet", "action": "quiet"}
_DONE = {"action.done", "assessment.finished", "plan.agreed", "episode.closed", "consent.given"}
_ABOUT = {
    "assessment.assessment": "assessments:read",
    "plan.meeting": "plans:meeting",
    "consent.agreement": "agreement:form",
    "consent.refusal": "agreement:refused",
    "consent.sharingdecision": "agreement:decision",
    "frontdoor.supportrequest": "frontdoor:request",
    "episodes.teamplace": "",
}


def entry(one: Entry, *, short: bool = False) -> parts.Entry:
    """A line of the chronology as it is drawn; in short, with its day and name alone."""
    noun = one.kind.split(".")[0]
    on = local_day(one.at)
    title, _, rest = one.says.partition(". ")
    route = _ABOUT.get(one.subject, "")
    key = [one.subject_id]
    if one.subject == "episodes.harmreferral":
        route, key = "families:harm_referral", [one.family_id, one.subject_id]
    return parts.Entry(
        when=day(on) if short else f"{day(on)}, {clock(one.at)}",
        day=on,
        title=f"{title}." if rest else title,
        body=rest,
        by=one.by_says.partition(",")[0] if short else one.by_says,
        tone="done" if one.kind in _DONE else _TONES.get(noun, "plain"),
        href=reverse(route, args=key) if route else None,
    )


@dataclass(frozen=True)
class ReferralPage:
    """A referral to social care, to read."""

    frame: Frame
    told_where: str
    rows: tuple[parts.Row, ...]


def referral_page(frame: Frame, referral: HarmReferral) -> ReferralPage:
    """Everything that was recorded of a referral to social care."""
    rows = [
        parts.Row("The harm, or the risk of it", referral.concern),
        parts.Row("Who was told", f"{referral.told_whom}, {referral.told_where}"),
        parts.Row("When they were told", moment(referral.told_at)),
        parts.Row("How they were told", referral.told_how or "Not written down"),
        parts.Row("Did the family know?", "Yes" if referral.family_told else "No"),
    ]
    if referral.family_not_told_why:
        rows.append(parts.Row("Why it was not safe to tell them", referral.family_not_told_why))
    written = f"{referral.created_by.name}, {moment(referral.created_at)}"
    rows.append(parts.Row("Recorded by", written))
    return ReferralPage(frame, referral.told_where, tuple(rows))


def level_options(profile: Profile, keys: Iterable[str]) -> list[tuple[str, str, str]]:
    """Levels to choose from: key, name, what each means."""
    wanted = set(keys)
    return [(lv.key, lv.name, lv.means) for lv in profile.levels if lv.key in wanted]
