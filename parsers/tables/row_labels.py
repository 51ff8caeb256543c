"""Which cell of a drawn row is the label of a row of the form, and of which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from parsers.form.editions import also_columns, numbers_before, row_items
from parsers.form.leftover import is_word_of_form
from parsers.model import Cell
from parsers.printed.cells import is_value_like
from parsers.printed.normalise import normalise, normalise_label
from parsers.printed.values import is_blank
from parsers.tables.drawn_headers import DrawnHeader

_BELOW_GROUP = re.compile(r"(\D{1,40}?)\s(\d\s*+[.．、].{2,120})")
_OTHER = "其他"
_FIRST_OF_OTHER = ("other_not_supplemented", "other_fee_unpaid")


class RowLabels:
    """Tells the labels of the rows of one document's tables, going down them. `last`: the last label's item. `has_other`: figures stand
    beside （六）其他处理."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.last: str | None = None
        self.has_other = False

    def find(self, row: Sequence[Cell], names: Sequence[str], header: DrawnHeader) -> tuple[str, int] | None:
        """The item that a row below this header is of, and which of its cells is the label; None if it has none.

        `names`: the row's words as `normalise_label` gives them. Of several labels (a group's and a row's) the last counts.
        """
        found = self._label(row, names, header) or self._label_below_group(row, header.section)
        if found:
            self.last = found[0]
            self.has_other |= self.last == "other" and any(not is_blank(self._printed(cell)) for cell in row[found[1] + 1 :])
        return found

    def _label(self, row: Sequence[Cell], names: Sequence[str], header: DrawnHeader) -> tuple[str, int] | None:
        items = row_items(header.section)
        for at in reversed(range(len(row))):
            name = names[at]
            if name == "行政诉讼":  # the procedure may stand in brackets after it
                name = normalise(self._printed(row[at]))
            if name not in items or (header.goes_on and name in also_columns("applications")):
                continue
            if name == _OTHER and not self._is_third_of_other(self._printed(row[at])):
                continue
            if name == "其他处理" and not self._are_values(c for c in row[at + 1 :] if c.column not in header.foreign):
                continue
            if header.section == "review_litigation" and self._heads_columns(row[at + 1 :]):
                continue
            return items[name][0], at
        return None

    def _label_below_group(self, row: Sequence[Cell], section: str) -> tuple[str, int] | None:
        """A numbered label in one cell with a piece of the group's beside it: （三）不 1.属于国家秘密."""
        for at, cell in enumerate(row):
            printed = _BELOW_GROUP.fullmatch(self._printed(cell))
            if not printed or not is_word_of_form(printed[1]):
                continue
            name = normalise_label(printed[2])
            items = row_items(section).get(name)
            if items and (name != _OTHER or self._is_third_of_other(printed[2])):
                return items[0], at
        return None

    def _is_third_of_other(self, printed: str) -> bool:
        """3.其他 of （六）其他处理, numbered or after the other two; in the 2019 edition （六）其他处理 has figures and no rows."""
        if self.has_other:
            return False
        number = re.match("(.)其", normalise(printed))
        return number[1] in numbers_before(_OTHER) if number else self.last in _FIRST_OF_OTHER

    def _heads_columns(self, after: Sequence[Cell]) -> bool:
        """行政复议 heads columns on paper; it is a row's label where cells with values follow it."""
        return not self._are_values(after) or all(is_blank(self._printed(cell)) for cell in after)

    def _are_values(self, cells: Iterable[Cell]) -> bool:
        return all(is_value_like(self._printed(cell)) for cell in cells)

    def _printed(self, cell: Cell) -> str:
        return self.text[cell.start : cell.end]
