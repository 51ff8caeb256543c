"""The portal's addresses for programs, as OpenAPI 3.1: what the table of docs/api.md lists, with what each takes and gives.

The words come from that table, the parameters from `portal.pages.parameters`, and what a parameter may be from the words and the
tables of the database.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from portal.pages import catalogue, leads, parameters
from portal.pages.citation import PORTAL
from portal.pages.compare import MOST
from portal.pages.queries import BUILD, Rows, one
from portal.words import WORDS

Json = dict[str, Any]
API = Path(__file__).resolve().parents[2] / "docs/api.md"
WITHOUT_PAGE = ("/index.json", "/openapi.json", "/tables.json", "/suggest.json")
LISTS = ("/agencies", "/reports", "/coverage")  # of which what is unknown may be chosen
PROSE = ("/about", "/api", "/accuracy", "/draft")
OBJECT, LIST, NUMBER, TEXT = ({"type": kind} for kind in ("object", "array", "integer", "string"))
PERHAPS, PERHAPS_TEXT = ({"type": [kind, "null"]} for kind in ("object", "string"))
SORTED = {"sort": PERHAPS_TEXT}
LISTED = {"chosen": OBJECT, "query": TEXT, "total": NUMBER, "page": NUMBER, "pages": NUMBER, "facets": OBJECT, "region": PERHAPS}
# The first keys of an address's JSON; what is in them stands in docs/api.md.
KEYS: dict[str, Json] = {
    "/index.json": {"counts": OBJECT, "build": OBJECT, "years": LIST, "agencies": LIST, "newest": LIST},
    "/agencies.json": {**LISTED, **SORTED, "agencies": LIST},
    "/reports.json": {**LISTED, **SORTED, "refused": NUMBER, "reports": LIST},
    "/years.json": {**SORTED, "years": LIST},
    "/regions.json": {**SORTED, "query": TEXT, "total": NUMBER, "page": NUMBER, "pages": NUMBER, "regions": LIST},
    "/coverage.json": {**LISTED, "agencies": LIST, "years": LIST, "expected": LIST, "reported": LIST, "collected": LIST, "due": LIST, "reports": LIST, "known": NUMBER},
    "/regions/{code}.json": {**SORTED, "region": OBJECT, "counts": OBJECT, "groups": LIST, "totals": LIST, "children": LIST, "findings": LIST},
    "/agencies/{code}.json": {"agency": OBJECT, "children": LIST, "reports": LIST, "figures": LIST, "findings": LIST, "outcomes": LIST},
    "/years/{year}.json": {**SORTED, "year": NUMBER, "counts": OBJECT, "page": NUMBER, "pages": NUMBER, "figures": LIST, "findings": LIST},
    "/reports/{id}.json": {"report": OBJECT, "sources": LIST, "cells": LIST, "forms": OBJECT, "claims": LIST, "findings": LIST,
                           "checks": LIST, "notes": LIST, "text": TEXT},
    "/checks.json": {"checks": LIST, "reports": NUMBER},
    "/checks/{code}.json": {"check": OBJECT, "page": NUMBER, "pages": NUMBER, "findings": LIST, "reasons": LIST},
    "/findings.json": {"chosen": OBJECT, "sort": TEXT, "total": NUMBER, "refuted": NUMBER, "page": NUMBER, "pages": NUMBER,
                       "facets": OBJECT, "findings": LIST},
    "/data.json": {"releases": LIST},
    "/tables.json": {"tables": LIST, "archive": OBJECT},
    "/search.json": {**LISTED, "left_out": NUMBER, "results": LIST, "alone": LIST, "named_regions": OBJECT, "named_agencies": OBJECT, "named_reports": OBJECT,
                     "by_sound": PERHAPS_TEXT, "near": LIST},
    "/suggest.json": {"query": TEXT, "by_sound": PERHAPS_TEXT, "suggestions": LIST},
    "/leads.json": {"leads": LIST},
    "/leads/{code}.json": {"lead": OBJECT, "chosen": OBJECT, "total": NUMBER, "page": NUMBER, "pages": NUMBER, "facets": OBJECT, "rows": LIST},
    "/passages.json": {"report": PERHAPS, "other": PERHAPS},
    "/compare.json": {"chosen": LIST, "unknown": LIST, "query": TEXT, "candidates": LIST, "total": NUMBER, "chosen_years": LIST, "years": LIST,
                      "reports": LIST, "left_out": NUMBER, "left_out_years": LIST, "without_form": LIST, "lines": LIST, "figures": LIST},
    "/draft.json": {"data": PERHAPS, "file": {}, "pasted": {}, "compared": {}, "refused": PERHAPS_TEXT},
}  # fmt: skip
TYPES = {".json": "application/json", ".csv": "text/csv", ".atom": "application/atom+xml", ".xml": "application/xml",
         ".txt": "text/plain", ".jsonld": "application/ld+json", ".zip": "application/zip"}  # fmt: skip
NEAR = {"type": "array", "items": {"type": "object", "required": ["name", "address"], "properties": {"name": TEXT, "address": TEXT}}}
ERROR = {
    "type": "object",
    "required": ["ok", "error", "status"],
    "properties": {"ok": {"const": False}, "error": TEXT, "status": NUMBER, "near": NEAR},
}
DRAFT = {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}, "text": TEXT}}
PAGE = {"type": "integer", "minimum": 1, "maximum": 1_000_000}
SPELLED = {"year": r"^[0-9]{4}$", "region": r"^[0-9]{6}$"}


def openapi(rows: Rows, home: str, tables: Iterable[str]) -> Json:
    """The description of the portal at `home`, of whose tables these may be asked."""
    values = _values(rows, tables)
    paths: dict[str, Json] = {"/": _page("/", "总览 The front page", values)}
    for path, said in listed(API.read_text(encoding="utf-8")):
        if path == "/draft.json":
            paths[path] = {"post": _draft(said)}
            continue
        paths[path] = _data(path, said, values)
        if path.endswith(".json") and path not in WITHOUT_PAGE:
            paths[path.removesuffix(".json")] = _page(path.removesuffix(".json"), said, values)
    paths |= {path: _page(path, path.removeprefix("/"), values) for path in PROSE}
    paths |= _of_tables(values)
    build = one(rows, BUILD)
    info = {"title": PORTAL, "version": build["release"], "description": "约定见 What holds for all of it: /api"}
    return {"openapi": "3.1.0", "info": info, "servers": [{"url": home}], "paths": paths, "components": {"schemas": {"Error": ERROR}}}


def listed(prose: str) -> Iterator[tuple[str, str]]:
    """The addresses of the table of docs/api.md, {like this}, each with what it is.

    >>> list(listed("## 地址\\n| `/years/<year>.json?page=` | 一个年度 One year |\\n## 后"))
    [('/years/{year}.json', '一个年度 One year')]
    """
    table = prose[prose.index("## 地址") :]
    for line in table[: table.index("\n## ", 1)].splitlines():
        if line.startswith("| `"):
            addresses, said = line.strip("| ").split(" | ", 1)
            for address in re.findall(r"`(/[^`?]*)[^`]*`", addresses):
                yield re.sub(r"<(\w+)>", r"{\1}", address), said


def _values(rows: Rows, tables: Iterable[str]) -> dict[str, Json]:
    """What each parameter may be."""
    checks = [row["code"] for row in rows("select code from checks order by position", {})]
    report = one(rows, "select id, agency, year, region from reports where status <> 'refused' and agency is not null limit 1")
    spelled = {name: {"type": "string", "pattern": pattern} for name, pattern in SPELLED.items()}
    closed = {name: {"type": "string", "enum": list(WORDS[name])} for name in ("level", "kind", "standing", "verdict", "severity")}
    return {
        **spelled,
        **closed,
        "status": {"type": "string", "enum": list(WORDS["report"])},
        "section": {"type": "string", "enum": list(WORDS["found_in"])},
        "check": {"type": "string", "enum": checks},
        "q": {"type": "string", "maxLength": 100},
        "page": PAGE,
        "lang": {"type": "string", "enum": ["zh", "en"]},
        "_bom": {"type": "string", "enum": ["off"]},
        "differing": {"type": "string", "enum": ["on"]},
        "missing": {"type": "string", "enum": list(map(str, catalogue.collected_years(rows)))},
        "agency": {"type": "string", "examples": [report.get("agency")]},
        "agencies": {"type": "array", "items": TEXT, "maxItems": MOST, "examples": [[report.get("agency")]]},
        "years": {"type": "array", "items": spelled["year"], "maxItems": MOST, "examples": [[str(report.get("year"))]]},
        "id": {"type": "string", "pattern": "^[^/]+$", "examples": [report.get("id")]},
        "table": {"type": "string", "enum": sorted(tables)},
        "_shape": {"type": "string", "enum": ["objects", "array"]},
        "_size": {"type": "integer", "minimum": 0, "maximum": 1000},
        "_stream": {"type": "string", "enum": ["on"]},
        "sql": {"type": "string", "examples": ["select 1 as x"]},
        "/regions": {**spelled["region"], "examples": [report.get("region")]},
        "/agencies": {"type": "string", "pattern": "^[^/]+$", "examples": [report.get("agency")]},
        "report": {"type": "string", "examples": [report.get("id")]},
        "other": {"type": "string", "examples": [report.get("id")]},
        "/checks": {"type": "string", "enum": checks},
        "/leads": {"type": "string", "enum": list(leads.leads())},
        "/years": {**spelled["year"], "examples": [str(report.get("year"))]},
    }


def _parameters(path: str, values: dict[str, Json], more: Iterable[str] = ()) -> list[Json]:
    """Those of the address itself, and those that it takes after the question mark."""
    folder = "/" + path.split("/")[1]
    own = re.findall(r"\{(\w+)\}", path)
    within = [{"name": name, "in": "path", "required": True, "schema": values.get(folder, values.get(name, TEXT))} for name in own]
    address = re.sub(r"\{\w+\}", "x", path)
    asked = [*(parameters.taken_here(address) or ()), *more]
    if TYPES.keys() & {f".{path.rpartition('.')[2]}"}:
        asked = [name for name in asked if name != "lang"]
    if not path.endswith(".csv"):
        asked = [name for name in asked if name != "_bom"]
    several = {"agency": values["agencies"], "year": values["years"]} if path.startswith("/compare") else {}
    if path.partition(".")[0] in LISTS:
        several = {name: _or_unknown(values[name]) for name in catalogue.MAY_BE_UNKNOWN}
    several["sort"] = {"type": "string", "enum": list(parameters.sorts(address))}
    return within + [{"name": name, "in": "query", "schema": several[name] if name in several else values[name]} for name in asked]


def _or_unknown(schema: Json) -> Json:
    if "enum" in schema:
        return {**schema, "enum": [*schema["enum"], catalogue.UNKNOWN]}
    return {**schema, "pattern": f"{schema['pattern']}|^{catalogue.UNKNOWN}$"}


def _operation(said: str, kind: str, schema: Json, asked: list[Json], statuses: Iterable[str] = ("400", "404")) -> Json:
    error = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}} if kind == "application/json" else {}
    wrong = {"description": "地址有误 The address is wrong", **({"content": error} if error else {})}
    given = {"200": {"description": said, "content": {kind: {"schema": schema}}}, "304": {"description": "没有变 Not changed"}}
    return {"get": {"summary": said, "parameters": asked, "responses": {**given, **dict.fromkeys(statuses, wrong)}}}


def _data(path: str, said: str, values: dict[str, Json]) -> Json:
    """An address that programs read."""
    kind = TYPES.get(Path(path).suffix, "application/octet-stream")
    keys = KEYS.get(path, {})
    schema = {"type": "object", "required": list(keys), "properties": keys} if "json" in kind else TEXT
    return _operation(said, kind, schema, _parameters(path, values))


def _page(path: str, said: str, values: dict[str, Json]) -> Json:
    """A page that people read."""
    return _operation(said, "text/html", TEXT, _parameters(path, values))


def _draft(said: str) -> Json:
    keys = KEYS["/draft.json"]
    answer = {"application/json": {"schema": {"type": "object", "required": list(keys), "properties": keys}}}
    told = {"200": said, "408": "太慢 Too slow", "413": "太大 Too large", "422": "读不了 Not readable", "503": "稍后再试 Try again later"}
    body = {"required": True, "content": {"multipart/form-data": {"schema": DRAFT}}}
    return {
        "summary": said,
        "requestBody": body,
        "responses": {code: {"description": what, "content": answer} for code, what in told.items()},
    }


def _of_tables(values: dict[str, Json]) -> dict[str, Json]:
    """Datasette's addresses, of which two shapes of JSON are promised."""
    filters = {"name": "filters", "in": "query", "style": "form", "explode": True, "description": "列=值 column=value",
               "schema": {"type": "object", "additionalProperties": TEXT}}  # fmt: skip
    sql = {"name": "sql", "in": "query", "required": True, "schema": values["sql"]}
    shape = {"name": "_shape", "in": "query", "required": True, "schema": values["_shape"]}
    either = {"type": ["object", "array"]}
    rows, query = "一张表的行 The rows of a table", "一段 SQL 的结果 A query's result"
    path, busy = "/portal/{table}", ("400", "404", "503")
    return {
        f"{path}.json": _operation(
            rows, "application/json", either, [*_parameters(f"{path}.json", _at(values), ["_size"]), shape, filters]
        ),
        f"{path}.csv": _operation(
            rows, "text/csv", TEXT, [*_parameters(f"{path}.csv", _at(values), ["_size", "_stream", "_bom"]), filters]
        ),
        "/portal.json": _operation(query, "application/json", either, [sql, shape], busy),
        "/portal.csv": _operation(query, "text/csv", TEXT, [sql], busy),
    }


def _at(values: dict[str, Json]) -> dict[str, Json]:
    return {**values, "/portal": values["table"]}
