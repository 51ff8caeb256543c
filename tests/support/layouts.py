"""The layouts in which real reports are found: each function takes a sample to the bytes of its document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape
from itertools import cycle

from tests.support.figures import Grid, Sample, tables

Part = str | Grid


def parts(sample: Sample) -> Iterator[Part]:
    """Paragraphs and tables of the report in reading order, title and surroundings apart."""
    grids, shown, words = tables(sample), sample.printed, sample.words
    received = shown["applications", "received", "total"]
    yield words.get("preface") or f"{sample.agency}编写这份年报，所列数据从{sample.year}年1月1日算到12月31日。"
    yield words.get("heading") or "一、总体情况"
    if "overview" in words:
        yield words["overview"]
    else:
        yield f"这一年新收申请{received}件。网站共登载信息1307条，其中公示类412条、会议类895条。"
        yield "（一）答复都用书面。咨询电话接听268次。"
    yield "二、主动公开政府信息情况"
    yield grids["proactive_disclosure"]
    yield "三、收到和处理政府信息公开申请情况"
    yield grids["applications"]
    yield "四、政府信息公开行政复议、行政诉讼情况"
    yield grids["review_litigation"]
    yield "五、存在的主要问题及改进情况"
    yield words.get("problems") or "目录更新慢，下一年改为每月核对一次；办事人员轮训2次。"
    yield "六、其他需要报告的事项"
    yield words.get("other_matters") or "没有收取信息处理费。"
    if sample.signed_on:
        year, month, day = map(int, sample.signed_on.split("-"))
        yield sample.agency
        yield f"{year}年{month}月{day}日"


def drawn(grid: Grid) -> Iterator[list[str | None]]:
    """Each row's cells from left to right, None where a merged cell of a row above reaches down."""
    hanging: dict[int, tuple[int, int]] = {}  # by column: the merged cell's width, rows it still covers
    for row in grid:
        cells, texts, column = list(row), list[str | None](), 0
        while cells or column in hanging:
            if column in hanging:
                width, left = hanging.pop(column)
                texts.append(None)
            else:
                text, width, left = cells.pop(0)
                texts.append(text)
            if left > 1:
                hanging[column] = (width, left - 1)
            column += width
        yield texts


def half_width(text: str) -> str:
    return text.translate(str.maketrans("（），：", "(),:"))


def cell_per_line(sample: Sample) -> bytes:
    """Every cell a paragraph of its own, blank lines between; the site's lines before and after."""
    lines = [f"• {sample.title}", sample.title, f"日期:{sample.published_on} 来源:\n字号:"]
    for part in parts(sample):
        lines += [half_width(part)] if isinstance(part, str) else [half_width(t) for row in part for t, _, _ in row]
    return "\n\n".join([*lines, "来源:", "撰稿:", "校对:", "一审:", "相关附件:", "扫一扫在手机打开当前页"]).encode()


def pipes_one_line(sample: Sample) -> bytes:
    """All on one line with pipes between cells; a blank cell is a line break. No title is printed."""
    text = ""
    for part in parts(sample):
        if isinstance(part, str):
            text += half_width(part) + " "
        else:
            text += " | ".join(half_width(t).replace("\n", "") or "\n" for row in part for t, _, _ in row) + " |\n"
    return re.sub(" *\n *", "\n", text).encode()


def pipe_line_ends(sample: Sample) -> bytes:
    """A cell a line with a pipe at its end, pipes alone for merged cells; 本年新… lost its second half."""
    lines = [f"您当前的位置: 首页>政府信息公开>年报>{sample.year}", sample.title]
    for part in parts(sample):
        if isinstance(part, str):
            lines.append(half_width(part))
            continue
        width = sum(columns for _, columns, _ in part[0])
        for row in part:
            texts = [re.sub("^本年新\n.*", "本年新", half_width(text)).replace("\n", "") for text, _, _ in row]
            lines += [f"{text} |".lstrip() for text in texts]
            lines += ["|" * (width - len(row))] if len(row) < width and row is not part[-1] else []
    return "\n".join([*lines, "来源:", "校对:", "扫一扫在手机打开当前页"]).encode()


def words_on_lines(sample: Sample) -> bytes:
    """A line a cell, blank ones dropped."""
    return re.sub(rb"\n\n+", b"\n", cell_per_line(sample))


