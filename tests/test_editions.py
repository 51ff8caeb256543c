"""Adding an edition of the form is adding a YAML file: shown with a made-up one, in a copy of the project."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
READ = """
import json, sys
from parsers import read_report
report = read_report(open(sys.argv[1], "rb").read())
print(json.dumps([[c.section, c.item, c.measure, c.value, c.status, c.edition] for c in report.cells]))
"""
PAGE = """<h1>样例市样例局2031年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>样例局这一年登载信息12条。</p>
<p>二、主动公开政府信息情况</p><table>
<tr><td colspan="4">第二十条第（一）项</td></tr>
<tr><td>信息内容</td><td>本年立项件数</td><td>本年印发件数</td><td>年末有效件数</td></tr>
<tr><td>规章</td><td>1</td><td>2</td><td>31</td></tr><tr><td>样例规则</td><td>4</td><td>5</td><td>/</td></tr></table>
<p>三、收到和处理政府信息公开申请情况</p><p>（略）</p>"""


def made_up_edition() -> dict[str, object]:
    form: dict[str, object] = yaml.safe_load((ROOT / "data" / "forms" / "2021.yml").read_text(encoding="utf-8"))
    tables = form["tables"]
    assert isinstance(tables, list)
    group = tables[0]["groups"][0]
    group["columns"] = {"planned": "本年立项件数", "issued": "本年印发件数", "in_force": "年末有效件数"}
    group["rows"] = [{"item": "rules", "label": "规章"}, {"item": "sample_rules", "label": "样例规则"}]
    return form | {"edition": "2031", "name": "2031年样例版", "notice": "样例"}


def test_a_new_yaml_file_is_read_written_and_named(tmp_path: Path) -> None:
    for name in ("parsers", "portal", "data", "build.py", "pyproject.toml"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "reports"))
        else:
            shutil.copy(source, tmp_path / name)
    (tmp_path / "data" / "forms" / "2031.yml").write_text(
        yaml.safe_dump(made_up_edition(), allow_unicode=True, sort_keys=False), encoding="utf-8"
    )
    page = tmp_path / "page.html"
    page.write_text(PAGE, encoding="utf-8")

    done = subprocess.run([sys.executable, "-c", READ, page], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    cells = {tuple(cell[:3]): cell[3:] for cell in json.loads(done.stdout)}
    assert cells["proactive_disclosure", "rules", "planned"] == [1.0, "stated", "2031"]
    assert cells["proactive_disclosure", "sample_rules", "issued"] == [5.0, "stated", "2031"]
    assert cells["proactive_disclosure", "sample_rules", "in_force"] == [None, "blank", "2031"]

    built = subprocess.run(
        [sys.executable, "build.py", page, "--db", tmp_path / "new.db"], cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    assert built.returncode == 0, built.stderr
    with sqlite3.connect(tmp_path / "new.db") as db:
        assert db.execute("select edition from reports").fetchall() == [("2031",)]
        assert db.execute("select name from items where code = 'sample_rules'").fetchall() == [("样例规则",)]
        assert db.execute("select name from measures where code = 'planned'").fetchall() == [("本年立项件数",)]


def test_the_page_means_nothing_without_its_edition() -> None:
    done = subprocess.run([sys.executable, "-c", READ, "/dev/stdin"], cwd=ROOT, input=PAGE, capture_output=True, text=True, timeout=60)
    assert json.loads(done.stdout) == []
