"""What a page of a PDF shows is what is read: hidden, covered, switched off is not printed; typed into a field or an annotation is."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from parsers import read_report
from parsers.documents.pages.pdf import read_pdf
from parsers.model import Report
from tests.support.drafts import LAYOUTS, Draft, draft, judge
from tests.support.drawn_pdf import ROWS, drawn, grid, rows_of, stream, text, with_parts
from tests.support.figures import Key
from tests.support.overpainted import BLACK, WHITE, Box, Paper, drawn_on, grown
from tests.support.paper import STYLES

UNREAD = "\N{REPLACEMENT CHARACTER}"
SHOWN = grid(ROWS)
OPTIONAL = "/OC /Off BDC {} EMC\n"
EMPTY = (186, 642, 259, 658)  # the empty cell of ROWS


def layer(state: str) -> dict[str, Any]:
    """A layer /Off of a page, as the catalog's default has it: ON or OFF."""
    return {
        "resources": "/Properties<</Off 6 0 R>>",
        "catalog": f"/OCProperties<</OCGs[6 0 R]/D<</{state}[6 0 R]>>>>",
        "parts": ["<</Type/OCG/Name(old)>>"],
    }


FORM = "/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</Font<</F 5 0 R>>>>"
SOFT = "/ExtGState<</None<</ca 0>>/Dim<</ca 0.03>>/Half<</ca 0.5>>>>"
HIDDEN = {  # what prints nothing more than ROWS
    "white": with_parts(SHOWN + "1 g " + text(190, 646, "99") + "1 1 1 rg " + text(205, 686, "7")),
    "invisible": with_parts(SHOWN + "BT 3 Tr /F 10 Tf 190 646 Td (99) Tj ET"),
    "as a clip alone": with_parts(SHOWN + "BT 7 Tr /F 10 Tf 190 646 Td (99) Tj ET"),
    "transparent": with_parts(SHOWN + "/None gs " + text(190, 646, "99"), SOFT),
    "all but transparent": with_parts(SHOWN + "/Dim gs " + text(190, 646, "99"), SOFT),
    "the ground's colour": with_parts("0.2 0.3 0.5 rg 180 640 80 20 re f " + text(190, 646, "99") + "0 g " + SHOWN),
    "under a box": with_parts(text(190, 646, "99") + "1 g 181 641 78 18 re f 0 g " + SHOWN),
    "under a picture": with_parts(text(190, 646, "99") + "q 78 0 0 18 181 641 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \xff EI Q " + SHOWN),
    "beside the paper": with_parts(SHOWN + text(190, 850, "99") + text(700, 646, "99")),
    "outside a clip": with_parts(SHOWN + "q 0 0 100 100 re W n " + text(190, 646, "99") + "Q"),
    "outside a form": with_parts(
        SHOWN + "/X Do", "/XObject<</X 6 0 R>>", parts=[stream(text(190, 646, "99"), FORM.replace("600 800", "9 9"))]
    ),
    "on a layer switched off": with_parts(SHOWN + OPTIONAL.format(text(190, 646, "99")), **layer("OFF")),
    "old figures on a layer switched off": with_parts(OPTIONAL.format(text(185, 686, "99")) + SHOWN, **layer("OFF")),
    "a form on a layer switched off": with_parts(
        SHOWN + "/X Do",
        "/XObject<</X 7 0 R>>",
        "/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]>>>>",
        parts=["<</Type/OCG/Name(old)>>", stream(text(190, 646, "99"), FORM + "/OC 6 0 R")],
    ),
    "hidden by its flag": with_parts(
        SHOWN,
        page="/Annots[6 0 R]",
        parts=["<</Type/Annot/Subtype/FreeText/F 2/Rect[185 642 250 658]/DA(/F 9 Tf 0 g)/Contents(99)>>"],
    ),
    "a note that pops up": with_parts(
        SHOWN, page="/Annots[6 0 R]", parts=["<</Type/Annot/Subtype/Popup/Rect[185 642 250 658]/Contents(99)>>"]
    ),
}


@pytest.mark.parametrize("how", HIDDEN)
def test_what_is_hidden_is_not_printed(how: str) -> None:
    assert rows_of(read_pdf(HIDDEN[how])) == ROWS


