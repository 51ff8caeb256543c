"""The sentences of a text that hold the words of a search, each with its section and an address within the report's page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from portal.pages.queries import Row
from portal.pages.search import pieces, spans

MOST = 3  # sentences shown of a report
AROUND = 70  # characters shown before and behind the words, of a longer sentence
_END = re.compile("[。！？；!?;\n\t]")  # of a sentence
_CLAUSE = re.compile('[，。、；：！？,;:!?（）()《》〈〉“”"‘’\\s]')
_LONGEST_CLAUSE = 60


def sentences(text: str, query: str, places: Iterable[Row], section: str | None = None) -> Row:
    """`passages`, the sentences that hold most of the words, those of the narrative first, in the text's order, and `hits`, how many there are.

    `places` are the ranges of the text's sections; where a section is asked, sentences elsewhere are left out (`elsewhere`: in none).
    """
    places = list(places)
    found: list[Row] = []
    for start, end in spans(text, query):
        if found and end <= found[-1]["end"]:
            found[-1]["spans"].append((start, end))
        else:
            stop = _END.search(text, end - 1)
            within = {"start": _start(text, start), "end": stop.end() if stop else len(text)}
            found.append({**within, "spans": [(start, end)], "section": _section(start, places)})
    if section:
        found = [sentence for sentence in found if (sentence["section"] or "elsewhere") == section]
    told = sorted(
        found, key=lambda sentence: (-len({text[s:e] for s, e in sentence["spans"]}), sentence["section"] is None, sentence["start"])
    )[:MOST]
    return {"hits": len(found), "passages": [_shown(text, sentence) for sentence in sorted(told, key=lambda sentence: sentence["start"])]}


def _start(text: str, at: int) -> int:
    """Where the sentence begins that holds this place."""
    line = text.rfind("\n", 0, at) + 1
    return max((match.end() for match in _END.finditer(text, line, at)), default=line)


def _section(at: int, places: Iterable[Row]) -> str | None:
    return next((place["section"] for place in places if place["char_start"] <= at < place["char_end"]), None)


def _shown(text: str, sentence: Row) -> Row:
    found: Sequence[tuple[int, int]] = sentence["spans"]
    start, end = max(sentence["start"], found[0][0] - AROUND), min(sentence["end"], found[0][1] + 2 * AROUND)
    cut = pieces(text, found, start, end)
    before, after = "…" if start > sentence["start"] else "", "…" if end < sentence["end"] else ""
    shown = [*([{"text": before, "hit": False}] if before else []), *cut, *([{"text": after, "hit": False}] if after else [])]
    return {
        "section": sentence["section"],
        "char_start": found[0][0],
        "char_end": found[0][1],
        "pieces": shown,
        "fragment": _fragment(text, sentence["section"], *found[0]),
    }


def _fragment(text: str, section: str | None, start: int, end: int) -> str:
    """The place in the report's page: the section, and for browsers that know it (Text Fragments) the clause itself, marked.

    A clause ends at punctuation: browsers look for whole words only, and take a clause for such.
    """
    before = [match.end() for match in _CLAUSE.finditer(text, max(0, start - _LONGEST_CLAUSE), start)]
    behind = _CLAUSE.search(text, end, min(len(text), end + _LONGEST_CLAUSE))
    clause = text[before[-1] if before else start : behind.start() if behind else end]
    said = quote(clause, safe="").replace("-", "%2D")
    return f"{f'section-{section}' if section else 'source'}:~:text={said}"
