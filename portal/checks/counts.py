"""What is counted of the checks' outcomes: the reports of each check, the findings of each report."""

from __future__ import annotations

import sqlite3

OUTCOMES = {"pass": "passed", "fail": "failed", "not_assessable": "not_assessable"}  # and the column of `checks` that counts it
IN_DOUBT = "coalesce(conclusion, verdict) not in ('report', 'confirmed')"  # of a finding that is not refuted; words.is_sure says the same


def count_outcomes(db: sqlite3.Connection) -> None:
    """Write into `checks` how many reports have each outcome; those refused count nowhere."""
    of_all = "select check_code, outcome, count(*) from check_results group by 1, 2"
    of_refused = """select check_code, outcome, count(*) from reports join check_results on report_id = reports.id
                     where status = 'refused' group by 1, 2"""
    refused = {(code, outcome): count for code, outcome, count in db.execute(of_refused)}
    db.execute("update checks set passed = 0, failed = 0, not_assessable = 0")
    for code, outcome, count in db.execute(of_all).fetchall():
        counted = (count - refused.get((code, outcome), 0), code)
        db.execute(f"update checks set {OUTCOMES[outcome]} = ? where code = ?", counted)  # noqa: S608, one of our columns


def count_findings(db: sqlite3.Connection) -> None:
    """Write into `reports` how many findings each has, and how many of them are in doubt: neither the program nor a person says that the
    report has it so; and of how many mistakes they may come. Those refuted count nowhere."""
    counted = f"""select count(*), count(*) filter (where {IN_DOUBT}), count(distinct coalesce(together, id)), report_id
                   from findings left join judgements on finding_id = findings.id
                  where conclusion is not 'refuted' group by report_id"""  # noqa: S608, it stands above
    counts = db.execute(counted).fetchall()
    db.execute("update reports set findings = 0, in_doubt = 0, mistakes = 0")
    db.executemany("update reports set findings = ?, in_doubt = ?, mistakes = ? where id = ?", counts)
