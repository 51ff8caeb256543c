"""Section 2 where the figures stand apart from their labels, above or below them, as converters of PDF print a table's rows.

Below each header of an article stand as many lines of figures as labels, both in printed order; then, and only then, the order
says whose figures they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise, takewhile, zip_longest
from typing import NamedTuple

from parsers.form.disclosure_headers import Columns, match_section2
from parsers.form.labels import Label, Zone, labels
from parsers.printed.cells import Span, is_value_like, printed_lines
from parsers.printed.lines import SIGNED_PAGE_NUMBER
from parsers.tables.order import DOUBT, with_told
from parsers.tables.rows import FormRow, PrintedCell, TableRows, with_layouts

SECTION = "proactive_disclosure"
_FIRST_FIGURE = re.compile(r"(?<![\d一-鿿（(])[-+增减]?\d|(?<=\s)[-—–－/／无](?=\s)")
# In one cell of a drawn table a figure with a space in it, or two that ran together; a sign, of the figure after it or of a blank.
_SEVERAL = re.compile(r"[\t|][^\S\t]*\d+[^\S\t\n]+\d|\d[^\S\t\n]+\d+[^\S\t\n]*[\t|]|(?<!\S)[-—–－/][^\S\n]\d")
_WORD = re.compile(r"(?:(?:增|减|增加|减少|\+)[^\S\n\t]+(?=\d))?[^\s|]+")
_UNIT = re.compile("[亿万]?元")
_NUMBERED = re.compile(r"(?:序|编)[^\S\n]*+号")  # heads a column of numbers left of the labels
_BESIDE = 20  # characters before 信息内容 in which 序号 heads a column left of it


class ArticleLine(NamedTuple):
    """A line below the header: the labels on it, as numbers in printed order, its figures, and does it end in a space?"""

    labels: tuple[int, ...]
    figures: tuple[Span, ...]
    spaced: bool = False


class Article(NamedTuple):
    """What is printed below a header, from where to where: the labels of rows, and the lines, None where other words are."""

    span: Span
    columns: Columns
    rows: tuple[Label, ...]
    lines: tuple[ArticleLine, ...] | None


def with_articles_in_order(text: str, zone: Zone, found: TableRows) -> TableRows:
    """What was found, with the rows of section 2 that only the order of their articles tells."""
    articles = list(_articles(text, zone))
    if any(_has_more(article) for article in articles):
        return found  # a column beside the form's
    of_figures = [line for article in articles for line in article.lines or () if line.figures]
    seldom = 2 * sum(line.spaced for line in of_figures) < len(of_figures)
    for article in articles:
        blank = seldom and any(line.spaced for line in article.lines or () if line.figures)
        if not blank and (rows := _told(article)):  # a space at the end of a line, where most have none, is a blank cell's
            found = with_told(found, with_layouts(text, TableRows(tuple(rows))).rows, [article.span])
    return found


def _has_more(article: Article) -> bool:
    """Are there more figures than the form's columns have room for, on a line or below the header?"""
    counts = [len(line.figures) for line in article.lines or ()]
    width = len(article.columns.measures)
    return max(counts, default=0) > width or sum(counts) > width * len(article.rows)


def _articles(text: str, zone: Zone) -> Iterator[Article]:
    printed = labels(text, zone)
    for at, head in enumerate(printed):
        if head.kind != "content" or _NUMBERED.search(text, max(0, head.start - _BESIDE), head.start):
            continue  # where rows are numbered, a number may pass for the figure of a blank cell
        below = list(takewhile(lambda label: label.kind not in ("article", "content"), islice(printed, at + 1, None)))
        stop = at + 1 + len(below)
        end = printed[stop].numbered_from if stop < len(printed) else zone.end
        rows = tuple(label for label in below if label.kind == "row")
        if rows and (figure := _FIRST_FIGURE.search(text, head.end, end)):
            body = min(figure.start(), rows[0].numbered_from)
            columns = match_section2(text[head.end : body])
            whole = columns and not columns.damaged and all(columns.with_row(label.item) for label in rows)
            if columns and whole and _set_alike(text[head.start : body], text[body:end]):
                yield Article((body, end), columns, rows, _lines(text, body, end, rows))


def _set_alike(header: str, rows: str) -> bool:
    """Have labelled rows of a drawn table blank cells only where its header has? Where the header is no part of it, or the label
    torn away, blanks tell nothing."""
    heads = [line.split("\t") for line in header.split("\n") if "\t" in line]
    drawn = [line.split("\t") for line in rows.split("\n") if "\t" in line and not line.startswith("\t")]
    above = ["".join(words) for words in zip_longest(*heads, fillvalue="")]
    return not heads or all(
        all(word.strip() or not head.strip() for word, head in zip_longest(cells, above, fillvalue="")) for cells in drawn
    )


def _told(article: Article) -> list[FormRow]:
    """The rows whose figures these lines are; none if there are not as many of both, or a label stands beside another's figures."""
    _, columns, rows, lines = article
    of_figures = [line for line in lines or () if line.figures]
    apart = [not line.labels for line in of_figures]
    if len(of_figures) != len(rows) or any(len(line.figures) != len(columns.measures) for line in of_figures):
        return []
    if any(line.labels not in ((), (at,)) for at, line in enumerate(of_figures)):
        return []
    if len(columns.measures) == 1 and len(set(apart)) > 1:  # a line of one figure may be the rest of the one above
        return []
    return [_row(columns, label, line) for label, line in zip(rows, of_figures, strict=True)]


def _row(columns: Columns, label: Label, line: ArticleLine) -> FormRow:
    printed = tuple(PrintedCell(m, s, e, columns.money(m)) for m, (s, e) in zip(columns.measures, line.figures, strict=True))
    return FormRow(SECTION, label.item, columns.with_row(label.item), printed, columns.doubt if line.labels else DOUBT, "order")


def _lines(text: str, start: int, end: int, rows: Sequence[Label]) -> tuple[ArticleLine, ...] | None:
    """The lines of text[start:end]; None if other words than the labels are printed there, or figures left of a label."""
    found = []
    for begin, stop in printed_lines(text, start, end):
        if SIGNED_PAGE_NUMBER.fullmatch(text, begin, stop):
            continue
        here = tuple(at for at, label in enumerate(rows) if begin <= label.start < stop)
        covered = [(rows[at].numbered_from, rows[at].end) for at in here]
        figures: list[Span] = []
        for a, b in pairwise([begin, *(place for span in covered for place in span), stop]):
            if (a, b) not in covered:
                if _SEVERAL.search(text, a, b):
                    return None
                for word in _WORD.finditer(text, a, b):
                    if _UNIT.fullmatch(word[0]) and figures:
                        figures[-1] = (figures[-1][0], word.end())
                    elif is_value_like(word[0]):
                        figures.append(word.span())
                    else:
                        return None
        if covered and figures and figures[0] < covered[0]:  # a number left of its row's label: there is a column beside the form's
            return None
        found.append(ArticleLine(here, tuple(figures), text[stop - 1] == " "))
    return tuple(found)
