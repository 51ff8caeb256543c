"""The rules of a page's style sheets that hold on a screen: selectors with what they set."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

MOST_RULES = 3000
WIDE, HIGH, EM = 1280, 800, 16  # pixels: the screen that a page is thought to be shown on, and its letters
_AT_WORD = re.compile(r"@([\w-]+)([^{};]{0,300})([;{])")
_SCREEN = re.compile(r"(?:only\s++)?(?:screen|all)", re.IGNORECASE)
_LENGTH = r"(\d{1,6}(?:\.\d{1,6})?)(px|r?em|)"
_FEATURE = re.compile(rf"\(\s*+(min|max)-(?:device-)?(width|height)\s*+:\s*+{_LENGTH}\s*+\)", re.IGNORECASE)
_RANGE = re.compile(rf"\(\s*+(?:{_LENGTH}\s*+(<=?|>=?)\s*+)?(width|height)\s*+(?:(<=?|>=?)\s*+{_LENGTH}\s*+)?\)", re.IGNORECASE)
_OF_SCREENS = re.compile(  # what a usual screen is, as conditions name it
    r"\(\s*+(?:orientation\s*+:\s*+landscape|(?:any-)?hover(?:\s*+:\s*+hover)?|(?:any-)?pointer\s*+:\s*+fine|color|prefers-color-scheme\s*+:\s*+light"
    r"|prefers-reduced-motion\s*+:\s*+no-preference|(?:-webkit-)?min-(?:resolution|device-pixel-ratio|aspect-ratio)\s*+:\s*+[01](?:dppx|/1|\.0)?)\s*+\)",
    re.IGNORECASE,
)
_PLAIN_COMMA = re.compile(r",(?![^()]{0,200}\))")
_VARIABLE = re.compile(r"(?<![\w-])(--[\w-]++)\s*+:\s*+([^;{}]{0,200})")
_USE = re.compile(r"var\(\s*+(--[\w-]++)\s*+(?:,([^()]{0,100}))?\)")
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
_KNOWN = (":nth-", ":not(", ":first-", ":last-", ":only-", ":is(", ":where(", ":has(", ":empty", ":root")
_NESTED = re.compile(r"\{[^{}]*\{")
_WRITTEN = re.compile(r"\\.|\"[^\"]*\"|'[^']*'", re.DOTALL)  # of a selector: its escapes and strings
_DISPLAY = re.compile(
    r"none|contents|(?:inline|block|flex|grid|table|list-item|flow|ruby|run-in|math|-\w+-|inherit|initial|unset|revert|var\().*"
)
_DECLARATION = re.compile(r"(?<![\w-])([\w-]++)\s*+:\s*+((?:\"[^\"]*\"|'[^']*'|\([^()]*\)|[^;\"'(])++)")


class Style(dict[str, str]):
    """What a style sets; `important` are the properties that others do not change."""

    important: frozenset[str] = frozenset()


def sheet_of(tree: LexborHTMLParser) -> str:
    """The style sheets that a page holds for screens."""
    return "".join(style.text() for style in tree.css("style") if _is_for_screens(style.attributes))


def _is_for_screens(attributes: Mapping[str, str | None]) -> bool:
    kind, media = (attributes.get("type") or "text/css").strip().lower(), attributes.get("media") or ""
    return kind == "text/css" and any(map(_is_shown_on_screen, media.split(",")))


@lru_cache(maxsize=1)
def rules(sheet: str) -> Sequence[tuple[list[str], Style]]:
    """The selectors and declarations of each rule, in order; of @media those for a wide screen, of @layer and @supports all."""
    return tuple(_rules("".join(_on_screen(_without_comments(sheet)))))


def _rules(plain: str) -> Iterator[tuple[list[str], Style]]:
    if "var(" in plain:
        plain = _with_variables(plain)
    if _NESTED.search(plain):
        plain = "".join(_unnested(plain))
    for number, rule in enumerate(plain.split("}")):
        names, _, declared = rule.rpartition("{")
        if number > MOST_RULES:
            return
        if declared.strip() and names.strip():
            selector = names.rpartition("{")[2]
            yield (
                [name.strip() for name in (_PLAIN_COMMA.split(selector) if "(" in selector else selector.split(","))],
                declarations(declared),
            )


def _with_variables(plain: str) -> str:
    """A sheet or a style with the values of its variables, else with what is to be used without one."""
    values = dict(_VARIABLE.findall(plain))
    return _USE.sub(lambda use: values.get(use[1]) or use[2] or use[0], plain)


def _unnested(plain: str) -> Iterator[str]:
    """The rules of a sheet, those within others written out: of `td { & i { … } }` one for `td i`."""
    outer: list[str] = []
    declared: list[str] = []
    at = 0
    for mark in re.finditer("[{};]", plain):
        piece, at = plain[at : mark.start()].strip(), mark.end()
        if mark[0] == "{":
            outer.append(_within(outer[-1] if outer else "", piece))
            declared.append("")
        elif outer:
            declared[-1] += piece + ";"
            if mark[0] == "}":
                yield f"{outer.pop()}{{{declared.pop()}}}"


def _within(outer: str, selector: str) -> str:
    if not outer or selector.startswith("@"):
        return outer or selector
    outer = f":is({outer})" if "," in outer else outer
    names = [name.strip() for name in _PLAIN_COMMA.split(selector)]
    return ",".join(name.replace("&", outer) if "&" in name else f"{outer} {name}" for name in names)


def found(tree: LexborHTMLParser, selector: str) -> list[LexborNode]:
    """What a selector selects; nothing for one that speaks of states (`:hover`) or cannot be understood."""
    if ":" in selector and ":" in (bare := _WRITTEN.sub("", selector)) and not any(known in bare for known in _KNOWN):
        return []
    try:
        return tree.css(selector)
    except SelectolaxError:
        return []


def declarations(style: str) -> Style:
    """What a style sets, in lower case; of two the later, unless the first is important, or the later is no value at all.

    >>> declarations("DISPLAY : None !important; color:#FFF; display: block")
    {'display': 'none', 'color': '#fff'}
    """
    if "/*" in style:
        style = _without_comments(style)
    if "\\" in style and "content" not in style:
        style = _ESCAPE.sub(lambda code: chr(min(int(code[1], 16), 0x10FFFF)), style)
    if "var(" in style:
        style = _with_variables(style)
    found = Style()
    important: set[str] = set()
    for name, value in _DECLARATION.findall(style):
        name, value = name.lower(), value.strip()
        bare = re.sub(r"(?<!\s)\s*+!\s*+important\s*+$", "", value, flags=re.IGNORECASE)
        if (name in important and bare == value) or (name == "display" and not _DISPLAY.match(bare.lower())):
            continue
        if bare != value:
            important.add(name)
        found[name] = bare if name == "content" else bare.lower()
    found.important = frozenset(important)
    return found


def _without_comments(sheet: str) -> str:
    first, *commented = sheet.replace("<!--", "").replace("-->", "").split("/*")
    return first + "".join(part.partition("*/")[2] for part in commented)


def _on_screen(sheet: str) -> Iterator[str]:
    """The pieces of a sheet outside @ rules, and what is in those for screens."""
    at = 0
    while found := _AT_WORD.search(sheet, at):
        yield sheet[at : found.start()]
        at = found.end()
        if found[3] == "{":
            end = _closing(sheet, at)
            word = found[1].lower()
            if (word in ("layer", "supports", "container", "scope") and "not" not in found[2]) or (
                word == "media" and any(map(_is_shown_on_screen, found[2].split(",")))
            ):
                yield from _on_screen(sheet[at:end])
            at = end + 1
    yield sheet[at:]


def _is_shown_on_screen(medium: str) -> bool:
    """Does a medium (`screen and (min-width: 768px)`) mean the screen that a page is thought to be shown on?"""
    medium = medium.strip()
    if medium[:4].lower() == "not ":
        return not _is_shown_on_screen(medium[4:])
    return any(all(map(_holds, re.split(r"\sand\s", part))) for part in re.split(r"\sor\s", medium))


def _holds(condition: str) -> bool:
    condition = condition.strip()
    if size := _FEATURE.fullmatch(condition):
        mine = _screen(size[2])
        return _pixels(size[3], size[4]) <= mine if size[1].lower() == "min" else _pixels(size[3], size[4]) >= mine
    if span := _RANGE.fullmatch(condition):
        mine = _screen(span[4])
        below = span[3] is None or _compare(_pixels(span[1], span[2]), span[3], mine)
        return below and (span[5] is None or _compare(mine, span[5], _pixels(span[6], span[7])))
    return not condition or bool(_SCREEN.fullmatch(condition) or _OF_SCREENS.fullmatch(condition))


def _screen(side: str) -> float:
    return WIDE if side.lower() == "width" else HIGH


def _pixels(number: str, unit: str) -> float:
    return float(number) * (EM if unit.lower().endswith("em") else 1)


def _compare(one: float, how: str, other: float) -> bool:
    return {"<": one < other, "<=": one <= other, ">": one > other, ">=": one >= other}[how]


def specificity(selector: str) -> tuple[int, int, int]:
    """How much a selector counts against others: its ids, its classes and conditions, its tags."""
    bare = _WRITTEN.sub("x", selector)
    classes = len(re.findall(r"\.[\w-]|\[|(?<!:):(?!is\(|not\(|has\(|where\()\w", bare))
    return bare.count("#"), classes, len(re.findall(r"(?:^|[\s>+~(])[a-zA-Z]", bare))


def _closing(sheet: str, at: int) -> int:
    """Where the brace closes that was opened before `at`."""
    depth = 1
    for brace in re.compile("[{}]").finditer(sheet, at):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.start()
    return len(sheet)