def tabs(sample: Sample, padding: tuple[str, ...] = ("",), after: str = "") -> bytes:
    """A tab before each cell, a blank line after each row; `padding` is what stands before the figures in turn."""
    pads = cycle(padding)
    lines = [sample.title, ""]
    for part in parts(sample):
        if isinstance(part, str):
            lines.append(part)
            continue
        for row in drawn(part):
            lines += ["\t" + (next(pads) + text if text and text[0].isdigit() else text or "") for text in row]
            lines.append("")
    return ("\n".join(lines) + after).encode()


def tabs_fullwidth(sample: Sample) -> bytes:
    chart = "\n主动公开情况（条）\n系列 1\t公示类\t会议类\t412\t895\n"
    return tabs(sample, ("\u3000\u3000", "\xa0", "\u3000", ""), chart)


def html_rows(grid: Grid, cell: Callable[[str], str]) -> str:
    def tag(text: str, columns: int, rows: int) -> str:
        spans = (f' colspan="{columns}"' if columns > 1 else "") + (f' rowspan="{rows}"' if rows > 1 else "")
        return f"<td{spans}>{cell(text)}</td>"

    return "\n".join("<tr>" + "".join(tag(*c) for c in row) + "</tr>" for row in grid)


def html_body(sample: Sample, cell: Callable[[str], str], paragraph: str = "<p>{}</p>") -> str:
    return "\n".join(
        paragraph.format(escape(part)) if isinstance(part, str) else f'<table border="1">\n{html_rows(part, cell)}\n</table>'
        for part in parts(sample)
    )


def bare_page(sample: Sample, cell: Callable[[str], str] = lambda text: escape(text).replace("\n", "<br>")) -> str:
    """A page of the report alone, with nothing around it."""
    return f"<html><head><title>{sample.title}</title></head><body><h1>{sample.title}</h1>{html_body(sample, cell)}</body></html>"


def page(sample: Sample) -> bytes:
    """A site's page: navigation, a table of metadata, a layout table around the report, editors' lines after it."""
    body = html_body(sample, lambda t: "<span>" + escape(t).replace("\n", "</span><br><span>") + "</span>")
    meta = {"索引号": "YL000-0102-2024-0007", "发布机构": sample.agency, "公开日期": str(sample.published_on), "浏览次数": "1864"}
    rows = "".join(f"<tr><th>{k}</th><td>{v}</td></tr>" for k, v in meta.items())
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{sample.title}</title><style>td {{ padding: 2px }}</style></head><body>
<ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk">政务公开</a></li><li>年报</li></ul>
<table class="meta">{rows}</table>
<table width="980"><tr><td class="side">栏目导航</td><td class="main"><h1>{sample.title}</h1>
<div class="info">发布日期：{sample.published_on} 信息来源：样例网 字体：大 中 小</div>
<div id="zoom">
{body}
</div></td></tr></table>
<p>撰稿：样例甲</p><p>校对：样例乙</p><p>一审：样例丙</p>
<script>document.write("版权")</script><div class="footer">版权所有 样例网 访问量 90210</div></body></html>
""".encode()


def page_gb18030(sample: Sample) -> bytes:
    """An old page that declares gb2312 and holds characters (〇, 㙍, 镕) which only gb18030 has."""
    body = html_body(sample, lambda t: escape(t).replace("\n", "<br>") or "&nbsp;")
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>{sample.title}</title></head><body>
<center><b>{sample.title}</b></center><p>二〇二〇年由㙍镕办公室整理。发布时间：{sample.published_on}</p>
{body}
</body></html>
""".encode("gb18030")


def word_made(sample: Sample) -> bytes:
    """A page saved by a word processor: mso styles everywhere, nbsp around figures, digits in spans of their own."""

    def cell(text: str) -> str:
        runs = text.split("\n") if not text.isdigit() else [text[:1], text[1:]]
        spans = "".join(f"<span lang=EN-US style='mso-font-kerning:1.0pt'>{escape(run)}</span>" for run in runs if run)
        space = "<span style='mso-spacerun:yes'>&nbsp;</span>"
        return f"<p class=MsoNormal style='mso-para-margin:0'>{spans or '<o:p>&nbsp;</o:p>'}{space}</p>"

    body = html_body(sample, cell, "<p class=MsoNormal style='mso-char-indent-count:2.0'><span>{}</span><o:p></o:p></p>")
    return f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset="utf-8"><title>{sample.title}</title>
<!--[if gte mso 9]><xml><o:DocumentProperties/></xml><![endif]--></head><body>
<p class=MsoNormal align=center><b><span>{sample.title}</span></b></p>
{body}
</body></html>
""".encode()
