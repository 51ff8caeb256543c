"""What an agency's page reads of the agency itself: who it is, its figures by year, its findings, the checks over the years."""

from __future__ import annotations

from portal.checks.counts import IN_DOUBT
from portal.pages.queries import FIGURES, FINDINGS, REPORTS, Row, Rows
from portal.pages.remembered import once


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
        "figures": rows(FIGURES + " where reports.agency = :code order by reports.year desc, reports.id", {"code": code}),
        "findings": rows(FINDINGS + " where findings.agency = :code order by findings.year desc, findings.id", {"code": code}),
        "outcomes": _outcomes(rows, code),
    }


@once
def _check_names(rows: Rows) -> dict[str, Row]:
    found = rows("select code as check_code, name as check_name, name_en as check_name_en from checks order by position", {})
    return {row["check_code"]: row for row in found}


def _outcomes(rows: Rows, agency: str) -> list[Row]:
    """The outcome of each check of each report of an agency, by the checks' order and the year, with the findings that count."""
    nothing = {"findings": 0, "in_doubt": 0}
    counted = rows(
        "select report_id, check_code, count(*) as findings, count(*) filter (where " + IN_DOUBT + ") as in_doubt"  # noqa: S608 it is our own
        " from findings left join judgements on finding_id = findings.id"
        " where report_id in (select id from reports where agency = :code)"
        " and conclusion is not 'refuted' group by report_id, check_code",
        {"code": agency},
    )
    found = {(row.pop("report_id"), row.pop("check_code")): row for row in counted}
    outcomes = rows(
        "select check_results.check_code, reports.id as report_id, reports.year, check_results.outcome from reports"
        " join check_results on check_results.report_id = reports.id where reports.agency = :code and reports.status <> 'refused'"
        " order by reports.year, reports.id",
        {"code": agency},
    )
    names = _check_names(rows)
    by_check: dict[str, list[Row]] = {code: [] for code in names}
    for row in outcomes:
        code = row.pop("check_code")
        by_check[code].append({**names[code], **row, **found.get((row["report_id"], code), nothing)})
    return [row for code in names for row in by_check[code]]


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
