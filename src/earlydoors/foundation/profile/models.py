"""Profiles as they were: records keep the version they were written on."""

from datetime import datetime
from functools import lru_cache

from django.db import models
from django.db.models import Q

from earlydoors.foundation.profile.content import content_of, fingerprint, from_content
from earlydoors.foundation.profile.keys import remember
from earlydoors.foundation.profile.schema import Profile


class KeptProfile(models.Model):
    """A profile's whole content at one fingerprint. Never changed, never deleted."""

    area = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64, unique=True)
    content = models.TextField()
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(version__gte=1), name="kept_profile_version_counts")
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.version}"

    @property
    def profile(self) -> Profile:
        """The profile as it was."""
        return _parsed(self.fingerprint, self.content)


@lru_cache(maxsize=32)
def _parsed(mark: str, content: str) -> Profile:
    return from_content(content)


def kept(profile: Profile, at: datetime) -> KeptProfile:
    """The kept row of a profile, made if it is new."""
    row, _ = KeptProfile.objects.get_or_create(
        fingerprint=fingerprint(profile),
        defaults={
            "area": profile.key,
            "version": profile.version,
            "content": content_of(profile),
            "kept_at": at,
        },
    )
    remember(row)
    return row
