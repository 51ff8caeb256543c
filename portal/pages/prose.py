"""Pages of prose: files of docs/ as HTML, tables and programs in frames that scroll by themselves, the sections of a long page folded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

DOCS = Path(__file__).resolve().parents[2] / "docs"
FRAME = '<div class="scroll" tabindex="0">'


def article(names: Iterable[str], folded: bool = False) -> dict[str, str]:
    """`article`: the files of docs/ one under the other; HTML in them would be shown, not run. What is not there is left out.

    `folded` shows the sections as headings that open.
    """
    return {"article": _article(tuple(names), folded)}


@cache
def _article(names: tuple[str, ...], folded: bool) -> str:
    files = [path for path in (DOCS / f"{name}.md" for name in names) if path.exists()]
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = [reader.parse(path.read_text(encoding="utf-8")) for path in files]
    for token in chain(*tokens[1:]):
        if token.type.startswith("heading_"):
            token.tag = f"h{int(token.tag[1]) + 1}"  # a page has one first heading
    return "".join(_section(reader, section, folded) for section in _sections([*chain(*tokens)]))


def _sections(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """What stands before the first heading of the second level, then each with what stands below it."""
    starts = [n for n, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h2"]
    for start, end in pairwise([0, *starts, len(tokens)]):
        yield tokens[start:end]


def _section(reader: MarkdownIt, tokens: Sequence[Token], folded: bool) -> str:
    def html(some: Iterable[Token]) -> str:
        rendered: str = reader.renderer.render([*_framed(some)], reader.options, {})
        return rendered

    if folded and tokens and tokens[0].tag == "h2":
        name = "-".join(re.findall("[a-z]+", tokens[1].content.rpartition(" · ")[2].lower()))
        # within what opens: a link to it opens it
        return f'<details><summary>{html(tokens[:3])}</summary><div class="unfolds" id="{name}">{html(tokens[3:])}</div></details>'
    return html(tokens)


def _framed(tokens: Iterable[Token]) -> Iterator[Token]:
    """Tables and programs within frames; a head without words is none."""
    head = "th"
    for token, following in pairwise([*tokens, _raw("")]):
        if token.type == "th_open":
            head = "th" if following.content.strip() else "td"
            token.attrs = {**token.attrs, "scope": "col"} if head == "th" else {}
        if token.type in ("th_open", "th_close"):
            token.tag = head
        if token.type in ("table_open", "fence", "code_block"):
            yield _raw(FRAME)
        yield token
        if token.type in ("table_close", "fence", "code_block"):
            yield _raw("</div>")


def _raw(html: str) -> Token:
    attributes: dict[str, Any] = {"content": html}
    return Token("html_block", "", 0, **attributes)
