"""A practice installation: what makes it one, and what it must not do."""

import os
from typing import Any, Final

from earlydoors.config import installation
from earlydoors.config.faults import CannotRun

# Ways to send mail that reach nobody outside this machine.
_HARMLESS: Final = ("filebased", "locmem", "console", "dummy")


def keep_to() -> bool:
    """Say of this process that it practises where its database says so; whether it does.

    The mark lies in the database, so no setting takes the banner off; a setting alone does not
    make a database one for practice, because on the practice page anyone signs in as anyone.

    Raises:
        CannotRun: the setting says practice and real people work here, or mail would go out.
    """
    from django.conf import settings

    from earlydoors.domain.partnership.models import Membership
    from earlydoors.foundation.practice.models import practises

    practice = practises()
    # Only the cast of a practice installation has stories told of it.
    real = Membership.objects.filter(story="").exists() and not practice
    if settings.PRACTICE and real:
        raise CannotRun(
            "People work in this database, and nothing says that they are invented.",
            "Practise with a database of its own, such as one with another EARLYDOORS_DATA.",
        )
    settings.PRACTICE = settings.PRACTICE or practice
    if settings.PRACTICE:
        # For the processes that this one starts.
        os.environ["EARLYDOORS_PRACTICE"] = "1"
        refuse_real_mail(settings.MAILERS)
    return bool(settings.PRACTICE)


def refuse_for_real() -> None:
    """Raise `CannotRun` where practice would be put into an installation that is for real: by its
    settings, before anything is asked of the database.

    A practice that others reach says so itself, by EARLYDOORS_PRACTICE=1.
    """
    if os.environ.get("EARLYDOORS_HTTPS") == "1" and not installation.practises():
        raise CannotRun(
            "The settings are those of an installation for real: EARLYDOORS_HTTPS is 1.",
            "Practise elsewhere, or set EARLYDOORS_PRACTICE=1 where nobody works in earnest.",
        )


def refuse_real_people() -> None:
    """Raise `CannotRun` where people work in the database and it is not for practice: asked before
    its tables are touched, whatever version made them."""
    from django.db import connection

    from earlydoors.domain.partnership.models import Membership
    from earlydoors.foundation.practice.models import PracticeMark

    tables = set(connection.introspection.table_names())
    if _has_rows(Membership._meta.db_table, tables):
        if _has_rows(PracticeMark._meta.db_table, tables):
            return
        raise CannotRun(
            "People work in this database, and nothing says that they are invented.",
            "Practise with a database of its own, such as one with another EARLYDOORS_DATA.",
        )


def _has_rows(table: str, tables: set[str]) -> bool:
    from django.db import connection

    if table not in tables:
        return False
    with connection.cursor() as cursor:
        name = connection.ops.quote_name(table)
        cursor.execute(f"SELECT EXISTS (SELECT FROM {name})")  # noqa: S608 - a model's own table
        return bool(cursor.fetchone()[0])


def refuse_real_mail(mailers: dict[str, dict[str, Any]]) -> None:
    """Raise `CannotRun` where a mailer could reach somebody outside."""
    for name, mailer in mailers.items():
        if not any(f".{kind}." in mailer["BACKEND"] for kind in _HARMLESS):
            raise CannotRun(
                f"This is a practice installation, and its mailer {name} would send real letters.",
                "Leave mail as it is, so that it is kept in the outbox, or use another database.",
            )
