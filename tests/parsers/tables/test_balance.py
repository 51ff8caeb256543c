"""Rows whose digits run together: read where the equations force one reading, NULL where they do not, never bent."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.form.editions import editions
from parsers.model import FormCell
from parsers.tables.rows import TornRow
from parsers.tables.splits import splits
from parsers.tables.sums import balance

FORM = editions()[-1]
ITEMS = [row.item for grid in FORM.of("applications") for row in grid.rows]
MEASURES = FORM.of("applications")[0].measures
SUM = next(e for e in FORM.equations if e.code == "applications_handled_sum")

numbers = st.one_of(st.just(0), st.integers(0, 9), st.integers(0, 400))
applicants = st.lists(numbers, min_size=6, max_size=6)


def glued(rows: dict[str, list[int]]) -> tuple[str, list[TornRow]]:
    text, torn = "", []
    for item, row in rows.items():
        start = len(text)
        text += "".join(map(str, row))
        torn.append(TornRow("applications", item, (), MEASURES, start, len(text), in_order=True))
        text += "\n"
    return text, torn


def found(rows: dict[str, list[int]], cells: list[FormCell] | None = None) -> dict[str, list[float | None]]:
    text, torn = glued(rows)
    read: dict[str, list[float | None]] = {}
    for cell in balance(text, cells or [], torn).cells:
        read.setdefault(cell.item, []).append(cell.value)
    return read


def sound(parts: dict[str, list[int]], out: list[int]) -> dict[str, list[int]]:
    """A table of section 3 that adds up: handled is the sum, received what is left of both."""
    rows = {item: [*row, sum(row)] for item, row in parts.items()}
    handled = [sum(column) for column in zip(*rows.values(), strict=True)]
    carried = [*out, sum(out)]
    received = [h + c for h, c in zip(handled, carried, strict=True)]
    return {"received": received, "carried_in": [0] * 7, **rows, "handled": handled, "carried_out": carried}


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.data())
def test_a_sound_table_is_read_right_or_not_at_all(data: st.DataObject) -> None:
    parts = {item: data.draw(applicants, label=item) if data.draw(st.booleans()) else [0] * 6 for item in SUM.sum}
    rows = sound(parts, data.draw(applicants))
    for item, row in found(rows).items():
        assert row == rows[item]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(applicants)
def test_one_row_is_read_exactly_when_its_total_forces_it(row: list[int]) -> None:
    whole = [*row, sum(row)]
    text, torn = glued({"received": whole})
    ways = list(splits(text, [(torn[0].start, torn[0].end)], [7]))
    assert tuple(whole) in {way.numbers for way in ways}
    assert found({"received": whole}) == ({"received": whole} if len(ways) == 1 else {})


def test_column_equations_choose_between_splits() -> None:
    several = [11, 1, 0, 0, 0, 0, 12]  # 1110000 12: also 1 | 11 | 0 …
    rows = sound({item: several[:6] if item == "disclosed" else [0] * 6 for item in SUM.sum}, [0] * 6)
    assert found({"disclosed": rows["disclosed"]}) == {}
    columns = {item: row for item, row in rows.items() if item != "disclosed"}
    cells = [
        FormCell("applications", item, m, float(n), "stated", 0, 0, "2021")
        for item, row in columns.items()
        for m, n in zip(MEASURES, row, strict=True)
    ]
    assert found({"disclosed": rows["disclosed"]}, cells) == {"disclosed": rows["disclosed"]}


def test_a_contradicted_column_equation_bends_nothing() -> None:
    rows = sound({item: [11, 1, 0, 0, 0, 0] if item == "disclosed" else [0] * 6 for item in SUM.sum}, [0] * 6)
    rows["handled"] = [7, 0, 0, 0, 0, 0, 7]  # the agency's own mistake, forced by its own total
    read = found(rows)
    assert read["handled"] == rows["handled"]  # stands as read
    assert "disclosed" not in read  # would have needed the contradicted equation


def test_every_inferred_cell_says_by_which_equations() -> None:
    text, torn = glued({"received": [23, 0, 0, 0, 0, 0, 23]})
    done = balance(text, [], torn)
    assert {n.message.split(":")[0] for n in done.notes} == {"applications_row_total"}
    assert [text[c.start : c.end] for c in done.cells] == ["23", "0", "0", "0", "0", "0", "23"]
    assert {c.status for c in done.cells} == {"inferred"}


TWO_WAYS = [16, 12, 18, 10, 14, 19, 89]  # 16121810141989: also 161, 2, 1, 810, 14, 1, 989


def test_a_row_of_which_two_readings_add_up_is_not_read() -> None:
    text, torn = glued({"received": TWO_WAYS})
    assert not balance(text, [], torn).cells


def test_a_row_that_may_have_lost_blank_cells_is_not_read() -> None:
    full = {"received": [1, 1, 1, 1, 1, 2, 7], "carried_in": [2, 0, 0, 0, 0, 0, 2], "disclosed": [4, 0, 0, 0, 0, 0, 4]}
    full |= {item: [0] * 7 for item in ITEMS[3:9]}
    assert found(full)["received"] == full["received"]  # 1111127: also 11, 11, 27 … with fewer cells it does not add up
    assert "handled" not in found(full | {"handled": [3]})  # one row has lost its blanks
    many = {item: [n, n] for n, item in enumerate(ITEMS[10:20], 1)}
    assert not found(full | many)  # most have: what adds up may do so by chance


def test_three_procedures_one_of_which_may_have_lost_a_blank_cell_are_not_read() -> None:
    """1, 1, 1, 22 make 25; so do 11, nothing, 12 and 2, if the blank cell left no trace."""
    for digits, read in (("11122252023722318", False), ("111252023722318", True)):
        outcomes = FORM.of("review_litigation")[0].measures
        torn = [
            TornRow("review_litigation", row.item, (), outcomes, 0, len(digits), in_order=True)
            for row in FORM.of("review_litigation")[0].rows
        ]
        assert bool(balance(digits, [], torn).cells) is read, digits


def test_the_equations_have_as_many_columns_as_the_rows() -> None:
    """On a form with three kinds of applicants: 2257097 is 2, 25, 70, 97 or 22, 5, 70, 97, and the columns say which."""
    rows = {"received": [2, 25, 70, 97], "carried_in": [0, 0, 0, 0], "handled": [1, 25, 67, 93], "carried_out": [1, 0, 3, 4]}
    text, torn = glued(rows)
    narrow = [TornRow(r.section, r.item, r.editions, (*MEASURES[:3], "total"), r.start, r.end, in_order=True) for r in torn]
    read = balance(text, [], narrow).cells
    assert [cell.value for cell in read if cell.item == "received"] == rows["received"]
