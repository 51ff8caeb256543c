#!/usr/bin/env python3
"""Build the portal's database from collected reports. 把收集的年报建成数据库。

build.py [PATH …] [--db FILE]      files and folders (default data/reports) into FILE (default portal.db)
build.py check FILE                read one document, print all that is read and found in it, store nothing

What was read stays in FILE.readings, so that a document that has not changed is not read again (--fresh reads it).

Exit status: 0 the database was published, also when some documents were refused, or the document was shown, also when it
was refused; 1 the database could not be written, or the cluster could not read; 2 wrong usage; 3 the new database holds much
less or much more than the published one and lies beside it (--accept publishes it). But for 0 the old database stays as it was.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import io
import os
import shutil
import sqlite3
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from portal.build.agencies import Agencies
from portal.build.cluster import Cluster, NoCluster
from portal.build.collection import Collected, built_at, collect, published_names
from portal.build.guard import damaged, kept_beside, much_changed, put_in_place, remove_left_over
from portal.build.inspect_data import write_inspect_data
from portal.build.pictures_file import beside, write_pictures
from portal.build.progress import Progress
from portal.build.published import Published, all_new
from portal.build.readers import Pool, Readers
from portal.build.reading import read_all
from portal.build.same_report import same_reports, without_copies
from portal.build.source import Source
from portal.build.store import Store
from portal.checks.passages import Bands
from portal.database import write_database
from portal.show import show_reading

ROOT = Path(__file__).resolve().parent
SERVED = ROOT / "portal.db"  # the one that `datasette .` finds, by the name that the pages ask for
console = Console(highlight=False, soft_wrap=True)


@dataclass(frozen=True)
class Wanted:
    """What a build is told: the database to publish, the name of the release, whether a much changed one is meant, how to read."""

    db_path: Path
    release: str | None = None
    accept: bool = False
    fresh: bool = False
    workers: int = 1
    cluster: str | None = None

    def readers(self, documents: int) -> Readers:
        """Who reads so many documents. Raises NoCluster."""
        return Cluster(self.cluster, documents) if self.cluster else Pool(min(self.workers, documents))


def build(collected: list[Collected], inputs: str, wanted: Wanted) -> str | None:
    """Read all documents, write, check and index them in a new file, then put it in the old one's place.

    The list is emptied once all is read: of a large collection it takes as much memory as what is kept of it.
    Returns what the new database holds much less or more of than the published one, which then stays; the new one lies beside it.
    """
    readers = wanted.readers(len(collected))
    db_path = wanted.db_path.resolve()  # a link stays a link: the database that it leads to is replaced
    remove_left_over(db_path)
    new = db_path.with_name(f"{db_path.name}.{os.getpid()}.building")  # of two builds at once the later one stays
    pictures = db_path.with_name(f"{beside(db_path).name}.{os.getpid()}.building")
    store = Store(db_path.with_name(f"{db_path.name}.readings"), wanted.fresh)
    published, bands, agencies = Published(store.db), Bands(store.db), Agencies()
    try:
        with Progress(len(collected), console) as progress, readers:
            sources, keys = read_all(collected, store, readers, progress)
        console.print(progress.line())
        about = (built_at(collected), _version(), inputs, wanted.release)
        collected.clear()
        reports = same_reports(without_copies(sources), agencies)
        change = published.change(db_path, reports, agencies)
        if not change.whole:
            console.print(f"{len(change.gone | change.written)} reports of {len(reports)} differ from the published database")
            shutil.copyfile(db_path, new)
        db, sources, lost = write_database(str(new), change, agencies, bands, sources, about, db_path)
        db.close()
        summary(sources, new)
        if reason := damaged(new):
            raise OSError(errno.EIO, reason)
        pictured = write_pictures(pictures, sources, None if change.whole else beside(db_path))
        if not wanted.accept and (apart := much_changed(db_path, new)):
            put_in_place(new, kept_beside(db_path))
            return apart
        if wanted.db_path.name == SERVED.name:
            write_inspect_data(new, wanted.db_path)  # `datasette .` looks for it beside the database that it serves
        if pictures.is_file():
            put_in_place(pictures, beside(db_path))  # before the database that speaks of them
        put_in_place(new, db_path)
        if not pictured:
            beside(db_path).unlink(missing_ok=True)
        kept_beside(db_path).unlink(missing_ok=True)
        published.record(db_path, reports, agencies, lost)
        store.keep_only(keys)
    finally:
        store.close()
        new.unlink(missing_ok=True)
        pictures.unlink(missing_ok=True)
    console.print(f"wrote {wanted.db_path}" + ("; look at it with: .venv/bin/datasette ." if db_path == SERVED else ""), markup=False)
    return None


def _version() -> str:
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def summary(sources: Sequence[Source], db_path: Path) -> None:
    """What was read in full, in part, and refused, with a line for each that was refused."""
    for source in sources:
        if source.facts.refused:
            console.print(f"refused  {source.path}: {source.facts.refused}", markup=False)
    status = Counter(source.facts.status for source in sources)
    with sqlite3.connect(f"file:{db_path}?mode=ro", uri=True) as db:
        findings = db.execute("select count(*) from findings").fetchone()[0]
    console.print(
        f"{len(sources)} documents: {status['read']} read, {status['partial']} partial, {status['refused']} refused; {findings} findings"
    )


def check(document: Collected) -> None:
    """Print what is read in one document and what the checks find, from a database in memory."""
    with Progress(1, console) as progress, Pool(1) as readers:
        sources, _ = read_all([document], Store(None), readers, progress)
    agencies, bands = Agencies(), Bands(sqlite3.connect(":memory:"))
    change = all_new(same_reports(sources, agencies))
    about = (built_at([document]), _version(), document.name, None)
    db, (source,), _ = write_database(":memory:", change, agencies, bands, sources, about)
    show_reading(db, source, console)


def main(arguments: Sequence[str]) -> int:
    """The command line. Returns the exit status: 0 published, 1 not written, 2 wrong usage."""
    checking = arguments[:1] == ["check"]
    parser = argparse.ArgumentParser(prog="build.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    if checking:
        parser.add_argument("command", choices=["check"])
        parser.add_argument("file", type=Path)
    else:
        parser.add_argument("paths", nargs="*", type=Path, default=[Path(os.path.relpath(ROOT / "data" / "reports"))], metavar="PATH")
        parser.add_argument("--db", type=Path, default=Path("portal.db"), metavar="FILE")
        parser.add_argument(
            "--accept", action="store_true", help="publish also what holds much less or much more than the published database"
        )
        reading = parser.add_mutually_exclusive_group()
        reading.add_argument(
            "--workers", type=_number, default=os.cpu_count() or 1, metavar="N", help="processes (default: the processors)"
        )
        reading.add_argument(
            "--cluster", type=_address, metavar="ADDRESS", help="read on the workers of this Dask scheduler, tcp://host:8786"
        )
        parser.add_argument("--fresh", action="store_true", help="read all documents anew, also those that have not changed")
        parser.add_argument("--release", metavar="NAME", help="the name under which this data is cited (default: the day of the build)")
    try:
        with contextlib.redirect_stderr(io.StringIO()) as complaint:
            options = parser.parse_args(arguments)
    except SystemExit as leaving:
        if leaving.code:
            reason = complaint.getvalue().strip().rpartition("error: ")[2]
            return _usage(f"参数不对，用法见 build.py --help (wrong arguments, see --help): {reason}")
        return 0
    try:
        if checking:
            return _check(options.file)
        workers = options.workers or os.cpu_count() or 1
        return _build(options.paths, Wanted(options.db, options.release, options.accept, options.fresh, workers, options.cluster))
    except KeyboardInterrupt:
        print("已中断，原来的数据库没有动 (interrupted; the old database is as it was)", file=sys.stderr)
        return 130


def _number(given: str) -> int:
    if not given.isdecimal() or not 1 <= int(given) <= 1000:
        raise argparse.ArgumentTypeError(f"{given} is no number of processes")
    return int(given)


def _address(given: str) -> str:
    if not given.strip():
        raise argparse.ArgumentTypeError("the address of a cluster is like tcp://host:8786")
    return given.strip()


def _usage(sentence: str) -> int:
    print(f"build.py: {sentence}", file=sys.stderr)
    return 2


def _check(path: Path) -> int:
    if path.is_dir():
        return _usage(f"{path}: 是文件夹，一次只核对一份文件，请给出其中一份的路径 (a folder; give the path of one document of it)")
    if not path.is_file():
        return _usage(f"{path}: 没有这个文件，请给出一份文件的路径 (no such file; give the path of a document)")
    with tempfile.TemporaryDirectory() as folder:
        inside, _ = collect([path], Path(folder))
        if len(inside) != 1:
            return _usage(
                f"{path}: 是 {len(inside)} 份文件的压缩包或邮件，请解开后给出其中一份 (it holds several documents; unpack it and give one of them)"
            )
        check(inside[0])
    return 0


def _build(paths: Sequence[Path], wanted: Wanted) -> int:
    db_path = wanted.db_path
    for path in paths:
        if not path.exists():
            return _usage(f"{path}: 没有这个文件或文件夹 (no such file or folder); give the path of a document or of a folder of them")
    if not db_path.resolve().parent.is_dir():
        return _usage(f"{db_path}: 它的文件夹不存在，请先建立 (its folder does not exist; create it first)")
    if db_path.is_dir() or not _may_be_replaced(db_path):
        return _usage(
            f"{db_path}: 不是数据库，不会覆盖它；请给 --db 另一个名字 (is no database and is not overwritten; give --db another name)"
        )
    with tempfile.TemporaryDirectory() as folder:
        collected, remarks = collect(paths, Path(folder), besides=db_path)
        for remark in remarks:
            console.print(f"note  {remark}", markup=False)
        if not collected:
            return _usage("没有可读的文件，数据库没有动 (there are no documents to build from; the database is as it was)")
        try:
            apart = build(collected, " ".join(sorted({*published_names(paths).values()})), wanted)
        except NoCluster as reason:
            print(f"build.py: {reason}", file=sys.stderr)
            return 1
        except OSError as error:
            return _not_written(db_path, error.strerror or str(error))
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname.startswith(("SQLITE_CANTOPEN", "SQLITE_FULL", "SQLITE_READONLY", "SQLITE_IOERR")):
                return _not_written(db_path, str(error))
            raise
        return _not_published(db_path, apart) if apart else 0


def _may_be_replaced(db_path: Path) -> bool:
    if not db_path.exists():
        return True
    if not db_path.is_file():  # a device or a pipe
        return False
    with db_path.open("rb") as file:
        return file.read(16) in (b"", b"SQLite format 3\x00")


def _not_published(db_path: Path, apart: str) -> int:
    print(
        f"build.py: {db_path}: 新库与已发布的相差太多，没有换上，请看 {kept_beside(db_path.resolve())}；确认无误就加 --accept 再运行"
        f" (the new database holds much less or more than the published one and lies beside it; --accept publishes it): {apart}",
        file=sys.stderr,
    )
    return 3


def _not_written(db_path: Path, reason: str) -> int:
    print(f"build.py: {db_path}: 写不进去，请检查空间和权限 (cannot be written; look at space and permissions): {reason}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
