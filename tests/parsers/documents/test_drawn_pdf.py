"""PDF drawn by hand: ruled tables, page ends, turned and struck-out text, hostile files."""

from __future__ import annotations

import re
import zlib

import pytest

from parsers.documents.pages.pdf import read_pdf
from parsers.printed.decode import Undecodable
from tests.support.drawn_pdf import ROWS, drawn, grid, rows_of, text


def as_boxes(drawing: str) -> str:
    """Lines as thin filled boxes."""

    def box(match: re.Match[str]) -> str:
        x0, y0, x1, y1 = map(float, match.groups())
        return f"{min(x0, x1) - 0.3} {min(y0, y1) - 0.3} {abs(x1 - x0) + 0.6} {abs(y1 - y0) + 0.6} re f"

    return re.sub(r"(\S+) (\S+) m (\S+) (\S+) l S", box, drawing)


@pytest.mark.parametrize(
    "data",
    [
        drawn(grid(ROWS)),
        drawn(as_boxes(grid(ROWS))),
        drawn("[3 2] 0 d " + grid(ROWS)),
        drawn(grid(ROWS) + "\n" + grid([[""] * 3] * 3, 698, 102)),
        drawn(grid(ROWS), extra="/Rotate 90"),
        drawn("0 1 -1 0 600 0 cm " + grid(ROWS, 400)),
        drawn("q 0.5 0 0 0.5 50 90 cm /X Do Q", forms=grid(ROWS)),
    ],
    ids=["lines", "thin boxes", "dashes", "double lines", "rotated page", "turned text", "form"],
)
def test_the_cells_of_a_ruled_table(data: bytes) -> None:
    assert rows_of(read_pdf(data)) == ROWS


def test_a_table_goes_on_over_a_page_end_past_running_lines_and_a_repeated_header() -> None:
    first = text(300, 780, "County") + grid([["a", "b", "c"], ["d", "1", "2"]], 100) + text(300, 20, "- 1 -")
    second = text(300, 780, "County") + grid([["a", "b", "c"], ["e", "3", "4"]], 760) + text(300, 20, "- 2 -")
    document = read_pdf(drawn(first, second))
    assert rows_of(document) == [["a", "b", "c"], ["d", "1", "2"], ["e", "3", "4"]]
    assert "County" not in document.text and "- 1" not in document.text


def test_a_figure_cut_by_a_page_end_is_never_its_first_half() -> None:
    found = rows_of(read_pdf(drawn(grid([["a", "b"], ["d", "12"]], 60), grid([["", "34"], ["e", "5"]], 760))))
    assert found == [["a", "b"], ["d", "12 34"], ["e", "5"]]


def test_the_rest_of_a_cell_below_the_last_line_of_a_page_is_its_own() -> None:
    """A browser ends the lines with the last whole row, and goes on with the words of a cell of several rows."""
    upright = (
        "".join(f"{x} 60 m {x} 20 l S " for x in (100, 180, 260, 340)) + "100 60 m 340 60 l S 180 40 m 340 40 l S 180 20 m 340 20 l S "
    )
    first = (
        upright
        + text(105, 46, "con")
        + text(105, 10, "tent")
        + text(185, 46, "b")
        + text(185, 26, "c")
        + text(265, 46, "d")
        + text(265, 26, "e")
    )
    lower = (
        "".join(f"{x} 760 m {x} 720 l S " for x in (100, 180, 260, 340))
        + "180 740 m 340 740 l S 100 720 m 340 720 l S 180 760 m 340 760 l S "
    )
    second = lower + text(185, 746, "f") + text(265, 746, "g") + text(185, 726, "1") + text(265, 726, "2")
    assert rows_of(read_pdf(drawn(first, second))) == [["con tent", "b", "d"], ["c", "e"], ["f", "g"], ["1", "2"]]
    alone = drawn(first.replace("tent", "no room for this between the lines"))
    assert rows_of(read_pdf(alone)) == [["con", "b", "d"], ["c", "e"]]


def test_words_alone_after_a_page_end_are_the_rest_of_a_header() -> None:
    first, second = grid([["item", "num", "amo"]], 40), grid([["", "ber", "unt"], ["a", "1", "2"]], 760)
    assert rows_of(read_pdf(drawn(first, second))) == [["item", "num ber", "amo unt"], ["a", "1", "2"]]


def test_a_number_before_a_label_may_stand_apart_from_its_point() -> None:
    first, second = grid([["1.abc", "5"], ["2.abc", "6"]], 60), grid([["3 .abc", "7"], ["4.abc", "8"]], 760)
    assert rows_of(read_pdf(drawn(first, second))) == [["1.abc", "5"], ["2.abc", "6"], ["3 .abc", "7"], ["4.abc", "8"]]


