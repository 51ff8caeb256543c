"""What lies beside the tables in the archive of all of them: a README, the licence, the dictionary of the columns."""

from __future__ import annotations

import sqlite3
from codecs import BOM_UTF8
from collections.abc import Mapping, Sequence
from typing import Any

from portal.pages.citation import PORTAL
from portal.pages.dictionary import Held, as_csv, data_package, foreign_keys, resource, table_of, words_of
from portal.pages.queries import BUILD

README = """{portal}

{release} 版，数据生成于 {built}。发布者：{publisher}。网址：{address}

这里是全部数据表，每张一个 CSV：UTF-8，开头有标记，可以直接用 Excel 打开。

{chinese}

- 公布的数字就是印出的数字，不作更正。空白不是零：每个数旁边的 status 列说它是印出的（stated）、空白的（blank）、推定的（inferred）还是无法辨认的（unreadable）。
- 各表以 report_id 相连，就是 reports 的 id。金额以元计，年份是报告所说的那一年。
- findings 里 verdict 为 reading、undecided 的可能是误读或者未定，引用前请对照原文；judgements 是有人对照后的结论。
- 以 = + - @ 或制表符开头的文字前面加了一个 '，免得表格软件当作公式。
- 每一列的含义：dictionary.csv；给程序的：datapackage.json。许可协议：LICENSE.txt。


{portal}

Release {release}, built on {built}. Publisher: {publisher}. Address: {address}

These are all tables, each a CSV in UTF-8 with a byte order mark, which Excel opens as it is.

{english}

- A published figure is the printed figure, never repaired. Blank is not zero: the status column beside each figure says whether it is printed
  (stated), blank, inferred or unreadable.
- The tables meet by report_id, which is id in reports. Money is in yuan; years are those reported on.
- Findings whose verdict is reading or undecided may be misreadings or are not decided: compare the source before you cite one; judgements
  holds what a person concluded.
- Text that begins with = + - @ or a tab has a ' before it, so that no spreadsheet takes it for a formula.
- What each column means: dictionary.csv; for programs: datapackage.json. The licence: LICENSE.txt.
"""
LICENCE = """数据以 {licence} 许可，{address} 。报告本身是各机关公布的公文。

The data is licensed under {licence}, {address} . The reports themselves are documents that public bodies have published.
"""


def archive_texts(db: sqlite3.Connection, names: Sequence[str], sums: Mapping[str, Mapping[str, Any]]) -> dict[str, bytes]:
    """The files by their names; `sums` has of each table its rows, and the bytes and SHA-256 of its marked CSV."""
    built, _, release, *_ = db.execute(BUILD).fetchone()
    views = {name for (name,) in db.execute("select name from sqlite_master where type = 'view'")}
    words, tables = words_of(), [table_of(db, name, dict.fromkeys(_columns(db, name), "any") if name in views else None) for name in names]
    resources = [
        resource(
            table,
            words,
            Held(f"{table.name}.csv", sums[table.name]["marked"]["bytes"], sums[table.name]["marked"]["sha256"], sums[table.name]["rows"]),
            foreign_keys(db, table.name),
        )
        for table in tables
    ]
    publisher, (licence, address) = words.publisher, words.licence
    listed = [
        "\n".join(f"  {table.name}.csv  {words.title(table.name)[of]} ({sums[table.name]['rows']:,})" for table in tables) for of in (0, 1)
    ]
    readme = README.format(
        portal=PORTAL,
        release=release,
        built=built[:10],
        publisher=publisher.publisher or "未注明 not stated",
        address=publisher.address or "未注明 not stated",
        chinese=listed[0],
        english=listed[1],
    )
    return {
        "README.txt": readme.encode(),
        "LICENSE.txt": LICENCE.format(licence=licence, address=address).encode(),
        "dictionary.csv": BOM_UTF8 + as_csv(tables, words).encode(),
        "datapackage.json": data_package(words, {"release": release, "built_at": built}, resources).encode(),
    }


def _columns(db: sqlite3.Connection, name: str) -> list[str]:
    return [column for (column,) in db.execute("select name from pragma_table_info(?)", (name,))]
