"""What styles, fields and boxes of a Word file do to the figures: hidden, struck out, raised, without a result, under another."""

from __future__ import annotations

import pytest

from tests.support.held import LICENSING, not_right, zipped
from tests.support.word_files import DECOY, FIGURE, FLOATING, LABEL, ROW, RUN, XML, field, figure, status, word

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
HIDING = [
    "<w:vanish/>", '<w:color w:val="FFFFFF"/>', '<w:color w:val="FDFDFD"/>', '<w:color w:val="auto" w:themeColor="background1"/>',
    '<w:sz w:val="1"/>', "<w14:textFill><w14:noFill/></w14:textFill>",
    '<w14:textFill><w14:solidFill><w14:schemeClr w14:val="bg1"/></w14:solidFill></w14:textFill>',
]  # fmt: skip
NONE = ["<w:strike/>", "<w:dstrike/>"]


def styled(row: str, properties: str, kind: str, base: str = "") -> bytes:
    """The file with this row instead of that of 行政许可, in a style of these properties."""
    parts = {"word/document.xml": word_xml(row), "word/styles.xml": styles(properties, kind, base)}
    return zipped(parts)


def word_xml(row: str) -> str:
    return XML.replace(ROW, row).replace("<w:document", '<w:document xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"', 1)


def styles(properties: str, kind: str, base: str) -> str:
    plain = f'<w:style w:type="{kind}" w:styleId="b">{base}</w:style>'
    return f'<w:styles {W}>{plain}<w:style w:type="{kind}" w:styleId="s"><w:basedOn w:val="b"/><w:rPr>{properties}</w:rPr></w:style></w:styles>'


def in_style(row: str, kind: str) -> str:
    if kind == "paragraph":
        return row.replace("<w:p>", '<w:p><w:pPr><w:pStyle w:val="s"/></w:pPr>')
    return row.replace("<w:rPr>", '<w:rPr><w:rStyle w:val="s"/>')


def bare(row: str) -> str:
    """The row without the sizes that its runs set themselves."""
    return row.replace('<w:sz w:val="21"/>', "")


@pytest.mark.parametrize("properties", HIDING)
@pytest.mark.parametrize("kind", ["paragraph", "character", "own"])
def test_a_row_that_is_hidden_by_its_style_or_its_runs_is_not_read(properties: str, kind: str) -> None:
    if kind == "own":
        assert not_right(styled(bare(DECOY).replace("<w:rPr>", f"<w:rPr>{properties}") + ROW, "", "paragraph")) == set()
    else:
        assert not_right(styled(in_style(bare(DECOY), kind) + ROW, properties, kind)) == set()


@pytest.mark.parametrize("properties", HIDING[:4])
def test_what_a_run_says_itself_counts_before_its_style(properties: str) -> None:
    shown = '<w:vanish w:val="0"/><w:color w:val="000000"/>'
    row = in_style(ROW, "paragraph").replace("<w:rPr>", f"<w:rPr>{shown}")
    assert not_right(styled(row, properties, "paragraph")) == set()


def test_a_style_shows_what_the_one_that_it_is_based_on_hides() -> None:
    base = '<w:rPr><w:vanish/><w:strike/><w:color w:val="FFFFFF"/></w:rPr>'
    shown = '<w:vanish w:val="0"/><w:strike w:val="0"/><w:color w:val="222222"/>'
    assert not_right(styled(in_style(ROW, "paragraph"), shown, "paragraph", base)) == set()
    assert not_right(styled(in_style(ROW, "paragraph"), "", "paragraph", base)) == {LICENSING}


@pytest.mark.parametrize("properties", NONE)
@pytest.mark.parametrize("kind", ["paragraph", "character"])
def test_a_figure_struck_out_by_a_style_is_none(properties: str, kind: str) -> None:
    label, figures = ROW.split(LABEL.replace("<w:t>行政许可</w:t>", "行政许可</w:t>"))
    assert not_right(styled(f"{label}行政许可</w:t>{in_style(figures, kind)}", properties, kind)) == {LICENSING}


