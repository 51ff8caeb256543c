"""Texts and Markdown that are made to take long, to grow or to be dropped; behind each stands an honest report."""

from __future__ import annotations

from collections.abc import Callable

from tests.support import layouts, transcription
from tests.support.held import MADE

LINES = layouts.cell_per_line(MADE).decode()
TABS = layouts.tabs(MADE).decode()
PIPES = layouts.pipes_one_line(MADE).decode()
MARKDOWN = transcription.transcription(MADE).decode()
TITLE = f"{MADE.title}\n"
M = 1_000_000


def after(hostile: str, report: str = LINES) -> Callable[[], bytes]:
    """A report behind its title and something hostile."""
    return lambda: f"{TITLE}{hostile}\n{report}".encode(errors="surrogatepass")


def within(hostile: str, report: str = LINES) -> Callable[[], bytes]:
    """A report with something hostile before its third section."""
    return lambda: report.replace("三、收到", f"{hostile}\n三、收到", 1).encode()


def front(matter: str) -> Callable[[], bytes]:
    return lambda: f"---\n{matter}\n---\n{MARKDOWN.split('---', 2)[2]}".encode()


def laughs(levels: int = 9, wide: int = 9) -> str:
    lines = ["a0: &a0 [x, x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * wide)}]" for n in range(1, levels)]
    return "\n".join([*lines, f"agency: *a{levels - 1}"])


