"""A profile as kept content: canonical JSON and its fingerprint."""

import hashlib
import json

from earlydoors.foundation.profile.schema import Profile


def content_of(profile: Profile) -> str:
    """The profile as canonical JSON: what is hashed, and kept with every published version."""
    return json.dumps(
        profile.model_dump(mode="json", exclude_defaults=True), sort_keys=True, ensure_ascii=False
    )


def fingerprint(profile: Profile) -> str:
    """SHA-256 of the content; two profiles with the same one are the same."""
    return hashlib.sha256(content_of(profile).encode()).hexdigest()


def from_content(content: str) -> Profile:
    """A profile from its kept content, as it was when published."""
    return Profile.model_validate_json(content)
