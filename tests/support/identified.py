"""Whose report and which year is read of a text and of a page, with what else is made up around it."""

from __future__ import annotations

from parsers import read_report
from parsers.model import Identity

SECTIONS = (
    "一、总体情况\n{overview}\n二、主动公开政府信息情况\n（略）\n五、存在的主要问题及改进情况\n无。\n六、其他需要报告的事项\n无。\n{end}"
)


def identity(opening: str, overview: str = "这一年登载信息若干。", end: str = "") -> tuple[Identity, dict[str, str]]:
    text = f"{opening}\n{SECTIONS.format(overview=overview, end=end)}"
    report = read_report(text.encode())
    return report.identity, {note.code: note.message for note in report.notes}


def page(head: str, body: str = "") -> tuple[Identity, dict[str, str]]:
    paragraphs = "".join(f"<p>{line}</p>" for line in SECTIONS.format(overview="这一年登载信息若干。", end="").split("\n"))
    report = read_report(f"<html><head>{head}</head><body>{body}{paragraphs}</body></html>".encode())
    return report.identity, {note.code: note.message for note in report.notes}
