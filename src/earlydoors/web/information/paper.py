"""The copy of what is held on somebody, as a paper: of the very document that was made then."""

import json
from collections.abc import Iterator
from typing import Any

from earlydoors.domain.information.models import Copy
from earlydoors.foundation.documents.content import Bullets, Facts, Heading, Paper, Paragraph, Part

TITLE = "The information held"
RIGHTS = (
    "You can ask to have it put right, to have it erased, to have its use restricted, or object"
    " to its use. You can complain to whoever gave you this, to the Information Commissioner"
    " (ico.org.uk), and in court."
)


def paper_of(copy: Copy) -> Paper:
    """A copy as a paper.

    It is made of `copy.content` alone, where what was taken out never was, so nothing of it can be
    in the paper: neither in its text, nor under it, nor in the file's own data.
    """
    document = json.loads(copy.content)
    foot = f"Mark of the file: {copy.content_mark[:16]}"
    return Paper(TITLE, tuple(_parts(document)), foot=foot)


def _parts(document: dict[str, Any]) -> Iterator[Part]:
    yield Paragraph(f"About {document['about']}. Made on {document['made_on']}.")
    yield Heading("What you should know")
    told = (document["controller"], document["officer"], *document["bases"], *document["kept"])
    yield Bullets((*(_sentence(one) for one in told), RIGHTS))
    yield Heading("What is held")
    for row in document["held"]:
        yield Heading(row["heading"], level=2)
        # What was taken out whole is called so, and has a reason instead of words.
        yield Facts(tuple((one["label"], one["says"] or one["taken_out"]) for one in row["lines"]))


def _sentence(said: str) -> str:
    return said if said.endswith(".") else f"{said}."
