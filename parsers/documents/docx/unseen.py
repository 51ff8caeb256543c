"""What a Word file holds but does not print: rows taken out by tracked changes, hidden text, text in the colour of its ground."""

from __future__ import annotations

from lxml import etree

from parsers.documents.docx.names import W
from parsers.documents.docx.text import is_on, lines_of_styles, text_of, value_of

_GONE = (f"{W}del", f"{W}moveFrom")
SMALLEST = 2  # half points: no one sees a letter of one point
LOWEST = 40  # twentieths of a point: a row of just so much shows no line of text


def is_gone(row: etree._Element) -> bool:
    """Is a row of a table deleted, moved away, hidden, or too low to show anything?"""
    properties = row.find(f"{W}trPr")
    if properties is not None:
        height = properties.find(f"{W}trHeight")
        if any(properties.find(tag) is not None for tag in _GONE) or is_on(properties, "hidden"):
            return True
        if height is not None and height.get(f"{W}hRule") == "exact" and _number(height.get(f"{W}val")) < LOWEST:
            return True
    paragraphs = list(row.iter(f"{W}p"))
    return bool(paragraphs) and all(map(_is_mark_gone, paragraphs)) and not text_of(row)


def _is_mark_gone(paragraph: etree._Element) -> bool:
    """Is the end of a paragraph deleted or moved away?"""
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    return mark is not None and any(mark.find(tag) is not None for tag in _GONE)


def is_cell_gone(cell: etree._Element) -> bool:
    return cell.find(f"{W}tcPr/{W}cellDel") is not None


def hide_by_style(root: etree._Element, styles: etree._Element) -> None:
    """Mark the runs as hidden whose style hides them, or that of their paragraph."""
    hidden = _hiding_styles(styles)
    for run in root.iter(f"{W}r") if hidden else ():
        style, paragraph = run.find(f"{W}rPr"), next(run.iterancestors(f"{W}p"), None)
        if style is not None and style.find(f"{W}vanish") is not None:
            continue
        if value_of(style, "rStyle") in hidden or (paragraph is not None and value_of(paragraph, "pPr/pStyle") in hidden):
            _hide(run)


def hide_unseen(root: etree._Element, styles: etree._Element | None) -> None:
    """Mark the runs as hidden that nobody sees: in the colour of the ground they stand on, where that is known, or of no size."""
    shaded = (
        {s.get(f"{W}styleId", "") for s in styles.iter(f"{W}style") if next(s.iter(f"{W}shd"), None) is not None}
        if styles is not None
        else set()
    )
    for size in root.iter(f"{W}sz"):
        run = _run_of(size)
        if run is not None and size.get(f"{W}val", "").isdecimal() and _number(size.get(f"{W}val")) <= SMALLEST:
            _hide(run)
    for colour in root.iter(f"{W}color"):
        run, ink = _run_of(colour), colour.get(f"{W}val", "auto").upper()
        if run is not None and ink != "AUTO" and _ground(run, shaded) == ink:
            _hide(run)


def _run_of(property: etree._Element) -> etree._Element | None:
    run = property.getparent().getparent()
    return run if run is not None and run.tag == f"{W}r" else None


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


def _hiding_styles(styles: etree._Element) -> set[str]:
    said = {
        name: [properties for style in line for properties in style.findall(f"{W}rPr") if properties.find(f"{W}vanish") is not None]
        for name, line in lines_of_styles(styles).items()
    }
    return {name for name, properties in said.items() if properties and is_on(properties[0], "vanish")}


def _number(printed: str | None) -> int:
    return int(printed) if printed and printed.isdecimal() and len(printed) < 8 else 10_000
