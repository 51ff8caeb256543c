"""Documents of each format with the figures printed in them: collected ones, sample reports, and what programs print of these."""

from __future__ import annotations

import json
import random
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.accuracy import Key, values_printed
from bench.documents import COLLECTED
from parsers.form.editions import editions
from tests.support import layouts, office
from tests.support.chromium import chromium
from tests.support.drafts import FILLED
from tests.support.figures import Sample, figures
from tests.support.paper import PAPERS, STYLES
from tests.support.web_pages import VARIANTS

Values = dict[Key, float | None]
Printed = tuple[bytes, Values]


def collected(kind: str) -> list[Printed]:
    """The collected documents of a kind with the figures read from them by hand."""
    found = []
    for folder in COLLECTED:
        for path in sorted((folder.parent / "gold").glob(f"*.{kind}.json")):
            gold = json.loads(path.read_text(encoding="utf-8"))
            found.append(((folder / path.stem).read_bytes(), {(s, i, m): v for s, i, m, _, v in gold["cells"]}))
    return found


def samples(kind: str) -> list[Printed]:
    """Sample reports of both editions: pages in the layouts of the tests, Word files in every shape, and PDF of these two."""
    try:
        return list({"html": _pages, "docx": _word_files, "pdf": _pdfs}[kind]())
    except FileNotFoundError as error:
        print(f"no samples of {kind}: {error} is not installed")
        return []


def _sample(edition: str, seed: int) -> Sample:
    """A report whose cells are filled in one of the ways of drafts.FILLED, in turn with the seed."""
    year = 2020 if edition == "2019" else 2022
    printed = FILLED[seed % len(FILLED)](figures(seed, edition), random.Random(seed))
    return Sample("sample", "样例市样例局", year, edition, printed)


def _values(made: Sample) -> Values:
    grids = next(e for e in editions() if e.code == made.edition).of("proactive_disclosure")
    money = {(g.section, row.item, m): unit for g in grids for row in g.rows for m, unit in (g.money or {}).items()}
    return values_printed(made.printed, money)


def _pages() -> Iterator[Printed]:
    for edition, year in (("2019", 2020), ("2021", 2022)):
        made = Sample("sample", "样例市样例局", year, edition, figures(year, edition))
        for make in (layouts.page, layouts.word_made, *VARIANTS.values()):
            yield make(made), _values(made)


def _word_files(shapes: dict[str, office.Shape] = office.SHAPES) -> Iterator[Printed]:
    for seed, shape in enumerate(shapes.values()):
        for edition in ("2019", "2021"):
            made = _sample(edition, seed)
            yield office.word(made, shape), _values(made)


def _pdfs() -> Iterator[Printed]:
    """The Word files as LibreOffice prints them, and pages in the styles of the tests as Chromium does."""
    words = list(_word_files({name: shape for name, shape in office.SHAPES.items() if name not in office.PRINTED_OTHERWISE}))
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number:03}.docx" for number in range(len(words))]
        for path, (data, _) in zip(paths, words, strict=True):
            path.write_bytes(data)
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf", "--outdir", folder]
        subprocess.run([*command, *map(str, paths)], check=True, capture_output=True, timeout=500)
        for path, (_, values) in zip(paths, words, strict=True):
            yield path.with_suffix(".pdf").read_bytes(), values
    with chromium() as browser:
        page = browser.new_page()
        for seed, style in enumerate(STYLES):
            for edition, paper in (("2019", PAPERS[0]), ("2021", PAPERS[1 + seed % 2])):
                made = _sample(edition, seed)
                css = f"<style>table[border]{{width:100%}}{style}</style></head>"
                page.set_content(layouts.word_made(made).decode().replace("</head>", css))
                yield page.pdf(**paper), _values(made)
