"""Agencies and regions by what a reader types of their names: whole or short, in traditional characters, in letters or initials.

A name fits that holds what was typed (福建 in 福建省), its last word in full (残联: 残疾人联合会), or two parts of it in their
order (平潭|管委会 in 平潭综合实验区管委会). Letters are those of the column `pinyin`, written by portal.build.spelling.
"""

from __future__ import annotations

import json
import re
from functools import cache, cached_property
from typing import Any

import yaml

from portal.data import DATA
from portal.pages.search import normalised, words

_SHORT_WORDS = DATA / "agency_words.yml"
_YEAR = re.compile("(?:19|20)[0-9]{2}年?(?:度)?")
_PART = 2  # characters: the least that a part of a name has
_WITHIN = 5  # letters: the least that is looked for within an agency's name (canlian), not only where it begins


class Named:
    """A query for names, as conditions and orders of SQL over `agencies` or `regions` with the values that they need."""

    def __init__(self, query: str) -> None:
        self.query = query
        self.words = [word.lower() for word in words(normalised(query)) if not _YEAR.fullmatch(word)]

    @property
    def asked(self) -> bool:
        """Is anything asked? A query of signs alone asks for what is not there."""
        return bool(self.query.strip())

    @property
    def year(self) -> int | None:
        """A year that was typed beside the name."""
        found = next(filter(None, map(_YEAR.fullmatch, words(normalised(self.query)))), None)
        return int(found[0][:4]) if found else None

    @property
    def in_letters(self) -> bool:
        return bool(self.words) and all(word.isascii() for word in self.words)

    @cached_property
    def values(self) -> dict[str, Any]:
        """`name_patterns` for LIKE, as a JSON list, and `name_typed`, what was typed in one."""
        typed = "".join(self.words)
        return {"name_typed": typed, "name_patterns": json.dumps(self._patterns(typed), ensure_ascii=False)} if self.asked else {}

    def _patterns(self, typed: str) -> list[str]:
        if not typed:
            return []
        if self.in_letters:
            return [f"{_plain(typed)}%", f"% {_plain(typed)}%"] if len(typed) >= _PART else []
        together = [typed, *([full] if (full := _in_full(typed)) != typed else [])]
        patterns = [f"%{_plain(name)}%" for name in together]
        if len(self.words) > 1:
            patterns.append("%" + "%".join(map(_plain, self.words)) + "%")
        for name in together:
            patterns += [f"%{_plain(name[:at])}%{_plain(name[at:])}%" for at in range(_PART, len(name) - _PART + 1)]
        return patterns

    def fits(self, table: str) -> str:
        """The condition that a row of the table is of that name."""
        columns = [f"{table}.pinyin"] if self.in_letters else [f"{table}.name", *(["agencies.other_names"] if table == "agencies" else [])]
        like = " or ".join(f"{column} like value escape '!'" for column in columns)
        if table == "agencies" and self.in_letters and len(self.values["name_typed"]) >= _WITHIN:
            like += " or instr(agencies.pinyin, :name_typed)"
        return f"exists (select 1 from json_each(:name_patterns) where {like})"  # noqa: S608 the columns stand here

    def fits_agency_of(self, table: str) -> str:
        """The condition that a row of a table with a column `agency` is of an agency of that name."""
        return f"{table}.agency in (select code from agencies where {self.fits('agencies')})"  # noqa: S608 the columns stand here

    def order(self, table: str) -> str:
        """The nearest name first, the shorter of two as near; then by region."""
        region = "agencies.region is null, " if table == "agencies" else ""
        return (f"{self.nearest(table)}, length({table}.name), " if self.asked else "") + f"{region}{table}.code"

    def nearest(self, table: str) -> str:
        """The same name before one that begins so, then one that holds it, then the rest."""
        if self.in_letters:
            spelled = f"' ' || {table}.pinyin || ' '"
            return f"instr({spelled}, ' ' || :name_typed || ' ') = 0, instr({spelled}, ' ' || :name_typed) = 0"
        place = f"instr({table}.name, :name_typed)"
        return f"{table}.name <> :name_typed, {place} <> 1, {place} = 0"


def _plain(text: str) -> str:
    return re.sub("[%_!]", r"!\g<0>", text)


@cache
def _short_words() -> dict[str, str]:
    return dict(yaml.safe_load(_SHORT_WORDS.read_text(encoding="utf-8")))


def _in_full(name: str) -> str:
    """The name with its last word in full.

    >>> _in_full("平潭县残联"), _in_full("民政局")
    ('平潭县残疾人联合会', '民政局')
    """
    short = max((word for word in _short_words() if name.endswith(word)), key=len, default="")
    return name.removesuffix(short) + _short_words()[short] if short else name
