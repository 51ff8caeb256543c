"""Web pages that are made to take long, to grow or to be dropped; behind or inside each stands an honest report."""

from __future__ import annotations

from collections.abc import Callable

from tests.support import layouts
from tests.support.held import MADE

PAGE = layouts.bare_page(MADE)
M = 1_000_000
_FIGURE = f">{MADE.printed['proactive_disclosure', 'licensing', 'decisions']}<"


def before(hostile: str, closed: str = "") -> Callable[[], bytes]:
    """A page that begins with something hostile."""
    return lambda: PAGE.replace("<h1>", f"{hostile}{closed}<h1>", 1).encode()


def around(opened: str, closed: str, times: int) -> Callable[[], bytes]:
    """A page whose report stands inside of so many elements."""
    return lambda: PAGE.replace("<h1>", f"{opened * times}<h1>", 1).replace("</body>", f"{closed * times}</body>", 1).encode()


def head(hostile: str, body: str = "") -> Callable[[], bytes]:
    return lambda: PAGE.replace("</head>", f"{hostile}</head>", 1).replace("<h1>", f"{body}<h1>", 1).encode()


def figure(opened: str, closed: str, times: int) -> Callable[[], bytes]:
    """A page one of whose figures stands inside of so many elements."""
    return lambda: PAGE.replace(_FIGURE, f">{opened * times}{_FIGURE[1:-1]}{closed * times}<").encode()


def table(cells: str) -> Callable[[], bytes]:
    return before(f"<table>{cells}</table>")


def style(rules: str, body: str = "") -> Callable[[], bytes]:
    return head(f"<style>{rules}</style>", body)


