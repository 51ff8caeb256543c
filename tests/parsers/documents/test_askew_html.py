"""Text in a cell that a browser shows otherwise than it is written gives no figure; what its styles hide in other words neither."""

from __future__ import annotations

import pytest

from parsers import read_report
from tests.support.held import LICENSING, PAGE, not_right
from tests.support.held import MADE as SAMPLE
from tests.support.readings import truth

FIGURE = f"{truth(SAMPLE)[LICENSING]:.0f}"
CELL = f"<span>{FIGURE}</span></td></tr>"


def page(cell: str, sheet: str = "") -> bytes:
    """The page with this in the cell of one figure, and a style sheet."""
    assert PAGE.count(CELL) == 1
    return PAGE.replace(CELL, f"{cell}</td></tr>").replace("</head>", f"<style>{sheet}</style></head>").encode()


MOVED = [
    "float:right", "position:absolute", "transform:translateX(-9999px)", "margin-left:-9999px;display:inline-block", "clip-path:circle(0)",
    "vertical-align:super", "vertical-align: text-top", "text-decoration:line-through", "text-decoration-line:line-through", "font-size:0.1px",
    "unicode-bidi:bidi-override;direction:rtl", "filter:blur(9px)", "mask-image:linear-gradient(transparent,transparent)", "mix-blend-mode:lighten",
    "color:color-mix(in srgb, white 100%, black)", "color:oklch(1 0 0)", "letter-spacing:-1em", "-webkit-text-security:disc", "contain:strict", "font-size:.01pt",
]  # fmt: skip


@pytest.mark.parametrize("style", MOVED)
@pytest.mark.parametrize("how", ["style", "sheet"])
def test_a_figure_beside_text_that_is_moved_struck_or_raised_is_none(style: str, how: str) -> None:
    attribute, sheet = (f'style="{style}"', "") if how == "style" else ('class="x"', f".other, td .x {{{style}}}")
    assert not_right(page(f"<span {attribute}>7</span>{FIGURE}", sheet)) <= {LICENSING}


def test_figures_in_another_order_or_struck_out_are_none() -> None:
    row = "".join(f"<i>{digit}</i>" for digit in FIGURE)
    for style in ("display:inline-flex;flex-direction:row-reverse", "display:flex;flex-flow: row-reverse wrap"):
        assert not_right(page(f'<span class="r">{row}</span>', f".r{{{style}}}")) == {LICENSING}
    for cell in (f"<s>{FIGURE}</s>", f'<b style="text-decoration:line-through">{FIGURE}</b>'):
        assert not_right(page(cell)) == {LICENSING}


@pytest.mark.parametrize(
    "sheet",
    [
        "td .x{position:absolute!important;width:1px;height:1px;overflow:hidden}", "td .x{zoom:0}", "td .x{color:rgb(255 255 255 / 100%)}",
        "td .x{-webkit-text-fill-color:transparent}", "@media screen and (min-width:600px){.x{display:none}}", "@layer a{.x{display:none}}",
        "@supports (display:grid){.x{display:none}}", ":root{--d:none}.x{display:var(--d)}", ":is(.x,.y){display:none}", ".q:not(.a,.b), .x{display:none}",
        "td{& .x{display:none}}", "td{.x{opacity:0} i,b{color:red}}", "td:has(span) .x{font-size:0}", "td .x:first-child{color:#fff}", ".x{scale:0}",
        r".sm\:x, .x{display:none}", ".x{display:inline-block;transform:scale(0)}", ".x{filter:opacity(0%)}", ".x{display:var(--no,none)}",
    ],
)  # fmt: skip
def test_what_style_sheets_hide_in_other_words_is_not_read(sheet: str) -> None:
    assert not_right(page(f'<span class="x">7</span>{FIGURE}', sheet)) == set()


@pytest.mark.parametrize(
    "style",
    ["display:/* no */none", r"d\69splay:none", "zoom: 0", "--x:none;display:var(--x)", "display:none;display:nonsense", "scale:0", "font:normal 0px serif",
     "transform:matrix(0,0,0,0,0,0)", "clip-path:polygon(0 0,0 0,0 0)"],
)  # fmt: skip
def test_what_its_own_style_hides_in_other_words_is_not_read(style: str) -> None:
    assert not_right(page(f'<span style="{style}">7</span>{FIGURE}')) == set()


