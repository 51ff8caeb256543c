"""A sample as a Word file in which one figure or its row may be written otherwise."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from parsers import read_report
from tests.support import office
from tests.support.held import LICENSING, MADE, zipped

WORD = office.word(MADE)
with zipfile.ZipFile(BytesIO(WORD)) as package:
    XML = package.read("word/document.xml").decode()
FIGURE = MADE.printed[LICENSING]
LABEL = "<w:t>行政许可</w:t>"
ROW = next(
    row for row in re.findall(r"<w:tr>(?:(?!</w:tr>).)*</w:tr>", XML, re.DOTALL) if LABEL in row.replace(' xml:space="preserve"', "")
)
NAMES = (
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def word(xml: str, **parts: str | bytes) -> bytes:
    return zipped({"word/document.xml": xml.replace("<w:document", f"<w:document{NAMES}", 1)} | parts)


def with_row(row: str) -> bytes:
    """The file with another row before that of 行政许可."""
    return word(XML.replace(ROW, row + ROW))


def status(data: bytes) -> str:
    return next(cell.status for cell in read_report(data).cells if cell[:3] == LICENSING)


DECOY = ROW.replace(FIGURE, "9999")
RUN = re.compile(r"<w:r>(?:(?!</w:r>).)*</w:r>")


def figure(inside: str) -> bytes:
    """The file with the figure of 行政许可 printed in another way."""
    run = next(run for run in RUN.findall(ROW) if FIGURE in run)
    return word(XML.replace(ROW, ROW.replace(run, inside)))


def field(code: str, result: str = "", data: str = "") -> str:
    shown = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{result}</w:t></w:r>' if result else ""
    return f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r><w:r><w:instrText>{code}</w:instrText></w:r>{shown}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


FLOATING = '<w:r><w:drawing><wp:anchor><wp:positionV relativeFrom="{}"/><wp:docPr id="1"{}/>{}</wp:anchor></w:drawing></w:r>'
