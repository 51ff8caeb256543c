"""The portal's own pages and their JSON siblings; Datasette's pages stay open underneath.

An address is a pattern, what to read (portal.queries), and a template with the same name as its first word. The JSON
sibling answers with the very data that the template gets.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode

from datasette import hookimpl
from datasette.utils.asgi import BadRequest, NotFound, Response

from portal.pages import (
    addresses,
    at_once,
    catalogue,
    compare,
    coverage,
    export,
    findings,
    found,
    head,
    leads,
    named,
    passages,
    peers,
    prose,
    queries,
    regions,
    releases,
    report,
    sorting,
    years,
)
from portal.pages.described import described
from portal.pages.publisher import publisher_of
from portal.serve import asked
from portal.serve.refused import refusal
from portal.words import WORDS

Data = dict[str, Any]
T = TypeVar("T")
Read = Callable[[queries.Rows, Any], Data | Response | None]
Table = tuple[Sequence[str], Iterable[Data]]  # columns and rows
ASKED = 50  # years of a comparison
NOTHING = "没有这一页 · There is no such page"


@hookimpl  # type: ignore[untyped-decorator]
def register_routes(datasette: Any) -> list[tuple[str, Any]]:
    code = r"(?P<code>[^/]+?)"
    as_json = r"(?P<json>\.json)?$"
    return [
        (r"^/findings\.atom$", findings_atom),
        *((rf"^{path}/(?P<{choice}>[^/]+?)\.atom$", findings_atom) for choice, (path, _) in addresses.WITH_FEED.items()),
        (r"^/$", page("home", lambda rows, request: queries.home(rows))),
        (r"^/index(?P<json>\.json)$", page("home", lambda rows, request: queries.home(rows))),
        (rf"^/agencies{as_json}", page("agencies", _listed("agencies", catalogue.agencies), peers.sparks)),
        (r"^/agencies\.csv$", csv_of(_agencies)),
        (rf"^/reports{as_json}", page("reports", _listed("reports", catalogue.reports))),
        (r"^/reports\.csv$", csv_of(_reports)),
        (rf"^/years{as_json}", page("years", lambda rows, request: catalogue.all_years(rows, asked.sort(request)))),
        (rf"^/coverage{as_json}", page("coverage", _listed("coverage", coverage.coverage), coverage.grids)),
        (r"^/coverage\.csv$", csv_of(_coverage)),
        (rf"^/regions{as_json}", page("regions", _regions)),
        (
            rf"^/regions/{code}{as_json}",
            page("region", lambda rows, request: regions.region(rows, _code(request), asked.sort(request)), regions.tables),
        ),
        (
            rf"^/agencies/{code}{as_json}",
            page("agency", lambda rows, request: peers.agency(rows, _code(request)), peers.tables),
        ),
        (rf"^/years/(?P<year>\d{{4}}){as_json}", page("year", _year, years.tables)),
        (
            rf"^/reports/{code}{as_json}",
            page("report", lambda rows, request: report.report(rows, _code(request)), report.on_paper),
        ),
        (rf"^/checks{as_json}", page("checks", lambda rows, request: queries.checks(rows))),
        (rf"^/checks/{code}{as_json}", page("check", lambda rows, request: queries.check(rows, _code(request), asked.page(request)))),
        (rf"^/findings{as_json}", page("findings", _findings)),
        (r"^/findings\.csv$", findings_csv),
        (rf"^/search{as_json}", page("search", _search)),
        (r"^/suggest(?P<json>\.json)$", page("search", lambda rows, request: named.suggested(rows, asked.query(request)))),
        (rf"^/leads{as_json}", page("leads", lambda rows, request: leads.page(rows))),
        (r"^/leads/(?P<code>[^/]+?)\.csv$", csv_of(_lead_table)),
        (rf"^/leads/{code}{as_json}", page("lead", _lead)),
        (rf"^/passages{as_json}", page("passages", _passages)),
        (rf"^/compare{as_json}", page("compare", _comparison, peers.trends)),
        (r"^/compare\.csv$", csv_of(_comparison_table)),
        (rf"^/data{as_json}", page("data", lambda rows, request: {"releases": releases.releases(releases.folder_of(datasette))})),
        (r"^/about$", page("about", lambda rows, request: {})),
        (r"^/api$", page("article", lambda rows, request: {}, lambda data: prose.article(["api"], folded=True), "interface")),
        (
            r"^/accuracy$",
            page("article", lambda rows, request: {}, lambda data: prose.article(["accuracy", "checks"], folded=True), "accuracy"),
        ),
    ]


def page(name: str, read: Read, present: Callable[[Data], Data] = lambda data: {}, described_as: str = "") -> Any:
    """A view: reads the data, 404 if there is none, or an answer of its own, answers as JSON or through the template; `present` adds its layout. `described_as`:
    what page it is, where the template's name does not say."""
    described_as = described_as or name

    async def view(datasette: Any, request: Any) -> Response:
        database = datasette.get_database("portal")

        def answered(connection: sqlite3.Connection) -> tuple[Data, Data, Data, Data] | Response | None:
            rows = queries.rows_of(connection)
            data = read(rows, request)
            if data is None or isinstance(data, Response):
                return data
            if name in sorting.ORDERS:
                data = {**data, "sort": asked.sort(request) or sorting.ORDERS[name].unasked(asked.typed(request))}
            if request.url_vars.get("json"):
                return Response.json(data)
            return data, present(data), queries.of_build(rows), queries.last_build(rows)

        found = await database.execute_fn(answered)
        if found is None:
            return await refusal(datasette, request, NotFound(NOTHING))
        if isinstance(found, Response):
            return found
        data, shown, of_build, build = found
        json_address = sibling(request) if data else None  # prose has none
        about = head.head(datasette, request, described(described_as, data), build, json_address)
        ordered = sorting.shown(name, data)
        context = {"described_as": described_as, **data, **shown, **ordered, **about, **of_build, "json_address": json_address}
        drawn = at_once.template(datasette.jinja_env, f"{name}.html")
        return Response.html(await datasette.render_template(drawn, context, request=request, view_name="portal"))

    return view


