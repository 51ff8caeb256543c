"""The whole portal as files for a plain file host.

Every page is asked of the ASGI application, as a reader's browser asks the server, and written with its links made relative, so
that the folder works below any path. What has no file is answered by the same Datasette in the browser (portal.publish.browser).
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import click
import datasette
import yaml
from datasette.app import Datasette

from portal.build.inspect_data import write_inspect_data
from portal.build.pictures_file import beside
from portal.pages import addresses
from portal.pages.publisher import publisher_of
from portal.pages.queries import rows_of
from portal.publish.files import APP, NOBODY, Site, file_of, kind, with_own_addresses, with_own_links
from portal.publish.in_browser import app_files
from portal.publish.shipped import CONFIGURATION, ROOT, released

HOMELESS = (
    "没有写明网址（metadata.yml 的 plugins: portal: address），所以没有写站点地图，订阅和下载里只有路径"
    " (no address is stated: there is no site map, and feeds have paths alone)"
)
LIST = "files.txt"  # every file that was written, so that the next time what is not written any more goes
_TO_APP = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="robots" content="noindex"><title>政府信息公开年报 · 开放数据</title></head>
<body><p><a href="{up}{app}/?at={path}">在浏览器里打开 Open in the browser</a></p>
<script src="{up}{app}/asked.js" data-at="{path}" data-always></script></body></html>
"""
BATCH = 50  # pages that a process is given at once


def write_site(database: Path, out: Path, workers: int | None = None) -> str:
    """Write the site into `out`, new, empty or written before: then only what changed is written. Returns a sentence that says so.

    ClickException where `out` holds something else, OSError where it cannot be written.
    """
    before = _written_before(out)
    out.mkdir(parents=True, exist_ok=True)
    (out / LIST).write_text("".join(f"{name}\n" for name in sorted(before)), encoding="utf-8")  # should it be interrupted
    with tempfile.TemporaryDirectory() as folder:
        served = Path(folder)
        configure(served, database)
        pages = list(addresses_of(database))
        files = frozenset(filter(None, map(file_of, pages)))
        site = Site(frozenset(map(kind, files)), _public_address())
        with ProcessPoolExecutor(workers or os.cpu_count()) as pool:
            batches = [pages[at : at + BATCH] for at in range(0, len(pages), BATCH)]
            many = len(batches)
            changed = sum(pool.map(write_pages, [served] * many, batches, [site] * many, [out] * many))
        written = set(files)
        for source, name in _other_files(database):
            changed += _copy(source, out / name)
            written.add(name)
        for name, body in {**_asking_pages(database), **app_files(served, site.kinds)}.items():
            changed += _write(body, out / name)
            written.add(name)
    gone = sorted(before - written)
    for name in gone:
        (out / name).unlink(missing_ok=True)
    (out / LIST).write_text("".join(f"{name}\n" for name in sorted(written)), encoding="utf-8")
    size = sum((out / name).stat().st_size for name in written)
    said = f"wrote {out}: {len(written)} files, {size / 1e6:.1f} MB; {changed} of them new or changed, {len(gone)} removed"
    return said if site.home else f"{said}\n{HOMELESS}"


def _written_before(out: Path) -> set[str]:
    if not out.exists() or not any(out.iterdir()):
        return set()
    if not (out / LIST).is_file():
        raise click.ClickException(
            f"{out}: 文件夹里有别的东西，请给一个新的名字 (there is something else in this folder: give the name of a new one)"
        )
    return set((out / LIST).read_text(encoding="utf-8").splitlines())


def configure(served: Path, database: Path) -> None:
    """The folder that Datasette serves while its pages are written: the portal's, which is told that there is no server."""
    for name in (*CONFIGURATION, "docs", "dist"):
        if name != "metadata.yml" and (ROOT / name).exists():
            (served / name).symlink_to(ROOT / name)
    metadata = yaml.safe_load((ROOT / "metadata.yml").read_text(encoding="utf-8"))
    metadata.setdefault("plugins", {}).setdefault("portal", {})["without_server"] = True
    (served / "metadata.yml").write_text(yaml.safe_dump(metadata, allow_unicode=True), encoding="utf-8")
    (served / "portal.db").symlink_to(database.resolve())
    if beside(database).is_file():
        beside(served / "portal.db").symlink_to(beside(database).resolve())
    write_inspect_data(served / "portal.db")


