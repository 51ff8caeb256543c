"""A sample as a Markdown transcription, laid out as those in data/reports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from tests.support.figures import Sample, form_table, tables
from tests.support.layouts import parts


def pipe_table(rows: list[list[str]]) -> str:
    head, *body = ("| " + " | ".join(text.replace("\n", "") for text in row) + " |" for row in rows)
    return "\n".join([head, "|" + " --- |" * len(rows[0]), *body])


def labelled(rows: list[dict[str, Any]], sample: Sample, columns: list[str]) -> Iterator[list[str]]:
    for row in rows:
        if "group" in row:
            yield [row["group"], *("" for _ in columns)]
            yield from labelled(row["rows"], sample, columns)
        else:
            yield [row["label"], *(sample.printed["applications", row["item"], column] for column in columns)]


def transcription(sample: Sample) -> bytes:
    """Markdown as in data/reports: front matter, headings, a pipe table for each article, for section 3 and section 4."""
    known = {"agency": sample.agency, "year": sample.year, "edition": f'"{sample.edition}"', "title": sample.title}
    known |= {
        "published_on": sample.published_on or "",
        "signed_on": sample.signed_on or "",
        "url": "https://example.org/2021.html",
    }
    known |= {"fidelity": "tables verbatim, narrative abridged"}
    lines = ["---\n" + "\n".join(f"{key}: {stated}".rstrip() for key, stated in known.items()) + "\n---", f"# {sample.title}"]
    grids = tables(sample)
    for part in parts(sample):
        if isinstance(part, str):
            lines.append(("## " if re.match("[一二三四五六]、", part) else "") + part)
        elif part == grids["proactive_disclosure"]:
            starts = [i for i, row in enumerate(part) if len(row) == 1] + [len(part)]
            for start, end in pairwise(starts):
                lines += [part[start][0][0], pipe_table([[text for text, _, _ in row] for row in part[start + 1 : end]])]
        elif part == grids["applications"]:
            form = form_table(sample.edition, "applications")
            rows = labelled(form["rows"], sample, list(form["columns"]))
            lines.append(pipe_table([["项目", *form["columns"].values()], *rows]))
        else:
            outcomes = form_table(sample.edition, "review_litigation")["columns"]
            texts, labels = [text for text, _, _ in part[-1]], ("行政复议", "行政诉讼：未经复议直接起诉", "行政诉讼：复议后起诉")
            procedures = [[label, *texts[5 * i : 5 * i + 5]] for i, label in enumerate(labels)]
            lines.append(pipe_table([["类型", *outcomes.values()], *procedures]))
    return ("\n\n".join(lines) + "\n").encode()
