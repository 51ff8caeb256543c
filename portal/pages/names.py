"""Agencies and regions by what a reader types of their names: whole or short, in traditional characters, in letters or initials.

A name fits that holds what was typed (福建 in 福建省), its last word in full (残联: 残疾人联合会), or two parts of it in their
order (平潭|管委会 in 平潭综合实验区管委会); what stands behind the name of a province begins a name there (福建|平潭县), and a word that names
a region stands for all that lies in it (福建 残联). Letters and syllables are those of the column `pinyin`, written by portal.build.spelling;
letters fit too that are all of a name but its place (mzj), or but what its place is (ptcl: 平潭县残联).
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from portal.pages.queries import Rows, one
from portal.pages.search import normalised, words
from portal.pages.short_words import in_full, in_full_letters
from portal.sounds import in_syllables, syllables

_YEAR = re.compile("(?:19|20)[0-9]{2}年?(?:度)?")
_REPORT = re.compile(
    "(?:的|政府|政务)*(?:信息公开)?(?:工作)?(?:情况)?(?:年度)?(?:报告|年报)"
)  # what is asked of an agency, no part of its name
_PART = 2  # characters: the least that a part of a name has
# What may stand between a province's first two characters and a name within it.
_PROVINCE_GOES_ON = re.compile("(?:龙江|古)?(?:省|[^区]{0,4}自治区)?")
_WITHIN = 5  # letters: the least that is looked for within an agency's name (canjiren), not only where it begins
# What the letters and the initials of a place end with, so that xian is 西安市 before 襄阳市, and cq 重庆市 no less than 城区.
_SYLLABLES = ("sheng", "shi", "xian", "qu", "qi", "meng")
_PLACE_ENDS = ("", *_SYLLABLES, "s", "x", "q", "m")
_ENDS_PLACE, _END_IN_LETTERS = "[省市县区旗盟州镇乡]", "[sxqmz]"  # as GLOB has them: what a name's next word stands behind
_FEW, _SHORT = 5, 40  # words of a query of which each may name a region, and their characters together
_LONGEST_INITIALS = 16
# What is meant first of names as near: a province before a city, a government before its departments.
_GREATER = {
    "regions": "regions.code not like '%0000', regions.code not like '%00'",
    "agencies": "case agencies.level when 'national' then 0 when 'province' then 1 when 'prefecture' then 2 when 'county' then 3 else 4 end,"
    " agencies.kind is not 'government'",
}
_LETTERS = "substr(regions.pinyin, 1, instr(regions.pinyin, ' ') - 1)"
_INITIALS = "substr(regions.pinyin, instr(regions.pinyin, ' ') + 1, instr(regions.pinyin, ' ''') - instr(regions.pinyin, ' ') - 1)"
_TYPED = ("name_typed", "name_full")
# An agency whose name is that of its place and what was typed; few names end with that, and only of these the place is looked at.
_KIND = "(({}) and exists (select 1 from regions where regions.code = agencies.region and ({})))".format(  # noqa: S608 the pieces stand here
    " or ".join(f"instr(agencies.pinyin, :{typed} || ' ')" for typed in _TYPED),
    " or ".join(
        f"instr(agencies.pinyin, {place} || :{typed} || '{end}')"
        for typed in _TYPED
        for place, end in ((_LETTERS, " "), (_INITIALS, " ''"))
    ),
)


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
        """For LIKE `name_0` and following, and behind a province, `name_province`, `inside_0` and following; `name_typed` in one, `name_full`
        with its last word in full."""
        if not self.asked:
            return {}
        typed, said = "".join(self.words), self.syllables
        full = in_full_letters(typed) if self.in_letters else in_full(typed)
        if self.by_sound:
            typed, full = "".join(said), "".join(syllables(full))
        patterns = {f"{of}_{n}": pattern for of, listed in self._lists.items() for n, pattern in enumerate(listed)}
        patterns |= {f"place_{n}": pattern for n, (pattern, _) in enumerate(self._in_region)}
        patterns |= {f"there_{n}_{m}": pattern for n, (_, rest) in enumerate(self._in_region) for m, pattern in enumerate(rest)}
        patterns |= {f"border_{n}": pattern for n, pattern in enumerate(self._at_border)}
        patterns |= {f"initials_{n}": pattern for n, pattern in enumerate(self._initials)}
        of_all = {"name_typed": typed, "name_full": full, "name_sound": in_syllables(said), "name_province": self._behind_province[0]}
        return {**of_all, **patterns}

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
        names = [rest, *([full] if (full := in_full(rest)) != rest else [])]
        start = "% " if self.by_sound else ""  # syllables stand behind letters
        cut = [f"{start}{self._plain(name[:at])}%{self._plain(name[at:])}%" for name in names for at in range(_PART, len(name) - _PART + 1)]
        return f"{_plain(typed[:_PART])}%", [*(f"{start}{self._plain(name)}%" for name in names), *cut]

    @cached_property
    def _in_region(self) -> list[tuple[str, list[str]]]:
        """For each of several words, as the name of a region: its pattern, and those of the other words in names."""
        if not 1 < len(self.words) <= _FEW or len("".join(self.words)) > _SHORT:
            return []
        spelled = "% " if self.in_letters or self.by_sound else ""
        found = []
        for place in (word for word in self.words if len(word) >= _PART):
            rest = [word for word in self.words if word != place]
            together = "".join(rest)
            full = in_full_letters(together) if self.in_letters else in_full(together)
            names = [*dict.fromkeys((together, full))]
            patterns = self._patterns(together)
            if self.in_letters:
                patterns += [f"%{_plain(name)}%" for name in names if len(name) >= _WITHIN]
                patterns += [f"%{end}{_plain(name)} %" for name in names for end in "sxqm" if len(name) >= _PART]
            elif len(rest) > 1:
                patterns.append("%" + "%".join(map(self._plain, rest)) + "%")
            found.append((f"{spelled}{self._plain(place)}%", patterns))
        return found

    @cached_property
    def _at_border(self) -> list[str]:
        """For GLOB: the name, its last word perhaps in full, or the second of two parts of it behind a place: 区民政, which 人民政府 has not."""
        typed = "".join(self.words)
        if self.in_letters or self.by_sound or not typed:
            return []
        names = dict.fromkeys((typed, in_full(typed)))
        parts = [(name[:at], name[at:]) for name in names for at in (0, *range(_PART, len(name) - _PART + 1))]
        return [f"*{before}{'*' if before else ''}{_ENDS_PLACE}{behind}*" for before, behind in parts]

    @cached_property
    def _initials(self) -> list[str]:
        """For GLOB: the initials of a place without what it is, and of an agency of it."""
        typed = "".join(self.words)
        if not self.in_letters or len(typed) > _LONGEST_INITIALS:
            return []
        names = dict.fromkeys((typed, in_full_letters(typed)))
        return [f"* {name[:at]}{_END_IN_LETTERS}{name[at:]} *" for name in names for at in range(_PART, len(name) - _PART + 1)]

    def _patterns(self, typed: str) -> list[str]:
        if not typed:
            return []
        if self.in_letters:
            names = dict.fromkeys((typed, in_full_letters(typed))) if len(typed) >= _PART else ()
            return [pattern for name in names for pattern in (f"{_plain(name)}%", f"% {_plain(name)}%")]
        together = [typed, *([full] if (full := in_full(typed)) != typed else [])]
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
        return f"({listed}{self._within(table)} or substr({code}, 1, 2) in {self._province} and {inside}{self._there(code, columns)})"

    def _there(self, code: str, columns: list[str]) -> str:
        """Or that it lies in the region that one of the words names, and is of the name that the others are: the codes of regions nest."""
        spelled = "' ' || pinyin" if self.in_letters or self.by_sound else "name"
        found = ""
        for n, (_, rest) in enumerate(self._in_region):
            named = f"(select code from regions where {spelled} like :place_{n} escape '!')"  # noqa: S608 the pieces stand here
            lies = f"({code} in {named} or substr({code}, 1, 4) || '00' in {named} or substr({code}, 1, 2) || '0000' in {named})"
            fits = _any([f"' ' || {column} || ' ' like :there_{n}_{m} escape '!'" for m in range(len(rest)) for column in columns])
            found += f" or {lies} and {fits}"
        return found

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
        if table != "agencies" or not self.in_letters or len(self.values["name_typed"]) < _PART:
            return ""
        long = [f" or instr(agencies.pinyin, :{name})" for name in _TYPED if len(self.values[name]) >= _WITHIN]
        initials = _any([f"' ' || agencies.pinyin || ' ' glob :initials_{n}" for n in range(len(self._initials))])
        return f"{''.join(long)} or {_KIND} or {initials}"

    def order(self, table: str) -> str:
        """The nearest name first, of those as near the greater, then the shorter; then by region."""
        region = "agencies.region is null, " if table == "agencies" else ""
        return (f"{self.nearest(table)}, {_GREATER[table]}, length({table}.name), " if self.asked else "") + f"{region}{table}.code"

    def nearest(self, table: str) -> str:
        """The same name, its last word perhaps short, before one that begins so, ends so, has it behind a place, holds it, then the rest; in letters one with nothing but
        its place before it, a place with what places end with or without, before one that begins so."""
        if self.in_letters or self.by_sound:
            spelled = f"' ' || {table}.pinyin || ' '"
            begins = _neither(f"instr({spelled}, %)", " ")
            if table == "regions":
                almost = " or ".join(f"instr({spelled}, ' ' || :name_typed || '{end} ')" for end in _PLACE_ENDS)
                province = f"regions.code like '%0000' and instr({_INITIALS}, :name_typed) = 1"  # nx: 宁夏回族自治区
                return f"not ({almost} or {province}), {begins}"
            end, said = ("''", ":name_sound") if self.by_sound else ("", ":name_typed")
            border = _any([f"instr({spelled}, '{end}{place}' || {said})" for place in _SYLLABLES])
            return f"{_neither(f'instr({spelled}, %)', ' ', ' ')}, not {_KIND}, {begins}, not {border}"
        name = f"{table}.name"
        same = [f"{name} not in (:name_typed, :name_full)"]
        if table == "agencies":
            same.append(_neither("instr('；' || coalesce(agencies.other_names, '') || '；', %)", "；", "；"))
        begins, ends = _neither(f"instr({name}, %) = 1"), _neither(f"substr({name}, -length(%)) = %")
        border = _any([f"{name} glob :border_{n}" for n in range(len(self._at_border))])
        return f"{' and '.join(same)}, {begins}, {ends}, not {border}, {_neither(f'instr({name}, %)')}"


def _neither(condition: str, before: str = "", behind: str = "") -> str:
    """That a condition holds neither of what was typed nor of it in full, which stand for its %."""
    said = [f"'{before}' || :{typed} || '{behind}'" for typed in _TYPED]
    return f"not ({' or '.join(condition.replace('%', one) for one in said)})"


def _any(conditions: list[str]) -> str:
    """Any of the conditions, in brackets by halves: SQLite takes no more than a thousand one after the other.

    >>> _any(["a", "b", "c"]), _any([])
    ('(a or (b or c))', 'false')
    """
    half = len(conditions) // 2
    return f"({_any(conditions[:half])} or {_any(conditions[half:])})" if half else (conditions or ["false"])[0]


def _plain(text: str) -> str:
    return re.sub("[%_!]", r"!\g<0>", text)
