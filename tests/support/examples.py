"""Reports for the tests of the checks, made of numbers alone: rows into the real schema, and a sound pair of years."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from typing import Any

from parsers.form.editions import form_files
from portal.build.write import create

APPLICANTS = ("natural_person", "business", "research_institution", "public_interest_org", "legal_service", "other_org")
OUTCOMES = ("upheld", "corrected", "other", "pending")
PROCEDURES = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
SECTIONS = ("overview", "proactive_disclosure", "applications", "review_litigation", "problems", "other_matters")

Place = tuple[str, str, str]  # section, item, measure
Figures = dict[Place, float | None]


def new_database() -> sqlite3.Connection:
    return create(":memory:")


def write(db: sqlite3.Connection, tables: dict[str, list[dict[str, Any]]]) -> None:
    """Insert rows as data/checks.yml gives them: what a row does not say is filled in, about the report sample-2021.

    A number of a section table is `stated`, a null `blank`, and one that is not mentioned is a cell the report lacks.
    """
    used = {row.get("report_id", "sample-2021") for name, rows in tables.items() if name not in ("reports", "agencies") for row in rows}
    for row in {row["code"]: row for row in tables.get("agencies", [])}.values():
        _insert(db, "agencies", row)
    reports = {row.get("id", "sample-2021"): row for row in tables.get("reports", [])}
    for id_ in sorted(used | set(reports)):
        source = {"id": f"text-{id_}", "report_id": id_, "path": f"{id_}.txt"}
        texts = [row for row in tables.get("source_texts", []) if row.get("report_id", "sample-2021") == id_]
        for other in (row for row in texts if "id" in row):
            _insert(db, "source_texts", {"report_id": id_, "path": other["id"]} | other)
        texts = [row for row in texts if "id" not in row]
        report = {"id": id_, "year": int(id_[-4:]), "edition": "2021", "status": "read", "source_id": source["id"]}
        _insert(db, "source_texts", source | (texts[0] if texts else {}))
        _insert(db, "reports", report | reports.get(id_, {}))
    position = 0
    for table, rows in tables.items():
        for row in rows if table not in ("reports", "source_texts", "agencies") else []:
            position += 100
            own = [r for r in rows if r.get("report_id") == row.get("report_id")]
            edition = "2019" if any(r.get("item") == "other" for r in own) else "2021"  # 其他处理 in the one row that only 2019 has
            form = {"edition": edition} if table in ("applications", "review_litigation") else {}
            _insert(db, table, _filled(table, {"report_id": "sample-2021"} | form | row, position))


def _filled(table: str, row: dict[str, Any], position: int) -> dict[str, Any]:
    if table in ("headings", *SECTIONS) and table not in ("applications", "review_litigation"):
        row = {"char_start": position, "char_end": position + 1} | row
    if table == "headings":
        return {"position": position} | row
    if table == "proactive_disclosure":
        return {"edition": "2021", "status": "blank" if row["value"] is None else "stated"} | row
    if table == "claims":
        place = {"char_start": position, "char_end": position + 20}
        place |= {"value_start": row.get("char_start", position) + 9, "value_end": row.get("char_start", position) + 12}
        return {"id": f"{row['report_id']}-{position}", "section": "overview", "sentence": "样例" * 10} | place | row
    if table == "reading_notes":
        return {"source_id": f"text-{row['report_id']}", "message": ""} | row
    if table == "statistics":
        return {"value_status": "blank" if row["value"] is None else "stated", "value_start": position, "value_end": position + 1} | row
    if table in ("applications", "review_litigation"):
        names = (*APPLICANTS, "total") if table == "applications" else (*OUTCOMES, "total")
        for offset, name in enumerate(name for name in names if name in row):
            place = {f"{name}_start": position + 2 * offset, f"{name}_end": position + 2 * offset + 1}
            row = {f"{name}_status": "blank" if row[name] is None else "stated"} | place | row
    return row


def _insert(db: sqlite3.Connection, table: str, row: dict[str, Any]) -> None:
    places = ", ".join(f":{column}" for column in row)
    db.execute(f"insert into {table} ({', '.join(row)}) values ({places})", row)  # noqa: S608, names of the tests' own


def result_rows(edition: str) -> tuple[str, ...]:
    """The items whose sum is (七)总计."""
    return tuple(form_files()[edition]["equations"][1]["sum"])


def sound_figures(edition: str, carried_in: list[int], number: Callable[[], int], before: Figures | None = None) -> Figures:
    """A whole report that contradicts nothing, not even the one of the year before; `number` draws the free figures from 0 up."""
    columns: dict[str, list[int]] = {item: [number() for _ in APPLICANTS] for item in result_rows(edition)}
    if before:
        columns["disclosed"][0] = int(before["applications", "disclosed", "natural_person"] or 0) + 1
    columns["handled"] = [sum(column) for column in zip(*columns.values(), strict=True)]
    # as many are carried out as were carried in and a few more, so that no count of new applications is negative
    columns["carried_in"] = carried_in
    columns["carried_out"] = [before + number() for before in carried_in]
    flows = zip(columns["handled"], columns["carried_out"], carried_in, strict=True)
    columns["received"] = [handled + carried_out - before for handled, carried_out, before in flows]
    figures: Figures = {}
    for item, row in columns.items():
        figures |= {("applications", item, measure): value for measure, value in zip(APPLICANTS, row, strict=True)}
        figures["applications", item, "total"] = sum(row)
    for procedure in PROCEDURES:
        outcomes = [number() for _ in OUTCOMES]
        figures |= {("review_litigation", procedure, m): value for m, value in zip(OUTCOMES, outcomes, strict=True)}
        figures["review_litigation", procedure, "total"] = sum(outcomes)
    for group in form_files()[edition]["tables"][0]["groups"]:
        figures |= {("proactive_disclosure", row["item"], m): number() for row in group["rows"] for m in group["columns"]}
    return _after(before, figures) if before else figures


def _after(before: Figures, now: Figures) -> Figures:
    """The figures with their stocks led on from the year before, and each table different from that year's."""
    for section, item, measure in now:
        place = (section, item, measure)
        stock = (section, item, {"in_force": "in_force", "prior_items": "prior_items"}.get(measure, ""))
        if measure == "in_force":
            added, gone = (section, item, "issued"), (section, item, "repealed")
            now[gone] = min(now[gone] or 0, (before[stock] or 0) + (now[added] or 0))
            now[place] = (before[stock] or 0) + (now[added] or 0) - now[gone]
        elif measure == "prior_items":
            now[place] = (before[stock] or 0) + (before[section, item, "change"] or 0)
    now["proactive_disclosure", "licensing", "decisions"] = (before["proactive_disclosure", "licensing", "decisions"] or 0) + 1
    row = ("review_litigation", "reconsideration")
    now[*row, "total"] = (now[*row, "total"] or 0) - (now[*row, "upheld"] or 0) + (before[*row, "upheld"] or 0) + 1
    now[*row, "upheld"] = (before[*row, "upheld"] or 0) + 1
    return now


