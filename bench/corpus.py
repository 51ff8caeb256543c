"""The collected documents beside the repository, against the figures read from them by hand."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from bench.accuracy import Tally, judge, record, values_of
from bench.documents import COLLECTED
from parsers import read_report


def documents() -> Iterator[Path]:
    """The collected documents that figures were read from by hand."""
    for folder in COLLECTED:
        yield from (folder / gold.stem for gold in sorted((folder.parent / "gold").glob("*.json")))


def tally(document: Path) -> Tally:
    """How the cells of one collected document are read; those that it does not decide are left out."""
    gold = json.loads((document.parent.parent / "gold" / f"{document.name}.json").read_text(encoding="utf-8"))
    open_cells = set(gold.get("undecidable", []))
    printed = {(s, i, m): v for s, i, m, _, v in gold.get("cells", []) if not {f"{s}/{i}", f"{s}/{i}/{m}"} & open_cells}
    read = values_of(read_report(document.read_bytes()))
    found = {key: value for key, value in read.items() if f"{key[0]}/{key[1]}" not in open_cells}
    if gold.get("expect") == "partial":  # a page cut short has more cells than its gold
        found = {key: value for key, value in found.items() if key in printed}
    return judge(found, printed)


def run() -> None:
    """Right, abstained and wrong by format; cells that the document itself does not decide are left out."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    count: dict[str, int] = defaultdict(int)
    for document in documents():
        kind = document.name.rsplit(".", 1)[1]
        tallies[kind] += tally(document)
        count[kind] += 1
    if not tallies:
        print("the collected documents (../shared) are not beside this repository")
        return
    rows = [[kind, str(count[kind]), str(t.right), str(t.abstained), str(t.wrong)] for kind, t in sorted(tallies.items())]
    note = (
        "真实的报告，与逐格抄录的数字相比。Real reports beside figures transcribed by hand; cells a document does not decide are left out."
    )
    record("真实文件 · Collected documents", note, ["format", "documents", "right", "abstained", "wrong"], rows)
