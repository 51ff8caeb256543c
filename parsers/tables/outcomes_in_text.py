"""Section 4 in running text: fifteen cells below a header of two levels, on lines of their own, between bars or tabs, or as words.

行政复议 行政诉讼
结果维持 结果纠正 其他结果 尚未审结 总计 未经复议直接起诉 复议后起诉
结果维持 结果纠正 其他结果 尚未审结 总计 结果维持 结果纠正 其他结果 尚未审结 总计
3 1 0 2 6 0 0 1 3 4 1 0 0 0 1
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from parsers.form.headers import is_outcomes_header, outcome_counts, outcomes, printed_once
from parsers.model import Heading, Note
from parsers.printed.cells import (
    PrintedCells,
    Span,
    adds_up,
    evenly_set,
    is_value_like,
    may_be_cut,
    printed_lines,
    split_printed_cells,
    trim,
    words,
)
from parsers.printed.normalise import normalise_with_places
from parsers.printed.values import is_blank
from parsers.tables.rows import OF_NO_FORM, FormRow, PrintedCell, TableRows, TornRow

SECTION = "review_litigation"
PROCEDURES = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
_WORD = re.compile(r"[^\s|]+")
_FEWEST = 5  # figures that are a row


def read_outcomes(text: str, start: int, end: int) -> TableRows:
    """The three procedures' outcomes printed in text[start:end], which begins with the table's header."""
    header_end = _header_end(text, start, end)
    header = text[start:header_end]
    header = header if is_outcomes_header(header) else printed_once(header)
    if not is_outcomes_header(header):
        return TableRows(notes=(Note("header_unknown", OF_NO_FORM, start, header_end),))
    closing = re.compile(r"\t+(?=\n)").match(text, header_end)  # where a tab ends each line
    gap = split_printed_cells(text, closing.end() if closing else header_end, end)
    measures = outcomes(header)
    count = len(PROCEDURES) * len(measures)
    cells = (
        _row_between_bars(text, header_end, end, count)
        or _on_lines(text, start, header_end, end, count)
        or _all_cells(text, gap, count)
        or _words_of_line(text, header_end, end, count)
    )
    cells = None if cells and may_be_cut(text, cells, end) else cells
    if cells and (not _alone(text, cells, end) or any("\n" in text[s:e] for s, e in cells)):
        # printed once more with another figure, or a figure cut in two
        first, last = trim(text, header_end, end)
        return TableRows(torn=tuple(TornRow(SECTION, p, (), measures, first, last) for p in PROCEDURES))
    if cells is None:
        first, last = trim(text, header_end, gap.rest)
        if not re.search(r"\d", text[first:last]):
            return TableRows()
        glued = len(words(text, ((first, last),))) <= len(PROCEDURES)
        return TableRows(torn=tuple(TornRow(SECTION, p, (), measures, first, last, in_order=glued) for p in PROCEDURES))
    rows = []
    for index, procedure in enumerate(PROCEDURES):
        part = cells[index * len(measures) : (index + 1) * len(measures)]
        rows.append(FormRow(SECTION, procedure, (), tuple(PrintedCell(m, s, e) for m, (s, e) in zip(measures, part, strict=True))))
    return TableRows(tuple(rows))


def _alone(text: str, cells: Sequence[Span], end: int) -> bool:
    """Do no other figures follow them, unless they are the same once more? One that cannot be read may stand before these."""
    words = [word for word in re.split(r"[\s|]+", text[cells[-1][1] : end]) if word]
    following = list(takewhile(is_value_like, words))
    figures = [word for word in following if not is_blank(word)]
    after = words[len(following) + 1 : len(following) + 2]  # the word that is no figure
    printed = [text[s:e] for s, e in cells if not is_blank(text[s:e])]
    return (not figures or figures == printed) and not any(word.isdigit() for word in after)


def _header_end(text: str, start: int, end: int) -> int:
    """The end of the last header word: the header has no digits, so it lies before the first one (or blank token)."""
    first_value = re.compile(r"[\d０-９/\\]|(?<=[\s|])[-—－无](?=[\s|])").search(text, start, end)
    normalised, places = normalise_with_places(text, start, first_value.start() if first_value else end)
    last = places[-1] + 1 if normalised else start
    return last + len(text[last:end]) - len(text[last:end].lstrip(")）"))


def _row_between_bars(text: str, start: int, end: int, count: int) -> tuple[Span, ...] | None:
    """The cells of the one line between bars below the header, blank ones too.

        | 结果维持 | 结果纠正 | 其他结果 | … | 总计 |
        | 19 | 24 | 28 | 34 | 105 |  | 16 | 4 | 10 | 50 | 9 | 9 | 30 | 34 | 82 |

    As trafilatura prints it: without |---| the lines are no Markdown table.
    """
    for line in re.finditer(r"^[^\S\n]*\|([^\n]*)\|[^\S\n]*$", text[start:end], re.MULTILINE):
        first, last = start + line.start(1), start + line.end(1)
        bars = [first - 1, *(bar.start() for bar in re.compile(r"\|").finditer(text, first, last)), last]
        cells = tuple(trim(text, a + 1, b) for a, b in pairwise(bars))
        if len(cells) == count and any(s < e for s, e in cells):
            return cells if all(is_value_like(text[s:e]) for s, e in cells) else None
    return None


def _on_lines(text: str, start: int, header_end: int, end: int, count: int) -> tuple[Span, ...] | None:
    """The lines, one a cell, below a header that has a blank line for each of the five merged cells above its last ones: then a
    blank line is a blank cell. The last cell must be printed, as blank lines may follow a row cut short.

        复议后起诉
        ⏎ (five blank lines, and one at the row's end)
        结果维持
        …
        总计
        ⏎
        3
        1
        ⏎ (a blank cell)

    As LibreOffice saves a table as text.
    """
    blank_cells = re.search(r"复议后起诉(?:[^\S\n]*\n){6}[^\S\n]*+结果维持", text[start:header_end])
    lines = list(re.finditer(r"[^\n]*\n?", text[header_end:end]))
    cells = tuple(trim(text, header_end + line.start(), header_end + line.end()) for line in lines[1 : count + 1])
    rest = text[header_end + lines[0].start() : header_end + lines[0].end()] + "".join(line[0] for line in lines[count + 1 :])
    if not blank_cells or rest.strip() or len(cells) < count or cells[-1][0] == cells[-1][1]:
        return None
    if not all(is_value_like(text[s:e]) for s, e in cells):
        return None
    parts = [cells[at : at + count // len(PROCEDURES)] for at in range(0, count, count // len(PROCEDURES))]
    # A blank line too many moves all that follows, and leaves one below the last cell.
    blanks = any(s == e for s, e in cells) and any(line[0] for line in lines[count + 1 :])
    return cells if not blanks or all(part[-1][0] == part[-1][1] or adds_up(text, part, blank=0) for part in parts) else None


def _words_of_line(text: str, start: int, end: int, count: int) -> tuple[Span, ...] | None:
    """The words of the one line of figures, if it has as many: what parts them is not the same everywhere.

        | 9    | 27 30 | 9 75 | 3 16     | 20 20 | 59 19 | 3 20 | 7 49 |

    As markitdown, whose columns of a PDF's table are not the drawn ones, and pdfplumber with its layout print it.
    """
    lines = [line for line in printed_lines(text, start, end) if re.compile(r"\d").search(text, *line)]
    found = tuple(word.span() for word in re.compile(r"\S+").finditer(text, *lines[0])) if len(lines) == 1 else ()
    if len(found) != count or re.search(r"\t[^\S\n]*\t", text[found[0][0] : found[-1][1]]):  # a blank among them: one is of another column
        return None
    return found if all(is_value_like(text[s:e]) for s, e in found) else None


def _all_cells(text: str, gap: PrintedCells, count: int) -> tuple[Span, ...] | None:
    """As many cells, or as many printed ones without a blank between: what lies before and after them is padding.

        3 | 1 | 0 | 2 | 6 | 0 | 0 | 1 | 3 | 4 | 1 | 0 | 0 | 0 | 1

    As pages are copied, by tabs, bars or a cell a line: docx2txt, BeautifulSoup, markitdown.
    """
    cells = gap.cells if gap.mode != "spaces" or len(gap.cells) == count else words(text, gap.cells)
    if gap.mode == "spaces" and not evenly_set(text, cells):
        return None
    if len(cells) == count:
        return cells
    printed = [index for index, (s, e) in enumerate(cells) if s < e]
    if len(printed) == count and printed[-1] - printed[0] == count - 1:
        return cells[printed[0] : printed[-1] + 1]  # padding before and after them
    return None


def bare_outcomes(text: str, headings: Sequence[Heading]) -> TableRows:
    """Section 4 as nothing but its fifteen figures under the heading: only the sums can tell that they are the form's.

        四、政府信息公开行政复议、行政诉讼情况
        3 1 0 2 6 0 0 1 3 4 1 0 0 0 1

    The procedures' rows as rows that came apart, which the form's sums may read, where as many figures as cells and nothing else stand
    under the heading; a note where they are another number.
    """
    ends = [heading.start for heading in headings[1:]] + [len(text)]
    for heading, following in zip(headings, ends, strict=False):
        words = list(_WORD.finditer(text, heading.end, following)) if heading.section == SECTION else []
        figures = [word for word in words if any(char.isdecimal() for char in word[0])]
        if len(figures) < _FEWEST or not all(is_value_like(word[0]) for word in words):
            continue
        start, end = figures[0].start(), figures[-1].end()
        if len(words) in outcome_counts() and all(word[0].isdecimal() for word in words):
            return TableRows(torn=tuple(TornRow(SECTION, p, (), outcomes(), start, end, in_order=True) for p in PROCEDURES))
        message = f"第四部分标题下只有 {len(figures)} 个数字，没有表头，不能断定各是哪一格 (figures without a header under the heading of section 4)"
        return TableRows(notes=(Note("header_unknown", message, start, end),))
    return TableRows()
