"""What runs of a Word file have from their styles: the few properties that change whether and how their text is printed."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from parsers.documents.docx.names import W
from parsers.documents.docx.text import is_on, lines_of_styles, value_of
from parsers.documents.docx.unseen import FILL, SMALLEST

_SWITCHES = ("vanish", "specVanish", "strike", "dstrike")
_NAMES = {FILL, *(f"{W}{name}" for name in (*_SWITCHES, "vertAlign", "position", "color", "sz"))}
_DARKEST = 0xF0  # of each part of a colour: what is darker is seen on paper
Style = dict[str, etree._Element]


def inherit(root: etree._Element, styles: etree._Element) -> None:
    """Write into each run what its style, its paragraph's or its table's says of it and it does not say itself, if that matters."""
    said = {name: _said(line) for name, line in lines_of_styles(styles).items()}
    if not any(_matters(found) for style in said.values() for found in style.values()):
        return
    usual = next(
        (s.get(f"{W}styleId", "") for s in styles.iter(f"{W}style") if s.get(f"{W}type") == "paragraph" and s.get(f"{W}default") == "1"), ""
    )
    for run in root.iter(f"{W}r"):
        own = run.find(f"{W}rPr")
        for name, found in _of_styles(run, own, usual, said).items():
            if _matters(found) and (own is None or own.find(name) is None):
                if own is None:
                    own = etree.Element(f"{W}rPr")
                    run.insert(0, own)
                own.append(deepcopy(found))


def _of_styles(run: etree._Element, own: etree._Element | None, usual: str, said: dict[str, Style]) -> Style:
    """What the styles of a run say of it: its own before that of its paragraph, that before its table's."""
    paragraph, table = next(run.iterancestors(f"{W}p"), None), next(run.iterancestors(f"{W}tbl"), None)
    of_paragraph = value_of(paragraph, "pPr/pStyle") or usual
    return said.get(value_of(table, "tblPr/tblStyle"), {}) | said.get(of_paragraph, {}) | said.get(value_of(own, "rStyle"), {})


def _said(line: list[etree._Element]) -> Style:
    """The properties of a style, from the one that it is based on last of all to itself."""
    return {found.tag: found for style in reversed(line) for found in _properties(style)}


def _properties(style: etree._Element) -> Iterator[etree._Element]:
    for properties in style.findall(f"{W}rPr"):
        yield from (found for found in properties if found.tag in _NAMES)


def _matters(found: etree._Element) -> bool:
    """Does a property change what is read, said for all text of a style?"""
    name, value = found.tag.removeprefix(W), found.get(f"{W}val", "")
    if name in _SWITCHES:
        return is_on(found.getparent(), name)
    if name == "sz":
        return value.isdecimal() and len(value) < 9 and int(value) <= SMALLEST
    if name == "color":
        return "themeColor" in str(found.attrib) or _is_pale(value)
    return value not in ("", "0", "baseline") or found.tag == FILL


def _is_pale(value: str) -> bool:
    try:
        return len(value) == 6 and min(bytes.fromhex(value)) >= _DARKEST
    except ValueError:
        return False
