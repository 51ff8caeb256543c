"""Markdown: transcriptions with front matter, and what converters make of other formats."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise, takewhile

import yaml
from markdown_it import MarkdownIt

from parsers.documents.html.read import write_fragment
from parsers.documents.marks import without_marks
from parsers.documents.recognise import html_tables
from parsers.documents.set_tables.dashes import find_ruled
from parsers.model import Document
from parsers.printed.canonical import GridCell, Writer
from parsers.printed.decode import Undecodable, decode, notes_of

MAX_CHARACTERS = 2_000_000
MAX_LEVEL = 100  # of blocks in each other, lists and their items; what is deeper is dropped by the grammar
_DELIMITER = re.compile(r"^\s*+\|?\s*+:?-{2,}+:?\s*+(?:\|\s*+:?-{2,}+:?\s*+)*+\|?\s*$")
_PADDED = "\u2060"  # word joiner: a cell that is not printed
_HARD_BREAK = "  "
_OPEN = re.compile(rf"---(?:\|---)*{_HARD_BREAK}")
_BAR = re.compile(r"(?<!\\)\|")
_NUMBERED_COLUMN = re.compile(r"^Col\d+$")  # what PyMuPDF prints over a column whose header cell is blank
_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


def read_markdown(data: bytes) -> Document:
    """A document of Markdown text. Raises Undecodable for a front matter that is no YAML mapping, or too long a text."""
    decoded = decode(data)
    text = decoded.text
    if len(text) > MAX_CHARACTERS:
        raise Undecodable(f"文本超过 {MAX_CHARACTERS:,} 字，请只留报告本身 (the text is too long; keep the report alone)")
    stated: dict[str, str] = {}
    if front := _FRONT.match(text):
        stated = front_matter(front[1])
        text = text[front.end() :]
    writer = Writer()
    at = 0
    for start, end in html_tables(text):  # converters of PDF write tables with merged cells as HTML
        _write(text[at:start], writer)
        write_fragment(text[start:end], writer)
        at = end
    _write(text[at:], writer)
    written = writer.text.removesuffix("\n") if text[-1:].isdigit() else writer.text  # a figure cut short is seen to end it
    return Document("text/markdown", decoded.encoding, written, tuple(writer.blocks), stated, notes=notes_of(decoded))


def _write(text: str, writer: Writer) -> None:
    lines, at = text.split("\n"), 0
    for table in find_ruled(lines):
        _write_blocks("\n".join([*lines[at : table.first], *table.beside]), writer)
        writer.table(table.rows)
        at = table.last
    _write_blocks("\n".join(lines[at:]), writer)


def _write_blocks(text: str, writer: Writer) -> None:
    text = _whole_tables(text)
    lines = text.split("\n")
    tokens = _grammar().parse(text)
    if any(token.level >= MAX_LEVEL - 1 for token in tokens):
        raise Undecodable("列表套列表太深，不予读取，请改平后再放进来 (lists too deep in each other: make them flat)")
    rows: list[list[GridCell]] = []
    in_table, printed = False, 0
    for token in tokens:
        if token.type == "table_open":
            rows, in_table = [], True
        elif token.type == "table_close":
            writer.table(rows)
            in_table = False
        elif token.type == "tr_open":
            rows.append([])
            printed = _cells(lines[token.map[0]]) if token.map else 0
        elif token.type == "tr_close":
            rows[-1] = [
                cell for cell in rows[-1][:printed] if cell.text != _PADDED
            ]  # a short row stays short: Markdown would fill it up at its end, wherever its cell is missing
        elif token.type == "inline" and in_table:
            content = _NUMBERED_COLUMN.sub("", token.content)
            rows[-1].append(GridCell(without_marks(content).replace("\n", " ")))
        elif token.type == "inline":
            for line in without_marks(token.content).split("\n"):
                writer.paragraph(line)


@cache
def _grammar() -> MarkdownIt:
    return MarkdownIt("zero", {"maxNesting": MAX_LEVEL}).enable(["table", "heading", "list", "paragraph"])


def _whole_tables(text: str) -> str:
    """Tables as their printer meant them: Markdown drops the cells of a row beyond its header, reads a second header as a row,
    and the lines right below a table too. Each `|---|` begins a table of its own, its header is padded to the widest row below it,
    and it ends with its last bar."""
    lines = _closed(text.split("\n"))
    heads = [i - 1 for i in range(1, len(lines)) if _DELIMITER.match(lines[i]) and "|" in lines[i - 1]]
    for head, following in pairwise([*heads, len(lines)]):
        body = list(takewhile(str.strip, lines[head + 2 : following]))
        printed = max((at + 1 for at, line in enumerate(body) if "|" in line), default=0)
        if printed < len(body):
            lines[head + 2 + printed] = "\n" + lines[head + 2 + printed]
            body = body[:printed]
        missing = max((_cells(line) for line in body), default=0) - _cells(lines[head])
        if missing > 0:
            lines[head] = lines[head].rstrip().removesuffix("|") + "|" + f" {_PADDED} |" * missing
        columns = _cells(lines[head])
        lines[head + 1] = "|" + "---|" * columns
    begins = set(heads)
    return "\n".join("\n" + line if i in begins else line for i, line in enumerate(lines))


def _closed(lines: Sequence[str]) -> list[str]:
    """Tables whose rows have no bars at their ends and end in a hard break, as html2text prints them, with their rows between bars: a
    line that ends in a bar instead goes on in the next, and a bar at a row's end has a blank cell beside it."""
    closed: list[str] = []
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and lines[end].strip():
            end += 1
        block = lines[at:end]
        is_table = any(map(_OPEN.fullmatch, block[1:])) and all(line.endswith((_HARD_BREAK, "|")) for line in block)
        closed += (_between_bars("\n".join(block)) if is_table else []) or block
        closed += lines[end : end + 1]
        at = end + 1
    return closed


