"""What each kind of role may do. A profile names roles; only this table says what they may."""

from enum import StrEnum

from earlydoors.foundation.profile.schema import RoleKind


class Right(StrEnum):
    """Something a role may do, finishing the sentence "You cannot …"."""

    ASK_ADVICE = "ask for advice"
    GIVE_ADVICE = "give advice"
    REQUEST = "ask for support for a family"
    TRIAGE = "decide on requests"
    RECORD_CONSENT = "record what a family agreed"
    ASSESS = "assess"
    PLAN = "change the plan"
    MEET = "call and record meetings"
    REVIEW = "record reviews"
    MOVE_LEVEL = "step a family up or down"
    CLOSE = "close early help for a family"
    REFER_HARM = "refer to social care"
    CHAIR_PANEL = "run a panel"
    SEE_FAMILIES = "look at families"
    DESCRIBE = "change what is known of a family and its people"
    CHANGE_LEAD = "change who leads"
    JOIN = "join two records of a person"
    KEEP_REGISTER = "keep the register of people"
    IMPORT = "bring in files of people and schools"
    LOOK_AFTER_MEMBERS = "look after the members of your agency"
    WATCH = "watch over who looks at records"
    INFORM = "answer people about the information held on them"
    RESTRICT = "restrict a record to a few people"
    READ_FIGURES = "read the figures of the partnership"
    ANALYSE = "take tables away for a study"
    RUN_INSTALLATION = "see how this installation runs"


# What writes in a family's record, but for a referral to social care.
WRITING = frozenset({
    Right.RECORD_CONSENT, Right.ASSESS, Right.PLAN, Right.MEET, Right.REVIEW, Right.MOVE_LEVEL,
    Right.CLOSE, Right.DESCRIBE, Right.CHANGE_LEAD,
})  # fmt: skip
# What an hour in an emergency does not carry: neither writing, nor deciding who else may look, by
# which somebody could keep for good what was opened for an hour.
NOT_IN_EMERGENCY = WRITING | {Right.RESTRICT}
_WORKING = WRITING | {Right.ASK_ADVICE, Right.REQUEST, Right.REFER_HARM, Right.SEE_FAMILIES}

RIGHTS: dict[RoleKind, frozenset[Right]] = {
    RoleKind.PRACTITIONER: _WORKING,
    RoleKind.COORDINATOR: _WORKING
    | {Right.GIVE_ADVICE, Right.TRIAGE, Right.JOIN, Right.IMPORT, Right.RESTRICT},
    RoleKind.EARLY_HELP_OFFICER: _WORKING | {Right.GIVE_ADVICE},
    RoleKind.PANEL_CHAIR: _WORKING | {Right.GIVE_ADVICE, Right.CHAIR_PANEL},
    RoleKind.TEAM_MANAGER: _WORKING | {Right.GIVE_ADVICE, Right.RESTRICT},
    RoleKind.ADMINISTRATOR: frozenset(
        {Right.JOIN, Right.KEEP_REGISTER, Right.IMPORT, Right.LOOK_AFTER_MEMBERS}
    ),
    RoleKind.AUDITOR: frozenset({Right.WATCH, Right.INFORM}),
    RoleKind.SYSTEM_ADMINISTRATOR: frozenset({Right.RUN_INSTALLATION}),
    RoleKind.COMMISSIONER: frozenset({Right.READ_FIGURES}),
    RoleKind.ANALYST: frozenset({Right.ANALYSE}),
    RoleKind.FAMILY_MEMBER: frozenset(),
}


# What is done from the partnership's own networks alone, where an installation names them: looking
# after members, the register and the installation, watching over records, taking tables away.
FROM_OFFICE = frozenset({
    Right.KEEP_REGISTER, Right.IMPORT, Right.LOOK_AFTER_MEMBERS, Right.WATCH, Right.INFORM,
    Right.ANALYSE, Right.RUN_INSTALLATION,
})  # fmt: skip


def kinds_with(right: Right) -> frozenset[RoleKind]:
    """The kinds of role that may do something."""
    return frozenset(kind for kind, rights in RIGHTS.items() if right in rights)


# What whoever looks after an agency's members can make of somebody, in any agency, and in the
# council that runs the front door. Nobody lets a family in from here: that follows a family's help.
GIVEN_BY_AGENCY: frozenset[RoleKind] = frozenset({RoleKind.PRACTITIONER, RoleKind.TEAM_MANAGER})
GIVEN_BY_COUNCIL: frozenset[RoleKind] = frozenset(RoleKind) - {RoleKind.FAMILY_MEMBER}

# Whose sign-in needs more than a password: everyone who can come to other people's families, or
# decide who can. Someone of a family sees their own plan alone, and may add a second step.
SECOND_STEP: frozenset[RoleKind] = frozenset(RoleKind) - {RoleKind.FAMILY_MEMBER}
