"""Milliseconds to read one report, by format; for HTML beside bare selectolax and pandas.read_html on the same pages."""

from __future__ import annotations

import sys
from functools import partial
from io import StringIO
from pathlib import Path
from statistics import median

import pandas
from selectolax.lexbor import LexborHTMLParser

from bench.documents import whole_reports
from bench.measure import medians, table
from parsers import read_report
from parsers.model import Report
from parsers.printed.decode import decode

ROUNDS = 25


def run() -> None:
    """One line a format; then one line an HTML page, with its peers and the ratios.

    A page is read as the first of a build: what the parsers remember of labels and numbers met before is emptied each time,
    else the same page read again and again would be flattered.
    """
    documents = whole_reports()
    rows = []
    for media_type, reports in sorted(documents.items()):
        taken = [medians({"ours": partial(read_report, path.read_bytes())}, _rounds(path), _forget)["ours"] for path, _ in reports]
        cells = median(len(report.cells) for _, report in reports)
        kind = media_type.rsplit(".", 1)[-1].removeprefix("application/")
        rows.append([kind, str(len(reports)), f"{cells:.0f}", _ms(median(taken)), _ms(min(taken)), _ms(max(taken))])
    table(["format", "reports", "cells", "ms/report", "least", "most"], rows)
    if "text/html" in documents:
        _beside_peers(documents["text/html"])


def _beside_peers(pages: list[tuple[Path, Report]]) -> None:
    """Ours begins with bytes and ends with typed, traced cells; the peers get the decoded text and end with nodes or grids."""
    rows, slower = [], []
    for path, _ in pages:
        data = path.read_bytes()
        text = decode(data).text
        taken = medians(
            {
                "ours": partial(read_report, data),
                "selectolax": partial(LexborHTMLParser, text),
                "pandas": lambda text=text: pandas.read_html(StringIO(text)),  # type: ignore[misc]
            },
            ROUNDS,
            _forget,
        )
        again = medians({"ours": partial(read_report, data)}, ROUNDS)["ours"]
        ours, bare, grids = taken["ours"], taken["selectolax"], taken["pandas"]
        slower += [path.name] if ours >= grids else []
        rows.append(
            [
                path.name,
                f"{len(data) / 1000:.0f}",
                _ms(ours),
                _ms(again),
                _ms(bare),
                _ms(grids),
                f"{ours / bare:.1f}",
                f"{ours / grids:.2f}",
            ]
        )
    print()
    table(["HTML page", "kB", "ours ms", "(again)", "selectolax ms", "read_html ms", "ours/selectolax", "ours/read_html"], rows)
    print("slower than pandas.read_html on:", ", ".join(slower) if slower else "none of these pages")


def _forget() -> None:
    """Empty the bounded memories of the parsers; the form and the table of characters, loaded once, stay."""
    for module in [module for name, module in sys.modules.items() if name.startswith("parsers.")]:
        for known in vars(module).values():
            if hasattr(known, "cache_parameters") and known.cache_parameters()["maxsize"] is not None:
                known.cache_clear()


def _rounds(path: Path) -> int:
    return ROUNDS if path.stat().st_size < 200_000 else 5


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f}"