FILES: dict[str, Callable[[], bytes]] = {
    # nesting
    "DIV, a million in capitals": before("<DIV>" * M),
    "div, a million": before("<div>" * M),
    "div, 5,000 around the report": around("<div>", "</div>", 5000),
    "div, 450 around the report": around("<div>", "</div>", 450),
    "center, a million": before("<center>" * M),
    "center, 30,000": before("<center>" * 30_000),
    "unknown elements, 200,000 deep": before("<x-a>" * 200_000),
    "font never closed": before("<font><p>" * 20_000),
    "links never closed": before("<a href=x><p>" * 20_000),
    "b and i crossed": before("<b><i></b></i>" * 50_000),
    "formatting that comes again": before("".join(f"<b id=a{n}>" for n in range(3000)) + "<p>" * 3000),
    "nobr in nobr": before("<nobr>" * 50_000),
    "lists in lists": before("<ul><li>" * 9000),
    "quotes in quotes": around("<blockquote>", "</blockquote>", 3000),
    "buttons in buttons": before("<button>" * 100_000),
    "a digit 450 tags deep": figure("<span>", "</span>", 450),
    "a digit 390 tags deep": figure("<span>", "</span>", 390),
    "a digit 450 blocks deep": figure("<div>", "</div>", 450),
    "a digit 30,000 tags deep": figure("<b>", "</b>", 30_000),
    "tables 450 deep": around("<table><tr><td>", "</td></tr></table>", 450),
    "tables 100 deep": around("<table><tr><td>", "</td></tr></table>", 100),
    "tables 5,000 deep": around("<table><tr><td>", "</td></tr></table>", 5000),
    "tables of two cells 400 deep": around("<table><tr><td>a</td><td>", "</td></tr></table>", 400),
    "tables in cells, 3,000": table("<tr><td>a</td><td><table><tr><td>1</td><td>2</td></tr></table></td></tr>" * 3000),
    "svg": before("<svg>" * 100_000),
    "templates": before("<template>" * 50_000),
    "select in select": before("<select><option>" * 100_000),
    # numbers of things
    "paragraphs, a million": before("<p>" * M),
    "line breaks, a million": before("<br>" * M),
    "paragraphs of a word, 300,000": before("<p>文</p>" * 300_000),
    "options, a million": before("<select>" + "<option>1" * M + "</select>"),
    "fields, 200,000": before("<input value=1>" * 200_000),
    "attributes, a million": before("<p " + " ".join(f"a{n}" for n in range(M)) + ">文</p>"),
    "attribute of 20 MB": before(f'<p title="{"x" * 20 * M}">文</p>'),
    "style of 10 MB": before(f'<p style="{"color:red;" * M}">文</p>'),
    "styles on 100,000 elements": before('<p style="color:#fff;background:#fff;display:none">1</p>' * 100_000),
    "classes, a million": before(f'<p class="{"a " * M}">文</p>'),
    "meta, 200,000": head("<meta name=author content=x>" * 200_000),
    "title of 10 MB": head(f"<title>{'长' * 3 * M}</title>"),
    "links in the head, 100,000": head("<link rel=canonical href=http://x>" * 100_000),
    "comments": before("<!-- -->" * 500_000),
    "comments that never end": before("<!--" * 500_000, "-->"),
    "comment that never ends": before("<!-- " + "-" * M, "-->"),
    "scripts": before("<script>1</script>" * 200_000),
    "script that never ends": before("<script>" + "<!--<script>" * 100_000, "--></script></script>"),
    "saved from": lambda: (PAGE + "<!-- saved from url=(" * 100_000).encode(),
    "entities, a million": before("&amp;" * M),
    "ampersands, a million": before("&" * M),
    "ampersands escaped again and again": before("&" + "amp;" * M + "nbsp;"),
    "numbers of characters": before("&#x110000;&#55296;&#0;" * 100_000),
    "entities of no width": before("&shy;&#8203;" * 300_000),
    "entities declared": lambda: ('<!DOCTYPE html [<!ENTITY a "' + "x" * 1000 + '"><!ENTITY b "' + "&a;" * 1000 + '">]>' + PAGE.replace("<h1>", "&b;" * 1000 + "<h1>")).encode(),
    "picture of 15 MB": before(f'<img src="data:image/png;base64,{"A" * 15 * M}">'),
    "address of 10 MB": before(f'<a href="http://{"x" * 10 * M}">文</a>'),
    "doctype of 5 MB": lambda: (f"<!DOCTYPE {'x' * 5 * M}>" + PAGE).encode(),
    "tag that never ends": lambda: (PAGE + "<p " + "a" * 5 * M).encode(),
    "angles": before("<" * M),
    "angles that close": before("<>" * M),
    "closed without being opened": before("</div>" * M),
    "closed paragraphs": before("</p>" * 500_000),
    "frames": before("<iframe src=x></iframe>" * 100_000),
    "ruby": before("<ruby>文<rt>1</rt></ruby>" * 100_000),
    "struck figures": before("<s>1</s>" * 100_000),
    "backwards": before("<bdo dir=rtl>12</bdo>" * 50_000),
    "CDATA": before("<![CDATA[" * 200_000),
    "line breaks in a cell": table(f"<tr><td>{'<br>' * 500_000}</td><td>1</td></tr>"),
    "linked data": head('<script type="application/ld+json">' + '{"pubDate" : ' * 200_000 + "</script>"),
    # tables
    "span of a thousand million": table("<tr><td colspan=1000000000 rowspan=1000000000>1</td></tr><tr><td>2</td></tr>"),
    "spans that multiply": table("<tr>" + "<td colspan=1000 rowspan=1000>1" * 1000 + "</tr>" * 1000),
    "spans down that multiply": table(("<tr>" + "<td rowspan=60000>1" * 100 + "</tr>") * 500),
    "spans across that multiply": table(("<tr>" + "<td colspan=900>1" * 200 + "</tr>") * 200),
    "overlapping spans": table("".join(f"<tr><td rowspan={2 + n % 7} colspan={1 + n % 3}>1<td>2</tr>" for n in range(20_000))),
    "cells, a million in a row": table("<tr>" + "<td>" * M + "</tr>"),
    "rows, 500,000": table("<tr><td>1" * 500_000),
    "empty rows, a million": table("<tr>" * M),
    "tables, 100,000": before("<table><tr><td>1</table>" * 100_000),
    "table bodies, 300,000": table("<tbody>" * 300_000),
    "columns, 500,000": table("<col>" * 500_000 + "<tr><td>1"),
    "captions, 200,000": table("<caption>文" * 200_000),
    "500 rows of 500 cells": table(("<tr>" + "<td>1" * 500 + "</tr>") * 500),
    "text in a table, outside of its cells": before("<table>" + "文<tr>" * 100_000 + "</table>"),
    "cell of 10 MB": table(f"<tr><td>{'文' * 3 * M}</td><td>1</td></tr>"),
    "digits in spans of their own": figure("", "<span></span>" * 100_000, 1),
    # styles
    "rules, 100,000": style("".join(f".a{n}{{display:none}}" for n in range(100_000)), "<p class=a1>1</p>" * 1000),
    "rules and elements": style("".join(f".a{n} p{{display:none}}" for n in range(3000)), "<div class=a1><p>1</p></div>" * 20_000),
    "selector of 1 MB": style("p " * 500_000 + "{display:none}", "<p>1</p>"),
    "selectors in a list": style("p," * 300_000 + "p{display:none}", "<p>1</p>"),
    "descendants": style("div " * 30 + "p{display:none}", "<div>" * 300 + "<p>1</p>" + "</div>" * 300),
    "siblings": style("p ~ p ~ p ~ p ~ p ~ b{display:none}", "<p>1</p>" * 5000),
    "has": style(":has(p):has(div):has(:has(p)){display:none}", "<div><p>1</p></div>" * 3000),
    "not in not": style(":not(" * 50_000 + "p" + ")" * 50_000 + "{display:none}", "<p>1</p>"),
    "nth child": style("p:nth-child(3n+1 of p p p){display:none}", "<p>1</p>" * 30_000),
    "attributes in selectors": style("[style*=a][style*=b][style*=c]{display:none}" * 1000, '<p style="abc">1</p>' * 20_000),
    "braces": style("{" * M),
    "braces that close": style("a{" * 200_000 + "}" * 200_000),
    "comments in a style": style("/*" * M),
    "media in media": style("@media print{" * 50_000),
    "strings in a style": style("a{content:'" * 100_000),
    "generated text": style("p::before{content:'" + "7" * 100_000 + "'}", "<p>1</p>" * 5000),
    "colours": style("p{color:rgb(" + "1," * 500_000 + ")}", "<p>1</p>"),
    "variables": style("p{color:var(" * 50_000 + ")" * 50_000 + "}", "<p>1</p>"),
    "styles, 20,000": head("<style>p{color:red}</style>" * 20_000),
}  # fmt: skip
