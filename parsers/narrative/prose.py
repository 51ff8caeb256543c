"""The sentences of the narrative, without the tables of the form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parsers.form.labels import OPENS_A_TABLE
from parsers.model import Document, Section, Table
from parsers.narrative.numerals import Marked, mark
from parsers.printed.cells import trim

Span = tuple[int, int]


# Section 5 speaks of what is lacking and of plans; its numbers are no figures of the year.
SPEAKING = ("overview", "proactive_disclosure", "applications", "review_litigation", "other_matters")
_END = re.compile(r"[。！？!?][”’」』）)]*")
_END_OR_LINE = re.compile(rf"{_END.pattern}|\n\s*")
_NUMBERING = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十]{1,3}[）)、]|[一二三四五六七八九]是|[（(]?\d{1,2}[）)、.．](?!\d)|第[一二三四五六])"
)
LONGEST = 4000  # characters: so far back a sentence is looked at where a line of it ends
_WRAPPED = 24  # a printed line at least this long that ends without punctuation goes on in the next one


Stretch = tuple[str, tuple[Marked, ...]]  # of prose: its section's code, its sentences


def sentences(document: Document, sections: Sequence[Section]) -> Iterator[Stretch]:
    """The sentences of each stretch of prose, marked, in order, with the section's code. A list after a colon is one with its sentence."""
    block_starts = frozenset(block.start for block in document.blocks)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    for section in sections:
        if section.code in SPEAKING:
            for start, end in _stretches(document.text, tables, section):
                yield section.code, tuple(_sentences(document.text, start, end, block_starts))


def _stretches(text: str, tables: Sequence[Table], section: Section) -> Iterator[Span]:
    """The prose of a section; of one that is a table only what stands above it, as what follows may be torn from it."""
    start, end = section.start, section.end
    for table in (table for table in tables if start < table.end and table.start < end):
        yield from _before_form(text, start, min(table.start, end))
        if section.code not in ("overview", "other_matters"):
            return
        start = max(start, table.end)
    yield from _before_form(text, start, end)


def _before_form(text: str, start: int, end: int) -> Iterator[Span]:
    end = max(start, end)
    form = OPENS_A_TABLE.search(text, start, end)
    start, end = trim(text, start, form.start() if form else end)
    if start < end:
        yield start, end


def _sentences(text: str, start: int, end: int, block_starts: frozenset[int]) -> Iterator[Marked]:
    first, breaks = start, []
    for match in _END_OR_LINE.finditer(text[start:end]):
        place = start + match.end()
        if match[0].startswith("\n"):
            line_end = start + match.start()
            if place not in block_starts or _goes_on(text, first, line_end, place):
                continue
            if _lists(text, first, line_end, place):
                breaks.append(line_end)
                continue
        yield from _marked(text, first, place, breaks)
        first, breaks = place, []
    yield from _marked(text, first, end, breaks)


def _marked(text: str, start: int, end: int, breaks: Sequence[int]) -> Iterator[Marked]:
    """The sentence in text[start:end]; `breaks` are the places in it where an element of a list ends without a sign."""
    start, end = trim(text, start, end)
    if start < end:
        yield mark(text, start, end, breaks)


def _goes_on(text: str, first: int, line_end: int, next_line: int) -> bool:
    """The sentence begun at `first` goes on after this line: it ends with a comma or colon, or is as long as the page is wide."""
    so_far = text[max(first, line_end - LONGEST) : line_end].strip()
    if not so_far or so_far[-1] in "，、,；;：:":
        return bool(so_far)
    wrapped = len(_line(text, line_end)) >= _WRAPPED
    return wrapped and not _NUMBERING.match(text, next_line) and not _lists(text, first, line_end, next_line)


def _lists(text: str, first: int, line_end: int, next_line: int) -> bool:
    """Both lines are elements of a list that a colon opened."""
    opened = re.search(r"[：:]\s*\n", text[max(first, line_end - LONGEST) : line_end])
    return bool(opened) and _element(_line(text, line_end)) and _element(text[next_line : next_line + LONGEST].split("\n", 1)[0].strip())


def _line(text: str, end: int) -> str:
    """The printed line that ends at a place."""
    return text[text.rfind("\n", 0, end) + 1 : end].strip()


def _element(line: str) -> bool:
    """One element of a list: short, with a figure, no sentence."""
    return len(line) <= 60 and line[-1:] not in "。！？" and bool(re.search(r"[\d０-９]", line))
