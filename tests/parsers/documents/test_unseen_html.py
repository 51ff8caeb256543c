"""What a browser shows of a page and what it does not: hidden rows, fields of forms, pictures, generated text."""

from __future__ import annotations

import re

import pytest

from parsers import read_report
from tests.support.held import LICENSING, MADE, PAGE, PRINTED, not_right, notes

ROW = re.search(r"<tr><td><span>行政许可</span></td><td[^>]*><span>(\d+)</span></td></tr>", PAGE)
assert ROW
FIGURE = ROW[1]
DECOY = ROW[0].replace(FIGURE, "9999")


def with_decoy(attributes: str, sheet: str = "", cells: str = "") -> bytes:
    """The page with a row 行政许可 of another figure before the real one."""
    decoy = DECOY.replace("<tr>", f"<tr {attributes}>").replace("<td", f"<td {cells}")
    return PAGE.replace(ROW[0] if ROW else "", decoy + ROW[0] if ROW else "").replace("</head>", f"<style>{sheet}</style></head>").encode()


HIDING = [
    "display:none", "DISPLAY : None !important", "visibility:hidden", "visibility:collapse", "mso-hide:all", "font-size:0", "font-size: 0px;",
    "font: 0/0 a", "FONT-SIZE:0pt", "height:0;overflow:hidden", "max-height:0;overflow:hidden", "height:0;line-height:0;font-size:0", "opacity:0",
    "color:#fff", "color:#FFFFFF", "color:white", "color: rgb(255,255,255)", "color:transparent", "color:rgba(0,0,0,0)", "color:#fefefe",
    "color:#123456;background:#123456", "background:#eee;color:#eeeeee", "position:absolute;left:-9999px", "position:fixed;top:-5000px",
    "clip:rect(0,0,0,0);position:absolute", "transform:scale(0)", "content-visibility:hidden", "filter:alpha(opacity=0)",
]  # fmt: skip


@pytest.mark.parametrize("style", HIDING)
@pytest.mark.parametrize("how", ["style", "class", "id", "cells", "tbody"])
def test_a_row_that_is_not_shown_is_not_read(style: str, how: str) -> None:
    if how == "style":
        data = with_decoy(f'style="{style}"')
    elif how == "class":
        data = with_decoy('class="x"', f"/* none */ @media print {{ p {{ color:red }} }} tr.x {{{style}}}")
    elif how == "id":
        data = with_decoy('id="x"', f"@media screen {{ #x {{{style}}} }}")
    elif how == "cells":
        data = with_decoy("", "", f'style="{style}"')
    else:
        data = (
            with_decoy("")
            .replace(b"<tr >", f'</tbody><tbody style="{style}"><tr>'.encode())
            .replace(b"</tr>" + ROW[0].encode() if ROW else b"", b"</tr></tbody><tbody>" + ROW[0].encode() if ROW else b"")
        )
    assert not_right(data) == set()


@pytest.mark.parametrize(
    "style",
    ["color:#fff;background:#00f", "color:#fff;background:url(a.png)", "font-size:0.9em", "height:0", "visibility:visible", "display:table-row", "opacity:0.5", "color:#333"],
)  # fmt: skip
def test_a_row_that_is_shown_is_read(style: str) -> None:
    assert ROW
    assert not_right(PAGE.replace(ROW[0], ROW[0].replace("<tr>", f'<tr style="{style}">')).encode()) == set()


@pytest.mark.parametrize(
    ("outer", "inner"),
    [("color:#fff", "color:#000"), ("color:#fff", "background:#00f"), ("visibility:hidden", "visibility:visible"), ("font-size:0", "font-size:14px"), ("visibility:collapse", "")],
)  # fmt: skip
def test_what_a_cell_shows_in_a_row_that_hides(outer: str, inner: str) -> None:
    assert ROW
    shown = ROW[0].replace("<tr>", f'<tr style="{outer}">').replace("<td", f'<td style="{inner}"')
    expected = {LICENSING} if outer == "visibility:collapse" else set()
    assert not_right(PAGE.replace(ROW[0], shown).encode()) == expected


@pytest.mark.parametrize("mark", ["hidden", "hidden=''", 'class="gone"'])
def test_hidden_rows_by_attribute_and_by_class(mark: str) -> None:
    assert not_right(with_decoy(mark, ".gone,.other{display:none}")) == set()


def test_templates_and_what_only_a_browser_without_scripts_shows() -> None:
    for wrap in ("<template>{}</template>", "<noscript>{}</noscript>", "<!-- {} -->", "<dialog>{}</dialog>"):
        table = f"<table>{DECOY}</table>"
        assert not_right(PAGE.replace("<table border", wrap.format(table) + "<table border", 1).encode()) == set()


def field(html: str, scripts: str = "") -> bytes:
    return (PAGE.replace(f"<span>{FIGURE}</span>", html) + scripts).encode()


@pytest.mark.parametrize(
    "html",
    ['<input value="{}">', "<INPUT type=text readonly VALUE='{}'>", '<input type="number" value={}>', "<textarea>\n{}</textarea>",
     "<select><option>0</option><option selected>{}</option></select>", "<select><option>{}</option><option>7</option></select>",
     '<input type="hidden" value="7">{}', '<select><optgroup><option label="{}" selected>x</option></optgroup></select>',
     "<ruby>{}<rt>7</rt></ruby>", '<input type="radio" value="7">{}'],
)  # fmt: skip
def test_fields_of_a_form_print_their_values(html: str) -> None:
    assert not_right(field(html.format(FIGURE))) == set()


