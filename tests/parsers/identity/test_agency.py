"""Whose report it is: an office's name completed by what the document says of its place, and what stays open."""

from __future__ import annotations

import pytest

from parsers import read_report
from tests.support.identified import identity


def test_our_office_is_nobodys() -> None:
    found, notes = identity("2021年政府信息公开工作年度报告", "2021年，我局登载信息若干，本单位未收到申请。")
    assert found.agency is None and "agency_open" in notes


def test_a_district_office_is_completed_by_its_full_name_in_the_text() -> None:
    found, notes = identity("区统计局2021年政府信息公开工作年度报告", "2021年，襄州区统计局登载信息若干。")
    assert found.agency == "襄阳市襄州区统计局" and "agency_concluded" in notes


def test_a_superior_of_another_level_does_not_complete_it() -> None:
    found, notes = identity("区统计局2021年政府信息公开工作年度报告", "2021年，在襄阳市统计局指导下登载信息若干。")
    assert found.agency is None and "区统计局" in notes["agency_open"]


def test_a_district_office_is_completed_by_its_governments_site() -> None:
    found, _ = identity("区统计局2021年政府信息公开工作年度报告", "2021年，在襄州区人民政府网站登载信息若干。")
    assert found.agency == "襄阳市襄州区统计局"
    found, notes = identity("区统计局2021年政府信息公开工作年度报告", "2021年，襄州区政府与相山区政府交流。")
    assert found.agency is None and "agency_open" in notes


@pytest.mark.parametrize(
    ("office", "url", "line", "agency"),
    [
        ("区样例局", "http://www.hongze.gov.cn/", "", "淮安市洪泽区样例局"),
        ("区样例局", "http://www.huaian.gov.cn/", "", None),  # the city's site shows the reports of all its districts
        ("区样例局", "http://www.xihu.gov.cn/", "", None),  # 西湖区 in two cities, 溪湖区 in a third
        ("区样例局", None, "联系地址：淮安市洪泽区样例路1号", "淮安市洪泽区样例局"),
        ("区样例局", None, "地址：淮安市洪泽区样例路\n地址：淮安市淮阴区样例路", None),
        ("市样例局", "http://www.quanzhou.gov.cn/", "地址：泉州市丰泽区样例路", None),  # it may be a city in 泉州
        ("样例局", "http://www.hongze.gov.cn/", "", None),
        ("鼓楼区样例局", "http://gulou.nanjing.gov.cn/", "", "南京市鼓楼区样例局"),
        ("鼓楼区样例局", "http://www.gulou.gov.cn/", "", "鼓楼区样例局"),
    ],
)
def test_an_office_is_completed_by_its_address(office: str, url: str | None, line: str, agency: str | None) -> None:
    link = f"网址：{url}\n" if url else ""
    found, _ = identity(f"{link}{office}2021年政府信息公开工作年度报告", f"这一年登载信息若干。\n{line}")
    assert found.agency == agency


def test_the_prefecture_named_in_a_county_citys_text_does_not_complete_it() -> None:
    found, _ = identity("市统计局2021年政府信息公开工作年度报告", "2021年，按照泉州市人民政府部署登载信息若干。")
    assert found.agency is None


def test_the_signature_names_the_agency() -> None:
    found, _ = identity("2021年政府信息公开工作年度报告", end="晋江市样例局\n2022年1月20日")
    assert found.agency == "晋江市样例局"
    found, _ = identity("市样例局2021年政府信息公开工作年度报告", end="晋江市样例局\n2022年1月20日")
    assert found.agency == "晋江市样例局"


def test_the_publisher_named_on_the_page() -> None:
    found, _ = identity("发布机构：晋江市样例局\n2021年政府信息公开工作年度报告")
    assert found.agency == "晋江市样例局"
    found, notes = identity("发布机构：晋江市人民政府办公室\n2021年政府信息公开工作年度报告")
    assert found.agency is None and "agency_open" in notes  # it may publish its government's report or its own


@pytest.mark.parametrize(
    ("title", "text", "agency"),
    [
        ("鼓楼区样例局", "这一年登载信息若干。", "鼓楼区样例局"),
        ("鼓楼区样例局", "按照南京市部署登载信息若干。", "南京市鼓楼区样例局"),
        ("鼓楼区样例局", "按照福建省部署登载信息若干。", "福州市鼓楼区样例局"),
        ("西湖区样例局", "赴杭州市、南昌市学习。", "西湖区样例局"),
        ("西湖区样例局", "赴杭州市学习；地址：南昌市西湖区样例路。", "南昌市西湖区样例局"),
        ("南京市鼓楼区样例局", "赴福州市学习。", "南京市鼓楼区样例局"),
        ("相山区样例局", "这一年登载信息若干。", "淮北市相山区样例局"),
    ],
)
def test_a_place_of_which_there_are_several_is_decided_by_the_document_or_open(title: str, text: str, agency: str) -> None:
    found, notes = identity(f"{title}2021年政府信息公开工作年度报告", text)
    assert found.agency == agency
    assert ("place_open" in notes) == (agency in ("鼓楼区样例局", "西湖区样例局"))


def test_a_town_is_completed_by_the_county_printed_before_it() -> None:
    found, _ = identity("松木塘镇2021年政府信息公开工作年度报告", "2021年，桃江县松木塘镇人民政府登载信息若干。")
    assert found.agency == "桃江县松木塘镇"
    found, _ = identity("松木塘镇2021年政府信息公开工作年度报告", "2021年，桃江县松木塘镇与安化县松木塘镇登载信息若干。")
    assert found.agency == "松木塘镇"


def test_an_office_without_a_place_is_open() -> None:
    found, notes = identity("审计局2021年政府信息公开工作年度报告")
    assert found.agency is None and "审计局" in notes["agency_open"]
    found, notes = identity("样例镇人民政府2021年政府信息公开工作年度报告")
    assert found.agency == "样例镇人民政府" and "place_open" in notes


def test_a_notice_reposted_by_an_office_is_not_its_report() -> None:
    text = "发布机构 | 晋江市样例局 | 发文日期 | 2021-10-08 |\n关于印发《政府信息公开工作年度报告格式》的通知\n一、总体情况\n规章\n"
    assert read_report(text.encode()).identity.agency is None
