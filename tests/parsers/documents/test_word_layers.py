"""What a Word file prints: embedded documents, rows taken out by changes, fields of forms, boxes and pictures over the cells."""

from __future__ import annotations

import re
import shutil

import pytest

from parsers import read_report
from parsers.documents.docx.body import read_docx
from parsers.printed.decode import Undecodable
from tests.support.held import LICENSING, PAGE, not_right, notes
from tests.support.word_files import DECOY, FIGURE, FLOATING, LABEL, ROW, RUN, WORD, XML, field, figure, status, with_row, word


@pytest.mark.parametrize(
    "deleted",
    [
        DECOY.replace("<w:tr>", '<w:tr><w:trPr><w:del w:id="1" w:author="甲"/></w:trPr>'),
        DECOY.replace("<w:tr>", '<w:tr><w:trPr><w:moveFrom w:id="1"/></w:trPr>'),
        DECOY.replace("<w:tr>", "<w:tr><w:trPr><w:hidden/></w:trPr>"),
        DECOY.replace("<w:tr>", '<w:tr><w:trPr><w:trHeight w:val="1" w:hRule="exact"/></w:trPr>'),
        RUN.sub(r"<w:del>\g<0></w:del>", DECOY).replace("<w:p>", "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"),
        RUN.sub(r"<w:moveFrom>\g<0></w:moveFrom>", DECOY).replace("<w:p>", "<w:p><w:pPr><w:rPr><w:moveFrom/></w:rPr></w:pPr>"),
        f"<w:del>{DECOY}</w:del>",
        re.sub(r"<w:rPr>", "<w:rPr><w:vanish/>", DECOY),
        re.sub(r"<w:rPr>", '<w:rPr><w:color w:val="FFFFFF"/>', DECOY),
        re.sub(r'<w:sz w:val="\d+"/>', '<w:sz w:val="1"/>', DECOY),
        DECOY.replace("<w:tcPr>", "<w:tcPr><w:cellDel/>"),
    ],
    ids=["del", "moveFrom", "hidden", "low", "marks", "moved marks", "wrapped", "vanish", "white", "tiny", "cells"],
)
def test_a_row_that_is_not_printed_is_not_read(deleted: str) -> None:
    assert deleted != DECOY
    assert not_right(with_row(deleted)) == set()


@pytest.mark.parametrize("change", ["w:ins", "w:moveTo", "w:smartTag", "w:customXml"])
def test_what_is_inserted_is_printed(change: str) -> None:
    assert not_right(word(XML.replace(ROW, f"<{change}>{ROW}</{change}>"))) == set()
    assert not_right(word(XML.replace(ROW, RUN.sub(rf"<{change}>\g<0></{change}>", ROW)))) == set()
    marked = ROW.replace("<w:tr>", '<w:tr><w:trPr><w:ins w:id="1"/></w:trPr>')
    assert not_right(word(XML.replace(ROW, marked))) == set()


