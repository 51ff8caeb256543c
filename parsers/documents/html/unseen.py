"""What a page holds and does not show: hidden by its own styles or its style sheets, without size, in the colour of its ground.

Where a browser would have to run scripts or fetch a style sheet, nobody knows: style sheets are believed of rows and cells and what
is in cells, if that is short; of more a script may show what they hide.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from parsers.documents.html.blocks import Shown
from parsers.documents.html.colours import colours_meet, hidden_by_colour
from parsers.documents.html.fields import FIELDS
from parsers.documents.html.stylesheet import Style, declarations, found, rules, sheet_of, specificity
from parsers.printed.decode import LOST

MOST_RULES = 300  # of those that hide; each is looked for on the page
_LONG = 200  # characters: no row of the form without its label's remark
_HIDING = {  # selectors of what may hide, by words that stand in such a page: to look for one after the other is faster than a pattern
    '[style*="display" i]': (b"isplay",),
    '[style*="visibility" i]': (b"visib",),
    '[style*="mso-hide" i]': (b"so-hide",),
    '[style*="font-size" i]': (b"ize:0", b"ize: 0", b"ize : 0", b"ize :0"),
    '[style*="font:" i]': (b"font:0", b"font: 0", b" 0px ", b" 0pt ", b" 0 ", b" 0/"),
    "[hidden]": (b" hidden",),
    '[style*="overflow" i]': (b"verflow",),
    '[style*="opacity" i]': (b"pacity",),
    '[style*="clip" i]': (b"clip",),
    '[style*="scale" i]': (b"scale",),
    '[style*="matrix" i]': (b"matrix",),
    '[style*="indent" i]': (b"ent:-", b"ent: -"),
    '[style*="position" i]': (b"absolute", b"fixed"),
    '[style*="zoom" i]': (b"zoom:0", b"zoom: 0"),
    r'[style*="\\"]': (b"\\",),  # may be any of them, with its letters written as numbers
}
_ZERO = re.compile(r"0*(?:\.0+)?(?:px|pt|em|rem|ex|ch|cm|mm|in|vh|vw|%)?")
_FAR = re.compile(r"-\d{3,}(?:\.\d+)?(?:px|pt)|-\d{2,}(?:\.\d+)?(?:em|rem|cm|in)|-\d{3,}%")
_CLIPPED = re.compile(
    r"rect\(\s*(?:[01](?:px)?[\s,]*){4}\)|inset\(\s*(?:100|50)%.*\)|(?:circle|ellipse)\(\s*0(?:px|%)?[\s)].*|polygon\((?:\s*0(?:px|%)?[\s,]*)+\)"
)
_FLAT = re.compile(r"scale[xy]?\(\s*0\s*+[,)]|matrix\((?:\s*0\s*+,){4}")
_CLEAR = re.compile(r"opacity\s*=\s*0\s*+\)|opacity\(\s*0(?:\.0+)?%?\s*\)")
_SIZED = re.compile(r"(?!0*(?:\.0+)?(?:px|pt|em|rem|%)?$)(?:\d++(?:\.\d++)?|\.\d++)(?:px|pt|rem|cm|mm)|(?:xx?-)?(?:small|large)|medium")
_CLASS = re.compile(r"\.(-?(?:[A-Za-z_]|\\.)(?:[\w-]|\\.)*)", re.ASCII)
_GENERATED = re.compile(r"^(.*?)::?(before|after)$", re.DOTALL)
_CONTENT = re.compile(r"\"([^\"]*)\"|'([^']*)'|attr\(\s*+([\w-]+)\s*+\)")
_CODE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
_PROBE = {  # properties of which some values hide
    "display", "visibility", "mso-hide", "font-size", "font", "overflow", "overflow-y", "opacity", "clip", "clip-path", "transform", "scale", "filter",
    "text-indent", "position", "content-visibility", "zoom",
}  # fmt: skip
Weighed = tuple[tuple[tuple[int, int, int], int], Style]  # a style with how much its selector counts, and its place in the sheet
_ROWS, _CELLS = {"tr", "tbody", "thead", "tfoot"}, {"td", "th"}


def what_is_shown(tree: LexborHTMLParser, tags: str) -> Shown:
    """What a page shows, by the ids of its elements and texts. `tags`: its tags with the text before them, each that is printed once."""
    hidden: set[int] = set()
    if selectors := _may_hide_here(tags):
        for node in tree.css(", ".join(selectors)):
            style = declarations(node.attributes.get("style") or "")
            if "hidden" in node.attributes and "display" not in style and not _is_displayed(tree, node):
                style["display"] = "none"
            hidden.update(_hidden_of(node, style))
        hidden.update(_by_sheets(tree))
        hidden |= {node.mem_id for node in tree.css("dialog:not([open])")} if "<dialog" in tags else set()
    if colours_meet(tags):
        hidden.update(hidden_by_colour(tree))
    under: set[int] = set()
    if "absolute" in tags:
        over = [node for node in tree.css('[style*="absolute" i]') if _is_over_cells(node)]
        hidden |= {node.mem_id for node in over}
        under = {table.mem_id for node in over if (table := _above(node, {"table"})) is not None}
    scripts = " ".join(script.text() for script in tree.css("script")) if "<script" in tags else None
    return Shown(frozenset(hidden), frozenset(under), scripts, _left_out(tree, hidden) if hidden else 0)


def _left_out(tree: LexborHTMLParser, hidden: set[int]) -> int:
    """How many cells with figures are not shown."""
    cells = (cell for cell in tree.css("td, th") if any(map(str.isdigit, cell.text()[:_LONG])))
    return sum(_is_left_out(cell, hidden) for cell in cells)


def _is_left_out(cell: LexborNode, hidden: set[int]) -> bool:
    above: LexborNode | None = cell
    while above is not None and above.tag != "table":
        if above.mem_id in hidden:
            return True
        above = above.parent
    below = cell.child
    while below is not None and below.mem_id not in hidden:
        below = below.child
    return below is not None


def _may_hide_here(text: str) -> list[str]:
    """The selectors of what may hide something in a text."""
    lower = text.encode(errors="replace").lower()
    return [selector for selector, words in _HIDING.items() if any(word in lower for word in words)]


def _hidden_of(node: LexborNode, style: Style) -> Iterator[int]:
    """The ids of what a style hides: the element where it takes no place, else what is printed in it."""
    is_part = node.tag in _CELLS
    overflow = style.get("overflow", style.get("overflow-y", ""))
    flat = any(_ZERO.fullmatch(style.get(name, "-")) for name in ("height", "max-height", "width", "max-width")) or (
        style.get("width") == style.get("height") == "1px"  # as pages keep words for those who hear them
    )
    if (
        style.get("display") == "none"
        or style.get("mso-hide") == "all"
        or style.get("content-visibility") == "hidden"
        or bool(_ZERO.fullmatch(style.get("zoom", "-")))
        or (node.tag in _ROWS and style.get("visibility") == "collapse")
    ):
        yield node.mem_id
    elif (flat and overflow in ("hidden", "clip")) or _is_out_of_sight(style):
        yield from printed_in(node, ()) if is_part else (node.mem_id,)
    elif style.get("visibility") in ("hidden", "collapse"):
        yield from printed_in(node, ("visibility",))
    elif _ZERO.fullmatch(_font_size(style)):
        yield from printed_in(node, ("font-size", "font"))


def _font_size(style: Style) -> str:
    if "font-size" in style:
        return style["font-size"]
    sizes = re.findall(r"(?:^|\s)([\d.]+(?:px|pt|em|rem|%)?)(?=\s|/)", style.get("font", ""))
    return sizes[0] if sizes else "-"


def _is_out_of_sight(style: Style) -> bool:
    if _ZERO.fullmatch(style.get("opacity", "-")) or _CLIPPED.fullmatch(style.get("clip", style.get("clip-path", ""))):
        return True
    if (
        _FLAT.search(style.get("transform", ""))
        or _ZERO.fullmatch(style.get("scale", "-").split(" ")[0])
        or _CLEAR.search(style.get("filter", ""))
    ):
        return True
    if style.get("position") in ("absolute", "fixed") and any(_FAR.fullmatch(style.get(side, "")) for side in ("left", "top", "right")):
        return True
    return bool(_FAR.fullmatch(style.get("text-indent", "")))


def printed_in(node: LexborNode, unless: Sequence[str]) -> Iterator[int]:
    """The ids of the texts and fields in an element, but of those in elements that set one of the properties `unless` anew."""
    stack = [node]
    while stack:
        child = stack.pop().child
        while child is not None:
            if child.tag == "-text" or child.tag in FIELDS or child.tag in ("img", "svg", "object", "canvas"):
                yield child.mem_id
            elif not _sets_anew(child, unless):
                stack.append(child)
            child = child.next


def _sets_anew(node: LexborNode, properties: Sequence[str]) -> bool:
    written = node.attributes.get("style") if properties and node.attributes else None
    style = declarations(written) if written else Style()
    return any(
        style.get("visibility") == "visible" if name == "visibility" else bool(_SIZED.fullmatch(_font_size(style))) for name in properties
    )


def _by_sheets(tree: LexborHTMLParser) -> Iterator[int]:
    """What the style sheets hide of rows and cells and in cells, unless a rule that counts more shows it, or one that a script may make
    hold."""
    sheet = sheet_of(tree)
    if not _may_hide_here(sheet):
        return
    known = rules(sheet)
    hiding = [(at, name, style) for at, (names, style) in enumerate(known) if _may_hide(style) for name in names][:MOST_RULES]
    told: dict[int, tuple[LexborNode, list[Weighed]]] = {}
    toggled = _toggled(tree, known) if hiding and tree.css_first("script") is not None else set()
    for at, name, style in hiding:
        for node in found(tree, name) if not toggled.intersection(_CLASS.findall(name)) else ():
            if _may_be_told(node):
                told.setdefault(node.mem_id, (node, []))[1].append(((specificity(name), at), style))
    if told:
        others = [
            (at, name, style) for at, (names, style) in enumerate(known) if _PROBE & style.keys() and not _may_hide(style) for name in names
        ]
        for at, name, style in others[:MOST_RULES]:
            for node in found(tree, name):
                if node.mem_id in told:
                    told[node.mem_id][1].append(((specificity(name), at), style))
    for node, styles in told.values():
        yield from _hidden_of(node, _cascaded(styles, declarations(node.attributes.get("style") or "")))


def _may_be_told(node: LexborNode) -> bool:
    """Is it a row, a cell or what is in a cell, and short?"""
    is_part = node.tag in _ROWS | _CELLS
    if not (is_part or _above(node, _CELLS)) or len(node.text()) >= _LONG or node.css_first("table table"):
        return False
    return is_part or not node.css_first("table")


def _toggled(tree: LexborHTMLParser, known: Sequence[tuple[list[str], Style]]) -> set[str]:
    """The classes of which rules show something that does not stand on the page as it is written."""
    shows = [name for names, style in known if _shows(style) for name in names]
    return {word for name in shows[:MOST_RULES] if not found(tree, name) for word in _CLASS.findall(name)}


def _cascaded(styles: list[Weighed], own: Style) -> Style:
    """What remains of styles of which each counts more than the one before it, and of an element's own."""
    found = Style()
    inorder = [style for _, style in sorted(styles, key=lambda weighed: weighed[0])] + [own]
    for is_important in (False, True):
        for style in inorder:
            found.update({name: value for name, value in style.items() if (name in style.important) == is_important})
    return found


