"""What a PDF tells of its characters is read as the page shows it: fonts that name none, other words than are drawn, outlines, bars, notes."""

from __future__ import annotations

import pytest

from parsers.documents.pages.pdf import read_pdf
from parsers.documents.read import read_documents
from tests.support.drawn_pdf import ROWS, drawn, grid, rows_of, stream, text, with_parts

UNREAD = "\N{REPLACEMENT CHARACTER}"
SHOWN = grid(ROWS)
FILLED = [["a", "b", "c"], ["d", "12", "345"], ["e", "99", "0"]]
FIELD = "<</Type/Annot/Subtype/Widget/F 4/Rect[185 642 250 658]/DA(/F 9 Tf 0 g){}>>"
FORM = "/AcroForm<</Fields[6 0 R]/DR<</Font<</F 5 0 R>>>>/DA(/F 9 Tf 0 g)>>"


def annotated(annotation: str, *parts: str) -> bytes:
    return with_parts(SHOWN, page="/Annots[6 0 R]", parts=[annotation, *parts])


def field(words: str) -> bytes:
    return with_parts(SHOWN, catalog=FORM, page="/Annots[6 0 R]", parts=[FIELD.format(words)])


DRAWN = "<</Type/Font/Subtype/Type3/FontBBox[0 0 10 10]/FontMatrix[.1 0 0 .1 0 0]/FirstChar 57/LastChar 57/Widths[6]/Encoding<</Differences[57/{}]>>/CharProcs<</{} 7 0 R>>{}>>"
NAMES = "begincmap 1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <39> <0039> endbfchar endcmap"
NAMELESS = "BT /G 10 Tf 190 646 Td (99) Tj ET "


def drawings(letter: str, is_named: bool = True) -> bytes:
    """ROWS with a 99 of a font whose letter is drawn by these instructions."""
    font = DRAWN.format("x1", "x1", "/ToUnicode 8 0 R" if is_named else "")
    return with_parts(SHOWN + NAMELESS, "/Font<</F 5 0 R/G 6 0 R>>", parts=[font, stream(letter), stream(NAMES)])


HIDDEN = {  # what prints nothing more than ROWS
    "a white outline": with_parts(SHOWN + "q 1 G 1 Tr " + text(190, 646, "99") + "Q"),
    "letters that draw nothing": drawings("6 0 0 0 5 7 d1"),
    "under a white bar": with_parts(text(190, 646, "99") + SHOWN + "q 1 G 14 w 186 649 m 240 649 l S Q"),
    "a note that opens when it is touched": annotated(
        "<</Type/Annot/Subtype/Text/F 4/Rect[185 642 205 662]/Contents(99)/AP<</N 7 0 R>>>>",
        stream("1 1 0 rg 0 0 20 20 re f 0 g 2 2 m 18 18 l S", "/Type/XObject/Subtype/Form/BBox[0 0 20 20]"),
    ),
}


@pytest.mark.parametrize("how", HIDDEN)
def test_what_is_hidden_is_not_printed(how: str) -> None:
    assert rows_of(read_pdf(HIDDEN[how])) == ROWS


RICH = '<?xml version="1.0"?><body><p>9<span style="color:red">9</span></p></body>'
TYPED = {  # what prints a 99 into the empty cell of ROWS
    "letters that are drawn": drawings("6 0 0 0 5 7 d1 0 0 5 7 re f"),
    "letters that do not say where": drawings("6 0 0 0 0 0 d1 0 0 5 7 re f"),
    "an outline": with_parts(SHOWN + "q 0 G 0.3 w 1 Tr " + text(190, 646, "99") + "Q"),
    "over an old figure under a bar": with_parts(
        SHOWN + text(190, 646, "98") + "q 1 G 14 w 186 649 m 240 649 l S Q " + text(190, 646, "99")
    ),
    "a list of a form that nobody drew": field("/FT/Ch/Ff 131072/T(x)/Opt[(98)(99)]/V(99)"),
    "rich text of an annotation": annotated(f"<</Type/Annot/Subtype/FreeText/F 4/Rect[185 642 250 658]/DA(/F 9 Tf 0 g)/RC({RICH})>>"),
    "other words that are the same": with_parts(SHOWN + "/Span<</Lang(en)>>BDC " + text(190, 646, "99") + "EMC "),
}


@pytest.mark.parametrize("how", TYPED)
def test_what_is_shown_is_printed(how: str) -> None:
    assert rows_of(read_pdf(TYPED[how])) == FILLED


UNREADABLE = {  # what prints something into the empty cell of ROWS that nobody can read as a figure
    "letters of a font that does not name them": drawings("6 0 0 0 5 7 d1 0 0 5 7 re f", is_named=False),
    "letters said to be drawn elsewhere": drawings("6 0 300 300 305 307 d1 0 0 5 7 re f"),
    "letters said to be drawn below": drawings("6 0 0 -40 5 -33 d1 0 0 5 7 re f"),
    "letters too small to be read": with_parts(SHOWN + "BT /F 0.3 Tf 190 646 Td (99) Tj ET"),
    "other words than are drawn": with_parts(SHOWN + "/Span<</ActualText(77)>>BDC " + text(190, 646, "99") + "EMC "),
    "no words for what is drawn": with_parts(SHOWN + "/Span<</ActualText()>>BDC " + text(190, 646, "99") + "EMC "),
    "letters that are kept secret": field("/FT/Tx/Ff 8192/T(x)/V(99)"),
    "a dark bar": with_parts(SHOWN + text(190, 646, "99") + "q 0 G 12 w 186 649 m 240 649 l S Q"),
}


@pytest.mark.parametrize("how", UNREADABLE)
def test_what_cannot_be_read_is_no_blank(how: str) -> None:
    found = rows_of(read_pdf(UNREADABLE[how]))
    printed = found[2][1]
    assert [*found[:2], ["e", printed, "0"]] == [*ROWS[:2], found[2]]
    assert UNREAD in printed or set(printed) == {"*"}


@pytest.mark.parametrize("y", [648.5, 649.5, 651])
def test_a_line_through_a_figure_strikes_it_out_and_one_below_does_not(y: float) -> None:
    line = f"186 {y} m 204 {y} l S "
    assert rows_of(read_pdf(drawn(SHOWN + text(190, 646, "99") + line)))[2][1] not in ("99", "")
    below = "186 644.5 m 204 644.5 l S "
    assert rows_of(read_pdf(drawn(SHOWN + text(190, 646, "99") + below))) == FILLED


def test_a_large_watermark_over_a_figure_leaves_no_part_of_it() -> None:
    """The words under it are read, of a figure that lost a digit under it none is."""
    rows = [["abcdef", "b", "c"], ["d", "12345678", "345"], ["e", "", "0"]]
    for letter in "IlH":
        mark = f"0.2 g BT /F 60 Tf 190 640 Td ({letter}) Tj ET 0 g "
        found = rows_of(read_pdf(with_parts(grid(rows) + mark)))
        assert found[1][1] == "12345678" or UNREAD in found[1][1], letter
    found = rows_of(read_pdf(with_parts(grid(rows) + "0.8 g BT /F 60 Tf 95 670 Td (H) Tj ET 0 g ")))
    assert found[0][0] == "abcdef"


def test_a_file_behind_what_a_server_said_of_it() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n"
    (document,) = read_documents(head + drawn(SHOWN))
    assert document.media_type == "application/pdf" and rows_of(document) == ROWS
