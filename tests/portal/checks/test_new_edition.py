"""A new edition of the form is one YAML file: read, checked and named by it, with nothing else changed. Shown with a made-up one that
has a row and an applicant more than the form of 2021, in a copy of the project, on documents in two layouts."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from tests.support import layouts
from tests.support.examples import Figures
from tests.support.figures import Sample
from tests.support.figures import figures as sample_figures
from tests.support.held import MADE
from tests.support.paths import ROOT
from tests.support.server import serving

SUMS = ("applications_balance", "applications_handled_sum", "applications_row_total", "review_litigation_total", "total_not_published")
ROW, COLUMN = "sample_returned", "sample_org"


def new_edition() -> dict[str, Any]:
    form: dict[str, Any] = yaml.safe_load((ROOT / "data/forms/2021.yml").read_text(encoding="utf-8"))
    applications = form["tables"][1]
    columns = dict(applications["columns"])
    last = {measure: columns.pop(measure) for measure in ("other_org", "total")}
    applications["columns"] = columns | {COLUMN: "样例合作组织"} | last
    results = applications["rows"][2]["rows"]
    results[-2]["rows"].insert(2, {"item": ROW, "label": "3.样例退回处理"})
    results[-2]["rows"][3]["label"] = "4.其他"
    _, handled, rows, _ = form["equations"]
    handled["sum"].append(ROW)
    rows["sum"].append(COLUMN)
    names = {"items": {ROW: "Sample: returned"}, "measures": {COLUMN: "Sample partners"}}
    about = {"edition": "2031", "name": "2031年样例版", "name_en": "sample form of 2031", "notice": "样例文号", "from_year": 2031}
    return form | about | {"names_en": names}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with one YAML file more."""
    folder = tmp_path_factory.mktemp("edition")
    for name in ("parsers", "portal", "data"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "reports"))
    for name in ("build.py", "pyproject.toml"):
        shutil.copy(ROOT / name, folder / name)
    written = yaml.safe_dump(new_edition(), allow_unicode=True, sort_keys=False)
    (folder / "data/forms/2031.yml").write_text(written, encoding="utf-8")
    return folder


def rows_of(entries: list[dict[str, Any]]) -> list[tuple[str | None, str]]:
    """Item and label of each row, also of those that only head others."""
    found: list[tuple[str | None, str]] = []
    for entry in entries:
        found += [(None, entry["group"]), *rows_of(entry["rows"])] if "group" in entry else [(entry["item"], entry["label"])]
    return found


def sound() -> Figures:
    """Every cell of sections 3 and 4, different from cell to cell as far as the sums allow."""
    form = new_edition()
    _, applications, review = form["tables"]
    measures = [m for m in applications["columns"] if m != "total"]
    results = next(e["sum"] for e in form["equations"] if e["code"] == "applications_handled_sum")
    table = {item: [(3 * at + 5 * place) % 7 for place in range(len(measures))] for at, item in enumerate(results)}
    table["handled"] = [sum(column) for column in zip(*table.values(), strict=True)]
    table["carried_in"] = [place % 3 for place in range(len(measures))]
    table["carried_out"] = [place % 2 + 2 for place in range(len(measures))]
    flows = zip(table["handled"], table["carried_out"], table["carried_in"], strict=True)
    table["received"] = [handled + out - before for handled, out, before in flows]
    figures: Figures = {("applications", item, m): n for item, row in table.items() for m, n in zip(measures, row, strict=True)}
    figures |= {("applications", item, "total"): sum(row) for item, row in table.items()}
    for at, row in enumerate(review["rows"]):
        outcomes = dict(zip(("upheld", "corrected", "other", "pending"), range(at, at + 4), strict=True))
        figures |= {("review_litigation", row["item"], m): n for m, n in {**outcomes, "total": sum(outcomes.values())}.items()}
    return figures