def _shows(style: Style) -> bool:
    return (style.get("display", "none") != "none" or style.get("visibility") == "visible") and not _may_hide(style)


def _may_hide(style: Style) -> bool:
    return not _PROBE.isdisjoint(style) and (
        style.get("display") == "none"
        or style.get("mso-hide") == "all"
        or style.get("visibility") in ("hidden", "collapse")
        or "overflow" in style
        or "overflow-y" in style
        or bool(_ZERO.fullmatch(_font_size(style)))
        or style.get("content-visibility") == "hidden"
        or bool(_ZERO.fullmatch(style.get("zoom", "-")))
        or _is_out_of_sight(style)
    )


def _is_displayed(tree: LexborHTMLParser, node: LexborNode) -> bool:
    """Do the style sheets show an element that its attribute hides?"""
    named = {"." + name for name in (node.attributes.get("class") or "").split()} | {"#" + (node.attributes.get("id") or "")}
    shown = [name for names, style in rules(sheet_of(tree)) if style.get("display", "none") != "none" for name in names]
    return any(other.mem_id == node.mem_id for name in shown if name.split(" ")[-1] in named for other in found(tree, name))


def _above(node: LexborNode, tags: Collection[str | None]) -> LexborNode | None:
    above = node.parent
    while above is not None and above.tag not in tags:
        above = above.parent
    return above


