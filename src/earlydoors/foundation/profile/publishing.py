"""Published versions never change: `published.yaml` keeps the fingerprint of each."""

from pathlib import Path

import yaml

from earlydoors.foundation.profile.content import fingerprint
from earlydoors.foundation.profile.faults import Fault, ProfileFaultsError
from earlydoors.foundation.profile.schema import Profile

LEDGER = "published.yaml"


def published(folder: Path) -> dict[int, str]:
    """The published versions of a profile and their fingerprints; empty for a draft.

    Raises `ProfileFaultsError` when the ledger is not what `publish` wrote.
    """
    ledger = folder / LEDGER
    if not ledger.exists():
        return {}
    try:
        kept = yaml.safe_load(ledger.read_text("utf-8")) or {}
        return {int(version): str(mark) for version, mark in kept.items()}
    except (AttributeError, TypeError, ValueError, yaml.YAMLError):
        place = f"{folder.name}/{LEDGER}"
        mend = "Put back the file as it was published."
        raise ProfileFaultsError([Fault(place, 0, "", "It cannot be read.", mend)]) from None


def changed_since_published(profile: Profile, folder: Path) -> tuple[str, str] | None:
    """What is wrong and how to mend it, if this version was published with other content."""
    kept = published(folder).get(profile.version)
    if kept is None or kept == fingerprint(profile):
        return None
    return (
        f"Version {profile.version} is published and its content has changed since.",
        f"Give the profile `version: {profile.version + 1}`, or undo the change.",
    )


def publish(profile: Profile, folder: Path) -> None:
    """Write the version's fingerprint into the ledger.

    Publishing the same content twice changes nothing.
    """
    ledger = published(folder) | {profile.version: fingerprint(profile)}
    lines = ["# Fingerprints of the published versions; written by `earlydoors profile publish`."]
    lines += [f'{version}: "{mark}"' for version, mark in sorted(ledger.items())]
    (folder / LEDGER).write_text("\n".join(lines) + "\n", encoding="utf-8")
