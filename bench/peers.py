"""Other tools' grids, mapped to the form as a careful user would in an hour, beside ours on the same documents."""

from __future__ import annotations

import importlib.util
import io
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from statistics import median

from bench.accuracy import Key, Tally, judge, record, values_of
from bench.measure import medians
from bench.samples import collected, samples
from parsers import read_report
from parsers.form.editions import column_labels, row_items
from parsers.form.headers import applicants, outcomes
from parsers.printed.decode import decode
from parsers.printed.normalise import normalise_label
from parsers.printed.values import Unreadable, parse_value
from parsers.tables.outcomes_in_text import PROCEDURES

Rows = list[list[str]]
Read = Callable[[bytes], list[Rows]]
Values = dict[Key, float | None]
ROUNDS = 3


def run() -> None:
    """One line a format and tool: right, left out, wrong, milliseconds for a document (the median)."""
    tallies: dict[tuple[str, str], Tally] = defaultdict(Tally)
    taken: dict[tuple[str, str], list[float]] = defaultdict(list)
    documents = {kind: [*collected(kind), *samples(kind)] for kind in PEERS}
    for kind, named in documents.items():
        readers: dict[str, Callable[[bytes], Values]] = {"ours": lambda data: values_of(read_report(data))}
        readers |= {name: partial(mapped, read) for name, read in PEERS[kind].items() if _is_here(name)}
        for data, printed in named:
            for name, read in readers.items():
                tallies[kind, name] += judge(read(data), printed)
            times = medians({name: partial(read, data) for name, read in readers.items()}, ROUNDS)
            for name, seconds in times.items():
                taken[kind, name].append(seconds * 1000)
    rows = []
    for kind, named in documents.items():
        for name in ["ours", *PEERS[kind]]:
            t = tallies.get((kind, name))
            shown = (
                [str(t.right), str(t.abstained), str(t.wrong), f"{median(taken[kind, name]):.1f}"] if t else ["not run here"] + ["–"] * 3
            )
            rows.append([f"{kind} · {name}", str(len(named)), *shown])
    note = (
        "同一批文件由别的工具取出表格，再按行标签和末尾的列对应到法定表样。Other tools' tables on the same documents, mapped to the form by "
        "row labels and the last columns, with the label variants of data/labels.yml."
    )
    record("与其他工具比较 · Beside the peers", note, ["format · tool", "documents", "right", "abstained", "wrong", "ms"], rows)


def _is_here(tool: str) -> bool:
    return importlib.util.find_spec(tool.split(".")[0]) is not None


# -- the mapping -----------------------------------------------------------------------------------------------------------


def mapped(read: Read, data: bytes) -> Values:
    """A tool's tables as the form's cells: the label is in any cell left of the figures, the last cells are the columns."""
    found: Values = {}
    columns: Sequence[str] = ()
    section = ""
    for table in read(data):
        width = max((i + 1 for row in table for i, cell in enumerate(row) if cell.strip()), default=0)  # no empty columns on the right
        for printed in (row[:width] for row in table):
            row = [cell for i, cell in enumerate(printed) if i == 0 or cell != printed[i - 1] or _is_figure(cell)]
            names = [normalise_label(cell) for cell in row]
            measures = column_labels("proactive_disclosure")
            if any(name in measures for name in names):
                section, columns = "proactive_disclosure", [measures[n] for n in names if n in measures]
            elif "自然人" in names:
                section, columns = "applications", applicants()
            elif "结果维持" in names:
                section, columns = "review_litigation", outcomes()
            elif section == "review_litigation" and all(map(_is_figure, row[-15:])) and len(row) >= 15:
                keys = [(section, p, m) for p in PROCEDURES for m in outcomes()]
                found |= {key: _number(text) for key, text in zip(keys, row[-15:], strict=True)}
            else:
                found |= _row(section, columns, row, names)
    return found


def _row(section: str, columns: Sequence[str], row: list[str], names: list[str]) -> Values:
    count = len(columns)
    last = row[-count:] if section != "proactive_disclosure" else row[1 : count + 1]  # a wide last cell may be repeated
    left = names[:-count] if section != "proactive_disclosure" else names[:1]
    items = row_items(section) if section else {}
    label = next((name for name in reversed(left) if name in items), None)
    if not label or not count or len(last) != count or not all(map(_is_figure, last)):
        return {}
    return {(section, items[label][0], m): _number(text, _unit(m)) for m, text in zip(columns, last, strict=True)}


def _unit(measure: str) -> str | None:
    return {"charged": "万元", "amount": "元"}.get(measure)


def _is_figure(text: str) -> bool:
    try:
        parse_value(text)
    except Unreadable:
        return False
    return True


def _number(text: str, unit: str | None = None) -> float | None:
    value = parse_value(text, unit)
    return value.number if value else None


# -- the tools -------------------------------------------------------------------------------------------------------------


def _pandas(data: bytes) -> list[Rows]:
    import pandas

    frames = pandas.read_html(io.StringIO(decode(data)[0]), header=None, keep_default_na=False)
    return [
        [list(map(str, frame.columns)) if frame.columns.dtype == object else [], *frame.astype(str).values.tolist()] for frame in frames
    ]


def _markitdown(kind: str, data: bytes) -> list[Rows]:
    from markitdown import MarkItDown

    text = MarkItDown().convert_stream(io.BytesIO(data), file_extension=f".{kind}").text_content
    lines = [line for line in text.split("\n") if line.strip().startswith("|") and "---" not in line]
    return [[[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]]


def _pdfplumber(data: bytes) -> list[Rows]:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as pdf:
        tables = [table for page in pdf.pages for table in page.extract_tables()]
    return [[[_one_line(cell or "") for cell in row] for row in table] for table in tables]


def _camelot(data: bytes) -> list[Rows]:
    import camelot

    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        tables = camelot.read_pdf(file.name, pages="all", flavor="lattice")
        return [[[_one_line(cell) for cell in row] for row in table.df.values.tolist()] for table in tables]


def _one_line(cell: str) -> str:
    """A cell's lines joined, as any user would: narrow columns break words and figures."""
    return cell.replace("\n", "")


def _docling(kind: str, data: bytes) -> list[Rows]:
    from docling.backend.html_backend import HTMLDocumentBackend
    from docling.backend.msword_backend import MsWordDocumentBackend
    from docling.datamodel.base_models import InputFormat
    from docling.datamodel.document import InputDocument

    form, backend = {"html": (InputFormat.HTML, HTMLDocumentBackend), "docx": (InputFormat.DOCX, MsWordDocumentBackend)}[kind]
    source = InputDocument(path_or_stream=io.BytesIO(data), format=form, backend=backend, filename=f"document.{kind}")
    document = source._backend.convert()  # what its converter calls, which asks for the models of other formats too
    return [[[cell.text for cell in row] for row in table.data.grid] for table in document.tables]


PEERS: dict[str, dict[str, Read]] = {
    "html": {"pandas.read_html": _pandas, "markitdown": partial(_markitdown, "html"), "docling": partial(_docling, "html")},
    "docx": {"markitdown": partial(_markitdown, "docx"), "docling": partial(_docling, "docx")},
    "pdf": {
        "pdfplumber": _pdfplumber,
        "camelot": _camelot,
        "markitdown": partial(_markitdown, "pdf"),
    },  # docling reads PDF only after downloading its models
}