FILLED = [["a", "b", "c"], ["d", "12", "345"], ["e", "99", "0"]]
DRAWING = "/AP<</N 7 0 R>>"
FIELD = "<</Type/Annot/Subtype/Widget/FT/Tx/T(x)/F 4/Rect[185 642 250 658]/DA(/F 9 Tf 0 g){}>>"
LARGE = "{} BT /F 40 Tf 170 640 Td (WWW) Tj ET 0 g "
TYPED = {  # what prints a 99 into the empty cell of ROWS
    "a layer switched on": with_parts(SHOWN + OPTIONAL.format(text(190, 646, "99")), **layer("ON")),
    "white on black": with_parts("180 640 80 20 re f 1 g " + text(190, 646, "99") + "0 g " + SHOWN),
    "half transparent": with_parts(SHOWN + "/Half gs " + text(190, 646, "99"), SOFT),
    "inside a clip": with_parts(SHOWN + "q 180 640 80 20 re W n " + text(190, 646, "99") + "Q"),
    "over a box": with_parts(SHOWN + "0.9 g 181 641 78 18 re f 0 g " + text(190, 646, "99")),
    "over an old figure under a box": with_parts(SHOWN + text(188, 646, "98") + "1 g 181 641 78 18 re f 0 g " + text(190, 646, "99")),
    "over the same figure under a box": with_parts(SHOWN + text(190, 646, "99") + "1 g 181 641 78 18 re f 0 g " + text(190, 646, "99")),
    "under a box that is seen through": with_parts(SHOWN + text(190, 646, "99") + "/Half gs 1 1 0 rg 181 641 78 18 re f", SOFT),
    "under a watermark": with_parts(SHOWN + text(190, 646, "99") + LARGE.format("0.85 g")),
    "under a dark watermark": with_parts(SHOWN + text(190, 646, "99") + LARGE.format("0 g")),
    "over a dark watermark": with_parts(LARGE.format("0 g") + SHOWN + text(190, 646, "99")),
    "beside white text": with_parts(SHOWN + text(190, 646, "99") + "1 g " + text(201.2, 646, "123")),
    "between white digits": with_parts(SHOWN + text(190, 646, "99") + "1 g " + text(184.44, 646, "7") + text(201.12, 646, "8")),
    "a field with its drawing": with_parts(
        SHOWN,
        catalog="/AcroForm<</Fields[6 0 R]>>",
        page="/Annots[6 0 R]",
        parts=[
            FIELD.format("/V(99)" + DRAWING),
            stream(text(5, 4, "99"), "/Type/XObject/Subtype/Form/BBox[0 0 65 16]/Resources<</Font<</F 5 0 R>>>>"),
        ],
    ),
    "a field with its value": with_parts(
        SHOWN,
        catalog="/AcroForm<</Fields[6 0 R]/DR<</Font<</F 5 0 R>>>>/DA(/F 9 Tf 0 g)>>",
        page="/Annots[6 0 R]",
        parts=[FIELD.format("/V(99)")],
    ),
    "a field with its parent's value": with_parts(
        SHOWN,
        catalog="/AcroForm<</Fields[7 0 R]/DR<</Font<</F 5 0 R>>>>/DA(/F 9 Tf 0 g)>>",
        page="/Annots[6 0 R]",
        parts=[FIELD.replace("/FT/Tx/T(x)", "/Parent 7 0 R").format(""), "<</FT/Tx/T(x)/V(99)/Kids[6 0 R]>>"],
    ),
    "a field of a form that nobody drew": with_parts(
        SHOWN,
        catalog="/AcroForm<</Fields[6 0 R]/NeedAppearances true/DR<</Font<</F 5 0 R>>>>/DA(/F 9 Tf 0 g)>>",
        page="/Annots[6 0 R]",
        parts=[FIELD.format("/V(99)")],
    ),
    "an annotation with its drawing": with_parts(
        SHOWN,
        page="/Annots[6 0 R]",
        parts=[
            "<</Type/Annot/Subtype/FreeText/F 4/Rect[185 642 250 658]/DA(/F 9 Tf 0 g)/Contents(99)/AP<</N 7 0 R>>>>",
            stream(text(5, 4, "99"), "/Type/XObject/Subtype/Form/BBox[0 0 65 16]/Resources<</Font<</F 5 0 R>>>>"),
        ],
    ),
    "an annotation with its words": with_parts(
        SHOWN, page="/Annots[6 0 R]", parts=["<</Type/Annot/Subtype/FreeText/F 4/Rect[185 642 250 658]/DA(/F 9 Tf 0 g)/Contents(99)>>"]
    ),
}


