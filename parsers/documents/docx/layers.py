"""What lies over the text of a Word file: pictures and text boxes that float, and what is drawn in a line of text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lxml import etree

from parsers.documents.docx.text import FALLBACK, W, text_of

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_VML = "{urn:schemas-microsoft-com:vml}"
_SHAPES = {f"{_VML}{name}" for name in ("shape", "rect", "roundrect", "oval", "group", "line", "polyline")}
_DRAWN = (f"{W}drawing", f"{W}pict", f"{W}object")
_FLOATS = re.compile(r"position\s*:\s*absolute", re.IGNORECASE)
_HIDDEN = re.compile(r"visibility\s*:\s*hidden", re.IGNORECASE)
_OF_PAGE = re.compile(r"mso-position-vertical-relative\s*:\s*(?:page|margin)", re.IGNORECASE)
_FIGURE = re.compile(r"[\s+-]*+\d[\d.,，．\s]*+(?:%|[万亿]?元|[件条次个人项])?")
_PARAGRAPH, _TABLE, _BOX = f"{W}p", f"{W}tbl", f"{W}txbxContent"


def floating(element: etree._Element) -> list[etree._Element]:
    """The pictures and boxes anchored in an element that float over what is printed around it."""
    return [drawn for drawn in drawn_in(element) if _floats(drawn)]


def is_drawn_in(element: etree._Element) -> bool:
    """Is there a picture or a shape in an element?"""
    return next(iter(drawn_in(element)), None) is not None


def take_out_boxes(element: etree._Element) -> list[etree._Element]:
    """Remove the floating text boxes from an element: what they print does not stand where they are anchored."""
    boxes = [box for drawn in floating(element) for box in drawn.iter(_BOX) if _outer(box) is drawn]
    for box in boxes:
        box.getparent().remove(box)
    return boxes


def under_figures(cells: Iterable[etree._Element]) -> set[etree._Element]:
    """The cells in which a box with a figure is anchored that floats, perhaps over the figure of the cell itself."""
    return {cell for cell in cells if any(map(_is_figure, floating(cell)))}


def _is_figure(drawn: etree._Element) -> bool:
    """Does a box print a figure and no more?"""
    return any(_FIGURE.fullmatch(text_of(box)) for box in drawn.iter(_BOX))


def tables_under(blocks: Sequence[etree._Element]) -> set[etree._Element]:
    """Of the blocks of a text the tables that something floating may lie over: those beside its anchor, with no text between; for
    what is placed on the page, and for a box that prints a figure, as one typed into a table, the next before and after."""
    under = set()
    for at, block in enumerate(blocks):
        drawn = floating(block) if block.tag == _PARAGRAPH else []
        if not drawn:
            continue
        far = any(map(_is_of_page, drawn)) or any(map(_is_figure, drawn))
        for side in (reversed(blocks[:at]), iter(blocks[at + 1 :])):
            for other in side:
                if other.tag == _TABLE:
                    under.add(other)
                if other.tag == _TABLE or (not far and text_of(other)):
                    break
    return under


def remove_hidden(root: etree._Element) -> None:
    """Remove the pictures and shapes that are not shown, with what is written in them."""
    for drawn in [drawn for drawn in root.iter(*_DRAWN) if _is_hidden(drawn)]:
        for child in list(drawn):
            drawn.remove(child)


def drawn_in(element: etree._Element) -> list[etree._Element]:
    """The pictures and shapes in an element that are there now: not the copies for older programs, nor what was deleted."""
    found = (drawn for drawn in element.iter(*_DRAWN) if next(drawn.iterancestors(FALLBACK, f"{W}del", f"{W}moveFrom"), None) is None)
    return [drawn for drawn in found if next(drawn.iter(f"{_WP}anchor", f"{_WP}inline", *_SHAPES), None) is not None]


def _outer(box: etree._Element) -> etree._Element | None:
    return next(box.iterancestors(*_DRAWN), None)


def _is_hidden(drawn: etree._Element) -> bool:
    properties = next(drawn.iter(f"{_WP}docPr"), None)
    shape = next(drawn.iter(*_SHAPES), None)
    return (properties is not None and properties.get("hidden") in ("1", "true")) or (
        shape is not None and bool(_HIDDEN.search(shape.get("style", "")))
    )


def _floats(drawn: etree._Element) -> bool:
    shape = next(drawn.iter(*_SHAPES), None)
    return drawn.find(f"{_WP}anchor") is not None or (shape is not None and bool(_FLOATS.search(shape.get("style", ""))))


def _is_of_page(drawn: etree._Element) -> bool:
    place = drawn.find(f"{_WP}anchor/{_WP}positionV")
    shape = next(drawn.iter(*_SHAPES), None)
    return (place is not None and place.get("relativeFrom") not in ("paragraph", "line")) or (
        shape is not None and bool(_OF_PAGE.search(shape.get("style", "")))
    )
