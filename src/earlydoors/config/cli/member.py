"""`earlydoors member`: who may sign in."""

from typing import Any

import click

from earlydoors.config.cli.root import FINE, set_up_django
from earlydoors.config.faults import CannotRun


@click.group()
def member() -> None:
    """The people who sign in, and the roles they hold."""


@member.command(
    epilog="""\b
Example:
  earlydoors member add priya.nair --name "Priya Nair" --role senco --agency st_begas
"""
)
@click.argument("username")
@click.option("--name", required=True, help="The name that others see.")
@click.option("--role", required=True, help="The key of a role of the profile.")
@click.option("--agency", default="", help="The key of an agency; none for a family's member.")
@click.option("--setting", default="", help="The key of a setting of that agency.")
@click.option("--job-title", default="", help="What they are there.")
@click.option("--email", default="", help="Where letters go.")
@click.option("--desk", "desks", multiple=True, help="`front_door`, or a panel's key. Repeatable.")
@click.password_option(help="Asked for when it is not given.")
def add(username: str, desks: tuple[str, ...], password: str, **said: Any) -> int:
    """Let someone sign in as USERNAME."""
    profile = _ready()
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.utils import timezone

    from earlydoors.domain.partnership import operations
    from earlydoors.foundation.kernel.refusals import UnableTo

    _known("role", said["role"], [role.key for role in profile.roles])
    agencies = {agency.key: agency for agency in profile.agencies}
    if said["agency"]:
        _known("agency", said["agency"], list(agencies))
    if said["setting"]:
        own = agencies[said["agency"]].settings if said["agency"] else ()
        _known("setting", said["setting"], [setting.key for setting in own])
    for desk in desks:
        _known("desk", desk, ["front_door", *(panel.key for panel in profile.panels)])
    try:
        validate_password(password)
        operations.join(
            username=username,
            name=said["name"],
            role_key=said["role"],
            profile=profile,
            password=password,
            on=timezone.localdate(),
            at=timezone.now(),
            agency_key=said["agency"],
            setting_key=said["setting"],
            job_title=said["job_title"],
            email=said["email"],
            desk_keys=desks,
        )
    except ValidationError as error:
        raise CannotRun(" ".join(error.messages)) from error
    except UnableTo as refusal:
        raise CannotRun(refusal.sentence) from refusal
    click.echo(f"{said['name']} can sign in as {username}.")
    return FINE


@member.command(
    epilog="""\b
Example:
  earlydoors member also priya.nair --role panel_chair --agency council --desk step_panel
"""
)
@click.argument("username")
@click.option("--role", required=True, help="The key of a role of the profile.")
@click.option("--agency", required=True, help="The key of an agency.")
@click.option("--setting", default="", help="The key of a setting of that agency.")
@click.option("--desk", "desks", multiple=True, help="`front_door`, or a panel's key. Repeatable.")
def also(username: str, desks: tuple[str, ...], role: str, agency: str, setting: str) -> int:
    """Give USERNAME one more role. They choose at sign-in in which one they come."""
    profile = _ready()
    from django.utils import timezone

    from earlydoors.domain.partnership import operations
    from earlydoors.domain.partnership.models import Member
    from earlydoors.foundation.kernel.refusals import UnableTo

    agencies = {one.key: one for one in profile.agencies}
    _known("role", role, [one.key for one in profile.roles])
    _known("agency", agency, list(agencies))
    if setting:
        _known("setting", setting, [one.key for one in agencies[agency].settings])
    for desk in desks:
        _known("desk", desk, ["front_door", *(panel.key for panel in profile.panels)])
    who = Member.objects.filter(username=username).first()
    if who is None:
        raise CannotRun(f"Nobody signs in as {username}.")
    try:
        made = operations.give_role(
            member=who,
            role_key=role,
            profile=profile,
            on=timezone.localdate(),
            at=timezone.now(),
            agency_key=agency,
            setting_key=setting,
            desk_keys=desks,
        )
    except UnableTo as refusal:
        raise CannotRun(refusal.sentence) from refusal
    click.echo(f"{who.name} can also come as {made.role_name}.")
    return FINE


@member.command(name="list")
def show() -> int:
    """List who may sign in, with role and agency."""
    _ready()
    from earlydoors.domain.partnership.models import Membership

    for one in Membership.objects.select_related("member", "agency").order_by("member__username"):
        state = "" if one.member.is_active else "  (may not sign in)"
        where = f", {one.agency}" if one.agency else ""
        click.echo(f"{one.member.username}  {one.member.name}: {one.role_name}{where}{state}")
    return FINE


@member.command()
@click.argument("username")
def end(username: str) -> int:
    """Stop USERNAME from signing in. What they wrote stays, under their name."""
    _ready()
    from django.utils import timezone

    from earlydoors.domain.partnership import operations
    from earlydoors.domain.partnership.models import Member

    leaver = Member.objects.filter(username=username).first()
    if leaver is None:
        raise CannotRun(f"Nobody signs in as {username}.")
    operations.leave(member=leaver, on=timezone.localdate(), at=timezone.now())
    click.echo(f"{leaver.name} can no longer sign in.")
    return FINE


def _ready() -> Any:
    """The area's profile, with the database running and agreeing with it."""
    set_up_django()
    from django.utils import timezone

    from earlydoors.config import database, preparation
    from earlydoors.domain.partnership.operations import settle
    from earlydoors.foundation.profile.current import current

    profile = current()
    database.ensure_running()
    preparation.check_migrated()
    settle(profile=profile, at=timezone.now())
    return profile


def _known(noun: str, key: str, known: list[str]) -> None:
    if key not in known:
        raise CannotRun(f"The profile has no {noun} {key}.", f"Use one of {', '.join(known)}.")
