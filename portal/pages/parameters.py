"""The parameters that an address takes; a name that is none of them is answered with the nearest that is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from portal.pages import catalogue, findings, found, leads
from portal.pages.sorting import ORDERS

EVERYWHERE = ("lang",)
OURS: dict[str, tuple[str, ...]] = {  # a pattern of the address, and what it takes
    r"/findings(\.\w+)?": (*findings.ASKED, "sort", "page", "_bom"),
    r"/tables/[^/]+\.csv": ("_bom",),
    r"/search(\.json)?": ("q", *found.CHOICES, "page"),
    r"/suggest\.json": ("q",),
    r"/leads(\.json)?": (),
    r"/leads/[^/]+": (*leads.CHOICES, "page", "_bom"),
    r"/passages(\.json)?": ("report", "other", "page"),
    r"/compare(\.json|\.csv)?": ("agency", "year", "q", "differing", "_bom"),
    r"/(agencies|regions|checks|years)/[^/]+\.atom": ("page",),
    r"/checks/[^/]+": ("page",),
    r"/years/[^/]+": ("sort", "page"),
    r"/regions/[^/]+|/years(\.json)?": ("sort",),
    r"/agencies(\.json)?": ("q", *catalogue.CHOICES["agencies"], "sort", "page"),
    r"/agencies\.csv": ("q", *catalogue.CHOICES["agencies"], "sort", "_bom"),
    r"/coverage(\.json)?": ("q", *catalogue.CHOICES["coverage"], "page"),
    r"/coverage\.csv": ("q", *catalogue.CHOICES["coverage"], "_bom"),
    r"/reports(\.json)?": ("q", *catalogue.CHOICES["reports"], "sort", "page"),
    r"/reports\.csv": ("q", *catalogue.CHOICES["reports"], "sort", "_bom"),
    r"/regions(\.json)?": ("q", "sort", "page"),
    r"/(index\.json)?|/(agencies|reports)/[^/]+|/checks(\.json)?|/data(\.json)?|/about|/api|/accuracy": (),
    r"/draft(\.json)?|/tables\.json|/openapi\.json|/robots\.txt|/llms\.txt|/dcat\.jsonld|/sitemap(-\d+)?\.xml|/data/.+": (),
}
# The orders that "sort" may be.
SORTS: dict[str, Collection[str]] = {
    r"/findings(\.\w+)?": findings.SORTS,
    **{rf"/{name}(\.\w+)?": ORDERS[name].names for name in ("agencies", "reports", "regions", "years")},
    **{rf"/{name}s/[^/]+": ORDERS[name].names for name in ("region", "year")},
}
# Datasette's, of tables, rows and SQL; those that name a column are followed by one.
DATASETTES = [
    "_search",
    "_searchmode",
    "_where",
    "_through",
    "_size",
    "_next",
    "_sort",
    "_sort_desc",
    "_sort_by_desc",
    "_facet",
    "_facet_date",
    "_facet_array",
    "_facet_size",
    "_nofacet",
    "_nosuggest",
    "_nocount",
    "_col",
    "_nocol",
    "_label",
    "_labels",
    "_shape",
    "_nl",
    "_json",
    "_json_infinity",
    "_extras",
    "_stream",
    "_dl",
    "_header",
    "_bom",
    "_timelimit",
    "_ttl",
    "_trace",
    "_filter_column",
    "_filter_op",
    "_filter_value",
    "_fts_table",
    "_fts_pk",
    "_show_hidden",
    "_codes",
    "_show_sql",
    "_hide_sql",
    "_blob_column",
    "_blob_hash",
    "sql",
]
MANY = re.compile(r"_filter_(column|op|value)_\d+|_search_\w+")
SHAPES = ["objects", "array", "arrays", "arrayfirst", "object"]
NAMED = re.compile(r":(\w+)")
COLUMN = ("_sort", "_sort_desc", "_facet", "_facet_array", "_facet_date", "_col", "_nocol")
OPERATORS = [
    "exact",
    "not",
    "contains",
    "notcontains",
    "endswith",
    "startswith",
    "gt",
    "gte",
    "lt",
    "lte",
    "like",
    "notlike",
    "glob",
    "in",
    "notin",
    "arraycontains",
    "arraynotcontains",
    "date",
    "isnull",
    "notnull",
    "isblank",
    "notblank",
]


class Unknown(str):
    """A sentence about a name that there is not, with that name and the nearest that there is."""

    name: str
    near: str | None


def taken_here(path: str) -> Collection[str] | None:
    """The parameters of one of our own addresses; None for any other."""
    for pattern, names in OURS.items():
        if re.fullmatch(pattern, path):
            return (*EVERYWHERE, *names)
    return None


def unknown(names: Iterable[str], taken: Collection[str]) -> Unknown | None:
    """A sentence about the first name that is not taken; None if all are.

    >>> unknown(["pgae"], ["page", "lang"])
    '没有叫 pgae 的参数，是不是 page？(there is no parameter pgae; did you mean page?)'
    """
    for name in names:
        if name not in taken:
            return _said("参数", "parameter", name, taken)
    return None


def unknown_of_table(asked: Iterable[tuple[str, str]], columns: Collection[str]) -> Unknown | None:
    """The same of a table's address: parameters are Datasette's or columns, with an operator or none; some values are columns."""
    columns = [*columns, "rowid"]
    taken = [*DATASETTES, *EVERYWHERE, *columns]
    for name, value in asked:
        column, _, operator = name.rpartition("__")
        if column in columns and operator not in OPERATORS:
            return _said("比较", "operator", operator, OPERATORS)
        if not (column in columns or name in taken or MANY.fullmatch(name)):
            return _said("参数或列", "parameter or column", name, taken)
        if name in COLUMN and value and value not in columns:
            return _said("列", "column", value, columns)
        if name.startswith("_search_") and name.removeprefix("_search_") not in columns:
            return _said("列", "column", name.removeprefix("_search_"), columns)
        if name == "_shape" and value and value not in SHAPES:
            return _said("形状", "shape", value, SHAPES)
    return None


def unknown_table(name: str, tables: Collection[str]) -> Unknown:
    """A sentence on a table that there is not, with the nearest that there is.

    >>> unknown_table("aplications", ["applications", "reports"])
    '没有叫 aplications 的表，是不是 applications？(there is no table aplications; did you mean applications?)'
    """
    return _said("表", "table", name, tables)


def sorts(path: str) -> Collection[str]:
    """The orders that an address may be asked in; none where it takes none."""
    return next((orders for pattern, orders in SORTS.items() if re.fullmatch(pattern, path)), ())


def unknown_sort(path: str, name: str) -> Unknown | None:
    """A sentence on an order that an address has not; None for one that it has.

    >>> unknown_sort("/reports.csv", "-findngs"), unknown_sort("/reports", "-findings"), unknown_sort("/checks", "")
    ('没有叫 -findngs 的排列，是不是 -findings？(there is no sort -findngs; did you mean -findings?)', None, None)
    """
    return None if not name or name in sorts(path) else _said("排列", "sort", name, sorts(path))


def unknown_of_sql(names: Iterable[str], sql: str) -> Unknown | None:
    """The same of an address that runs SQL: parameters are Datasette's or the :names in the SQL."""
    return unknown(names, [*NAMED.findall(sql), *DATASETTES, *EVERYWHERE])


