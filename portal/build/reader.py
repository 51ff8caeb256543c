"""The program that reads for a Dask worker, one batch after another, within the bounds of a build on its own machine."""

from __future__ import annotations

import pickle
import sys
import zlib
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from portal.build.inspect_data import digest
from portal.build.readers import Given, Pool, Readers, Shard
from portal.build.store import fingerprint
from portal.build.worker import end_with, key_of


def serve(batches: Connection, parent: int) -> None:
    """Read batches from a pipe and write their shards into it, until the other end or the parent is gone."""
    end_with(parent)
    with Pool(1) as pool, suppress(EOFError, OSError):
        while True:
            program, documents = batches.recv()
            batches.send_bytes(pickle.dumps(_shard(program, documents, pool)))


def _shard(program: str, documents: bytes, pool: Readers) -> Shard:
    if program != fingerprint():
        return Shard(fingerprint(), [])
    given: list[Given] = pickle.loads(zlib.decompress(documents))
    outcomes = {document.place: outcome for document, outcome in pool.outcomes(filter(_is_here, given), lambda: None)}
    return Shard(program, [outcomes.get(document.place) for document in given])


def _is_here(document: Given) -> bool:
    """Were the bytes given, or are there files under these names with the bytes that the client sees?"""
    if not all(isinstance(file.content, bytes) or file.content.is_file() for file in document.files):
        return False
    try:
        ids = [(file.name, digest(file.content)) for file in document.files if isinstance(file.content, Path)]
    except OSError:
        return False
    return bool(document.files) and (not ids or key_of(ids[0][1], ids[1:]) == document.key)


if __name__ == "__main__":
    serve(Connection(int(sys.argv[1])), int(sys.argv[2]))
