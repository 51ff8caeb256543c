"""What a search finds: a page of reports, how many there are, and where the words stand in them."""

from __future__ import annotations

import json
from typing import Any

from portal.pages import search
from portal.pages.queries import PAGE_SIZE, REPORTS, Row, Rows, one

# A report is found by its title or agency (first) and by its source text. The index gives row numbers in their order, and no more than
# the page has; whose text it is stands in a table of row numbers alone.
_TITLES = "select rowid as report from reports_fts where reports_fts match :match"
_TEXTS = f"""
  from source_texts_fts join source_texts_fts_reports as texts on texts.source = source_texts_fts.rowid
 where source_texts_fts match :match and texts.report not in ({_TITLES})
"""
_COUNTS = f"select (select count(*) from ({_TITLES})) as titles, (select count(*) {_TEXTS}) as texts"  # noqa: S608
_PAGE = " order by 1 limit :size offset :skip"


def found(rows: Rows, first: str, match: str, page: int = 1) -> Row:
    """Reports whose title, agency or source text has the words, titles first, a page of them; how many there are; and how many pages.

    `match` is the query as `portal.search.match_query` writes it; `text` of a report is its source text near the word `first`.
    """
    asked = {"match": match}
    counts = one(rows, _COUNTS, **asked)
    skip = (page - 1) * PAGE_SIZE
    hits = rows(_TITLES + _PAGE, {**asked, "size": PAGE_SIZE, "skip": skip})
    if len(hits) < PAGE_SIZE:
        in_text = "select texts.report" + _TEXTS + " order by source_texts_fts.rowid limit :size offset :skip"
        hits += rows(in_text, {**asked, "size": PAGE_SIZE - len(hits), "skip": max(0, skip - counts["titles"])})
    total = counts["titles"] + counts["texts"]
    of = {"rows": json.dumps([row["report"] for row in hits])}
    near = rows(
        "select reports.id, substr(source_texts.text, max(1, instr(source_texts.text, :word) - 80), 400) as text"
        " from reports join source_texts on source_texts.id = reports.source_id where reports.rowid in (select value from json_each(:rows))",
        {**of, "word": first},
    )
    texts = {row["id"]: row["text"] for row in near}
    ordered = REPORTS + " join json_each(:rows) as places on places.value = reports.rowid order by places.key"
    return {
        "total": total,
        "page": page,
        "pages": -(-total // PAGE_SIZE),
        "results": [{**row, "text": texts[row["id"]]} for row in rows(ordered, of)],
    }


def page(rows: Rows, query: str, number: int) -> dict[str, Any]:
    """The page of a search, as its template and its JSON have it; `excerpt` is what stands around the words."""
    words = search.words(query)
    if not words:
        return {"query": query, "total": 0, "page": 1, "pages": 0, "results": []}
    hits = found(rows, words[0], search.match_query(query), number)
    excerpts = [search.excerpt(row["text"], query) for row in hits["results"]]
    kept = [{key: value for key, value in row.items() if key != "text"} for row in hits["results"]]
    return {**hits, "query": query, "results": [{**row, "excerpt": excerpt} for row, excerpt in zip(kept, excerpts, strict=True)]}
