"""Agencies and regions by what a reader types of their names: whole or short, in traditional characters, in letters or initials.

A name fits that holds what was typed (福建 in 福建省), its last word in full (残联: 残疾人联合会), or two parts of it in their
order (平潭|管委会 in 平潭综合实验区管委会); what stands behind the name of a province begins a name there (福建|平潭县). Letters and
syllables are those of the column `pinyin`, written by portal.build.spelling.
"""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import Any

from portal.data import DATA, load
from portal.pages.queries import Rows, one
from portal.pages.search import normalised, words
from portal.sounds import in_syllables, syllables

_SHORT_WORDS = DATA / "agency_words.yml"
_YEAR = re.compile("(?:19|20)[0-9]{2}年?(?:度)?")
_REPORT = re.compile(
    "(?:的|政府|政务)*(?:信息公开)?(?:工作)?(?:情况)?(?:年度)?(?:报告|年报)"
)  # what is asked of an agency, no part of its name
_PART = 2  # characters: the least that a part of a name has
# What may stand between a province's first two characters and a name within it.
_PROVINCE_GOES_ON = re.compile("(?:龙江|古)?(?:省|[^区]{0,4}自治区)?")
_WITHIN = 5  # letters: the least that is looked for within an agency's name (canlian), not only where it begins


