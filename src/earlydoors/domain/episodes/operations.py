"""Opening a period of help and moving it on."""

from datetime import datetime

from django.db import transaction

from earlydoors.domain.access.operations import grant
from earlydoors.domain.access.permissions import work_with
from earlydoors.domain.chronology.operations import tell
from earlydoors.domain.consent.operations import let_in
from earlydoors.domain.episodes.models import Episode, HarmReferral, LeadChange, LevelChange
from earlydoors.domain.episodes.queries import open_episode
from earlydoors.domain.episodes.states import EPISODE
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Agency, Member
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Family
from earlydoors.foundation.kernel.dates import local_day, moment
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.models import kept
from earlydoors.foundation.profile.schema import LevelKind, Profile
from earlydoors.foundation.wall.acting import crossing


def move(*, episode: Episode, name: str, says: str, by: Actor, at: datetime) -> Episode:
    """Make one move of the workflow table: checks right and state, writes state and evidence.

    Raises `NotAllowed` or `UnableTo`. Works on a locked, fresh row, so that two people moving the
    same help at once cannot both succeed.
    """
    transition = EPISODE.by_name[name]
    with transaction.atomic():
        fresh = Episode.objects.select_for_update().get(pk=episode.pk)
        work_with(by, episode.family, Right[transition.permission])
        state = EPISODE.move(name, fresh.state)
        closing = {"closed_at": at, "closed_by": by.member} if state == "closed" else {}
        fresh.change(
            by=by,
            at=at,
            state=state,
            state_since=at,
            revision=fresh.revision + 1,
            **closing,
        )
        tell(transition.event, says, family=episode.family, subject=fresh, by=by, at=at)
    episode.refresh_from_db()
    return episode


def goes_on(episode: Episode, *, ended: str) -> None:
    """Whether early help goes on: raises `UnableTo` with `ended` once it has ended, and while it
    is with social care, whose plan for the family is the one that counts then."""
    state = Episode.objects.values_list("state", flat=True).get(pk=episode.pk)
    if state == "closed":
        raise UnableTo(ended)
    if state == "stepped_up":
        raise UnableTo(
            "Help for this family is with social care for now. Early help goes on from here once "
            "it steps down."
        )


@transaction.atomic
def open_help(
    *,
    family: Family,
    level: str,
    route: str,
    why: str,
    by: Actor,
    at: datetime,
) -> Episode:
    """Open a period of help. Raises `UnableTo` when one is open already.

    A family that had help before comes back with all that is known: the new period continues the
    last one.
    """
    if open_episode(family) is not None:
        raise UnableTo("This family already has help under way. Add to it instead.")
    continues = family.episodes.filter(state="closed").order_by("closed_at").last()
    profile = current()
    today = local_day(at)
    episode = Episode.make(
        by=by,
        at=at,
        family=family,
        profile=kept(profile, at),
        state_since=at,
        level=level,
        route=route,
        continues=continues,
        opened_on=today,
    )
    LevelChange.make(by=by, at=at, episode=episode, level=level, moved="enter", on=today, why=why)
    tell(
        "episode.opened",
        f"Early help was opened at {profile.level(level).name}. {why}",
        family=family,
        subject=episode,
        by=by,
        at=at,
    )
    return episode


@transaction.atomic
def change_level(*, episode: Episode, level: str, why: str, by: Actor, at: datetime) -> None:
    """Step the family up or down. Nothing happens when they are at the level already.

    Raises `UnableTo` when the help is closed.
    """
    work_with(by, episode.family, Right.MOVE_LEVEL)
    _put_at(episode, level, why, by, at)


def _put_at(episode: Episode, level: str, why: str, by: Actor, at: datetime) -> None:
    if episode.state == "closed":
        raise UnableTo("This help is closed. Open help again to work with the family.")
    profile = episode.profile.profile
    if level == episode.level:
        return
    order = [one.key for one in profile.levels]
    moved = "up" if order.index(level) > order.index(episode.level) else "down"
    step = LevelChange.make(
        by=by, at=at, episode=episode, level=level, moved=moved, on=local_day(at), why=why
    )
    episode.change(by=by, at=at, level=level, revision=episode.revision + 1)
    tell(
        f"level.stepped_{moved}",
        f"Stepped {moved} to {profile.level(level).name}. {why}",
        family=episode.family,
        subject=step,
        by=by,
        at=at,
    )


