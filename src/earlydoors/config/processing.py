"""The record of processing and the impact assessment, written from the system's own tables: what is
held, on whom, who may do what with it, how long it is kept, and what guards it."""

import tomllib
from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path

from django.apps import apps

import earlydoors.domain
from earlydoors.config.markdown import table
from earlydoors.domain.partnership.rights import RIGHTS
from earlydoors.foundation.profile.loader import folder_of, load, shipped_areas
from earlydoors.foundation.profile.schema import Profile
from earlydoors.foundation.wall.policies import wall

CLASSES = Path(earlydoors.domain.__file__).parent / "classification.toml"
_SORTS = ("special", "personal")
_LEAD = (
    "Written from the product’s own classification, its roles and the profiles that ship. It is "
    "what a controller begins with: their data protection officer adds what is theirs, and signs."
)


def classes() -> dict[str, dict[str, list[str]]]:
    """By table, the columns of each sort of data."""
    return tomllib.loads(CLASSES.read_text(encoding="utf-8"))


def _profiles() -> list[Profile]:
    return [load(folder_of(area)) for area in shipped_areas()]


def _shared(said: Mapping[str, list[str]]) -> list[str]:
    """What the profiles say, once; with the areas that say it where not all do."""
    every = len(shipped_areas())
    return [
        f"- {text}" + ("" if len(areas) == every else f" ({', '.join(areas)})")
        for text, areas in said.items()
    ]


