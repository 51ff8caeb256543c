"""Text that a page shows otherwise than it is written: struck out, raised, moved away, in another order. No figure is read across it.

A style sheet is believed of what is in cells only, as of what it hides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from parsers.documents.html.stylesheet import Style, declarations, found, rules, sheet_of
from parsers.printed.canonical import struck
from parsers.printed.decode import LOST

_WORDS = (  # to look for one after the other is faster than a pattern
    "line-through", "align:su", "align: su", "align:text", "align: text", "float:", "float :", "reverse", "bidi-override", "clip-path", "translate",
    "rotate", "-999", "000px", "000em", "absolute", "size:0.", "size: 0.", "size:.", "size: .", "size:1p", "size: 1p", "size:2p", "size: 2p", "flex", "\\",
    "blur(", "opacity(", "ness(", "trast(", "mask", "blend", "contain:", "contain: ", "scale", "text-security", "spacing:-", "spacing: -", "offset-path",
    "color-mix", "color(", "lab(", "lch(", "hwb(", "-dark(", "(from",
)  # fmt: skip
_RAISED = {"super", "sub", "text-top", "text-bottom"}
_AWAY = re.compile(r"-\d{3,}(?:\.\d+)?(?:px|pt|%)|-\d{2,}(?:\.\d+)?(?:em|rem|cm)")  # a margin that draws text out of its cell
_TURNED = ("translate", "rotate", "matrix", "skew")
_TINY = re.compile(r"[0-2]?(?:\.\d+)?(?:px|pt)")  # no one reads it, but a browser may show it larger
_BEFORE_ORDER = ('"', "'", "=", ";", " ")
_FIRST = re.compile(r"^(.*?)::?first-(?:letter|line)$", re.DOTALL)
_OF_LETTERS = {"font-size", "font", "color", "opacity", "visibility", "display"}
_ORDER = re.compile(r"-?\d{1,6}")
_TARGET = re.compile(r"([.#])((?:[\w-]|\\.)+)")
_DIM = {  # what of a style may take ink away, by the values that may
    "filter": re.compile(r"blur\(|opacity\(|brightness\(|contrast\(|url\("),
    "mix-blend-mode": re.compile("(?!normal)[a-z]"),
    "contain": re.compile("strict|size"),
    "-webkit-text-security": re.compile("(?!none)[a-z]"),
    "offset-path": re.compile("(?!none)[a-z]"),
    "letter-spacing": re.compile(r"-(?:\d{2,}|[3-9])(?:\.\d+)?(?:px|pt)|-(?:0?\.[3-9]|[1-9])\d*(?:em|rem)"),
    "color": re.compile(r"color|ok|lab\(|lch\(|hwb|light-dark|(?:rgb|hsl)a?\(\s*from"),
    "scale": re.compile("(?!none|1(?![.\\d]))[\\d.n]"),
} | dict.fromkeys(("mask", "mask-image", "-webkit-mask", "-webkit-mask-image", "-webkit-mask-box-image"), re.compile("(?!none)[a-z]"))
_LONG = 200  # characters: no row of the form without its label's remark
_CELLS = {"td", "th"}


def set_apart(tree: LexborHTMLParser, tags: str) -> None:
    """Mark what is shown otherwise: struck text as such, raised and lowered text between blanks, what else by U+FFFD in it.

    `tags`: the page's tags with the text before them, each that is printed once.
    """
    for node in tree.css("s, strike, del"):
        _strike(node)
    for node in tree.css("sup, sub"):
        _between_blanks(node)
    if "bdo" in tags:  # figures that run backwards: 12 shows 21
        for node in tree.css('bdo[dir="rtl" i]'):
            node.insert_before(LOST)
    lower = tags.lower()
    words = [word for word in _WORDS if word in lower]
    if words:
        for node in tree.css(", ".join('[style*="' + word.replace("\\", r"\\") + '" i]' for word in words)):
            _mark(node, declarations(node.attributes.get("style") or ""))
        for node, style in list(_by_sheets(tree)):
            _mark(node, style)
    if "first-l" in lower:
        for node in list(_with_first_letter(tree)):
            _mark_figures(node)
    if any(before + "order:" in lower for before in _BEFORE_ORDER):  # not border:
        _mark_reordered(tree)


def _with_first_letter(tree: LexborHTMLParser) -> Iterator[LexborNode]:
    """What in cells has a first letter or line in a style of its own, which may not show it."""
    for names, style in rules(sheet_of(tree)):
        for name in names if not _OF_LETTERS.isdisjoint(style) else ():
            if first := _FIRST.match(name):
                yield from (node for node in found(tree, first[1] or "*") if _cell_of(node) is not None)


def _mark_figures(node: LexborNode) -> None:
    if node.child is not None and any(map(str.isdigit, node.text())):
        node.child.insert_before(LOST)


def _mark_reordered(tree: LexborHTMLParser) -> None:
    """Mark the boxes of a line that stand in another order than they are written in (`order`), each a cell perhaps of a table without tags."""
    lines: dict[int, list[tuple[int, LexborNode]]] = {}
    for node in tree.css('[style^="order:" i], [style*=";order:" i], [style*=" order:" i]'):
        order = declarations(node.attributes.get("style") or "").get("order", "")
        if _ORDER.fullmatch(order) and node.parent is not None:
            lines.setdefault(node.parent.mem_id, []).append((int(order), node))
    for boxes in lines.values():
        orders = [order for order, _ in boxes]
        for _, node in boxes if orders != sorted(orders) else ():
            if _cell_of(node) is None and len(node.text()) < _LONG:
                _mark_figures(node)


def _by_sheets(tree: LexborHTMLParser) -> Iterator[tuple[LexborNode, Style]]:
    askew = [(names, style) for names, style in rules(sheet_of(tree)) if _how(style)]
    if not askew:
        return
    named = {"." + name for node in tree.css("td [class], th [class]") for name in (node.attributes.get("class") or "").split()}
    named |= {"#" + (node.attributes.get("id") or "") for node in tree.css("td [id], th [id]")}
    for names, style in askew:
        for name in names:
            targets = {mark + word.replace("\\", "") for mark, word in _TARGET.findall(re.split(r"[\s>+~]", name.strip())[-1])}
            if targets <= named:
                yield from ((node, style) for node in found(tree, name) if _cell_of(node))


def _how(style: Style) -> str | None:
    """How a style shows text otherwise than it is written: struck, raised, dim (or not at all), aside (of what stands beside it), or away."""
    if any(
        pattern.match(style[name]) if name != "filter" else pattern.search(style[name]) for name, pattern in _DIM.items() if name in style
    ):
        return "dim"
    if "line-through" in style.get("text-decoration", "") or "line-through" in style.get("text-decoration-line", ""):
        return "struck"
    if style.get("vertical-align") in _RAISED:
        return "raised"
    if style.get("float") in ("left", "right") or style.get("order", "0") != "0":
        return "aside"
    return "away" if _is_away(style) else None


def _is_away(style: Style) -> bool:
    return (
        style.get("unicode-bidi", "").endswith("bidi-override")
        or "reverse" in style.get("flex-direction", "") + style.get("flex-flow", "")
        or style.get("position") in ("absolute", "fixed")
        or style.get("clip-path", "none") != "none"
        or any(word in style.get("transform", "") for word in _TURNED)
        or style.get("translate", "none") != "none"
        or any(_AWAY.search(style.get(side, "")) for side in ("margin", "margin-left", "margin-right", "margin-top"))
        or bool(_TINY.fullmatch(style.get("font-size", "-")))
    )


def _mark(node: LexborNode, style: Style) -> None:
    how, cell = _how(style), _cell_of(node)
    if how == "struck":
        _strike(node)
    if how in (None, "struck") or cell is None or (cell is node and how != "dim") or not any(map(str.isdigit, node.text())):
        return
    if how == "raised":
        _between_blanks(node)
    elif node.child is not None and (how in ("away", "dim") or node.text().strip() != cell.text().strip()):
        node.child.insert_before(LOST)


def _between_blanks(node: LexborNode) -> None:
    """Text beside digits must not run into them: 5 and a footnote's 1 are not 51."""
    node.insert_before(" ")
    node.insert_after(" ")


def _strike(node: LexborNode) -> None:
    if node.tag not in _CELLS:
        _between_blanks(node)
    stack = [node]
    while stack:
        child = stack.pop().child
        while child is not None:
            after = child.next
            if child.tag == "-text":
                child.replace_with(struck(child.text_content or ""))
            else:
                stack.append(child)
            child = after


def _cell_of(node: LexborNode) -> LexborNode | None:
    """The cell that an element is or stands in; none where that holds a whole text."""
    above: LexborNode | None = node
    while above is not None and above.tag not in _CELLS:
        above = above.parent
    return above if above is not None and len(above.text()) < _LONG else None
