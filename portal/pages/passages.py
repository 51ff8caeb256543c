"""The passages that two reports share, side by side, their figures masked; and the pairs of reports that share most."""

from __future__ import annotations

import re

from portal.pages.queries import REPORTS, Row, Rows, one

PAGE_SIZE = 50
_FIGURE = re.compile(r"(\d+(?:[.,，．]\d+)*)")
_PAIRS = "select report_id, other_report, max(share) as share, count(*) as sentences from shared_passages group by report_id, other_report"


def pairs(rows: Rows, number: int = 1) -> Row:
    """A page of the pairs of reports that share most of their narrative, those of two agencies first."""
    total = one(rows, f"select count(*) as total from ({_PAIRS})")["total"]  # noqa: S608 it stands above
    listed = rows(
        "select pairs.report_id, mine.name as agency_name, own.year, pairs.other_report, theirs.name as other_name, other.year as other_year,"  # noqa: S608
        f" round(100 * pairs.share, 1) as share, pairs.sentences from ({_PAIRS}) as pairs"
        " join reports as own on own.id = pairs.report_id join reports as other on other.id = pairs.other_report"
        " left join agencies as mine on mine.code = own.agency left join agencies as theirs on theirs.code = other.agency"
        " order by own.agency is other.agency, pairs.share desc, pairs.report_id limit :size offset :skip",
        {"size": PAGE_SIZE, "skip": PAGE_SIZE * (number - 1)},
    )
    return {"report": None, "other": None, "total": total, "page": number, "pages": max(1, -(-total // PAGE_SIZE)), "pairs": listed}


def side_by_side(rows: Rows, report: str, other: str) -> Row | None:
    """The sentences that two reports share, in the order of the one that was found to share them. None where there is no such report.

    `share` is how much of that report's own words they are, in per cent; None, and no passages, where they were not found alike. Each
    passage has both texts in `pieces` {text, figure}: figures are masked, for the comparison leaves them out.
    """
    known = {row["id"]: row for row in rows(REPORTS + " where reports.id in (:report, :other)", {"report": report, "other": other})}
    if report not in known or other not in known:
        return None
    shared = _shared(rows, report, other)
    if not shared:
        report, other, shared = other, report, _shared(rows, other, report) or []
    of = {row["id"]: row for row in rows(
        "select reports.id, source_texts.text, source_texts.fidelity from reports join source_texts on source_texts.id = reports.source_id"
        " where reports.id in (:report, :other)",
        {"report": report, "other": other},
    )}  # fmt: skip
    passages = [
        {
            "char_start": row["char_start"], "char_end": row["char_end"], "other_start": row["other_start"], "other_end": row["other_end"],
            "pieces": masked(of[report]["text"][row["char_start"] : row["char_end"]]),
            "other_pieces": masked(of[other]["text"][row["other_start"] : row["other_end"]]),
        }
        for row in shared
    ]  # fmt: skip
    return {
        "report": {**known[report], "fidelity": of[report]["fidelity"]},
        "other": {**known[other], "fidelity": of[other]["fidelity"]},
        "share": round(100 * max(row["share"] for row in shared), 1) if shared else None,
        "passages": passages,
    }


def _shared(rows: Rows, report: str, other: str) -> list[Row]:
    return rows(
        "select share, char_start, char_end, other_start, other_end from shared_passages"
        " where report_id = :report and other_report = :other order by char_start",
        {"report": report, "other": other},
    )


def masked(text: str) -> list[Row]:
    """A text in pieces, a digit of a figure as □.

    >>> masked("收到12件，占3.5%")
    [{'text': '收到', 'figure': False}, {'text': '□□', 'figure': True}, {'text': '件，占', 'figure': False}, {'text': '□□', 'figure': True}, {'text': '%', 'figure': False}]
    """
    pieces = _FIGURE.split(text)
    return [
        {"text": "□" * sum(map(str.isdigit, piece)) if number % 2 else piece, "figure": bool(number % 2)}
        for number, piece in enumerate(pieces)
        if piece
    ]
