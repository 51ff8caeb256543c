"""The rules of a page's style sheets that hold on a screen: selectors with what they set."""

from __future__ import annotations

import re
from collections.abc import Iterator

MOST_RULES = 3000
_AT_WORD = re.compile(r"@([\w-]+)([^{};]{0,300})([;{])")
_SCREEN = re.compile(r"\s*+(?:only\s++)?(?:screen|all)?\s*+", re.IGNORECASE)
_DECLARATION = re.compile(r"(?<![\w-])([\w-]++)\s*+:\s*+((?:\"[^\"]*\"|'[^']*'|\([^()]*\)|[^;\"'(])++)")
Style = dict[str, str]


def rules(sheet: str) -> Iterator[tuple[list[str], Style]]:
    """The selectors and declarations of each rule, in order; of @media those for any screen, of other @ rules none."""
    plain = "".join(_on_screen(_without_comments(sheet)))
    for number, rule in enumerate(plain.split("}")):
        names, _, declared = rule.rpartition("{")
        if number > MOST_RULES:
            return
        if declared.strip() and names.strip():
            yield [name.strip() for name in names.rpartition("{")[2].split(",")], declarations(declared)


def declarations(style: str) -> Style:
    """What a style sets, in lower case; of two the later, unless the first is important.

    >>> declarations("DISPLAY : None !important; color:#FFF; display: block")
    {'display': 'none', 'color': '#fff'}
    """
    found: Style = {}
    important: set[str] = set()
    for name, value in _DECLARATION.findall(style):
        name, value = name.lower(), value.strip()
        bare = re.sub(r"(?<!\s)\s*+!\s*+important\s*+$", "", value, flags=re.IGNORECASE)
        if name in important and bare == value:
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
            if found[1].lower() == "media" and any(_SCREEN.fullmatch(medium) for medium in found[2].split(",")):
                yield sheet[at:end]
            at = end + 1
    yield sheet[at:]


def _closing(sheet: str, at: int) -> int:
    """Where the brace closes that was opened before `at`."""
    depth = 1
    for brace in re.compile("[{}]").finditer(sheet, at):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.start()
    return len(sheet)
