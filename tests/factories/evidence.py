"""Files that show an agreement."""

from io import BytesIO

from earlydoors.domain.consent.attaching import attach, evidence_of
from earlydoors.domain.consent.models import Evidence
from earlydoors.foundation.attached import read_attached
from tests.factories.families import Help

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


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
