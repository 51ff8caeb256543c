"""The rows of tables with very many cells: an agency's checks over the years, reports side by side, main figures.

A page has up to two thousand of these cells, so they are written here and not in a template. The codes within addresses are safe in HTML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from portal import words
from portal.pages.queries import Row
from portal.pages.source_marks import cell_key


def figure_cells(row: Row, codes: Iterable[str]) -> Markup:
    """The cells of some figures of a row."""
    return Markup("".join(f'<td class="number">{words.number(row[code])}</td>' for code in codes))


@pass_context
def outcome_rows(context: Context, lines: Iterable[Row]) -> Markup:
    """A row for each check of an agency, a cell for each report: what came of the check (portal.pages.agency)."""
    english, link, agency = bool(context["english"]), context["link"], context["agency"]["code"]
    unseen = {code: f'<span class="unseen">{escape(words.word("outcome", code, english))}</span>' for code in words.WORDS["outcome"]}
    plain = {
        code: f'<span class="outcome-mark {code}" title="{escape(words.word("outcome", code, english))}">'
        f"{'✓' if code == 'pass' else '○'}{unseen[code]}</span>"
        for code in unseen
    }
    counted = escape(words.word("page", "count_of_findings", english))
    unsure = words.word("page", "unsure", english)

    def cell(line: Row, outcome: Row | None, year: int | None) -> str:
        if not outcome:
            return ""
        if not outcome["findings"]:
            return plain[outcome["outcome"]]
        kind = " unsure" if outcome["in_doubt"] == outcome["findings"] else ""
        address = escape(link("/findings", agency=agency, check=line["check_code"], year=year))
        in_doubt = f' <small class="caution">{unsure} {outcome["in_doubt"]}</small>' if outcome["in_doubt"] else ""
        title = escape(words.word("outcome", "fail", english))
        return (
            f'<a class="outcome-mark fail{kind}" href="{address}" title="{title}">✗ {outcome["findings"]}'
            f' <span class="unseen">{counted}</span></a>{in_doubt}'
        )

    rows = []
    for line in lines:
        name = escape(line["check_name_en" if english else "check_name"])
        cells = "".join(f"<td>{cell(line, line['outcomes'][id], year)}</td>" for id, year in context["years"])
        rows.append(f'<tr><th scope="row"><a href="{escape(link("/checks/" + line["check_code"]))}">{name}</a></th>\n{cells}</tr>')
    return Markup("".join(rows))


@pass_context
def compared_rows(context: Context, lines: Iterable[Row]) -> Markup:
    """A row for each line of a comparison, a cell for each report (portal.pages.compare)."""
    english, names, link = bool(context["english"]), context["names"], context["link"]

    def name(table: str, code: str) -> Markup:
        return escape((names[table].get(code) or {}).get("name_en" if english else "name") or code)

    def word(kind: str, code: str) -> Markup:
        return escape(words.word(kind, code, english))

    uneven = f' <strong class="unequal">{word("compared", "uneven")}</strong>'
    reports = [escape(link(f"/reports/{row['id']}")) for row in context["reports"]]
    rows = []
    for line in lines:
        own = line["words"]  # of the only edition that is compared
        item, measure = (own or line)["item"], (own or line)["measure"]
        said = escape(own["item_words"]) if own and not english else name("items", item)
        if line["part_of"] and not english and not said.startswith(whole := word("answered", line["part_of"])):
            said = whole + Markup(" · ") + said  # 不予公开 · 属于国家秘密; in English its own name says so
        if line["section"] != "applications" or measure != "total":
            said += Markup(" · ") + (escape(own["measure_words"]) if own and not english else name("measures", measure))
        cells = "".join(
            f"<td>{_told(cell, line['section'], measure, report, name, word)}{_disputed(cell, report, word)}</td>"
            for cell, report in zip(line["cells"], reports, strict=True)
        )
        kind, mark = (' class="uneven"', uneven) if line["uneven"] else ("", "")
        rows.append(f'<tr{kind}><th scope="row">{said}{mark}</th>{cells}</tr>\n')
    return Markup("".join(rows))


def _disputed(cell: Row, report: str, word: Callable[[str, str], Any]) -> str:
    """Where a finding says that the figure may be wrong: a link to it."""
    finding = cell["disputed_by"]
    return f'<small><a href="{report}#finding-{escape(finding)}">{word("compared", "disputed")}</a></small>' if finding else ""


def _told(cell: Row, section: str, measure: str, report: str, name: Callable[[str, str], Any], word: Callable[[str, str], Any]) -> str:
    """What stands in a cell of a comparison: a figure as a link to its place in the report, whose address is given, or why there is none.
    `measure` is what the line is called by."""
    status = cell["status"]
    if status == "not_comparable":
        return f'<span class="quiet">{word("compared", status)}</span>'
    if status in ("missing", "not_added"):
        shown = word("page", "not_found") if status == "missing" else "—"
        return f'<span class="quiet" title="{word("compared", status)}">{shown}</span>'
    if status == "added":
        return f"{words.number(cell['value'])}<small>{word('compared', 'added')}</small>"
    shown = f'<span class="quiet">{word("cell", status)}</span>' if cell["value"] is None else words.number(cell["value"])
    address = f"{report}#c-{cell_key(section, cell['item'], cell['measure'])}"
    yuan = f' <span class="quiet">{word("page", "yuan")}</span>' if cell["unit"] == "yuan" else ""
    inferred = f"<small>{word('cell', 'inferred')}</small>" if status == "inferred" else ""
    other = f"<small>{name('measures', cell['measure'])}</small>" if cell["measure"] != measure else ""
    return f'<a class="printed" href="{address}">{shown}</a>{yuan}{inferred}{other}'
