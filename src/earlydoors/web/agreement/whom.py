"""Whom a family may be asked about: everyone it has to do with, each once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import NAMESPACE_OID, UUID, uuid5

from earlydoors.domain.access.queries import who_can_see
from earlydoors.domain.consent.models import Sharing
from earlydoors.domain.consent.operations import Share
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Agency, Membership, Setting
from earlydoors.domain.partnership.queries import agencies_with_settings, workers
from earlydoors.domain.people.models import Family, Place
from earlydoors.domain.people.queries import places_of
from earlydoors.foundation.forms.schema import Option
from earlydoors.web.design.words import day


@dataclass(frozen=True)
class Whom:
    """An agency, one of its settings, or one other by name; and why the family is asked."""

    says: str
    why: tuple[str, ...] = ()
    agency: Agency | None = None
    setting: Setting | None = None
    named: str = ""
    note: str = ""

    @property
    def key(self) -> str:
        """The key of its question: the same on every showing of the page."""
        if self.setting or self.agency:
            return key_of(self.setting, self.agency)
        return f"with_{uuid5(NAMESPACE_OID, self.named.casefold()).hex}"

    def share(self, shares: bool) -> Share:
        """What was said of it, for the operation."""
        return Share(
            shares=shares,
            agency=self.agency,
            setting=self.setting,
            named=self.named,
            note=self.note,
        )


def key_of(setting: Setting | None, agency: Agency | None) -> str:
    """How a setting, or else an agency, is named in a form."""
    row: UUID | str = setting.pk if setting else agency.pk if agency else ""
    return f"with_{row.hex}" if isinstance(row, UUID) else ""


@dataclass
class _Book:
    """Everyone to ask about, in the order they were first met, with every reason."""

    by_setting: frozenset[UUID]
    found: dict[str, Whom] = field(default_factory=dict)

    def add(self, agency: Agency, setting: Setting | None, why: str) -> None:
        """An agency of several places is asked about by the place, unless the family has spoken of
        it whole already."""
        narrow = setting if setting and agency.pk in self.by_setting else None
        self.put(Whom(str(narrow or agency), (why,), agency, narrow))

    def put(self, whom: Whom) -> None:
        """Add someone, or one more reason for someone."""
        known = self.found.get(whom.key)
        why = known.why if known else ()
        why += tuple(one for one in whom.why if one and one not in why)
        first = known or whom
        self.found[whom.key] = Whom(
            first.says, why, first.agency, first.setting, first.named, first.note
        )


@dataclass(frozen=True)
class Offered:
    """Whom the page asks about, and every other agency or setting there is to choose."""

    rows: tuple[Whom, ...]
    others: dict[str, Whom]

    @property
    def options(self) -> tuple[Option, ...]:
        """The others, to choose from."""
        return tuple(
            Option.model_construct(key=key, says=whom.says, hint="")
            for key, whom in self.others.items()
        )


def offered(family: Family, actor: Actor, today: date, agreed: Sequence[Sharing]) -> Offered:
    """Whom to ask a family about: places its people go, workers involved, what was said before."""
    everyone = agencies_with_settings()
    whole = {one.agency_id for one in agreed if one.agency_id and not one.setting_id}
    several = {one.pk for one in everyone if len(one.settings.all()) > 1}
    book = _Book(frozenset(several - whole))
    for place in places_of(family):
        _place(book, place)
    seeing = {grant.member_id for grant in who_can_see(family) if grant.member_id}
    for worker in workers(today).filter(member_id__in=seeing | {actor.member.pk}):
        _worker(book, worker)
    for sharing in agreed:
        said = "Yes" if sharing.shares else "No"
        book.put(
            Whom(
                sharing.whom,
                (f"{said} on {day(sharing.agreement.agreed_on)}",),
                sharing.agency,
                sharing.setting,
                sharing.named,
                sharing.note,
            )
        )
    rows = tuple(book.found.values())
    return Offered(rows, _others(everyone, {whom.key for whom in rows}))


def _place(book: _Book, place: Place) -> None:
    if place.kind == "home":
        return
    kept = [one.person.full_name for one in place.kept_from.all() if one.lifted_on is None]
    why = f"{place.person.called}’s {place.get_kind_display().lower().replace('gp', 'GP')}"
    if kept:
        why += f" (kept from {', '.join(kept)})"
    if place.setting:
        book.add(place.setting.agency, place.setting, why)
    else:
        book.put(Whom(place.says, (why,), named=place.says))


def _worker(book: _Book, worker: Membership) -> None:
    if worker.agency:
        why = f"{worker.member.name}, {worker.member.job_title or worker.role_name}"
        book.add(worker.agency, worker.setting, why)


def _others(everyone: Iterable[Agency], known: set[str]) -> dict[str, Whom]:
    others = {}
    for agency in everyone:
        settings = [one for one in agency.settings.all() if one.current]
        whole = f"{agency.name} (all of it)" if len(settings) > 1 else agency.name
        others[key_of(None, agency)] = Whom(whole, (), agency)
        if len(settings) > 1:
            for setting in settings:
                says = f"{agency.name}: {setting.name}"
                others[key_of(setting, None)] = Whom(says, (), agency, setting)
    return {key: whom for key, whom in others.items() if key not in known}
