"""One draft read and checked as `build.py check` does it, in a process of its own that keeps nothing.

`python -m portal.draft CONTENT_TYPE DATABASE` reads a posted form from standard input and writes JSON: {data, file, pasted,
compared, refused}. `refused` says in one sentence why nothing was checked; `data` is what a report's page reads (portal.report),
NULL where there was nothing to read; `file` is the document's name, `pasted` the text if it was pasted, `compared` the id of the published report of the same
agency's year before that the checks between years used. The process bounds its own memory and time: what it reads is not trusted.
"""

from __future__ import annotations

import json
import resource
import sqlite3
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import FormParser, parse_options_header

from parsers import read_report
from parsers.documents.read import CONTAINERS, media_type
from parsers.printed.decode import Undecodable
from portal.build.agencies import Agencies
from portal.build.source import source_of
from portal.build.write import create, source_id, write_rows, write_sources
from portal.checks.run import run_checks
from portal.pages.queries import Row, rows_of
from portal.pages.report import report

SECONDS = 30  # of processor time; the page gives up after as long by the clock
MEMORY = 3_000_000_000  # of addresses, LibreOffice's too
LONGEST = 1_000_000  # characters of a text that a page can still show
FOUND = {"check_results", "findings", "finding_cells", "narratives", "shared_passages"}  # what running the checks writes
URLENCODED = b"application/x-www-form-urlencoded"
PASTED = "粘贴的文字 (pasted text)"


class NoDraft(ValueError):
    """There is nothing that can be checked; the message says why and what to do."""


def check(data: bytes, name: str, published: Path | None = None) -> tuple[Row, str | None]:
    """A document as the report's page shows it, and the id of last year's published report that it was compared with.

    Raises NoDraft for what is no single document or too long to show.
    """
    with suppress(Undecodable):
        if media_type(data) in CONTAINERS:
            raise NoDraft("这是压缩包或邮件：请解开后一次核对一份文件 (it holds files: unpack it and check one file at a time)")
    read = read_report(data)
    if len(read.document.text) > LONGEST:
        raise NoDraft(f"文字超过 {LONGEST:,} 字，不像一份年度报告 (the text is longer than any yearly report)")
    db = create(":memory:")
    write_sources(db, [source_of(source_id(data), name, read)], Agencies())
    id, agency, year = db.execute("select id, agency, year from reports").fetchone()
    compared = bring(db, published, agency, year - 1) if published and agency and year else None
    run_checks(db, published=False)
    shown = report(rows_of(db), id)
    assert shown is not None, "the report was written above"
    return shown, compared


def bring(db: sqlite3.Connection, published: Path, agency: str, year: int) -> str | None:
    """Copy the published report of an agency's year into a draft's database; its id, or None if there is none."""
    portal = sqlite3.connect(f"{published.absolute().as_uri()}?mode=ro", uri=True)
    portal.row_factory = sqlite3.Row
    found = portal.execute("select id from reports where agency = ? and year = ?", (agency, year)).fetchone()
    if not found:
        return None
    has_reports = "select m.name from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table' and c.name = 'report_id'"
    tables = {name for (name,) in db.execute(has_reports)} - FOUND
    for table, key in [("reports", "id"), *((table, "report_id") for table in sorted(tables))]:
        rows = portal.execute(f"select * from {table} where {key} = ?", (found["id"],)).fetchall()  # noqa: S608 names of our own schema
        if rows:
            write_rows(db, table, [dict(row) for row in rows])
    return str(found["id"])


def form(body: bytes, content_type: str) -> tuple[str, bytes, bool]:
    """The document in a posted form, {file} or else {text}: its name, its bytes, whether it was pasted. Raises NoDraft."""
    fields: dict[str, bytes] = {}
    files: list[tuple[str, bytes]] = []

    def on_field(field: Any) -> None:
        value = field.value or b""
        written = unquote_to_bytes(value.replace(b"+", b" ")) if kind == URLENCODED else value  # the parser leaves %E5 as it is
        fields[(field.field_name or b"").decode("latin-1")] = written

    def on_file(file: Any) -> None:
        file.file_object.seek(0)
        files.append((_plain_name(file.file_name or b""), file.file_object.read()))

    kind, options = parse_options_header(content_type)
    in_memory: Any = {"MAX_MEMORY_FILE_SIZE": len(body) + 1, "UPLOAD_DIR": None}
    try:
        parser = FormParser(
            kind.decode("latin-1"),
            on_field,
            on_file,
            boundary=options.get(b"boundary"),
            config=in_memory,
        )
        parser.write(body)
        parser.finalize()
    except (FormParserError, ValueError) as error:
        raise NoDraft("提交的内容不完整，请重新提交 (what was sent is not a whole form: send it again)") from error
    if files and files[0][1]:
        return *files[0], False
    text = fields.get("text", b"")
    if not text.strip():
        raise NoDraft("没有收到内容：请粘贴文字，或者选一个文件 (nothing was sent: paste the text or choose a file)")
    return PASTED, text, True


def _plain_name(name: bytes) -> str:
    """A file's name without folders, no longer than a line."""
    return name.decode("utf-8", errors="replace").replace("\\", "/").rsplit("/", 1)[-1][:120]


def main(content_type: str, published: str) -> None:
    """Read the posted form and write the result, within this process's own limits."""
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)):
        with suppress(ValueError, OSError):  # a system that does not keep one of these limits still keeps the others
            resource.setrlimit(what, (most, most))
    result: Row = {"data": None, "file": None, "pasted": None, "compared": None, "refused": None}
    try:
        name, data, pasted = form(sys.stdin.buffer.read(), content_type)
        result |= {"file": name, "pasted": data.decode("utf-8", errors="replace") if pasted else None}
        result["data"], result["compared"] = check(data, name, Path(published))
        result["refused"] = result["data"]["sources"][0]["refused_because"]
    except NoDraft as error:
        result["refused"] = str(error)
    except (MemoryError, RecursionError):
        result["refused"] = "读这份文件用的内存太多，已放弃 (reading this file takes too much memory)"
    sys.stdout.buffer.write(json.dumps(result, ensure_ascii=False).encode("utf-8", errors="replace"))


if __name__ == "__main__":
    main(*sys.argv[1:])
