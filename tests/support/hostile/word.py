"""Word files that are made to take long, to grow or to be dropped; in each stands an honest report."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from tests.support import office
from tests.support.held import MADE, PAGE

_FILE = office.word(MADE)
with zipfile.ZipFile(io.BytesIO(_FILE)) as _package:
    _PARTS = {name: _package.read(name).decode() for name in _package.namelist()}
DOCUMENT = _PARTS["word/document.xml"]
BEGIN = DOCUMENT.index("<w:body>") + len("<w:body>")
BODY = DOCUMENT[BEGIN : DOCUMENT.index("<w:sectPr")]
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
M = 1_000_000


def packed(parts: dict[str, str | bytes], level: int = 6) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def document(xml: str, **more: str | bytes) -> bytes:
    return packed({**_PARTS, "word/document.xml": xml, **{name.replace("__", "/") + ".xml": part for name, part in more.items()}})


def before(hostile: str, **more: str | bytes) -> Callable[[], bytes]:
    """A file that begins with something hostile."""
    return lambda: document(DOCUMENT[:BEGIN] + hostile + DOCUMENT[BEGIN:], **more)


def around(opened: str, closed: str, times: int) -> Callable[[], bytes]:
    return lambda: document(DOCUMENT[:BEGIN] + opened * times + BODY + closed * times + DOCUMENT[BEGIN + len(BODY) :])


def doctype(declared: str, used: str) -> Callable[[], bytes]:
    return lambda: document(
        f"<!DOCTYPE w:document [{declared}]>{DOCUMENT[:BEGIN]}<w:p><w:r><w:t>{used}</w:t></w:r></w:p>{DOCUMENT[BEGIN:]}"
    )


def beside(kind: str, xml: str, hostile: str = "") -> Callable[[], bytes]:
    """A file with another part: styles, numbering."""
    relations = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{_RELATION}{kind}" Target="{kind}.xml"/></Relationships>'
    return lambda: packed(
        {
            **_PARTS,
            "word/document.xml": DOCUMENT[:BEGIN] + hostile + DOCUMENT[BEGIN:],
            f"word/{kind}.xml": xml,
            "word/_rels/document.xml.rels": relations,
        }
    )


def chunked(content: Callable[[int], bytes], count: int = 1) -> bytes:
    """A file that takes in so many others."""
    relations = "".join(f'<Relationship Id="c{n}" Type="{_RELATION}aFChunk" Target="chunk{n}.dat"/>' for n in range(count))
    chunks = "".join(f'<w:altChunk {_R} r:id="c{n}"/>' for n in range(count))
    parts: dict[str, str | bytes] = {f"word/chunk{n}.dat": content(n) for n in range(count)}
    relations = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>'
    return packed(
        {**_PARTS, "word/document.xml": DOCUMENT[:BEGIN] + chunks + DOCUMENT[BEGIN:], "word/_rels/document.xml.rels": relations, **parts}
    )


def chain(depth: int, wide: int = 1) -> bytes:
    data = _FILE
    for _ in range(depth):
        data = chunked(lambda _, inner=data: inner, wide)  # type: ignore[misc]
    return data


def run(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def rows(row: str, times: int) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{row * times}</w:tbl>"


def cell(properties: str, text: str = "1") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{run(text)}</w:tc>"


_NUMBERED = f"<w:numbering {office._W}>{{}}</w:numbering>"
_ITEM = '<w:p><w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>文</w:t></w:r></w:p>'
_LEVEL = '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="{}"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
_STYLES = f"<w:styles {office._W}>{{}}</w:styles>"
_FIELD = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF</w:instrText></w:r>'

FILES: dict[str, Callable[[], bytes]] = {
    "paragraphs, nine million": before("<w:p/>" * 9 * M),
    "paragraphs, a million of a word": before(run("文") * 500_000),
    "runs, a million": before("<w:p>" + "<w:r><w:t>1</w:t></w:r>" * M + "</w:p>"),
    "tabs, a million": before("<w:p><w:r>" + "<w:tab/>" * M + "</w:r></w:p>"),
    "line breaks, a million": before("<w:p><w:r>" + "<w:br/>" * M + "</w:r></w:p>"),
    "text of 20 MB": before(run("文" * 6 * M)),
    "attribute of 20 MB": before(f'<w:p w:rsidR="{"x" * 20 * M}"/>'),
    "attributes, 100,000": before("<w:p " + " ".join(f'w:a{n}=""' for n in range(100_000)) + "/>"),
    "namespaces, 100,000": before("<w:p " + " ".join(f'xmlns:a{n}="u{n}"' for n in range(100_000)) + "/>"),
    "part that inflates to 200 MB": before(" " * 200 * M),
    "elements 10,000 deep": around("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 5000),
    "controls 100 deep": around("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 100),
    "tables 60 deep": around("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 60),
    "tables of two cells 60 deep": around(f"<w:tbl><w:tr>{cell('')}<w:tc>", "</w:tc></w:tr></w:tbl>", 60),
    "tables of two cells 80 deep": around(f"<w:tbl><w:tr>{cell('')}<w:tc>", "</w:tc></w:tr></w:tbl>", 80),
    "text boxes 40 deep": around("<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>", 40),
    "text boxes, 20,000": before(f"<w:p><w:r><w:pict><w:txbxContent>{rows('<w:tr>' + cell('') * 2 + '</w:tr>', 1)}</w:txbxContent></w:pict></w:r></w:p>" * 20_000),
    "text boxes in one paragraph": before("<w:p>" + f"<w:r><w:pict><w:txbxContent>{rows('<w:tr>' + cell('') * 2 + '</w:tr>', 1)}</w:txbxContent></w:pict></w:r>" * 10_000 + "</w:p>"),
    "fields in fields": before("<w:p>" + _FIELD * 50_000 + "</w:p>"),
    "fields that never end": before(f"<w:p>{_FIELD}</w:p>" * 50_000),
    "form fields": before("<w:p>" + '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="9999999999"/></w:ddList></w:ffData></w:fldChar></w:r>' * 50_000 + "</w:p>"),
    "insertions": around('<w:ins w:id="1">', "</w:ins>", 100),
    "span of a thousand million": before(rows(f"<w:tr>{cell('<w:gridSpan w:val=' + chr(34) + '1000000000' + chr(34) + '/>')}{cell('')}</w:tr>", 3)),
    "spans that multiply": before(rows("<w:tr>" + cell('<w:gridSpan w:val="1000"/>') * 50 + "</w:tr>", 200)),
    "merges down, 50,000 rows": before(rows("<w:tr>" + cell("<w:vMerge/>") * 2 + "</w:tr>", 50_000)),
    "merges down across": before(rows("<w:tr>" + cell('<w:vMerge/><w:gridSpan w:val="60"/>') * 20 + "</w:tr>", 2000)),
    "rows, 200,000": before(rows("<w:tr><w:tc><w:p/></w:tc></w:tr>", 200_000)),
    "cells, 200,000 in a row": before(rows("<w:tr>" + "<w:tc><w:p/></w:tc>" * 200_000 + "</w:tr>", 1)),
    "rows skipped": before(rows('<w:tr><w:trPr><w:gridBefore w:val="999999999"/></w:trPr>' + cell("") + "</w:tr>", 100)),
    "tables, 50,000": before(rows("<w:tr>" + cell("") * 2 + "</w:tr>", 1) * 50_000),
    "list of great Roman numbers": beside("numbering", _NUMBERED.format(_LEVEL.format(2_000_000_000, "upperRoman", "%1、")), _ITEM.format(0) * 3),
    "list of great letters": beside("numbering", _NUMBERED.format(_LEVEL.format(2_000_000_000, "upperLetter", "%1、")), _ITEM.format(0) * 3),
    "list of great Chinese numbers": beside("numbering", _NUMBERED.format(_LEVEL.format("9" * 5000, "chineseCounting", "%1、")), _ITEM.format(0) * 3),
    "list whose mark repeats": beside("numbering", _NUMBERED.format(_LEVEL.format(1, "decimal", "%1" * 100_000)), _ITEM.format(0) * 1000),
    "list of levels beyond": beside("numbering", _NUMBERED.format(_LEVEL.format(1, "decimal", "%1、")), _ITEM.format("9" * 300) * 3),
    "lists that refer to each other": beside("numbering", _NUMBERED.format('<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="a"/></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'), _ITEM.format(0) * 3),
    "lists, 100,000": beside("numbering", _NUMBERED.format("".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="1"/></w:num>' for n in range(100_000))), _ITEM.format(0) * 1000),
    "styles based on each other": beside("styles", _STYLES.format('<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>'), '<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr><w:r><w:t>文</w:t></w:r></w:p>'),
    "styles based on each other, 20,000": beside("styles", _STYLES.format("".join(f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{n + 1}"/></w:style>' for n in range(20_000))), '<w:p><w:pPr><w:pStyle w:val="s0"/></w:pPr><w:r><w:t>文</w:t></w:r></w:p>' * 1000),
    "entities that multiply": doctype('<!ENTITY a "' + "x" * 1000 + '"><!ENTITY b "' + "&a;" * 1000 + '"><!ENTITY c "' + "&b;" * 1000 + '">', "&c;"),
    "entity in place of a figure": doctype('<!ENTITY a "17">', "规章&a;"),
    "entity of a file": doctype('<!ENTITY a SYSTEM "file:///etc/hostname">', "&a;"),
    "parameter entities": doctype('<!ENTITY % a "<!ENTITY b SYSTEM \'http://127.0.0.1:9/x\'>"> %a;', "&b;"),
    "processing instructions": before("<?a b?>" * 500_000),
    "comments": before("<!-- -->" * 500_000),
    "XML that breaks off": lambda: document(DOCUMENT[:-500]),
    "another encoding": lambda: packed({**_PARTS, "word/document.xml": ('<?xml version="1.0" encoding="utf-16"?>' + DOCUMENT).encode("utf-16")}),
    "encoding that is none": lambda: document(f'<?xml version="1.0" encoding="rot13"?>{DOCUMENT}'),
    "chunks 30 deep": lambda: chain(30),
    "chunks that multiply": lambda: chain(6, 8),
    "chunks, 2,000": lambda: chunked(lambda n: PAGE.encode(), 2000),
    "chunk of HTML": lambda: chunked(lambda n: ("<div>" * 300_000 + PAGE).encode()),
    "chunk of text": lambda: chunked(lambda n: b" " * 10 * M),
    "chunk named a thousand times": lambda: document(DOCUMENT[:BEGIN] + f'<w:altChunk {_R} r:id="c0"/>' * 1000 + DOCUMENT[BEGIN:]),
    "parts, 100,000": lambda: packed({**_PARTS, **{f"word/x{n}.xml": "" for n in range(100_000)}}, 0),
    "relations, 200,000": lambda: packed({**_PARTS, "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' + "".join(f'<Relationship Id="a{n}" Type="x" Target="y{n}"/>' for n in range(200_000)) + "</Relationships>"}),
    "relation to itself": lambda: packed({**_PARTS, "_rels/.rels": _PARTS["_rels/.rels"].replace("word/document.xml", "_rels/.rels")}),
    "document that is a folder": lambda: packed({**_PARTS, "word/document.xml/": ""}),
}  # fmt: skip
