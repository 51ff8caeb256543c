"""What a Word file holds but does not print: rows taken out by tracked changes, hidden text, text in the colour of its ground; and what runs
have of this from their styles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from parsers.documents.docx.text import FALLBACK, W, is_on, lines_of_styles, property_of, text_of, value_of
from parsers.documents.package import whole_number
from parsers.printed.decode import LOST

_EFFECTS = "{http://schemas.microsoft.com/office/word/2010/wordml}"
FILL = f"{_EFFECTS}textFill"
CLEAR = "clear"
_CHOICE = FALLBACK.replace("Fallback", "Choice")
_KNOWN = {  # the prefixes by which Word's own later parts are called
    "wps", "wpg", "wpc", "wpi", "wp14", "w14", "w15", "w16", "w16se", "w16cid", "w16cex", "w16sdtdh", "a14", "a16", "aink", "am3d", "c14", "cx", "cx1", "v",
    "o", "ve", "m",
}  # fmt: skip
_THEME = dict.fromkeys(("background1", "light1", "bg1", "lt1"), "FFFFFF")  # the ground's colour in every theme that is in use
_COLOUR = re.compile("[0-9A-F]{6}")
_CLOSE = 8  # of 255
_GONE = (f"{W}del", f"{W}moveFrom")
SMALLEST = 2  # half points: no one sees a letter of one point
NARROWEST = 10  # of a hundred parts of their width: letters as narrow are lines
CLOSEST, _ROOM = 80, 40  # twentieths of a point: letters moved together by so much, or with so little room for each, cover each other
_USUAL = 10_000  # of any unit: more than is ever too small to be seen
LOWEST = 40  # twentieths of a point: a row of just so much shows no line of text


def is_gone(row: etree._Element) -> bool:
    """Is a row of a table deleted, moved away, hidden, or too low to show anything?"""
    properties = row.find(f"{W}trPr")
    if properties is not None:
        height = properties.find(f"{W}trHeight")
        if any(properties.find(tag) is not None for tag in _GONE) or is_on(properties, "hidden"):
            return True
        if height is not None and height.get(f"{W}hRule") == "exact" and whole_number(height.get(f"{W}val"), _USUAL) < LOWEST:
            return True
    marks = map(_is_mark_gone, row.iter(f"{W}p"))
    return next(marks, False) and all(marks) and not text_of(row)


def _is_mark_gone(paragraph: etree._Element) -> bool:
    """Is the end of a paragraph deleted or moved away?"""
    mark = property_of(paragraph, "pPr/rPr")
    return mark is not None and any(mark.find(tag) is not None for tag in _GONE)


def hide_unseen(root: etree._Element, styles: etree._Element | None) -> None:
    """Mark the runs as hidden that nobody sees: without a colour or in that of the ground they stand on, where it is known, or of no size.

    Those whose letters are squeezed into each other cannot be read.
    """
    shaded = (
        {s.get(f"{W}styleId", "") for s in styles.iter(f"{W}style") if next(s.iter(f"{W}shd"), None) is not None}
        if styles is not None
        else set()
    )
    for size in root.iter(f"{W}sz"):
        run = _run_of(size)
        if run is not None and whole_number(size.get(f"{W}val"), _USUAL) <= SMALLEST:
            _hide(run)
    for property in root.iter(f"{W}w", f"{W}spacing", f"{W}fitText"):
        run = _run_of(property)
        if run is not None and _is_squeezed(property, run):
            for text in run.iterfind(f"{W}t"):
                text.text = LOST
    for colour in root.iter(f"{W}color", FILL):
        run, ink = _run_of(colour), _ink(colour)
        if run is not None and (ink == CLEAR or (ink is not None and _are_close(ink, _ground(run, shaded)))):
            _hide(run)


def take_fallbacks(root: etree._Element) -> None:
    """Where Word does not know what another program's text needs, it shows what that has for such a case."""
    for choice in [choice for choice in root.iter(_CHOICE) if not set((choice.get("Requires") or "").split()) <= _KNOWN]:
        fallback = choice.getnext()
        choice.getparent().remove(choice)
        if fallback is not None and fallback.tag == FALLBACK:
            fallback.tag = _CHOICE