@pytest.mark.parametrize("more", [2, 6, 12])
def test_parts_of_unequal_width_over_a_page_end_are_one_table_or_two(more: int) -> None:
    lower = grid([["d", "1", "2"]] * 2, 760).replace("340", str(340 + more))
    blocks = read_pdf(drawn(grid([["a", "b", "c"]] * 2, 60), lower)).blocks
    assert len(blocks) == (1 if more < 10 else 2)


def test_a_number_over_the_line_between_two_cells_belongs_to_neither() -> None:
    found = rows_of(read_pdf(drawn(grid([["a", "b", "c"], ["d", "", "0"]]) + text(245, 666, "123456789"))))
    assert found[0] == ["a", "b", "c"] and found[1][0] == "d" and len(found[1]) == 2


def test_a_number_upside_down_over_such_a_line_is_none() -> None:
    turned = "BT /F 10 Tf -1 0 0 -1 271 674 Tm (1234) Tj ET "
    found = rows_of(read_pdf(drawn(grid([["a", "b", "c"], ["d", "", "0"]]) + turned)))
    assert found[0] == ["a", "b", "c"] and len(found[1]) == 2


def test_a_table_cut_off_by_the_edge_of_the_paper_keeps_no_half_of_a_number() -> None:
    level = "".join(f"0 {y} m 600 {y} l S " for y in (700, 680, 660))
    upright = "".join(f"{x} 700 m {x} 660 l S " for x in (80, 300, 540))
    words = text(-8, 686, "12345") + text(90, 686, "6") + text(310, 686, "7") + text(585, 686, "89012")
    row = rows_of(read_pdf(drawn(level + upright + words + text(20, 666, "1") + text(550, 666, "2"))))[0]
    assert row == ["…2345 6", "7 890…"]
    closed = drawn(level + upright + "599.5 700 m 599.5 660 l S " + words + text(601, 686, "9"))  # at the edge, with print beside it
    assert len(rows_of(read_pdf(closed))[0]) == 2
    whole = drawn(grid([["a", "12"], ["b", "3"]], left=415) + text(605, 686, "9") + text(605, 666, "9"))  # that ends before it
    assert rows_of(read_pdf(whole)) == [["a", "12"], ["b", "3"]]
    wide = drawn(level + upright.replace("540", "300") + text(90, 686, "6") + text(585, 686, "89012"))
    assert rows_of(read_pdf(wide))[0] == ["…6 890…"]


def test_a_table_of_turned_text_on_a_page_of_level_text() -> None:
    turned = "".join(f"BT /F 10 Tf 0 1 -1 0 {x} 665 Tm ({word}) Tj ET\n" for x, word in ((145, "a"), (225, "b")))
    assert rows_of(read_pdf(drawn(grid([["", ""]]).replace("680", "650") + turned + text(100, 500, "level text")))) == [["a", "b"]]


def test_a_shadow_is_not_a_second_digit() -> None:
    shadow = text(185 + 2.9, 685.5, "123") + text(265 + 2.9, 685.5, "0")
    assert rows_of(read_pdf(drawn(grid([["a", "123", "0"], ["b", "1", "2"]]) + shadow)))[0] == ["a", "123", "0"]


def test_a_number_struck_out_is_none_and_one_underlined_is_one() -> None:
    over, under = "185 689.5 m 197 689.5 l S ", "265 684.5 m 277 684.5 l S "
    assert rows_of(read_pdf(drawn(grid([["a", "77", "12"], ["b", "1", "2"]]) + "\n" + over + under)))[0] == ["a", "7\u03367\u0336", "12"]


def test_digits_of_one_number_in_several_runs_stay_together_and_neighbours_apart() -> None:
    runs = text(185, 686, "12") + text(185 + 2 * 5.56, 686, "3")
    assert rows_of(read_pdf(drawn(grid([["a", "", "7"], ["b", "1", "2"]]) + runs)))[0] == ["a", "123", "7"]


def bomb() -> bytes:
    """Instructions that inflate to far more than a page can show."""
    packed = zlib.compress(b"0 0 m 9 9 l S\n" * 2_000_000, 9)
    head = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    page = b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>endobj\n"
    stream = b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n" % len(packed) + packed + b"\nendstream endobj\n"
    return head + page + stream + b"trailer<</Root 1 0 R>>"


@pytest.mark.parametrize(
    "data",
    [
        drawn(""),
        drawn("q 600 0 0 800 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q"),
        drawn(*["0 0 m"] * 201),
        drawn(text(10, 10, "1" * 40_000)),
        drawn(grid(ROWS))[:200],
        bomb(),
    ],
    ids=["empty page", "picture", "many pages", "many characters", "cut short", "bomb"],
)
def test_a_file_that_cannot_be_read_gets_one_sentence(data: bytes) -> None:
    with pytest.raises(Undecodable) as refused:
        read_pdf(data)
    assert re.search("[一-鿿].*\\([a-zA-Z]", str(refused.value)) and "\n" not in str(refused.value)
