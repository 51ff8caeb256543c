"""Sample reports sent through the converters that collectors use, then read."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.accuracy import Tally, judge, record, values_of, values_printed
from parsers import read_report
from parsers.form import editions

SAMPLES = Path(__file__).resolve().parent.parent / "tests" / "samples"
sys.path.insert(0, str(SAMPLES))
import layouts  # noqa: E402
from figures import Sample, figures  # noqa: E402

Convert = Callable[[Path], bytes]
REPORTS = {
    "2021 · page": (layouts.page, "2021", 31),
    "2021 · Word-made": (layouts.word_made, "2021", 47),
    "2019 · page": (layouts.page, "2019", 52),
    "2019 · Word-made": (layouts.word_made, "2019", 68),
}


def run() -> None:
    """One line a converter, one column a report: right / abstained / wrong."""
    with tempfile.TemporaryDirectory() as folder:
        columns = {name: _converted(Path(folder) / str(i), *report) for i, (name, report) in enumerate(REPORTS.items())}
    names = list(next(iter(columns.values())))
    rows = [[name, *(str(columns[report].get(name) or "–") for report in columns)] for name in names]
    note = "样例报告经各种转换工具转换后再读：读对 / 留空 / 读错。Sample reports sent through converters, then read: right / abstained / wrong."
    record("转换后再读 · Renderings", note, ["converter", *columns], rows)


def _converted(folder: Path, layout: Callable[[Sample], bytes], edition: str, seed: int) -> dict[str, Tally | None]:
    folder.mkdir()
    sample = Sample("sample.html", "样例市样例局", 2021 if edition == "2021" else 2020, edition, figures(seed, edition))
    page = folder / "sample.html"
    page.write_bytes(layout(sample))
    printed = values_printed(sample.printed, _money(edition))
    found: dict[str, Tally | None] = {}
    for name, convert in _converters(folder).items():
        try:
            data = convert(page)
        except (OSError, subprocess.SubprocessError, ImportError, IndexError) as error:
            print(f"{name}: not run here ({type(error).__name__})")
            found[name] = None
            continue
        found[name] = judge(values_of(read_report(data, name)), printed)
    return found


def _money(edition: str) -> dict[tuple[str, str, str], str | None]:
    grids = next(e for e in editions() if e.code == edition).of("proactive_disclosure")
    return {(g.section, row.item, m): unit for g in grids for row in g.rows for m, unit in (g.money or {}).items()}


def _converters(folder: Path) -> dict[str, Convert]:
    def office(source: str, target: str) -> Convert:
        """LibreOffice, from the page or from what it made of it before."""

        def convert(page: Path) -> bytes:
            start = page if source == "html" else folder / f"sample.{source}"
            filters = ["--infilter=HTML (StarWriter)"] if source == "html" else []
            profile = f"-env:UserInstallation=file://{folder.parent / 'profile'}"
            command = ["soffice", profile, "--headless", *filters, "--convert-to", target, "--outdir", str(folder), str(start)]
            subprocess.run(command, check=True, capture_output=True, timeout=120)
            return (folder / f"sample.{target.split(':')[0]}").read_bytes()

        return convert

    def command(*words: str, source: str = "html") -> Convert:
        def convert(page: Path) -> bytes:
            if not shutil.which(words[0]):
                raise FileNotFoundError(words[0])
            path = str(page if source == "html" else folder / f"sample.{source}")
            return subprocess.run([w.replace("FILE", path) for w in words], check=True, capture_output=True, timeout=60).stdout

        return convert

    return {
        "as made": Path.read_bytes,
        "LibreOffice → docx": office("html", "docx"),
        "LibreOffice → doc": office("html", "doc"),
        "LibreOffice → pdf": office("docx", "pdf"),
        "LibreOffice → txt": office("html", "txt:Text (encoded):UTF8"),
        "w3m -dump": command("w3m", "-dump", "-cols", "200", "-I", "UTF-8", "-O", "UTF-8", "-T", "text/html", "FILE"),
        "pdftotext": command("pdftotext", "FILE", "-", source="pdf"),
        "pdftotext -layout": command("pdftotext", "-layout", "FILE", "-", source="pdf"),
        "html2text": _html2text,
        "trafilatura": _trafilatura,
        "markitdown (html)": lambda page: _markitdown(page),
        "markitdown (docx)": lambda page: _markitdown(folder / "sample.docx"),
        "markitdown (pdf)": lambda page: _markitdown(folder / "sample.pdf"),
    }


def _html2text(page: Path) -> bytes:
    import html2text

    text: str = html2text.html2text(page.read_text(encoding="utf-8"))
    return text.encode()


def _trafilatura(page: Path) -> bytes:
    import trafilatura

    return (trafilatura.extract(page.read_text(encoding="utf-8"), include_tables=True, favor_recall=True) or "").encode()


def _markitdown(path: Path) -> bytes:
    from markitdown import MarkItDown

    return MarkItDown().convert(str(path)).text_content.encode()
