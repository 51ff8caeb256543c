"""Word documents in one XML file: of Word 2003, whose words are nearly those of DOCX, and a DOCX written flat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from lxml import etree

from parsers.documents.docx.body import document_of
from parsers.documents.docx.text import W
from parsers.documents.package import xml_of
from parsers.documents.recognise import FLAT_WORD, WORD_XML
from parsers.model import Document

_2003 = "{http://schemas.microsoft.com/office/word/2003/wordml}"
_HINTS = "{http://schemas.microsoft.com/office/word/2003/auxHint}"
_NOTED = "{http://schemas.microsoft.com/aml/2001/core}"
_FLAT = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_NAMES = {"vmerge": "vMerge", "hmerge": "hMerge", "listPr": "numPr", "ilfo": "numId", "list": "num", "listDef": "abstractNum", "ilst": "abstractNumId", "lists": "numbering", "nfc": "numFmt"}  # fmt: skip
_CHANGES = {"Word.Insertion": "ins", "Word.Deletion": "del", "Word.Comment": "del"}
_FORMATS = {"0": "decimal", "1": "upperRoman", "2": "lowerRoman", "3": "upperLetter", "10": "chineseCounting", "11": "chineseCounting", "23": "bullet", "37": "chineseCounting", "39": "chineseCounting", "18": "decimalEnclosedCircle"}  # fmt: skip


def read_word_2003(data: bytes) -> Document:
    """A document of a Word 2003 XML file. Raises Undecodable when the XML is damaged."""
    root = _in_todays_words(xml_of(data.lstrip()))
    styles, numbering = root.find(f"{W}styles"), root.find(f"{W}numbering")
    return replace(document_of(root, styles, numbering, {}), media_type=WORD_XML)


def read_flat(data: bytes) -> Document:
    """A document of a DOCX whose parts stand in one XML file. Raises Undecodable when the XML is damaged."""
    parts = {part.get(f"{_FLAT}name", ""): next(iter(part.find(f"{_FLAT}xmlData")), None) for part in xml_of(data.lstrip()).iter(f"{_FLAT}part") if part.find(f"{_FLAT}xmlData") is not None}  # fmt: skip
    root = parts.get("/word/document.xml")
    root = etree.Element(f"{W}document") if root is None else root
    document = document_of(root, parts.get("/word/styles.xml"), parts.get("/word/numbering.xml"), {})
    return replace(document, media_type=FLAT_WORD)


def _in_todays_words(root: etree._Element) -> etree._Element:
    """The tree with each element called as in DOCX. Sections and sub-sections, which DOCX does not wrap, become content controls."""
    changes: dict[str, Callable[[etree._Element], str]] = {
        f"{_HINTS}sect": lambda _: "sdtContent",
        f"{_HINTS}sub-section": lambda _: "sdtContent",
        f"{_HINTS}pBdrGroup": lambda _: "sdtContent",
        f"{_NOTED}annotation": lambda node: _CHANGES.get(node.get(f"{_2003}type", ""), "bookmark"),
        f"{_NOTED}content": lambda _: "sdtContent",
    }
    for node in list(root.iter(etree.Element)):
        local = node.tag.rpartition("}")[2]
        if node.tag in changes:
            node.tag = f"{W}{changes[node.tag](node)}"
        elif node.tag.startswith(_2003):
            node.tag = f"{W}{_NAMES.get(local, local)}"
        for name, value in list(node.attrib.items()):
            if name.startswith(_2003):
                named = {"listDefId": "abstractNumId", "ilfo": "numId", "fill": "fill", "h-rule": "hRule"}.get(
                    name[len(_2003) :], name[len(_2003) :]
                )
                node.set(f"{W}{named}", _FORMATS.get(value, "bullet") if local == "nfc" else value)
    return root