def _by_text(texts: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for area, text in texts:
        found.setdefault(text, []).append(area)
    return found


def _of_packages() -> Iterable[tuple[str, str, str, str]]:
    """Each package: what it is for, and how many columns of each sort it holds."""
    found = classes()
    for app in apps.get_app_configs():
        if not app.name.startswith("earlydoors."):
            continue
        held = [said for label, said in found.items() if label.split(".")[0] == app.label]
        counts = [sum(len(said[sort]) for said in held) for sort in _SORTS]
        if any(counts):
            about = (import_module(app.name).__doc__ or "").strip().split("\n", 1)[0]
            yield f"`{app.label}`", about, str(counts[0]), str(counts[1])


def _of_tables() -> Iterable[tuple[str, str, str]]:
    for label, said in sorted(classes().items()):
        if said["special"] or set(said["personal"]) - {"created_by", "changed_by"}:
            special, personal = (", ".join(f"`{one}`" for one in said[sort]) for sort in _SORTS)
            yield f"`{label}`", special, personal


def _of_roles() -> Iterable[tuple[str, str]]:
    for kind, rights in RIGHTS.items():
        may = "; ".join(sorted(str(right) for right in rights))
        yield f"`{kind}`", may or "sees the plan of their own family"


def record() -> str:
    """The record of processing activities (UK GDPR, article 30)."""
    profiles = _profiles()
    controllers = _by_text((one.key, one.information.controller) for one in profiles)
    officers = _by_text((one.key, one.information.officer) for one in profiles)
    bases = _by_text(
        (
            one.key,
            f"{', '.join(basis.agencies)}: {basis.ordinary}. {basis.special}. {_source(basis)}",
        )
        for one in profiles
        for basis in one.information.bases
    )
    kept = _by_text(
        (one.key, f"{rule.says}. {_source(rule)}")
        for one in profiles
        for rule in one.information.retention
    )
    parts = [
        "# Record of processing",
        f"UK GDPR, article 30. {_LEAD}",
        "## Who answers for it",
        "\n".join([*_shared(controllers), *_shared(officers)]),
        "## What it is for, and what it holds",
        (
            "How many columns of each package hold something special (health, harm, family "
            "life, free "
            "text that may tell of them) and something personal."
        ),
        table(("Package", "What it is for", "Special", "Personal"), _of_packages()),
        "## Whom it is about",
        (
            "Children and those not yet born; their parents, carers and wider family; people "
            "who matter "
            "to them; whoever asked for help or answered; and workers, as members and in evidence."
        ),
        "## On what basis",
        "\n".join(_shared(bases)),
        "## Who receives it",
        (
            "Agencies of the partnership, each as the family agreed or as somebody decided without "
            "agreement for a child’s safety, with the reasons kept. Within them, by role:"
        ),
        table(("Role", "May"), _of_roles()),
        "## Where it goes",
        (
            "Nowhere outside the installation by itself. Letters that the product sends name no "
            "family. "
            "It calls no service in another country; where its database and its mail are run is "
            "the "
            "controller’s to write here."
        ),
        "## How long it is kept",
        "\n".join(_shared(kept)),
        (
            "Each night the records come up whose time is over. Two information guardians decide, "
            "a hold stops it, a certificate is left "
            "([how](../how-to/keep-and-dispose-of-records.md), "
            "[ADR 23](../adr/0023-disposal-and-never-lose-a-word.md))."
        ),
        "## How it is guarded",
        (
            "[Two walls](../adr/0016-a-second-wall.md), [evidence of every write and look]"
            "(../adr/0005-evidence-and-history.md), and what else [ASVS "
            "asks](../explanation/asvs.md). "
            f"{len(wall().walled)} tables stand behind the wall, with {len(wall().ways)} named "
            "[ways across it](wall.md)."
        ),
        "## Every table that holds something personal",
        table(("Table", "Special", "Personal"), _of_tables()),
    ]
    return "\n\n".join(parts)


def _source(one: object) -> str:
    return f"*{getattr(one, 'source', '')}*"


_RISKS = (
    (
        "Somebody reads a family they have no work with",
        (
            "Access follows agreement and work; the database holds the same wall; every look is "
            "kept, "
            "the family sees who looked, unusual looks are told"
        ),
        "[ADR 7](../adr/0007-access-as-data.md), [ADR 16](../adr/0016-a-second-wall.md)",
    ),
    (
        "A place of safety is given away to somebody of the family",
        "Places are kept from named people, on their pages, on paper and by the database",
        "[ADR 16](../adr/0016-a-second-wall.md)",
    ),
    (
        "A record is opened where no agreement lets it be",
        "An opening in an emergency ends by itself, is told at once and looked at afterwards",
        "[How](../how-to/open-a-record-in-an-emergency.md)",
    ),
    (
        "Two people are taken for one",
        "A person decides; both records stay; a joining is undone whole",
        "[ADR 13](../adr/0013-joining-moves-pointers-and-keeps-both.md)",
    ),
    (
        "A machine decides about a family (articles 22A to 22D)",
        "Matching and rules only propose and say why; no score of a person; a named person decides",
        "[How people are matched](../explanation/matching.md)",
    ),
    (
        "Something is changed or taken away without trace",
        "Earlier versions by trigger, a chain of evidence, no deletion by pages",
        "[ADR 5](../adr/0005-evidence-and-history.md)",
    ),
    (
        "A record is kept longer than it is needed, or goes while somebody still needs it",
        (
            "Records come up by the area’s rules; two people decide a disposal, holds stop it, it "
            "is asked again in the transaction that carries it out, and certified"
        ),
        "[ADR 23](../adr/0023-disposal-and-never-lose-a-word.md)",
    ),
    (
        "What is given to somebody tells of another",
        "A person decides of each passage; what was taken out is not in the copy",
        "[ADR 20](../adr/0020-what-people-ask-about-themselves.md)",
    ),
    (
        "A sign-in is taken over",
        "A second step for every role that comes to other people’s families, passkeys, throttling",
        "[ADR 17](../adr/0017-factors-and-providers-by-a-library.md)",
    ),
)
_LEFT = (
    (
        "Requests and questions that led to no family’s record, and people of the register whom no "
        "record names, are not disposed of by the product yet."
    ),
    (
        "The evidence names whoever acted as they were named then, somebody of a family who signed "
        "in themselves among them, after the record is disposed of too."
    ),
    "Whoever holds the owner’s login of the database is not held by its wall.",
    "How likely each risk is, and how grave for whom, is judged in the place where it is used.",
)


def impact() -> str:
    """The data protection impact assessment (UK GDPR, article 35), as far as the product knows."""
    found = classes()
    special = sum(len(said["special"]) for said in found.values())
    personal = sum(len(said["personal"]) for said in found.values())
    clocks = _by_text(
        (
            one.key,
            (
                f"{', '.join(clock.rights)}: to {clock.step} within {clock.number} {clock.unit}, "
                f"for requests from {clock.holds_from} on. {_source(clock)}"
            ),
        )
        for one in _profiles()
        for clock in one.information.clocks
    )
    parts = [
        "# Impact assessment",
        f"UK GDPR, article 35. {_LEAD}",
        "## Why one is needed",
        (
            "Children and families in need are vulnerable; information of a special kind is "
            "held on "
            "many of them; records of several agencies are matched. Each is a reason for one by "
            "the "
            "Information Commissioner’s list."
        ),
        "## What is done",
        (
            f"{special} columns in {sum(bool(s['special']) for s in found.values())} tables hold "
            f"something special, {personal} something personal. [The record of processing]"
            "(processing.md) names each, with purposes, bases, receivers and how long it is kept."
        ),
        "## Whether it is needed, and no more",
        (
            "Each agency sees what the family agreed and its work needs. What is known is asked "
            "once. "
            "A line of a file that wrote nothing is emptied when the file cannot be taken back."
        ),
        "## What could go wrong, and what is done against it",
        table(("Risk", "What is done", "More"), _RISKS),
        "## What people can ask",
        "\n".join(_shared(clocks)),
        "## What is left",
        "\n".join(f"- {one}" for one in _LEFT),
    ]
    return "\n\n".join(parts)
