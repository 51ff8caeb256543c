"""A collection of hostile files, built as any other: each is a recorded outcome, none ends the build, and nothing of a report is lost unsaid.

Those files that are dear to read are measured by `python -m bench hostile`.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from portal.build.store import Store
from tests.support.held import PRINTED, not_right_in
from tests.support.paths import ROOT

CHEAP = (ROOT / "tests" / "support" / "hostile" / "cheap.txt").read_text(encoding="utf-8").splitlines()
GROUPS = sorted({name.partition("/")[0] for name in CHEAP})
# A reason is a sentence in Chinese, with what to do, and the same in English.
REASON = re.compile(r"[一-鿿].*\([A-Za-z].*\)$")
REMEDY = re.compile("请|应|另存|没有报告的标题")
WITHOUT_A_REPORT = ("pdfs/", "compound/")  # groups whose honest part is a page, no report


def built(folder: Path, names: list[str]) -> dict[str, str | None]:
    """Of each file why it is refused, from a build of all."""
    (folder / "files").mkdir()
    subprocess.run([sys.executable, "-m", "tests.support.hostile", folder / "files", *names], cwd=ROOT, check=True)
    done = subprocess.run([sys.executable, ROOT / "build.py", "files"], cwd=folder, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stdout + done.stderr
    with sqlite3.connect(f"file:{folder / 'portal.db'}?mode=ro", uri=True) as db:
        rows = db.execute("select path, refused_because from source_texts").fetchall()
    return {path.removeprefix("files/"): reason for path, reason in rows}


@pytest.mark.parametrize("group", GROUPS)
def test_each_is_a_recorded_outcome(tmp_path: Path, group: str) -> None:
    names = [name for name in CHEAP if name.startswith(f"{group}/")]
    found = built(tmp_path, names)
    assert sorted(found) == sorted(names)
    refused = {name: reason for name, reason in found.items() if reason}
    unclear = {name: reason for name, reason in refused.items() if not (REASON.search(reason) and REMEDY.search(reason))}
    assert not unclear
    assert not {name: reason for name, reason in refused.items() if "report this file" in reason or "took too long" in reason}
    store = Store(tmp_path / "portal.db.readings")
    for name in found.keys() - refused.keys():
        if not name.startswith(WITHOUT_A_REPORT):
            report = store.report(hashlib.sha256((tmp_path / "files" / name).read_bytes()).hexdigest())
            missing = not_right_in(report)  # what is read is printed so
            assert len(missing) < len(PRINTED) / 2 and (not missing or report.status == "partial" or report.notes), name
    store.close()
