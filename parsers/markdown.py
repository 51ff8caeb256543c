"""Markdown: transcriptions with front matter, and what converters make of other formats."""

from __future__ import annotations

import re
from itertools import takewhile

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from parsers.canonical import GridCell, Writer
from parsers.decode import Undecodable, decode
from parsers.model import Document

MAX_CHARACTERS = 2_000_000
_DELIMITER = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_PADDED = "\u2060"  # word joiner: a cell that is not printed
_BAR = re.compile(r"(?<!\\)\|")
_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


def read_markdown(data: bytes) -> Document:
    """A document of Markdown text. Raises Undecodable for a front matter that is no YAML mapping, or too long a text."""
    text, encoding = decode(data)
    if len(text) > MAX_CHARACTERS:
        raise Undecodable(f"文本超过 {MAX_CHARACTERS:,} 字 (the text is too long)")
    stated: dict[str, str] = {}
    if front := _FRONT.match(text):
        stated = _front_matter(front[1])
        text = text[front.end() :]
    writer = Writer()
    text = _whole_tables(text)
    lines = text.split("\n")
    tokens = MarkdownIt("zero").enable(["table", "heading", "list", "paragraph"]).parse(text)
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
            rows[-1].append(GridCell(token.content))
        elif token.type == "inline":
            _write_lines(token, writer)
    return Document("text/markdown", encoding, writer.text, tuple(writer.blocks), stated)


def _whole_tables(text: str) -> str:
    """Tables as their printer meant them: Markdown drops the cells of a row beyond its header, and reads a second header
    as a row. Each `|---|` begins a table of its own, and its header is padded to the widest row below it."""
    lines = text.split("\n")
    heads = [i - 1 for i in range(1, len(lines)) if _DELIMITER.match(lines[i]) and "|" in lines[i - 1]]
    for head, following in zip(heads, [*heads[1:], len(lines)], strict=True):
        body = list(takewhile(str.strip, lines[head + 2 : following]))
        missing = max((_cells(line) for line in body), default=0) - _cells(lines[head])
        if missing > 0:
            lines[head] = lines[head].rstrip().removesuffix("|") + "|" + f" {_PADDED} |" * missing
        columns = _cells(lines[head])
        lines[head + 1] = "|" + "---|" * columns
    begins = set(heads)
    return "\n".join("\n" + line if i in begins else line for i, line in enumerate(lines))


def _cells(line: str) -> int:
    return len(_BAR.findall(line.strip().removeprefix("|").removesuffix("|"))) + 1


def _write_lines(token: Token, writer: Writer) -> None:
    for line in token.content.split("\n"):
        writer.paragraph(line)


def _front_matter(block: str) -> dict[str, str]:
    try:
        entries = yaml.safe_load(block)
    except yaml.YAMLError as error:
        raise Undecodable("两行 --- 之间的说明不是 YAML (the front matter between the --- lines is not YAML)") from error
    if not isinstance(entries, dict):
        raise Undecodable("两行 --- 之间应逐行写“名称: 值” (the front matter between the --- lines is not a list of “name: value”)")
    return {str(key): str(value) for key, value in entries.items() if value is not None}