@pytest.mark.parametrize("raised", ['<w:vertAlign w:val="superscript"/>', '<w:position w:val="12"/>'])
def test_a_raised_digit_is_no_part_of_a_figure(raised: str) -> None:
    inside = f"<w:r><w:t>{FIGURE}</w:t></w:r><w:r><w:rPr>{{}}</w:rPr><w:t>1</w:t></w:r>"
    assert not_right(figure(inside.format(raised))) == {LICENSING}
    row = ROW.replace(next(run for run in RUN.findall(ROW) if FIGURE in run), inside.format('<w:rStyle w:val="s"/>'))
    assert not_right(styled(row, raised, "character")) == {LICENSING}


def test_digits_of_a_font_of_signs_are_pictures() -> None:
    assert not_right(figure(f'<w:r><w:rPr><w:rFonts w:ascii="Wingdings 2"/></w:rPr><w:t>{FIGURE}</w:t></w:r>')) == {LICENSING}


@pytest.mark.parametrize("code", [" =SUM(ABOVE) ", " DOCPROPERTY figure ", r" EQ \o(9,181) "])
def test_a_field_whose_result_is_empty_is_not_blank(code: str) -> None:
    emptied = field(code, "X").replace("<w:r><w:t>X</w:t></w:r>", "")
    assert "separate" in emptied
    assert status(figure(emptied)) == "unreadable"
    assert not_right(figure(field(code, FIGURE))) == set()


def test_a_field_in_the_result_of_a_field_is_its_result() -> None:
    assert not_right(figure(field(" IF 1 = 1 ", "X").replace("<w:r><w:t>X</w:t></w:r>", field(" REF a ", FIGURE)))) == set()


def test_hidden_letters_of_a_formula() -> None:
    math = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    hidden = f"<m:oMath {math}><m:r><w:rPr><w:vanish/></w:rPr><m:t>7</m:t></m:r></m:oMath>"
    assert not_right(figure(f"<w:r><w:t>{FIGURE}</w:t></w:r>{hidden}")) == set()


OTHER = "<wps:txbx><w:txbxContent><w:p><w:r><w:t>777</w:t></w:r></w:p></w:txbxContent></wps:txbx>"
FLOATS = FLOATING.format("paragraph", "", OTHER)


def test_a_box_with_a_figure_over_the_figure_of_its_cell_leaves_none() -> None:
    assert not_right(figure(f"<w:r><w:t>{FIGURE}</w:t></w:r>{FLOATS}")) == {LICENSING}


def test_a_box_with_a_figure_may_lie_over_a_table_with_prose_between() -> None:
    emptied = XML.replace(ROW, ROW.replace(FIGURE, ""))
    at = emptied.rindex("<w:tbl>", 0, emptied.index(LABEL))
    prose = "<w:p><w:r><w:t>以下为统计表。</w:t></w:r></w:p>"
    assert not_right(word(f"{emptied[:at]}<w:p>{FLOATS}</w:p>{prose}{emptied[at:]}")) == {LICENSING}
    words = FLOATS.replace("777", "填表说明")
    assert status(word(f"{emptied[:at]}<w:p>{words}</w:p>{prose}{emptied[at:]}")) == "blank"


def test_text_in_the_colour_of_a_solid_pattern_is_not_read() -> None:
    """A pattern that fills its ground has the colour that other patterns draw with."""
    red = '<w:color w:val="FF0000"/>'
    solid = '<w:tcPr><w:shd w:val="solid" w:color="FF0000" w:fill="FFFFFF"/>'
    assert not_right(styled(DECOY.replace("<w:rPr>", f"<w:rPr>{red}").replace("<w:tcPr>", solid) + ROW, "", "paragraph")) == set()
    assert not_right(styled(ROW.replace("<w:rPr>", f"<w:rPr>{red}"), "", "paragraph")) == set()


def test_the_number_of_a_list_is_what_an_empty_cell_prints() -> None:
    level = f'<w:lvl w:ilvl="0"><w:start w:val="{FIGURE}"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl>'
    numbering = f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{level}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    emptied = XML.replace(ROW, ROW.replace(FIGURE, ""))
    last = emptied[: emptied.index("</w:tr>", emptied.index(LABEL))].rindex("<w:p>") + len("<w:p>")
    listed = f'{emptied[:last]}<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>{emptied[last:]}'
    assert not_right(word(listed, **{"word/numbering.xml": numbering})) == set()
