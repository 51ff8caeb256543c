"""One document's reading on a terminal: its identity, tables as printed, claims, findings, notes and what is left over."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from rich.cells import cell_len
from rich.console import Console

from parsers.form.editions import editions
from parsers.model import Note
from portal.build.source import Source
from portal.words import word

IDENTITY = {  # notes on who reports on which year
    "agency_open", "agency_concluded", "place_open", "year_open", "year_conflict", "several_titles", "named_by_twin", "other_report",
}  # fmt: skip
LEFT_OVER = {"row_not_on_form", "row_without_label", "row_torn", "header_unknown", "column_skipped", "printed_twice"}
MARKS = {"stated": "", "blank": "▢", "inferred": "≈", "unreadable": "？"}
SECTIONS = ("proactive_disclosure", "applications", "review_litigation")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")  # a document must not steer the terminal


def show_reading(db: sqlite3.Connection, source: Source, console: Console) -> None:
    """Print what was read in the one document of `db`, and what the checks say of it, Chinese first."""
    lines = [*_identity(db, source), *_tables(db), *_statistics(db), *_narrative(db), *_claims(db), *_findings(db), *_notes(source)]
    for line in lines:
        console.print(line, markup=False, no_wrap=True, overflow="ignore", crop=False)


def _identity(db: sqlite3.Connection, source: Source) -> Iterable[str]:
    report, who = source.report, source.report.identity
    document = report.document
    yield _one_line(who.title or "（没有标题） (no title)")
    agency = db.execute("select name, code from reports join agencies on code = agency").fetchone()
    printed = f"，原文作“{who.agency}” printed so" if agency and who.agency not in (agency[0], None) else ""
    yield f"机关 agency      {f'{agency[0]} ({agency[1]}{printed})' if agency else '未定 open'}"
    yield f"年度 year        {who.year or '未定 open'}"
    dates = (("公布", "published", who.published_on), ("落款", "signed", who.signed_on))
    yield "日期 dates       " + " · ".join(f"{name} {english} {value or '—'}" for name, english, value in dates)
    if who.document_number or who.url:
        yield f"文号、网址 source {' · '.join(_one_line(part, 200) for part in (who.document_number, who.url) if part)}"
    yield f"文件 file        {source.path} · {document.media_type} · {document.encoding or '—'} · {len(document.text)} 字 characters"
    yield f"结果 result      {word('report', report.status)} ({report.status})"
    if report.refused:
        yield f"原因 reason      {report.refused}"
    yield from (_note(note) for note in report.notes if note.code in IDENTITY)


def _tables(db: sqlite3.Connection) -> Iterable[str]:
    """The form's tables row by row, each cell as printed with the mark of its status, then the cells that are not as printed."""
    cells = {
        (section, item, measure): (status, printed or "", start, end)
        for section, item, measure, status, printed, start, end in db.execute(
            "select section, item, measure, status, printed, char_start, char_end from cells where section <> 'statistics'"
        )
    }
    if not cells:
        return
    items, measures = dict(db.execute("select code, name from items")), dict(db.execute("select code, name from measures"))
    counts = Counter(status for status, *_ in cells.values())
    yield ""
    yield "cells: " + ", ".join(f"{counts[status]} {status}" for status in MARKS if counts[status])
    yield "表格 tables      ▢ 空白 blank · ≈ 推定 inferred · ？无法辨认 unreadable · 其余为原文 the rest as printed"
    for section in SECTIONS:
        own = [key for key in cells if key[0] == section]
        if not own:
            yield f"\n{_section(db, section)}\n  没有读到这张表 (this table was not found)"
            continue
        counts = Counter(cells[key][0] for key in own)
        yield f"\n{_section(db, section)}：" + "，".join(f"{word('cell', s)} {s} {counts[s]}" for s in MARKS if counts[s])
        for columns, rows in _grids(db, section, own):
            head = ["", *(measures.get(measure, measure) for measure in columns)]
            body = [[items.get(item, item), *(_cell(cells.get((section, item, m))) for m in columns)] for item in rows]
            yield from _aligned([head, *body])
        yield from _placed(db, section, items)
    odd: dict[tuple[str, str], list[tuple[str, int, int]]] = {}
    for (_, item, measure), (status, _, start, end) in cells.items():
        if status in ("inferred", "unreadable"):
            odd.setdefault((item, status), []).append((measure, start, end))
    if odd:
        yield "\n不是照原文读出的格 cells that are not read as printed"
    text = db.execute("select text from source_texts").fetchone()[0]
    for (item, status), places in odd.items():
        start, end = min(start for _, start, _ in places), max(end for _, _, end in places)
        named = "、".join(measures.get(measure, measure) for measure, _, _ in places)
        yield f"  {items.get(item, item)}（{named}）: {status} “{_one_line(text[start:end])}” [{start}–{end}]"


def _placed(db: sqlite3.Connection, section: str, items: Mapping[str, str]) -> Iterable[str]:
    """How the columns of a section's cells are known: by which proof, in which layout, how many; all but the most with their rows."""
    found = db.execute(
        "select placed_by, layout, count(*), group_concat(distinct item) from cells"
        " where section = ? and placed_by is not null group by 1, 2 order by 3 desc",
        (section,),
    ).fetchall()
    for at, (proof, layout, count, rows) in enumerate(found):
        named = "" if at == 0 else "：" + "、".join(items.get(item, item) for item in rows.split(","))
        yield (
            f"  列的依据 placed by: {word('placed_by', proof)} {proof}（{word('layout', layout)} {layout}）{count} 格 cells{_one_line(named, 200)}"
        )