def unknown_of_row(asked: Iterable[tuple[str, str]]) -> Unknown | None:
    """The same of a row's address."""
    return unknown([name for name, _ in asked], [*DATASETTES, *EVERYWHERE])


def mistake_of_sql(message: str, columns: Mapping[str, Collection[str]]) -> str:
    """What SQLite says of a statement, in Chinese first; of a name that there is not in which tables it is, or the nearest that there is.
    `columns` are those of each table.

    >>> mistake_of_sql("no such column: yer", {"cells": ["year", "item"]})
    '没有叫 yer 的列，是不是 year？(no such column: yer; did you mean year?)'
    >>> mistake_of_sql("no such column: f.severity", {"findings": ["code"], "checks": ["code", "severity"]})
    '没有叫 f.severity 的列，severity 在 checks 表里 (no such column: f.severity; severity is in checks)'
    >>> mistake_of_sql('near "form": syntax error', {}), mistake_of_sql("out of memory", {})
    ('语法有错，在“form”附近 (near "form": syntax error)', 'out of memory')
    """
    told = next((said.format(*found.groups()) for pattern, said in _SQLITE.items() if (found := re.fullmatch(pattern, message))), None)
    if told is None:
        return message
    if missing := re.fullmatch(r"no such column: (?:\w+\.)?(\w+)", message):
        name, names = missing[1], {name for of_table in columns.values() for name in of_table}
        if there := [table for table, of_table in columns.items() if name in of_table][:MOST_TABLES]:
            return f"{told}，{name} 在 {'、'.join(there)} 表里 ({message}; {name} is in {', '.join(there)})"
        near = nearest(name, names)
    else:
        missing = re.fullmatch(r"no such table: (?:\w+\.)?(\w+)", message)
        near = nearest(missing[1], columns) if missing else None
    return f"{told}，是不是 {near}？({message}; did you mean {near}?)" if near else f"{told} ({message})"


_SQLITE = {  # what SQLite says oftenest of a reader's statement
    r"no such column: (\S+)": "没有叫 {} 的列",
    r"no such table: (\S+)": "没有叫 {} 的表",
    r"no such function: (\S+)": "没有叫 {} 的函数",
    r"ambiguous column name: (\S+)": "几张表都有叫 {} 的列，请写明是哪一张的",
    r'near "(.*)": syntax error': "语法有错，在“{}”附近",
    r'unrecognized token: "(.*)"': "有认不出的字符“{}”",
    r"incomplete input": "SQL 没有写完",
}
MOST_TABLES = 3  # that are named for a column


def _said(kind: str, in_english: str, name: str, taken: Collection[str]) -> Unknown:
    near, short = nearest(name, taken), name[:50]
    chinese, english = (f"，是不是 {near}？", f"; did you mean {near}?") if near else (" ", "")
    said = Unknown(f"没有叫 {short} 的{kind}{chinese}(there is no {in_english} {short}{english})")
    said.name, said.near = name, near
    return said


def nearest(name: str, taken: Collection[str]) -> str | None:
    """The most similar of some names; None where none is similar."""
    try:
        from rapidfuzz import fuzz, process
    except ImportError:  # in a browser, which runs no compiled package
        return None
    found = process.extractOne(name[:50], list(taken), scorer=fuzz.ratio, score_cutoff=60)
    return str(found[0]) if found else None
