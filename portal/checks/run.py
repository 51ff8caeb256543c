"""Runs data/checks.yml over the database and writes what it finds. No opinions: what is checked stands in the SQL.

A check's SQL reads the tables of schema.sql and returns a line per **group**, which is judged as a whole: a column, a row,
a heading, a pair of years. Its columns:

- `report_id`, `group_key`: the report judged and the group's name, unique within report and check;
- `section`, `item`, `measure`: where a finding is placed (NULL where it is about more);
- `printed`, `expected`: what the document says and what it should by the check, numbers or text;
- `state`: `stated`, `inferred` (a cell was cut from a run of digits, or put together from pieces, by an equation) or `missing`
  (a cell is blank, unreadable or not there);
- `holds`: 1 or 0; for `missing`, whether it would hold if blanks were zero, NULL where that cannot be said;
- `cells`: a JSON list of the cells involved, each [report, section, item, measure], with the range behind it where the
  place is not a cell of the form; needed where the group fails or is `inferred`;
- optionally `not_understood` (the words for which a claim that the group rests on is not certain: then a failure is one of our reading,
  and the message names them), `reason` (why a missing group cannot be judged, in Chinese: one of the catalogue's `reasons`), `lacking`
  (a JSON list of what the form has and the document lacks for it, each [name, English name]), `doubt` (1: the reading may be at fault), `unsure`
  (1: a failure is no contradiction of the document's own), `equation` (the form's, which the message tells as {sides} or {added}) and any
  other column that the message names.

Our own mistake accuses nobody: a doubt noted by the reader makes a failure one of our `reading`, and so does a sentence that is a
transcriber's summary until data/judgements.csv says that a person compared the original; a number inferred by other
equations makes it `undecided`, and a number inferred by the very equation that is checked (or by an unknown one) is not assessable.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from portal.checks.catalogue import Check, in_english, load_checks
from portal.checks.counts import count_findings, count_outcomes
from portal.checks.doubts import DOUBTS, Cell, FormCells, inferred_elsewhere, is_summary, notes_on, placed, told_before
from portal.checks.equation_in_words import in_words
from portal.checks.hypothesis import add_hypotheses
from portal.checks.inputs import lay_inputs
from portal.checks.judgements import compared_with_original, write_judgements
from portal.checks.passages import write_shared_passages
from portal.checks.together import put_together

Names = dict[tuple[str, str], tuple[str, str]]  # (section, item or measure; its code) → its Chinese and English name


@dataclass(slots=True)
class Tally:
    """What one check said about one report so far."""

    judged: int = 0
    failed: int = 0
    missing: int = 0
    circular: int = 0
    holds_if_blank_is_zero: int | None = 1
    reasons: tuple[str | None, ...] = ()
    lacking: dict[str, str] | None = None  # what the form has and the document lacks: Chinese name → English


NOTHING = Tally()
_SIGNS = re.compile("[□#%$]+")  # of marked prose, for what is quoted or counted in it
REPORTS = "select id, agency, year, status, edition from reports"
SINGLY = """
select * from judged_groups where state <> 'missing' and (state = 'stated' and not holds or state = 'inferred' and holds is not null)
                                  and report_id not in (select id from reports where status = 'refused')
