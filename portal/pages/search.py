"""Search for Chinese words: a full-text index over pairs of characters.

SQLite's tokenizers know no word boundaries in Chinese, so every run of Han characters is indexed as its overlapping
pairs and its last character alone: 残疾人 as 残疾 疾人 人. The lone last one keeps a phrase from matching across
punctuation. Everything else (digits, Latin letters) is left to the tokenizer unicode61, so any SQLite opens the file.
Texts and queries are normalised as agencies' names are: traditional characters, radicals, full-width forms and characters that print
nothing make no other word.
"""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from collections.abc import Collection, Iterable
from functools import cache, lru_cache
from itertools import pairwise

from portal.data import DATA

# 〇 and 々 are written within words; the two ranges beyond the first plane are the rarer characters of names.
HAN = re.compile("[〇々\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
WORD = re.compile(r"[^\W_]+")
# What a reader typed, by words: punctuation sets apart (残疾、复议), but for what stands within numbers and addresses.
TYPED = re.compile(r"\w+(?:[-.:/]\w+)*")
_DRAWN = re.compile(r"(?:\s|\||(?<=[\s|]):?-{3,}:?(?=[\s|])|\*\*|(?<![^\n])#{1,6} )+")
SECTIONS = ("overview", "problems", "other_matters")  # columns of the index of texts; what is in none of them is `elsewhere`
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
    return " ".join(phrases(text)) or '""'


def phrases(text: str) -> list[str]:
    """The words of what a reader typed as phrases of FTS5.

    >>> phrases("残疾人 复议 - 残疾人")
    ['"残疾 疾人"', '"复议"']
    """
    return [*dict.fromkeys(filter(None, map(_phrase, words(normalised(text)))))]


def index(db: sqlite3.Connection) -> None:
    """Create and fill the search tables of `reports` and `source_texts`, anew if they exist, and that of whose texts these are."""
    create_index(db)
    put_in_index(db, [id for (id,) in db.execute("select id from reports")])


def create_index(db: sqlite3.Connection) -> None:
    """Create the search tables, empty. They refer to row numbers, which a VACUUM may change."""
    db.executescript(
        """
        drop table if exists reports_fts;
        drop table if exists source_texts_fts;
        drop table if exists source_texts_fts_reports;
        create virtual table reports_fts using fts5(title, agency, content="reports");
        create virtual table source_texts_fts using fts5(elsewhere, overview, problems, other_matters, content='');
        create table source_texts_fts_reports (source integer, report integer, primary key (source, report)) without rowid;
        """
    )


def put_in_index(db: sqlite3.Connection, reports: Collection[str]) -> None:
    """Let the search find these reports and their documents, which it did not know."""
    _functions(db)
    db.execute(f"insert into reports_fts(rowid, title, agency) {_TITLES}", _listed(reports))
    db.execute(f"insert into source_texts_fts(rowid, {_COLUMNS}) {_TEXTS}", _listed(reports))
    db.execute(
        "insert into source_texts_fts_reports select source_texts.rowid, reports.rowid"  # noqa: S608
        f" from reports join source_texts on source_texts.id = reports.source_id where reports.id in ({_LISTED})",
        _listed(reports),
    )


def take_from_index(db: sqlite3.Connection, reports: Collection[str]) -> None:
    """Let the search forget these reports and their documents. Their rows must still be as they were when they were put there."""
    _functions(db)
    db.execute(f"insert into reports_fts(reports_fts, rowid, title, agency) select 'delete', * from ({_TITLES})", _listed(reports))  # noqa: S608
    db.execute(f"insert into source_texts_fts(source_texts_fts, rowid, {_COLUMNS}) select 'delete', * from ({_TEXTS})", _listed(reports))  # noqa: S608
    db.execute(
        f"delete from source_texts_fts_reports where source in (select rowid from source_texts where report_id in ({_LISTED}))",  # noqa: S608
        _listed(reports),
    )


_LISTED = "select value from json_each(?)"
_TITLES = (
    "select reports.rowid, bigrams(title), bigrams(agencies.name)"  # noqa: S608 our own text
    f" from reports left join agencies on agencies.code = reports.agency where reports.id in ({_LISTED}) order by reports.rowid"
)
_COLUMNS = f"elsewhere, {', '.join(SECTIONS)}"
_TEXTS = (
    "select source_texts.rowid,"  # noqa: S608 our own text
    f" outside(source_texts.text, {', '.join(f'{section}.char_start, {section}.char_end' for section in SECTIONS)}),"
    f" {', '.join(f'within(source_texts.text, {section}.char_start, {section}.char_end)' for section in SECTIONS)}"
    " from source_texts left join reports as of on of.rowid = (select min(rowid) from reports where source_id = source_texts.id)"
    f" {' '.join(f'left join {section} on {section}.report_id = of.id' for section in SECTIONS)}"
    f" where source_texts.report_id in ({_LISTED}) order by source_texts.rowid"
)


def _listed(reports: Collection[str]) -> tuple[str]:
    return (json.dumps([*reports]),)


def _functions(db: sqlite3.Connection) -> None:
    db.create_function("bigrams", 1, lambda text: bigrams(text or ""), deterministic=True)
    db.create_function("within", 3, lambda text, start, end: "" if start is None else bigrams(text[start:end]), deterministic=True)
    db.create_function("outside", 7, _outside, deterministic=True)


def _outside(text: str, *places: int | None) -> str:
    """What of a text lies in none of the ranges, as it is indexed."""
    at, left = 0, []
    for start, end in sorted(
        (start, end) for start, end in zip(places[::2], places[1::2], strict=True) if start is not None and end is not None
    ):
        left.append(text[at:start])
        at = max(at, end)
    return bigrams("\n".join([*left, text[at:]]))


def spans(text: str, query: str) -> list[tuple[int, int]]:
    """Where the words of a query stand in a text, in whatever characters, from the left."""
    wanted = _wanted(query)
    return [match.span() for match in wanted.finditer(text)] if wanted.pattern else []


@lru_cache(100)
def _wanted(query: str) -> re.Pattern[str]:
    return re.compile("|".join(f"[{INVISIBLE}]*".join(map(_as_written, word)) for word in words(normalised(query))), re.IGNORECASE)


def _as_written(character: str) -> str:
    """A pattern of the characters that are compared as this one."""
    return f"[{re.escape(character + _written_as().get(character, ''))}]"


@cache
def _written_as() -> dict[str, str]:
    found: dict[str, str] = {}
    for written, compared in _characters().items():
        found[compared] = found.get(compared, "") + chr(written)
    return found


def marked(text: str, query: str) -> list[dict[str, str | bool]]:
    """A short text as pieces {text, hit}; the words of the query are hits."""
    return pieces(text, spans(text, query), 0, len(text))


def pieces(text: str, found: Iterable[tuple[int, int]], start: int, end: int) -> list[dict[str, str | bool]]:
    """The text between two places as pieces {text, hit}, blanks in one, without the marks by which a text draws tables and headings."""
    inside = [span for span in found if start <= span[0] and span[1] <= end]
    bounds = [start, *(place for span in inside for place in span), end]
    cut = [_DRAWN.sub(" ", text[begin:stop]) for begin, stop in pairwise(bounds)]
    return [{"text": piece, "hit": number % 2 == 1} for number, piece in enumerate(cut) if piece]


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
