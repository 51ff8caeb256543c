"""Who an agency is: by hand from data/agencies.csv, else by the region its name begins with and the name itself."""

from __future__ import annotations

import csv
import hashlib
import re
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from parsers.identity.agency import in_full
from parsers.identity.names import squeezed
from parsers.printed.regions import by_code, by_name, full_name, leading_regions, lies_in, national_prefix, region_of, regions
from portal.data import DATA

AGENCIES = DATA / "agencies.csv"


@dataclass(frozen=True)
class Agency:
    """An agency; `code` is <six-digit region code>-<slug>, `region` None when no region's name begins its own.

    `since` and `until` are the first and the last year that it has to report on, None where nothing is known, or no end; `merged_into` is
    the code of the agency that reports for it afterwards; `listed`: in agencies.csv; `for_government`: it reports in the stead of its
    region's government.
    """

    code: str
    name: str
    level: str | None
    kind: str
    region: str | None
    parent: str | None = None
    other_names: str = ""
    since: int | None = None
    until: int | None = None
    merged_into: str | None = None
    listed: bool = False
    for_government: bool = False


class Agencies:
    """The agencies known by hand, and those met in a build.

    Raises ValueError if agencies.csv gives one name to two, a year that is none, or a code to merge into that it does not list.
    """

    def __init__(self, path: Path = AGENCIES) -> None:
        self._by_code: dict[str, Agency] = {}
        self._by_name: dict[str, Agency] = {}
        self._zones: dict[str, str] = {}  # names of places that only the list has, and their regions
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                self._add(_listed({name: value or None for name, value in row.items()}))
        for agency in self._by_code.values():
            if agency.merged_into and agency.merged_into not in self._by_code:
                raise ValueError(f"agencies.csv: {agency.code} is merged into {agency.merged_into}, which is not listed")

    def _add(self, agency: Agency) -> Agency:
        for name in [agency.name, *filter(None, agency.other_names.split("；"))]:
            if name in self._by_name:
                raise ValueError(f"agencies.csv: the name {name} stands for {self._by_name[name].code} and {agency.code}")
            self._by_name[name] = agency
            if agency.kind == "government" and agency.region and name.endswith("区") and name not in by_name():
                self._zones[name] = agency.region
        self._by_code[agency.code] = agency
        return agency

    def named(self, name: str) -> Agency:
        """The agency of this name, listed or made from the name; one with a short last word (管委会), or with its province before
        its place, is the same without."""
        name = squeezed(name)
        whole = in_full(name)
        shorter = without_province(whole, self._zones)
        return next(filter(None, map(self._by_name.get, (name, whole, shorter))), None) or self._add(self._met(shorter))

    def _met(self, name: str) -> Agency:
        """An agency that is in no list; one of a listed zone (平潭综合实验区) lies where its zone does."""
        zone = max((zone for zone in self._zones if name.startswith(zone)), key=len, default=None)
        if zone is None or region_of(name):
            return unlisted(name)
        made, of = unlisted(name), self._by_name[zone]
        level = made.level or of.level
        return replace(made, code=f"{of.region}{made.code[6:]}", region=of.region, level=level)

    def coded(self, code: str) -> Agency:
        """The agency of this code. Raises KeyError if it is none that is listed or was met."""
        return self._by_code[code]

    def write(self, db: sqlite3.Connection) -> None:
        """Fill `regions` and `agencies`; what stands there already stays, what is said otherwise now or no more goes."""
        places = [(region.code, region.name, region.parent) for region in regions()]
        db.executemany("insert or ignore into regions (code, name, parent) values (?, ?, ?)", places)
        names = [field.name for field in fields(Agency)]
        columns, marks = ", ".join(names), ", ".join("?" for _ in names)
        known = [tuple((asdict(agency) | {"other_names": agency.other_names or None}).values()) for agency in self._by_code.values()]
        there = set(db.execute(f"select {columns} from agencies"))  # noqa: S608 the names are the class's
        db.executemany("delete from agencies where code = ?", [row[:1] for row in there.difference(known)])
        db.executemany(f"insert into agencies ({columns}) values ({marks})", [row for row in known if row not in there])  # noqa: S608


