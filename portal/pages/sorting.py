"""By which columns a reader sorts a list: `?sort=findings` from the least on, `?sort=-findings` from the most; what has no value stands last."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from portal.pages.queries import PRINTED, Row

_NEWEST = "reports.year desc, reports.id"
_OF_THEIRS = "(select {} from reports where reports.agency = agencies.code and reports.status <> 'refused')"
_AS_LISTED = "agencies.region is null, agencies.code"


@dataclass(frozen=True)
class Orders:
    """The columns of one list that it is sorted by: each with what it holds, in SQL, and how rows are ordered that are alike in it. `down`: a
    reader asks for these from the most on. `usual`: the order of the list when none is asked and no name is looked for; None: by no column."""

    columns: Mapping[str, tuple[str, str]]
    down: Collection[str] = ()
    usual: str | None = None
    usual_of_name: str | None = None  # where a name is looked for

    @property
    def names(self) -> list[str]:
        """All that may be asked."""
        return [name for column in self.columns for name in (column, f"-{column}")]

    def by(self, sort: str) -> str:
        """An order as SQL has it."""
        column = sort.removeprefix("-")
        value, alike = self.columns[column]
        return f"{value} {'asc' if column == sort else 'desc'} nulls last, {alike}"

    def unasked(self, query: str = "") -> str | None:
        return self.usual_of_name if query.strip() else self.usual

    def after(self, sort: str | None, column: str) -> str:
        """What a column's head asks of a list that is in an order: of its own column the other way round.

        >>> ORDERS["reports"].after("-year", "year"), ORDERS["reports"].after("-year", "findings"), ORDERS["reports"].after("-year", "agency")
        ('year', '-findings', 'agency')
        """
        falls = sort == column or (sort != f"-{column}" and column in self.down)
        return f"-{column}" if falls else column


_COUNTED = ("agencies", "reports", "findings")  # in columns of these names
_REGIONS = Orders({"name": ("regions.pinyin", "regions.code"), **{column: (column, "regions.code") for column in _COUNTED}}, _COUNTED)
ORDERS = {
    "reports": Orders(
        {
            "agency": ("(select pinyin from agencies where code = reports.agency)", _NEWEST),
            "region": ("reports.region", _NEWEST),
            "year": ("reports.year", "reports.region is null, reports.region, reports.id"),
            "date": ("coalesce(reports.published_on, reports.signed_on)", "reports.id"),
            "findings": ("reports.findings", _NEWEST),
        },
        ("year", "date", "findings"),
        "-year",
        "-year",
    ),
    "agencies": Orders(
        {
            "name": ("agencies.pinyin", "agencies.code"),
            "region": ("agencies.region", "agencies.code"),
            "reports": (_OF_THEIRS.format("count(*)"), _AS_LISTED),
            "last_year": (_OF_THEIRS.format("max(year)"), _AS_LISTED),
            "findings": (_OF_THEIRS.format("coalesce(sum(findings), 0)"), _AS_LISTED),
        },
        ("reports", "last_year", "findings"),
        "region",
    ),
    "regions": _REGIONS,
    "region": _REGIONS,  # those within one
    "years": Orders({column: (column, "year desc") for column in ("year", *_COUNTED)}, ("year", *_COUNTED), "-year"),
    "year": Orders(
        {
            "agency": ("(select pinyin from agencies where code = reports.agency)", "reports.id"),
            "findings": ("reports.findings", "reports.id"),
            **{code: (printed, "reports.id") for code, printed in PRINTED.items()},
        },
        ("findings", *PRINTED),
    ),
}


def shown(name: str, data: Row) -> dict[str, Any]:
    """For the template of a list: its `orders`, and in `ordered` the one that its links keep, where it is not the usual one."""
    orders = ORDERS.get(name)
    if orders is None:
        return {}
    unasked = orders.unasked(data.get("query") or "")
    return {"orders": orders, "ordered": {"sort": data["sort"]} if data["sort"] != unasked else {}, "unasked": unasked}
