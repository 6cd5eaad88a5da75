"""What sorts of data there are, the rules of each, and what the database holds to be true of every
row: `docs/reference/data.md`, from the classification, the wall and the models."""

from collections.abc import Iterator
from typing import Final

from django.db import models

from earlydoors.config.markdown import table
from earlydoors.config.processing import classes
from earlydoors.foundation.sealing import sealed_fields
from earlydoors.foundation.wall.policies import ours, wall

SORTS: Final = {
    "special": "health, harm, family life, and free text that may tell of them",
    "personal": "who somebody is, or what they did",
    "neither": "the product's own: days, states, keys of the area",
}
# The rules of a sort that hold for all of its columns: what is asked, special, personal, neither.
RULES: Final = [
    (
        "Who reads it",
        (
            "whoever the family's agreement, their work or a decision without agreement opens the "
            "record to, wholly: [the relation of access](../adr/0007-access-as-data.md)"
        ),
        "the same; names and what kind of help there is, also whoever is told of involvement",
        "every member, where it stands in no family's record",
        "guards/test_pages, guards/test_truth",
    ),
    (
        "Behind [the second wall](wall.md)",
        "always",
        "of families: always; of members: not, because sign-in finds them before anybody acts",
        "where its table holds something of a family",
        "integration/config/test_wall",
    ),
    (
        "Every look is evidence",
        "yes, with why it was open",
        "yes, with why it was open",
        "no",
        "guards/test_pages",
    ),
    (
        "Earlier versions are kept",
        "yes, open to whom the row is open",
        "yes, open to whom the row is open",
        "yes",
        "integration/domain/test_evidence",
    ),
    (
        "In addresses and titles of pages",
        "never",
        "never; ids that say nothing by themselves",
        "yes",
        "guards/test_injection",
    ),
    (
        "In letters and the server's log",
        "never",
        "of a member their own name and address of mail; of families nothing",
        "yes",
        "integration/web/account/test_links, integration/web/design/test_refusals_kept",
    ),
    (
        "In files that are taken away",
        (
            "copies for the person themselves, with what concerns others taken out; studies as "
            "months, bands and pseudonyms; papers of a record, to whom it is open, as evidence"
        ),
        "the same; of studies, pseudonyms alone",
        "yes",
        "integration/web/information, unit/domain/studies",
    ),
    (
        "Kept by the browser",
        "no page is",
        "no page is",
        "pictures, styles and scripts are",
        "guards/test_pages",
    ),
    (
        "Kept how long",
        (
            "until its record's time is over by [the area's rules](processing.md), two guardians "
            "agree and nothing holds it; then it goes with all its versions"
        ),
        "the same; evidence and certificates name nobody of a family who went",
        "for good",
        "integration/domain/test_retention_machine, integration/config/test_dispose_command",
    ),
    (
        "Encrypted",
        (
            "files that were sent: in the database, by keys apart from it; the rest by the disk "
            "that it lies on, because it is searched, compared and counted"
        ),
        "secrets of second steps likewise; passwords and recovery codes as slow hashes",
        "by the disk",
        "integration/foundation/test_sealing",
    ),
]


def page() -> str:
    """The page."""
    said = classes().values()
    parts = [
        "# Data: sorts, rules, and what is always true of it",
        (
            "Every column of every table is classified in `domain/classification.toml`; a test "
            "fails for one left out. What is on which table stands in [the record of "
            "processing](processing.md)."
        ),
        "## Sorts",
        table(
            ("Sort", "What it is", "Columns"),
            (
                (f"**{sort}**", what, str(sum(len(one[sort]) for one in said)))
                for sort, what in SORTS.items()
            ),
        ),
        "Sealed of these: " + ", ".join(f"`{one}`" for one in _sealed()) + ".",
        "## The rules of each sort",
        table(("Rule", "special", "personal", "neither", "Shown by"), RULES),
        "## Tables that stand outside the second wall",
        table(("Table", "Why"), ((f"`{name}`", why) for name, why in wall().open.items())),
        "## What is always true",
        (
            "The database itself refuses a row of which this does not hold, whoever writes it. "
            "Each name is a sentence. Beside these stand the keys, which point at rows that are "
            "there, and columns that may not be empty. What asks for more than one row, or for "
            "the day of today, is asked by the operations."
        ),
        table(("Table", "Always"), _always()),
    ]
    return "\n\n".join(parts)


def _sealed() -> list[str]:
    return sorted(f"{one.model._meta.label_lower}.{one.name}" for one in sealed_fields())


def _always() -> Iterator[tuple[str, str]]:
    for model in sorted(ours(), key=lambda one: one._meta.label_lower):
        said = [_sentence(one) for one in model._meta.constraints]
        if said:
            yield f"`{model._meta.label_lower}`", "; ".join(said)


def _sentence(one: models.BaseConstraint) -> str:
    return one.name.replace("_", " ")
