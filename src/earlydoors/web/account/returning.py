"""Who comes with a cookie, asked for with every page: Django's own ways, by prepared questions."""

from typing import Any, override
from uuid import UUID

from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from earlydoors.domain.partnership.models import Member
from earlydoors.foundation.prepared import prepared


class SessionStore(db.SessionStore):
    """What the database keeps of a sign-in."""

    @override
    def load(self) -> dict[str, Any]:
        key = self.session_key
        found = _kept(key, timezone.now()) if key else []
        if not found:
            self._session_key = None
            return {}
        return dict(self.decode(found[0].session_data))


class Backend(ModelBackend):
    """Members, by their passwords."""

    @override
    def get_user(self, user_id: Any) -> Member | None:
        key = user_id if isinstance(user_id, UUID) else UUID(str(user_id))
        return next((one for one in _member(key) if self.user_can_authenticate(one)), None)


@prepared
def _kept(key: Any, now: Any) -> QuerySet[Session]:
    """A session that is not over."""
    return Session.objects.filter(session_key=key, expire_date__gt=now)


@prepared
def _member(key: Any) -> QuerySet[Member]:
    """Whoever has this key."""
    return Member.objects.filter(pk=key)
