"""The converters that collectors use, and what each makes of a page, a Word file or a PDF. One that is not installed is left out."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

Convert = Callable[[Path], bytes]
Sources = Mapping[str, tuple[str, bytes]]  # a report's name → the suffix of its file (html, docx) and its bytes


def folder_of(converter: str) -> str:
    """The name of the folder that keeps what a converter made."""
    return converter.replace("→", "to")


def converted(folder: Path, sources: Sources, kept: Path | None = None) -> dict[str, dict[str, bytes]]:
    """Converter → a report's name → what the converter made of it; the files are written into `folder`.

    PDFs, and the Word files of the pages, are LibreOffice's. A converter with a folder in `kept` is not run: that is what it made. One
    that is not installed is left out, and said so.
    """
    for name, (suffix, data) in sources.items():
        (folder / f"{name}.{suffix}").write_bytes(data)
    results: dict[str, dict[str, bytes]] = {"as made": {name: data for name, (_, data) in sources.items()}}

    def add(name: str, convert: Callable[[], dict[str, bytes]]) -> None:
        if kept and (kept / folder_of(name)).is_dir():
            results[name] = {path.name: path.read_bytes() for path in sorted((kept / folder_of(name)).iterdir())}
            return
        try:
            results[name] = convert()
        except (OSError, subprocess.SubprocessError, ImportError) as error:
            print(f"{name}: not run here ({type(error).__name__}: {error})")

    pages = [name for name, (suffix, _) in sources.items() if suffix == "html"]
    words = [name for name, (suffix, _) in sources.items() if suffix == "docx"]
    for target in ("docx", "doc", "pdf", "txt"):
        name = f"LibreOffice → {target}"
        add(name, lambda target=target: _office(folder, pages, words, target))
        for report, data in results.get(name, {}).items():
            (folder / f"{report}.{target}").write_bytes(data)
    for suffix, converters in CONVERTERS.items():
        files = sorted(folder.glob(f"*.{suffix}"))
        for name, convert in converters.items():
            add(name, lambda convert=convert, files=files: {path.stem: convert(path) for path in files})
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


def _command(*words: str) -> Convert:
    def convert(path: Path) -> bytes:
        if not shutil.which(words[0]):
            raise FileNotFoundError(words[0])
        return subprocess.run([w.replace("FILE", str(path)) for w in words], check=True, capture_output=True, timeout=60).stdout

    return convert


def _pandoc(source: str, target: str) -> Convert:
    def convert(path: Path) -> bytes:
        import pypandoc

        text: str = pypandoc.convert_file(str(path), target, format=source)
        return text.encode()

    return convert


def _pandoc_2(source: str, target: str) -> Convert:
    """The pandoc of Debian 12 (apt-get install pandoc): it prints merged cells as if they were none, and draws no box."""

    def convert(path: Path) -> bytes:
        if not _command("pandoc", "--version")(path).startswith(b"pandoc 2"):
            raise FileNotFoundError("pandoc 2")
        return _command("pandoc", "-f", source, "-t", target, "FILE")(path)

    return convert


def _html2text(page: Path) -> bytes:
    import html2text

    text: str = html2text.html2text(page.read_text(encoding="utf-8"))
    return text.encode()


def _inscriptis(page: Path) -> bytes:
    from inscriptis import get_text

    text: str = get_text(page.read_text(encoding="utf-8"))
    return text.encode()


def _trafilatura(page: Path) -> bytes:
    import trafilatura

    return (trafilatura.extract(page.read_text(encoding="utf-8"), include_tables=True, favor_recall=True) or "").encode()


def _beautiful_soup(page: Path) -> bytes:
    from bs4 import BeautifulSoup

    return BeautifulSoup(page.read_bytes(), "html.parser").get_text("\n", strip=True).encode()


def _markdownify(page: Path) -> bytes:
    from markdownify import markdownify

    text: str = markdownify(page.read_text(encoding="utf-8"))
    return text.encode()


def _markitdown(path: Path) -> bytes:
    from markitdown import MarkItDown, MissingDependencyException

    try:
        return MarkItDown().convert(str(path)).text_content.encode()
    except MissingDependencyException as error:
        raise ImportError("markitdown[docx,pdf]") from error


def _docx2txt(document: Path) -> bytes:
    import docx2txt

    text: str = docx2txt.process(str(document))
    return text.encode()


def _python_docx(document: Path) -> bytes:
    """The loop that many write: a row a line, `row.cells` between bars; that list has a merged cell once for each column."""
    import docx
    from docx.table import Table

    lines: list[str] = []
    for block in docx.Document(str(document)).iter_inner_content():
        lines += [" | ".join(cell.text for cell in row.cells) for row in block.rows] if isinstance(block, Table) else [block.text]
    return "\n".join(lines).encode()


def _pdfplumber(path: Path) -> bytes:
    import pdfplumber

    with pdfplumber.open(path) as pages:
        return "\n".join(page.extract_text() or "" for page in pages.pages).encode()


def _pdfplumber_layout(path: Path) -> bytes:
    import pdfplumber

    with pdfplumber.open(path) as pages:
        return "\n".join(page.extract_text(layout=True) or "" for page in pages.pages).encode()


def _pdfplumber_tables(path: Path) -> bytes:
    """Each page's text, then its tables with bars between the cells."""
    import pdfplumber

    said: list[str] = []
    with pdfplumber.open(path) as pages:
        for page in pages.pages:
            rows = [[(cell or "").replace("\n", " ") for cell in row] for table in page.extract_tables() for row in table]
            said += [page.extract_text() or "", *(f"| {' | '.join(row)} |" for row in rows)]
    return "\n".join(said).encode()


