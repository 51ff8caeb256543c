"""Names in letters: pinyin without tones, its initials and its syllables, so that a reader may type pingtan, ptx or 平谭县 for 平潭县.

The readings are pypinyin's, but for names of places that data/place_readings.yml puts right. `python -m portal.build.spelling` writes
data/syllables.txt anew, by which pages know the sound of what a reader typed.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Sequence
from functools import cache
from itertools import product

from pebble import ProcessPool

from portal.build.worker import end_with
from portal.data import DATA, load
from portal.sounds import SYLLABLES, in_syllables

READINGS = DATA / "place_readings.yml"


_NAMES = {"regions": "name", "agencies": "name || '；' || coalesce(other_names, '')"}


def spell(db: sqlite3.Connection) -> None:
    """Fill the column `pinyin` of regions and agencies where it is not; an agency is spelled by its other names too.

    It is done in a process of its own, with which the dictionaries go: they take 50 MB.
    """
    sql = "select code, {} from {} where pinyin is null"
    waiting = {table: db.execute(sql.format(names, table)).fetchall() for table, names in _NAMES.items()}
    if not any(waiting.values()):
        return
    with ProcessPool(1, initializer=end_with, initargs=(os.getpid(),)) as process:
        for table, rows in waiting.items():
            letters = process.schedule(_all_spelled, [[names for _, names in rows]]).result()
            db.executemany(f"update {table} set pinyin = ? where code = ?", zip(letters, (code for code, _ in rows), strict=True))  # noqa: S608


def _all_spelled(names: Sequence[str]) -> list[str]:
    return [spelled(of_one) for of_one in names]


def spelled(names: str) -> str:
    """Names, separated by ；, in letters, each followed by its initials and its syllables; one of several readings in each of them.

    >>> spelled("平潭县；洪洞县")
    "pingtanxian ptx 'ping'tan'xian' hongtongxian htx 'hong'tong'xian'"
    >>> spelled("百色市").split()[::3]
    ['boseshi', 'baiseshi']
    """
    ways = [way for name in filter(None, names.split("；")) for way in _ways(name)]
    return " ".join(" ".join(("".join(way), "".join(syllable[0] for syllable in way), in_syllables(way))) for way in ways)


def _ways(name: str) -> list[list[str]]:
    """The syllables of a name in each reading of its place; runs of digits and letters stand as they are."""
    from pypinyin import lazy_pinyin  # its dictionaries take longer to load than a draft to check, which needs none

    parts: list[list[list[str]]] = []
    for piece in _pieces().split(name):
        readings = _readings().get(piece)
        parts.append(readings or [[syllable.lower() for syllable in lazy_pinyin(piece, v_to_u=False) if syllable.strip()]])
    return [[syllable for part in way for syllable in part] for way in product(*parts)]


@cache
def _readings() -> dict[str, list[list[str]]]:
    data: dict[str, str] = load(READINGS)
    return {name: [way.split() for way in ways.split(",")] for name, ways in data.items()}


@cache
def _pieces() -> re.Pattern[str]:
    longest_first = sorted(_readings(), key=len, reverse=True)
    return re.compile(f"({'|'.join(map(re.escape, longest_first))})")


def characters_said() -> str:
    """The lines of data/syllables.txt: the characters of GB 2312 by the syllable that each has alone."""
    rows = (bytes((first, second)) for first in range(0xB0, 0xF8) for second in range(0xA1, 0xFF))
    by_syllable: dict[str, str] = {}
    for character in (row.decode("gb2312", errors="ignore") for row in rows):
        if character:
            (syllable,) = _ways(character)[0]
            by_syllable[syllable] = by_syllable.get(syllable, "") + character
    return "".join(f"{syllable} {characters}\n" for syllable, characters in sorted(by_syllable.items()))


if __name__ == "__main__":
    SYLLABLES.write_text(characters_said(), encoding="utf-8")