FILES: dict[str, Callable[[], bytes]] = {
    # lines and blanks
    "blank lines, 4,000": within("\n" * 4000),
    "blank lines, a million": within("\n" * M),
    "blank lines of spaces": within((" " * 200 + "\n") * 20_000),
    "line of spaces": within(" " * 5 * M),
    "line of wide spaces": within("\u3000" * M),
    "line of no-break spaces": within("\xa0" * M),
    "lines of tabs": within(("\t" * 200 + "\n") * 5000, TABS),
    "line of tabs": within("\t" * 2 * M, TABS),
    "line of bars": within("|" * 2 * M, PIPES),
    "lines of bars": within(("|" * 100 + "\n") * 10_000, PIPES),
    "bars and spaces": within("| " * M, PIPES),
    "form feeds": within("\f" * M),
    "carriage returns": within("\r" * M),
    "vertical tabs and line separators": within("\v\u2028\u2029\x85" * 200_000),
    "title after a million spaces": lambda: (" " * M + LINES).encode(),
    "spaces before each line": lambda: LINES.replace("\n", "\n" + " " * 50_000).encode(),
    "spaces inside each word": lambda: LINES.replace("公", "公" + " " * 20_000).encode(),
    # figures
    "line of digits": within("1234567890" * 200_000),
    "line of digits and spaces": within("1 2 " * 500_000),
    "a digit a line": within("7\n" * M),
    "digits after a label": within("规章" + "1" * M),
    "number of 5,000 digits": within(f"规章\n{'9' * 5000}\n1\n2\n"),
    "number of 5,000 digits in prose": after(f"一、总体情况\n本年新收政府信息公开申请{'9' * 5000}件。"),
    "number of a million digits in prose": after(f"一、总体情况\n本年新收政府信息公开申请{'9' * M}件。"),
    "numeral of a million characters": after(f"一、总体情况\n本年新收政府信息公开申请{'九千' * (M // 2)}件。"),
    "numeral of ten thousands": after(f"一、总体情况\n本年新收政府信息公开申请{'万亿' * (M // 2)}件。"),
    "points and commas": within("1.2,3," * 300_000),
    "wide digits": within("１２３４" * 250_000),
    "percent": within("12.5%、" * 200_000),
    "amounts": within("25.6553万元，" * 100_000),
    "other digits of Unicode": within("١٢٣𝟙𝟚𝟛①②③Ⅷ㊿" * 60_000),
    # dates and words
    "years": within("2023年" * 300_000),
    "year month day": within("年月日" * 300_000),
    "digits before a year that never comes": within("2023" * 300_000 + "月"),
    "dates": within("2023年1月2日" * 100_000),
    "dates, a line each": within("发布日期：2023年1月2日\n" * 50_000),
    "dates with spaces": within("2023 " * 100 + " " * 200_000 + "年" + " " * 200_000 + "1 月"),
    "Chinese dates": within("二〇二三年十二月三十一日" * 50_000),
    "titles": within(TITLE * 30_000),
    "one long title": lambda: ("样例市" * 200_000 + TITLE + LINES).encode(),
    "agencies": within("样例市样例区样例局、" * 50_000),
    "regions": within("福建省泉州市晋江市" * 50_000),
    "headings": within("三、收到和处理政府信息公开申请情况\n" * 30_000),
    "headings of all kinds": within("一、\n（一）\n1、\n(1)\n第一\n" * 50_000),
    "labels of the form": within("规章\n行政规范性文件\n行政许可\n第二十条第（一）项\n信息内容\n" * 20_000),
    "labels of section 3": within("一、本年新收政府信息公开申请数量\n（一）予以公开\n自然人\n" * 20_000),
    "the report 300 times": lambda: (LINES * 300).encode(),
    "tables of tabs 100 times": lambda: (TABS * 100).encode(),
    "tables of pipes 100 times": lambda: (PIPES * 100).encode(),
    "sentences of claims": within("本年新收政府信息公开申请3件，办结3件，同比增长5%。" * 20_000),
    "one sentence of claims": within("新收申请3件，其中自然人2件，" * 50_000),
    "sentence without an end": within("本机关收到申请" * 200_000),
    "commas": within("，" * M),
    "brackets": within("（" * M),
    "brackets that close": within("（" * 200_000 + "）" * 200_000),
    "angles": within("<" * M),
    "quotes": within("“" * M),
    "colons": within("来源：" * 200_000),
    "addresses of the web": within("https://www.example.org/a?b=c&d=e " * 50_000),
    "points of a table of contents": within("." * M + "12"),
    "page numbers": within("- 12 -\n第 3 页 共 9 页\n" * 50_000),
    "among them": within("其中：" * 200_000),
    "comparisons": within("同比增长12%，较上年减少3件，" * 30_000),
    # drawings
    "dashes": within("-" * 2 * M),
    "lines of dashes": within("---- ---- ----\n规章 1 2\n" * 50_000),
    "box of a million columns": within("┌" + "┬" * M + "┐\n│" + "│" * M + "│\n"),
    "boxes": within("┌─┬─┐\n│规│1│\n├─┼─┤\n│章│2│\n└─┴─┘\n" * 20_000),
    "padded columns": within("规章      1      2      3\n" * 50_000),
    "headings above columns": within("自然人    商业企业    科研机构    总计\n1    2    3    6\n" * 20_000),
    "dashes and equal signs": within(("=" * 100 + "\n" + "-" * 100 + "\n") * 10_000),
    "underscores": within("_" * M),
    # characters
    "combining characters": within("a" + "\u0301" * M),
    "marks of direction": within("\u202e" * M + "12"),
    "characters of no width": within("\u200b" * M + "1\u200b" * 100_000),
    "variation selectors": within("文\ufe00" * 300_000),
    "radicals of compatibility": within("⾏⽂⾃" * 300_000),
    "characters beyond the first plane": within("𠀀𠀁" * 300_000),
    "private characters": within("\ue000\uf8ff" * 300_000),
    "traditional characters": within("資訊公開機關收到申請" * 100_000),
    "broken UTF-8": lambda: LINES.encode() + b"\xff\xfe\xfd" * 300_000,
    "broken GB18030": lambda: LINES.encode("gb18030") + b"\x81\x30\x81" * 300_000,
    "UTF-16 with halves of characters": lambda: b"\xff\xfe" + LINES.encode("utf-16-le") + b"\x00\xd8" * 300_000,
    "mojibake": lambda: (LINES * 40).encode().decode("latin-1").encode(),
    "mojibake in stretches": lambda: ("样例" + "æ–‡ä»¶ " * 200_000 + LINES).encode(),
    "HZ": lambda: b'<meta charset="hz-gb-2312">' + b"~{" * M,
    "controls": lambda: LINES.encode() + b"\x1b[0m" * 200_000,
    "nulls": lambda: LINES.encode() + b"\x00" * M,
    # front matter
    "anchors that multiply": front(laughs()),
    "anchors that multiply in merges": front("a: &a {x: 1}\n" + "".join(f"a{n}: &a{n} {{<<: [{', '.join(['*a' if not n else f'*a{n - 1}'] * 9)}]}}\n" for n in range(9))),
    "anchor in itself": front("agency: &a [*a]"),
    "half a character": front('agency: "样例\\ud800局"'),
    "lists in lists": front("a: " + "[" * 100_000),
    "mappings in mappings": front("a: " + "{a: " * 50_000),
    "indented without an end": front("".join(" " * n + "a:\n" for n in range(2000))),
    "integer of a million digits": front("year: " + "9" * M),
    "integer in base 60": front("year: " + "1:" * 100_000 + "1"),
    "octal and float": front("year: 1e999999999\nagency: .inf"),
    "time out of range": front("published_on: 9999-99-99"),
    "keys, 300,000": front("".join(f"k{n}: 1\n" for n in range(300_000))),
    "key that is a list": front("? [a, b]\n: c"),
    "tag of Python": front('agency: !!python/object/apply:os.system ["true"]'),
    "front matter of 5 MB": front("title: " + "长" * 1_600_000),
    "front matter that never ends": lambda: ("---\n" + "a: b\n" * 300_000).encode(),
    "dashes for front matter": lambda: ("---\n" * 300_000 + MARKDOWN).encode(),
    # Markdown
    "nested lists": within("".join("  " * n + "- a\n" for n in range(1000)), MARKDOWN),
    "list marks on a line": within("- " * 100_000, MARKDOWN),
    "nested quotes": within("> " * 20_000 + "a", MARKDOWN),
    "quotes, line by line": within("".join(">" * n + " a\n" for n in range(800)), MARKDOWN),
    "stars": within("*" * 300_000 + "a", MARKDOWN),
    "stars and words": within("*a **b " * 100_000, MARKDOWN),
    "square brackets": within("[" * 300_000, MARKDOWN),
    "links": within("[a](" * 100_000, MARKDOWN),
    "pictures": within("![" * 100_000 + "](", MARKDOWN),
    "backticks": within("".join("`" * n + " " for n in range(1, 1400)), MARKDOWN),
    "fences": within("```\n" * 100_000, MARKDOWN),
    "references": within("".join(f"[a{n}]: /x\n" for n in range(100_000)), MARKDOWN),
    "reference without an end": within("[a]: <" + "x" * M, MARKDOWN),
    "underlined headings": within("a\n===\n" * 100_000, MARKDOWN),
    "autolinks": within("<http://a" * 100_000, MARKDOWN),
    "HTML in Markdown": within("<b" * 300_000, MARKDOWN),
    "comments in Markdown": within("<!--" * 100_000, MARKDOWN),
    "HTML tables that never end": within("<table>" * 100_000, MARKDOWN),
    "HTML tables, 20,000": within("<table><tr><td>1</td></tr></table>\n" * 20_000, MARKDOWN),
    "table of empty cells": within("|" + "a|" * 1000 + "\n|" + "-|" * 1000 + "\n" + "|a|\n" * 1900, MARKDOWN),
    "table of many columns": within("|" + "a|" * 100_000 + "\n|" + "-|" * 100_000 + "\n|1|\n", MARKDOWN),
    "table of many rows": within("|a|b|\n|-|-|\n" + "|1|2|\n" * 150_000, MARKDOWN),
    "ruled line of a table": within("|" + "-" * M + "|" + ":-" * 200_000, MARKDOWN),
    "ruled lines": within("|---|---|\n" * 100_000, MARKDOWN),
    "escapes": within("\\" * M, MARKDOWN),
    "entities": within("&amp;&#9999999999;&x" * 60_000, MARKDOWN),
}  # fmt: skip
