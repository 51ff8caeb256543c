"""Sample reports sent through the converters that collectors use, then read: right, abstained, wrong by converter."""

from __future__ import annotations

import random
import shutil
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.accuracy import Tally, judge, record, values_of, values_printed
from parsers import read_report
from parsers.form.editions import editions
from tests.support import drafts, layouts, office
from tests.support.figures import Sample, figures

SOURCES: dict[str, tuple[str, Callable[[Sample], bytes]]] = {
    "page": ("html", layouts.page),
    "Word-made page": ("html", layouts.word_made),
    "Word file": ("docx", office.word),
}
FILLINGS = dict(zip(("sound", "unbalanced", "small", "blanks", "totals only"), drafts.FILLED, strict=True))
SEEDS = (31, 52)
STORED = Path(__file__).resolve().parent.parent / ".renderings"
Convert = Callable[[Path, list["Made"]], None]


@dataclass(frozen=True)
class Made:
    """One sample report: the kinds it counts under, its file's name without suffix, its source format, what it prints."""

    kinds: tuple[str, str]
    name: str
    source: str
    data: bytes
    sample: Sample


def made() -> list[Made]:
    """Every edition, source and filling, drawn from each seed."""
    found = []
    for source, (suffix, render) in SOURCES.items():
        for edition, year in (("2019", 2020), ("2021", 2023)):
            for filling, fill in FILLINGS.items():
                for seed in SEEDS:
                    printed = fill(figures(seed, edition), random.Random(seed))
                    sample = Sample("", "样例市样例局", year, edition, printed, f"{year + 1}-01-18")
                    found.append(Made((f"{source} {edition}", filling), f"{len(found):03}", suffix, render(sample), sample))
    return found


def stored() -> Path:
    """The folder with what the converters made of every report, a folder a converter. Filled at the first call, then kept: the
    same bytes are read by every version of the code."""
    if not STORED.exists():
        with tempfile.TemporaryDirectory() as folder:
            for name, results in converted(Path(folder), made()).items():
                for report, data in results.items():
                    path = STORED / name.replace("→", "to") / report
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(data)
    return STORED


