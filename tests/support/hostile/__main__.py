"""Write hostile files: all, or those named GROUP/NAME."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

GROUPS = ("compound", "pdfs", "sheets", "texts", "web", "word")


def main(folder: Path, *wanted: str) -> None:
    for group in GROUPS:
        names = {name.partition("/")[2] for name in wanted if name.startswith(f"{group}/")}
        if wanted and not names:
            continue
        files = import_module(f"tests.support.hostile.{group}").FILES
        (folder / group).mkdir()
        for name in names or files:
            (folder / group / name).write_bytes(files[name]())


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