def as_rows(report_id: str, edition: str, figures: Figures) -> dict[str, list[dict[str, Any]]]:
    """The rows of the three section tables for figures given cell by cell."""
    key = {"applications": "item", "review_litigation": "procedure"}
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    listed: list[dict[str, Any]] = []
    third = "2019" if any(place[:2] == ("applications", "other") for place in figures) else edition  # a row that only 2019 has
    for (section, item, measure), value in figures.items():
        if section in key:
            own = third if section == "applications" else edition
            row = rows.setdefault((section, item), {"report_id": report_id, "edition": own, key[section]: item})
            row[measure] = value
        else:
            listed.append({"report_id": report_id, "edition": edition, "item": item, "measure": measure, "value": value})
    tables: dict[str, list[dict[str, Any]]] = {"proactive_disclosure": listed, "applications": [], "review_litigation": []}
    for (section, _), row in rows.items():
        tables[section].append(row)
    return tables


def together(parts: Iterable[dict[str, list[dict[str, Any]]]]) -> dict[str, list[dict[str, Any]]]:
    """The rows of several reports as one set."""
    tables: dict[str, list[dict[str, Any]]] = {}
    for part in parts:
        for table, rows in part.items():
            tables.setdefault(table, []).extend(rows)
    return tables


def whole_report(report_id: str, edition: str, figures: Figures, **about: Any) -> dict[str, list[dict[str, Any]]]:
    """Figures with the narrative and the six headings, signed and published in time, of a city that may make rules."""
    year = int(report_id[-4:])
    name = "样例市人民政府"
    period, opening = f"本报告所列数据的统计期限自{year}年1月1日起至12月31日止。", f"{year}年，样例市做好政府信息公开工作。"
    report = {
        "id": report_id, "agency": "sample", "edition": edition, "title": f"{name}{year}年政府信息公开工作年度报告",
        "signed_on": f"{year + 1}-01-20", "published_on": f"{year + 1}-03-01",
    } | about  # fmt: skip
    headings = [{"report_id": report_id, "section": section, "printed": section} for section in SECTIONS]
    narrative: dict[str, list[dict[str, Any]]] = {
        section: [{"report_id": report_id, "text": "样例的第几部分"}] for section in ("problems", "other_matters")
    }
    narrative["overview"] = [{"report_id": report_id, "text": opening, "char_start": len(period), "char_end": len(period) + len(opening)}]
    stated = [
        {"role": "period", "begins": f"{year}-01-01", "ends": f"{year}-12-31", "char_start": 13, "char_end": len(period)},
        {"role": "opening", "section": "overview", "year": year, "char_start": len(period), "char_end": len(period) + 5},
    ]
    narrative["stated_years"] = [{"report_id": report_id} | row for row in stated]
    return as_rows(report_id, edition, figures) | narrative | {
        "headings": headings, "reports": [report], "source_texts": [{"report_id": report_id, "text": period + opening}],
        "agencies": [{"code": report["agency"], "name": name, "level": "prefecture", "kind": "government"}],
    }  # fmt: skip
