"""Text as spreadsheets save it (CSV): a row a line, cells between commas, semicolons or tabs, in quotes where they hold one of these.

规章,930,1519,1539
"行政许可",181,,
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from parsers.documents.sheets.sheet import MAX_COLUMNS, Sheet, document_of
from parsers.model import Document
from parsers.printed.decode import LOST

MEDIA_TYPE = "text/csv"
_FEWEST = 8  # rows of figures; a report has some thirty
_NARROWEST = 4  # cells of such a row
_MOST, _THREE = 0.6, 3  # of a table's rows as many have one number of cells; a shorter table does not tell
_NAMED = re.compile(r"\ufeff?\"?sep=([,;\t])\"?\r?\n", re.IGNORECASE)  # as Excel is told
_NUMBER = re.compile(r"[-+]?[\d０-９][\d０-９,，.．]*")


def read_separated(text: str) -> Document | None:
    """The document of such a text, None where it is none."""
    named = _NAMED.match(text)
    text = text[named.end() :] if named else text
    for separator in named[1] if named else ",;\t":
        rows = list(_rows(text, separator)) if named or _may_part(text, separator) else []
        if named or sum(map(_is_of_figures, rows)) >= _FEWEST:
            sheet = Sheet("")
            for number, row in enumerate(_without_broken(rows)):
                for column, cell in enumerate(row[:MAX_COLUMNS]):
                    sheet.put((number, column), cell)
            return document_of(MEDIA_TYPE, [sheet], ())
    return None


def _may_part(text: str, separator: str) -> bool:
    """Are there as many rows with such separators as a report has? Tabs without quotes part cells in any plain text."""
    if separator == "\t" and '\t"' not in text:
        return False
    return sum(line.count(separator) >= _NARROWEST - 1 for line in text.split("\n")) >= _FEWEST


def _rows(text: str, separator: str) -> Iterator[Sequence[str]]:
    try:
        yield from ([cell.strip() for cell in row] for row in csv.reader(text.split("\n"), delimiter=separator))
    except csv.Error:  # a field of more than 128 kB
        return


def _without_broken(rows: Sequence[Sequence[str]]) -> Iterator[Sequence[str]]:
    """The rows, none of its figures legible where one has other than as many cells as most around it: nobody knows which is missing."""
    for is_table, group in groupby(rows, lambda row: len(row) > 1):
        table = list(group)
        length, count = Counter(map(len, table)).most_common(1)[0]
        begins = [next((at for at, cell in enumerate(row) if _NUMBER.fullmatch(cell)), None) for row in table]
        usual = Counter(at for at in begins if at is not None).most_common(1)
        is_usual = is_table and len(table) >= _THREE and count >= _MOST * len(table)
        widest = max(map(len, table))
        for row, first in zip(table, begins, strict=True):
            is_cut = first == 0 and len(row) < widest  # a row of nothing but figures, as section 4 has
            if first is None or not (is_cut or (is_usual and len(row) != length)):
                yield row
            else:
                first = min(first, usual[0][0])
                yield [*row[:first], *[LOST] * ((widest if is_cut else length) - first)]


def _is_of_figures(row: Sequence[str]) -> bool:
    numbers = sum(bool(_NUMBER.fullmatch(cell)) for cell in row[1:])
    return len(row) >= _NARROWEST and numbers > 0 and 2 * (numbers + row[1:].count("")) >= len(row) - 1
