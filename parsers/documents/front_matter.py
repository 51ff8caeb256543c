"""The lines between two `---` above a Markdown text: names and values, as they are written."""

from __future__ import annotations

import yaml

from parsers.printed.decode import Undecodable

MAX_CHARACTERS = 20_000
_DEEPEST = 20  # lists and mappings within each other
_NOTHING = {"", "~", "null"}
_NO_YAML = (
    "两行 --- 之间的说明不是 YAML，应逐行写“名称: 值” (the front matter between the --- lines is not YAML: write “name: value” lines)"
)
_NO_LINES = "两行 --- 之间应逐行写“名称: 值” (the front matter between the --- lines is not a list of “name: value”)"
_TOO_LONG = f"两行 --- 之间的说明超过 {MAX_CHARACTERS:,} 字，请只留报告的名称、年度、日期、网址 (the front matter between the --- lines is too long: keep the report's names, dates and address)"


def front_matter(block: str) -> dict[str, str]:
    """What the front matter states: its names with their values; a value that is itself a list is left out. Raises Undecodable.

    Values stay as written: no number is computed of them, no anchor is filled in.

    >>> front_matter("year: 2021\\npublished_on: 2022-01-05\\nsource: ~")
    {'year': '2021', 'published_on': '2022-01-05'}
    """
    if len(block) > MAX_CHARACTERS:
        raise Undecodable(_TOO_LONG)
    try:
        if _is_deep(block):
            raise Undecodable(_NO_LINES)
        entries = yaml.load(block, yaml.BaseLoader)
    except yaml.YAMLError as error:
        raise Undecodable(_NO_YAML) from error
    if not isinstance(entries, dict):
        raise Undecodable(_NO_LINES)
    return {key: value for key, value in entries.items() if isinstance(value, str) and value.lower() not in _NOTHING}


def _is_deep(block: str) -> bool:
    """Asked of the parser, which calls nothing within itself, before values are made, which does."""
    depth = 0
    for event in yaml.parse(block, yaml.BaseLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            return True
    return False
