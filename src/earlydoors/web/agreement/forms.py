"""The form of a yes: who, who may be told, what for, and the area's own questions."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from earlydoors.domain.consent.effects import Effects, effects_of, if_given
from earlydoors.domain.consent.models import Agreement, Sharing
from earlydoors.domain.consent.operations import (
    BEFORE_IT_BEGAN,
    NOT_YET,
    OVER_ALREADY,
    Share,
    Terms,
)
from earlydoors.domain.consent.queries import ended_of, sharing_of
from earlydoors.domain.episodes import agreement as answers
from earlydoors.domain.episodes.models import Episode
from earlydoors.domain.people.models import Family, Person
from earlydoors.domain.people.queries import members_of
from earlydoors.domain.records.operations import keep_whole
from earlydoors.domain.records.queries import answers_of, said_already
from earlydoors.foundation.forms.answers import Choices
from earlydoors.foundation.forms.schema import Purpose
from earlydoors.foundation.kernel.dates import day
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.profile.clocks import due
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.schema import ClockKey
from earlydoors.web.agreement.asked import Asked
from earlydoors.web.agreement.people import everyone, who_may_agree
from earlydoors.web.agreement.questions import (
    AGREED,
    MORE_AGENCIES,
    MORE_NAMES,
    OTHERS,
    WHAT_FOR,
    about,
    sharing,
)
from earlydoors.web.agreement.whom import Whom, offered
from earlydoors.web.design.request import PageRequest
from earlydoors.web.sections.before import CARRIED, forms_before
from earlydoors.web.sections.own import Own, embedded

NOT_IN_WRITING = "Early help needs agreement in writing. Ask for a signature, then record it."


class Yes:
    """A yes as it is filled in. What stands already is filled in; only changes are asked for."""

    def __init__(
        self, request: PageRequest, episode: Episode, standing: Sequence[Agreement]
    ) -> None:
        self._request, self._episode = request, episode
        family = episode.family
        self._members = members_of(family)
        mine = _asked_for(request, standing)
        over = None if standing else ended_of(family)
        latest = mine or (standing[-1] if standing else over)
        agreed = list(mine.sharings.all()) if mine else sharing_of(family)
        if over is not None:
            agreed = list(over.sharings.all())
        self._ask = offered(family, request.actor, request.today, agreed)
        self.who = Own(
            request,
            AGREED,
            who_may_agree(self._members, request.today),
            initial=_begun(request, mine or _named(request, over)),
        )
        self.asked = Asked(request, self._members, latest)
        self.about = Own(
            request,
            about(),
            everyone(self._members, request.today),
            initial=_about(latest) if latest else None,
        )
        self.told = Own(request, sharing(self._ask.rows), initial=_said(self._ask.rows, agreed))
        self.others = Own(request, OTHERS, Choices(lists={"agencies": self._ask.options}))
        self.what_for = Own(
            request, WHAT_FOR, initial={"purpose": latest.purpose} if latest else None
        )
        self.form = embedded(
            request,
            Purpose.CONSENT,
            family=family,
            earlier=answers_of(latest.form_record) if latest else self._told(family),
            known_from=f"As agreed on {day(latest.agreed_on)}" if latest else CARRIED,
        )

    def _told(self, family: Family) -> dict[str, dict[str, Any]]:
        """What was said already, in a request or with a no, to the same questions."""
        form = self._episode.profile.profile.form_for(Purpose.CONSENT)
        return said_already(form, forms_before(family, self._request.at))

    @property
    def sound(self) -> bool:
        """Whether all of it was answered and can be recorded; says at the field what is wrong."""
        if not not_ahead(self.who, "agreed_on", self._request.today):
            return False
        if not _ends_ahead(self.who, self._request.today):
            return False
        if self.who.answers.get("in_writing") == "no":
            self.who.refuse("in_writing", NOT_IN_WRITING)
            return False
        parts = (self.who, self.about, self.told, self.others, self.what_for, self.form)
        asked = self.asked.is_sound(self.who.answers.get("person", ""))
        return asked and all(part.sound for part in parts)

    def does(self) -> Effects:
        """What it would do to who sees the record, asked of the rules that will do it."""
        said, family = self.who.answers, self._episode.family
        standing = if_given(
            family,
            Person.objects.get(pk=said["person"]),
            agreed_on=date.fromisoformat(said["agreed_on"]),
            until=date.fromisoformat(said["until"]),
            words=[(one.shares, one.agency, one.setting, one.named) for one in self._shares()],
        )
        return effects_of(family, standing, self._request.at)

    def save(self) -> Agreement | None:
        """Record it; nothing is kept, and the page says why, when it cannot be."""
        request, said = self._request, self.who.answers
        try:
            with transaction.atomic():
                return answers.agree(
                    episode=self._episode,
                    person=Person.objects.get(pk=said["person"]),
                    agreed_on=date.fromisoformat(said["agreed_on"]),
                    until=date.fromisoformat(said["until"]),
                    told_how=said["told_how"],
                    in_writing=said["in_writing"] == "yes",
                    purpose=self.what_for.answers.get("purpose", ""),
                    shares=self._shares(),
                    terms=self._terms(),
                    form_record=keep_whole(
                        purpose=Purpose.CONSENT,
                        readings=self.form.readings,
                        family=self._episode.family,
                        by=request.actor,
                        at=request.at,
                    ),
                    by=request.actor,
                    at=request.at,
                )
        except UnableTo as refusal:
            self.who.refuse("", refusal.sentence)
            return None

    def _terms(self) -> Terms:
        said, chosen = self.about.answers, self.who.answers
        covered = {str(pk) for pk in said["covers"]}
        members = [one.person for one in self._members]
        return Terms(
            covers=[one for one in members if str(one.pk) in covered],
            parts=said.get("parts", ()),
            heard=tuple(self.asked.answers()),
            helped_by=chosen.get("helped_by", ()),
            language=chosen.get("in_language", ""),
        )

    def _shares(self) -> list[Share]:
        """Everyone who was spoken of, once; where the lines differ, no outweighs yes."""
        said: dict[str, tuple[Whom, bool]] = {}
        for whom, yes in self._lines():
            before = said.get(whom.key)
            said[whom.key] = (before[0] if before else whom, yes and (not before or before[1]))
        return [whom.share(yes) for whom, yes in said.values()]

    def _lines(self) -> Iterable[tuple[Whom, bool]]:
        told, others = self.told.answers, self.others.answers
        for whom in self._ask.rows:
            if whom.key in told:
                yield whom, told[whom.key] == "yes"
        for n in range(1, MORE_AGENCIES + 1):
            chosen = others.get(f"agency_{n}")
            if chosen:
                yield self._ask.others[chosen], others[f"agency_{n}_shares"] == "yes"
        for n in range(1, MORE_NAMES + 1):
            named = others.get(f"named_{n}")
            if named:
                yield Whom(named, named=named), others[f"named_{n}_shares"] == "yes"


def _asked_for(request: PageRequest, standing: Iterable[Agreement]) -> Agreement | None:
    """The standing agreement of the person that the address names, to change it."""
    wanted = request.GET.get("person", "")
    return next((one for one in standing if str(one.person_id) == wanted), None)


def _begun(request: PageRequest, earlier: Agreement | None) -> dict[str, Any]:
    """Who and until when: as long from today as agreements last in the area."""
    until = due(current(), ClockKey.AGREEMENT, request.today)
    person = {"person": str(earlier.person_id)} if earlier else {}
    return {"until": until.isoformat(), **person}


def _about(earlier: Agreement) -> dict[str, Any]:
    """Whose information, and which parts, the last time."""
    return {
        "covers": [str(one.person_id) for one in earlier.covers.all()],
        "parts": list(earlier.parts),
    }


def _named(request: PageRequest, agreement: Agreement | None) -> Agreement | None:
    """An agreement that is over, where the address asks for its person."""
    return _asked_for(request, [agreement] if agreement else ())


def _ends_ahead(own: Own, today: date) -> bool:
    """Whether the last day can be one; says at its field where it cannot."""
    agreed_on, until = own.answers.get("agreed_on"), own.answers.get("until")
    if until and agreed_on and until < agreed_on:
        own.refuse("until", BEFORE_IT_BEGAN)
        return False
    if until and date.fromisoformat(until) < today:
        own.refuse("until", OVER_ALREADY)
        return False
    return True


def _said(rows: Iterable[Whom], agreed: Iterable[Sharing]) -> dict[str, Any]:
    """What stands, by the key of its question."""
    word: dict[UUID | str, str] = {
        one.setting_id or one.agency_id or one.named: "yes" if one.shares else "no"
        for one in agreed
    }
    found = {}
    for whom in rows:
        place = whom.setting or whom.agency
        key: UUID | str = place.pk if place else whom.named
        if key in word:
            found[whom.key] = word[key]
    return found


def not_ahead(own: Own, key: str, today: date) -> bool:
    """Whether a day has come; says so at its field where it has not."""
    given = own.answers.get(key)
    if given and date.fromisoformat(given) > today:
        own.refuse(key, NOT_YET)
        return False
    return True
