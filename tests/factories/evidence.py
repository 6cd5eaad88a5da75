"""Files that show an agreement."""

from io import BytesIO

from pypdf import PdfWriter

from earlydoors.domain.consent.attaching import attach, evidence_of
from earlydoors.domain.consent.models import Evidence
from earlydoors.foundation.attached import read_attached
from tests.factories.families import Help


def _empty_page() -> bytes:
    made, written = BytesIO(), PdfWriter()
    written.add_blank_page(width=595, height=842)
    written.write(made)
    return made.getvalue()


PDF = _empty_page()


def signed_form(help_: Help) -> Evidence:
    """The signed form of the family's agreement: the one that there is, or else one made now."""
    assert help_.agreement is not None
    return evidence_of(help_.agreement).first() or attach(
        agreement=help_.agreement,
        says="The form, signed by hand",
        name="scan.pdf",
        file=read_attached(BytesIO(PDF)),
        by=help_.lead,
        at=help_.at,
    )
