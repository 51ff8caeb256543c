"""Which names are one agency: with its province or without, of a listed zone; never two bodies by guess."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from portal.build.agencies import AGENCIES, Agencies
from portal.build.write import create


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("福建省平潭综合实验区管委会", "平潭综合实验区管理委员会"),
        ("福建省平潭综合实验区样例局", "平潭综合实验区样例局"),
        ("福建省平潭县样例局", "平潭县样例局"),
        ("福建省晋江市残联", "晋江市残疾人联合会"),
        ("江苏省淮安市洪泽区政府", "洪泽区人民政府"),
        ("江苏省南京市鼓楼区样例局", "南京市鼓楼区样例局"),
        ("内蒙古自治区呼和浩特市样例局", "呼和浩特市样例局"),
        ("国家税务总局福建省平潭县税务局", "国家税务总局平潭县税务局"),
    ],
)
@pytest.mark.parametrize("swapped", [False, True])
def test_a_name_that_begins_with_its_province_is_the_same_agency(one: str, other: str, swapped: bool) -> None:
    agencies = Agencies()
    first, second = (other, one) if swapped else (one, other)
    assert agencies.named(first) == agencies.named(second)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("江苏省鼓楼区样例局", "鼓楼区样例局"),  # two cities there have one, and other provinces too
        ("江苏省鼓楼区样例局", "南京市鼓楼区样例局"),
        ("江西省平潭县样例局", "平潭县样例局"),  # that county lies elsewhere
        ("江西省平潭综合实验区样例局", "平潭综合实验区样例局"),
        ("福建省样例局", "样例局"),
        ("辽宁省铁东区样例局", "吉林省铁东区样例局"),
        ("辽宁省铁东区样例局", "铁东区样例局"),
        ("福建省平潭县样例局", "福建省样例局"),
        ("重庆市渝中区样例局", "渝中区样例局"),  # a report's reader puts the city before it: nothing is left to guess here
    ],
)
def test_two_bodies_are_never_one_by_guess(one: str, other: str) -> None:
    agencies = Agencies()
    assert agencies.named(one).code != agencies.named(other).code


def test_a_bureau_of_a_listed_zone_lies_where_the_zone_does() -> None:
    agency = Agencies().named("福建省平潭综合实验区样例局")
    assert (agency.name, agency.region, agency.level, agency.code[:7]) == ("平潭综合实验区样例局", "350128", "prefecture", "350128-")


def listed(folder: Path, *lines: str) -> Agencies:
    header = AGENCIES.read_text(encoding="utf-8").partition("\n")[0]
    path = folder / "agencies.csv"
    path.write_text("\n".join([header, *lines, ""]), encoding="utf-8")
    return Agencies(path)


def test_the_list_says_since_when_and_until_when_and_who_came_after(tmp_path: Path) -> None:
    db: sqlite3.Connection = create(":memory:")
    listed(
        tmp_path,
        "350128-old,平潭县旧样例局,,county,department,350128,,,2018,350128-new",
        "350128-new,平潭县新样例局,,county,department,350128,,2019,,,1",
    ).write(db)
    found = db.execute("select code, since, until, merged_into, listed, for_government from agencies order by code").fetchall()
    assert found == [("350128-new", 2019, None, None, 1, 1), ("350128-old", None, 2018, "350128-new", 1, 0)]
    agencies = Agencies()
    agencies.named("平潭县样例局")
    agencies.write(db := create(":memory:"))
    assert db.execute("select listed from agencies where name = '平潭县样例局'").fetchone() == (0,)


@pytest.mark.parametrize(
    "line", ["350128-a,平潭县样例局,,county,department,350128,,,2018,350128-b", "350128-a,平潭县样例局,,county,department,350128,,soon,,"]
)
def test_a_list_that_names_nobody_or_no_year_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(ValueError):
        listed(tmp_path, line)
