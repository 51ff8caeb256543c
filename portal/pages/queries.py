"""What the pages read: plain functions from a way to run SQL to plain dicts and lists.

`Rows` runs a statement with bound values and gives its rows as dicts. The same result fills a page's template and its
JSON sibling, so a key here is part of the documented interface (docs/api.md). A function whose subject does not exist
gives None. Every page takes a fixed number of statements, however long the report.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from portal.checks.catalogue import load_checks
from portal.pages.remembered import given, once

Row = dict[str, Any]
Rows = Callable[[str, dict[str, Any]], list[Row]]

PAGE_SIZE = 100

REPORTS = """
select reports.id, reports.agency, agencies.name as agency_name, reports.year, reports.title, reports.edition,
       reports.status, reports.published_on, reports.signed_on, reports.stated_cells, reports.findings, reports.in_doubt,
       reports.region, regions.name as region_name
  from reports
  left join agencies on agencies.code = reports.agency
  left join regions on regions.code = reports.region
"""

# The figures that a reader asks for first: the totals printed in the form's third and fourth section; one that was inferred is none.
FIGURES = """
select reports.id as report_id, reports.agency, agencies.name as agency_name, reports.year, reports.status,
       max(case when applications.item = 'received' then applications.total end) as received,
       max(case when applications.item = 'carried_in' then applications.total end) as carried_in,
       max(case when applications.item = 'disclosed' then applications.total end) as disclosed,
       max(case when applications.item = 'partly_disclosed' then applications.total end) as partly_disclosed,
       max(case when applications.item = 'handled' then applications.total end) as handled,
       max(case when applications.item = 'carried_out' then applications.total end) as carried_out,
       (select total from review_litigation
         where report_id = reports.id and procedure = 'reconsideration' and total_status = 'stated') as reconsideration,
       (select total from review_litigation
         where report_id = reports.id and procedure = 'litigation_direct' and total_status = 'stated') as litigation_direct,
       (select total from review_litigation
         where report_id = reports.id and procedure = 'litigation_after_reconsideration' and total_status = 'stated')
           as litigation_after_reconsideration,
       reports.findings, reports.in_doubt
  from reports
  left join agencies on agencies.code = reports.agency
  left join applications on applications.report_id = reports.id and applications.total_status = 'stated'
"""

# `date` is the day a finding was first made; where the build did not say it, that of the report's publication or retrieval, or its year's end.
FINDINGS = """
select findings.id, findings.report_id, findings.check_code, checks.name as check_name, checks.name_en as check_name_en,
       checks.category, checks.severity, findings.agency, agencies.name as agency_name, findings.year, reports.region, regions.name as region_name,
       reports.level, findings.section, findings.item, findings.measure, findings.printed, findings.expected, findings.difference,
       findings.verdict, findings.message, findings.message_en, findings.hypothesis, findings.hypothesis_en,
       coalesce(findings.first_seen, reports.published_on, source_texts.retrieved_on, (reports.year + 1) || '-01-01', '1970-01-01') as date,
       source_texts.fidelity, judgements.conclusion, judgements.why, judgements.why_en, judgements.answer, judgements.answered_on, judgements.answer_url
  from findings
  join checks on checks.code = findings.check_code
  join reports on reports.id = findings.report_id
  join source_texts on source_texts.id = reports.source_id
  left join judgements on judgements.finding_id = findings.id
  left join agencies on agencies.code = findings.agency
  left join regions on regions.code = reports.region
