"""What a Dask worker does: it reads a batch of documents as a build does on its own machine, and gives back a shard.

    client ── batch ──▶ task in a thread of the Dask worker ──▶ reader, a program of its own ──▶ process in bounds, a document at a time
           ◀─────────────────────────── shard ──────────────────────────────────

The reader is started by a thread's first task and stays for the next ones. It is a program of its own since a Dask worker may have no
processes of its kind, has threads that are not to be forked, and has loaded its code when it was started: the reader takes that of now.

A shard is what the store takes in: of each document its reading, compressed, the pictures of its pages, and what is light of it; or why it
was given up. It is one object of bytes, which the client fetches from the worker that has it. The scheduler sees its address alone.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from multiprocessing.connection import Connection, Pipe

from portal.data import DATA

READER = "portal.build.reader"
_own = threading.local()  # the reader of this thread


def read_batch(program: str, documents: bytes) -> bytes:
    """The shard of a batch, both as pickles, the batch's compressed. Nothing is read, and the shard is empty, where the program here is not that of the client.

    Raises EOFError or OSError where the reader ended before it was done.
    """
    try:
        if not hasattr(_own, "reader"):
            _own.reader = _started()
        _own.reader.send((program, documents))
        return bytes(_own.reader.recv_bytes())
    except (EOFError, OSError):
        vars(_own).pop("reader", None)  # the next batch has another
        raise


def _started() -> Connection:
    """The end of a pipe to a reader that has been started and waits for batches."""
    ours, theirs = Pipe()
    with theirs:
        command = [sys.executable, "-m", READER, str(theirs.fileno()), str(os.getpid())]
        subprocess.Popen(command, cwd=DATA.parent, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()])
    return ours