def grids(figures: Figures) -> dict[str, list[list[str]]]:
    """The four tables as rows of words: of section 2 each part under its own heading."""
    form = new_edition()
    proactive, applications, review = form["tables"]
    tables: dict[str, list[list[str]]] = {"二、主动公开政府信息情况": [], "三、收到和处理政府信息公开申请情况": []}
    for group in proactive["groups"]:
        width = len(group["columns"])
        tables["二、主动公开政府信息情况"] += [[group["article"], *[""] * width], ["信息内容", *group["columns"].values()]]
        tables["二、主动公开政府信息情况"] += [[row["label"], *map(str, range(2, 2 + width))] for row in group["rows"]]
    third = [["申请人情况", *applications["columns"].values()]]
    for item, label in rows_of(applications["rows"]):
        numbers = ["" if item is None else f"{figures['applications', item, m]:.0f}" for m in applications["columns"]]
        third.append([label, *numbers])
    tables["三、收到和处理政府信息公开申请情况"] = third
    fourth = [["类别", *review["columns"].values()]]
    for row in review["rows"]:
        fourth.append([row["label"], *(f"{figures['review_litigation', row['item'], m]:.0f}" for m in review["columns"])])
    return tables | {"四、政府信息公开行政复议、行政诉讼情况": fourth}


TITLE = "样例市样例局2031年政府信息公开工作年度报告"


def page(figures: Figures) -> str:
    body = f"<h1>{TITLE}</h1><p>一、总体情况</p><p>样例局这一年做好公开。</p>"
    for heading, rows in grids(figures).items():
        body += f"<p>{heading}</p><table>{''.join('<tr>' + ''.join(f'<td>{cell}</td>' for cell in row) + '</tr>' for row in rows)}</table>"
    return f"<html><meta charset=utf-8><body>{body}</body></html>"


def pipes(figures: Figures) -> str:
    lines = [f"# {TITLE}", "## 一、总体情况", "样例局这一年做好公开。"]
    for heading, rows in grids(figures).items():
        table = ["| " + " | ".join(row) + " |" for row in rows]
        lines += [f"## {heading}", "\n".join([table[0], "|" + " --- |" * len(rows[0]), *table[1:]])]
    return "\n\n".join(lines)


LAYOUTS: dict[str, Callable[[Figures], str]] = {"page.html": page, "page.md": pipes}


def built(project: Path, layout: str, figures: Figures) -> sqlite3.Connection:
    document, database = project / layout, project / f"{layout}.db"
    document.write_text(LAYOUTS[layout](figures), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "build.py", layout, "--db", database.name], cwd=project, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return sqlite3.connect(database)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_sound_report_passes_and_errors_in_the_new_row_and_column_are_found(project: Path, layout: str) -> None:
    figures = sound()
    db = built(project, layout, figures)
    assert db.execute("select edition from reports").fetchall() == [("2031",)]
    read = {(s, i, m): value for s, i, m, value in db.execute("select section, item, measure, value from cells where status = 'stated'")}
    assert {place: read.get(place) for place in figures} == figures
    outcomes = dict(db.execute("select check_code, outcome from check_results"))
    assert {code: outcomes[code] for code in SUMS} == dict.fromkeys(SUMS, "pass")
    assert db.execute("select count(*) from findings where check_code in (select code from equations)").fetchone() == (0,)
    assert db.execute("select name_en from measures where code = ?", [COLUMN]).fetchone() == ("Sample partners",)
    assert db.execute("select name_en from items where code = ?", [ROW]).fetchone() == ("Sample: returned",)
    for place in (("applications", "disclosed", COLUMN), ("applications", ROW, "business")):
        altered = figures | {place: (figures[place] or 0) + 40}
        found = built(project, layout, altered).execute(
            "select check_code, item, measure, verdict, message_en from findings where check_code in (select code from equations)"
        )
        told = {row[:4]: row[4] for row in found}
        _, item, measure = place
        assert set(told) == {
            ("applications_handled_sum", "handled", measure, "report"),
            ("applications_row_total", item, "total", "report"),
        }
        assert "Sample" in "".join(told.values())