def csv_of(read: Callable[[queries.Rows, Any, str], Table | None]) -> Any:
    """A view: reads a table, all of it, and answers with its CSV; 404 if there is none. `read` is given the portal's whole address too."""

    async def view(datasette: Any, request: Any) -> Response:
        def written(rows: queries.Rows) -> str | None:
            found = read(rows, request, _home(datasette, request))
            return found and export.as_csv(*found)

        table = await _read(datasette, written)
        if table is None:
            return await refusal(datasette, request, NotFound(NOTHING))
        return Response(table, content_type="text/csv; charset=utf-8")

    return view


def _comparison_table(rows: queries.Rows, request: Any, home: str) -> Table:
    """The comparison that was chosen, a row for each line and report."""
    return compare.CSV, compare.table(_compared(rows, request), queries.names(rows))


def _coverage(rows: queries.Rows, request: Any, home: str) -> Table:
    """The grid by agency, every page of it."""
    return coverage.table(rows, asked.choices(rows, request, catalogue.CHOICES["coverage"], unknown=True), asked.query(request))


def _lead_table(rows: queries.Rows, request: Any, home: str) -> Table | None:
    """All that a lead names, its caution beside each row."""
    return leads.table(rows, _code(request), asked.choices(rows, request, leads.CHOICES))


def _agencies(rows: queries.Rows, request: Any, home: str) -> Table:
    """The agencies of the list, every page of it."""
    found = catalogue.all_agencies(rows, *_narrowed("agencies", rows, request), asked.sort(request))
    return catalogue.AGENCIES_CSV, ({**row, "address": f"{home}/agencies/{row['code']}"} for row in found)


def _reports(rows: queries.Rows, request: Any, home: str) -> Table:
    """The reports of the list, every page of it."""
    found = catalogue.all_reports(rows, *_narrowed("reports", rows, request), asked.sort(request))
    return catalogue.REPORTS_CSV, ({**row, "address": f"{home}/reports/{row['id']}"} for row in found)


async def findings_csv(datasette: Any, request: Any) -> Response:
    """All findings that fit the choices, as a table for spreadsheets."""
    rows = await _read(datasette, lambda rows: findings.listed(rows, asked.of_findings(rows, request), asked.sort(request) or "newest"))
    names = await datasette.get_database("portal").execute_fn(lambda conn: conn.execute(queries.FINDINGS + " limit 0").description)
    columns = [*(name for name, *_ in names if name != "date"), "address"]
    home = _home(datasette, request)
    table = export.as_csv(columns, ({**row, "address": _address(home, row)} for row in rows))
    return Response(table, content_type="text/csv; charset=utf-8")


async def findings_atom(datasette: Any, request: Any) -> Response:
    """The newest findings that fit the choices, as a feed; those before them on its further pages. The path or the query says which."""
    number, of_path = asked.page(request), dict(request.url_vars)

    def read(rows: queries.Rows) -> tuple[list[Data], int, str, str] | None:
        if findings.misunderstood(rows, of_path):
            return None
        chosen = of_path or asked.of_findings(rows, request)
        listed = findings.listed(rows, chosen, size=findings.FEED, skip=findings.FEED * (number - 1))
        return listed, findings.feed_pages(rows, chosen), findings.said(rows, chosen), queries.last_build(rows)["built_at"]

    found = await _read(datasette, read)
    if found is None:
        return await refusal(datasette, request, NotFound(NOTHING))
    rows, last, of, built = found
    chosen = [(name, value) for name, value in parse_qsl(request.query_string) if name not in ("page", "lang")]
    itself = addresses.feed(of_path)

    def address(path: str, page: int = 1) -> str:
        query = urlencode([*chosen, *([("page", str(page))] if page > 1 else [])])
        return _public(datasette, request, path) + (f"?{query}" if query else "")

    others = {"first": 1, "previous": number - 1, "next": number + 1, "last": last}
    pages = {rel: address(itself, page) for rel, page in others.items() if last > 1 and 1 <= page <= last}
    about = export.Feed(of, built, address(itself.removesuffix(".atom")), address(itself), address(itself, number), pages)
    home = _home(datasette, request)
    return Response(export.as_atom(rows, about, lambda row: _address(home, row)), content_type="application/atom+xml; charset=utf-8")


