"""The statutory form as it stands on paper: grids with merged headers, from the editions in the table `forms`.

A grid is a list of rows, a row a list of boxes. A box says what is printed in it and how many columns and rows it spans;
`kind` is `band` (an article's line), `head` (a column's), `group` and `label` (a row's) or `figure`, which carries the
section, item and measure whose cell of the report belongs there, and that cell, or None if the document has none.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

from portal.pages.queries import Rows
from portal.pages.remembered import once

Box = dict[str, Any]
Row = list[Box]
Forms = dict[str, dict[str, dict[str, Any]]]  # a section's table by the edition's code and the section's

_REMARK = re.compile("（[^）]{0,100}）")
# The form's fixed words that are no item or measure of the database, for readers of English.
ENGLISH = {
    "信息内容": "Information",
    "申请人情况": "Applicants",
    "法人或其他组织": "Legal persons and other organisations",
    "行政诉讼": "Administrative litigation",
    "三、本年度办理结果": "3. Handled in the year",
    "（三）不予公开": "(3) Withheld",
    "（四）无法提供": "(4) Not available",
    "（五）不予处理": "(5) Not processed",
    "（六）其他处理": "(6) Handled otherwise",
    "第二十条第（一）项": "Article 20 (1)",
    "第二十条第（五）项": "Article 20 (5)",
    "第二十条第（六）项": "Article 20 (6)",
    "第二十条第（八）项": "Article 20 (8)",
    "第二十条第（九）项": "Article 20 (9)",
    "本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和": "In each column, row 1 + row 2 = row 3 + row 4",
}


@once
def forms(rows: Rows) -> Forms:
    """The tables of the editions with six sections."""
    found: Forms = {}
    for row in rows("select edition, section, form from forms", {}):
        found.setdefault(row["edition"], {})[row["section"]] = json.loads(row["form"])
    return found


def words(table: dict[str, Any]) -> dict[tuple[str, str], tuple[str, str]]:
    """Of a table whose rows stand in articles: what row and column of a cell are called on it, without remarks in brackets.

    >>> words({"groups": [{"columns": {"charged": "本年收费金额（单位：万元）"}, "rows": [{"item": "fees", "label": "行政事业性收费"}]}]})
    {('fees', 'charged'): ('行政事业性收费', '本年收费金额')}
    """
    return {
        (row["item"], measure): (row["label"], _REMARK.sub("", name))
        for group in table.get("groups", ())
        for row in group["rows"]
        for measure, name in group["columns"].items()
    }


def lay_out(section: str, cells: list[dict[str, Any]], forms: Forms) -> dict[str, Any]:
    """One section's grid: {section, edition, rows, extra, read}; `cells` are this section's as the queries give them.

    The edition is the one most of the cells' own rows name. `extra` are cells that its form has no place for: real
    reports mix editions, and nothing read is left out. `read` says whether there is any cell at all.
    """
    named = Counter(cell["edition"] for cell in cells if cell["edition"] in forms)
    edition = named.most_common(1)[0][0] if named else max(forms)
    by_place = {(cell["item"], cell["measure"]): cell for cell in cells}
    rows = DRAW[section](forms[edition][section])
    for box in (box for row in rows for box in row if box["kind"] == "figure"):
        box["cell"] = by_place.pop((box["item"], box["measure"]), None)
    return {"section": section, "edition": edition, "rows": rows, "extra": list(by_place.values()), "read": bool(cells)}


def _box(kind: str, text: str = "", **more: Any) -> Box:
    return {"kind": kind, "text": text, "english": ENGLISH.get(text), "colspan": 1, "rowspan": 1, **more}


def _figure(table: dict[str, Any], item: str, measure: str, **more: Any) -> Box:
    return _box("figure", section=table["section"], item=item, measure=measure, **more)


def _proactive_disclosure(table: dict[str, Any]) -> list[Row]:
    """Section 2: a band for each article, its column heads, its rows; a lone column is as wide as three."""
    width = max(len(group["columns"]) for group in table["groups"])
    rows: list[Row] = []
    for group in table["groups"]:
        columns = list(group["columns"].items())
        last = {"colspan": width - len(columns) + 1}
        spans: list[dict[str, int]] = [{} for _ in columns[1:]] + [last]
        rows.append([_box("band", group["article"], colspan=width + 1)])
        heads = [_box("head", name, measure=code, **span) for (code, name), span in zip(columns, spans, strict=True)]
        rows.append([_box("head", "信息内容"), *heads])
        for line in group["rows"]:
            figures = [_figure(table, line["item"], code, **span) for (code, _), span in zip(columns, spans, strict=True)]
            rows.append([_box("label", line["label"], item=line["item"]), *figures])
    return rows


def _applications(table: dict[str, Any]) -> list[Row]:
    """Section 3: three head rows, the row labels in three columns with their groups merged downwards."""
    columns = list(table["columns"].items())
    applicants, organisations = table["header_groups"]
    first, *middle, total = [_box("head", name, measure=code) for code, name in columns]
    rows: list[Row] = [
        [_box("note", table.get("note", ""), colspan=3, rowspan=3), _box("head", applicants, colspan=len(columns))],
        [{**first, "rowspan": 2}, _box("head", organisations, colspan=len(middle)), {**total, "rowspan": 2}],
        middle,
    ]
    return rows + _labelled(table, table["rows"], [code for code, _ in columns], 3)


def _labelled(table: dict[str, Any], lines: list[dict[str, Any]], measures: list[str], depth: int) -> list[Row]:
    """Rows whose labels stand in `depth` columns; a group is a box in the first, as tall as its rows."""
    rows: list[Row] = []
    for line in lines:
        if "group" in line:
            inner = _labelled(table, line["rows"], measures, depth - 1)
            inner[0].insert(0, _box("group", line["group"], rowspan=len(inner)))
            rows += inner
        else:
            figures = [_figure(table, line["item"], measure) for measure in measures]
            rows.append([_box("label", line["label"], item=line["item"], colspan=depth), *figures])
    return rows


def _review_litigation(table: dict[str, Any]) -> list[Row]:
    """Section 4: one row of figures, five for each procedure; the two kinds of litigation under one head."""
    columns, (review, *litigation) = list(table["columns"].items()), table["rows"]
    width = len(columns)
    return [
        [
            _box("head", review["label"], item=review["item"], colspan=width, rowspan=2),
            _box("head", table["header_groups"][0], colspan=width * len(litigation)),
        ],
        [_box("head", line["label"], item=line["item"], colspan=width) for line in litigation],
        [_box("head", name, measure=code) for _ in table["rows"] for code, name in columns],
        [_figure(table, line["item"], code) for line in table["rows"] for code, _ in columns],
    ]


DRAW = {"proactive_disclosure": _proactive_disclosure, "applications": _applications, "review_litigation": _review_litigation}
