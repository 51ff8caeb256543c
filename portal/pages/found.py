"""What a search finds in titles and texts: a page of reports, how many there are by year, region, level and section, and the sentences."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from portal.pages import findings, search
from portal.pages.passage import sentences
from portal.pages.queries import REPORTS, Row, Rows, one

PAGE_SIZE = 20
CHOICES = ("year", "region", "level", "section")
SECTIONS = (*search.SECTIONS, "elsewhere")
_COLUMNS = {
    "year": "reports.year = cast(:year as integer)",
    "region": "reports.region between :region and :region_end",
    "level": "reports.level = :level",
}
_GROUPS = {"year": "reports.year", "region": "substr(substr(reports.region, 1, :width) || '0000', 1, 6)", "level": "reports.level"}
_MOST = 40  # values of a facet


class Asked:
    """A search: the query, and the choices of year, region, level and section by which it is narrowed.

    A report is found by its title or agency (first) and by its source text. The index gives row numbers in their order, and no more
    than a page has; whose text it is stands in a table of row numbers alone.
    """

    def __init__(self, query: str, chosen: Mapping[str, str] | None = None) -> None:
        self.query, self.chosen = query, dict(chosen or {})
        match = search.match_query(query)
        section = self.chosen.get("section")
        region = self.chosen.get("region")
        self.values: dict[str, Any] = {
            **self.chosen,
            "match": '""' if section else match,  # a title is in no section
            "in_text": f"{{{section}}} : ({match})" if section else match,
            "width": findings.width(region),
            "region_end": findings.region_end(region) if region else None,
        }
        narrowed = [_COLUMNS[name] for name in self.chosen if name in _COLUMNS]
        fit = f" in (select rowid from reports where {' and '.join(narrowed)})" if narrowed else ""  # noqa: S608 the columns stand here
        every = "select rowid as report from reports_fts where reports_fts match :match"
        self.titles = every + (
            f" and +rowid{fit}" if fit else ""
        )  # +: first the words, then the choices; the index is not asked row by row
        self.texts = (
            "select texts.report from source_texts_fts join source_texts_fts_reports as texts on texts.source = source_texts_fts.rowid"  # noqa: S608
            f" where source_texts_fts match :in_text and +texts.report not in ({every})" + (f" and +texts.report{fit}" if fit else "")
        )

    def without(self, *names: str) -> Asked:
        return Asked(self.query, {name: value for name, value in self.chosen.items() if name not in names})

    def counts(self, rows: Rows) -> Row:
        """How many reports have the words in their title or agency, and how many more in their text."""
        counted = f"select (select count(*) from ({self.titles})) as titles, (select count(*) from ({self.texts})) as texts"  # noqa: S608
        return one(rows, counted, **self.values)


def found(rows: Rows, asked: Asked, page: int = 1) -> Row:
    """Reports whose title, agency or source text has the words, titles first, a page of them; how many there are; and how many pages.

    `text` of a report is its source text, `places` the ranges of its sections.
    """
    counts = asked.counts(rows)
    of = {**asked.values, "size": PAGE_SIZE, "skip": (page - 1) * PAGE_SIZE}
    hits = rows(f"{asked.titles} order by 1 limit :size offset :skip", of)
    if len(hits) < PAGE_SIZE:
        rest = {**of, "size": PAGE_SIZE - len(hits), "skip": max(0, of["skip"] - counts["titles"])}
        hits += rows(f"{asked.texts} order by source_texts_fts.rowid limit :size offset :skip", rest)
    total = counts["titles"] + counts["texts"]
    listed = {"rows": json.dumps([row["report"] for row in hits])}
    within = " union all ".join(
        f"select report_id, '{section}' as section, char_start, char_end from {section}"  # noqa: S608 the sections stand there
        for section in search.SECTIONS
    )
    texts = rows(
        "select reports.id, source_texts.text from reports join source_texts on source_texts.id = reports.source_id"
        " where reports.rowid in (select value from json_each(:rows))",
        listed,
    )
    places = rows(
        f"select * from ({within}) where report_id in (select id from reports where rowid in (select value from json_each(:rows)))",  # noqa: S608
        listed,
    )
    by_id = {row["id"]: row["text"] for row in texts}
    ordered = REPORTS + " join json_each(:rows) as places on places.value = reports.rowid order by places.key"
    return {
        "total": total,
        "page": page,
        "pages": -(-total // PAGE_SIZE),
        "results": [
            {**row, "text": by_id[row["id"]], "places": [place for place in places if place["report_id"] == row["id"]]}
            for row in rows(ordered, listed)
        ],
    }


def facets(rows: Rows, asked: Asked) -> dict[str, list[Row]]:
    """The values of each choice with the number of reports that fit all other choices, so that one may change a choice."""
    counted: dict[str, Counter[Any]] = {}
    if asked.chosen:
        for name in _GROUPS:
            counted[name] = _grouped(rows, asked.without(name) if name != "region" else asked, (name,))[0]
    else:  # one reading of all that is found
        counted = dict(zip(_GROUPS, _grouped(rows, asked, tuple(_GROUPS)), strict=True))
    names = {row["code"]: row["name"] for row in rows(
        "select code, name from regions where code in (select value from json_each(:codes))", {"codes": json.dumps(list(counted["region"]))}
    )}  # fmt: skip
    made = {
        name: [{"value": value, "label": names.get(value), "count": count} for value, count in _ordered(name, counts)[:_MOST]]
        for name, counts in counted.items()
    }
    of_sections = {section: Asked(asked.query, {**asked.chosen, "section": section}).counts(rows)["texts"] for section in SECTIONS}
    made["section"] = [{"value": section, "label": None, "count": count} for section, count in of_sections.items() if count]
    return made


def _grouped(rows: Rows, asked: Asked, names: tuple[str, ...]) -> list[Counter[Any]]:
    groups = ", ".join(f"{_GROUPS[name]} as {name}" for name in names)
    read = rows(
        f"select {groups}, count(*) as count from ({asked.titles} union all {asked.texts}) as hits join reports on reports.rowid = hits.report"  # noqa: S608
        f" group by {', '.join(str(n + 1) for n in range(len(names)))}",
        asked.values,
    )
    counted: list[Counter[Any]] = [Counter() for _ in names]
    for row in read:
        for counts, name in zip(counted, names, strict=True):
            if row[name] is not None:
                counts[row[name]] += row["count"]
    return counted


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
    asked = Asked(query, chosen)
    hits = found(rows, asked, number)
    alone = [] if hits["total"] or len(words) < 2 else [
        {"word": word, "total": counts["titles"] + counts["texts"]} for word in words[:6] if (counts := Asked(word).counts(rows))
    ]  # fmt: skip
    return {
        **hits,
        "query": query,
        "chosen": chosen,
        "region": region,
        "facets": facets(rows, asked),
        "alone": alone,
        "results": [_shown(row, query, chosen.get("section")) for row in hits["results"]],
    }


def _shown(row: Row, query: str, section: str | None) -> Row:
    text, places = row.pop("text"), row.pop("places")
    return {**row, **sentences(text, query, places, section)}
