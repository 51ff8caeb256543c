"""What converters make of a report in plain text: every figure is read where the columns are kept, none is read wrongly."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from parsers import read_report
from tests.support import drafts, layouts, printed
from tests.support.figures import Sample, figures
from tests.support.readings import Values, truth, values

FILLINGS = dict(zip(("sound", "unbalanced", "small", "blanks", "totals only"), drafts.FILLED, strict=True))


def made(edition: str, filling: str, seed: int = 7) -> Sample:
    return Sample("", "样例市样例局", 2020, edition, FILLINGS[filling](figures(seed, edition), random.Random(seed)))


def found(data: bytes) -> Values:
    report = read_report(data)
    assert not report.refused, report.refused
    return values(report)


def same(read: Values, printed: Values) -> bool:
    return read.keys() == printed.keys() and all(read[k] == (None if v is None else pytest.approx(v)) for k, v in printed.items())


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("filling", FILLINGS)
@pytest.mark.parametrize(
    "layout", [printed.boxed, printed.boxed_ascii, printed.pipe_grid, printed.open_rows, printed.dashed, printed.dashed_apart]
)
def test_every_cell_of_a_text_that_keeps_its_columns(layout: Callable[[Sample], bytes], filling: str, edition: str) -> None:
    sample = made(edition, filling)
    assert same(found(layout(sample)), truth(sample))


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("filling", FILLINGS)
def test_a_cell_per_line_with_blank_lines_for_blank_cells(filling: str, edition: str) -> None:
    """Only a last row that ends blank is left open: nobody sees where it ends."""
    sample = made(edition, filling)
    read, wanted = found(printed.lines(sample)), truth(sample)
    ends = [("applications", "carried_out", "total"), ("review_litigation", "litigation_after_reconsideration", "total")]
    open_rows = {key[1] for key in ends if wanted[key] is None} | {
        item for item in ("reconsideration", "litigation_direct") if wanted[ends[1]] is None
    }
    assert all(
        read.get(key) == (None if value is None else pytest.approx(value)) for key, value in wanted.items() if key[1] not in open_rows
    )
    assert not [key for key, value in read.items() if key[1] in open_rows and value not in (None, wanted[key])]


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("filling", FILLINGS)
def test_every_full_row_of_padded_lines(filling: str, edition: str) -> None:
    """Where merged cells leave no trace, a row that ends blank has lost its width, and a column that is blank in all rows its place."""
    sample = made(edition, filling, seed=31)
    read, wanted = found(printed.padded(sample)), truth(sample)
    assert not [key for key, value in read.items() if value is not None and value != pytest.approx(wanted[key])]
    if filling in ("sound", "unbalanced", "small"):
        assert same(read, wanted)


def test_a_page_beside_padded_lines_is_no_cell() -> None:
    sample = made("2021", "sound")
    lines = printed.padded(sample).decode().split("\n")
    beside = next(n for n, line in enumerate(lines) if "商业企业" in line)
    text = "\n".join((" 栏目导航     " if n == beside else " " * 10) + line if line else "" for n, line in enumerate(lines))
    assert same(found(text.encode()), truth(sample))


def test_a_page_filled_up_to_its_width_is_no_padded_table() -> None:
    """As pdfplumber prints a page with its layout: every line is as wide as the page."""
    sample = made("2021", "sound")
    lines = printed.aligned(sample).decode().split("\n")
    width = max(map(len, lines)) + 4
    assert same(found("\n".join(line.ljust(width) for line in lines).encode()), truth(sample))


def test_a_row_that_sticks_out_of_its_box_leaves_the_table_unread() -> None:
    text = printed.boxed(made("2021", "sound")).decode().split("\n")
    row = next(n for n, line in enumerate(text) if "本年新收政府" in line)
    text[row] += "85    │"
    read = found("\n".join(text).encode())
    assert not [key for key, value in read.items() if key[0] == "applications" and value is not None]


def test_a_figure_broken_over_lines_is_no_figure() -> None:
    """As pdftotext prints narrow columns: 1425 as 142 and below it 5."""
    text = "一、本年新收政府信息公开申请数量  142 256 16 34 58 183\n  5\n二、上年结转政府信息公开申请数量  1 0 0 0 0 0 1\n"
    assert not [key for key, value in found(text.encode()).items() if key[1] == "received" and value is not None]


def test_labels_printed_below_their_figures_are_not_given_those_of_the_next_row() -> None:
    """As pdftotext prints a table without lines: each label after the figures of its row."""
    labels = (
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "（一）予以公开",
        "（七）总计",
        "四、结转下年度继续办理",
    )
    figures = ("142 256\n16\n34\n58\n44 550", "1\n2\n3\n4\n5\n6\n21", "0\n0\n0\n1\n0\n0\n1", "9\n8\n7\n6\n5\n4\n39", "1\n0\n0\n0\n0\n0\n1")
    text = "申请人情况\n法人或其他组织\n自然 总计\n商业企\n人\n" + "".join(
        f"{f}\n{label}\n" for f, label in zip(figures, labels, strict=True)
    )
    assert not [cell for cell in read_report(text.encode()).cells if cell.value is not None]


CONVERTERS: dict[str, Callable[[Path], bytes]] = {}


def converter(function: Callable[[Path], bytes]) -> Callable[[Path], bytes]:
    CONVERTERS[function.__name__] = function
    return function


@converter
def w3m(page: Path) -> bytes:
    if not shutil.which("w3m"):
        pytest.skip("w3m is not installed")
    return subprocess.run(["w3m", "-dump", "-O", "UTF-8", "-I", "UTF-8", "-T", "text/html", page], check=True, capture_output=True).stdout


@converter
def trafilatura(page: Path) -> bytes:
    library = pytest.importorskip("trafilatura", reason="trafilatura is not installed", exc_type=ImportError)
    return (library.extract(page.read_text(encoding="utf-8"), include_tables=True, favor_recall=True) or "").encode()


@converter
def html2text(page: Path) -> bytes:
    library = pytest.importorskip("html2text", reason="html2text is not installed")
    text: str = library.html2text(page.read_text(encoding="utf-8"))
    return text.encode()


@pytest.mark.parametrize("filling", FILLINGS)
@pytest.mark.parametrize("convert", CONVERTERS.values(), ids=CONVERTERS)
def test_every_cell_of_what_a_converter_makes_of_a_page(convert: Callable[[Path], bytes], filling: str, tmp_path: Path) -> None:
    sample = made("2021", filling)
    (tmp_path / "page.html").write_bytes(layouts.page(sample))
    assert same(found(convert(tmp_path / "page.html")), truth(sample))


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_a_bar_at_the_end_of_an_open_row_is_beside_a_blank_cell(edition: str) -> None:
    sample = made(edition, "blanks", seed=31)
    text = printed.open_rows(sample)
    assert b"|   \n" in text
    assert same(found(text), truth(sample))


@pytest.mark.parametrize("filling", ["sound", "blanks"])
def test_a_row_without_its_hard_break_is_not_run_into_the_next(filling: str) -> None:
    sample = made("2021", filling)
    lines, wanted = printed.open_rows(sample).decode().split("\n"), truth(sample)
    for number, line in enumerate(lines):
        if "| " in line:
            text = "\n".join([*lines[:number], line.rstrip(" |"), *lines[number + 1 :]])
            read = found(text.encode())
            assert not [key for key, value in read.items() if value is not None and value != pytest.approx(wanted[key])], line
