"""What the pages of members show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.inviting import Recognised
from earlydoors.domain.partnership.models import Invitation, Lost, Membership
from earlydoors.domain.partnership.permissions import kinds_given_by
from earlydoors.domain.partnership.queries import UNSEEN_AFTER
from earlydoors.foundation.forms.schema import Kind, Option, Question
from earlydoors.foundation.kernel.dates import day, local_day
from earlydoors.foundation.profile.schema import Role


@dataclass(frozen=True)
class Row:
    """A member: who, as what, when last here, and whether one can do something about it."""

    id: UUID
    name: str
    does: str
    username: str
    seen: str
    unseen: bool
    mine: bool


@dataclass(frozen=True)
class Invited:
    """An invitation that waits to be used."""

    id: UUID
    name: str
    does: str
    until: str


@dataclass(frozen=True)
class Members:
    """The members of an agency, and who is invited to it."""

    agency: str
    rows: Sequence[Row]
    invited: Sequence[Invited]

    @property
    def unseen(self) -> int:
        """How many were not here for a long time."""
        return sum(row.unseen for row in self.rows)


@dataclass(frozen=True)
class Link:
    """A way in that was just made: for whom, where it leads, until when, and if it was sent."""

    name: str
    address: str
    until: str
    sent_to: str
    is_new: bool
    then: str = ""


def members(
    held: Iterable[Membership], waiting: Iterable[Invitation], by: Actor, at: datetime
) -> Members:
    """The page of an agency's members."""
    kinds = kinds_given_by(by)
    return Members(
        agency=by.audit_agency,
        rows=tuple(_row(one, by, one.kind in kinds, at) for one in held),
        invited=tuple(
            Invited(one.pk, one.name, _does(one.job_title, one.setting), _day(one.expires_at))
            for one in waiting
        ),
    )


def link(invitation: Invitation, address: str, *, sent: bool) -> Link:
    """The page of a way in that was just made."""
    return Link(
        name=invitation.name,
        address=address,
        until=_day(invitation.expires_at),
        sent_to=invitation.email if sent else "",
        is_new=invitation.member_id is None,
        then=_THEN[Lost(invitation.lost)] if invitation.lost else "",
    )


def questions(roles: Iterable[Role], settings: Iterable[tuple[str, str]]) -> tuple[Question, ...]:
    """What is asked about somebody to invite."""
    places = tuple(Option(key=key, says=name) for key, name in settings)
    asked = [
        Question(key="name", kind=Kind.SHORT_TEXT, asks="Their name", required=True, maximum=200),
        Question(
            key="email",
            kind=Kind.SHORT_TEXT,
            asks="Work e-mail address",
            hint="The link goes there.",
            maximum=200,
        ),
        Question(key="job_title", kind=Kind.SHORT_TEXT, asks="What they are", maximum=200),
        Question(
            key="role",
            kind=Kind.CHOICE,
            asks="What they do here",
            required=True,
            options=tuple(Option(key=role.key, says=role.name) for role in roles),
        ),
    ]
    if places:
        where = Question(key="setting", kind=Kind.CHOICE, asks="Where they work", options=places)
        asked.append(where)
    return tuple(asked)


def lost(name: str) -> tuple[Question, ...]:
    """What is asked before a member gets a new way in."""
    return (
        Question(
            key="lost",
            kind=Kind.CHOICE,
            asks="What have they lost?",
            hint="What they have not lost stays, and they are asked for it.",
            required=True,
            options=(
                Option(
                    key=Lost.PASSWORD,
                    says="Their password",
                    hint="They choose another. Their second step stays.",
                ),
                Option(
                    key=Lost.SECOND_STEP,
                    says="Their second step: the app or passkey, and the recovery codes",
                    hint="They set it up anew. Their password stays.",
                ),
                Option(
                    key=Lost.BOTH,
                    says="Both",
                    hint="Whoever has the link then needs nothing else to come in as them.",
                ),
            ),
        ),
        Question(
            key="recognised",
            kind=Kind.CHOICE,
            asks=f"How do you know that it is {name} who asks?",
            hint="A message is not enough, whoever it seems to come from. It is kept that you "
            "answered for this.",
            required=True,
            options=(
                Option(key=Recognised.SEEN, says="I saw them, and know them"),
                Option(key=Recognised.RUNG, says="I rang them on the number we had before"),
                Option(key=Recognised.VIDEO, says="I spoke to them by video, and know them"),
            ),
        ),
    )


_THEN = {
    Lost.PASSWORD: "When they use it, their old password ends. They are asked for their second "
    "step as always.",
    Lost.SECOND_STEP: "They need their password to use it. Then their old second step ends, and "
    "they set up another.",
    Lost.BOTH: "When they use it, their old password and second step end.",
}


def _row(one: Membership, by: Actor, theirs: bool, at: datetime) -> Row:
    member = one.member
    seen = member.last_login
    return Row(
        id=member.pk,
        name=member.name,
        does=_does(member.job_title or one.role_name, one.setting),
        username=member.username,
        seen=f"Last here on {_day(seen)}"
        if seen
        else f"Never here, joined {_day(member.joined_at)}",
        unseen=at - (seen or member.joined_at) > UNSEEN_AFTER,
        mine=theirs and member.pk != by.member.pk,
    )


def _does(what: str, where: object) -> str:
    return f"{what}, {where}" if what and where else what or str(where or "")


def _day(moment: datetime) -> str:
    shown: date = local_day(moment)
    return day(shown)
