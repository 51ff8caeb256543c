"""Figures of made-up agencies and the grids of the form they are printed on; layouts.py puts the grids into documents.

`figures` draws what is printed, `tables` puts it on the grids, `expected` states what a reader should find: written from
the figures, never from what our own parsers read.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from parsers.form.editions import form_files

FORMS = {code: form for code, form in form_files().items() if "tables" in form}
NOTE = f"（{next(table['note'] for table in FORMS['2021']['tables'] if 'note' in table)}）"
# Header words that real tables break in two, and where.
BROKEN = {
    "本年新制作数量": "本年新\n制作数量",
    "本年新公开数量": "本年新\n公开数量",
    "商业企业": "商业\n企业",
    "科研机构": "科研\n机构",
}

Key = tuple[str, str, str]  # section, item, measure
Figures = dict[Key, str]
Cell = tuple[str, int, int]  # printed text, columns, rows it spans
Grid = list[list[Cell]]


@dataclass(frozen=True)
class Sample:
    """One sample document: what it says about itself, the figures it prints, and the words of its sections that are not the usual."""

    file: str
    agency: str
    year: int
    edition: str
    printed: Figures
    published_on: str | None = None
    signed_on: str | None = None
    words: dict[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return f"{self.agency}{self.year}年政府信息公开工作年度报告"


def form_table(edition: str, section: str) -> dict[str, Any]:
    return next(table for table in FORMS[edition]["tables"] if table["section"] == section)


def items(rows: list[dict[str, Any]]) -> Iterator[str]:
    """The item codes of a table's rows in the order of the form, groups opened."""
    for row in rows:
        if "group" in row:
            yield from items(row["rows"])
        else:
            yield row["item"]


def figures(seed: int, edition: str) -> Figures:
    """Printed figures for every cell of an edition: all equations of the form hold, most rows are not zero."""
    draw = random.Random(seed)
    out: Figures = {}
    for group in form_table(edition, "proactive_disclosure")["groups"]:
        for row in group["rows"]:
            for measure in group["columns"]:
                out["proactive_disclosure", row["item"], measure] = section_2_figure(draw, seed, measure)
    columns = list(form_table(edition, "applications")["columns"])[:-1]
    *head, last = items(form_table(edition, "applications")["rows"])
    results = [item for item in head if item not in ("received", "carried_in", "handled")]
    for column, most in zip(columns, (260, 41, 3, 5, 12, 8), strict=True):
        counts = {item: draw.choice((0, draw.randint(0, most), draw.randint(0, most))) for item in results}
        counts["handled"] = sum(counts.values())
        counts["carried_in"] = draw.randint(0, min(most, counts["handled"]))
        counts[last] = draw.randint(0, most)
        counts["received"] = counts["handled"] + counts[last] - counts["carried_in"]
        out.update({("applications", item, column): str(count) for item, count in counts.items()})
    for item in [*head, last]:
        out["applications", item, "total"] = str(sum(int(out["applications", item, column]) for column in columns))
    for item in items(form_table(edition, "review_litigation")["rows"]):
        outcomes = {measure: draw.randint(0, 34) for measure in ("upheld", "corrected", "other", "pending")}
        outcomes["total"] = sum(outcomes.values())
        out.update({("review_litigation", item, measure): str(count) for measure, count in outcomes.items()})
    return out


def section_2_figure(draw: random.Random, seed: int, measure: str) -> str:
    """A figure of section 2 as offices write it: signs or words of change, money with or without its unit."""
    number = draw.randint(2, 3900)
    if measure == "change":
        return draw.choice(("0", f"+{number % 90}", f"-{number % 40}", f"增{number % 60}", f"减{number % 30}", "0/0"))
    if measure == "charged":
        return f"{draw.randint(10**7, 10**9) / 10**4:.6f}".rstrip("0")
    if measure == "amount":
        yuan = draw.randint(10**5, 10**7)
        return (f"{yuan / 10**4}万元", f"{yuan / 100:.2f}元", str(yuan))[seed % 3]
    return str(number)


def value(printed: str, unit: str | None = None) -> str:
    """The number that a printed figure states, money in yuan; empty where it states none."""
    if printed == "0/0":
        return "0"
    match = re.fullmatch(r"([增减+-]?)(\d[\d.]*)(万元|元)?", printed)
    if not match:
        return ""
    sign, digits, named = match.groups()
    number = Decimal(digits) * (10000 if (named or unit) == "万元" else 1) * (-1 if sign in ("减", "-") else 1)
    return f"{number.normalize():f}"


def expected(sample: Sample) -> Iterator[tuple[str, str, str, str, str]]:
    """Rows of the expectation: section, item, measure, printed, value."""
    groups = form_table(sample.edition, "proactive_disclosure")["groups"]
    money = {measure: unit for group in groups for measure, unit in group.get("money", {}).items()}
    for (section, item, measure), printed in sample.printed.items():
        yield section, item, measure, printed, value(printed, money.get(measure))


def tables(sample: Sample) -> dict[str, Grid]:
    """The three tables of the form with the sample's figures, merged cells and headers as on paper."""
    printed = sample.printed
    disclosure: Grid = []
    for group in form_table(sample.edition, "proactive_disclosure")["groups"]:
        last = 4 - len(group["columns"])  # the last column is as wide as what is left of four
        labels = [BROKEN.get(label, label) for label in group["columns"].values()]
        disclosure += [[(group["article"], 4, 1)], wide(["信息内容", *labels], last)]
        for row in group["rows"]:
            texts = [printed["proactive_disclosure", row["item"], measure] for measure in group["columns"]]
            disclosure.append(wide([row["label"], *texts], last))
    form = form_table(sample.edition, "applications")
    names = [BROKEN.get(name, name) for name in form["columns"].values()]
    applications: Grid = [
        [(NOTE, 3, 3), ("申请人情况", 7, 1)],
        [(names[0], 1, 2), ("法人或其他组织", 5, 1), (names[6], 1, 2)],
        wide(names[1:6]),
        *application_rows(form["rows"], printed, list(form["columns"]), 3),
    ]
    outcomes = form_table(sample.edition, "review_litigation")["columns"]
    procedures = list(items(form_table(sample.edition, "review_litigation")["rows"]))
    review: Grid = [
        [("行政复议", 5, 1), ("行政诉讼", 10, 1)],
        [*((name, 1, 2) for name in outcomes.values()), ("未经复议直接起诉", 5, 1), ("复议后起诉", 5, 1)],
        wide([*outcomes.values(), *outcomes.values()]),
        wide([printed["review_litigation", item, measure] for item in procedures for measure in outcomes]),
    ]
    return {"proactive_disclosure": disclosure, "applications": applications, "review_litigation": review}


def wide(texts: list[str], last: int = 1) -> list[Cell]:
    """A row of single cells, the last one `last` columns wide."""
    return [(text, last if i == len(texts) - 1 else 1, 1) for i, text in enumerate(texts)]


def application_rows(rows: list[dict[str, Any]], printed: Figures, columns: list[str], width: int) -> Grid:
    """Rows of section 3 whose labels fill `width` columns; a group's label stands once, beside all of its rows."""
    grid: Grid = []
    for row in rows:
        if "group" in row:
            inner = application_rows(row["rows"], printed, columns, width - 1)
            inner[0].insert(0, (row["group"], 1, len(inner)))
            grid += inner
        else:
            grid.append([(row["label"], width, 1), *wide([printed["applications", row["item"], c] for c in columns])])
    return grid
