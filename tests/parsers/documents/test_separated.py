"""Text as spreadsheets save it (CSV): every cell where the sheet has it; a row with a cell too few or too many gives no figure."""

from __future__ import annotations

import csv
import io

import pytest

from parsers import read_report
from tests.support.held import MADE, not_right, notes
from tests.support.layouts import parts

WIDEST = 15


def sheet() -> list[list[str]]:
    """The sample as a sheet: a heading or a row of a table on each line, merged cells at their first place."""
    rows = [[MADE.title]]
    for part in parts(MADE):
        if isinstance(part, str):
            rows.append([part])
            continue
        first, taken = len(rows), set[tuple[int, int]]()
        rows += [[""] * WIDEST for _ in part]
        for number, row in enumerate(part):
            column = 0
            for text, wide, tall in row:
                while (number, column) in taken:
                    column += 1
                rows[first + number][column] = text
                taken |= {(r, c) for r in range(number, number + tall) for c in range(column, column + wide)}
    return rows


def saved(
    rows: list[list[str]], separator: str = ",", encoding: str = "utf-8", quoting: int = csv.QUOTE_MINIMAL, before: str = ""
) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return (before + out.getvalue()).encode(encoding)


PADDED = [row + [""] * (WIDEST - len(row)) for row in sheet()]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_each_cell_is_read(separator: str, encoding: str) -> None:
    assert not_right(saved(PADDED, separator, encoding)) == set()
    assert not_right(saved(sheet(), separator, encoding, csv.QUOTE_ALL)) == set()


def test_a_sheet_that_names_its_separator() -> None:
    report = read_report(saved(sheet(), ";", before="sep=;\r\n"))
    assert report.document.media_type == "text/csv" and report.identity.agency == MADE.agency and report.status == "read"


def test_figures_with_commas_in_quotes() -> None:
    grouped = [[f"{int(cell):,}" if cell.isdecimal() else cell for cell in row] for row in PADDED]
    assert not_right(saved(grouped)) == set()


@pytest.mark.parametrize("rows", [PADDED, sheet()], ids=["padded", "not padded"])
def test_a_row_with_a_cell_too_few_gives_no_figure(rows: list[list[str]]) -> None:
    for number, row in enumerate(rows):
        figures = [at for at, cell in enumerate(row) if cell.isdecimal()]
        if len(figures) >= 7:
            broken = [*rows[:number], row[: figures[2]] + row[figures[2] + 1 :], *rows[number + 1 :]]
            assert len(not_right(saved(broken))) == len(figures), row


def test_a_row_of_nothing_but_figures_that_is_short_gives_none() -> None:
    """Where the commas at the ends of lines are left out, as some programs do."""
    cut = [row[: max((at + 1 for at, cell in enumerate(row) if cell), default=1)] for row in sheet()]
    assert not_right(saved(cut)) == set()
    number = next(at for at, row in enumerate(cut) if len(row) == WIDEST and all(map(str.isdecimal, row)))
    broken = [*cut[:number], cut[number][:3] + cut[number][4:], *cut[number + 1 :]]
    assert len(not_right(saved(broken))) == WIDEST


def test_lines_of_text_with_commas_are_no_sheet() -> None:
    prose = "".join(f"{year}年,共收到申请12件,其中公开3件,按时办结\n" for year in range(2000, 2012))
    assert read_report(prose.encode()).document.media_type == "text/plain"
    assert "character_lost" not in notes(prose.encode())
