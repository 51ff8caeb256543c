"""What elements print that hold no text of their own: the fields of a form their values, pictures something that is not read."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from parsers.printed.decode import LOST

FIELDS = {"input", "select", "textarea"}
PICTURES = 'img, svg, canvas, object, embed, iframe, video, meter, progress, ol > li, template[shadowrootmode], [style*="background" i][style*="url(" i]'
_BOUND = {"v-text", "v-html", "ng-bind", "ng-bind-html", "x-text", "x-html", "data-bind", "data-text", "th:text"}
_PRINT_NO_VALUE = {"hidden", "checkbox", "radio", "image", "file", "color", "range", "password"}
_SPACER = re.compile(r"\s*+0*[0-4](?:\.\d++)?\s*+(?:px|pt)?\s*+")  # pixels: a picture so small shows nothing
_SMALL = re.compile(r"(?:^|[;\s])(?:width|height)\s*+:\s*+0*[0-4](?:\.\d++)?\s*+(?:px|pt)?\s*+(?:;|!|$)", re.IGNORECASE)


def value(field: LexborNode, has_scripts: bool) -> str:
    """What a field of a form prints; U+FFFD for one that is empty in the file and that a script may fill."""
    attributes = field.attributes
    if field.tag == "textarea":
        printed = field.text()
    elif field.tag == "select":
        printed = _chosen(field)
    else:
        kind = (attributes.get("type") or "text").strip().lower()
        if kind in _PRINT_NO_VALUE:
            return ""
        printed = attributes.get("value") or ""
    return printed if printed.strip() else LOST if has_scripts or (attributes.get("placeholder") or "").strip() else ""


def _chosen(select: LexborNode) -> str:
    """The option that a list shows: the last that is marked as selected, else its first; of a list that is open all that are marked."""
    options = select.css("option")
    chosen = [option for option in options if "selected" in option.attributes]
    is_open = "multiple" in select.attributes or (select.attributes.get("size") or "1").strip() not in ("", "0", "1")
    shown = chosen if is_open else chosen[-1:] or [o for o in options if "disabled" not in o.attributes][:1]
    return " ".join((option.attributes.get("label") or option.text()).strip() for option in shown)


def holds_picture(cell: LexborNode, hidden: frozenset[int]) -> bool:
    """Is there a picture in a cell, or what else prints without text?"""
    return any(not _is_spacer(node) and not _is_hidden(node, cell, hidden) for node in cell.css(PICTURES))


def is_filled(cell: LexborNode, scripts: str) -> bool:
    """Does a page's script write into an empty cell: one with an element of the script's own kind, bound to a value, or named by it?"""
    for node in (cell, *cell.css("*")):
        attributes = node.attributes
        if "-" in (node.tag or "") or (attributes and not _BOUND.isdisjoint(attributes)):
            return True
        name = attributes.get("id") if attributes else None
        if name and any(word in scripts for word in (f'"{name}"', f"'{name}'", f"`{name}`", f"#{name}")):
            return True
    return False


def _is_spacer(picture: LexborNode) -> bool:
    sizes = [picture.attributes.get(name) for name in ("width", "height")]
    return any(size is not None and _SPACER.fullmatch(size) for size in sizes) or bool(_SMALL.search(picture.attributes.get("style") or ""))


def _is_hidden(node: LexborNode, cell: LexborNode, hidden: frozenset[int]) -> bool:
    above: LexborNode | None = node
    while above is not None and above.mem_id != cell.mem_id:
        if above.mem_id in hidden:
            return True
        above = above.parent
    return False