def _is_over_cells(node: LexborNode) -> bool:
    """Does an element float over the cells of a table, away from the one it is written in?"""
    if declarations(node.attributes.get("style") or "").get("position") != "absolute" or node.css_first("table"):
        return False
    cell = _above(node, _CELLS)
    return cell is not None and len(cell.text()) < _LONG and bool(node.text().strip() or node.css_first("img, svg, input"))


def print_generated(tree: LexborHTMLParser, tags: str) -> None:
    """Write into cells what style sheets print before or after them; U+FFFD for what they count."""
    if "content" not in tags or ("before" not in tags and "after" not in tags):
        return
    for names, style in rules(sheet_of(tree)):
        content = style.get("content", "")
        generated = [match for name in names if (match := _GENERATED.match(name))]
        if not generated or not re.search(r"\w", content):
            continue
        for match in generated:
            for node in found(tree, match[1] or "*"):
                if node.tag not in _CELLS and _above(node, _CELLS) is None:
                    continue
                printed = _content(content, node)
                if printed and match[2] == "before" and node.child is not None:
                    node.child.insert_before(printed)
                elif printed:
                    node.insert_child(printed)


def _content(content: str, node: LexborNode) -> str:
    """The text that a style sheet generates, without signs of a font of signs; U+FFFD for what is counted or computed."""
    if content in ("none", "normal", "inherit", "initial"):
        return ""
    if _CONTENT.sub("", content).strip():
        return LOST
    pieces = [double or single or (node.attributes.get(name) or "" if name else "") for double, single, name in _CONTENT.findall(content)]
    text = _CODE.sub(lambda code: chr(min(int(code[1], 16), 0x10FFFF)), "".join(pieces))
    return "".join(char for char in text if not "\ue000" <= char <= "\uf8ff")