def _asking_pages(database: Path) -> dict[str, bytes]:
    """Files at the addresses that ask a question (/search, /portal/reports): each leads into the app with what is asked."""
    db = sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)
    tables = [name for (name,) in db.execute("select name from sqlite_master where type in ('table', 'view') order by name")]
    db.close()
    asked = ["/search", "/compare", "/portal", *(f"/portal/{name}" for name in tables)]
    return {f"{path[1:]}/index.html": _TO_APP.format(up="../" * path.count("/"), path=path, app=APP).encode() for path in asked}


def addresses_of(database: Path) -> Iterator[str]:
    """Every address that becomes a file: pages in Chinese and English, their JSON, pictures of documents' pages, feeds."""
    db = sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)
    try:
        for page in addresses.pages(rows_of(db)):
            yield page
            yield page + ("&" if "?" in page else "?") + "lang=en"
            if data := addresses.data_of(page):
                yield data
        if beside(database).is_file():
            yield from addresses.pictures(rows_of(db))
        yield from addresses.feeds(rows_of(db))
        if _public_address():
            yield from addresses.for_machines(rows_of(db))
    finally:
        db.close()
    yield from ("/draft", "/draft?lang=en", "/openapi.json", "/findings.csv", *addresses.tables())


def _public_address() -> str:
    """Where the site will be read, as its publisher has stated it; empty if that is not known."""
    return publisher_of(yaml.safe_load((ROOT / "metadata.yml").read_text(encoding="utf-8")).get("plugins", {}).get("portal")).address


def write_pages(served: Path, pages: Sequence[str], site: Site, out: Path) -> int:
    """Write some pages, in a process of its own; return how many are new or changed."""
    return asyncio.run(_ask_and_write(served, pages, site, out))


async def _ask_and_write(served: Path, pages: Sequence[str], site: Site, out: Path) -> int:
    portal = Datasette([], config_dir=served)
    await portal.invoke_startup()
    changed = 0
    for address in pages:
        answer = await portal.client.get(address)
        if answer.status_code != 200:
            raise click.ClickException(f"{address}: 这一页没有生成 (this page was not made): HTTP {answer.status_code}")
        file = str(file_of(address))
        changed += _write(_written(answer, address, site), out / file)
    return changed


def _written(answer: Any, address: str, site: Site) -> bytes:
    """What is written of an answer: its links lead to files."""
    if (answer.headers.get("content-type") or "").startswith("text/html"):
        return with_own_links(answer.text, address, site).encode()
    if address.partition("?")[0].endswith((".atom", ".xml")):
        return with_own_addresses(answer.text, address, site).encode()
    body: bytes = answer.content
    return body.replace(f"{NOBODY}/".encode(), b"/").replace(NOBODY.encode(), b".")


def _other_files(database: Path) -> Iterator[tuple[Path, str]]:
    """What is copied as it is: style, scripts, the database, the releases, whose addresses are cited."""
    yield database, "portal.db"
    folders = [(ROOT / "static", "static"), (Path(datasette.__file__).parent / "static", "-/static")]
    folders += [(release, f"data/{release.name}") for release in released()]
    for folder, name in folders:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            yield path, f"{name}/{path.relative_to(folder).as_posix()}"


def _write(body: bytes, file: Path) -> bool:
    """Write a file if it is not there or holds something else; was it written?"""
    if file.is_file() and file.stat().st_size == len(body) and file.read_bytes() == body:
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(body)
    return True


def _copy(source: Path, file: Path) -> bool:
    if file.is_file() and file.stat().st_size == source.stat().st_size and file.read_bytes() == source.read_bytes():
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, file)
    return True