def _between_bars(table: str) -> list[str]:
    """Its rows with a bar before and after each; none if one that touches a bar has more cells than all that touch none."""
    rows = [row.replace("\n", " ") for row in table.split(f"{_HARD_BREAK}\n")]
    counts = [len(_BAR.findall(row)) + 1 for row in rows]
    touching = [row.strip()[:1] == "|" or row.strip()[-1:] == "|" for row in rows]
    most = max((count for count, touches in zip(counts, touching, strict=True) if not touches), default=0)
    fitting = all(count <= most for count, touches in zip(counts, touching, strict=True) if touches)
    return [f"| {row.strip()} |" for row in rows] if fitting else []


def _cells(line: str) -> int:
    return len(_BAR.findall(line.strip().removeprefix("|").removesuffix("|"))) + 1


# -- front matter ------------------------------------------------------------------------------------------------------

MAX_FRONT_MATTER = 20_000
_DEEPEST = 20  # lists and mappings within each other
_NOTHING = {"", "~", "null"}
_NO_YAML = (
    "两行 --- 之间的说明不是 YAML，应逐行写“名称: 值” (the front matter between the --- lines is not YAML: write “name: value” lines)"
)
_NO_LINES = "两行 --- 之间应逐行写“名称: 值” (the front matter between the --- lines is not a list of “name: value”)"
_TOO_LONG = f"两行 --- 之间的说明超过 {MAX_FRONT_MATTER:,} 字，请只留报告的名称、年度、日期、网址 (the front matter between the --- lines is too long: keep the report's names, dates and address)"


def front_matter(block: str) -> dict[str, str]:
    """What the lines between two `---` above a text state: its names with their values; a value that is itself a list is left out. Raises Undecodable.

    Values stay as written: no number is computed of them, no anchor is filled in.

    >>> front_matter("year: 2021\\npublished_on: 2022-01-05\\nsource: ~")
    {'year': '2021', 'published_on': '2022-01-05'}
    """
    if len(block) > MAX_FRONT_MATTER:
        raise Undecodable(_TOO_LONG)
    try:
        if _is_deep(block):
            raise Undecodable(_NO_LINES)
        entries = yaml.load(block, yaml.BaseLoader)
    except yaml.YAMLError as error:
        raise Undecodable(_NO_YAML) from error
    if not isinstance(entries, dict):
        raise Undecodable(_NO_LINES)
    return {key: value for key, value in entries.items() if isinstance(value, str) and value.lower() not in _NOTHING}


def _is_deep(block: str) -> bool:
    """Asked of the parser, which calls nothing within itself, before values are made, which does."""
    depth = 0
    for event in yaml.parse(block, yaml.BaseLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            return True
    return False
