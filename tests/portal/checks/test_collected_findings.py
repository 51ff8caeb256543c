"""In the collected documents is found what people saw in them, and nothing else."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.examples import (
    together,
    whole_report,
)
from tests.support.judged import CODES, judged, outcome
from tests.support.paths import ROOT, SHARED

GOLD_FINDINGS = {
    ("seeds/gold/004_7757501a506af049.txt.json", "signed_before_period_end", "signed_on", "2020-01-09", "2020-12-31"),
    ("corpus/gold/hongze_2023.pdf.json", "edition_out_of_date", "applications", "2019", "2021"),
    ("corpus/gold/hongze_2023.pdf.json", "review_litigation_total", "reconsideration", "0", "11"),
    ("corpus/gold/hongze_2023.pdf.json", "review_litigation_total", "litigation_after_reconsideration", "0", "5"),
    ("corpus/gold/pingtan_2020.html.json", "applications_handled_sum", "natural_person", "20", "26"),
    ("corpus/gold/pingtan_2020.html.json", "applications_handled_sum", "total", "21", "27"),
}


def test_the_figures_read_by_hand_contradict_themselves_where_people_saw_it() -> None:
    """Headings are not part of the hand-read figures, so 牡丹江市政府办 2019 has its finding only in the built portal."""
    if not SHARED.exists():
        pytest.skip("../shared with the hand-read figures is not here")
    corpus = ("hongze_2023.pdf", "pingtan_2019.html", "pingtan_2020.html", "pingtan_2021.txt", "pingtan_2022.txt")
    names = [f"corpus/gold/{name}.json" for name in (*corpus, "hangzhou_2025.html", "shanghai_stcsm_2024.md")]
    names += [f"seeds/gold/{path.name}" for path in sorted((SHARED / "seeds/gold").glob("*.json"))]
    parts, source = [], {}
    for number, name in enumerate(names):
        gold = json.loads((SHARED / name).read_text(encoding="utf-8"))
        report_id = f"gold{number:02}-{gold['year']}"
        source[report_id] = name
        figures = {(section, item, measure): value for section, item, measure, _, value in gold["cells"]}
        about = {"agency": gold["agency"], "year": gold["year"]} | ({"signed_on": s} if (s := gold.get("signed_on")) else {})
        parts.append(whole_report(report_id, gold["edition"], figures, **about))
    db = judged(together(parts))
    figures_of = dict(db.execute("select id, printed || ' ' || expected from findings where verdict = 'report'").fetchall())
    assert {(source[id_[:11]], *id_[12:].split("-", 1), *shown.split(" ")) for id_, shown in figures_of.items()} == GOLD_FINDINGS
    xiangzhou = next(id_ for id_, name in source.items() if "001_e5c4" in name)
    assert {outcome(db, code, xiangzhou) for code in CODES[:2] + CODES[4:6]} == {"not_assessable"}
    assert outcome(db, "applications_row_total", xiangzhou) == "not_assessable"
    pairs = db.execute("select outcome, count(*) from check_results where check_code = 'carried_over_between_years' group by 1")
    assert dict(pairs.fetchall()) == {"pass": 3, "not_assessable": 9}


SEED_FINDINGS = {
    ("350582-canlian-2020", "signed_before_period_end", None, None, "2020-01-09", "report"),
    ("231000-zhengfuban-2019", "section_heading_wrong", None, None, "三、本年度办理结果", "report"),
    ("231000-zhengfuban-2019", "claim_handled", "handled", "total", "19", "report"),
    ("340603-canlian-2020", "claim_parts_sum", None, None, "158", "report"),
}
COLLECTION_FINDINGS = SEED_FINDINGS | {
    ("320813-zhengfu-2023", "edition_out_of_date", None, None, "2019", "report"),  # 其他处理 in one row
    ("350128-guanweihui-2020", "jump", "licensing", "decisions", "2278", "undecided"),  # 181 the year before
    ("320813-zhengfu-2023", "review_litigation_total", "reconsideration", "total", "0", "report"),
    ("320813-zhengfu-2023", "review_litigation_total", "litigation_after_reconsideration", "total", "0", "report"),
    ("350128-guanweihui-2020", "applications_handled_sum", "handled", "natural_person", "20", "report"),
    ("350128-guanweihui-2020", "applications_handled_sum", "handled", "total", "21", "report"),
    ("310000-kewei-2024", "claim_parts_sum", None, None, "2139", "reading"),
    ("350128-guanweihui-2022", "claim_received", "received", "total", "75", "reading"),  # with the one carried in
    ("350128-guanweihui-2022", "claim_received", "received", "natural_person", "72", "reading"),
}


@pytest.mark.parametrize(
    ("folder", "expected"),
    [(SHARED / "seeds/docs", SEED_FINDINGS), (ROOT / "data/reports", COLLECTION_FINDINGS)],
    ids=["seeds", "collection"],
)
def test_the_built_portal_finds_what_is_wrong_and_nothing_else(folder: Path, expected: set[Any], tmp_path: Path) -> None:
    for needed in (folder, ROOT / "build.py"):
        if not needed.exists():
            pytest.skip(f"{needed.name} is not here")
    path = tmp_path / "portal.db"
    subprocess.run([sys.executable, "build.py", str(folder), "--db", str(path)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    db = sqlite3.connect(path)
    assert set(db.execute("select report_id, check_code, item, measure, printed, verdict from findings")) == expected
    blank = "420607-minzhengju-2020"
    assert {outcome(db, code, blank) for code in CODES[:3]} == {"not_assessable"}