@pytest.mark.parametrize(
    "html",
    ["<img src=figure.png>", "<svg><text>181</text></svg>", "<canvas></canvas>", "<input placeholder='0'>", "<object data=a></object>", "<p><img src=a></p>",
     f"<bdo dir=rtl>{FIGURE}</bdo>", f"<input value='{FIGURE}'><input value='1'>", "<ol start=181><li></ol>",
     "<div><template shadowrootmode=open>181</template></div>"],
)  # fmt: skip
def test_what_nobody_can_read_is_no_blank(html: str) -> None:
    assert not_right(field(html)) == {LICENSING}


def test_an_empty_field_is_blank_unless_a_script_may_fill_it() -> None:
    still = re.sub(rb"<script.*?</script>", b"", field("<input>"), flags=re.DOTALL)
    cell = next(c for c in read_report(still).cells if c[:3] == LICENSING)
    assert cell.status == "blank"
    assert not_right(field("<input>", "<script>fill()</script>")) == {LICENSING}


@pytest.mark.parametrize("html", ["<my-number value=181></my-number>", "<span v-text=sum></span>", "<span id=sum></span>"])
def test_a_cell_that_a_script_fills_is_no_blank(html: str) -> None:
    script = "<script>document.getElementById('sum').innerText = 181</script>"
    assert not_right(field(html, script)) == {LICENSING}
    other = field(html.replace("my-number", "span").replace("v-text", "title").replace("id=sum", "id=other"), script)
    assert next(c for c in read_report(other).cells if c[:3] == LICENSING).status == "blank"


def test_a_page_within_the_page_is_read() -> None:
    """Its tables stand in the attribute of a frame."""
    first, last = PAGE.index("<table border"), PAGE.rindex("</table>") + len("</table>")
    inner = PAGE[first:last].replace("&", "&amp;").replace('"', "&quot;")
    assert not_right((PAGE[:first] + f'<iframe width="100%" srcdoc="{inner}"></iframe>' + PAGE[last:]).encode()) == set()


def test_the_foot_of_a_table_stands_below_it() -> None:
    row = re.search(r"<tr>(?:(?!</tr>).)*?结转下年度(?:(?!</tr>).)*?</tr>", PAGE, re.DOTALL)
    assert row
    table = PAGE.rindex("<table", 0, row.start())
    begins = PAGE.index(">", table) + 1
    moved = PAGE[:begins] + f"<tfoot>{row[0]}</tfoot>" + PAGE[begins : row.start()] + PAGE[row.end() :]
    assert not_right(moved.encode()) == set()


@pytest.mark.parametrize("spacer", ["<img src=s.gif width=1 height=1>", "<img style='width:0px' src=a>", "<img src=a hidden>"])
def test_a_picture_that_shows_nothing_leaves_a_cell_blank(spacer: str) -> None:
    assert next(c for c in read_report(field(spacer)).cells if c[:3] == LICENSING).status == "blank"


def test_text_that_a_style_sheet_prints() -> None:
    for rule, html in (
        (f".g::before{{content:'{FIGURE}'}}", "<i class=g></i>"),
        ("td i.g:after { content: attr(data-v) }", f"<i class=g data-v={FIGURE}></i>"),
    ):
        assert not_right(field(html).replace(b"</head>", f"<style>{rule}</style></head>".encode())) == set()
    counted = field("<i class=g></i>").replace(b"</head>", b"<style>.g::before{content:counter(n)}</style></head>")
    assert not_right(counted) == {LICENSING}


def test_a_box_that_floats_over_the_cells() -> None:
    """It may show its figure in another cell than the one it is written in: no empty cell of its table is blank."""
    floating = f'<div style="position:absolute;left:300px"><span>{FIGURE}</span></div>'
    data = PAGE.replace("<span>行政许可</span></td>", f"<span>行政许可</span>{floating}</td>").replace(
        f"<span>{FIGURE}</span></td></tr>", "</td></tr>", 1
    )
    assert not_right(data.encode()) <= {LICENSING}


@pytest.mark.parametrize(
    "blank",
    ["&amp;nbsp;", "&amp;amp;nbsp;", "&amp;#160;", "&amp;ensp;", "&amp;#xA0;", "&nbsp", "&#8203;", "\u200b", "\ufeff", "&shy;", "&zwnj;"],
)
def test_blanks_written_twice_and_characters_without_width(blank: str) -> None:
    around = re.sub(r"<span>([^<]*)</span>", rf"<span>{blank}\1{blank}</span>", PAGE)
    assert not_right(around.encode()) == set()
    assert next(c for c in read_report(field(blank)).cells if c[:3] == LICENSING).status == "blank"


def test_any_row_may_be_hidden() -> None:
    """Hide each row of figures in turn: what it printed is not read, and nothing else changes."""
    rows = list(re.finditer(r"<tr>(?:(?!</tr>).)*?\d</span></td></tr>", PAGE, re.DOTALL))
    assert len(rows) > 25
    for number, row in enumerate(rows):
        style = HIDING[number % 6]
        data = (PAGE[: row.start()] + row[0].replace("<tr>", f'<tr style="{style}">') + PAGE[row.end() :]).encode()
        lost = not_right(data)
        assert len({key[:2] for key in lost}) <= 3 and len(lost) <= 15, (row[0], lost)


def test_hidden_figures_are_noted() -> None:
    assert PRINTED and MADE
    assert "left_out" in notes(with_decoy('style="display:none"')) and "left_out" not in notes(PAGE.encode())
