"""Reports of made-up agencies for the site's tests, with everything a page must show: each kind of cell, findings of each
verdict, an indicator table, a document without data, and texts that try to be markup."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from parsers.form.editions import form_files
from portal.checks.counts import count_findings
from tests.support.figures import items

AGENCY = "990100-yangli"
HOSTILE = "<script>alert('probe')</script>\"><img src=x onerror=alert(1)>"
APPLICANTS = ("natural_person", "business", "research_institution", "public_interest_org", "legal_service", "other_org", "total")
OUTCOMES = ("upheld", "corrected", "other", "pending", "total")
# (section, item, measure): (printed, value, status); the rest of the form is a plain 0, or its place in the text is long gone
ODD = {
    ("applications", "received", "natural_person"): ("12", 12, "stated"),
    ("applications", "received", "business"): ("", None, "blank"),
    ("applications", "received", "research_institution"): ("／", None, "blank"),
    ("applications", "received", "public_interest_org"): ("3", 3, "inferred"),
    ("applications", "received", "legal_service"): ("<b>1？", None, "unreadable"),
    ("applications", "received", "total"): ("15", 15, "stated"),
    ("applications", "handled", "total"): ("14", 14, "stated"),
    ("proactive_disclosure", "fees", "charged"): ("25.6553万元", 256553, "stated"),
}
ABSENT = {("applications", "withheld_process")}


class Text:
    """A source text that is written piece by piece and says where each piece came to stand."""

    def __init__(self) -> None:
        self.text = ""

    def add(self, piece: str, end: str = "\n") -> tuple[int, int]:
        start = len(self.text)
        self.text += piece + end
        return start, start + len(piece)


def add_reports(db: sqlite3.Connection) -> None:
    """Write the made-up reports into a database of schema.sql, whether it holds others or not."""
    vocabulary(db)
    insert(db, "agencies", code=AGENCY, name="样例市民政局", level="county", kind="department", other_names=HOSTILE)
    insert(
        db,
        "checks",
        code="sample_check",
        name="样例核对",
        name_en="Sample check",
        sentence="样例。",
        sentence_en="Sample.",
        basis="样例依据",
        basis_en="Sample basis",
        section="applications",
        severity="warning",
        sql="select report_id, item from applications where total < 0",
        position=99,
    )
    for year in (2021, 2022):
        six_sections(db, f"{AGENCY}-{year}", year)
    passage = "select char_start, char_end from overview where report_id = ?"
    (own, other) = (db.execute(passage, (f"{AGENCY}-{year}",)).fetchone() for year in (2022, 2021))
    db.execute("insert into shared_passages values (?, ?, 0.75, ?, ?, ?, ?)", (f"{AGENCY}-2022", f"{AGENCY}-2021", *own, *other))
    indicators(db, f"{AGENCY}-2014", 2014)
    report(db, "source-000000000000", None, None, "样例文件", "refused", HOSTILE, refused_because="样例：没有表格")
    report(db, "source-111111111111", None, 2014, None, "refused", "", refused_because="样例：没有文字")
    findings(db)
    carried = json.dumps({"carried_out": 12, "received": 20, "carried_in": 4, "share": 50.0})
    insert(db, "leads", lead="carried_over", place=1, report_id=f"{AGENCY}-2022", figures=carried)


def six_sections(db: sqlite3.Connection, id: str, year: int) -> None:
    text = Text()
    text.add(f"样例市民政局{year}年政府信息公开工作年度报告")
    heading = text.add("一、总体情况")
    body = text.add(f"样例叙述：残疾人查询复议事项 12 件。{HOSTILE}")
    source = report(db, id, AGENCY, year, f"样例市民政局{year}年报告<i>斜</i>", "partial", "")
    insert(db, "headings", report_id=id, section="overview", position=1, printed="一、总体情况", number=1, **at(heading))
    insert(db, "overview", report_id=id, agency=AGENCY, year=year, heading="一、总体情况", text=text.text[slice(*body)], **at(body))
    insert(
        db,
        "claims",
        id=f"{id}-1",
        report_id=id,
        kind="received",
        value=12,
        unit="件",
        sentence=text.text[slice(*body)],
        **at(body),
        value_start=body[0] + 15,
        value_end=body[0] + 17,
    )
    wrong = text.add("三、本年度办理结果")
    insert(
        db, "headings", report_id=id, section=None, position=2, printed="三、本年度办理结果", number=3, expected="applications", **at(wrong)
    )
    form = form_files()["2021"]
    of = {"report_id": id, "agency": AGENCY, "year": year, "edition": "2021", "placed_by": "geometry", "layout": "drawn"}
    for table in form["tables"]:
        section = table["section"]
        if section == "proactive_disclosure":
            for group in table["groups"]:
                for item, measure in ((row["item"], measure) for row in group["rows"] for measure in group["columns"]):
                    printed, value, status = ODD.get((section, item, measure), ("0", 0, "stated"))
                    place = text.add(printed)
                    insert(
                        db,
                        section,
                        **of,
                        item=item,
                        measure=measure,
                        value=value,
                        status=status,
                        **at(place),
                        unit="yuan" if measure == "charged" else None,
                    )
            continue
        for item in items(table["rows"]):
            if (section, item) in ABSENT:
                continue
            text.add(item, end="\t")
            values: dict[str, Any] = {"item" if section == "applications" else "procedure": item}
            for measure in APPLICANTS if section == "applications" else OUTCOMES:
                printed, value, status = ODD.get((section, item, measure), ("0", 0, "stated"))
                start, end = text.add(printed, end="\t")
                values |= {measure: value, f"{measure}_status": status, f"{measure}_start": start, f"{measure}_end": end}
            insert(db, section, **of, **values)
            text.add("")
    text.add("尾注：" + "样例文字。" * 200)  # so long that the source must scroll
    db.execute("update source_texts set text = ?, url = 'javascript:alert(1)' where id = ?", (text.text, source))
    insert(
        db,
        "reading_notes",
        report_id=id,
        source_id=source,
        code="doubt",
        message=f"样例说明{HOSTILE}",
        section="applications",
        item="received",
        measure="total",
    )
    for measure in ("public_interest_org", "legal_service"):
        where = {"section": "applications", "item": "received", "measure": measure}
        insert(db, "reading_notes", report_id=id, source_id=source, code="inferred", message="sample_check,other: 样例推定", **where)
    twin = f"twin-of-{id}"
    insert(db, "source_texts", id=twin, report_id=id, path=f"{id}-again.txt", text="另一份样例文件")
    for start in (0, 2):  # places of its own text
        insert(db, "reading_notes", report_id=id, source_id=twin, code="row_torn", message="样例散行", char_start=start, char_end=start + 2)


def indicators(db: sqlite3.Connection, id: str, year: int) -> None:
    text = Text()
    label = "主动公开政府信息数 <b>"
    text.add(label)
    value, cumulative = text.add("88"), text.add("")
    report(db, id, AGENCY, year, None, "read", text.text, edition="2014", url="https://example.org/2014")
    insert(
        db,
        "statistics",
        report_id=id,
        agency=AGENCY,
        year=year,
        item=f"{label}/其中",
        label=label,
        unit="条",
        value=88,
        value_status="stated",
        value_start=value[0],
        value_end=value[1],
        cumulative_status="blank",
        cumulative_start=cumulative[0],
        cumulative_end=cumulative[1],
    )


def findings(db: sqlite3.Connection) -> None:
    """Three findings of one report, one of each verdict, the first confirmed and answered; one of another that was refuted, and one that is all of its report's."""
    now, before = f"{AGENCY}-2022", f"{AGENCY}-2021"
    cases = [
        ("report", [(now, "applications", "received", "total"), (now, "applications", "withheld_process", "total")]),
        ("reading", [(now, "applications", "handled", "total"), (before, "applications", "handled", "total")]),
        ("undecided", [(now, "overview", None, None), (now, "problems", None, None)]),
    ]
    sentence = db.execute("select char_start, char_end from overview where report_id = ?", (now,)).fetchone()
    for verdict, cells in cases:
        finding = f"{now}-sample_check-{verdict}"
        insert(
            db,
            "findings",
            id=finding,
            report_id=now,
            check_code="sample_check",
            agency=AGENCY,
            year=2022,
            section=cells[0][1],
            item=cells[0][2],
            measure=cells[0][3],
            printed="15" if verdict == "report" else "=HYPERLINK(1)",
            expected=HOSTILE,
            verdict=verdict,
            message=f"样例发现：印出 15，应为 16。{HOSTILE}",
            message_en="A sample finding.",
        )
        for report_id, section, item, measure in cells:
            place = sentence if section == "overview" else (None, None)
            insert(db, "finding_cells", finding_id=finding, report_id=report_id, section=section, item=item, measure=measure, **at(place))
    other = {
        "id": "350128-guanweihui-2021-sample_check-alone",
        "report_id": "350128-guanweihui-2021",
        "agency": "350128-guanweihui",
        "year": 2021,
    }
    insert(db, "findings", **other, check_code="sample_check", verdict="reading", message="样例：只有这一处，待核", message_en="A sample.")
    refuted = {"id": f"{before}-sample_check-refuted", "report_id": before, "check_code": "sample_check", "agency": AGENCY, "year": 2021}
    insert(
        db, "findings", **refuted, verdict="reading", message=f"样例发现：后来不成立。{HOSTILE}", message_en="A sample finding, refuted."
    )
    insert(db, "judgements", finding_id=refuted["id"], conclusion="refuted", why="样例：原文并非如此")
    who = {"judged_by": "样例核对人", "judged_on": "2023-04-05"}
    answer = {"answer": f"样例答复{HOSTILE}", "answered_on": "2023-05-06", "answer_url": "https://example.org/answer"}
    insert(
        db, "judgements", finding_id=f"{now}-sample_check-report", conclusion="confirmed", why=f"样例：看过原文{HOSTILE}", **who, **answer
    )
    insert(db, "check_results", report_id=now, check_code="sample_check", outcome="fail", judged=1, not_judged=0)
    insert(
        db,
        "check_results",
        report_id=before,
        check_code="sample_check",
        outcome="not_assessable",
        judged=0,
        not_judged=7,
        reason="样例：有空白格",
        holds_if_blank_is_zero=1,
    )
    unread = {"report_id": "source-000000000000", "check_code": "sample_check", "outcome": "not_assessable", "judged": 0, "not_judged": 0}
    insert(db, "check_results", **unread, reason="样例：没有读成报告")
    count_findings(db)


