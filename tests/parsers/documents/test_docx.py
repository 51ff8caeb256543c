"""What Word prints of a file and what it does not: hidden text, fields, formulas, signs, lists, merges, boxes, other names of parts."""

from __future__ import annotations

import io
import zipfile

import pytest

from parsers import read_report
from parsers.documents.docx.body import read_docx
from parsers.documents.recognise import media_type
from parsers.model import Document, Paragraph, Table
from parsers.printed.canonical import MAX_SPAN
from tests.support import office
from tests.support.figures import Sample, figures

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = (
    f'xmlns:w="{W}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def package(body: str, main: str = "word/document.xml", **parts: str) -> bytes:
    """A Word file with this body; `parts` are further ones by name (styles, numbering)."""
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "_rels/.rels", f'<Relationships xmlns="{relations}"><Relationship Type="{relation}" Target="{main}"/></Relationships>'
        )
        archive.writestr(main, f"<w:document {NAMES}><w:body>{body}</w:body></w:document>")
        for name, xml in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {NAMES}>{xml}</w:{name}>")
    return file.getvalue()


def run(text: str, style: str = "") -> str:
    return f"<w:r><w:rPr>{style}</w:rPr><w:t>{text}</w:t></w:r>"


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def field(code: str, result: str) -> str:
    return f"{mark('begin')}{code}{mark('separate')}{result}{mark('end')}"


CODE = "<w:r><w:instrText> = </w:instrText></w:r>"


@pytest.mark.parametrize(
    ("inside", "printed"),
    [
        (field(CODE + field(CODE, run("5")) + CODE, run("12")), "12"),
        (run("1") + "<m:oMath><m:r><m:t>2</m:t></m:r></m:oMath>", "12"),
        ("<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>", "1  2"),
        (run("1") + '<w:r><w:sym w:font="Symbol" w:char="F032"/></w:r>', "1\uf032"),
        (f"<w:r><w:ruby><w:rt>{run('5')}</w:rt><w:rubyBase>{run('12')}</w:rubyBase></w:ruby></w:r>", "12"),
        (run("12") + run("9", '<w:rStyle w:val="Hidden"/>'), "12"),
        (run("12") + run("9", '<w:rStyle w:val="BasedOnIt"/>'), "12"),
        (run("12") + run("9", '<w:rStyle w:val="Hidden"/><w:vanish w:val="0"/>'), "129"),
        (run("12") + run("9", '<w:rStyle w:val="Shown"/>'), "129"),
        (run("77", "<w:strike/>") + run("5"), "7\u03367\u0336 5"),
    ],
    ids=[
        "nested field",
        "formula",
        "fraction",
        "sign",
        "phonetic guide",
        "hidden by style",
        "by a style below",
        "shown again",
        "shown by a style",
        "struck",
    ],
)
def test_what_a_run_prints(inside: str, printed: str) -> None:
    styles = (
        '<w:style w:styleId="Hidden"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="BasedOnIt"><w:basedOn w:val="Hidden"/><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:styleId="Shown"><w:basedOn w:val="Hidden"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
        '<w:style w:styleId="Circle"><w:basedOn w:val="Circle"/></w:style>'
    )
    assert read_docx(package(f"<w:p>{inside}</w:p>", styles=styles)).text.strip() == printed


def test_a_hidden_paragraph_prints_nothing() -> None:
    styles = '<w:style w:styleId="Note"><w:rPr><w:vanish/></w:rPr></w:style>'
    hidden = f'<w:p><w:pPr><w:pStyle w:val="Note"/></w:pPr><w:r><w:t>草稿</w:t></w:r></w:p><w:p>{run("正文")}</w:p>'
    assert read_docx(package(hidden, styles=styles)).text == "正文\n"


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("shape", office.SHAPES)
def test_every_figure_of_a_word_file_in_any_shape(shape: str, edition: str) -> None:
    made = Sample("", "样例市样例局", 2020 if edition == "2019" else 2022, edition, figures(7, edition))
    report = read_report(office.word(made, office.SHAPES[shape]))
    found = {(c.section, c.item, c.measure): report.document.text[c.start : c.end] for c in report.cells if c.status == "stated"}
    assert found == dict(made.printed)
    assert report.identity.title == made.title and report.status == "read"


# -- lists ------------------------------------------------------------------------------------------------------------


def level(depth: int, form: str, text: str, start: int = 1, suffix: str = "nothing") -> str:
    said = f'<w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:suff w:val="{suffix}"/><w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{depth}">{said}</w:lvl>'


NUMBERING = (
    f'<w:abstractNum w:abstractNumId="0">{level(0, "japaneseCounting", "%1、")}{level(1, "chineseCounting", "（%2）")}'
    f"{level(2, 'decimal', '%3.', suffix='tab')}</w:abstractNum>"
    f'<w:abstractNum w:abstractNumId="1">{level(0, "bullet", "●")}</w:abstractNum>'
    '<w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="8"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="9"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="11"/></w:lvlOverride></w:num>'
)


def item(text: str, number: int = 7, depth: int = 0) -> str:
    place = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{place}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_the_numbers_of_lists_are_printed() -> None:
    body = (
        item("甲") + item("乙", depth=1) + item("丙", depth=1) + item("丁", depth=2) + item("戊") + item("己", depth=1)
        + item("庚", 8) + item("辛", 9) + item("壬", 9) + item("癸", 0)
    )  # fmt: skip
    lines = ["一、甲", "（一）乙", "（二）丙", "1. 丁", "二、戊", "（一）己", "庚", "十一、辛", "十二、壬", "癸"]
    assert read_docx(package(body, numbering=NUMBERING)).text.split("\n")[:-1] == lines


