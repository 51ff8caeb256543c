"""Templates are read by people: short lines, and every word that they ask data/words.yml for is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from portal.words import WORDS
from tests.support.paths import ROOT

TEMPLATES = sorted((ROOT / "templates").glob("*.html"))
LONGEST = 200  # characters of a line
PAIR = re.compile(r'\bt\(\s*"((?:[^"\\]|\\.)*)",\s*"((?:[^"\\]|\\.)*)"\s*\)')


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_line_is_longer_than_a_screen(path: Path) -> None:
    assert not [n for n, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1) if len(line) > LONGEST]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_each_word_of_a_code_is_known(path: Path) -> None:
    asked = re.findall(r'\bword\(\s*"(\w+)",\s*(?:"(\w+)")?', path.read_text(encoding="utf-8"))
    assert not [(kind, code) for kind, code in asked if kind not in WORDS or (code and code not in WORDS[kind])]


def test_a_pair_of_words_stands_in_one_place() -> None:
    """A sentence that one page says may stand in its template; what several say is in data/words.yml (marks such as ：apart)."""
    found = [pair for path in TEMPLATES for pair in PAIR.findall(path.read_text(encoding="utf-8"))]
    known = {pair for kind in ("facet", "page") for pair in WORDS[kind].values()}
    assert len(found) > 100
    assert not [pair for pair in set(found) if re.search("\\w", pair[0]) and (found.count(pair) > 1 or pair in known)]


def test_each_word_of_the_pages_is_said_on_several() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in [*TEMPLATES, *(ROOT / "portal/pages").glob("*.py")])
    assert not [code for code in WORDS["page"] if len(re.findall(rf'word\(\s*"page",\s*"{code}"[,)]', text)) < 2]


CHINESE = re.compile("[\u4e00-\u9fff]")
ASKED = {"例如：平潭县，民政局，残疾 行政复议"}  # what one types is Chinese in English too


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_what_is_said_in_chinese_is_said_in_english_too(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    bare = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", "", text, flags=re.DOTALL)
    assert CHINESE.findall(bare.replace('<span class="seal" aria-hidden="true">公开</span>', "")) == []
    pairs = [pair for pair in PAIR.findall(text) if pair[0] not in ASKED]
    assert [pair for pair in pairs if CHINESE.search(pair[1]) or (CHINESE.search(pair[0]) and not pair[1].strip())] == []


def test_each_word_has_both_languages() -> None:
    for kind, codes in WORDS.items():
        for code, (chinese, english) in codes.items():
            assert chinese and english and not CHINESE.search(english), (kind, code)
