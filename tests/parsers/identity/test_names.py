"""Names are built from places that exist and words that names have: whatever stands before them, they are the same or none."""

from __future__ import annotations

from itertools import cycle

import pytest
from opencc import OpenCC

from parsers import read_report
from parsers.identity.names import is_complete, kind_of, name_of
from parsers.printed.regions import by_name

# Phrases that reports open with, marks of pages, and words that no list of ours has.
OPENINGS = (
    "现就", "现对", "现把", "现将", "特将", "今将", "谨将", "兹将", "现公布", "现向社会公开", "现向社会公布", "根据有关要求现将", "按照规定公布", "由", "本报告由",
    "谨此公布", "特此公开", "下面是", "附件", "附件1", "Page8-", "第8页", "-8-", "编制了", "关于印发", "经研究现将", "经审定", "以下系", "各位", "兹有", "请看", "拟定",
    "敬启者", "原文链接", "喜迎", "回顾", "盼望",
)  # fmt: skip
OFFICES = ("信访局", "人民政府", "公安局交警支队", "样例镇人民政府", "城市管理局", "总工会", "档案馆", "样例街道办事处", "第一人民医院")
PLACES = sorted(by_name())
INVISIBLE = "\u200b\u00ad\ufeff\u2060\u200d\ufe0f"
TRADITIONAL = OpenCC("s2t")


@pytest.mark.parametrize("opening", OPENINGS)
def test_an_opening_is_no_part_of_a_name(opening: str) -> None:
    offices = cycle(OFFICES)
    wrong = {place: got for place in PLACES if (got := name_of(opening + (name := place + next(offices)))) not in (name, None)}
    assert not wrong


@pytest.mark.parametrize("opening", [*OPENINGS[:20], *OPENINGS[22:26]])
def test_an_opening_that_says_so_costs_no_name(opening: str) -> None:
    found = [name_of(f"{opening}{place}信访局") == f"{place}信访局" for place in PLACES]
    assert sum(found) > 0.99 * len(found)


def test_every_place_has_offices() -> None:
    for place, office in zip(PLACES, cycle(OFFICES), strict=False):
        assert (name_of(place + office), kind_of(place + office)) == (place + office, "placed")


def test_what_prints_nothing_and_other_forms_of_characters_make_no_second_agency() -> None:
    marks = cycle(INVISIBLE)
    for place, office in zip(PLACES, cycle(OFFICES), strict=False):
        name = place + office
        assert name_of("".join(char + next(marks) for char in name)) == name
        assert name_of(" ".join(name)) == name
        traditional = "".join(map(TRADITIONAL.convert, name))
        assert name_of(traditional) in (name, None), traditional


@pytest.mark.parametrize("opening", ["现将", "现公布", "谨此公布", "特将", "根据要求现将", "编制了", "第8页"])
@pytest.mark.parametrize("name", ["样例镇人民政府", "样例经济开发区管委会", "样例市样例局", "样例大学", "区统计局", "统计局"])
def test_a_name_without_a_known_place_is_the_same_or_none(opening: str, name: str) -> None:
    assert name_of(name) == name
    assert name_of(opening + name) in (name, None)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("武汉经济技术开发区(汉南区)医疗保障局", "武汉经济技术开发区（汉南区）医疗保障局"),
        ("长治市档案馆（长治市地方志办公室）", "长治市档案馆"),
        ("[长治市信访局]", "长治市信访局"),
        ("现将国家税务总局晋江市税务局", "国家税务总局晋江市税务局"),
        ("将乐县教育局", "将乐县教育局"),
        ("现将乐县教育局", "将乐县教育局"),
        ("乾縣教育局", "乾县教育局"),
        ("万年县教育局", "万年县教育局"),
        ("江苏省省级样例中心", "江苏省省级样例中心"),
        ("⻓治市信訪局", "长治市信访局"),
        ("新疆生产建设兵团第一师", "新疆生产建设兵团第一师"),
        ("制定兴县信访局", None),  # 定兴县 or 兴县
        ("拟定西市区信访局", None),  # 定西市 or 西市区
        ("长治市信访局指导晋城市信访局", None),
        ("长治市信访局认真", None),
        ("长治市信访局长治市教育局", None),
        ("共青团长治市委员会", "共青团长治市委员会"),
        ("系中共长治市委组织部", None),
        ("黄河水利委员会", "黄河水利委员会"),
        ("江苏海事局", "江苏海事局"),
        ("全省监狱", None),
        ("贵州双龙航空港经济区管理委员会", "贵州双龙航空港经济区管理委员会"),
        ("渝中区分局", None),  # of which office?
        ("长治市各级行政机关", None),
        ("我市", None),
        ("全市", None),
    ],
)
def test_names(printed: str, name: str | None) -> None:
    assert name_of(printed) == name


@pytest.mark.parametrize("name", ["区统计局", "统计局", "经济技术开发区管委会", "人民医院", "张店大队"])
def test_what_names_no_place_is_not_complete(name: str) -> None:
    assert not is_complete(name)


@pytest.mark.parametrize("opening", ["现把", "现就", "现向社会公布", "Page8-", "根据《条例》要求，现将", "推荐"])
@pytest.mark.parametrize("mark", ["", "\u200b", "\u00ad"])
def test_a_report_keeps_its_agency_whatever_it_opens_with(opening: str, mark: str) -> None:
    text = f"{opening}长治市{mark}信访局2019年度政府信息公开工作年度报告\n一、总体情况\n2019年，我局登载信息若干。\n六、其他需要报告的事项\n无。\n"
    for printed in (text, "".join(map(TRADITIONAL.convert, text))):
        found = read_report(printed.encode()).identity
        assert (found.agency, found.year) == ("长治市信访局", 2019)


@pytest.mark.parametrize(
    ("printed", "name"),
    [("现公布武汉经济技术开发区（汉南区）医疗保障局", "武汉经济技术开发区（汉南区）医疗保障局"), ("现将合肥高新技术产业开发区管理委员会", "合肥高新技术产业开发区管理委员会"),
     ("武汉经济技术开发区医疗保障局", "武汉经济技术开发区医疗保障局"), ("推荐武汉经济技术开发区医疗保障局", None), ("布武汉经济技术开发区医疗保障局", None)],
)  # fmt: skip
def test_a_citys_zone_begins_with_the_city(printed: str, name: str | None) -> None:
    assert name_of(printed) == name


@pytest.mark.parametrize("at", range(9))
@pytest.mark.parametrize("opening", ["", "2019年，我局登载信息若干。"])
def test_a_name_that_lost_a_character_is_none_or_the_same(at: int, opening: str) -> None:
    """长治市潞�区信访局 is not 长治市信访局, nor is 样例�样例区人民政府 样例区人民政府."""
    for name in ("长治市潞州区信访局", "样例市样例区人民政府"):
        lost = f"{name[:at]}\ufffd{name[at + 1 :]}"
        for head in (f"{lost}2019年政府信息公开工作年度报告\n", f"2019年政府信息公开工作年度报告\n现公布{lost}2019年度报告。\n"):
            text = f"{head}{opening}\n一、总体情况\n登载信息若干。\n六、其他需要报告的事项\n无。\n"
            assert read_report(text.encode()).identity.agency in (None, name)
