"""Outside one's scope a thing does not exist."""

from collections.abc import Callable
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404

from earlydoors.domain.partnership.actor import Actor


def within[T](load: Callable[[Actor, UUID], T], actor: Actor, key: UUID) -> T:
    """What a scoped query finds for this actor. Raises `Http404` where it finds nothing."""
    try:
        return load(actor, key)
    except ObjectDoesNotExist:
        raise Http404 from None
