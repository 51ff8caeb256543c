"""Adding an edition of the form is adding a YAML file: shown with a made-up one, in a copy of the project."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.paths import ROOT

READ = """
import json, sys
from parsers import read_report
for path in sys.argv[1:]:
    report = read_report(open(path, "rb").read())
    print(json.dumps([[c.section, c.item, c.measure, c.value, c.status, c.edition] for c in report.cells]))
"""
PAPER = """
import json, sqlite3
from portal.pages import form_on_paper as paper
from portal.pages import report
db = sqlite3.connect("new.db")
db.row_factory = sqlite3.Row
rows = lambda sql, values=None: [dict(row) for row in db.execute(sql, values or {})]
cells = report.cells(rows, *db.execute("select reports.id, text from reports join source_texts on source_texts.id = source_id").fetchone())
forms = paper.forms(rows)
grids = {section: paper.lay_out(section, [c for c in cells if c["section"] == section], forms) for section in ("proactive_disclosure", "applications")}
print(json.dumps({s: [g["edition"], [[box["text"] or (box.get("cell") or {}).get("printed") for box in row] for row in g["rows"]], len(g["extra"])] for s, g in grids.items()}))
"""
APPLICANTS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "样例组织", "其他", "总计"]
LABELS = [
    "一、本年新收样例申请数量",
    "二、上年结转政府信息公开申请数量",
    "（一）予以公开",
    "（二）样例公开",
    "（七）总计",
    "四、结转下年度继续办理",
]
OUTCOMES = ["结果维持", "样例结果", "结果纠正", "其他结果", "尚未审结", "总计"]
REVIEW = [1, 2, 3, 4, 5, 15, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 7]
ROWS = [
    [3, 1, 0, 0, 0, 5, 0, 9],
    [0] * 8,
    [2, 1, 0, 0, 0, 1, 0, 4],
    [1, 0, 0, 0, 0, 3, 0, 4],
    [3, 1, 0, 0, 0, 4, 0, 8],
    [0, 0, 0, 0, 0, 1, 0, 1],
]


def page() -> str:
    rows = "".join(f"<tr><td>{label}</td>{''.join(f'<td>{n}</td>' for n in row)}</tr>" for label, row in zip(LABELS, ROWS, strict=True))
    return f"""<h1>样例市样例局2031年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>样例局这一年登载信息12条。</p>