"""
TOLD = "这处矛盾已经列在另一项核对里，不重复列出。"
NAMED = 3  # so much of what a document lacks is named
LACKS = "表格里没有读到统一格式的{names}，与它有关的不能判断。"
LACKS_MUCH = "表格里没有读到统一格式的{names}等 {count} 处，与它们有关的不能判断。"


def run_checks(db: sqlite3.Connection, *, published: bool = True) -> None:
    """Compare the narratives, then judge every report by every check. What people concluded is of `published` documents alone: nobody has
    compared a draft."""
    write_shared_passages(db)
    judge(db, published=published)


def judge(db: sqlite3.Connection, *, published: bool = True) -> None:
    """Judge every report by every check; replaces checks, check_results, findings, finding_cells, judgements and their counts in reports."""
    names = _names(db)
    with db:
        for table in ("judgements", "finding_cells", "findings", "check_results", "checks"):
            db.execute(f"delete from {table}")  # noqa: S608, the names stand one line above
        lay_inputs(db)
        for position, check in enumerate(load_checks()):
            db.execute(
                """insert into checks values (:code, :name, :name_en, :category, :sentence, :sentence_en, :meaning, :meaning_en,
                   :innocent, :innocent_en, :basis, :basis_en, :section, :severity, :of_figures, :sql, :position, 0, 0, 0)""",
                vars(check) | {"position": position},
            )
            tallies = _judge(db, check, names)
            results = ((row["id"], check.code, *_result(check, row, tallies.get(row["id"], NOTHING))) for row in _rows(db, REPORTS))
            db.executemany("insert into check_results values (?, ?, ?, ?, ?, ?, ?, ?)", results)
        add_hypotheses(db)
        put_together(db)
        if published:
            write_judgements(db)
        count_outcomes(db)
        count_findings(db)


def _judge(db: sqlite3.Connection, check: Check, names: Names) -> dict[str, Tally]:
    """Tally the groups of a check by report and write what fails as findings. Only what fails or was inferred is looked at singly."""
    db.execute("drop table if exists temp.judged_groups")
    db.execute(f"create temp table judged_groups as {check.sql}")
    tallies: dict[str, Tally] = defaultdict(Tally)
    for report_id, count in db.execute("select report_id, count(*) from judged_groups where state = 'stated' and holds group by 1"):
        tallies[report_id].judged = count
    _tally_missing(db, tallies)

    @lru_cache(maxsize=24)  # the groups of one report mostly come together
    def form_cells(report_id: str, section: str | None) -> FormCells:
        sql = "select item, measure, status, char_start, char_end from cells where report_id = ? and section = ?"
        return {(item, measure): tuple(rest) for item, measure, *rest in db.execute(sql, [report_id, section])}

    for group in _rows(db, SINGLY):
        tally = tallies[group["report_id"]]
        cells, inferred = placed(json.loads(group["cells"] or "[]"), form_cells)
        if group["state"] == "inferred" and not inferred_elsewhere(db, check.code, inferred):
            tally.circular += 1
            continue
        if group["holds"]:
            tally.judged += 1
            continue
        verdict = _verdict(db, check, group, cells)
        if told_before(db, group["report_id"], group["printed"], group["expected"], cells, verdict):
            tally.missing += 1
            tally.reasons += (TOLD,)
            tally.holds_if_blank_is_zero = None
            continue
        tally.judged += 1
        tally.failed += 1
        (report,) = _rows(db, f"{REPORTS} where id = ?", group["report_id"])
        _write_finding(db, check, report, dict(group), verdict, cells, names)
    return tallies


def _tally_missing(db: sqlite3.Connection, tallies: dict[str, Tally]) -> None:
    """Count the groups that cannot be judged, with the reasons given and what would be if blanks were zero."""
    columns = {name for _, name, *_ in db.execute("pragma temp.table_info(judged_groups)")}
    reason, lacking = ("reason" if "reason" in columns else "null"), ("lacking" if "lacking" in columns else "null")
    sql = f"""
        select report_id, {reason}, {lacking}, count(*), case when min(holds) = 0 then 0 when count(holds) = count(*) then 1 end
          from judged_groups where state = 'missing' or holds is null group by 1, 2, 3
    """  # noqa: S608, one of two words each
    for report_id, reason, names, count, holds in db.execute(sql):
        tally = tallies[report_id]
        tally.missing += count
        if names:
            tally.lacking = (tally.lacking or {}) | dict(json.loads(names))
        tally.reasons += () if names and not reason else (reason,)
        known = tally.holds_if_blank_is_zero
        tally.holds_if_blank_is_zero = 0 if 0 in (holds, known) else None if None in (holds, known) else 1


def _verdict(db: sqlite3.Connection, check: Check, group: sqlite3.Row, cells: list[Cell]) -> str:
    """Whose fault a failing group may be: the document's own, our reading's, or not decided."""
    if group["state"] == "inferred" or _optional(group, "unsure"):
        return "undecided"
    summary = any(is_summary(db, cell) for cell in cells) and _place_of(check, group) not in compared_with_original()
    uncertain = _optional(group, "doubt") or _optional(group, "not_understood") is not None
    doubt = summary or uncertain or any(notes_on(db, code, cell) for code in DOUBTS for cell in cells)
    return "reading" if doubt else "report"


def _place_of(check: Check, group: sqlite3.Row) -> tuple[str, ...]:
    """What a line of data/judgements.csv names a finding by."""
    named = (group["report_id"], check.code, *(group[column] for column in ("section", "item", "measure", "printed")))
    return tuple(_shown(value) or "" for value in named)


def _result(check: Check, report: sqlite3.Row, tally: Tally) -> tuple[str, int, int, str | None, str | None, int | None]:
    """outcome, judged, not_judged, reason, reason_en, holds_if_blank_is_zero of one report. The reason says why something was not
    judged; what could not be read as a report, whatever was made out of it, is not."""
    if report["status"] == "refused":
        return "not_assessable", 0, 0, *_reason(check, report, tally), None
    aside = tally.missing + tally.circular
    reason = _reason(check, report, tally) if aside or not tally.judged else (None, None)
    if tally.failed:
        return "fail", tally.judged, aside, *reason, None
    if tally.judged and not aside:
        return "pass", tally.judged, 0, None, None, None
    return "not_assessable", tally.judged, aside, *reason, tally.holds_if_blank_is_zero if tally.missing else None


def _reason(check: Check, report: sqlite3.Row, tally: Tally) -> tuple[str, str]:
    """Why groups of this check, or all of it, could not be judged, in a sentence or two of Chinese and of English."""
    aside = tally.missing + tally.circular
    if report["status"] == "refused" or not aside:
        unread = "这份文件没能读成报告，没有检查。" if report["status"] == "refused" else None
        said = unread or ("2014年版的统计表没有这些内容，这项检查不适用。" if report["edition"] == "2014" else check.nothing)
        return said, in_english(said)
    told = [(reason, in_english(reason)) for reason in tally.reasons if reason]
    if tally.lacking:
        told.append(_lacking(tally.lacking))
    if None in tally.reasons:
        places, missing = tally.judged + aside, tally.missing
        told.append(
            (
                f"应当检查的 {places} 处里，有 {missing} 处的数字空着、缺失或无法辨认，不能判断。",
                f"Of {places} places to check, {missing} could not be judged: figures are blank, missing or cannot be read.",
            )
        )
    if tally.circular:
        told.append(
            (
                f"有 {tally.circular} 处的数字本身就是按这条等式推算出来的，不能再用它来检验。",
                f"In {tally.circular} of them a figure was itself worked out by this equation, which cannot judge it.",
            )
        )
    return "".join(zh for zh, _ in told), " ".join(en for _, en in told)


def _lacking(names: dict[str, str]) -> tuple[str, str]:
    """A sentence on what a document lacks of the form, in Chinese and in English; of much only the first three."""
    few = len(names) <= NAMED
    said = LACKS if few else LACKS_MUCH
    count, chinese, english = len(names), "、".join([*names][:NAMED]), ", ".join([*names.values()][:NAMED])
    return said.format(names=chinese, count=count), in_english(said).format(names=english, count=count)


def _write_finding(
    db: sqlite3.Connection,
    check: Check,
    report: sqlite3.Row,
    group: dict[str, Any],
    verdict: str,
    cells: list[Cell],
    names: Names,
) -> None:
    figures = (group["printed"], group["expected"])
    difference = round(figures[0] - figures[1], 6) if all(isinstance(figure, int | float) for figure in figures) else None
    finding_id = f"{report['id']}-{check.code}-{group['group_key']}"
    fields = {key: _shown(value) for key, value in group.items()}
    if group.get("equation") is not None:
        fields |= in_words(db, report["id"], group["equation"])
    named = {kind: names.get((kind, group[kind]), (group[kind], group[kind])) for kind in ("section", "item", "measure")}
    messages = {
        "message": _nested(check.finding.format_map(fields | {kind: name for kind, (name, _) in named.items()})),
        "message_en": _nested(check.finding_en.format_map(fields | {kind: name_en for kind, (_, name_en) in named.items()})),
    }
    if group.get("not_understood"):
        words = _SIGNS.sub("…", str(fields["not_understood"]))
        messages["message"] += f"（句中“{words}”等词本站没有读懂，可能改变意思）"
        messages["message_en"] += f" (We did not understand “{words}” in the sentence, which may change its meaning.)"
    db.execute(
        """insert into findings values (:finding_id, :id, :code, :agency, :year, :section, :item, :measure, :printed, :expected,
                                        :difference, :verdict, :message, :message_en, null, null, null, null)""",
        fields | messages | {"finding_id": finding_id, "code": check.code, "verdict": verdict, "difference": difference} | dict(report),
    )
    db.executemany("insert into finding_cells values (?, ?, ?, ?, ?, ?, ?)", ((finding_id, *cell) for cell in cells))


def _shown(value: Any) -> str | None:
    """A number without a needless .0, text as it is.

    >>> _shown(26.0), _shown(0.1 + 0.2), _shown("2020-01-09"), _shown(None)
    ('26', '0.3', '2020-01-09', None)
    """
    if isinstance(value, float):
        value = int(value) if value.is_integer() else round(value, 6)
    return None if value is None else str(value)


def _nested(message: str) -> str:
    """Quotation marks inside quotation marks are single ones.

    >>> _nested("“危及“三安全一稳定””的“总计”空着")
    '“危及‘三安全一稳定’”的“总计”空着'
    """
    depth, written = 0, []
    for character in message:
        depth += character == "“"
        written.append({"“": "‘", "”": "’"}.get(character, character) if depth == 2 else character)
        depth -= character == "”" and depth > 0
    return "".join(written)


def _names(db: sqlite3.Connection) -> Names:
    sql = """
        select 'section' as kind, code, name, name_en from sections
        union all select 'item', code, name, name_en from items
        union all select 'measure', code, name, name_en from measures
    """
    return {(row["kind"], row["code"]): (row["name"], row["name_en"]) for row in _rows(db, sql)}


def _optional(group: sqlite3.Row, column: str) -> Any:
    return group[column] if column in group.keys() else None  # noqa: SIM118, a Row has no `in`


def _rows(db: sqlite3.Connection, sql: str, *given: str) -> Iterator[sqlite3.Row]:
    cursor = db.cursor()
    cursor.row_factory = sqlite3.Row
    return iter(cursor.execute(sql, given))
