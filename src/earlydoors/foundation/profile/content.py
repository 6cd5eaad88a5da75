"""A profile as kept content: canonical JSON and fingerprints."""

import hashlib
import json
from typing import Final

from earlydoors.foundation.forms.schema import Form, Part
from earlydoors.foundation.profile.schema import Profile

_MANY: Final = 8
# Profiles asked about last, and their marks: every record that is begun asks about the one in use.
_marked: tuple[tuple[Profile, str], ...] = ()


def content_of(profile: Profile) -> str:
    """The profile as canonical JSON: what is hashed, and kept with every published version."""
    return _canonical(profile)


def fingerprint(profile: Profile) -> str:
    """SHA-256 of the content; two profiles with the same one are the same."""
    global _marked
    for known, mark in _marked:
        if known is profile:
            return mark
    mark = _hashed(profile)
    _marked = ((profile, mark), *_marked[: _MANY - 1])
    return mark


def mark_of(form: Form) -> str:
    """SHA-256 of a form alone."""
    return _hashed(form)


def from_content(content: str) -> Profile:
    """A profile from its kept content, as it was when published."""
    return Profile.model_validate_json(content)


def _canonical(part: Part) -> str:
    # Keys left at their defaults are left out, so that a new key of the schema changes no mark.
    said = part.model_dump(mode="json", exclude_defaults=True)
    return json.dumps(said, sort_keys=True, ensure_ascii=False)


def _hashed(part: Part) -> str:
    return hashlib.sha256(_canonical(part).encode()).hexdigest()