def run() -> None:
    """Two tables: a line a converter, a column a kind of report; the cells of all reports of that kind together."""
    reports = made()
    tallies: dict[str, dict[str, Tally]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, results in converted(Path(folder), reports).items():
            by_kind: dict[str, Tally] = defaultdict(Tally)
            for report in reports:
                if report.name in results:
                    tally = judge(values_of(read_report(results[report.name])), _printed(report.sample))
                    for kind in report.kinds:
                        by_kind[kind] += tally
            tallies[name] = by_kind
    note = "样例报告经各种转换工具转换后再读：读对 / 留空 / 读错。Sample reports sent through converters, then read: right / abstained / wrong."
    for title, place in (("转换后再读 · Renderings", 0), ("转换后再读，按填法 · Renderings, by filling", 1)):
        kinds = list(dict.fromkeys(report.kinds[place] for report in reports))
        rows = [[name, *(str(by_kind[kind]) if kind in by_kind else "–" for kind in kinds)] for name, by_kind in tallies.items()]
        record(title, note, ["converter", *kinds], rows)


def _printed(sample: Sample) -> dict[tuple[str, str, str], float | None]:
    grids = next(e for e in editions() if e.code == sample.edition).of("proactive_disclosure")
    money = {(g.section, row.item, m): unit for g in grids for row in g.rows for m, unit in (g.money or {}).items()}
    return values_printed(sample.printed, money)


# -- converters --------------------------------------------------------------------------------------------------------


def converted(folder: Path, reports: list[Made]) -> dict[str, dict[str, bytes]]:
    """Converter → a report's name → what the converter made of it. A converter that is not installed is left out, and said so."""
    for report in reports:
        (folder / f"{report.name}.{report.source}").write_bytes(report.data)
    pages = [report.name for report in reports if report.source == "html"]
    words = [report.name for report in reports if report.source == "docx"]
    results: dict[str, dict[str, bytes]] = {"as made": {report.name: report.data for report in reports}}

    def add(name: str, convert: Callable[[], dict[str, bytes]]) -> None:
        try:
            results[name] = convert()
        except (OSError, subprocess.SubprocessError, ImportError) as error:
            print(f"{name}: not run here ({type(error).__name__}: {error})")

    for target in ("docx", "doc", "pdf", "txt"):
        add(f"LibreOffice → {target}", lambda target=target: _office(folder, pages, words, target))
    pdfs = sorted(folder.glob("*.pdf"))
    for name, convert in _PAGE_CONVERTERS.items():
        add(name, lambda convert=convert: {page: convert(folder / f"{page}.html") for page in pages})
    for name, convert in _PDF_CONVERTERS.items():
        add(name, lambda convert=convert: {path.stem: convert(path) for path in pdfs})
    add("markitdown (html)", lambda: {page: _markitdown(folder / f"{page}.html") for page in pages})
    add("markitdown (docx)", lambda: {report.name: _markitdown(folder / f"{report.name}.docx") for report in reports})
    add("markitdown (pdf)", lambda: {path.stem: _markitdown(path) for path in pdfs})
    return results


def _office(folder: Path, pages: list[str], words: list[str], target: str) -> dict[str, bytes]:
    """LibreOffice's files, all of one kind in one call: from the pages, for PDF from the Word files it made of them."""
    html = [] if target == "pdf" else [folder / f"{name}.html" for name in pages]
    docx = [folder / f"{name}.docx" for name in (words if html else pages + words)]
    form = "txt:Text (encoded):UTF8" if target == "txt" else target
    for files, filters in ((html, ["--infilter=HTML (StarWriter)"]), ([] if target == "docx" else docx, [])):
        if files:
            profile = f"-env:UserInstallation=file://{folder}/profile"
            command = ["soffice", profile, "--headless", *filters, "--convert-to", form, "--outdir", str(folder), *map(str, files)]
            subprocess.run(command, check=True, capture_output=True, timeout=600)
    names = pages if target == "docx" else pages + words
    if target == "doc":
        names = names[::6]  # reading one takes LibreOffice seconds
    return {name: (folder / f"{name}.{target}").read_bytes() for name in names}


def _command(*words: str) -> Callable[[Path], bytes]:
    def convert(path: Path) -> bytes:
        if not shutil.which(words[0]):
            raise FileNotFoundError(words[0])
        return subprocess.run([w.replace("FILE", str(path)) for w in words], check=True, capture_output=True, timeout=60).stdout

    return convert


def _html2text(page: Path) -> bytes:
    import html2text

    text: str = html2text.html2text(page.read_text(encoding="utf-8"))
    return text.encode()


def _trafilatura(page: Path) -> bytes:
    import trafilatura

    return (trafilatura.extract(page.read_text(encoding="utf-8"), include_tables=True, favor_recall=True) or "").encode()


def _markitdown(path: Path) -> bytes:
    from markitdown import MarkItDown, MissingDependencyException

    try:
        return MarkItDown().convert(str(path)).text_content.encode()
    except MissingDependencyException as error:
        raise ImportError("markitdown[docx,pdf]") from error


def _pdfplumber(path: Path) -> bytes:
    import pdfplumber

    with pdfplumber.open(path) as pages:
        return "\n".join(page.extract_text() or "" for page in pages.pages).encode()


_W3M = ("w3m", "-dump", "-I", "UTF-8", "-O", "UTF-8", "-T", "text/html")
_PAGE_CONVERTERS: dict[str, Callable[[Path], bytes]] = {
    "w3m -dump": _command(*_W3M, "FILE"),
    "w3m -dump -cols 200": _command(*_W3M, "-cols", "200", "FILE"),
    "html2text": _html2text,
    "trafilatura": _trafilatura,
}
_PDF_CONVERTERS: dict[str, Callable[[Path], bytes]] = {
    "pdftotext": _command("pdftotext", "FILE", "-"),
    "pdftotext -layout": _command("pdftotext", "-layout", "FILE", "-"),
    "pdfplumber": _pdfplumber,
}
