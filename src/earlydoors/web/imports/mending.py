"""The rows that were not taken, as they were sent, each with what to mend."""

from collections.abc import Iterator

from earlydoors.domain.imports import queries
from earlydoors.domain.imports.columns import TO_MEND
from earlydoors.domain.imports.models import Import
from earlydoors.domain.imports.operations import headings_to_mend
from earlydoors.web.imports.pages import mend_says


def headings_and_lines(file: Import) -> tuple[list[str], Iterator[list[str]]]:
    """The headings of the file to mend, and its lines; read while they are asked for."""
    places = [n for n, heading in enumerate(file.headings) if heading != TO_MEND]
    rows = queries.to_send_again(file).iterator(chunk_size=1000)
    lines = (
        [*(row.cells[n] if n < len(row.cells) else "" for n in places), mend_says(file, row)]
        for row in rows
    )
    return headings_to_mend(file), lines
