"""What a search finds in titles and texts: a page of reports, how many there are by year, region, level and section, and the sentences.

The index is asked once for the words and once for each section; what it gives are row numbers, which are counted by what is kept of each
report in memory.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from portal.pages import findings, search
from portal.pages.passage import sentences
from portal.pages.queries import REPORTS, Row, Rows, one
from portal.pages.remembered import once

PAGE_SIZE = 20
CHOICES = ("year", "region", "level", "section")
SECTIONS = (*search.SECTIONS, "elsewhere")
_MOST = 40  # values of a facet
# Row numbers as one value: a row each would be asked for one by one.
_NUMBERS = "select json_group_array(rowid) as hits from {index} where {index} match :match"


@dataclass(frozen=True)
class Listed:
    """The year, region and level of each report by its row number, and the row numbers of the reports of each text by that text's."""

    year: Sequence[int | None]
    region: Sequence[str | None]
    level: Sequence[str | None]
    of_text: Sequence[tuple[int, ...]]


@once
def listed(rows: Rows) -> Listed:
    """Of all reports."""
    found = rows("select rowid as report, year, region, level from reports order by rowid", {})
    same: dict[Any, Any] = {}  # a code or year that thousands have is kept once
    columns: dict[str, list[Any]] = {name: [None] * (found[-1]["report"] + 1 if found else 0) for name in ("year", "region", "level")}
    for row in found:
        for name, values in columns.items():
            values[row["report"]] = same.setdefault(row[name], row[name])
    last = one(rows, "select coalesce(max(rowid), 0) as text from source_texts")["text"]
    of_text: list[tuple[int, ...]] = [()] * (last + 1)
    for row in rows("select source, report from source_texts_fts_reports order by source, report", {}):
        of_text[row["source"]] += (row["report"],)
    return Listed(**columns, of_text=of_text)


@dataclass(frozen=True)
class Hits:
    """The reports that have the words in their title or agency, and those that have them in their text alone."""

    titles: Sequence[int]
    texts: Sequence[int]

    @property
    def all(self) -> list[int]:
        return [*self.titles, *self.texts]


def hits(rows: Rows, query: str, section: str | None = None) -> Hits:
    """What has the words of a query, titles first; in a section the texts alone, since no title is in one."""
    match = search.match_query(query)
    titles = [] if section else _numbers(rows, "reports_fts", match)
    texts = _numbers(rows, "source_texts_fts", f"{{{section}}} : ({match})" if section else match)
    reports, told = list(chain.from_iterable(map(listed(rows).of_text.__getitem__, texts))), set(titles)
    return Hits(titles, [report for report in reports if report not in told] if told else reports)


def _numbers(rows: Rows, index: str, match: str) -> list[int]:
    return sorted(json.loads(one(rows, _NUMBERS.format(index=index), match=match)["hits"]))


def chosen_of(reports: Sequence[int], of: Listed, chosen: Mapping[str, str]) -> Sequence[int]:
    """Those of the reports that fit the choices of year, region and level."""
    if "year" in chosen:
        year = int(chosen["year"])
        reports = [report for report in reports if of.year[report] == year]
    if "region" in chosen:
        first, last = chosen["region"], findings.region_end(chosen["region"])
        reports = [report for report in reports if first <= (of.region[report] or "") <= last]
    if "level" in chosen:
        reports = [report for report in reports if of.level[report] == chosen["level"]]
    return reports


def shown(rows: Rows, reports: Sequence[int]) -> list[Row]:
    """A page of reports in this order; `text` of each is its source text, `places` the ranges of its sections."""
    of = {"rows": json.dumps(reports)}
    within = " union all ".join(
        f"select report_id, '{section}' as section, char_start, char_end from {section}"  # noqa: S608 the sections stand there
        for section in search.SECTIONS
    )
    texts = rows(
        "select reports.id, source_texts.text from reports join source_texts on source_texts.id = reports.source_id"
        " where reports.rowid in (select value from json_each(:rows))",
        of,
    )
    places = rows(
        f"select * from ({within}) where report_id in (select id from reports where rowid in (select value from json_each(:rows)))",  # noqa: S608
        of,
    )
    by_id = {row["id"]: row["text"] for row in texts}
    ordered = REPORTS + " join json_each(:rows) as places on places.value = reports.rowid order by places.key"
    return [
        {**row, "text": by_id[row["id"]], "places": [place for place in places if place["report_id"] == row["id"]]}
        for row in rows(ordered, of)
    ]


def facets(rows: Rows, found: Hits, query: str, chosen: Mapping[str, str]) -> dict[str, list[Row]]:
    """The values of each choice with the number of reports that fit all other choices, so that one may change a choice."""
    of, reports = listed(rows), found.all
    width = findings.width(chosen.get("region"))

    def counted(name: str) -> Counter[Any]:
        others = {key: value for key, value in chosen.items() if key != name or name == "region"}
        values: Counter[Any] = Counter(map(getattr(of, name).__getitem__, chosen_of(reports, of, others)))
        del values[None]
        return values

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
    of_sections = {section: len(chosen_of(hits(rows, query, section).texts, of, chosen)) for section in SECTIONS}
    made["section"] = [{"value": section, "label": None, "count": count} for section, count in of_sections.items() if count]
    return made


def _ordered(name: str, counts: Counter[Any]) -> list[tuple[Any, int]]:
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
    found, of = hits(rows, query, chosen.get("section")), listed(rows)
    fit = chosen_of(found.all, of, chosen)
    alone = [] if fit or len(words) < 2 else [{"word": word, "total": len(hits(rows, word).all)} for word in words[:6]]
    return {
        "total": len(fit),
        "page": number,
        "pages": -(-len(fit) // PAGE_SIZE),
        "results": [_shown(row, query, chosen.get("section")) for row in shown(rows, fit[PAGE_SIZE * (number - 1) : PAGE_SIZE * number])],
        "query": query,
        "chosen": chosen,
        "region": region,
        "facets": facets(rows, found, query, chosen),
        "alone": alone,
    }


def _shown(row: Row, query: str, section: str | None) -> Row:
    text, places = row.pop("text"), row.pop("places")
    return {**row, **sentences(text, query, places, section)}