def test_a_list_numbered_by_its_style_counts_on_through_tables() -> None:
    styles = (
        '<w:style w:styleId="Title1"><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Title2"><w:basedOn w:val="Title1"/></w:style>'
    )
    first, second = (f'<w:p><w:pPr><w:pStyle w:val="Title{n}"/></w:pPr>{run("节")}</w:p>' for n in (1, 2))
    table = f"<w:tbl><w:tr><w:tc>{item('行', 9)}</w:tc><w:tc><w:p>{run('5')}</w:p></w:tc></w:tr></w:tbl>"
    assert read_docx(package(first + table + second, styles=styles, numbering=NUMBERING)).text == "一、节\n十一、行\t5\n二、节\n"


def test_numbered_lines_of_a_section_are_not_its_headings() -> None:
    """Without （一） before them they would be the headings of the sections whose words they are."""
    lines = [("总体情况", 0), ("主动公开政府信息情况", 1), ("收到和处理政府信息公开申请情况", 1)]
    body = f"<w:p>{run('样例市样例局2022年政府信息公开工作年度报告')}</w:p>"
    body += "".join(item(words, depth=depth) + f"<w:p>{run('照常进行。')}</w:p>" for words, depth in lines)
    for words in ("主动公开政府信息情况", "收到和处理政府信息公开申请情况"):
        body += item(words) + f"<w:p>{run('见附表。')}</w:p>"
    headings = read_report(
        package(
            body + table_of([["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], ["规章", "1", "0", "3"]]), numbering=NUMBERING
        )
    )
    overview = next(s for s in headings.sections if s.code == "overview")
    assert headings.document.text[overview.start : overview.end].count("照常进行") == 3


# -- tables -----------------------------------------------------------------------------------------------------------


def table_of(rows: list[list[str]]) -> str:
    return f"<w:tbl>{''.join('<w:tr>' + ''.join(map(cell, row)) + '</w:tr>' for row in rows)}</w:tbl>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{run(text)}</w:p></w:tc>"


def places(document: Document) -> list[tuple[str, int, int, int, int]]:
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    return [(document.text[c.start : c.end], c.row, c.column, c.rowspan, c.colspan) for c in table.cells]


BEGIN, ON = '<w:hMerge w:val="restart"/>', '<w:hMerge w:val="continue"/>'
DOWN, FURTHER = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_cells_merged_sideways_without_a_span() -> None:
    rows = [
        cell("a") + cell("b", BEGIN + DOWN) + cell("", ON + DOWN) + cell("c"),
        cell("d") + cell("", BEGIN + FURTHER) + cell("", ON + FURTHER) + cell("e"),
    ]
    document = read_docx(package(f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"))
    assert places(document) == [("a", 0, 0, 1, 1), ("b", 0, 1, 2, 2), ("c", 0, 3, 1, 1), ("d", 1, 0, 1, 1), ("e", 1, 3, 1, 1)]


def test_a_merge_does_not_reach_through_a_wide_cell() -> None:
    wide = '<w:gridSpan w:val="2"/>'
    rows = [cell("a") + cell("b", DOWN), cell("c", wide), cell("d") + cell("e", FURTHER)]
    document = read_docx(package(f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"))
    assert places(document) == [("a", 0, 0, 1, 1), ("b", 0, 1, 1, 1), ("c", 1, 0, 1, 2), ("d", 2, 0, 1, 1), ("e", 2, 1, 1, 1)]


@pytest.mark.parametrize(("said", "width"), [("2", 2), ("²", 1), ("", 1), ("-2", 1), ("9" * 5000, MAX_SPAN)])
def test_a_width_that_is_no_number(said: str, width: int) -> None:
    row = cell("a", f'<w:gridSpan w:val="{said}"/>') + cell("b")
    document = read_docx(package(f"<w:tbl><w:tr>{row}</w:tr></w:tbl>"))
    assert places(document) == [("a", 0, 0, 1, width), ("b", 0, width, 1, 1)]


def test_tables_in_a_text_box_are_tables() -> None:
    inside = f"<w:txbxContent>{table_of([['a', 'b']])}{table_of([['c', 'd']])}<w:p/></w:txbxContent>"
    box = f"<w:r><mc:AlternateContent><mc:Choice>{inside}</mc:Choice><mc:Fallback>{inside}</mc:Fallback></mc:AlternateContent></w:r>"
    document = read_docx(package(f"<w:p>{run('题')}{box}</w:p>"))
    assert document.text == "题\na\tb\nc\td\n"
    assert [type(block) for block in document.blocks] == [Paragraph, Table, Table]


# -- packages ---------------------------------------------------------------------------------------------------------


def test_the_main_part_is_the_one_that_the_package_names() -> None:
    data = package(f"<w:p>{run('文')}</w:p>", main="word/document2.xml")
    assert media_type(data).endswith("wordprocessingml.document") and read_docx(data).text == "文\n"


def test_a_strict_file_names_the_same_words() -> None:
    data = package(f"<w:p>{run('文')}<m:oMath><m:r><m:t>2</m:t></m:r></m:oMath></w:p>")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("word/document.xml").decode().replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
        xml = xml.replace("http://schemas.openxmlformats.org/officeDocument/2006/", "http://purl.oclc.org/ooxml/officeDocument/")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", xml)
    assert read_docx(file.getvalue()).text == "文2\n"
