"""Text in the colour of its ground, which nobody sees: white on white, transparent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from parsers.documents.html.fields import FIELDS
from parsers.documents.html.stylesheet import Style, declarations, found, rules, sheet_of

Colour = tuple[int, int, int]
_WHITE: Colour = (255, 255, 255)
_NAMED = {"white": _WHITE, "black": (0, 0, 0), "snow": (255, 250, 250), "ivory": (255, 255, 240), "ghostwhite": (248, 248, 255), "whitesmoke": (245, 245, 245), "window": _WHITE, "red": (255, 0, 0), "yellow": (255, 255, 0), "blue": (0, 0, 255), "gray": (128, 128, 128), "silver": (192, 192, 192)}  # fmt: skip
_INKS = (
    re.compile(r"[\s;\"'{](?:-webkit-text-fill-)?color\s*+[:=]\s*+[\"']?\s*([#\w(),.%/ ]{3,30})"),
    re.compile(r"[\s;\"'{]COLOR\s*+[:=]\s*+[\"']?\s*([#\w(),.%/ ]{3,30})"),
)
_GROUNDS = re.compile(r"(?:background(?:-color)?|bgcolor|BACKGROUND(?:-COLOR)?|BGCOLOR)\s*+[:=]\s*+[\"']?\s*([#\w(),.% ]{3,30})")
_NUMBERS = re.compile(r"(rgb|hsl)a?\(\s*+([\d.]+)(%?)[\s,]+([\d.]+)%?[\s,]+([\d.]+)%?(?:[\s,/]+([\d.]+)(%?))?\s*+\)")
_CLOSE = 8  # of 255: no eye tells such colours apart
UNKNOWN, CLEAR = "unknown", "clear"
Ground = Colour | str


def colours_meet(text: str) -> bool:
    """May there be text in the colour of its ground? Told fast: by the colours that the page names."""
    if "olor" not in text and "OLOR" not in text:
        return False
    inks = {found.strip().lower() for pattern in _INKS for found in pattern.findall(text)}
    if not inks:
        return False
    parsed = {colour(ink) for ink in inks} - {UNKNOWN}
    grounds = {_WHITE, *(colour(found.strip().lower().split(" ")[0]) for found in set(_GROUNDS.findall(text)))} - {UNKNOWN, CLEAR}
    return CLEAR in parsed or any(_are_close(ink, ground) for ink in parsed for ground in grounds)


def colour(printed: str) -> Ground:
    """A colour as CSS or HTML writes it.

    >>> colour("#fff"), colour("rgb(254, 255, 255)"), colour("transparent"), colour("rgba(0,0,0,0)"), colour("var(--x)")
    ((255, 255, 255), (254, 255, 255), 'clear', 'clear', 'unknown')
    """
    printed = printed.strip()
    if printed in _NAMED:
        return _NAMED[printed]
    if printed == "transparent":
        return CLEAR
    digits = re.match(r"#?([0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})(?![0-9a-z])", printed)
    if digits:
        wide = digits[1] if len(digits[1]) > 4 else "".join(2 * digit for digit in digits[1])
        return CLEAR if wide[6:] == "00" else (int(wide[:2], 16), int(wide[2:4], 16), int(wide[4:6], 16))
    numbers = _NUMBERS.match(printed)
    if not numbers:
        return UNKNOWN
    kind, first, percent, second, third, alpha, _ = numbers.groups()
    if alpha and float(alpha) == 0:
        return CLEAR
    if kind == "hsl":
        return _WHITE if float(third) >= 97 else UNKNOWN
    values = [float(part) * (2.55 if percent else 1) for part in (first, second, third)]
    return (round(values[0]), round(values[1]), round(values[2]))


def _are_close(one: Ground, other: Ground) -> bool:
    return not isinstance(one, str) and not isinstance(other, str) and all(abs(a - b) <= _CLOSE for a, b in zip(one, other, strict=True))


def hidden_by_colour(tree: LexborHTMLParser) -> Iterator[int]:
    """The ids of the texts and fields in tables that have the colour of their ground."""
    sheet = rules(sheet_of(tree))
    grounds = {_WHITE} | {_ground(style[name]) for _, style in sheet for name in style if name.startswith("background")}
    for node in tree.css('table[bgcolor], table [bgcolor], [style*="background" i]'):
        style = declarations(node.attributes.get("style") or "")
        grounds |= {_ground((node.attributes.get("bgcolor") or "").strip().lower())}
        grounds |= {_ground(style[name]) for name in style if name.startswith("background")}
    if not any(_is_suspicious(ink, grounds) for ink in _inks_in_tables(tree, sheet)):
        return
    paints = _paints(tree, sheet)
    may_be_shaded = tree.css_first('link[rel="stylesheet" i]') is not None
    done: set[int] = set()
    for node in tree.css("table *"):
        ink = paints.get(node.mem_id, (None, None))[0]
        if ink is not None and node.mem_id not in done:
            yield from _walk(node, ink, _ground_of(node, paints, may_be_shaded), paints, done)


def _is_suspicious(ink: Ground, grounds: set[Ground]) -> bool:
    return ink == CLEAR or any(_are_close(ink, ground) for ground in grounds)


def _inks_in_tables(tree: LexborHTMLParser, sheet: Sequence[tuple[list[str], Style]]) -> Iterator[Ground]:
    for node in tree.css('table [color], table[style*="color" i], table [style*="color" i]'):
        style = declarations(node.attributes.get("style") or "")
        yield colour(_ink(style) or (node.attributes.get("color") or "").strip().lower())
    for names, style in sheet:
        if (ink := _ink(style)) and any(node.tag == "table" or _in_table(node) for name in names for node in found(tree, name)):
            yield colour(ink)


def _ink(style: Style) -> str:
    """The colour that a style gives to letters, as it is written; empty if none."""
    return style.get("-webkit-text-fill-color") or style.get("color") or ""


def _in_table(node: LexborNode) -> bool:
    above = node.parent
    while above is not None and above.tag != "table":
        above = above.parent
    return above is not None


def _walk(
    node: LexborNode, ink: Ground, ground: Ground, paints: dict[int, tuple[Ground | None, Ground | None]], done: set[int]
) -> Iterator[int]:
    stack = [(node, ink, ground)]
    while stack:
        node, ink, ground = stack.pop()
        done.add(node.mem_id)
        child = node.child
        while child is not None:
            if child.tag == "-text" or child.tag in FIELDS:
                own = paints.get(child.mem_id, (None, None))
                if (own[0] or ink) == CLEAR or _are_close(own[0] or ink, own[1] if own[1] and own[1] != CLEAR else ground):
                    yield child.mem_id
            elif child.tag and child.tag[0] != "-":
                own = paints.get(child.mem_id, (None, None))
                stack.append((child, own[0] or ink, own[1] if own[1] and own[1] != CLEAR else ground))
            child = child.next


def _ground_of(node: LexborNode, paints: dict[int, tuple[Ground | None, Ground | None]], may_be_shaded: bool) -> Ground:
    """The ground that an element stands on; unknown where a style sheet that is not here may shade the table or what is in it."""
    above: LexborNode | None = node
    in_table = True
    while above is not None:
        own = paints.get(above.mem_id, (None, None))[1]
        if own is not None and own != CLEAR:
            return own
        if in_table and may_be_shaded and ("class" in above.attributes or "id" in above.attributes):
            return UNKNOWN
        in_table = in_table and above.tag != "table"
        above = above.parent
    return _WHITE


def _paints(tree: LexborHTMLParser, sheet: Sequence[tuple[list[str], Style]]) -> dict[int, tuple[Ground | None, Ground | None]]:
    """The ink and the ground that elements set for themselves: by attributes, else style sheets, else their own style."""
    paints: dict[int, tuple[Ground | None, Ground | None]] = {}

    def paint(node: LexborNode, style: Style) -> None:
        ink, ground = paints.get(node.mem_id, (None, None))
        if _ink(style) not in ("", "inherit", "currentcolor", "initial", "unset"):
            ink = colour(_ink(style))
        for name in ("background", "background-color", "background-image"):
            if name in style:
                ground = _ground(style[name]) if name != "background-image" or style[name] != "none" else ground
        paints[node.mem_id] = (ink, ground)

    for node in tree.css("[color], [bgcolor], [background]"):
        attributes = {name: (value or "").strip().lower() for name, value in node.attributes.items()}
        style = {"color": attributes["color"]} if "color" in attributes else {}
        paint(node, Style(style | ({"background": attributes["bgcolor"]} if "bgcolor" in attributes else {}) | ({"background": "url"} if "background" in attributes else {})))  # fmt: skip
    for names, style in sheet:
        if _ink(style) or any(name.startswith("background") for name in style):
            for node in (node for name in names for node in found(tree, name)):
                paint(node, style)
    for node in tree.css('[style*="color" i], [style*="background" i]'):
        paint(node, declarations(node.attributes.get("style") or ""))
    return paints


def _ground(background: str) -> Ground:
    if "url" in background or "gradient" in background or "var(" in background:
        return UNKNOWN
    known = [c for part in re.findall(r"[a-z]+a?\([^()]*\)|[#\w-]+", background) if (c := colour(part)) != UNKNOWN]
    return known[0] if known else CLEAR if background in ("none", "initial", "unset", "inherit", "") else UNKNOWN
