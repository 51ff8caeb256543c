"""Sample reports about made-up agencies, one per layout in which real ones are found.

    python -m tests.support.make [FOLDER]      writes every document and its .expected.csv, into tests/samples by default

The documents without figures (not_a_report.html, tables_missing.html, empty.txt, binary.bin) are written by hand.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable
from pathlib import Path

from tests.support import layouts
from tests.support.figures import Figures, Sample, expected, figures
from tests.support.paths import SAMPLES
from tests.support.transcription import transcription


def totals_only(printed: Figures) -> Figures:
    """As an office does that leaves the applicants blank and fills in the totals alone."""
    return {key: "" if key[0] == "applications" and key[2] != "total" else text for key, text in printed.items()}


def blank_zeros(printed: Figures, item: str) -> Figures:
    """Blank where a row of section 3 has zeros, as in seed 002's last row."""
    return {key: "" if key[1] == item and text == "0" else text for key, text in printed.items()}


def unreadable(printed: Figures, item: str) -> Figures:
    """A row that the collected document does not decide: transcribed as ?."""
    return {key: "?" if key[1] == item else text for key, text in printed.items()}


def mistaken(printed: Figures) -> Figures:
    """One arithmetic mistake: the total of 行政复议 is one more than its outcomes."""
    key = ("review_litigation", "reconsideration", "total")
    return printed | {key: str(int(printed[key]) + 1)}


def not_applicable(printed: Figures, item: str, mark: str) -> Figures:
    """A mark where the office has no such matter, as departments print for 规章."""
    return {key: mark if key[1] == item else text for key, text in printed.items()}


BLANK_TOTAL: Figures = {("applications", "withheld_security", "total"): ""}
MADE: list[tuple[Sample, Callable[[Sample], bytes]]] = [
    (
        Sample("plain_cell_per_line.txt", "样例市残疾人联合会", 2020, "2019", figures(3, "2019"), "2021-01-26"),
        layouts.cell_per_line,
    ),
    (
        Sample("plain_pipes_one_line.txt", "样例市样例区民政局", 2020, "2019", totals_only(figures(4, "2019"))),
        layouts.pipes_one_line,
    ),
    (
        Sample("plain_pipe_line_ends.txt", "样例市人民政府办公室", 2019, "2019", blank_zeros(figures(9, "2019"), "carried_out")),
        layouts.pipe_line_ends,
    ),
    (
        Sample("plain_tabs_fullwidth.txt", "样例市样例区残疾人联合会", 2020, "2019", figures(6, "2019") | BLANK_TOTAL),
        layouts.tabs_fullwidth,
    ),
    (Sample("plain_tabs.txt", "样例县残疾人联合会", 2020, "2019", figures(7, "2019"), signed_on="2021-01-11"), layouts.tabs),
    (Sample("page_2021.html", "样例市样例区人民政府", 2023, "2021", figures(8, "2021"), "2024-01-18"), layouts.page),
    (
        Sample(
            "page_2019_gb18030.html",
            "样例市教育局",
            2019,
            "2019",
            not_applicable(blank_zeros(figures(5, "2019"), "other"), "compulsion", "—"),
            "2020-01-15",
        ),
        layouts.page_gb18030,
    ),
    (
        Sample("word_made.html", "样例市卫生健康委员会", 2022, "2021", not_applicable(mistaken(figures(10, "2021")), "rules", "/")),
        layouts.word_made,
    ),
    (
        Sample(
            "transcription.md",
            "样例市样例区人民政府办公室",
            2021,
            "2021",
            unreadable(figures(2, "2021"), "carried_in"),
            "2022-01-20",
            "2022-01-17",
        ),
        transcription,
    ),
]


def main(folder: Path) -> None:
    for sample, render in MADE:
        (folder / sample.file).write_bytes(render(sample))
        with (folder / f"{sample.file}.expected.csv").open("w", encoding="utf-8", newline="") as out:
            header = ("section", "item", "measure", "printed", "value")
            csv.writer(out, lineterminator="\n").writerows([header, *expected(sample)])
        print(f"{sample.file} and its {len(sample.printed)} expected cells")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES)
