"""The file with the pictures of pages: of a published one only what differs is written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from parsers import refused_report
from portal.build.pictures_file import picture_of, write_pictures
from portal.build.source import Source, facts_of
from portal.build.store import Store, pack

READ = refused_report("")


def sources(store: Store, names: Iterable[str]) -> list[Source]:
    return [Source(name * 64, name, facts_of(READ), store, key=name) for name in names]


def kept(names: str) -> Store:
    """A store with documents of these names, each of two pages."""
    store = Store(None)
    for name in names:
        store.add(name, facts_of(READ), pack(READ), [f"{name}{page}".encode() for page in (1, 2)])
    return store


def pictures_in(file: Path) -> list[tuple[str, int, bytes]]:
    with sqlite3.connect(file) as db:
        return db.execute("select source_id, page, picture from pictures order by 1, 2").fetchall()


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    published, new, whole = (tmp_path / name for name in ("published", "new", "whole"))
    store = kept("abcd")
    store.add("e", facts_of(READ), pack(READ))  # of no pages
    assert write_pictures(published, sources(store, "abce")) == 6
    store.add("a", facts_of(READ), pack(READ), [b"x", b"y"])  # not asked for again
    assert write_pictures(new, sources(store, "acde"), published) == write_pictures(whole, sources(kept("acd"), "acd")) == 6
    assert pictures_in(new) == pictures_in(whole)
    assert picture_of(new, "d" * 64, 2) == b"d2" and picture_of(new, "b" * 64, 1) is None


def test_where_nothing_differs_nothing_is_written(tmp_path: Path) -> None:
    published, new = tmp_path / "published", tmp_path / "new"
    store = kept("ab")
    assert write_pictures(published, sources(store, "ab")) == write_pictures(new, sources(store, "ab"), published) == 4
    assert not new.exists()


def test_a_damaged_file_is_written_anew(tmp_path: Path) -> None:
    published, new = tmp_path / "published", tmp_path / "new"
    published.write_bytes(b"no database")
    assert write_pictures(new, sources(kept("ab"), "ab"), published) == 4 == len(pictures_in(new))
