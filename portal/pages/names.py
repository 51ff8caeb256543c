"""Agencies and regions by what a reader types of their names: whole or short, in traditional characters, in letters or initials.

A name fits that holds what was typed (福建 in 福建省), its last word in full (残联: 残疾人联合会), or two parts of it in their
order (平潭|管委会 in 平潭综合实验区管委会); what stands behind the name of a province begins a name there (福建|平潭县). Letters and
syllables are those of the column `pinyin`, written by portal.build.spelling.
"""

from __future__ import annotations

import json
import re
from functools import cache, cached_property
from typing import Any

from portal.data import DATA, load
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
        """For LIKE `name_patterns`, a JSON list, and the same behind a province, `name_inside`, with `name_province`; `name_typed` in one."""
        if not self.asked:
            return {}
        typed = "".join(self.words)
        province, inside = self._behind_province(typed)
        patterns = {"name_patterns": self._patterns(typed), "name_inside": inside}
        lists = {name: json.dumps(found, ensure_ascii=False) for name, found in patterns.items()}
        said = self.syllables
        typed_as = "".join(said) if self.by_sound else typed
        return {"name_typed": typed_as, "name_sound": in_syllables(said), "name_province": province, **lists}

    @property
    def syllables(self) -> list[str]:
        return syllables("".join(self.words))

    def _plain(self, text: str) -> str:
        """A part of a name as a pattern of LIKE has it."""
        return in_syllables(syllables(text)) if self.by_sound else _plain(text)

    def _behind_province(self, typed: str) -> tuple[str | None, list[str]]:
        """The pattern of a province's name and those of names within it, which begin with what was typed behind it."""
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
        like = " or ".join(f"{column} like value escape '!'" for column in columns)
        listed = f"exists (select 1 from json_each(:name_patterns) where {like}{self._within(table)})"  # noqa: S608 the columns stand here
        code = "agencies.region" if table == "agencies" else "regions.code"
        inside = f"exists (select 1 from json_each(:name_inside) where {like})"  # noqa: S608
        return f"({listed} or substr({code}, 1, 2) in {self._province} and {inside})"

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

    def fits_agency_of(self, table: str) -> str:
        """The condition that a row of a table with a column `agency` is of an agency of that name, or in the place of that name."""
        fits = f"{self.fits('agencies')} or {self.lies_in_place}"
        return f"{table}.agency in (select code from agencies where {fits})"  # noqa: S608 the columns stand here

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