def _listed(row: Mapping[str, str | None]) -> Agency:
    """An agency as a line of agencies.csv has it; a cell without anything is None."""
    years = {name: int(value) if (value := row[name]) else None for name in ("since", "until")}
    names = ("level", "region", "parent", "merged_into")
    code, name, kind = row["code"] or "", row["name"] or "", row["kind"] or ""
    said = {"other_names": row["other_names"] or "", "listed": True, "for_government": row.get("for_government") == "1"}
    return Agency(code=code, name=name, kind=kind, **said, **{n: row[n] for n in names}, **years)  # type: ignore[arg-type]


def without_province(name: str, zones: Mapping[str, str]) -> str:
    """The name without the province before its place, where GB/T 2260 or `zones`, places with their regions, show one such place in
    that province and no other of its name; else the name as it is. A district then has its city before it.

    >>> without_province("福建省平潭县民政局", {}), without_province("辽宁省铁东区民政局", {}), without_province("福建省民政厅", {})
    ('平潭县民政局', '鞍山市铁东区民政局', '福建省民政厅')
    >>> without_province("福建省样例实验区管理委员会", {"样例实验区": "350128"}), without_province("江西省样例实验区管理委员会", {"样例实验区": "350128"})
    ('样例实验区管理委员会', '江西省样例实验区管理委员会')
    """
    own = name[national_prefix(name) :]
    chain, _ = leading_regions(own)
    if not chain or not chain[0].code.endswith("0000") or chain[0].name.endswith("市"):
        return name  # of a municipality's districts the city is part of the name
    province, rest = chain[0], own.removeprefix(chain[0].name)
    listed = any(rest.startswith(zone) and lies_in(by_code()[region], province) for zone, region in zones.items())
    if not listed and len(chain) == 1:
        return name
    whole = rest if listed else full_name(rest, province.name)
    if not listed and [region.code for region in leading_regions(whole)[0]][-1:] != [chain[-1].code]:
        return name  # without the province another place may be meant
    return name.removesuffix(own) + whole


def unlisted(name: str) -> Agency:
    """An agency that is in no list: the slug is the first eight hex digits of the name's SHA-256.

    >>> unlisted("桃江县松木塘镇人民政府").code[:7], unlisted("桃江县松木塘镇人民政府").level
    ('430922-', 'township')
    """
    place = region_of(name)
    region = place.code if place else None
    _, length = leading_regions(name)
    slug = hashlib.sha256(name.encode()).hexdigest()[:8]
    return Agency(f"{region or '000000'}-{slug}", name, _level(name, region), _kind(name, length), region)


def _level(name: str, region: str | None) -> str | None:
    if re.search("[镇乡](?:人民政府)?$|街道(?:办事处)?$", name):
        return "township"
    if region is None:
        return "national" if re.search("^(?:国家|国务院)|^[一-鿿]{2,6}(?<![宣织战装])部$|^中国[一-鿿]+(?:会|局)$", name) else None
    chain, _ = leading_regions(name)
    if _BRANCH.search(name) and region.endswith("00") and chain and chain[-1].code == region:
        return None  # a branch for a place that no list has: not of the level of its body
    return "province" if region.endswith("0000") else "prefecture" if region.endswith("00") else "county"


_BRANCH = re.compile("(?:分局|大队|中队|分院|管理所|税务所|派出所)$")

# What a department of a local government ends in, and what ends so and is none: bodies of the party, congresses, courts, branches of
# national organs, parts of a department. Hospitals, centres, associations end otherwise. Art. 49 sets departments alone a deadline.
_DEPARTMENT = re.compile("(?:局|厅|委员会|委|办公室|办公厅|办|署)$")
_NO_DEPARTMENT = re.compile(
    "^中共|[省市县区州旗盟]委(?!员会)|纪律检查|人大|人民代表大会|政协|政治协商|^国家|^中华人民共和国|分局$|"
    "(?:海事|气象|烟草专卖|邮政管理|通信管理|税务|国家安全|监管|监督管理总)局$"
)


def _kind(name: str, region_length: int) -> str:
    """government, department or organisation.

    >>> [_kind(name, 3) for name in ("晋江市教育局", "晋江市第一医院", "晋江市委办公室", "国家税务总局晋江市税务局", "晋江市")]
    ['department', 'organisation', 'organisation', 'organisation', 'government']
    """
    if re.search("人民政府$|管理委员会$|[镇乡]$|街道(?:办事处)?$", name) or len(name) == region_length:
        return "government"
    return "department" if _DEPARTMENT.search(name) and not _NO_DEPARTMENT.search(name) else "organisation"