async def _read(datasette: Any, read: Callable[[queries.Rows], T]) -> T:
    found: T = await datasette.get_database("portal").execute_fn(lambda connection: read(queries.rows_of(connection)))
    return found


def _address(home: str, finding: Data) -> str:
    return f"{home}/reports/{finding['report_id']}#finding-{finding['id']}"


def _home(datasette: Any, request: Any) -> str:
    """The portal's whole address, without a slash at its end."""
    return _public(datasette, request, "/").rstrip("/")


def _public(datasette: Any, request: Any, path: str) -> str:
    """The whole address of a page: of the address that the publisher has stated, else of the one asked."""
    here = str(datasette.absolute_url(request, datasette.urls.path(path)))
    return publisher_of(datasette.plugin_config("portal")).permalink(path, here)


def sibling(request: Any) -> str:
    """The address of a page's JSON, with the page's own parameters."""
    route = request.scope.get("route_path", request.path)  # without a base_url
    path = "/index.json" if route == "/" else f"{route}.json"
    query = urlencode([pair for pair in parse_qsl(request.query_string, keep_blank_values=True) if pair[0] != "lang"])
    return path + (f"?{query}" if query else "")


def _code(request: Any) -> str:
    return str(request.url_vars["code"])


def _narrowed(name: str, rows: queries.Rows, request: Any) -> tuple[dict[str, str], str]:
    """What of a list is asked: the choices that it has, and a name. BadRequest for what can be no such thing."""
    return asked.choices(rows, request, catalogue.CHOICES[name], unknown=True), asked.query(request)


def _listed(name: str, read: Callable[..., Data]) -> Read:
    """Reads a page of a list, as far as it is asked for, and in the order asked where it can be sorted."""

    def listed(rows: queries.Rows, request: Any) -> Data:
        order = [asked.sort(request)] if name in sorting.ORDERS else []
        return read(rows, *_narrowed(name, rows, request), asked.page(request), *order)

    return listed


def _regions(rows: queries.Rows, request: Any) -> Data:
    return catalogue.regions(rows, asked.query(request), asked.page(request), asked.sort(request))


def _findings(rows: queries.Rows, request: Any) -> Data:
    return findings.page(rows, asked.of_findings(rows, request), asked.sort(request) or "newest", asked.page(request))


def _year(rows: queries.Rows, request: Any) -> Data | None:
    return years.year(rows, int(request.url_vars["year"]), asked.page(request), asked.sort(request))


def _compared(rows: queries.Rows, request: Any) -> Data:
    wanted = [year for year in dict.fromkeys(request.args.getlist("year")) if year][-ASKED:]
    for year in wanted:
        if sentence := catalogue.misunderstood(rows, {"year": year[:100]}):
            raise BadRequest(sentence)
    agencies = [code for code in dict.fromkeys(request.args.getlist("agency")) if code][: compare.MOST]
    data = compare.compare(rows, agencies, list(map(int, wanted)), asked.query(request), request.args.get("differing") == "on")
    if data["unknown"] and not data["chosen"]:
        unknown = "、".join(code[:100] for code in data["unknown"])
        raise BadRequest(f"没有这样的{WORDS['facet']['agency'][0]}：“{unknown}” (no such agency)")
    return data


def _comparison(rows: queries.Rows, request: Any) -> Data | Response:
    """The comparison; an agency that was typed stands in the page's address as the others do, so that it can be kept."""
    data = _compared(rows, request)
    if not data["added"] or request.url_vars.get("json"):
        return data
    kept = [pair for pair in parse_qsl(request.query_string) if pair[0] not in ("q", "agency")]
    return Response.redirect("?" + urlencode([*(("agency", row["code"]) for row in data["chosen"]), *kept]))


def _lead(rows: queries.Rows, request: Any) -> Data | None:
    return leads.lead(rows, _code(request), asked.choices(rows, request, leads.CHOICES), asked.page(request))


def _passages(rows: queries.Rows, request: Any) -> Data | None:
    report, other = (request.args.get(name) or "" for name in ("report", "other"))
    return passages.side_by_side(rows, report, other) if report or other else passages.pairs(rows, asked.page(request))


def _search(rows: queries.Rows, request: Any) -> Data:
    chosen = asked.choices(rows, request, found.CHOICES)
    typed, number = asked.typed(request), asked.page(request)
    query = typed[: asked.LONGEST].strip()
    texts = found.page(rows, query, number, chosen)
    left_out = max(0, len(typed) - asked.LONGEST)  # said on the page: what a reader pastes is mostly found by its beginning
    return {**texts, "left_out": left_out, **named.named(rows, query if number == 1 and not chosen else "", elsewhere=texts["total"] > 0)}
