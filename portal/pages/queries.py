"""What the pages read: plain functions from a way to run SQL to plain dicts and lists.

`Rows` runs a statement with bound values and gives its rows as dicts. The same result fills a page's template and its
JSON sibling, so a key here is part of the documented interface (docs/api.md). A function whose subject does not exist
gives None. Every page takes a fixed number of statements, however long the report.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from portal.checks.catalogue import load_checks
from portal.pages.remembered import given, once

Row = dict[str, Any]
Rows = Callable[[str, dict[str, Any]], list[Row]]

PAGE_SIZE = 100  # rows of figures
FINDINGS_PAGE, NEWEST = 25, 10  # findings are cards, of which a phone shows two at once
HOME_AGENCIES = 30

REPORTS = """
select reports.id, reports.agency, agencies.name as agency_name, reports.year, reports.title, reports.edition,
       reports.status, reports.published_on, reports.signed_on, reports.stated_cells, reports.findings, reports.in_doubt, reports.mistakes,
       reports.region, regions.name as region_name
  from reports
  left join agencies on agencies.code = reports.agency
  left join regions on regions.code = reports.region
"""

# The figures that a reader asks for first: the totals printed in the form's third and fourth section; one that was inferred is none.
_TOTAL = "(select total from {table} where report_id = reports.id and {row} = '{code}' and total_status = 'stated')"
_FIRST = [
    *(("applications", "item", code) for code in ("received", "carried_in", "disclosed", "partly_disclosed", "handled", "carried_out")),
    *(("review_litigation", "procedure", code) for code in ("reconsideration", "litigation_direct", "litigation_after_reconsideration")),
]
PRINTED = {code: _TOTAL.format(table=table, row=row, code=code) for table, row, code in _FIRST}
FIGURES = f"""
select reports.id as report_id, reports.agency, agencies.name as agency_name, reports.year, reports.status,
       {", ".join(f"{printed} as {code}" for code, printed in PRINTED.items())},
       reports.findings, reports.in_doubt, reports.mistakes
  from reports
  left join agencies on agencies.code = reports.agency
"""  # noqa: S608 the names stand above

# The day a finding was first made; where the build did not say it, that of the report's publication or retrieval, or its year's end.
_DATE = """
coalesce(findings.first_seen, reports.published_on, source_texts.retrieved_on, (reports.year + 1) || '-01-01', '1970-01-01') as date"""
_FROM = """
  from findings
  join checks on checks.code = findings.check_code
  join reports on reports.id = findings.report_id
  join source_texts on source_texts.id = reports.source_id
  left join judgements on judgements.finding_id = findings.id
"""
FINDINGS = f"""
select findings.id, findings.report_id, findings.check_code, checks.name as check_name, checks.name_en as check_name_en,
       checks.category, checks.severity, checks.of_figures, findings.agency, agencies.name as agency_name, findings.year, reports.region, regions.name as region_name,
       reports.level, findings.section, findings.item, findings.measure, findings.printed, findings.expected, findings.difference,
       findings.verdict, coalesce(judgements.conclusion, findings.verdict) as standing, findings.message, findings.message_en,
       findings.hypothesis, findings.hypothesis_en, findings.together,{_DATE},
       source_texts.fidelity, judgements.conclusion, judgements.why, judgements.why_en, judgements.judged_by, judgements.judged_on,
       judgements.answer, judgements.answered_on, judgements.answer_url
{_FROM}  left join agencies on agencies.code = findings.agency
  left join regions on regions.code = reports.region