def test_any_row_may_be_deleted() -> None:
    rows = [row for row in re.findall(r"<w:tr>(?:(?!</w:tr>).)*</w:tr>", XML, re.DOTALL) if re.search(r"<w:t[^>]*>\d+</w:t>", row)]
    for row in rows[::3]:
        lost = not_right(word(XML.replace(row, row.replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>"), 1)))
        assert len(lost) <= 15


CHOICES = f'<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="7"/><w:listEntry w:val="{FIGURE}"/></w:ddList></w:ffData>'


@pytest.mark.parametrize(
    "inside",
    [
        field(" FORMTEXT ", FIGURE),
        field(" =SUM(ABOVE) ", FIGURE),
        field(" FORMDROPDOWN ", "", CHOICES),
        f'<w:fldSimple w:instr=" =SUM(LEFT) "><w:r><w:t>{FIGURE}</w:t></w:r></w:fldSimple>',
        f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent><w:r><w:t>{FIGURE}</w:t></w:r></w:sdtContent></w:sdt>",
        f"<w:r><w:t>{FIGURE}</w:t></w:r>{field(' XE 样例 ')}",
        f"<w:del><w:r><w:delText>7</w:delText></w:r></w:del><w:ins><w:r><w:t>{FIGURE}</w:t></w:r></w:ins>",
        f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>7</w:t></w:r><w:r><w:t>{FIGURE}</w:t></w:r>",
        f'<w:r><mc:AlternateContent><mc:Choice Requires="zzz"><w:t>7</w:t></mc:Choice><mc:Fallback><w:t>{FIGURE}</w:t></mc:Fallback></mc:AlternateContent></w:r>',
        f"<w:r><w:ruby><w:rt><w:r><w:t>7</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>{FIGURE}</w:t></w:r></w:rubyBase></w:ruby></w:r>",
    ],
)
def test_how_a_figure_may_be_written(inside: str) -> None:
    assert not_right(figure(inside)) == set()


INLINE = '<w:r><w:drawing><wp:inline><wp:docPr id="1"/></wp:inline></w:drawing></w:r>'
BOX = f"<wps:txbx><w:txbxContent><w:p><w:r><w:t>{FIGURE}</w:t></w:r></w:p></w:txbxContent></wps:txbx>"
VML = f'<w:r><w:pict><v:shape style="position:absolute;margin-left:90pt"><v:textbox><w:txbxContent><w:p><w:r><w:t>{FIGURE}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>'  # fmt: skip


@pytest.mark.parametrize(
    "inside",
    [
        field(" =SUM(ABOVE) "),
        '<w:fldSimple w:instr=" =SUM(LEFT) "/>',
        INLINE,
        "<w:r><w:pgNum/></w:r>",
        '<w:r><w:contentPart r:id="x"/></w:r>',
        f'<w:r><w:rPr><w:w w:val="1"/></w:rPr><w:t>{FIGURE}</w:t></w:r>',
        f'<w:r><w:rPr><w:spacing w:val="-200"/></w:rPr><w:t>{FIGURE}</w:t></w:r>',
        f'<w:r><w:rPr><w:fitText w:val="5"/></w:rPr><w:t>{FIGURE}</w:t></w:r>',
        FLOATING.format("paragraph", "", ""),
        FLOATING.format("paragraph", "", BOX),
        VML,
    ],
)
def test_a_cell_with_something_that_nobody_can_read_is_not_blank(inside: str) -> None:
    assert not_right(figure(inside)) == {LICENSING}


@pytest.mark.parametrize("floating", [FLOATING.format("paragraph", "", BOX), FLOATING.format("page", "", BOX), VML])
@pytest.mark.parametrize("anchor", ["label", "before the table"])
def test_a_box_over_the_cells_of_a_table_leaves_none_of_them_blank(floating: str, anchor: str) -> None:
    emptied = XML.replace(ROW, ROW.replace(FIGURE, ""))
    if anchor == "label":
        data = word(emptied.replace(LABEL, f"{LABEL}</w:r>{floating}<w:r>"))
    else:
        at = emptied.rindex("<w:tbl>", 0, emptied.index(LABEL))
        data = word(f"{emptied[:at]}<w:p>{floating}</w:p>{emptied[at:]}")
    assert not_right(data) == {LICENSING}


def test_pictures_that_lie_elsewhere_leave_a_blank_cell_blank() -> None:
    emptied = XML.replace(ROW, ROW.replace(FIGURE, ""))
    seal = "<w:p><w:r><w:t>特此报告。</w:t></w:r></w:p><w:p>" + FLOATING.format("paragraph", "", "") + "</w:p>"
    assert status(word(emptied.replace("<w:sectPr>", f"{seal}<w:sectPr>"))) == "blank"
    hidden = FLOATING.format("page", ' hidden="1"', BOX)
    assert status(word(emptied.replace(LABEL, f"{LABEL}</w:r>{hidden}<w:r>"))) == "blank"


CHUNK = '<w:altChunk r:id="c"/>'
RELATED = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="c" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk" Target="{}"/></Relationships>'
BODY = XML[: XML.index("<w:body>")] + "<w:body>{}</w:body></w:document>"
MHT = (
    b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    + PAGE.encode()
    + b"\r\n--x--\r\n"
)


@pytest.mark.parametrize(
    ("name", "content"), [("a.htm", PAGE.encode()), ("a.docx", WORD), ("a.mht", MHT), ("/word/b.htm", PAGE.encode("utf-16"))]
)
def test_embedded_documents_are_read(name: str, content: bytes) -> None:
    data = word(BODY.format(CHUNK), **{"word/_rels/document.xml.rels": RELATED.format(name), f"word/{name.rpartition('/')[2]}": content})
    assert not_right(data) == set()


def test_an_embedded_document_keeps_its_place_and_its_notes() -> None:
    hidden = PAGE.replace("<tr><td><span>行政许可", '<tr style="display:none"><td>行政许可</td><td>9</td></tr><tr><td><span>行政许可')
    xml = BODY.format(f"<w:p><w:r><w:t>前言</w:t></w:r></w:p>{CHUNK}<w:p><w:r><w:t>落款</w:t></w:r></w:p>")
    data = word(xml, **{"word/_rels/document.xml.rels": RELATED.format("a.htm"), "word/a.htm": hidden})
    text = read_report(data).document.text
    assert text.startswith("前言\n") and text.rstrip().endswith("落款") and "left_out" in notes(data)
    assert not_right(data) == set()


def test_embedded_documents_in_a_circle_and_of_no_known_format() -> None:
    inner = word(BODY.format(CHUNK), **{"word/_rels/document.xml.rels": RELATED.format("a.docx"), "word/a.docx": b"PK\x03\x04"})
    assert "损坏" in str(read_report(inner).refused)
    other = word(BODY.format(CHUNK), **{"word/_rels/document.xml.rels": RELATED.format("a.bin"), "word/a.bin": b"%PDF-1.7"})
    assert "Word" in str(read_report(other).refused)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_text_in_rtf_that_a_word_file_takes_in_is_read() -> None:
    rows = "".join(
        r"\trowd\trgaph10"
        + "".join(rf"\cellx{3000 * (n + 1)}" for n in range(len(row)))
        + "".join(rf"\intbl {cell}\cell" for cell in row)
        + r"\row"
        for row in (["a", "12"], ["b", "345"])
    )
    rtf = rf"{{\rtf1\ansi\pard first\par{rows}\pard last\par}}".encode()
    data = word(BODY.format(CHUNK), **{"word/_rels/document.xml.rels": RELATED.format("a.rtf"), "word/a.rtf": rtf})
    assert read_docx(data).text == "first\na\t12\nb\t345\nlast\n"
    many = "".join(CHUNK.replace('"c"', f'"c{n}"') for n in range(4))
    related = "".join(re.findall("<Relationship .*?/>", RELATED.format("a.rtf"))[0].replace('Id="c"', f'Id="c{n}"') for n in range(4))
    whole = RELATED[: RELATED.index("<Relationship ")] + related + "</Relationships>"
    with pytest.raises(Undecodable, match="RTF"):
        read_docx(word(BODY.format(many), **{"word/_rels/document.xml.rels": whole, "word/a.rtf": rtf}))


def word_2003() -> bytes:
    xml = XML.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://schemas.microsoft.com/office/word/2003/wordml"
    )
    xml = xml.replace("<w:document", '<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" xmlns:aml="http://schemas.microsoft.com/aml/2001/core"', 1)  # fmt: skip
    deleted = f'<aml:annotation w:type="Word.Deletion"><aml:content>{DECOY}</aml:content></aml:annotation>'
    xml = xml.replace("w:vMerge", "w:vmerge").replace("</w:document>", "</w:wordDocument>").replace(ROW, deleted + ROW)
    return (
        xml.replace("<w:body>", "<w:body><wx:sect><wx:sub-section>").replace("</w:body>", "</wx:sub-section></wx:sect></w:body>").encode()
    )


def test_word_documents_in_one_xml_file() -> None:
    assert not_right(word_2003()) == set()
    part = '<pkg:part pkg:name="/word/document.xml" pkg:contentType="a"><pkg:xmlData>{}</pkg:xmlData></pkg:part>'
    flat = f'<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">{part.format(XML)}</pkg:package>'
    assert not_right(flat.encode()) == set()
    assert "XML" in str(read_report(word_2003()[:-400]).refused)