@pytest.mark.parametrize("how", TYPED)
def test_what_is_shown_is_printed(how: str) -> None:
    assert rows_of(read_pdf(TYPED[how])) == FILLED


CURVES = "190 646 m 200 656 210 642 215 650 c 220 644 l h f"
UNREADABLE = {  # what prints something into the empty cell of ROWS that nobody can read as a figure
    "two figures over each other": with_parts(SHOWN + text(190, 646, "98") + text(190, 646, "77")),
    "two figures not quite over each other": with_parts(SHOWN + text(190, 646, "98") + text(192, 648, "97")),
    "half a figure": with_parts(SHOWN + text(190, 646, "99") + "1 g 181 641 78 8 re f"),
    "the rest of a number": with_parts(SHOWN + text(190, 646, "99") + "1 g 181 641 14.5 18 re f"),
    "a shape": with_parts(SHOWN + CURVES),
    "a black box": with_parts(SHOWN + text(190, 646, "99") + "188 643 20 14 re f"),
    "a black box as large as the cell": with_parts(SHOWN + text(190, 646, "99") + "180 640 80 20 re f"),
    "an annotation of some kind": with_parts(
        SHOWN,
        page="/Annots[6 0 R]",
        parts=[
            "<</Type/Annot/Subtype/Ink/F 4/Rect[185 642 250 658]/AP<</N 7 0 R>>>>",
            stream("5 4 m 9 12 20 1 30 9 c 40 3 l h f", "/Type/XObject/Subtype/Form/BBox[0 0 65 16]"),
        ],
    ),
    "a picture": drawn_on(drawn(SHOWN), lambda paper: paper.picture(EMPTY, 200)),
    "a picture on a turned page": drawn_on(drawn(SHOWN, extra="/Rotate 90"), lambda paper: paper.picture(EMPTY, 200)),
}


@pytest.mark.parametrize("how", UNREADABLE)
def test_what_cannot_be_read_is_no_blank(how: str) -> None:
    found = rows_of(read_pdf(UNREADABLE[how]))
    assert [*found[:2], ["e", found[2][1], "0"]] == [*ROWS[:2], ["e", found[2][1], "0"]]
    assert UNREAD in found[2][1]


@pytest.mark.parametrize(
    "pale",
    ["0.85 g BT /F 30 Tf 100 665 Td (Samplewater) Tj ET 0 g ", "0.85 g BT /F 10 Tf 190 668 Td (copy) Tj 0 8 Td (copy) Tj ET 0 g "],
    ids=["large and pale", "small and pale"],
)
@pytest.mark.parametrize("over", [False, True])
def test_a_watermark_is_no_text(pale: str, over: bool) -> None:
    assert rows_of(read_pdf(with_parts(SHOWN + pale if over else pale + SHOWN))) == ROWS


@pytest.mark.parametrize("turn", ["0 1 -1 0 230 640", "0.7 0.7 -0.7 0.7 120 620"], ids=["upright", "slanted"])
def test_a_turned_watermark_is_no_text(turn: str) -> None:
    mark = f"0.8 g BT /F 36 Tf {turn} Tm (Sample) Tj ET 0 g "
    assert rows_of(read_pdf(with_parts(mark + SHOWN))) == ROWS


def test_a_pale_text_of_its_own_and_a_large_title_are_text() -> None:
    found = read_pdf(with_parts(text(100, 740, "Title").replace("10 Tf", "40 Tf") + "0.6 g " + text(100, 600, "pale") + "0 g " + SHOWN))
    assert "Title" in found.text and "pale" in found.text


# -- one figure of a sound report is changed by hand ----------------------------------------------------------------------


def new_figure(old: str) -> str:
    return old[:-1] + str((int(old[-1]) + 1) % 10)


