"""The documents that the benchmarks read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from parsers import read_report
from parsers.model import Report

ROOT = Path(__file__).resolve().parent.parent
COLLECTED = [ROOT.parent / "shared" / "seeds" / "docs", ROOT.parent / "shared" / "corpus" / "docs"]
SAMPLES = [ROOT / "tests" / "samples"]
CASES = [ROOT.parent / "shared" / "cases", ROOT.parent / "shared" / "ofd"]  # one oddity each
WHOLE = 100  # cells: a complete form has about two hundred, an excerpt far fewer


def files(folder: Path) -> Iterable[Path]:
    """The files below a folder, sorted."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc"))


def whole_reports() -> dict[str, list[tuple[Path, Report]]]:
    """Media type → the documents of complete reports: the collected ones beside the repository, else its own samples."""
    folders = [folder for folder in COLLECTED if folder.is_dir()] or SAMPLES
    found: dict[str, list[tuple[Path, Report]]] = defaultdict(list)
    for path in sorted(path for folder in folders for path in folder.iterdir() if path.is_file()):
        report = read_report(path.read_bytes())
        if not report.refused and len(report.cells) >= WHOLE:
            found[report.document.media_type].append((path, report))
    print("documents of", ", ".join(str(folder.relative_to(ROOT.parent)) for folder in folders))
    return dict(found)