@pytest.mark.parametrize(
    "sheet",
    ["@media (max-width:40em){.x{display:none}}", "@media (width < 40rem){.x{display:none}}", "@media (orientation:portrait){.x{display:none}}",
     "@media not screen{.x{display:none}}", "@media (prefers-color-scheme:dark){.x{display:none}}", ".x{display:none}span.x{display:inline}",
     ".x{visibility:hidden}.x{visibility:visible}", ".x{font-size:0}td .x{font-size:12px}",
     "@media (max-width:700px){.x{display:none}}", "@media print{.x{display:none}}", "@supports not (display:grid){.x{display:none}}", ".x:hover{display:none}",
     ".x{float:left}", ".x{vertical-align:baseline}", ".x{margin:-1px}", ".x{transform:none}", "html{filter:grayscale(100%)}", ".x{scale:1;mask:none}",
     ".x{letter-spacing:-0.3pt}", r".sm\:hidden{display:none}", "td{&.y span{display:none}}"],
)  # fmt: skip
def test_what_a_wide_screen_shows_in_its_place_is_read(sheet: str) -> None:
    assert not_right(page(f'<span class="x">{FIGURE}</span>', sheet)) == set()


def test_a_class_shows_what_the_attribute_hides() -> None:
    assert not_right(page(f'<span class="x" hidden>{FIGURE}</span>', ".x{display:inline}")) == set()


def test_a_picture_behind_an_empty_cell_leaves_it_no_blank() -> None:
    assert not_right(page('<div style="background:url(figure.png);width:30px;height:10px"></div>')) == {LICENSING}


def test_a_class_with_a_colon_hides() -> None:
    assert not_right(page(f'<span class="sm:x">7</span>{FIGURE}', r".sm\:x{display:none}")) == set()


def test_a_cell_that_is_dimmed_itself_gives_no_figure() -> None:
    row = PAGE.replace(CELL, CELL.replace("<span>", '<span style="filter:blur(9px)">'))
    assert not_right(row.encode()) == {LICENSING}


def test_boxes_in_another_order_than_they_are_written_in_give_no_figures() -> None:
    """A table without tags, its rows lines of boxes: the order of these counts, not that of the text."""

    def lines(orders: tuple[int, int, int, int]) -> bytes:
        cells = zip(orders, ("规章", "11", "22", "33"), strict=True)
        line = "".join(f'<div style="order:{order}">{cell}</div>' for order, cell in cells)
        head = "".join(f"<div>{word}</div>" for word in ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"))
        first = PAGE.index("<table border")
        return f'{PAGE[:first]}<div>{head}</div><div style="display:flex">{line}</div>{PAGE[PAGE.index("</table>", first) + 8 :]}'.encode()

    def figures(orders: tuple[int, int, int, int]) -> list[float | None]:
        return [cell.value for cell in read_report(lines(orders)).cells if cell.item == "rules"]

    assert figures((0, 1, 2, 3)) == [11, 22, 33]
    assert not any(figures((0, 3, 2, 1)))


def test_the_style_of_an_element_counts_more_than_a_sheet_that_is_not_important() -> None:
    shown = f'<span class="x" style="display:inline">{FIGURE}</span>'
    assert not_right(page(shown, ".x{display:none}")) == set()
    hidden = f'<span class="x" style="display:inline">7</span>{FIGURE}'
    assert not_right(page(hidden, ".x{display:none!important}")) == set()


def test_a_sheet_for_paper_hides_nothing_on_a_screen() -> None:
    figure = f'<span class="x">{FIGURE}</span>'
    for attributes in ('media="print"', 'media="(max-width:500px)"', 'type="text/less"'):
        data = page(figure).replace(b"</head>", f"<style {attributes}>.x{{display:none}}</style></head>".encode())
        assert not_right(data) == set()


def test_a_figure_whose_first_letter_has_a_style_of_its_own_is_none() -> None:
    assert not_right(page(f'<div class="x">7{FIGURE}</div>', ".x::first-letter{font-size:0}")) == {LICENSING}
    assert not_right(page(f'<div class="x">{FIGURE}</div>', ".x::first-letter{font-weight:bold}")) == set()
