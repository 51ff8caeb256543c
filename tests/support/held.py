"""One sample report, wrapped in ever other ways, and what is read of it held against what it prints."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

from parsers import read_report
from parsers.model import Report
from tests.support import layouts
from tests.support.figures import Key, Sample, figures
from tests.support.readings import truth

MADE = Sample("sample", "样例市样例局", 2022, "2021", figures(5, "2021"))
PAGE = layouts.page(MADE).decode()
LICENSING: Key = ("proactive_disclosure", "licensing", "decisions")
PENALTIES: Key = ("proactive_disclosure", "penalties", "decisions")


PRINTED = truth(MADE)


def not_right(data: bytes, printed: Mapping[Key, float | None] = PRINTED) -> set[Key]:
    """The cells that are not read as printed: unreadable or not there. No other number may be read, and no blank that nobody left."""
    return not_right_in(read_report(data), printed)


def not_right_in(report: Report, printed: Mapping[Key, float | None] = PRINTED) -> set[Key]:
    assert not report.refused, report.refused
    read = {(cell.section, cell.item, cell.measure): cell for cell in report.cells}
    wrong = {key: (read[key].value, read[key].status) for key in read if key not in printed or read[key].value not in (None, printed[key])}
    assert not wrong
    blank = {key for key, cell in read.items() if cell.status == "blank" and printed[key] is not None}
    assert not blank
    return {key for key, value in printed.items() if key not in read or read[key].value != value}


def notes(data: bytes) -> set[str]:
    return {note.code for note in read_report(data).notes}


def zipped(files: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()