"""

_BY_REGION = " order by reports.region is null, reports.region, reports.agency, reports.id"
BUILD = "select built_at, version, release, documents, read, partial, refused from builds order by id desc limit 1"


@dataclass(frozen=True)
class _Asked:
    connection: sqlite3.Connection

    def __call__(self, sql: str, values: Row) -> list[Row]:
        keys, found = given(self.connection, sql, values)
        return [dict(zip(keys, [_plain(value) if type(value) is float else value for value in row], strict=True)) for row in found]


def rows_of(connection: sqlite3.Connection) -> Rows:
    """A way to run SQL on a connection: bound values in, dicts out, whole numbers as such."""
    return _Asked(connection)


def _plain(value: float) -> int | float:
    return int(value) if value.is_integer() else value


def findings_in_order(rows: Rows, where: str, order: str, values: Row, size: int, skip: int = 0) -> list[Row]:
    """Some of the FINDINGS that fit a condition (size -1: all). Which these are is told by few columns and is the same for each page."""
    ordered = f"select findings.rowid as number, {_DATE} {_FROM} {where} order by {order} limit -1"
    numbers = json.loads(one(rows, f"select json_group_array(number) as numbers from ({ordered})", **values)["numbers"])  # noqa: S608
    listed = {"numbers": json.dumps(numbers[skip:] if size < 0 else numbers[skip : skip + size])}
    return rows(f"{FINDINGS} join json_each(:numbers) as places on places.value = findings.rowid order by places.key", listed)


def reports_in_order(rows: Rows, where: str, order: str, values: Row) -> list[Row]:
    """Some of the REPORTS that fit a condition on their own columns, `size` of them (-1: all) after `skip`; what is only passed over is told
    by these alone."""
    listed = f"select reports.rowid as number from reports {where} order by {order} limit :size offset :skip"  # noqa: S608
    sql = f"with listed as ({listed}) {REPORTS} where reports.rowid in (select number from listed) order by {order}"  # noqa: S608
    return rows(sql, values)


def home(rows: Rows) -> Row:
    """The front page: how much there is, regions, years, agencies with the most reports, reports of the newest years."""
    return {
        "counts": one(
            rows,
            "select (select count(*) from reports where status <> 'refused') as reports,"
            " (select count(*) from agencies where code in (select agency from reports where status <> 'refused')) as agencies,"
            " (select coalesce(sum(findings), 0) from reports) as findings, (select coalesce(sum(in_doubt), 0) from reports) as in_doubt,"
            " (select count(*) from reports where findings > 0) as reports_with_findings,"
            " (select coalesce(sum(stated_cells), 0) from reports) as stated_cells,"
            " (select count(*) from reports where status = 'refused') as refused",
        ),
        "build": last_build(rows),
        "years": years(rows),
        "agencies": rows(
            "select agencies.code, agencies.name, regions.name as region_name, count(*) as reports,"
            " min(reports.year) as first_year, max(reports.year) as last_year, sum(reports.findings) as findings,"
            " sum(reports.in_doubt) as in_doubt, sum(reports.mistakes) as mistakes"
            " from reports join agencies on agencies.code = reports.agency left join regions on regions.code = agencies.region"
            " where reports.status <> 'refused' group by agencies.code order by reports desc, agencies.region is null, agencies.code limit :size",
            {"size": HOME_AGENCIES},
        ),
        "newest": reports_in_order(
            rows,
            "where reports.status <> 'refused'",
            "reports.year desc, coalesce(reports.published_on, reports.signed_on) desc, reports.id",
            {"size": 10, "skip": 0},
        ),
    }


def years(rows: Rows, order: str = "year desc") -> list[Row]:
    """Each year that has reports, with its counts. What was `refused` is none of the `reports` and counted apart; of the
    reports, `without_agency` are those whose body is not known."""
    return rows(
        "select year, count(*) filter (where status <> 'refused') as reports, sum(findings) as findings, sum(in_doubt) as in_doubt, sum(mistakes) as mistakes,"  # noqa: S608 the orders are our own
        " count(distinct agency) filter (where status <> 'refused') as agencies,"
        " count(*) filter (where status = 'refused') as refused,"
        " count(*) filter (where status <> 'refused' and agency is null) as without_agency"
        f" from reports where year is not null group by year order by {order}",
        {},
    )


def year(rows: Rows, number: int, page: int = 1, order: str = "") -> Row | None:
    """One year: its reports' figures by agency, by region unless in another order, a page of them at a time, and the newest findings."""
    ordered = f" order by {order}" if order else _BY_REGION
    counts = [row for row in years(rows) if row["year"] == number]
    if not counts:
        return None
    listed = one(rows, "select count(*) as reports from reports where year = :year", year=number)["reports"]
    return {
        "year": number,
        "counts": counts[0],
        "page": page,
        "pages": -(-listed // PAGE_SIZE),
        "figures": rows(
            f"with listed as (select id from reports where year = :year{ordered} limit :size offset :skip) {FIGURES}"  # noqa: S608
            f" where reports.id in (select id from listed){ordered}",
            {"year": number, "size": PAGE_SIZE, "skip": (page - 1) * PAGE_SIZE},
        ),
        "findings": findings_in_order(rows, "where findings.year = :year", "date desc, findings.id", {"year": number}, size=NEWEST),
    }


def checks(rows: Rows) -> Row:
    """The catalogue of checks with how often each passed, failed or could not be assessed."""
    return {
        "checks": rows(
            "select checks.code, checks.name, checks.name_en, checks.category, checks.sentence, checks.sentence_en,"
            " checks.meaning, checks.meaning_en, checks.innocent, checks.innocent_en, checks.basis, checks.basis_en,"
            " checks.section, checks.severity, checks.passed, checks.failed, checks.not_assessable from checks order by checks.position",
            {},
        ),
        "reports": one(rows, "select count(*) as reports from reports where status <> 'refused'")["reports"],
    }


def check(rows: Rows, code: str, page: int = 1) -> Row | None:
    """One check: what it says, its SQL, its outcomes and its findings, a page of them at a time."""
    found = [row for row in checks(rows)["checks"] if row["code"] == code]
    if not found:
        return None
    of = {"code": code}
    total = one(rows, "select count(*) as total from findings where check_code = :code", code=code)["total"]
    entry = next((entry for entry in load_checks() if entry.code == code), None)
    return {
        "check": {**found[0], **one(rows, "select sql from checks where code = :code", code=code)},
        "example": entry.example if entry else None,
        "sound": entry.sound if entry else None,
        "page": page,
        "pages": max(1, -(-total // FINDINGS_PAGE)),
        "findings": findings_in_order(
            rows, "where findings.check_code = :code", "findings.year desc, findings.id", of, FINDINGS_PAGE, FINDINGS_PAGE * (page - 1)
        ),
        "reasons": rows(
            "select reason, reason_en, count(*) as reports from check_results join reports on reports.id = check_results.report_id"
            " where check_code = :code and outcome = 'not_assessable' and status <> 'refused'"
            " group by reason order by reports desc limit 20",
            of,
        ),
    }


@once
def last_build(rows: Rows) -> Row:
    """The last build of the database, whose release every page names."""
    return one(rows, BUILD)


def of_build(rows: Rows) -> Row:
    """What every page says of the build that it is of."""
    return {"names": names(rows), "release": last_build(rows).get("release")}


@once
def names(rows: Rows) -> dict[str, dict[str, Row]]:
    """The Chinese and English names of sections, items, measures and editions: {table: {code: {name, name_en, statutory}}}."""
    found = rows(
        "select 'sections' as list, code, name, name_en, 1 as statutory from sections union all select 'items', code, name, name_en, 1 from items"
        " union all select 'measures', code, name, name_en, 1 from measures"
        " union all select 'editions', code, name, name_en, statutory from editions",
        {},
    )
    lists: dict[str, dict[str, Row]] = {"sections": {}, "items": {}, "measures": {}, "editions": {}}
    for row in found:
        lists[row["list"]][row["code"]] = row
    return lists


def one(rows: Rows, sql: str, **values: Any) -> Row:
    found = rows(sql, values)
    return found[0] if found else {}
