"""A build on a real Dask cluster: the database of a build on this machine, byte for byte, whatever becomes of documents and workers."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from build import main
from tests.support.built import build, checksum, start, write_documents
from tests.support.dask_cluster import DaskCluster
from tests.support.harmful import parent_of
from tests.support.paths import ROOT

needs_extra = pytest.mark.skipif(
    not find_spec("distributed"), reason="what speaks to a cluster is not installed here: make setup-cluster installs it"
)
needs_proc = pytest.mark.skipif(not Path("/proc/self/cwd").exists(), reason="this system does not tell of its processes under /proc")
pytestmark = pytest.mark.xdist_group("cluster")
# A Python that is started with this on its path reads Markdown as `harmful` does, if it is one that reads.
HARMFUL = """
import sys
if any("portal.build.reader" in word or "build.py" in word for word in sys.orig_argv):
    from parsers.documents.read import READERS
    from tests.support.harmful import harmful
    READERS["text/markdown"] = harmful
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What makes builds and workers read Markdown harmfully; and how many workers a batch may cost before the build is told."""
    place = tmp_path_factory.mktemp("harmful")
    (place / "sitecustomize.py").write_text(HARMFUL, encoding="utf-8")
    return {
        "PYTHONPATH": f"{place}:{ROOT}", "HELD_UNTIL_REMOVED": str(place / "held"), "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0",
    }  # fmt: skip


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Iterator[DaskCluster]:
    with DaskCluster(tmp_path_factory.mktemp("dask") / "cluster", 2, **environment) as cluster:
        yield cluster


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Thirty documents: several in a batch, several batches for each worker."""
    write_documents(tmp_path / "documents")
    text = (tmp_path / "documents" / "7.txt").read_text(encoding="utf-8")
    for number in range(19):
        (tmp_path / "documents" / f"more{number}.txt").write_text(f"{text}\n{number}\n", encoding="utf-8")
    return tmp_path


def local(folder: Path, environment: dict[str, str], *documents: str) -> str:
    """The checksum of the database that this machine builds; it is gone then, with all that was read."""
    build(folder, documents=documents, **environment)
    said = checksum(folder)
    for file in folder.glob("portal.db*"):
        file.unlink()
    return said


@needs_extra
@needs_proc
def test_the_database_is_the_same_whatever_a_document_does_to_its_reader_or_its_worker(
    folder: Path, cluster: DaskCluster, environment: dict[str, str]
) -> None:
    for word in ("killed", "memory", "SystemExit", "worker"):
        (folder / "documents" / f"{word}.md").write_text(f"---\nagency: 样例局\n---\n\n{word}\n", encoding="utf-8")
    here = local(folder, environment, "documents")
    said = build(folder, "--cluster", cluster.address, **environment)
    assert "34 documents: 30 read, 0 partial, 4 refused" in said
    reasons = dict(re.findall(r"refused  documents/(\w+)\.md: .*?\((.{20})", said))
    assert reasons == {
        "killed": "reading it broke off", "memory": "reading it took too ", "SystemExit": "a fault of the reade", "worker": "reading it broke off",
    }  # fmt: skip
    assert checksum(folder) == here


@needs_extra
@needs_proc
def test_nothing_is_lost_with_a_worker_that_is_killed_and_no_disk_need_be_shared(
    folder: Path, cluster: DaskCluster, environment: dict[str, str]
) -> None:
    for more in (folder / "documents").glob("more*.txt"):  # so few that each is a batch: the worker that is killed has more than one
        more.unlink()
    (folder / "documents" / "held.md").write_text("---\nagency: 样例局\n---\n\nheld\n", encoding="utf-8")
    path = "/proc/self/cwd/documents"  # of each process its own
    here = local(folder, environment, path)
    held = Path(environment["HELD_UNTIL_REMOVED"])
    held.touch()
    running = start(folder, "--cluster", cluster.address, documents=[path], **environment)
    while not (reader := held.read_text()):
        assert running.poll() is None, running.communicate()
        time.sleep(0.05)
    worker = parent_of(int(reader), "portal.build.reader")
    assert cluster.nanny(worker)
    for process in (cluster.nanny(worker), worker):
        os.kill(process, signal.SIGKILL)
    held.unlink()
    said, complaint = running.communicate(timeout=100)
    assert not complaint and "12 documents: 11 read, 0 partial, 1 refused" in said, complaint
    assert checksum(folder) == here


@needs_extra
@needs_proc
def test_a_build_that_loses_its_scheduler_says_so_and_the_next_one_goes_on(folder: Path, environment: dict[str, str]) -> None:
    (folder / "documents" / "z.md").write_text("---\nagency: 样例局\n---\n\nheld\n", encoding="utf-8")  # in the last batch
    here = local(folder, environment, "documents")
    held = Path(environment["HELD_UNTIL_REMOVED"])
    held.touch()
    with DaskCluster(folder / "dask", 1, **environment) as cluster:
        running = start(folder, "--cluster", cluster.address, **environment)
        while not held.read_text():
            assert running.poll() is None, running.communicate()
            time.sleep(0.05)
        cluster.lose_scheduler()
        held.unlink()
        _, complaint = running.communicate(timeout=100)
    assert running.returncode == 1 and complaint.count("\n") == 1 and "the connection to the cluster is lost" in complaint
    assert not (folder / "portal.db").exists()
    said = build(folder, **environment)
    from_store = re.search(r"(\d+) from the store", said)
    assert from_store and int(from_store[1]) > 0
    assert checksum(folder) == here


@needs_extra
def test_workers_that_run_another_program_are_refused(folder: Path, cluster: DaskCluster) -> None:
    office = folder / "soffice"  # what documents of Word are read with is part of the program
    office.write_text("#!/bin/sh\n")
    office.chmod(0o755)
    building = start(folder, "--cluster", cluster.address, PATH=f"{folder}:{os.environ['PATH']}")
    _, complaint = building.communicate(timeout=100)
    assert building.returncode == 1 and complaint.count("\n") == 1 and "runs another program than this machine" in complaint
    assert not list(folder.glob("portal.db*"))


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("tcp://127.0.0.1:1", "the cluster cannot be reached"),
        ("nowhere", "the cluster cannot be reached"),
        ("", "the address of a cluster is like tcp://host:8786"),
    ],
)
@needs_extra
def test_where_there_is_no_cluster_is_said_in_a_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], address: str, said: str
) -> None:
    monkeypatch.setattr("portal.build.cluster.CONNECT", 1)
    assert main([str(folder / "documents"), "--db", str(folder / "portal.db"), "--cluster", address]) == (1 if address else 2)
    complaint = capsys.readouterr().err
    assert complaint.count("\n") == 1 and said in complaint
    assert not list(folder.glob("portal.db*"))


def test_without_the_extra_the_command_that_installs_it_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert main([str(folder / "documents"), "--db", str(folder / "portal.db"), "--cluster", "tcp://127.0.0.1:1"]) == 1
    complaint = capsys.readouterr().err
    assert complaint.count("\n") == 1 and "run make setup-cluster" in complaint


def test_a_build_reads_here_or_on_a_cluster(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(folder / "documents"), "--cluster", "tcp://127.0.0.1:1", "--workers", "3"]) == 2
    assert "not allowed with" in capsys.readouterr().err
