"""Why a document is no report that can be published: a template, a text that lost its repeated lines, a form without a figure."""

from __future__ import annotations

import re

from parsers.documents.pictures.extra import HOW, UNREAD
from parsers.form.labels import CONTENT
from parsers.model import Document, FormCell, Identity, Report
from parsers.printed.decode import LOST

# XX单位2022年政府信息公开工作年度报告, ××局××年…
_NOBODY = r"(?:(?<![A-Za-z])[XxＸ×*＊○]{2,12}[一-鿿]{0,4}?|某某?(?:[省市县区]某{0,2})?)(?:单位|机关|部门|局|委|办|镇|乡)?"
_NAMELESS = re.compile("[XxＸ×*＊○某]")
_PLACEHOLDER = re.compile(rf"{_NOBODY}\s*+(?:20\d\d|20[XxＸ×*＊○]{{2}}|[XxＸ×*＊○]{{2,4}})\s*+年度?政府信息公开工作年度报告")
_FEWEST = 30  # lines of a table that stands one cell to a line
_MOST_LOST = 4  # of a text so much lost, one character in so many, nothing is found
_ARTICLES = 3  # of section 2: so many have 信息内容 above them more than once


def refused_report(reason: str) -> Report:
    """The report of a document that cannot be read at all."""
    return Report(Document("application/octet-stream", None, "", ()), Identity(None, None, None, None, None), refused=reason)


def refusal(report: Report) -> str | None:
    """Why this is no report that can be published, in a sentence of Chinese and English; None if it is one."""
    opening = report.document.text[:3000]
    if _NAMELESS.search(opening) and _PLACEHOLDER.search(opening):
        return "标题里没有真实的机关名称，是表样 (its title names no real agency: this is a template)"
    if report.cells and _lines_were_dropped(report.document.text):
        return "文本按行去重过，重复的数字已丢失，表格无法还原 (repeated lines were dropped from this text: its tables cannot be recovered)"
    if report.statistics or any(cell.value is not None or _prints_figures(report, cell) for cell in report.cells):
        return None
    if any(LOST in report.document.text[cell.start : cell.end] for cell in report.cells):
        return "有报告的表格，但数字读不出来：文件没有说明它的字符是什么字，或已丢失；请从原稿另存，或用文字识别 (the tables of the form are there, but their figures cannot be read: the file does not say which characters they are, or has lost them; save it again from its source, or recognise its pages)"
    if report.cells:
        return "有报告的表格，但其中没有数字：空白表样或已损坏的文本 (the tables of the form are there, but no figure is in them)"
    if report.document.text.count(LOST) * _MOST_LOST > len(report.document.text):
        return "大部分字读不出来：文件没有说明它的字符是什么字，或已被换成问号；请从原稿另存，或用文字识别 (most characters cannot be read: the file does not say which they are, or has lost them; save it again from its source, or recognise its pages)"
    how = f"；{HOW}" if any(note.code == UNREAD for note in report.notes) else ""
    if any(heading.section for heading in report.headings):
        return f"有报告的标题，但没有报告的表格，可能是图片或附件 (the headings of a report are there, but the tables of the form are missing){how}"
    return f"不是政府信息公开工作年度报告：没有报告的标题，也没有报告的表格 (this is no yearly report: it has neither its headings nor its tables){how}"


def _prints_figures(report: Report, cell: FormCell) -> bool:
    """Is this a cell of a row that prints figures, though they have lost their columns?"""
    return cell.status == "unreadable" and any(map(str.isdecimal, report.document.text[cell.start : cell.end]))


def _lines_were_dropped(text: str) -> bool:
    """Was every line that had occurred before dropped from this text, as some page savers do?

    The form repeats 信息内容 above every article of section 2, and a line of a table that stands one cell to a line repeats
    its numbers. Where several articles are printed, one line is 信息内容, and no line of many occurs twice, they were dropped.
    """
    lines = [stripped for line in text.split("\n") if (stripped := line.strip())]
    if len(lines) < _FEWEST or lines.count(CONTENT) != 1 or len(set(lines)) < len(lines):
        return False
    return sum(line.startswith("第二十条第") for line in lines) >= _ARTICLES
