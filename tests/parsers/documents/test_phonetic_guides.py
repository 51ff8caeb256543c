"""Pages of mirror sites with pinyin beside characters are read as the page without it, and say so."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

import pytest
from pypinyin import Style, pinyin

from parsers import read_report
from parsers.model import Report
from parsers.printed.phonetic import without_guides
from tests.support import layouts
from tests.support.figures import Sample
from tests.support.held import MADE


def guided(text: str, rate: float) -> str:
    """The text with the sound behind some of its characters, as such sites print it: with tones, a neutral one without."""
    pick = Random(rate)
    sounds = (f"({pinyin(char, style=Style.TONE)[0][0]})" if "一" <= char <= "鿿" and pick.random() < rate else "" for char in text)
    return "".join(char + sound for char, sound in zip(text, sounds, strict=True))


def in_page(page: str, rate: float) -> str:
    return "".join(part if part.startswith("<") else guided(part, rate) for part in re.split(r"(<[^>]*>)", page))


def said(report: Report) -> tuple[object, ...]:
    cells = {(c.section, c.item, c.measure): (c.value, c.status) for c in report.cells}
    return cells, report.identity.agency, report.identity.year, [(c.kind, c.value, c.doubt) for c in report.claims]


@pytest.mark.parametrize("rate", [0.05, 0.3, 1.0])
@pytest.mark.parametrize("layout", [layouts.page, layouts.cell_per_line, layouts.pipe_line_ends, layouts.tabs])
def test_it_is_read_as_without_them(layout: Callable[[Sample], bytes], rate: float) -> None:
    text = layout(MADE).decode()
    plain = read_report(text.encode())
    report = read_report((in_page if text.lstrip().startswith("<") else guided)(text, rate).encode())
    assert said(report) == said(plain)
    assert [note.code for note in report.notes if note.code == "phonetic_guides"] and report.document.text == plain.document.text


@pytest.mark.parametrize(
    "text", ["市民服务热线（12345）、客户端(app)、微信(weixin)", "规范性文件（含废止）3件", "增长(下降)5%、其他(其它)", "项目A(a)3件"]
)
def test_other_brackets_stay(text: str) -> None:
    assert without_guides(text) == (text, 0)
    assert without_guides(f"發(fā)、數(shù)、規(guī){text}")[0] == f"發、數、規{text}"
