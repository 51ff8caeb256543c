"""What the style sheet of a page hides."""

from __future__ import annotations

import re

MOST_CLASSES = 300  # each is looked for on the page
HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SHOWN = re.compile(r"display\s*:\s*(?!none|\s)", re.IGNORECASE)
_AT_RULE = re.compile(r"@[^{};]{0,200}(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")
_CLASS = re.compile(r"(?:[a-z]{1,10})?\.([a-zA-Z_][\w-]*)", re.ASCII)
_CLASS_IN = re.compile(r"\.([a-zA-Z_][\w-]*)", re.ASCII)


def hiding_classes(sheet: str) -> list[str]:
    """The classes that a style sheet hides on every medium, and shows nowhere. They are believed of rows and cells and what is in
    cells, if that is short: of more a script may show what they hide."""
    if not HIDING.search(sheet):
        return []
    first, *commented = sheet.split("/*")
    plain = _AT_RULE.sub("", first + "".join(part.partition("*/")[2] for part in commented))
    rules = [(names.split(","), style) for names, _, style in (rule.partition("{") for rule in plain.split("}"))]
    named = [(name[1], bool(HIDING.search(style))) for names, style in rules for one in names if (name := _CLASS.fullmatch(one.strip()))]
    shown = {name for names, style in rules if _SHOWN.search(style) for name in _CLASS_IN.findall(",".join(names))}
    return sorted({name for name, hides in named if hides} - shown)[:MOST_CLASSES]
