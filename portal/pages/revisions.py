"""The documents of one report beside each other: which cells they print differently, and what changed at an address after publication."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from portal.pages.queries import Row, Rows

MOST = 20  # sentences shown of what came and of what went
_LOOKED_FOR = 200  # sentences that are looked for within the other text
_SENTENCE = re.compile("[^。！？；\\n]+[。！？；]?")
_BLANK = re.compile(r"\s+")


def revisions(rows: Rows, id: str, sources: Iterable[Row]) -> Row:
    """`differences`, the cells that documents of a report print differently, with what each prints by its id; and `retrievals`, the
    addresses from which it was had more than once, their documents by day, and the sentences that `went` and `came` between the first and
    the last. A report of one document has neither."""
    read = [source for source in sources if not source["refused_because"]]
    printed = rows(
        "select note.source_id, note.section, note.item, note.measure,"
        " trim(substr(source_texts.text, note.char_start + 1, note.char_end - note.char_start)) as printed"
        " from reading_notes as note join source_texts on source_texts.id = note.source_id"
        " where note.report_id = :id and note.code = 'sources_differ' order by note.char_start, note.source_id",
        {"id": id},
    )
    cells: dict[tuple[str, str, str], dict[str, str]] = {}
    for row in printed:
        cells.setdefault((row["section"], row["item"], row["measure"]), {})[row["source_id"]] = row["printed"]
    differences = [{"section": s, "item": i, "measure": m, "printed": by_source} for (s, i, m), by_source in cells.items()]
    return {"differences": differences, "retrievals": _retrievals(rows, id, read)}


def _retrievals(rows: Rows, id: str, sources: Iterable[Row]) -> list[Row]:
    by_address: dict[str, list[Row]] = {}
    for source in sources:
        if source["url"] and source["retrieved_on"]:
            by_address.setdefault(source["url"], []).append(source)
    again = {url: sorted(of, key=lambda source: (source["retrieved_on"], source["path"])) for url, of in by_address.items()}
    again = {url: of for url, of in again.items() if of[0]["retrieved_on"] != of[-1]["retrieved_on"]}
    if not again:
        return []
    texts = {row["id"]: row["text"] for row in rows("select id, text from source_texts where report_id = :id", {"id": id})}
    found = []
    for url, of in again.items():
        first, last = (texts.get(source["id"], "") for source in (of[0], of[-1]))
        went, came = _only_in(first, last), _only_in(last, first)
        documents = [{name: source[name] for name in ("id", "path", "retrieved_on")} for source in of]
        found.append({"url": url, "documents": documents, "went": went, "came": came})
    return found


def _only_in(one: str, other: str) -> list[str]:
    """The sentences of a text that another does not have, blanks apart.

    >>> _only_in("收到3件。办结 2件。", "收到4件。办结2件。")
    ['收到3件。']
    """
    known = {_BLANK.sub("", match[0]) for match in _SENTENCE.finditer(other)}
    sentences = (match[0].strip() for match in _SENTENCE.finditer(one))
    unknown = islice((said for said in sentences if _BLANK.sub("", said) not in known | {""}), _LOOKED_FOR)
    text = _BLANK.sub("", other)  # in which a sentence may stand that does not end there
    return [said for said in unknown if _BLANK.sub("", said) not in text][:MOST]