def _grids(db: sqlite3.Connection, section: str, keys: Sequence[tuple[str, str, str]]) -> Iterable[tuple[list[str], list[str]]]:
    """The cells' rows by the header they share: (measures, items), both in the order of the form."""
    places = dict(db.execute("select code, position from items"))
    of_item: dict[str, set[str]] = {}
    for _, item, measure in keys:
        of_item.setdefault(item, set()).add(measure)
    groups: dict[tuple[str, ...], list[str]] = {}
    for item in sorted(of_item, key=lambda item: places.get(item, 0)):
        headers = [grid.measures for form in editions() for grid in form.of(section) if of_item[item] <= set(grid.measures)]
        order = next(iter(headers), tuple(sorted(of_item[item])))
        groups.setdefault(tuple(m for m in order if m in of_item[item]), []).append(item)
    return [(list(measures), rows) for measures, rows in groups.items()]


def _cell(cell: tuple[str, str, int, int] | None) -> str:
    return "·" if cell is None else MARKS[cell[0]] + _one_line(cell[1], 24)


def _statistics(db: sqlite3.Connection) -> Iterable[str]:
    rows = db.execute(
        "select s.label, s.unit, s.value_status, substr(t.text, s.value_start + 1, s.value_end - s.value_start),"
        " s.cumulative_status, substr(t.text, s.cumulative_start + 1, s.cumulative_end - s.cumulative_start), coalesce(s.code, '')"
        " from statistics s join reports r on r.id = s.report_id join source_texts t on t.id = r.source_id order by s.rowid"
    ).fetchall()
    if rows:
        yield f"\n{_section(db, 'statistics')}"
        body = [
            [_one_line(label, 40), unit or "", *(MARKS.get(s or "", "") + _one_line(p or "", 24) for s, p in ((vs, v), (cs, c))), code]
            for label, unit, vs, v, cs, c, code in rows
        ]
        yield from _aligned([["指标", "单位", "本年", "累计", "代码"], *body])


def _narrative(db: sqlite3.Connection) -> Iterable[str]:
    for section in ("overview", "problems", "other_matters"):
        for heading, text in db.execute(f"select heading, text from {section}"):  # noqa: S608 names of our own
            yield f"\n{_one_line(heading or _section(db, section))}：{len(text)} 字 characters"
            if text:
                yield f"  {_one_line(text)}"


def _claims(db: sqlite3.Connection) -> Iterable[str]:
    claims = db.execute("select kind, value, unit, approximate, absolute, doubt, sentence from claims order by rowid").fetchall()
    if claims:
        yield "\n叙述中的数字 claims"
    for kind, value, unit, approximate, absolute, doubt, sentence in claims:
        said = (
            "（无或全部 none or all）"
            if absolute
            else f"{'约' if approximate else ''}{'' if value is None else f'{value:.10g}'}{unit or ''}"
        )
        yield f"  {kind} = {said}{f' · 存疑 doubt: {doubt}' if doubt else ''}  “{_one_line(sentence)}”"


def _findings(db: sqlite3.Connection) -> Iterable[str]:
    outcomes = Counter(outcome for (outcome,) in db.execute("select outcome from check_results"))
    yield "\n核对 checks      " + " · ".join(
        f"{word('outcome', code)} {code} {outcomes[code]}" for code in ("pass", "fail", "not_assessable")
    )
    for verdict, message, english in db.execute("select verdict, message, message_en from findings order by id"):
        yield f"finding ({verdict})  {message}"
        yield f"  {word('verdict', verdict)} · {english}"


def _notes(source: Source) -> Iterable[str]:
    notes = [note for note in source.report.notes if note.code not in IDENTITY]
    for title, chosen in (
        ("\n没有归位的内容 left over", [note for note in notes if note.code in LEFT_OVER]),
        ("\n读取说明 reading notes", [note for note in notes if note.code not in LEFT_OVER]),
    ):
        if chosen:
            yield title
        same: dict[tuple[str, str], list[Note]] = {}
        for note in chosen:
            same.setdefault((note.code, note.message), []).append(note)
        for first, *more in same.values():
            yield _note(first) + (f" … 共 {len(more) + 1} 处 places" if more else "")


def _note(note: Note) -> str:
    place = f" [{note.start}–{note.end}]" if note.start is not None else ""
    return f"  note {note.code}: {_one_line(note.message, 300)}{place}"


def _section(db: sqlite3.Connection, code: str) -> str:
    name, english = db.execute("select name, name_en from sections where code = ?", (code,)).fetchone()
    return f"{name} {english}"


def _aligned(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    """The rows with their columns under each other; a Chinese character is as wide as two letters."""
    widths = [max(cell_len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        yield "  " + "  ".join(text + " " * (width - cell_len(text)) for text, width in zip(row, widths, strict=True)).rstrip()


def _one_line(text: str, longest: int = 60) -> str:
    text = " ".join(_CONTROL.sub(" ", text).split())
    return text if len(text) <= longest else text[: longest - 1] + "…"
