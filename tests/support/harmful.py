"""A reader that does what its document says, as a fault of a library might."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import replace
from pathlib import Path

from parsers.documents.markdown import read_markdown
from parsers.model import Document


def harmful(data: bytes) -> Document:
    """Read Markdown, and do what a word in it names."""
    document = read_markdown(data)
    if "SystemExit" in document.text:
        raise SystemExit(3)
    if "KeyboardInterrupt" in document.text:
        raise KeyboardInterrupt
    if "held" in document.text and (told := Path(os.environ.get("HELD_UNTIL_REMOVED", "/nowhere"))).exists():
        told.write_text(str(os.getppid()))
        while told.exists():
            time.sleep(0.05)
    if "worker" in document.text and parent_of(os.getppid(), "portal.build.reader"):
        os.kill(parent_of(os.getppid(), "portal.build.reader"), signal.SIGKILL)  # that of a cluster, which has the reader started
    if "worker" in document.text or "killed" in document.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "memory" in document.text:
        return Document("text/markdown", None, "x" * 3_000_000_000, ())
    if "unpicklable" in document.text:

        class Odd(str):
            """Of no module: it cannot be pickled."""

        return replace(document, media_type=Odd("text/markdown"))
    while "endless" in document.text:
        pass
    return document


def parent_of(process: int, program: str) -> int:
    """The parent of a process that runs a program; 0, which is none, where it runs another."""
    if program not in Path(f"/proc/{process}/cmdline").read_text():
        return 0
    return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
