"""What a workbook shows: hidden parts, formulas without results, number formats, phonetic guides, pictures, every format of workbook."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from parsers import read_report
from tests.support.held import LICENSING, MADE, PENALTIES, PRINTED, not_right, notes
from tests.support.workbooks import COUNT, LICENSING_ROW, ROWS, letter, licensing, plain, sheet, workbook

needs_office = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed (soffice)")


def test_the_workbook_as_it_is() -> None:
    assert not_right(workbook(sheet())) == set() and "left_out" not in notes(workbook(sheet()))


@pytest.mark.parametrize("state", ['state="hidden"', 'state="veryHidden"'])
def test_a_hidden_sheet_is_not_read_and_is_noted(state: str) -> None:
    other = sheet(lambda row, column, text: plain("9999" if text.isdecimal() else text))
    data = workbook(other, sheet(), states=(state, ""))
    assert not_right(data) == set() and "left_out" in notes(data)


@pytest.mark.parametrize("hidden", ['hidden="1"', 'hidden="true"', 'ht="0" customHeight="1"', 'ht="0.75"'])
def test_a_hidden_row_is_not_read_whichever_it_is(hidden: str) -> None:
    for number in range(1, COUNT, 4):
        data = workbook(sheet(row=lambda row, number=number: hidden if row == number else ""))  # type: ignore[misc]
        lost = not_right(data)
        assert len({key[:2] for key in lost}) <= 30
        assert "left_out" in notes(data)


def test_a_row_of_other_figures_that_is_hidden() -> None:
    xml = sheet()
    row = re.search(rf'<row r="{LICENSING_ROW + 1}".*?</row>', xml)
    assert row
    decoy = row[0].replace(MADE.printed[LICENSING], "9999").replace(f'r="{LICENSING_ROW + 1}"', f'r="{LICENSING_ROW}" hidden="1"')
    decoy = re.sub(rf'r="([A-Z]+){LICENSING_ROW + 1}"', rf'r="\g<1>{COUNT + 1}"', decoy).replace(f'r="{LICENSING_ROW}"', f'r="{COUNT + 1}"')
    assert not_right(workbook(xml.replace("</sheetData>", f"{decoy}</sheetData>"))) == set()


def test_a_hidden_column_between_the_labels_and_the_figures() -> None:
    """What a hidden column holds is not read, wherever the merged labels begin."""
    wide = max(column + width for cells in ROWS for _, column, _, width, _ in cells)
    decoys = "".join(f'<row r="{n}"><c r="{letter(wide)}{n}"><v>77</v></c></row>' for n in range(COUNT + 2, COUNT + 9))
    xml = sheet(before=f'<cols><col min="{wide + 1}" max="{wide + 1}" hidden="1" width="8"/></cols>').replace(
        "</sheetData>", f"{decoys}</sheetData>"
    )
    assert not_right(workbook(xml)) == set()


@pytest.mark.parametrize("formula", ["><f>SUM(A1:A2)</f>", "><f>SUM(A1:A2)</f><v></v>", '><f t="shared" si="0"/>', ' t="str"><f>A1</f>', ' t="e"><f>A1/0</f><v>#DIV/0!</v>'])  # fmt: skip
def test_a_formula_without_a_result_is_unreadable_never_blank(formula: str) -> None:
    assert not_right(workbook(sheet(licensing(formula)))) == {LICENSING}


def test_any_figure_may_be_such_a_formula() -> None:
    pick = random.Random(3)
    for _ in range(8):
        share = pick.random()
        data = workbook(sheet(lambda row, column, text: "><f>B1</f>" if text.isdecimal() and pick.random() < share else plain(text)))  # noqa: B023
        not_right(data)


def test_a_formula_with_its_result_and_kinds_of_cells() -> None:
    figure = MADE.printed[LICENSING]
    assert not_right(workbook(sheet(licensing(f"><f>1+1</f><v>{figure}</v>")))) == set()
    assert not_right(workbook(sheet(licensing(f' t="str"><f>T(1)</f><v>{figure}</v>')))) == set()
    assert not_right(workbook(sheet(licensing(' t="b"><v>1</v>')))) == {LICENSING}
    assert not_right(workbook(sheet(licensing(f' t="inlineStr"><is><r><rPr><strike/></rPr><t>7</t></r><r><t>{figure}</t></r></is>')))) == {
        LICENSING
    }


STYLES = (
    '<numFmts><numFmt numFmtId="170" formatCode="{}"/></numFmts><fonts><font/><font><color rgb="FFFFFFFF"/></font><font><strike/></font></fonts>'
    '<fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FF0000FF"/></patternFill></fill></fills>'
    '<cellXfs><xf/><xf numFmtId="170"/><xf fontId="1" fillId="0"/><xf fontId="2"/><xf fontId="1" fillId="1"/></cellXfs>'
)


@pytest.mark.parametrize(
    ("code", "number", "status"),
    [(";;;", "7", "blank"), ("0;-0;;@", "0", "blank"), ("0&quot;件&quot;", "{}", "stated"), ("#,##0_ ", "{}", "stated"), ("0,", "7000", "unreadable"),
     ("yyyy/m/d", "45306", "unreadable"), ("0%", "0.5", "unreadable"), ("[=0]&quot;&quot;;0", "{}", "stated")],
)  # fmt: skip
def test_number_formats(code: str, number: str, status: str) -> None:
    data = workbook(sheet(licensing(f' s="1"><v>{number.format(MADE.printed[LICENSING])}</v>')), styles=STYLES.format(code))
    cell = next(c for c in read_report(data).cells if c[:3] == LICENSING)
    assert (cell.status, cell.value) == (status, PRINTED[LICENSING] if status == "stated" else None)


def test_figures_in_the_colour_of_their_ground_struck_out_or_zeros_that_are_not_shown() -> None:
    statuses = {2: "blank", 3: "unreadable", 4: "stated"}
    for look, status in statuses.items():
        data = workbook(sheet(licensing(f' s="{look}"><v>{MADE.printed[LICENSING]}</v>')), styles=STYLES.format("0"))
        assert next(c for c in read_report(data).cells if c[:3] == LICENSING).status == status, look
    data = workbook(sheet(licensing("><v>0</v>"), before='<sheetViews><sheetView showZeros="0" workbookViewId="0"/></sheetViews>'))
    assert next(c for c in read_report(data).cells if c[:3] == LICENSING).status == "blank"


RULE = '<conditionalFormatting sqref="Z1 {0}{1}"><cfRule type="expression" dxfId="{2}" priority="1"><formula>TRUE</formula>{3}</cfRule></conditionalFormatting>'
DIFFERENT = (
    '<dxfs><dxf><font><color rgb="FFFFFFFF"/></font></dxf><dxf><numFmt numFmtId="171" formatCode=";;;"/></dxf><dxf><font><color rgb="FFFF0000"/></font></dxf>'
    '<dxf><font><color theme="0"/></font><fill><patternFill><bgColor rgb="FFFF0000"/></patternFill></fill></dxf></dxfs>'
)


@pytest.mark.parametrize(
    ("number", "inside", "hides"), [(0, "", True), (1, "", True), (2, "", False), (3, "", False), (2, '<dataBar showValue="0"/>', True)]
)
def test_a_figure_that_a_condition_may_hide_is_none(number: int, inside: str, hides: bool) -> None:
    rule = RULE.format(letter(1), LICENSING_ROW + 1, number, inside)
    assert not_right(workbook(sheet(after=rule), styles=DIFFERENT)) == ({LICENSING} if hides else set())


@pytest.mark.parametrize("colour", ['rgb="FFFEFEFE"', 'theme="0"', 'theme="4" tint="0.4"'])
def test_figures_in_a_colour_like_that_of_their_ground_are_not_shown(colour: str) -> None:
    ground = f'<fill><patternFill patternType="solid"><fgColor {colour}/></patternFill></fill>'
    styles = f"<fonts><font><color {colour}/></font></fonts><fills>{ground}</fills><cellXfs><xf/><xf fontId='0' fillId='0'/></cellXfs>"
    figure = MADE.printed[LICENSING]
    assert (
        next(
            c for c in read_report(workbook(sheet(licensing(f' s="1"><v>{figure}</v>')), styles=styles)).cells if c[:3] == LICENSING
        ).status
        == "blank"
    )


@pytest.mark.parametrize("style", ['<vertAlign val="superscript"/>', '<color rgb="FFFFFFFF"/>', "<strike/>"])
def test_a_digit_in_another_style_is_no_part_of_a_figure(style: str) -> None:
    figure = MADE.printed[LICENSING]
    inside = f' t="inlineStr"><is><r><t>{figure}</t></r><r><rPr>{style}</rPr><t>1</t></r></is>'
    assert not_right(workbook(sheet(licensing(inside)))) == {LICENSING}
    plain_style = inside.replace(style, "<b/>").replace("<t>1</t>", "<t></t>")
    assert not_right(workbook(sheet(licensing(plain_style)))) == set()


def test_phonetic_guides_are_no_text() -> None:
    guided = '<si><t>行政许可</t><rPh sb="0" eb="4"><t>xingzhengxuke</t></rPh><phoneticPr fontId="1"/></si>'
    change = lambda row, column, text: ' t="s"><v>0</v>' if text == "行政许可" else plain(text)  # noqa: E731
    assert not_right(workbook(sheet(change), strings=guided)) == set()


def drawn(inside: str, row: int) -> bytes:
    spreadsheet = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
    corner = "<x:col>{}</x:col><x:colOff>1</x:colOff><x:row>{}</x:row><x:rowOff>1</x:rowOff>"
    anchor = f"<x:twoCellAnchor><x:from>{corner.format(1, row)}</x:from><x:to>{corner.format(9, row)}</x:to>{inside}</x:twoCellAnchor>"
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return workbook(
        sheet(licensing(">")),
        **{
            "xl/drawings/d.xml": f'<x:wsDr xmlns:x="{spreadsheet}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">{anchor}</x:wsDr>',
            "xl/worksheets/_rels/page1.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="d" Type="{kinds}/drawing" Target="../drawings/d.xml"/></Relationships>',
        },
    )


def test_an_empty_cell_under_a_picture_or_a_text_box_is_not_blank() -> None:
    box = f"<x:sp><x:txBody><a:p><a:r><a:t>{MADE.printed[LICENSING]}</a:t></a:r></a:p></x:txBody></x:sp>"
    for inside in ("<x:pic/>", box):
        assert not_right(drawn(inside, LICENSING_ROW)) == {LICENSING}
    beside = next(c for c in read_report(drawn("<x:pic/>", COUNT + 5)).cells if c[:3] == LICENSING)
    assert beside.status == "blank"


def excel_2003(row: str = "", figure: str = '<Data ss:Type="Number">{}</Data>', worksheet: str = "") -> bytes:
    xml = ""
    for cells in ROWS:
        number = cells[0][0]
        xml += f'<Row ss:Index="{number + 1}">'
        for _, column, text, width, height in cells:
            inside = figure.format(text) if number == LICENSING_ROW and text.isdecimal() else f'<Data ss:Type="String">{text}</Data>'
            formula = ' ss:Formula="=A1"' if not inside else ""
            xml += f'<Cell ss:Index="{column + 1}" ss:MergeAcross="{width - 1}" ss:MergeDown="{height - 1}"{formula}>{inside}</Cell>'
        xml += "</Row>"
    names = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel"'
    other = '<Worksheet ss:Name="旧"><Table><Row><Cell><Data ss:Type="String">行政许可</Data></Cell><Cell><Data ss:Type="Number">9999</Data></Cell></Row></Table><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet>'
    return (
        f'<?xml version="1.0"?><Workbook {names}>{other}<Worksheet ss:Name="表"><Table>{xml}{row}</Table></Worksheet></Workbook>'.encode()
    )


def test_workbooks_in_one_xml_file() -> None:
    hidden = '<Row ss:Hidden="1"><Cell><Data ss:Type="String">行政许可</Data></Cell><Cell><Data ss:Type="Number">9999</Data></Cell></Row>'
    assert not_right(excel_2003(hidden)) == set() and "left_out" in notes(excel_2003(hidden))
    assert not_right(excel_2003(figure="")) == {LICENSING}


@needs_office
@pytest.mark.parametrize("target", ["xls", "ods"])
def test_what_an_office_program_makes_of_a_workbook(target: str, tmp_path: Path) -> None:
    """A hidden sheet, a hidden row of other figures, a format that shows nothing, a format with a unit."""
    xml = sheet(
        lambda row, column, text: f' s="1"><v>{text}</v>' if row == LICENSING_ROW and text.isdecimal() else plain(text),
    )
    decoy = f'<row r="{COUNT + 1}" hidden="1"><c r="A{COUNT + 1}" t="inlineStr"><is><t>行政处罚</t></is></c><c r="B{COUNT + 1}"><v>9999</v></c></row>'
    other = sheet(lambda row, column, text: plain("9999" if text.isdecimal() else text))
    data = workbook(
        xml.replace("</sheetData>", f"{decoy}</sheetData>"), other, states=("", 'state="hidden"'), styles=STYLES.format("0&quot;件&quot;")
    )
    (tmp_path / "made.xlsx").write_bytes(data)
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", target, "made.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=180)
    made = (tmp_path / f"made.{target}").read_bytes()
    assert not_right(made) == set() and "left_out" in notes(made)
    assert PENALTIES in PRINTED