def test_what_a_document_lacks_of_the_new_form_is_named_and_not_passed(project: Path) -> None:
    """A report of the new edition without one of its rows: the sums of its columns cannot be judged."""
    figures = sound()
    whole = page(figures)
    at = whole.index("<tr><td>2.申请人逾期未按收费")
    document = whole[:at] + whole[whole.index("</tr>", at) + 5 :]
    (project / "short.html").write_text(document, encoding="utf-8")
    done = subprocess.run([sys.executable, "build.py", "short.html", "--db", "short.db"], cwd=project, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    results = sqlite3.connect(project / "short.db").execute("select check_code, outcome, reason, reason_en from check_results")
    outcomes = {code: (outcome, reason or "", reason_en or "") for code, outcome, reason, reason_en in results}
    assert outcomes["applications_balance"][0] == "pass"
    outcome, reason, reason_en = outcomes["applications_handled_sum"]
    assert outcome == "not_assessable" and "逾期未" in reason and "fee not paid" in reason_en


def test_the_narrative_and_the_year_are_held_against_the_new_form(project: Path) -> None:
    """其他处理 said in the text is all rows of that group, the new one too; a table of 2019 in a report for 2031 is out of date."""
    figures = sound()
    form = new_edition()
    others = sum(figures["applications", row["item"], "total"] or 0 for row in form["tables"][1]["rows"][2]["rows"][-2]["rows"])
    handled = figures["applications", "handled", "total"]
    for said, outcome in ((others, "pass"), (others + 1, "fail")):
        narrative = page(figures).replace(
            "样例局这一年做好公开。", f"2031年，我局办结政府信息公开申请{handled:.0f}件，其中其他处理{said:.0f}件。"
        )
        (project / "said.html").write_text(narrative, encoding="utf-8")
        assert outcomes(project, "said.html")["claim_outcome"] == outcome
    (project / "old.html").write_bytes(layouts.page(Sample("old.html", "样例市样例局", 2031, "2019", sample_figures(5, "2019"))))
    assert outcomes(project, "old.html")["edition_out_of_date"] == "fail"
    (project / "new.html").write_text(page(figures), encoding="utf-8")
    assert outcomes(project, "new.html")["edition_out_of_date"] == "pass"


def outcomes(project: Path, document: str) -> dict[str, str]:
    done = subprocess.run([sys.executable, "build.py", document, "--db", "one.db"], cwd=project, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return dict(sqlite3.connect(project / "one.db").execute("select check_code, outcome from check_results"))


def test_the_report_page_shows_the_new_row_and_column_in_both_languages(project: Path, tmp_path: Path) -> None:
    db = built(project, "page.html", sound())
    [(report,)] = db.execute("select id from reports").fetchall()
    db.close()
    shutil.copy(project / "page.html.db", tmp_path / "portal.db")
    with serving(tmp_path) as server:
        chinese, english = (httpx.get(f"{server.address}/reports/{report}{asked}").text for asked in ("", "?lang=en"))
    for said in ("3.样例退回处理", "样例合作组织", "2031年样例版"):
        assert said in chinese
    for said in ("Sample: returned", "Sample partners", "sample form of 2031"):
        assert said in english


def test_reports_on_the_form_of_2021_are_read_and_judged_as_before(project: Path) -> None:
    (project / "before.html").write_bytes(layouts.page(MADE))
    found = outcomes(project, "before.html")
    assert {code: found[code] for code in (*SUMS, "edition_out_of_date")} == dict.fromkeys((*SUMS, "edition_out_of_date"), "pass")
    [(edition,)] = sqlite3.connect(project / "one.db").execute("select edition from reports").fetchall()
    assert edition == "2021"
