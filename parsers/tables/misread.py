"""Figures recognised in a picture, held against the form's equations: where one speaks against a figure, it may be misread."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from rapidfuzz.distance import Levenshtein

from parsers.form.editions import Equation, editions
from parsers.model import FROM_PICTURES, FormCell, Note

CODE = "perhaps_misread"
_MESSAGE = "图片里的数字与表内算术关系不符，改一个数字就相符，也许是识读有误，这一行不取 (an equation of the form does not hold, and would with one digit of this row read otherwise)"

Place = tuple[str, str, str]  # section, item and measure of a cell


def without_misread(cells: Sequence[FormCell], notes: Sequence[Note]) -> tuple[tuple[FormCell, ...], tuple[Note, ...]]:
    """The cells, those of rows that may be misread as unreadable, with a note on each of these rows. `notes` on the document say which
    cells were recognised in a picture.

    A row may be misread where an equation fails, one digit of a figure in it would mend that, and no other equation confirms the figure.
    """
    recognised = _recognised(notes)
    if not recognised:
        return tuple(cells), ()
    known = {cell[:3]: cell for cell in cells}
    suspects: set[Place] = set()
    confirmed: set[Place] = set()
    for added, equal in _instances(cells):
        terms = [known.get(place) for place in added + equal]
        if any(cell is None or cell.status == "unreadable" for cell in terms):
            continue
        over = _sum(known, added) - _sum(known, equal)
        if over == 0:
            confirmed.update(added + equal)
            continue
        suspects.update(place for place in added if _mends(known[place], -over))
        suspects.update(place for place in equal if _mends(known[place], over))
    rows = {place[:2] for place in suspects - confirmed if recognised(known[place])}
    kept = tuple(cell._replace(value=None, status="unreadable") if cell[:2] in rows and cell.value is not None else cell for cell in cells)
    return kept, tuple(Note(CODE, _MESSAGE, section=section, item=item) for section, item in sorted(rows))


def _recognised(notes: Sequence[Note]) -> Callable[[FormCell], bool] | None:
    """Was a cell recognised in a picture? None: none was."""
    ranges = [(note.start, note.end) for note in notes if note.code == FROM_PICTURES]
    if not ranges:
        return None
    return lambda cell: any(start is None or end is None or (start <= cell.start and cell.end <= end) for start, end in ranges)


def _instances(cells: Sequence[FormCell]) -> Iterator[tuple[list[Place], list[Place]]]:
    """What is added and what it equals, for each equation in each column or row of the editions that the cells are of."""
    printed = {cell.edition for cell in cells}
    seen: list[Equation] = []
    for form in editions():
        for equation in form.equations if form.code in printed else ():
            if equation in seen:
                continue
            seen.append(equation)
            for grid in form.of(equation.section):
                for each in grid.measures if equation.each == "column" else [row.item for row in grid.rows]:
                    yield _places(equation, equation.sum, each), _places(equation, equation.equals, each)


def _places(equation: Equation, names: Sequence[str], each: str) -> list[Place]:
    return [(equation.section, *((name, each) if equation.each == "column" else (each, name))) for name in names]


def _sum(known: Mapping[Place, FormCell], places: Sequence[Place]) -> float:
    return sum(known[place].value or 0 for place in places)


def _mends(cell: FormCell, change: float) -> bool:
    """Would one digit read otherwise, missed or added, change a figure by this?"""
    if cell.value is None or cell.value + change < 0:
        return False
    return Levenshtein.distance(f"{cell.value:g}", f"{cell.value + change:g}") == 1
