"""Findings for other programs: a table as CSV, and a feed of the newest as Atom."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from portal import words

Row = dict[str, Any]
ATOM = "http://www.w3.org/2005/Atom"
_FORMULA = re.compile(r"^[=+\-@\t\r]")
_HARMLESS = re.compile(r"[+-]?\d+(\.\d+)?|[+\-]")  # a number, or the sign alone that is printed in blank cells
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def cell(value: Any) -> Any:
    """A value as a cell of a CSV: text that a spreadsheet would take for a formula gets an apostrophe before it, a number none.

    >>> cell("=1+1"), cell("-417"), cell("@x"), cell("三、"), cell("-"), cell(None)
    ("'=1+1", '-417', "'@x", '三、', '-', None)
    """
    if isinstance(value, str) and _FORMULA.match(value) and not _HARMLESS.fullmatch(value):
        return "'" + value
    return value


def csv_headers(name: str, title: str) -> dict[str, str]:
    """The type of a CSV, and its file name: that of what it holds, and the Chinese of its title for those who can have it.

    >>> csv_headers("checks", "核对 · Checks")["content-disposition"].replace('"', "")
    "attachment; filename=checks.csv; filename*=UTF-8''%E6%A0%B8%E5%AF%B9.csv"
    """
    plain = re.sub(r"[^\w.-]", "_", name, flags=re.ASCII)
    chinese = quote(title.partition(" · ")[0] + ".csv", safe="")
    disposition = f"attachment; filename=\"{plain}.csv\"; filename*=UTF-8''{chinese}"
    return {"content-type": "text/csv; charset=utf-8", "content-disposition": disposition}


def as_csv(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """A header and the rows; plugins/spreadsheets.py sets the mark before them by which spreadsheets know UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([cell(row[column]) for column in columns] for row in rows)
    return text.getvalue()


@dataclass(frozen=True)
class Feed:
    """A feed, or a page of one: `of` what it is, if not of all; when the data was built; the addresses of what it tells of in a page for
    people, of the whole feed, of this page and, by `rel`, of its other pages (RFC 5005)."""

    of: str
    updated: str
    home: str
    whole: str
    itself: str
    pages: Mapping[str, str]


def as_atom(findings: Iterable[Row], about: Feed, address: Callable[[Row], str]) -> bytes:
    """A feed (RFC 4287) of findings. An entry's id is made of the finding's, so it stays; its date is the finding's."""
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "zh-CN"})

    def add(parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
        element = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
        element.text = None if text is None else _NOT_XML.sub("", text)
        return element

    add(feed, "title", f"核对发现：{about.of}" if about.of else "核对发现：政府信息公开年报")
    add(feed, "subtitle", "核对政府信息公开年报时发现的 · What the checks found in disclosure reports")
    add(feed, "id", f"urn:uuid:{uuid5(NAMESPACE_URL, about.whole)}")
    add(feed, "updated", about.updated)
    add(feed, "link", href=about.itself, rel="self", type="application/atom+xml")
    add(feed, "link", href=about.home, rel="alternate", type="text/html")
    for rel, page in about.pages.items():
        add(feed, "link", href=page, rel=rel, type="application/atom+xml")
    add(add(feed, "author"), "name", "政府信息公开年报 · Disclosure reports")
    for finding in findings:
        entry = add(feed, "entry")
        standing = "" if finding["standing"] == "report" else f"（{words.word('standing', finding['standing'])}）"
        where = f"{finding['agency_name'] or finding['report_id']} {finding['year'] or ''}".strip()
        add(entry, "title", f"{where}：{finding['check_name']}{standing}")
        add(entry, "id", f"urn:uuid:{uuid5(NAMESPACE_URL, 'finding:' + finding['id'])}")
        add(entry, "updated", f"{finding['date']}T00:00:00Z")
        add(entry, "link", href=address(finding), rel="alternate", type="text/html")
        add(entry, "category", term=finding["check_code"], label=finding["check_name"])
        add(entry, "summary", f"{finding['message']}{standing}{words.of_a_summary(finding)}")
    written: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written
