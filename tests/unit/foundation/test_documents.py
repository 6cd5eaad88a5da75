"""Papers: read by a screen reader, and nothing typed is ever more than text."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from earlydoors.foundation.documents import content
from earlydoors.foundation.documents.content import Paper, Paragraph, Part
from earlydoors.foundation.documents.typesetting import NOT_PRINTED, CannotTypeset, as_pdf
from earlydoors.web.design.assets import paper_fonts

pytestmark = pytest.mark.usefixtures("assets")

AT = datetime(2026, 3, 3, 14, 30, 5, 700_000, tzinfo=UTC)
EVERY_PART: tuple[Part, ...] = (
    content.Heading("Who"),
    Paragraph("A paragraph"),
    content.Paragraph("A strong one", strong=True),
    content.Bullets(("One", "Two")),
    content.Facts((("Purpose", "Help with school"),)),
    content.Quote("I want help", who="Kelly"),
    content.Heading("More", level=2),
    content.Notice("Careful"),
    content.Table(("Who", "What"), (("School", "Attendance"),), widths=(1, 2)),
    content.Ticks("Who", ("Yes", "No"), ("School", "")),
    content.Lines("What the help is for"),
    content.Signing((("Kelly", ""), ("", "3 March 2026"))),
)


def read(*parts: Part, title: str = "A paper", foot: str = "") -> PdfReader:
    made = as_pdf(Paper(title, parts, foot), typefaces=paper_fonts(), at=AT)
    return PdfReader(BytesIO(made))


def text_of(paper: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in paper.pages)


def tags_of(node: Any) -> list[str]:
    node = node.get_object()
    if isinstance(node, list):
        return [tag for one in node for tag in tags_of(one)]
    if not hasattr(node, "get"):
        return []
    own = [str(node["/S"])] if "/S" in node else []
    return own + (tags_of(node["/K"]) if "/K" in node else [])


def test_a_paper_is_tagged_for_a_screen_reader():
    paper = read(*EVERY_PART)
    root: Any = paper.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    tags = tags_of(root["/StructTreeRoot"]["/K"])
    assert {"/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TH", "/TD", "/Figure"} <= set(tags)
    # Two tables with two and three named columns, and the three of the place to sign.
    assert tags.count("/TH") == 2 + 3 + 3


def test_it_claims_to_be_pdf_ua():
    metadata = read(*EVERY_PART).trailer["/Root"]["/Metadata"]  # type: ignore[index]
    assert b"pdfuaid:part" in metadata.get_data()


def test_what_the_file_says_of_itself_names_nobody():
    paper = read(Paragraph("Kelly Armstrong agreed"), title="Agreement to early help")
    assert paper.metadata is not None
    assert paper.metadata.title == "Agreement to early help"
    assert paper.metadata.author is None
    assert "Kelly" not in str(paper.metadata)
    assert b"Kelly" not in paper.trailer["/Root"]["/Metadata"].get_data()  # type: ignore[index]


def test_each_page_has_its_number_and_the_foot():
    paper = read(*(Paragraph("word " * 200) for _ in range(12)), foot="Early help")
    for number, page in enumerate(paper.pages, 1):
        assert f"Page {number} of {len(paper.pages)}" in page.extract_text()
        assert "Early help" in page.extract_text()
    assert len(paper.pages) > 1


TYPED = [
    '#eval("1+1")',
    "#import x",
    "$x^2$ and $",
    "*bold* _slant_ `raw`",
    "@somebody <label>",
    r"\ back\slash \u{41}",
    "// not a comment /* at all */",
    "= no heading",
    "- no - list -- ...",
    '"quoted" ~ [x] {y}',
    "Zażółć Ţepeş",
    "Українська Ελληνικά",
    "አማርኛ",
]


@pytest.mark.parametrize("typed", TYPED)
def test_what_is_typed_comes_out_as_typed(typed):
    assert typed in text_of(read(Paragraph(typed)))


@pytest.mark.parametrize("part", range(7))
def test_markup_is_text_in_every_part(part):
    mark = "#eval($*@"
    parts: list[Part] = [
        content.Heading(mark),
        content.Bullets((mark,)),
        content.Facts(((mark, mark),)),
        content.Quote(mark, who=mark),
        content.Notice(mark),
        content.Table((mark,), ((mark,),)),
        content.Signing(((mark, mark),)),
    ]
    assert mark in text_of(read(parts[part], title=mark, foot=mark)).replace(mark, "", 2)


@pytest.mark.parametrize(
    "script", ["محمد", "שרה", "ਗੁਰਮੁਖੀ", "தமிழ்", "ગુજરાતી", "বাংলা", "हिन्दी", "Nguyễn", "😀"]
)
def test_names_in_other_scripts_are_printed(script):
    said = text_of(read(Paragraph(script)))
    assert NOT_PRINTED[:20] not in said
    assert any(letter in said for letter in script)


def test_a_letter_that_no_typeface_holds_is_shown_as_missing_and_the_paper_says_so():
    said = text_of(read(Paragraph("李 is their name")))
    assert "\N{REPLACEMENT CHARACTER} is their name" in said
    assert NOT_PRINTED[:40] in said
    assert NOT_PRINTED[:40] not in text_of(read(Paragraph("Li is their name")))


def test_a_very_long_word_stays_on_the_page():
    word = "abcdefghij" * 30
    said = text_of(read(content.Table(("One", "Two"), ((word, word),))))
    lines = [line for line in said.splitlines() if "abc" in line]
    assert len(lines) > 5, "it goes over several lines"
    assert said.replace("\n", "").count("abcdefghij") >= 30


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(st.characters(codec=None), max_size=60))
def test_no_text_whatever_stops_a_paper(typed):
    assert read(Paragraph(typed), content.Facts(((typed, typed),)), foot=typed).pages


def test_headings_leave_out_no_level():
    with pytest.raises(ValueError, match="leaves out a level"):
        Paper("A paper", (content.Heading("One"), content.Heading("Three", level=3)))
    with pytest.raises(ValueError, match="leaves out a level"):
        Paper("A paper", (content.Heading("Two", level=2),))


def test_a_row_has_a_cell_for_each_column():
    with pytest.raises(ValueError, match="one cell for each column"):
        content.Table(("Who", "What"), (("only one",),))


def test_a_paper_has_a_title():
    with pytest.raises(ValueError, match="title"):
        Paper(" ", ())


def test_where_the_typefaces_are_not_built_it_says_what_to_do(tmp_path: Path):
    with pytest.raises(CannotTypeset, match="not built"):
        as_pdf(Paper("A paper", ()), typefaces=tmp_path, at=AT)