Change = Callable[[Paper, Box, str], None]
CHANGES: dict[
    str, tuple[Change, str | None]
] = {  # and what is printed then: a new figure, the old, none (blank), or nothing that can be read
    "a box over it": (lambda paper, box, _: paper.box(grown(box, 1)), ""),
    "a picture over it": (lambda paper, box, _: paper.picture(grown(box, 1), 255), ""),
    "a box and a new one": (lambda paper, box, new: (paper.box(grown(box, 1)), paper.words(box[0] - 2, box[1], new, 8))[0], "new"),
    "a picture and a new one": (lambda paper, box, new: (paper.picture(grown(box, 1), 255), paper.words(box[0], box[1], new, 8))[0], "new"),
    "a black box over it": (lambda paper, box, _: paper.box(grown(box, 1), BLACK), None),
    "half a box over it": (lambda paper, box, _: paper.box((box[0] - 1, box[1] - 1, box[2] + 1, (box[1] + box[3]) / 2)), None),
    "a new one over it": (lambda paper, box, new: paper.words(box[0] + 1, box[1] + 1, new, 8) and None, None),
    "a white one over it": (lambda paper, box, new: paper.words(box[0], box[1], new, 8, WHITE) and None, "old"),
    "an invisible one beside it": (lambda paper, box, new: paper.words(box[2] + 1, box[1], new, 8, BLACK, 3) and None, "old"),
    "a yellow light on it": (lambda paper, box, _: paper.box(grown(box, 1), (255, 255, 0, 90)), "old"),
}


@pytest.fixture(scope="module")
def printed(browser: Any) -> tuple[Draft, bytes, list[tuple[Key, int, Box]]]:
    """A report as a browser prints it, and the figures that stand in one place only."""
    made = draft(6, "word_made")
    page = browser.new_page()
    style = f"<style>body{{font-size:12px}}table[border]{{width:100%}}{STYLES[1]}</style></head>"
    page.set_content(LAYOUTS["word_made"](made).decode().replace("</head>", style))
    data = page.pdf(format="A4")
    page.close()
    figures = list(made.truth.values())
    places: dict[Key, list[tuple[int, Box]]] = {
        key: [] for key, value in made.truth.items() if value and value.isdigit() and figures.count(value) == 1
    }

    def look(number: int) -> Callable[[Paper], None]:
        return lambda paper: [places[key].extend((number, box) for box in paper.find(str(made.truth[key]))) for key in places] and None

    for number in range(2):
        drawn_on(data, look(number), number)
    return made, data, [(key, *found[0]) for key, found in places.items() if len(found) == 1 and len(str(made.truth[key])) > 2]


@pytest.mark.parametrize("how", CHANGES)
def test_a_figure_changed_by_hand_is_read_as_the_page_shows_it(how: str, printed: tuple[Draft, bytes, list[tuple[Key, int, Box]]]) -> None:
    made, data, places = printed
    change, becomes = CHANGES[how]
    assert len(places) > 50
    for key, number, box in random.Random(how).sample(places, 3):
        old = str(made.truth[key])
        report = read_report(drawn_on(data, lambda paper, box=box, old=old: change(paper, box, new_figure(old)), number))
        shown = {"new": new_figure(old), "old": old}.get(becomes or "")
        found, wrong = judge(Draft(made.sample, made.parts, made.keys, {**made.truth, key: shown}), report)
        assert not wrong and not found["abstained"], key
        assert becomes is not None or status(report, key) == "unreadable", key
        assert becomes != "" or status(report, key) == "blank", key


def status(report: Report, key: Key) -> str:
    return next(cell.status for cell in report.cells if (cell.section, cell.item, cell.measure) == key)


def test_a_title_that_small_pale_words_lie_over_is_read() -> None:
    """Of a pale and a dark text the pale one is the watermark, though the dark one is much larger."""
    pale = "0.7 g " + "".join(text(x, y, "zz") for y in (100, 200, 300, 752) for x in range(20, 500, 12)) + "0 g "
    title = "BT /F 18 Tf 100 750 Td (Report) Tj ET "
    for content in (title + pale, pale + title):
        found = read_pdf(with_parts(content + SHOWN))
        assert found.text.startswith("Report\n") and rows_of(found) == ROWS
