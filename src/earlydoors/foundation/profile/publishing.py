"""Published versions never change: `published.yaml` keeps the fingerprint of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from earlydoors.foundation.forms.schema import Form
from earlydoors.foundation.profile.content import fingerprint, mark_of
from earlydoors.foundation.profile.faults import Fault, ProfileFaultsError
from earlydoors.foundation.profile.schema import Profile

type At = tuple[str | int, ...]

LEDGER = "published.yaml"


@dataclass(frozen=True)
class Ledger:
    """The fingerprints of what is published: profiles by version, forms by key and version."""

    profiles: dict[str, str]
    forms: dict[str, str]


def published(folder: Path) -> Ledger:
    """What is published of a profile; empty for a draft.

    Raises `ProfileFaultsError` when the ledger is not what `publish` wrote.
    """
    ledger = folder / LEDGER
    if not ledger.exists():
        return Ledger({}, {})
    try:
        kept = yaml.safe_load(ledger.read_text("utf-8"))
        return Ledger(
            *({str(k): str(v) for k, v in kept[part].items()} for part in ("profiles", "forms"))
        )
    except (AttributeError, KeyError, TypeError, ValueError, yaml.YAMLError):
        place = f"{folder.name}/{LEDGER}"
        mend = "Put back the file as it was published."
        raise ProfileFaultsError([Fault(place, 0, "", "It cannot be read.", mend)]) from None


def changed_since_published(profile: Profile, folder: Path) -> Iterator[tuple[At, str, str]]:
    """Where something published was changed, what is wrong and how to mend it."""
    ledger = published(folder)
    if ledger.profiles.get(str(profile.version)) not in {None, fingerprint(profile)}:
        yield (
            ("version",),
            f"Version {profile.version} is published and its content has changed since.",
            f"Give the profile `version: {profile.version + 1}`, or undo the change.",
        )
    for n, form in enumerate(profile.forms):
        if ledger.forms.get(_name(form)) not in {None, mark_of(form)}:
            yield (
                ("forms", n, "version"),
                f"Version {form.version} of `{form.key}` is published and has changed since.",
                f"Keep its file, and write the change in a new one as version {form.version + 1}.",
            )


def publish(profile: Profile, folder: Path) -> None:
    """Write the fingerprints of the profile and its forms into the ledger.

    Publishing the same content twice changes nothing. Raises `ProfileFaultsError` when something
    published was changed.
    """
    changed = [
        Fault(f"{folder.name}/{LEDGER}", 0, "", message, mend)
        for _, message, mend in changed_since_published(profile, folder)
    ]
    if changed:
        raise ProfileFaultsError(changed)
    before = published(folder)
    parts = {
        "profiles": before.profiles | {str(profile.version): fingerprint(profile)},
        "forms": before.forms | {_name(form): mark_of(form) for form in profile.forms},
    }
    lines = ["# Fingerprints of what is published; written by `earlydoors profile publish`."]
    for part, marks in parts.items():
        lines.append(f"{part}:")
        lines += [f'  "{name}": "{mark}"' for name, mark in sorted(marks.items())]
    (folder / LEDGER).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _name(form: Form) -> str:
    return f"{form.key} {form.version}"
