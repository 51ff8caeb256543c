"""A figure of a table on paper and its place in the source, links to each other; a figure says how it was read and what was found about it.

A report has some two hundred of them, so they are written here and not in a template.
"""

from __future__ import annotations

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from portal import words
from portal.pages.queries import Row
from portal.pages.source_marks import Piece, cell_key

SENTENCES = ("claim", "note", "heading", "finding")  # kinds of places that are sentences, and no figures


@pass_context
def figure(context: Context, cell: Row, where: str) -> Markup:
    """The link of a cell whose row and column are `where`; of the context of a report's page: `finding_numbers`, `findings`, `cautious`."""
    english = bool(context["english"])
    key = cell_key(cell["section"], cell["item"], cell["measure"])
    found = [(number, context["findings"][number - 1]) for number in context["finding_numbers"].get(key, ())]
    kind = cell["status"] + (" found" if found else "") + (" cautious" if found and key in context["cautious"] else "")
    shown: str = escape(cell["printed"] or "") or f'<span class="unseen">{words.word("page", "blank", english)}</span>'
    marked = {"inferred": words.word("page", "inferred", english), "unreadable": words.word("page", "unreadable", english)}
    mark = f'<i class="mark">{marked[cell["status"]]}</i>' if cell["status"] in marked else ""
    said = escape(_said(cell, where, found, english))
    key = escape(key)
    side = "p" if cell.get("page") in context["pictured"] else "s"  # the picture of the page, or the text
    return Markup(
        f'<a class="cell {kind}" id="c-{key}" href="#{side}-{key}" data-keys="{key}" data-measure="{cell["measure"]}" title="{said}">{shown}{mark}</a>'
        f"{numbers(context, key) if found else ''}{_read_as(cell, english)}"
    )


@pass_context
def numbers(context: Context, key: str) -> Markup:
    """The numbers of the findings that involve a cell, as links to them."""
    english = bool(context["english"])
    of = [(number, context["findings"][number - 1]) for number in context["finding_numbers"].get(key, ())]
    links = []
    for number, finding in of:
        cautious = "" if finding["verdict"] == "report" else " cautious"
        said = escape(finding["message_en" if english else "message"])
        word = "Finding " if english else "发现"
        links.append(
            f'<a class="finding-number{cautious}" href="#finding-{escape(finding["id"])}" title="{said}">'
            f'<span class="unseen">{word}</span>{number}</a>'
        )
    return Markup(f'<sup class="marks">{"".join(links)}</sup>' if links else "")


@pass_context
def places(context: Context, pieces: list[Piece]) -> Markup:
    """The source text, its pieces (portal.pages.source_marks) that something was read from as links to what that is."""
    blank = words.word("page", "blank", bool(context["english"]))
    return Markup("".join(_place(piece, blank) if piece["keys"] else escape(piece["text"]) for piece in pieces))


@pass_context
def spots(context: Context, page: Row) -> Markup:
    """The cells that are printed on a page, as links laid over its picture: each leads back to the form."""
    english = bool(context["english"])
    links = []
    for cell in context["pictured"][page["page"]]:
        key = escape(cell_key(cell["section"], cell["item"], cell["measure"]))
        said = escape(f"{_said(cell, '', [], english)}".lstrip("：: "))
        wide, high = cell["box_right"] - cell["box_left"], cell["box_bottom"] - cell["box_top"]
        box = f'x="{cell["box_left"]:g}" y="{cell["box_top"]:g}" width="{wide:.4g}" height="{high:.4g}"'
        links.append(f'<a class="spot" id="p-{key}" href="#c-{key}" data-keys="{key}"><title>{said}</title><rect {box}/></a>')
    return Markup("".join(links))


def _place(piece: Piece, blank: str) -> str:
    keys, begins = [escape(key) for key in piece["keys"]], [escape(key) for key in piece["begins"]]
    kind = "" if keys[0].partition("-")[0] not in SENTENCES else " sentence"
    kind, label = (kind, "") if piece["text"] else (" empty", f' aria-label="{blank}"')
    id = f' id="s-{begins[0]}"' if begins else ""
    others = "".join(f'<span id="s-{key}"></span>' for key in begins[1:])
    return f'<a{label} class="place{kind}"{id} href="#c-{keys[0]}" data-keys="{" ".join(keys)}">{others}{escape(piece["text"])}</a>'


def _said(cell: Row, where: str, found: list[tuple[int, Row]], english: bool) -> str:
    """How a cell was read, in a sentence: 新收 · 总计：照印“12件”，读作 12；列的依据：列标题正下方（表格）。发现 1：…"""
    said = [where, ": " if english else "：", words.word("cell", cell["status"], english)]
    if cell["printed"] and cell["status"] != "blank":
        said.append(f" “{cell['printed']}”" if english else f"“{cell['printed']}”")
    if cell["value"] is not None and str(cell["value"]) != cell["printed"]:
        yuan = (" yuan" if english else " 元") if cell.get("unit") == "yuan" else ""
        said.append((", read as " if english else "，读作 ") + words.number(cell["value"]) + yuan)
    if cell.get("placed_by"):
        by, layout = words.word("placed_by", cell["placed_by"], english), words.word("layout", cell["layout"], english)
        said.append(f"; its column is known by: {by} ({layout})" if english else f"；列的依据：{by}（{layout}）")
    for number, finding in found:
        said.append(f". Finding {number}: {finding['message_en']}" if english else f"。发现 {number}：{finding['message']}")
        if finding["verdict"] != "report":
            said.append(f"（{words.word('verdict', finding['verdict'], english)}）")
    return "".join(said).strip()


def _read_as(cell: Row, english: bool) -> str:
    """Money printed in another unit than yuan, in yuan."""
    value, printed = cell["value"], cell["printed"]
    if cell.get("unit") != "yuan" or value is None or not printed or printed in (words.number(value), str(value)):
        return ""
    return f'<small class="read-as">= {words.number(value)} {words.word("page", "yuan", english)}</small>'