class Named:
    """A query for names, as conditions and orders of SQL over `agencies` or `regions` with the values that they need; `by_sound` by the
    sound of what was typed (平谭 for 平潭), syllable by syllable."""

    def __init__(self, query: str, by_sound: bool = False) -> None:
        self.query, self.by_sound = query, by_sound
        typed = words(_YEAR.sub(r" \g<0> ", normalised(query)))
        self.words = [word.lower() for word in typed if not (_YEAR.fullmatch(word) or _REPORT.fullmatch(word))]

    @property
    def asked(self) -> bool:
        """Is anything asked? A query of signs alone asks for what is not there."""
        return bool(self.query.strip())

    @property
    def year(self) -> int | None:
        """A year that was typed beside the name."""
        found = _YEAR.search(normalised(self.query))
        return int(found[0][:4]) if found else None

    @property
    def in_letters(self) -> bool:
        return bool(self.words) and all(word.isascii() for word in self.words)

    @cached_property
    def values(self) -> dict[str, Any]:
        """For LIKE `name_0` and following, and behind a province, `name_province`, `inside_0` and following; `name_typed` in one."""
        if not self.asked:
            return {}
        said = self.syllables
        typed_as = "".join(said if self.by_sound else self.words)
        patterns = {f"{of}_{n}": pattern for of, listed in self._lists.items() for n, pattern in enumerate(listed)}
        return {"name_typed": typed_as, "name_sound": in_syllables(said), "name_province": self._behind_province[0], **patterns}

    @property
    def _lists(self) -> dict[str, list[str]]:
        return {"name": self._patterns("".join(self.words)), "inside": self._behind_province[1]}

    @property
    def syllables(self) -> list[str]:
        return syllables("".join(self.words))

    def _plain(self, text: str) -> str:
        """A part of a name as a pattern of LIKE has it."""
        return in_syllables(syllables(text)) if self.by_sound else _plain(text)

    @cached_property
    def _behind_province(self) -> tuple[str | None, list[str]]:
        """The pattern of a province's name and those of names within it, which begin with what was typed behind it."""
        typed = "".join(self.words)
        if self.in_letters:
            rest = "".join(self.words[1:])
            return (f"{_plain(self.words[0])}%", [f"{_plain(rest)}%", f"% {_plain(rest)}%"]) if len(rest) >= _PART else (None, [])
        rest = _PROVINCE_GOES_ON.sub("", typed[_PART:], count=1)
        if len(rest) < _PART:
            return None, []
        names = [rest, *([full] if (full := _in_full(rest)) != rest else [])]
        start = "% " if self.by_sound else ""  # syllables stand behind letters
        cut = [f"{start}{self._plain(name[:at])}%{self._plain(name[at:])}%" for name in names for at in range(_PART, len(name) - _PART + 1)]
        return f"{_plain(typed[:_PART])}%", [*(f"{start}{self._plain(name)}%" for name in names), *cut]

    def _patterns(self, typed: str) -> list[str]:
        if not typed:
            return []
        if self.in_letters:
            return [f"{_plain(typed)}%", f"% {_plain(typed)}%"] if len(typed) >= _PART else []
        together = [typed, *([full] if (full := _in_full(typed)) != typed else [])]
        patterns = [f"%{self._plain(name)}%" for name in together]
        if len(self.words) > 1:
            patterns.append("%" + "%".join(map(self._plain, self.words)) + "%")
        for name in together:
            patterns += [f"%{self._plain(name[:at])}%{self._plain(name[at:])}%" for at in range(_PART, len(name) - _PART + 1)]
        return patterns

    def fits(self, table: str) -> str:
        """The condition that a row of the table is of that name."""
        columns = (
            [f"{table}.pinyin"]
            if self.in_letters or self.by_sound
            else [f"{table}.name", *(["agencies.other_names"] if table == "agencies" else [])]
        )
        listed, inside = (
            _any([f"{column} like :{of}_{n} escape '!'" for n in range(len(patterns)) for column in columns])
            for of, patterns in self._lists.items()
        )
        code = "agencies.region" if table == "agencies" else "regions.code"
        return f"({listed}{self._within(table)} or substr({code}, 1, 2) in {self._province} and {inside})"

    def codes(self, rows: Rows, in_place: bool = False) -> str:
        """The codes of the agencies of that name, `in_place` also of those that lie in the place of that name: a JSON list, so that the
        statements of a page do not look for the name again."""
        fits = f"{self.fits('agencies')} or {self.lies_in_place}" if in_place else self.fits("agencies")
        return str(one(rows, f"select json_group_array(code) as codes from agencies where {fits}", **self.values)["codes"])  # noqa: S608

    @property
    def _province(self) -> str:
        spelled = "pinyin" if self.in_letters else "name"
        return f"(select substr(code, 1, 2) from regions where parent is null and {spelled} like :name_province escape '!')"  # noqa: S608

    @property
    def lies_in_place(self) -> str:
        """The condition that an agency lies in the very place that was typed: 平潭县 has agencies of other names."""
        if self.by_sound:
            return "agencies.region in (select code from regions where instr(pinyin || ' ', ' ' || :name_sound || ' '))"
        whole = f"substr(code, 1, 2) in {self._province} and substr(:name_typed, -length(name)) = name"
        return f"agencies.region in (select code from regions where name = :name_typed or ({whole}))"  # noqa: S608

    def _within(self, table: str) -> str:
        long = table == "agencies" and self.in_letters and len(self.values["name_typed"]) >= _WITHIN
        return " or instr(agencies.pinyin, :name_typed)" if long else ""

    def order(self, table: str) -> str:
        """The nearest name first, the shorter of two as near; then by region."""
        region = "agencies.region is null, " if table == "agencies" else ""
        return (f"{self.nearest(table)}, length({table}.name), " if self.asked else "") + f"{region}{table}.code"

    def nearest(self, table: str) -> str:
        """The same name before one that begins so, then one that holds it, then the rest."""
        if self.in_letters or self.by_sound:
            spelled = f"' ' || {table}.pinyin || ' '"
            return f"instr({spelled}, ' ' || :name_typed || ' ') = 0, instr({spelled}, ' ' || :name_typed) = 0"
        place = f"instr({table}.name, :name_typed)"
        return f"{table}.name <> :name_typed, {place} <> 1, {place} = 0"


def _any(conditions: list[str]) -> str:
    """Any of the conditions, in brackets by halves: SQLite takes no more than a thousand one after the other.

    >>> _any(["a", "b", "c"]), _any([])
    ('(a or (b or c))', 'false')
    """
    half = len(conditions) // 2
    return f"({_any(conditions[:half])} or {_any(conditions[half:])})" if half else (conditions or ["false"])[0]


def _plain(text: str) -> str:
    return re.sub("[%_!]", r"!\g<0>", text)


@cache
def _short_words() -> dict[str, str]:
    return dict(load(_SHORT_WORDS))


def _in_full(name: str) -> str:
    """The name with its last word in full.

    >>> _in_full("平潭县残联"), _in_full("民政局")
    ('平潭县残疾人联合会', '民政局')
    """
    short = max((word for word in _short_words() if name.endswith(word)), key=len, default="")
    return name.removesuffix(short) + _short_words()[short] if short else name