<p>二、主动公开政府信息情况</p><table>
<tr><td colspan="4">第二十条第（一）项</td></tr>
<tr><td>信息内容</td><td>本年立项件数</td><td>本年印发件数</td><td>年末有效件数</td></tr>
<tr><td>规章</td><td>1</td><td>2</td><td>31</td></tr><tr><td>样例规则</td><td>4</td><td>5</td><td>/</td></tr></table>
<p>三、收到和处理政府信息公开申请情况</p><table><tr><td></td>{"".join(f"<td>{a}</td>" for a in APPLICANTS)}</tr>{rows}</table>
<p>四、政府信息公开行政复议、行政诉讼情况</p><table>
<tr><td colspan="6" rowspan="2">行政复议</td><td colspan="12">行政诉讼</td></tr>
<tr><td colspan="6">未经复议直接起诉</td><td colspan="6">复议后起诉</td></tr>
<tr>{"".join(f"<td>{outcome}</td>" for outcome in OUTCOMES * 3)}</tr><tr>{"".join(f"<td>{n}</td>" for n in REVIEW)}</tr></table>"""


def lines() -> str:
    """The same tables as text with a cell on each line."""
    third = ["申请人情况", "自然人", "法人或其他组织", "总计", *APPLICANTS[1:-1]]
    third += [str(cell) for label, row in zip(LABELS, ROWS, strict=True) for cell in (label, *row)]
    fourth = ["行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉", *OUTCOMES * 3, *map(str, REVIEW)]
    text = ["样例市样例局2031年政府信息公开工作年度报告", "三、收到和处理政府信息公开申请情况", *third]
    return "\n\n".join([*text, "四、政府信息公开行政复议、行政诉讼情况", *fourth])


def made_up_edition() -> dict[str, Any]:
    form: dict[str, Any] = yaml.safe_load((ROOT / "data" / "forms" / "2021.yml").read_text(encoding="utf-8"))
    proactive, applications, review = form["tables"]
    review["columns"] = {"upheld": "结果维持", "sample_outcome": "样例结果", **review["columns"]}
    group = proactive["groups"][0]
    group["columns"] = {"planned": "本年立项件数", "issued": "本年印发件数", "in_force": "年末有效件数"}
    group["rows"] = [{"item": "rules", "label": "规章"}, {"item": "sample_rules", "label": "样例规则"}]
    columns = applications["columns"]
    total = columns.pop("total"), columns.pop("other_org")
    applications["columns"] = columns | {"sample_org": "样例组织", "other_org": total[1], "total": total[0]}
    results = [{"item": "disclosed", "label": "（一）予以公开"}, {"item": "sample_disclosed", "label": "（二）样例公开"}]
    applications["rows"] = [
        {"item": "received", "label": LABELS[0]},
        applications["rows"][1],
        {"group": "三、本年度办理结果", "rows": [*results, {"item": "handled", "label": "（七）总计"}]},
        {"item": "carried_out", "label": LABELS[-1]},
    ]
    _, handled, rows, outcomes = form["equations"]
    outcomes["sum"].insert(0, "sample_outcome")
    rows["sum"] = [measure for measure in applications["columns"] if measure != "total"]
    handled["sum"] = ["disclosed", "sample_disclosed"]
    english = {"items": {"sample_disclosed": "Sample result"}, "measures": {"sample_org": "Sample organisations"}}
    return form | {"edition": "2031", "name": "2031年样例版", "notice": "样例", "names_en": english}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with one YAML file more."""
    folder = tmp_path_factory.mktemp("edition")
    for name in ("parsers", "portal", "data", "build.py", "pyproject.toml"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__", "reports"))
        else:
            shutil.copy(source, folder / name)
    form = yaml.safe_dump(made_up_edition(), allow_unicode=True, sort_keys=False)
    (folder / "data" / "forms" / "2031.yml").write_text(form, encoding="utf-8")
    return folder


def run(project: Path, *arguments: str | Path, text: str | None = None) -> str:
    done = subprocess.run([sys.executable, *arguments], cwd=project, capture_output=True, text=True, timeout=60, input=text)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_new_yaml_file_is_read(project: Path) -> None:
    cells = {tuple(cell[:3]): cell[3:] for cell in json.loads(run(project, "-c", READ, "/dev/stdin", text=page()))}
    assert cells["proactive_disclosure", "rules", "planned"] == [1.0, "stated", "2031"]
    assert cells["proactive_disclosure", "sample_rules", "issued"] == [5.0, "stated", "2031"]
    assert cells["proactive_disclosure", "sample_rules", "in_force"] == [None, "blank", "2031"]
    assert cells["applications", "sample_disclosed", "sample_org"] == [3.0, "stated", "2031"]
    assert cells["applications", "received", "total"] == [9.0, "stated", "2031"]
    assert cells["review_litigation", "reconsideration", "sample_outcome"] == [2.0, "stated", "2031"]
    assert cells["review_litigation", "litigation_after_reconsideration", "total"] == [7.0, "stated", "2031"]


def test_its_tables_are_read_as_text_too(project: Path) -> None:
    cells = {tuple(cell[:3]): cell[3:] for cell in json.loads(run(project, "-c", READ, "/dev/stdin", text=lines()))}
    assert cells["applications", "sample_disclosed", "sample_org"] == [3.0, "stated", "2031"]
    assert cells["review_litigation", "litigation_after_reconsideration", "sample_outcome"] == [7.0, "stated", "2031"]
    assert len(cells) == len(LABELS) * len(APPLICANTS) + len(REVIEW)


SAMPLES = sorted(path for path in (ROOT / "tests" / "samples").iterdir() if path.with_name(f"{path.name}.expected.csv").exists())


def test_the_editions_before_it_are_read_as_before(project: Path) -> None:
    after, before = (run(folder, "-c", READ, *SAMPLES).splitlines() for folder in (project, ROOT))
    assert len(SAMPLES) == len(after) > 5
    for sample, read, read_before in zip(SAMPLES, after, before, strict=True):
        assert len(json.loads(read)) > 100 and read == read_before, sample.name


def test_it_is_written_named_and_laid_out_and_accuses_nobody(project: Path) -> None:
    (project / "page.html").write_text(page(), encoding="utf-8")
    run(project, "build.py", "page.html", "--db", "new.db")
    with sqlite3.connect(project / "new.db") as db:
        assert db.execute("select edition from reports").fetchall() == [("2031",)]
        assert db.execute("select name from items where code = 'sample_rules'").fetchall() == [("样例规则",)]
        assert db.execute("select name from measures where code in ('planned', 'sample_org')").fetchall() == [
            ("本年立项件数",),
            ("样例组织",),
        ]
        cell = "select value, printed, status from cells where item = 'sample_disclosed' and measure = 'sample_org'"
        assert db.execute(cell).fetchall() == [(3.0, "3", "stated")]
        assert db.execute("select sample_org from applications where item = 'received'").fetchall() == [(5.0,)]
        assert db.execute("select check_code, message from findings where verdict = 'report' and item is not null").fetchall() == []
    (edition, rows, extra), (applied, lines, left) = json.loads(run(project, "-c", PAPER)).values()
    assert (edition, applied, extra, left) == ("2031", "2031", 0, 0)
    assert ["信息内容", "本年立项件数", "本年印发件数", "年末有效件数"] in rows and ["样例规则", "4", "5", "/"] in rows
    assert [LABELS[0], *map(str, ROWS[0])] in lines


def test_the_page_means_nothing_without_its_edition() -> None:
    done = subprocess.run([sys.executable, "-c", READ, "/dev/stdin"], cwd=ROOT, input=page(), capture_output=True, text=True, timeout=60)
    cells = json.loads(done.stdout)
    assert not [cell for cell in cells if cell[0] == "proactive_disclosure" or "sample" in cell[1] + cell[2] or cell[5] == "2031"]
