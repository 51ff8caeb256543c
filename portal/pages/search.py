"""Search for Chinese words: a full-text index over pairs of characters.

SQLite's tokenizers know no word boundaries in Chinese, so every run of Han characters is indexed as its overlapping
pairs and its last character alone: 残疾人 as 残疾 疾人 人. The lone last one keeps a phrase from matching across
punctuation. Everything else (digits, Latin letters) is left to the tokenizer unicode61, so any SQLite opens the file.
Texts and queries are normalised as agencies' names are: traditional characters, radicals, full-width forms and characters that print
nothing make no other word.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from functools import cache
from itertools import pairwise

from portal.data import DATA

# 〇 and 々 are written within words; the two ranges beyond the first plane are the rarer characters of names.
HAN = re.compile("[〇々\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
WORD = re.compile(r"[^\W_]+")
# What a reader typed, by words: punctuation sets apart (残疾、复议), but for what stands within numbers and addresses.
TYPED = re.compile(r"\w+(?:[-.:/]\w+)*")
CHARACTERS = DATA / "characters.txt"  # a character and what it is compared as, pairs; written by parsers.printed.normalise
INVISIBLE = "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\uffa0\ufe00-\ufe0f\ufeff"


def bigrams(text: str) -> str:
    """The text as it is indexed.

    >>> bigrams("残疾人，2020年")
    ' 残疾 疾人 人 ,2020 年 '
    """
    return HAN.sub(lambda run: f" {_pairs(run[0])} {run[0][-1]} " if len(run[0]) > 1 else f" {run[0]} ", normalised(text))


def words(query: str) -> list[str]:
    """The words of a query as typed, without spaces and punctuation.

    >>> words("“残疾人”、复议 25.6 (2020)")
    ['残疾人', '复议', '25.6', '2020']
    """
    return TYPED.findall(query)


def match_query(text: str) -> str:
    """What a reader typed, as an FTS5 query: each word is a phrase, all of them must occur.

    A query that ends in a single character finds every word that begins with it. Nothing searchable finds nothing.

    >>> match_query("残疾人 复议")
    '"残疾 疾人" "复议"'
    >>> match_query("2020年")
    '"2020 年"*'
    >>> match_query('"-"')
    '""'
    """
    return " ".join(filter(None, map(_phrase, words(normalised(text))))) or '""'


def index(db: sqlite3.Connection) -> None:
    """Create and fill the search tables of `reports` and `source_texts`, anew if they exist, and that of whose texts these are.

    Call it last in a build: the index refers to row numbers, which a VACUUM may change.
    """
    db.create_function("bigrams", 1, lambda text: bigrams(text or ""), deterministic=True)
    db.executescript(
        """
        drop table if exists reports_fts;
        drop table if exists source_texts_fts;
        drop table if exists source_texts_fts_reports;
        create virtual table reports_fts using fts5(title, agency, content="reports");
        create virtual table source_texts_fts using fts5(text, content="source_texts");
        create table source_texts_fts_reports (source integer, report integer, primary key (source, report)) without rowid;
        """
    )
    db.execute(
        "insert into reports_fts(rowid, title, agency) select reports.rowid, bigrams(title), bigrams(agencies.name)"
        " from reports left join agencies on agencies.code = reports.agency"
    )
    db.execute("insert into source_texts_fts(rowid, text) select rowid, bigrams(text) from source_texts")
    db.execute(
        "insert into source_texts_fts_reports select source_texts.rowid, reports.rowid"
        " from reports join source_texts on source_texts.id = reports.source_id"
    )


def excerpt(text: str, query: str, around: int = 40) -> list[dict[str, str | bool]]:
    """The text near the first word of the query that occurs in it, as pieces {text, hit}; the words found are hits."""
    wanted = "|".join(f"[{INVISIBLE}]*".join(map(re.escape, word)) for word in words(normalised(query)))
    plain = text.translate(_characters())  # character for character: its places are the text's
    found = [match.span() for match in re.finditer(wanted, plain, re.IGNORECASE)] if wanted else []
    if not found:
        return []
    start, end = max(0, found[0][0] - around), min(len(text), found[0][1] + 2 * around)
    inside = [span for span in found if start <= span[0] and span[1] <= end]
    bounds = [start, *(place for span in inside for place in span), end]
    pieces = [text[begin:stop] for begin, stop in pairwise(bounds)]
    pieces[0], pieces[-1] = ("…" if start else "") + pieces[0], pieces[-1] + ("…" if end < len(text) else "")
    return [{"text": re.sub(r"\s+", " ", piece), "hit": number % 2 == 1} for number, piece in enumerate(pieces) if piece]


def normalised(text: str) -> str:
    """As `comparable` of the parsers folds, which a portal that is only shown does without.

    >>> normalised("殘\u200b疾⼈２０")
    '残疾人20'
    """
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", re.sub(f"[{INVISIBLE}]", "", text).translate(_characters())).translate(_characters())


@cache
def _characters() -> dict[int, str]:
    pairs = CHARACTERS.read_text(encoding="utf-8").split()
    return {ord(pair[0]): pair[1] for pair in pairs}


def _pairs(run: str) -> str:
    return " ".join(run[at : at + 2] for at in range(len(run) - 1))


def _phrase(word: str) -> str:
    """One word as a phrase; its closing run of Han characters is left open, since the text may go on there."""
    ends_in_han = HAN.search(word[-1]) is not None
    parts = WORD.findall(bigrams(word))
    if not parts:
        return ""
    if ends_in_han and len(parts) > 1 and len(parts[-2]) == 2 and HAN.fullmatch(parts[-2]):
        parts.pop()
        return f'"{" ".join(parts)}"'
    return f'"{" ".join(parts)}"' + ("*" if ends_in_han else "")
