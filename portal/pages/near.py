"""What is near to an address that is not there, or to a choice that is no code: each with its name and an address of the portal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlencode

from portal.pages import named, parameters
from portal.pages.queries import Row, Rows

MOST = 6
PAGES = ("findings", "search", "leads", "passages", "compare", "agencies", "coverage", "reports", "regions", "years", "checks", "data", "about",
         "api", "accuracy", "draft", "portal")  # fmt: skip
Pairs = Sequence[tuple[str, str]]
_ENDING = re.compile(r"\.(?:json|csv|atom)$")
_OF_YEAR = re.compile(r"(?P<agency>.+?)-(?P<year>\d{4})(?:-.*)?")
_REGION = re.compile(r"\d{6}(?=-|$)")


def near_page(rows: Rows, path: str) -> list[Row]:
    """What may be meant by an address without a page: the agency and its years nearest to that asked, what is so named, the years nearest,
    the address in small letters."""
    ending = found[0].lower() if (found := _ENDING.search(path)) else ""
    first, _, rest = path.removesuffix(ending if path.endswith(ending) else path[-len(ending) :]).strip("/").partition("/")
    page = first.lower() if first.lower() in PAGES else parameters.nearest(first.lower(), PAGES)
    if page not in PAGES:
        return []
    kind = {"reports": _reports, "agencies": _agencies, "regions": _regions, "years": _years, "checks": _checks}.get(page)
    if rest and kind:
        ending = ending if ending != ".atom" else ""
        return [{"name": row["name"], "address": f"/{row['address']}{ending}"} for row in kind(rows, rest.strip("/"))][:MOST]
    return [{"name": f"/{page}{ending}", "address": f"/{page}{ending}"}] if f"/{page}{ending}" != path else []


def _reports(rows: Rows, asked: str) -> list[Row]:
    if there := rows("select id from reports where id = :id", {"id": asked.lower()}):
        return [{"name": there[0]["id"], "address": f"reports/{there[0]['id']}"}]
    found = _OF_YEAR.fullmatch(asked)
    agency = found["agency"] if found else asked
    whose = rows("select code, name from agencies where code = :code", {"code": agency.lower()})
    if not whose:
        return _agencies(rows, agency)
    of = {"agency": whose[0]["code"], "year": int(found["year"]) if found else 9999}
    years = rows(
        "select id, year from reports where agency = :agency and year is not null and status <> 'refused'"
        " order by abs(year - :year), year desc, id limit 3",
        of,
    )
    return [
        {"name": whose[0]["name"], "address": f"agencies/{whose[0]['code']}"},
        *({"name": f"{whose[0]['name']} {row['year']}", "address": f"reports/{row['id']}"} for row in years),
    ]


def _agencies(rows: Rows, asked: str) -> list[Row]:
    there = rows("select code, name from agencies where code = :code", {"code": asked.lower()})
    if region := _REGION.match(asked):
        there += rows(
            "select code, name from agencies where region = :region and code <> :code order by code",
            {"region": region[0], "code": asked.lower()},
        )
        return [{"name": row["name"], "address": f"agencies/{row['code']}"} for row in there]
    return [{"name": row["name"], "address": row["address"].strip("/")} for row in named.suggested(rows, asked[:100])["suggestions"]]


def _regions(rows: Rows, asked: str) -> list[Row]:
    return [row for row in _agencies(rows, asked) if row["address"].startswith("regions/")] or _agencies(rows, asked)


def _years(rows: Rows, asked: str) -> list[Row]:
    if not re.fullmatch(r"\d{4}", asked):
        return []
    nearest = "select distinct year from reports where year is not null order by abs(year - :year), year desc limit 3"
    return [{"name": str(row["year"]), "address": f"years/{row['year']}"} for row in rows(nearest, {"year": int(asked)})]


def _checks(rows: Rows, asked: str) -> list[Row]:
    code = parameters.nearest(asked.lower(), [row["code"] for row in rows("select code from checks", {})])
    return [{"name": code, "address": f"checks/{code}"}] if code else []


def near_choice(rows: Rows, path: str, asked: Pairs) -> list[Row]:
    """The same address with the code of a region or an agency whose name was given for it."""
    found: list[Row] = []
    for name, value in asked:
        part = {"region": "regions", "agency": "agencies"}.get(name)
        if not part or rows(f"select code from {part} where code = :code", {"code": value}):  # noqa: S608 one of the two
            continue
        for row in named.named(rows, value[:100])[f"named_{part}"]["rows"]:
            code = [(name, row["code"]) if pair == (name, value) else pair for pair in asked]
            found.append({"name": f"{row['name']} {row['code']}", "address": _address(path, code)})
    return found[:MOST]


def mended(path: str, asked: Pairs, unknown: parameters.Unknown) -> list[Row]:
    """The address with the nearest name in the place of that which there is not; none if that makes no other."""
    wrong, near = unknown.name, unknown.near
    if not near:
        return []

    def pair(name: str, value: str) -> tuple[str, str]:
        if name == wrong or name in (f"_search_{wrong}", f"_{wrong}"):
            return name.removesuffix(wrong) + near, value
        column, _, operator = name.rpartition("__")
        return (f"{column}__{near}", value) if operator == wrong else (name, near if value == wrong else value)

    right = [pair(*one) for one in asked]
    return [{"name": near, "address": _address(path, right)}] if right != [*asked] else []


def of_table(path: str, unknown: parameters.Unknown) -> list[Row]:
    """The address of the table whose name is the nearest."""
    if not unknown.near:
        return []
    return [{"name": unknown.near, "address": path.replace(f"/portal/{unknown.name}", f"/portal/{unknown.near}", 1)}]


def _address(path: str, asked: Pairs) -> str:
    query = urlencode([pair for pair in asked if pair[0] != "lang"])
    return path + (f"?{query}" if query else "")
