"""Reports whose tables are printed in other pieces than the form's, or beside other columns: no figure is read that they do not print."""

from __future__ import annotations

import random
from collections.abc import Callable
from unittest.mock import patch

import pytest

from parsers import read_report
from tests.support import layouts, office, pieces, printed
from tests.support.drafts import draft, judge
from tests.support.figures import Sample
from tests.support.mutations import MUTATIONS

Render = Callable[[Sample], bytes]
PAGES: list[Render] = [layouts.page, layouts.word_made]
ROWS_APART: list[pieces.Pieces] = [pieces.rows_apart, pieces.without_blanks, pieces.without_widths, pieces.below_headers]
SECTION_4: list[pieces.Pieces] = [pieces.titled_tables, pieces.titled_above, pieces.stacked, pieces.halves, pieces.halves_stacked]
IN_LINES: list[pieces.Pieces] = [*SECTION_4, pieces.tables_with_labels]
SEPARATED: list[Render] = [layouts.tabs, layouts.pipes_one_line, layouts.pipe_line_ends, printed.pipe_grid]
ON_LINES: list[Render] = [layouts.cell_per_line, printed.lines]
BESIDE: dict[str, pieces.Pieces] = {
    "blank": pieces.remarked("备注", [""]),
    "无": pieces.remarked("备注", ["", "", "无"]),
    "words": pieces.remarked("说明", ["已办结", "", "含结转3件"]),
    "numbered": pieces.numbered,
}
FILLINGS = 5  # ways in which drafts are filled, one a seed: sound, unbalanced, small, with blanks, totals only


def fillings(*of: object) -> list[int]:
    """Seeds of two of them, of others for another case."""
    return random.Random(str(of)).sample(range(FILLINGS), 2)


def rendered(parts: pieces.Parts, of: Sample, render: Render) -> bytes:
    with patch.object(layouts, "parts", lambda _: iter(parts)), patch.object(office, "parts", lambda _: iter(parts)):
        return render(of)


@pytest.mark.parametrize("mutation", [name for name in MUTATIONS if name != "merge_down"])
@pytest.mark.parametrize("apart", ROWS_APART)
def test_damaged_rows_in_tables_of_their_own_give_no_wrong_figure(apart: pieces.Pieces, mutation: str) -> None:
    for seed in range(FILLINGS):
        made = draft(seed, "")
        if MUTATIONS[mutation](made, random.Random(f"{seed} {mutation}")):
            _, wrong = judge(made, read_report(rendered(list(apart(list(made.printed_parts()))), made.sample, layouts.page)))
            assert not wrong, f"seed {seed}: read and truly printed: {wrong[:3]}"


@pytest.mark.parametrize("render", [*PAGES, office.word])
@pytest.mark.parametrize("apart", [pieces.tables_with_labels, pieces.header_anew])
def test_section_4_with_a_procedure_a_row_is_read_whole(apart: pieces.Pieces, render: Render) -> None:
    for seed in range(FILLINGS):
        made = draft(seed, "")
        counts, wrong = judge(made, read_report(rendered(list(apart(list(made.printed_parts()))), made.sample, render)))
        assert not wrong and not counts["abstained"], f"seed {seed}: {counts}"


@pytest.mark.parametrize("mutation", ["drop_cell", "glue_cells", "split_number", "cut_label", "wrong_span", "drop_row", "drop_header_row"])
@pytest.mark.parametrize("apart", SECTION_4)
def test_damaged_pieces_of_section_4_give_no_wrong_figure(apart: pieces.Pieces, mutation: str) -> None:
    for seed in range(FILLINGS):
        made = draft(seed, "")
        made.parts = list(apart(made.parts))
        del made.parts[: next(at for at, part in enumerate(made.parts) if part[:2] == "四、")]
        if MUTATIONS[mutation](made, random.Random(f"{seed} {mutation}")):
            _, wrong = judge(made, read_report(rendered(list(made.printed_parts()), made.sample, layouts.page)))
            assert not wrong, f"seed {seed}: read and truly printed: {wrong[:3]}"


@pytest.mark.parametrize("mutation", ["blank_cell", "drop_cell", "glue_cells", "split_number", "drop_row", "foreign_row", "cut_table"])
@pytest.mark.parametrize("render", [*SEPARATED[:3], *ON_LINES])
@pytest.mark.parametrize("apart", IN_LINES)
def test_damaged_pieces_of_section_4_in_a_text_give_no_wrong_figure(apart: pieces.Pieces, render: Render, mutation: str) -> None:
    for seed in fillings(apart.__name__, render.__name__, mutation):
        made = draft(seed, "")
        made.parts = list(apart(made.parts))
        del made.parts[: next(at for at, part in enumerate(made.parts) if part[:2] == "四、")]
        if MUTATIONS[mutation](made, random.Random(f"{seed} {mutation}")):
            _, wrong = judge(made, read_report(rendered(list(made.printed_parts()), made.sample, render)))
            assert not wrong, f"seed {seed}: read and truly printed: {wrong[:3]}"


@pytest.mark.parametrize("render", [*PAGES, office.word, printed.boxed])
@pytest.mark.parametrize("beside", BESIDE.values(), ids=BESIDE)
def test_a_column_beside_the_forms_is_drawn(beside: pieces.Pieces, render: Render) -> None:
    for seed in range(FILLINGS):
        made = draft(seed, "")
        counts, wrong = judge(made, read_report(rendered(list(beside(list(made.printed_parts()))), made.sample, render)))
        assert not wrong and not counts["abstained"], f"seed {seed}: {counts}"


@pytest.mark.parametrize(
    "mutation",
    ["blank_cell", "drop_cell", "glue_cells", "split_number", "drop_header_cell", "merge_down", "foreign_row"],
)
@pytest.mark.parametrize("render", [layouts.page, *SEPARATED[:2], *ON_LINES])
@pytest.mark.parametrize("beside", BESIDE.values(), ids=BESIDE)
def test_damage_beside_another_column_gives_no_wrong_figure(beside: pieces.Pieces, render: Render, mutation: str) -> None:
    for seed in fillings(beside.__name__, render.__name__, mutation):
        made = draft(seed, "")
        made.parts = list(beside(made.parts))
        if MUTATIONS[mutation](made, random.Random(f"{seed} {mutation}")):
            _, wrong = judge(made, read_report(rendered(list(made.printed_parts()), made.sample, render)))
            assert not wrong, f"seed {seed}: read and truly printed: {wrong[:3]}"


def test_words_beside_the_forms_figures_are_noted() -> None:
    made = draft(0, "")
    parts = list(BESIDE["words"](list(made.printed_parts())))
    for render in (layouts.page, layouts.cell_per_line):
        notes = read_report(rendered(parts, made.sample, render)).notes
        assert any(note.code == "row_not_on_form" and "含结转3件" in note.message for note in notes)