def _pdfminer(path: Path) -> bytes:
    from pdfminer.high_level import extract_text

    return extract_text(str(path)).encode()


def _pymupdf4llm(path: Path) -> bytes:
    import pymupdf4llm

    text: str = pymupdf4llm.to_markdown(str(path), show_progress=False)
    return text.encode()


def _pymupdf(path: Path) -> bytes:
    import pymupdf

    with pymupdf.open(path) as pages:
        return "\n".join(page.get_text() for page in pages).encode()


def _pypdf(path: Path) -> bytes:
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(path).pages).encode()


def _pypdf_layout(path: Path) -> bytes:
    from pypdf import PdfReader

    return "\n".join(page.extract_text(extraction_mode="layout") for page in PdfReader(path).pages).encode()


_W3M = ("w3m", "-dump", "-I", "UTF-8", "-O", "UTF-8", "-T", "text/html")
# By the suffix of the files that they take.
CONVERTERS: dict[str, dict[str, Convert]] = {
    "html": {
        "w3m -dump": _command(*_W3M, "FILE"),
        "w3m -dump -cols 200": _command(*_W3M, "-cols", "200", "FILE"),
        "html2text": _html2text,
        "trafilatura": _trafilatura,
        "inscriptis": _inscriptis,
        "BeautifulSoup": _beautiful_soup,
        "markdownify": _markdownify,
        "markitdown (html)": _markitdown,
        "pandoc (html) → markdown": _pandoc("html", "markdown"),
        "pandoc (html) → plain": _pandoc("html", "plain"),
        "pandoc (html) → gfm": _pandoc("html", "gfm"),
        "pandoc 2 (html) → markdown": _pandoc_2("html", "markdown"),
        "pandoc 2 (html) → plain": _pandoc_2("html", "plain"),
    },
    "docx": {
        "markitdown (docx)": _markitdown,
        "docx2txt": _docx2txt,
        "python-docx": _python_docx,
        "pandoc (docx) → markdown": _pandoc("docx", "markdown"),
        "pandoc (docx) → plain": _pandoc("docx", "plain"),
        "pandoc 2 (docx) → markdown": _pandoc_2("docx", "markdown"),
    },
    "pdf": {
        "pdftotext": _command("pdftotext", "FILE", "-"),
        "pdftotext -layout": _command("pdftotext", "-layout", "FILE", "-"),
        "pdfplumber": _pdfplumber,
        "pdfplumber (layout)": _pdfplumber_layout,
        "pdfplumber (tables)": _pdfplumber_tables,
        "pdfminer": _pdfminer,
        "pypdf": _pypdf,
        "pypdf (layout)": _pypdf_layout,
        "PyMuPDF": _pymupdf,
        "pymupdf4llm": _pymupdf4llm,
        "markitdown (pdf)": _markitdown,
    },
}
