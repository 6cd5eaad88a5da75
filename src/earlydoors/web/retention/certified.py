"""What the pages of certificates of disposal are given, and the paper of one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from earlydoors.domain.retention.models import Certificate
from earlydoors.foundation.documents.content import Facts, Heading, Paper, Paragraph, Part, Table
from earlydoors.foundation.kernel.dates import day, moment
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.parts import Header, Line, Row
from earlydoors.web.design.words import count

TITLE = "Certificate of disposal"
GONE = (
    "The record of this reference was disposed of with its earlier versions. What stood in it is"
    " not kept here any more. Copies of the whole database that were made before grow out of use by"
    " the rules for such copies."
)
COLUMNS = ("What", "Rows", "Earlier versions")


@dataclass(frozen=True)
class Shown:
    """A certificate."""

    title: str
    lead: str
    rows: Sequence[Row]
    headers: Sequence[Header]
    tables: Sequence[tuple[str, str, str]]
    kept: Sequence[str]
    paper: str


def line(one: Certificate) -> Line:
    """A certificate in the list."""
    return Line(
        href=reverse("retention:certificate", args=[one.pk]),
        sentence=one.reference,
        stands="Disposed of",
        tone="quiet",
        detail=f"{moment(one.done_at)}. {one.rule_says}",
    )


def _facts(one: Certificate) -> Iterator[tuple[str, str]]:
    yield "Reference of the record", one.reference
    yield "Rule", one.rule_says
    yield "Source of the rule", one.rule_source
    yield "Profile", f"{one.area}, version {one.profile_version}, mark {one.profile_mark[:16]}"
    yield "Counted from", f"{one.get_event_display()}, {day(one.counted_from)}"
    yield "Its time was over", day(one.due_on)
    yield "Proposed", f"{one.proposed_by.name}, {moment(one.proposed_at)}"
    yield "Agreed", f"{one.agreed_by.name}, {moment(one.agreed_at)}"
    yield "Disposed of", f"{moment(one.done_at)}, by the installation’s own command"
    yield "In all", f"{count(one.rows, 'row')}, {count(one.versions, 'earlier version')}"
    yield "Evidence", one.evidence


def _tables(one: Certificate) -> list[tuple[str, str, str]]:
    return [
        (str(table["says"]), f"{table['rows']:,}", f"{table['versions']:,}")
        for table in sorted(one.tables, key=lambda table: str(table["says"]))
    ]


def _kept(one: Certificate) -> list[str]:
    kept = [f"{count(k['people'], 'person', 'people')}: {k['says'].lower()}." for k in one.kept]
    if one.members_gone:
        kept.append(f"{count(one.members_gone, 'sign-in')} of the family went too.")
    if one.members_nameless:
        said = count(one.members_nameless, "sign-in")
        kept.append(f"{said} of the family, beside what stays, became nameless.")
    kept.append("The evidence of who did and who looked at what: it holds no content.")
    return kept


def one(found: Certificate) -> Shown:
    """Build the page of a certificate."""
    return Shown(
        title=found.reference,
        lead=GONE,
        rows=[Row(key, said) for key, said in _facts(found)],
        headers=[Header(text, numeric=place > 0) for place, text in enumerate(COLUMNS)],
        tables=_tables(found),
        kept=_kept(found),
        paper=reverse("retention:paper", args=[found.pk]),
    )


def paper_of(found: Certificate) -> Paper:
    """A certificate as a paper. It names nobody of the family."""
    return Paper(TITLE, tuple(_parts(found)), foot=f"{found.reference}, {found.evidence[:16]}")


def _parts(found: Certificate) -> Iterator[Part]:
    yield Paragraph(GONE)
    yield Facts(tuple(_facts(found)))
    yield Heading("What went")
    yield Table(COLUMNS, tuple(_tables(found)), widths=(6, 1, 2))
    yield Heading("What was kept, and why")
    for said in _kept(found):
        yield Paragraph(said)
