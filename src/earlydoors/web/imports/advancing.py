"""Going on with a file: at once where it is small, by a job where it is large."""

import time
from uuid import UUID

from django.db import IntegrityError
from django.utils import timezone

from earlydoors.domain.imports import operations
from earlydoors.domain.imports.checking import check_some
from earlydoors.domain.imports.loading import load_some
from earlydoors.domain.imports.models import Import
from earlydoors.domain.imports.undoing import undo_some
from earlydoors.domain.partnership.actor import Actor

AT_ONCE = 1_000  # rows; they are done before the page is answered
IN_A_REQUEST = 8.0  # seconds that a page may spend on going on
MOST_REFUSED = 3
STEPS = {"checking": check_some, "loading": load_some, "undoing": undo_some}


def advance(import_id: UUID, actor: Actor, *, seconds: float | None = None) -> Import:
    """Go on with a file until its step is done, it is stopped, or the time is over.

    Every lot of rows is kept on its own, so that nothing is lost or done twice when this ends in
    the middle.
    """
    end = None if seconds is None else time.monotonic() + seconds
    file, refused = operations.fresh_import(import_id), 0
    while file.state in STEPS and (end is None or time.monotonic() < end):
        try:
            STEPS[file.state](import_id=import_id, by=actor, at=timezone.now())
        except IntegrityError:
            # Somebody wrote down one of the numbers in the same moment: the lot was let go, and
            # is looked at anew. What cannot be is not tried for ever.
            refused += 1
            if refused == MOST_REFUSED:
                raise
        file = operations.fresh_import(import_id)
    return file


def go_on(file: Import, actor: Actor) -> Import:
    """Go on with a file whose step has just begun: at once if it is small, else by the worker."""
    if file.rows_in_file <= AT_ONCE:
        return advance(file.pk, actor)
    from earlydoors.web.imports.tasks import bring_in

    bring_in.configure(lock=str(file.pk)).defer(
        import_id=str(file.pk), member_id=str(actor.member.pk)
    )
    return file