def lowest_level(profile: Profile, kind: LevelKind) -> str:
    """The key of the area's first level of a kind."""
    return next(level.key for level in profile.levels if level.kind == kind)


@transaction.atomic
def agree_lead(
    *,
    episode: Episode,
    member: Member,
    by: Actor,
    at: datetime,
    why: str = "",
    family_told: str = "",
) -> LeadChange:
    """Make someone the family's one go-to person. The earlier lead stays in the team."""
    work_with(by, episode.family, Right.CHANGE_LEAD)
    first = episode.lead_id is None
    if not first and not (why and family_told):
        raise UnableTo("Say why the lead changes and how the family was told.")
    grant(family=episode.family, member=member, because="lead", by=by, at=at)
    for earlier in episode.family.grants.filter(because="lead", ended_at=None).exclude(
        member=member
    ):
        earlier.change(by=by, at=at, ended_at=at, ended_by=by.member)
        if earlier.member:
            let_in(family=episode.family, member=earlier.member, because="team", by=by, at=at)
    change = LeadChange.make(
        by=by,
        at=at,
        episode=episode,
        member=member,
        on=local_day(at),
        why=why,
        family_told=family_told,
    )
    episode.change(by=by, at=at, lead=member, revision=episode.revision + 1)
    word = episode.profile.profile.words.lead_practitioner.one
    tell(
        "lead.agreed",
        f"{member.name} became the {word}.",
        family=episode.family,
        subject=change,
        by=by,
        at=at,
    )
    return change


@transaction.atomic
def give_to_agency(
    *, episode: Episode, agency: Agency, member: Member | None, why: str, by: Actor, at: datetime
) -> Episode:
    """One agency helps from here on, through one of its workers where known."""
    says = f"{agency.name} gives the help. {why}"
    move(episode=episode, name="give_to_agency", says=says, by=by, at=at)
    episode.change(by=by, at=at, agency=agency, revision=episode.revision + 1)
    if member is not None:
        let_in(family=episode.family, member=member, because="agency_help", by=by, at=at)
        if episode.lead_id is None:
            agree_lead(episode=episode, member=member, by=by, at=at)
    return episode


@crossing("referring")
@transaction.atomic
def refer_harm(
    *,
    family: Family,
    concern: str,
    told_whom: str,
    told_where: str,
    told_at: datetime,
    told_how: str,
    family_told: bool,
    family_not_told_why: str,
    by: Actor,
    at: datetime,
    level: str = "",
) -> HarmReferral:
    """Record a referral to social care, made at once; early help stops and steps up to `level`,
    or to the area's first statutory level when none is named.

    Raises `UnableTo` for a time that has not come, or when the family was not told and no reason
    is given.
    """
    work_with(by, family, Right.REFER_HARM)
    if told_at > at:
        raise UnableTo("The time you told social care cannot be later than now.")
    if not family_told and not family_not_told_why:
        raise UnableTo("Say why it was not safe to tell the family.")
    referral = HarmReferral.make(
        by=by,
        at=at,
        family=family,
        concern=concern,
        told_whom=told_whom,
        told_where=told_where,
        told_at=told_at,
        told_how=told_how,
        family_told=family_told,
        family_not_told_why=family_not_told_why,
    )
    says = f"Referred to {told_where}: told {told_whom} on {moment(told_at)}."
    tell("harm.referred", says, family=family, subject=referral, by=by, at=at)
    episode = open_episode(family)
    if episode is not None and EPISODE.can("step_up", episode.state):
        statutory = level or lowest_level(episode.profile.profile, LevelKind.STATUTORY)
        move(episode=episode, name="step_up", says="Early help stopped for now.", by=by, at=at)
        # Whoever may refer to social care may step up by it, in an emergency too.
        _put_at(episode, statutory, says, by, at)
    return referral


@transaction.atomic
def step_down(
    *, episode: Episode, level: str, why: str, has_plan: bool, agreed: bool, by: Actor, at: datetime
) -> Episode:
    """Take a family back from social care, with the plan it had, and without retelling."""
    name = (
        "step_down_with_plan"
        if has_plan
        else "step_down_to_plan"
        if agreed
        else "step_down_to_offer"
    )
    move(episode=episode, name=name, says="Stepped down from social care.", by=by, at=at)
    change_level(episode=episode, level=level, why=why, by=by, at=at)
    return episode