"""

_BY_REGION = " order by reports.region is null, reports.region, reports.agency, reports.id"
BUILD = "select built_at, version, release, documents, read, partial, refused from builds order by id desc limit 1"


@dataclass(frozen=True)
class _Asked:
    connection: sqlite3.Connection

    def __call__(self, sql: str, values: Row) -> list[Row]:
        keys, found = given(self.connection, sql, values)
        return [dict(zip(keys, map(_plain, row) if float in map(type, row) else row, strict=True)) for row in found]


def rows_of(connection: sqlite3.Connection) -> Rows:
    """A way to run SQL on a connection: bound values in, dicts out, whole numbers as such."""
    return _Asked(connection)


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


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
            " (select count(*) from source_texts where refused_because is not null) as refused",
        ),
        "build": last_build(rows),
        "years": years(rows),
        "agencies": rows(
            "select agencies.code, agencies.name, regions.name as region_name, count(*) as reports,"
            " min(reports.year) as first_year, max(reports.year) as last_year, sum(reports.findings) as findings,"
            " sum(reports.in_doubt) as in_doubt"
            " from reports join agencies on agencies.code = reports.agency left join regions on regions.code = agencies.region"
            " where reports.status <> 'refused' group by agencies.code order by reports desc, agencies.region is null, agencies.code limit :size",
            {"size": PAGE_SIZE},
        ),
        "newest": rows(
            REPORTS + " where reports.status <> 'refused' order by reports.year desc,"
            " coalesce(reports.published_on, reports.signed_on) desc, reports.id limit 10",
            {},
        ),
    }


def years(rows: Rows) -> list[Row]:
    """Each year that has reports, with its counts, the latest first; what was refused is counted in no year."""
    return rows(
        "select year, count(*) filter (where status <> 'refused') as reports, sum(findings) as findings, sum(in_doubt) as in_doubt,"
        " count(distinct agency) filter (where status <> 'refused') as agencies"
        " from reports where year is not null group by year order by year desc",
        {},
    )


def agency(rows: Rows, code: str) -> Row | None:
    """One agency: who it is, its figures by year, its findings, its parent and children."""
    found = rows(
        "select agencies.code, agencies.name, agencies.other_names, agencies.level, agencies.kind, agencies.region,"
        " regions.name as region_name, agencies.parent, parents.name as parent_name, agencies.for_government from agencies"
        " left join regions on regions.code = agencies.region left join agencies as parents on parents.code = agencies.parent"
        " where agencies.code = :code",
        {"code": code},
    )
    if not found:
        return None
    return {
        "agency": found[0],
        "children": rows("select code, name from agencies where parent = :code order by code", {"code": code}),
        "reports": rows(REPORTS + " where reports.agency = :code order by reports.year desc", {"code": code}),
        "figures": rows(FIGURES + " where reports.agency = :code group by reports.id order by reports.year desc", {"code": code}),
        "findings": rows(FINDINGS + " where findings.agency = :code order by findings.year desc, findings.id", {"code": code}),
        "outcomes": rows(
            "select checks.code as check_code, checks.name as check_name, checks.name_en as check_name_en, reports.id as report_id,"
            " reports.year, check_results.outcome, count(counted.id) as findings, count(counted.id) filter (where counted.verdict <> 'report')"
            " as in_doubt from check_results join reports on reports.id = check_results.report_id"
            " join checks on checks.code = check_results.check_code"
            " left join findings as counted on counted.report_id = reports.id and counted.check_code = checks.code"
            " and counted.id not in (select finding_id from judgements where conclusion = 'refuted')"
            " where reports.agency = :code and reports.status <> 'refused' group by checks.code, reports.id order by checks.position, reports.year",
            {"code": code},
        ),
    }


def over_the_years(data: Row) -> Row:
    """An agency's outcomes as a table: a row for each check that was judged in some year, a column for each report, the latest first.

    Those with findings are `failing`, the others `passing`; `never_judged` are the names of the checks that could be assessed in none.
    """
    reports = {row["report_id"]: row["year"] for row in data["outcomes"]}
    by_check: dict[str, Row] = {}
    for row in data["outcomes"]:
        line = by_check.setdefault(row["check_code"], {**row, "outcomes": dict.fromkeys(reports)})
        line["outcomes"][row["report_id"]] = row

    def found(line: Row) -> bool:
        return any(outcome and outcome["findings"] for outcome in line["outcomes"].values())

    judged = [line for line in by_check.values() if any(o and o["outcome"] != "not_assessable" for o in line["outcomes"].values())]
    return {
        "years": sorted(reports.items(), key=lambda report: (report[1] or 0, report[0]), reverse=True),
        "lines": judged,
        "failing": [line for line in judged if found(line)],
        "passing": [line for line in judged if not found(line)],
        "never_judged": [line for line in by_check.values() if line not in judged],
    }


def year(rows: Rows, number: int, page: int = 1) -> Row | None:
    """One year: its reports' figures by agency, a page of them at a time, and how often each check failed."""
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
            f"with listed as (select id from reports where year = :year{_BY_REGION} limit :size offset :skip) {FIGURES}"  # noqa: S608
            f" where reports.id in (select id from listed) group by reports.id{_BY_REGION}",
            {"year": number, "size": PAGE_SIZE, "skip": (page - 1) * PAGE_SIZE},
        ),
        "findings": rows(
            FINDINGS + " where findings.year = :year order by findings.agency, findings.id limit :size",
            {"year": number, "size": PAGE_SIZE},
        ),
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
    of = {"code": code, "size": PAGE_SIZE, "skip": (page - 1) * PAGE_SIZE}
    total = one(rows, "select count(*) as total from findings where check_code = :code", code=code)["total"]
    entry = next((entry for entry in load_checks() if entry.code == code), None)
    return {
        "check": {**found[0], **one(rows, "select sql from checks where code = :code", code=code)},
        "example": entry.example if entry else None,
        "sound": entry.sound if entry else None,
        "page": page,
        "pages": max(1, -(-total // PAGE_SIZE)),
        "findings": rows(
            FINDINGS + " where findings.check_code = :code order by findings.year desc, findings.id limit :size offset :skip", of
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