def _is_squeezed(property: etree._Element, run: etree._Element) -> bool:
    """Do the letters of a run stand on each other, or as narrow as lines?"""
    value = property.get(f"{W}val", "")
    if property.tag == f"{W}w":
        return whole_number(value.rstrip("%"), _USUAL) <= NARROWEST
    if property.tag == f"{W}fitText":
        return whole_number(value, _USUAL) < _ROOM * len("".join(text.text or "" for text in run.iterfind(f"{W}t")))
    return value.startswith("-") and CLOSEST <= whole_number(value[1:]) < _USUAL


def _run_of(property: etree._Element) -> etree._Element | None:
    run = property.getparent().getparent()
    return run if run is not None and run.tag == f"{W}r" else None


def _ink(colour: etree._Element) -> str | None:
    """The colour that a property gives to letters; None for one that is not known here."""
    if colour.tag == FILL:
        named = next(colour.iter(f"{_EFFECTS}srgbClr", f"{_EFFECTS}schemeClr", f"{_EFFECTS}noFill"), None)
        if named is None:
            return None
        value = named.get(f"{_EFFECTS}val", "")
        return CLEAR if named.tag == f"{_EFFECTS}noFill" else _THEME.get(value) if named.tag.endswith("schemeClr") else str(value).upper()
    if theme := colour.get(f"{W}themeColor"):
        return _THEME.get(theme, str(colour.get(f"{W}val", "")).upper())
    value = colour.get(f"{W}val", "auto").upper()
    return str(value) if value != "AUTO" else None


def _are_close(one: str, other: str | None) -> bool:
    """Are two colours such as no eye tells apart?"""
    if other is None or not (_COLOUR.fullmatch(one) and _COLOUR.fullmatch(other)):
        return one == other
    return all(abs(a - b) <= _CLOSE for a, b in zip(bytes.fromhex(one), bytes.fromhex(other), strict=True))


def _ground(run: etree._Element, shaded: set[str]) -> str | None:
    """The colour that a run stands on; None where a style may have shaded it."""
    if value_of(run, "rPr/highlight") not in ("", "none"):
        return {"white": "FFFFFF", "black": "000000", "red": "FF0000", "yellow": "FFFF00"}.get(value_of(run, "rPr/highlight"))
    for element, path in [(run, "rPr"), *((above, name) for above in run.iterancestors() for name in ("pPr", "tcPr", "tblPr"))]:
        properties = element.find(f"{W}{path}")
        if properties is None:
            continue
        shade = properties.find(f"{W}shd")
        if shade is not None and shade.get(f"{W}val") != "nil":
            if shade.get(f"{W}val") == "solid":
                return str(shade.get(f"{W}color", "auto")).upper().replace("AUTO", "000000")
            fill = shade.get(f"{W}fill", "auto").upper()
            if fill != "AUTO":
                return str(fill)
            if shade.get(f"{W}val", "clear") != "clear":
                return None
        if any(value_of(properties, name) in shaded for name in ("pStyle", "rStyle", "tblStyle")):
            return None
    return "FFFFFF"


def _hide(run: etree._Element) -> None:
    style = run.find(f"{W}rPr")
    if style is None:
        style = etree.Element(f"{W}rPr")
        run.insert(0, style)
    if not is_on(style, "vanish"):
        for old in style.findall(f"{W}vanish"):
            style.remove(old)
        etree.SubElement(style, f"{W}vanish")


# -- what runs have from their styles ----------------------------------------------------------------------------------

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
        return whole_number(value, _USUAL) <= SMALLEST
    if name == "color":
        return "themeColor" in str(found.attrib) or _is_pale(value)
    return value not in ("", "0", "baseline") or found.tag == FILL


def _is_pale(value: str) -> bool:
    try:
        return len(value) == 6 and min(bytes.fromhex(value)) >= _DARKEST
    except ValueError:
        return False