def report(
    db: sqlite3.Connection,
    id: str,
    agency: str | None,
    year: int | None,
    title: str | None,
    status: str,
    text: str,
    edition: str = "2021",
    **source: Any,
) -> str:
    """Write a report and its source text; gives the source's id."""
    source_id = f"{id:0<64}"
    insert(db, "source_texts", id=source_id, report_id=id, path=f"{id}.txt", text=text, **source)
    insert(db, "reports", id=id, agency=agency, year=year, title=title, edition=edition, status=status, source_id=source_id)
    return source_id


def vocabulary(db: sqlite3.Connection) -> None:
    """The names that the made-up reports need, where the database has none yet."""
    for code in ("overview", "proactive_disclosure", "applications", "review_litigation", "problems", "other_matters"):
        ensure(db, "sections", code, name=f"样例{code}", name_en=code)
    for measure in ("year", "cumulative"):
        ensure(db, "measures", measure, name=measure, name_en=measure)
    ensure(db, "editions", "2014", name="2014年版")
    for form in form_files().values():
        ensure(db, "editions", form["edition"], name=form["name"], notice=form["notice"])
        for table in form.get("tables", []):
            if not db.execute("select 1 from forms where edition = ? and section = ?", (form["edition"], table["section"])).fetchone():
                insert(db, "forms", edition=form["edition"], section=table["section"], form=json.dumps(table))
            for part in table.get("groups", [table]):
                for code, name in part["columns"].items():
                    ensure(db, "measures", code, name=name, name_en=code)
                for position, item in enumerate(items(part["rows"])):
                    ensure(db, "items", code=item, section=table["section"], position=position, name=f"样例{item}", name_en=item)


def at(place: tuple[int | None, int | None]) -> dict[str, int | None]:
    """The columns that say where something is printed."""
    return {"char_start": place[0], "char_end": place[1]}


def insert(db: sqlite3.Connection, table: str, **row: Any) -> None:
    names, places = ", ".join(row), ", ".join(f":{name}" for name in row)
    db.execute(f"insert into {table} ({names}) values ({places})", row)  # noqa: S608 - names of the tests' own


def ensure(db: sqlite3.Connection, table: str, code: str, **row: Any) -> None:
    """Write a row unless the table has its code."""
    if not db.execute(f"select 1 from {table} where code = ?", (code,)).fetchone():  # noqa: S608 - as above
        insert(db, table, code=code, **row)
