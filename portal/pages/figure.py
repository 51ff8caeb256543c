"""The rows of a table on paper, its figures and their places in the source, links to each other; a figure says how it was read and what
was found about it.

A report has some two hundred of them, so they are written here and not in a template. The keys of cells are safe in HTML.
"""

from __future__ import annotations

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from portal import words
from portal.pages.queries import Row
from portal.pages.source_marks import Piece, cell_key, lines

TAB, RULE = "\t", '<i class="rule">\t</i>'
SENTENCES = ("claim", "note", "heading", "finding")  # kinds of places that are sentences, and no figures


_SCOPES = {"head": "col", "band": "rowgroup", "group": "rowgroup", "label": "row", "note": "col"}


@pass_context
def form_rows(context: Context, table: Row) -> Markup:
    """The rows of a section's table as the form has them (portal.pages.form_on_paper)."""
    english, names = bool(context["english"]), context["names"]
    rows = (
        "".join(_figure_box(context, box) if box["kind"] == "figure" else _head_box(box, names, english) for box in row)
        for row in table["rows"]
    )
    return Markup("".join(f"<tr>{row}</tr>\n" for row in rows))


def _figure_box(context: Context, box: Row) -> str:
    names, english = context["names"], bool(context["english"])
    span = f' colspan="{box["colspan"]}"' if box["colspan"] > 1 else ""
    if box["cell"]:
        said = [_name(names[table], box[code], english) or box[code] for table, code in (("items", "item"), ("measures", "measure"))]
        return f"<td{span}>{figure(context, box['cell'], ' · '.join(said))}</td>"
    key, missing = cell_key(box["section"], box["item"], box["measure"]), words.word("cell", "missing", english)
    shown = (
        f'<span class="missing" id="c-{key}" data-keys="{key}" title="{escape(missing)}">{words.word("page", "missing", english)}</span>'
    )
    return f"<td{span}>{shown}{numbers(context, key)}</td>"


def _head_box(box: Row, names: dict[str, dict[str, Row]], english: bool) -> str:
    across, down = box["colspan"] > 1, box["rowspan"] > 1
    scope = "colgroup" if across and box["kind"] == "head" else _SCOPES[box["kind"]]
    spans = (f' colspan="{box["colspan"]}"' if across else "") + (f' rowspan="{box["rowspan"]}"' if down else "")
    return f'<th class="{box["kind"]}" scope="{scope}"{spans}>{escape(_label(box, names, english))}</th>'


def _label(box: Row, names: dict[str, dict[str, Row]], english: bool) -> str:
    """The form's heads name the unit that is printed below them; the database's name of a measure says yuan."""
    if not english:
        return str(box["text"])
    unit = " (10,000 yuan)" if "万元" in box["text"] else ""
    item, measure = _name(names["items"], box.get("item"), english), _name(names["measures"], box.get("measure"), english)
    return str(box["english"] or item or measure.replace(" (yuan)", unit) or box["text"])


def _name(names: dict[str, Row], code: str | None, english: bool) -> str:
    return str(names[code]["name_en" if english else "name"] or "") if code in names else ""


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
    said = escape(_said(cell, where, found, english, context["transcribed"]))
    item, measure = (_name(context["names"][table], cell[code], False) for table, code in (("items", "item"), ("measures", "measure")))
    cited = escape(f"{item} · {measure}" if item and measure else where)  # in Chinese, as citations are
    side = "p" if cell.get("page") in context["pictured"] else "s"  # the picture of the page, or the text
    return Markup(
        f'<a class="cell {kind}" id="c-{key}" href="#{side}-{key}" data-keys="{key}" data-measure="{cell["measure"]}" data-where="{cited}" title="{said}">{shown}{mark}</a>'
        f"{numbers(context, key) if found else ''}{_read_as(cell, english)}"
    )


@pass_context
def numbers(context: Context, key: str) -> Markup:
    """The numbers of the findings that involve a cell, as links to them."""
    english = bool(context["english"])
    of = [(number, context["findings"][number - 1]) for number in context["finding_numbers"].get(key, ())]
    links = []
    for number, finding in of:
        cautious = "" if words.is_sure(finding) else " cautious"
        said = escape(finding["message_en" if english else "message"])
        word = "Finding " if english else "发现"
        links.append(
            f'<a class="finding-number{cautious}" href="#finding-{escape(finding["id"])}" title="{said}">'
            f'<span class="unseen">{word}</span>{number}</a>'
        )
    return Markup(f'<sup class="marks">{"".join(links)}</sup>' if links else "")


@pass_context
def places(context: Context, pieces: list[Piece]) -> Markup:
    """The source text, its pieces (portal.pages.source_marks) that something was read from as links to what that is. A line with tabs is a row
    of a table, whose cells are ruled off."""
    blank = words.word("page", "blank", bool(context["english"]))
    written = []
    for line in lines(pieces):
        html = "".join(_place(piece, blank) if piece["keys"] else escape(piece["text"]) for piece in line)
        if any("\t" in piece["text"] for piece in line):
            html = f'<span class="row">{html.replace(TAB, RULE)}</span>'
        written.append(html)
    return Markup("".join(written))


@pass_context
def spots(context: Context, page: Row) -> Markup:
    """The cells that are printed on a page, as links laid over its picture: each leads back to the form."""
    english = bool(context["english"])
    links = []
    for cell in context["pictured"][page["page"]]:
        key = escape(cell_key(cell["section"], cell["item"], cell["measure"]))
        said = escape(f"{_said(cell, '', [], english, context['transcribed'])}".lstrip("：: "))
        wide, high = cell["box_right"] - cell["box_left"], cell["box_bottom"] - cell["box_top"]
        box = f'x="{cell["box_left"]:g}" y="{cell["box_top"]:g}" width="{wide:.4g}" height="{high:.4g}"'
        links.append(f'<a class="spot" id="p-{key}" href="#c-{key}" data-keys="{key}"><title>{said}</title><rect {box}/></a>')
    return Markup("".join(links))


def _place(piece: Piece, blank: str) -> str:
    keys, begins = piece["keys"], piece["begins"]
    kind = "" if keys[0].partition("-")[0] not in SENTENCES else " sentence"
    kind, label = (kind, "") if piece["text"] else (" empty", f' aria-label="{blank}"')
    id = f' id="s-{begins[0]}"' if begins else ""
    others = "".join(f'<span id="s-{key}"></span>' for key in begins[1:])
    return f'<a{label} class="place{kind}"{id} href="#c-{keys[0]}" data-keys="{" ".join(keys)}">{others}{escape(piece["text"])}</a>'


def _said(cell: Row, where: str, found: list[tuple[int, Row]], english: bool, transcribed: bool) -> str:
    """How a cell was read, in a sentence: 新收 · 总计：照印“12件”，读作 12；列的依据：列标题正下方（表格）。发现 1：…"""
    said = [where, ": " if english else "：", words.word("transcribed_cell" if transcribed else "cell", cell["status"], english)]
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
        if finding["standing"] != "report":
            said.append(f"（{words.word('standing', finding['standing'], english)}）")
    return "".join(said).strip()


def _read_as(cell: Row, english: bool) -> str:
    """Money printed in another unit than yuan, in yuan."""
    value, printed = cell["value"], cell["printed"]
    if cell.get("unit") != "yuan" or value is None or not printed or printed in (words.number(value), str(value)):
        return ""
    return f'<small class="read-as">= {words.number(value)} {words.word("page", "yuan", english)}</small>'
