"""A report before it is printed: its tables with a mark for each figure, so that mutations know what they move.

A draft is made from a sample, mutated (mutations.py), printed in a layout and read; `judge` compares what was read with
what the draft truly prints.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from unittest.mock import patch

from parsers.model import Report
from tests.support import layouts, printed
from tests.support.figures import Cell, Figures, Grid, Key, Sample, expected, figures
from tests.support.transcription import pipe_table, transcription

FIRST_MARK = 0xE000  # private use: one character stands for one figure until the draft is printed


@dataclass
class Draft:
    """`truth` is what each cell of the form truly prints; None where nothing is printed or the place is not decided."""

    sample: Sample
    parts: list[str | Grid]
    keys: list[Key]
    truth: dict[Key, str | None] = field(default_factory=dict)

    @property
    def grids(self) -> list[Grid]:
        return [part for part in self.parts if not isinstance(part, str)]

    def key(self, text: str) -> Key | None:
        """The cell of the form whose figure stands here, None if the text is not exactly one mark."""
        return self.keys[ord(text) - FIRST_MARK] if len(text) == 1 and 0 <= ord(text) - FIRST_MARK < len(self.keys) else None

    def figures(self, row: list[Cell]) -> list[int]:
        """Which cells of a row hold figures."""
        return [index for index, cell in enumerate(row) if self.key(cell[0])]

    def text(self, text: str) -> str:
        """With the figures in the places of their marks."""
        return text.translate({FIRST_MARK + index: self.sample.printed[key] for index, key in enumerate(self.keys)})

    def printed_parts(self) -> Iterator[str | Grid]:
        for part in self.parts:
            yield self.text(part) if isinstance(part, str) else [[(self.text(t), c, r) for t, c, r in row] for row in part if row]


def _blank(printed: Figures, pick: random.Random) -> Figures:
    token = pick.choice(["", "", "/", "\u3000"])
    return {key: token if pick.random() < 0.2 else text for key, text in printed.items()}


def _totals_only(printed: Figures, pick: random.Random) -> Figures:
    return {key: "" if key[0] == "applications" and key[2] != "total" else text for key, text in printed.items()}


def _unbalanced(printed: Figures, pick: random.Random) -> Figures:
    """No equation holds, no two figures are alike: only the columns can tell."""
    numbers = pick.sample(range(1, 10_000), len(printed))
    return {key: str(number) for key, number in zip(printed, numbers, strict=True)}


def _few(printed: Figures, pick: random.Random) -> Figures:
    """As in a small office: nearly everything is zero."""
    return {key: str(pick.choice([0, 0, 0, 1, 2])) if key[0] != "proactive_disclosure" else text for key, text in printed.items()}


FILLED: list[Callable[[Figures, random.Random], Figures]] = [lambda f, _: f, _unbalanced, _few, _blank, _totals_only]


def draft(seed: int, layout: str) -> Draft:
    """A sound report, drawn from a seed: its edition and how its cells are filled too."""
    pick = random.Random(seed)
    edition = pick.choice(["2019", "2021"])
    year = 2020 if edition == "2019" else 2023
    printed = FILLED[seed % len(FILLED)](figures(seed, edition), pick)
    keys = list(printed)
    marks = {key: chr(FIRST_MARK + index) for index, key in enumerate(keys)}
    drawn = Sample("", "样例市样例区民政局", year, edition, marks, f"{year + 1}-01-18")
    parts = _tables_of(transcription(drawn).decode()) if layout == "transcription" else list(layouts.parts(drawn))
    sample = Sample("", drawn.agency, year, edition, printed, drawn.published_on)
    return Draft(sample, parts, keys, dict(printed))


def _tables_of(markdown: str) -> list[str | Grid]:
    parts: list[str | Grid] = []
    for is_table, run in groupby(markdown.split("\n"), lambda line: line.startswith("|")):
        lines = list(run)
        rows = [[(text.strip(), 1, 1) for text in line.strip("|").split("|")] for line in lines if "---" not in line] if is_table else []
        parts.append(rows if is_table else "\n".join(lines))
    return parts


def _transcribed(draft: Draft) -> bytes:
    parts = draft.printed_parts()
    return "\n".join(p if isinstance(p, str) else pipe_table([[t for t, _, _ in row] for row in p]) for p in parts).encode()


def _lines(separator: str, end: str = "\n") -> Callable[[Draft], bytes]:
    """Rows on lines, as a copied page or a converted document has them."""

    def render(draft: Draft) -> bytes:
        rows = [
            [part] if isinstance(part, str) else [separator.join(t.replace("\n", "") for t, _, _ in row) for row in part]
            for part in draft.printed_parts()
        ]
        return end.join([draft.sample.title, *(line for row in rows for line in row)]).encode()

    return render


def _by_layout(render: Callable[[Sample], bytes]) -> Callable[[Draft], bytes]:
    def rendered(draft: Draft) -> bytes:
        with patch.object(layouts, "parts", lambda _: draft.printed_parts()):
            return render(draft.sample)

    return rendered


LAYOUTS: dict[str, Callable[[Draft], bytes]] = {
    **{
        render.__name__: _by_layout(render)
        for render in (
            layouts.cell_per_line, layouts.pipes_one_line, layouts.pipe_line_ends, layouts.tabs, layouts.tabs_fullwidth,
            layouts.page, layouts.page_gb18030, layouts.word_made, printed.aligned,
        )
    },
    "transcription": _transcribed,
    "row_per_line": _lines(" "),
    "row_with_tabs": _lines("\t"),
    "row_with_pipes": _lines(" | "),
    "glued": _lines("", ""),
}  # fmt: skip


def judge(draft: Draft, report: Report) -> tuple[Counter[str], list[tuple[Key, float, str | None]]]:
    """right, abstained, wrong over the cells of the form; and each wrong number with what is truly printed there."""
    truth = {key: text for key, text in draft.truth.items() if text is not None}
    sample = Sample("", "", draft.sample.year, draft.sample.edition, truth)
    wanted = {(s, i, m): float(number) for s, i, m, _, number in expected(sample) if number}
    read = {(c.section, c.item, c.measure): c.value for c in report.cells if c.value is not None}
    wrong = [(key, value, truth.get(key)) for key, value in read.items() if key not in wanted or abs(wanted[key] - value) > 1e-3]
    right = len(read) - len(wrong)
    return Counter(right=right, wrong=len(wrong), abstained=len([k for k in wanted if k not in read])), wrong
