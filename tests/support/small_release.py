"""A release of one small table, for the pages that list releases."""

from __future__ import annotations

import json
from pathlib import Path

from portal.build.inspect_data import digest


def add_release(folder: Path) -> None:
    """A small release beside the site's database, as `make release` leaves them."""
    release = folder / "dist" / "2024-05-01"
    (release / "csv").mkdir(parents=True)
    (release / "csv" / "reports.csv").write_text("id\nsample-2022\n", encoding="utf-8")
    (release / "changes.csv").write_text(
        "kind,change,report_id,section,item,measure,id,before,after\nreport,came,x,,,,x,,read\n", encoding="utf-8"
    )
    licence = {"name": "CC-BY-4.0", "title": "CC BY 4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}
    tables = [{"path": "csv/reports.csv", "title": "报告 · Reports"}]
    package = {"created": "2024-05-01T00:00:00+00:00", "licenses": [licence], "resources": tables}
    (release / "datapackage.json").write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
    names = ("changes.csv", "csv/reports.csv", "datapackage.json")
    (release / "SHA256SUMS").write_text("".join(f"{digest(release / name)}  {name}\n" for name in names), encoding="utf-8")
