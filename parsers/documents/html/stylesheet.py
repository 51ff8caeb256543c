"""The rules of a page's style sheets that hold on a screen: selectors with what they set."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

MOST_RULES = 3000
WIDE = 1280  # pixels: the screen that a page is thought to be shown on
_AT_WORD = re.compile(r"@([\w-]+)([^{};]{0,300})([;{])")
_SCREEN = re.compile(r"(?:only\s++)?(?:screen|all)", re.IGNORECASE)
_FEATURE = re.compile(r"\(\s*+(min|max)-width\s*+:\s*+(\d+)(?:\.\d+)?px\s*+\)", re.IGNORECASE)
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
Style = dict[str, str]


def sheet_of(tree: LexborHTMLParser) -> str:
    """The style sheets that a page holds."""
    return "".join(style.text() for style in tree.css("style"))


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
    found: Style = {}
    important: set[str] = set()
    for name, value in _DECLARATION.findall(style):
        name, value = name.lower(), value.strip()
        bare = re.sub(r"(?<!\s)\s*+!\s*+important\s*+$", "", value, flags=re.IGNORECASE)
        if (name in important and bare == value) or (name == "display" and not _DISPLAY.match(bare.lower())):
            continue
        if bare != value:
            important.add(name)
        found[name] = bare if name == "content" else bare.lower()
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
            if word in ("layer", "supports") and "not" not in found[2]:
                yield from _on_screen(sheet[at:end])
            elif word == "media" and any(map(_is_shown_on_screen, found[2].split(","))):
                yield sheet[at:end]
            at = end + 1
    yield sheet[at:]


def _is_shown_on_screen(medium: str) -> bool:
    """Does a medium (`screen and (min-width: 768px)`) mean the screen that a page is thought to be shown on?"""
    return all(map(_holds, re.split(r"\sand\s", medium)))


def _holds(condition: str) -> bool:
    condition = condition.strip()
    if width := _FEATURE.fullmatch(condition):
        return int(width[2]) <= WIDE if width[1].lower() == "min" else int(width[2]) >= WIDE
    return not condition or bool(_SCREEN.fullmatch(condition))


def _closing(sheet: str, at: int) -> int:
    """Where the brace closes that was opened before `at`."""
    depth = 1
    for brace in re.compile("[{}]").finditer(sheet, at):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.start()
    return len(sheet)
