"""What a search finds in titles and texts: a page of reports, how many there are by year, region, level and section, and the sentences."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from portal.pages import findings, search
from portal.pages.hits import SECTIONS, Hits, as_numbers, hits, listed
from portal.pages.passage import sentences
from portal.pages.queries import REPORTS, Row, Rows, one

PAGE_SIZE = 20
CHOICES = ("year", "region", "level", "section")
_MOST = 40  # values of a facet


def shown(rows: Rows, reports: Sequence[int]) -> list[Row]:
    """A page of reports in this order; `text` of each is its source text and `fidelity` what that is, `places` the ranges of its
    sections."""
    of = {"rows": json.dumps(reports)}
    within = " union all ".join(
        f"select report_id, '{section}' as section, char_start, char_end from {section}"  # noqa: S608 the sections stand there
        for section in search.SECTIONS
    )
    texts = rows(
        "select reports.id, source_texts.text, source_texts.fidelity from reports join source_texts on source_texts.id = reports.source_id"
        " where reports.rowid in (select value from json_each(:rows))",
        of,
    )
    places = rows(
        f"select * from ({within}) where report_id in (select id from reports where rowid in (select value from json_each(:rows)))",  # noqa: S608
        of,
    )
    by_id = {row["id"]: {"text": row["text"], "fidelity": row["fidelity"]} for row in texts}
    ordered = REPORTS + " join json_each(:rows) as places on places.value = reports.rowid order by places.key"
    return [
        {**row, **by_id[row["id"]], "places": [place for place in places if place["report_id"] == row["id"]]} for row in rows(ordered, of)
    ]


def facets(rows: Rows, found: Hits, reports: int, chosen: Mapping[str, str]) -> dict[str, list[Row]]:
    """The values of each choice with the number of reports that fit all other choices, so that one may change a choice."""
    of = listed(rows)
    width = findings.width(chosen.get("region"))

    def counted(name: str) -> dict[Any, int]:
        others = {key: value for key, value in chosen.items() if key != name or name == "region"}
        return of.counted(name, of.chosen(reports, others))

    regions: Counter[str] = Counter()
    for code, count in counted("region").items():
        regions[f"{code[:width]}0000"[:6]] += count
    names = {row["code"]: row["name"] for row in rows(
        "select code, name from regions where code in (select value from json_each(:codes))", {"codes": json.dumps(list(regions))}
    )}  # fmt: skip
    made = {
        name: [{"value": value, "label": names.get(value), "count": count} for value, count in _ordered(name, counts)[:_MOST]]
        for name, counts in (("year", counted("year")), ("region", regions), ("level", counted("level")))
    }
    of_sections = {section: of.chosen(found.sections[section], chosen).bit_count() for section in SECTIONS}
    made["section"] = [{"value": section, "label": None, "count": count} for section, count in of_sections.items() if count]
    return made


def _ordered(name: str, counts: Mapping[Any, int]) -> list[tuple[Any, int]]:
    return sorted(counts.items(), reverse=True) if name == "year" else sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def page(rows: Rows, query: str, number: int, chosen: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The page of a search, as its template and its JSON have it; `passages` are the sentences around the words, with their places.

    Where nothing has all the words, `alone` says of each how many reports have it.
    """
    chosen = dict(chosen or {})
    region = one(rows, "select code, name from regions where code = :region", region=chosen.get("region")) or None
    words = search.words(query)
    if not words:
        nothing: Row = {"total": 0, "page": 1, "pages": 0, "results": [], "facets": {}, "alone": []}
        return {"query": query, "chosen": chosen, "region": region, **nothing}
    found, of, section = hits(rows, query), listed(rows), chosen.get("section")
    titles, texts = (0, found.sections[section]) if section else (found.titles, found.texts)  # no title is in a section
    fit = [*as_numbers(of.chosen(titles, chosen)), *as_numbers(of.chosen(texts & ~titles, chosen))]
    alone = [] if fit or len(words) < 2 else [{"word": word, "total": _total(hits(rows, word))} for word in words[:6]]
    return {
        "total": len(fit),
        "page": number,
        "pages": -(-len(fit) // PAGE_SIZE),
        "results": [_shown(row, query, section) for row in shown(rows, fit[PAGE_SIZE * (number - 1) : PAGE_SIZE * number])],
        "query": query,
        "chosen": chosen,
        "region": region,
        "facets": facets(rows, found, titles | texts, chosen),
        "alone": alone,
    }


def _total(found: Hits) -> int:
    return (found.titles | found.texts).bit_count()


def _shown(row: Row, query: str, section: str | None) -> Row:
    text, places = row.pop("text"), row.pop("places")
    return {**row, **sentences(text, query, places, section)}
