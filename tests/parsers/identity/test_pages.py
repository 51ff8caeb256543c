"""Whose report a page is, told by its way, its publisher, its opening words, its sentences, its signature; made-up pages."""

from __future__ import annotations

import pytest

from parsers import read_report
from parsers.model import Identity

SECTIONS = "一、总体情况\n{overview}\n二、主动公开政府信息情况\n（略）\n五、存在的主要问题及改进情况\n2030年，将继续努力。\n六、其他需要报告的事项\n无。\n{end}"
PLAIN = "这一年登载信息若干。"


def read(head: str, overview: str = PLAIN, end: str = "", meta: str | None = None) -> Identity:
    text = f"{head}\n{SECTIONS.format(overview=overview, end=end)}"
    if meta is not None:
        text = f"<html><head>{meta}</head><body>{''.join(f'<p>{line}</p>' for line in text.splitlines())}</body></html>"
    return read_report(text.encode()).identity


NAMELESS = "2021年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("head", "agency"),
    [
        (f"当前位置：首页 > 长治市信访局 > 政府信息公开年报\n{NAMELESS}", "长治市信访局"),
        (f"您的位置： 首页 -> 部门信息公开 -> 潞州区教育局 -> 年报\n{NAMELESS}", "长治市潞州区教育局"),
        (f"首页 > 襄州区 > 部门 > 民政局 > 政府信息公开年报\n{NAMELESS}", "襄阳市襄州区民政局"),
        (f"首页 > 襄州区人民政府 > 部门 > 区民政局\n区民政局{NAMELESS}", "襄阳市襄州区民政局"),
        (f"首页>>潞州区>>政府信息公开>>潞州区教育局>>政府信息公开年报\n{NAMELESS}", "长治市潞州区教育局"),
        (f"首页 > 桃江县 > 乡镇 > 松木塘镇 > 年报\n松木塘镇{NAMELESS}", "桃江县松木塘镇"),
        (f"首页 > 长治市 > 政府信息公开年报\n{NAMELESS}", None),
        (f"发布机构: 长治市信访局\t发文日期: 2022-01-05\n{NAMELESS}", "长治市信访局"),
        (f"索引号：\t1\t分类：\t年报\n发布机构：\t区教育局\t发文日期：\t2022年01月14日\n潞州区教育局{NAMELESS}", "长治市潞州区教育局"),
        (f"信访局{NAMELESS}\n来源：长治市信访局  发布时间：2022-01-20", "长治市信访局"),
        (f"发布机构：长治市行政审批局\n{NAMELESS}\n2021年，我街道登载信息。", None),
        (f"发布机构：长治市卫健委\n{NAMELESS}\n2021年，我委登载信息。", "长治市卫生健康委员会"),
        (f"{NAMELESS}\n来源：长治市大数据局  发布时间：2022-01-20", None),
        (f"{NAMELESS}\n来源：长治市人民政府办公室", None),
        (f"123456789/2023-00003\n政府信息公开年报\n长治市信访局\n2023-01-13\n有效\n长治市信访局{NAMELESS}", "长治市信访局"),  # no year
        (f"发布机构：\n\n  市教育局\n\n义乌市教育局{NAMELESS}", "义乌市教育局"),
        ("由样例经济技术开发区管理委员会（以下简称管委会）编制，统计期限自2021年1月1日起至12月31日止。", "样例经济技术开发区管理委员会"),
        ("如有疑问，请与永康市样例局办公室联系。统计期限自2021年1月1日起至12月31日止。\n我局登载信息。", "永康市样例局"),
        ("如有疑问，请与永康市样例局办公室联系。统计期限自2021年1月1日起至12月31日止。\n我镇登载信息。", None),
        ("根据《条例》，现公布泰州市人民政府2021年政府信息公开工作年度报告。", "泰州市人民政府"),
        ("现把长治市信访局2021年度政府信息公开工作情况报告如下：", "长治市信访局"),
        ("根据要求，现向社会公布长治市\n信访局2021年政府信息公开年度报告，欢迎监督。", "长治市信访局"),
        ("根据要求，长治市信访局现发布2021年度政府信息公开工作年度报告。", "长治市信访局"),
        ("本报告由长治市信访局编制，数据统计期限为2021年1月1日至12月31日。", "长治市信访局"),
        ("本报告由长治市人民政府办公室编制，数据统计期限为2021年1月1日至12月31日。", None),
        ("根据长治市人民政府办公室关于做好2021年政府信息公开工作年度报告的通知要求，现将我局2021年度政府信息公开情况报告如下", None),
        ("根据《襄阳市2021年政府信息公开工作考核方案》要求，现将2021年政府信息公开工作年度报告公布如下", None),
        (f"推荐河包镇{NAMELESS}\n2021年，河包镇登载信息。", None),
        (f"样例镇{NAMELESS}", "样例镇"),
        (f"[长治市信访局]{NAMELESS}", "长治市信访局"),
        (f"Page 8 - 长治市信访局{NAMELESS}", "长治市信访局"),
        (f"长治市潞州区样例街道办事处{NAMELESS}", "长治市潞州区样例街道办事处"),
        (f"长治高新技术产业开发区管委会{NAMELESS}", "长治高新技术产业开发区管理委员会"),
        (f"武汉经济技术开发区(汉南区)医疗保障局\n{NAMELESS}", "武汉经济技术开发区（汉南区）医疗保障局"),
        (f"重庆市公安局渝中区分局{NAMELESS}", "重庆市公安局渝中区分局"),
        (f"国家统计局长治调查队{NAMELESS}", "国家统计局长治调查队"),
        (f"锡林郭勒盟行政公署{NAMELESS}", "锡林郭勒盟行政公署"),
        (f"凉山州民政局{NAMELESS}", "凉山州民政局"),
        (f"临沂大学{NAMELESS}", "临沂大学"),
        (f"长治市样例集团有限公司{NAMELESS}", "长治市样例集团有限公司"),
        (f"湖南省省级机关事务管理局{NAMELESS}", "湖南省省级机关事务管理局"),
        (f"上饶市万年县教育局关于{NAMELESS}", "上饶市万年县教育局"),
        ("本报告由长治市信访局按照《条例》编制，数据统计期限为2021年1月1日至12月31日。", "长治市信访局"),
        ("长治市信访局根据《条例》和有关规定，编制2021年政府信息公开工作年度报告。", "长治市信访局"),
        ("由晋江市样例管理委员会办公室根据各部门的数据编制，数据统计期限为2021年1月1日至12月31日。", None),
        ("中国（上海）自由贸易试验区管理委员会根据《条例》编制2021年政府信息公开工作年度报告。", "中国（上海）自由贸易试验区管理委员会"),
        ("根据要求，现将南京海关2021年政府信息公开工作年度报告公布如下。", "南京海关"),
        (f"长治市信访局关于报送{NAMELESS}的函", "长治市信访局"),
        (f"长治市水利局（长治市水土保持局、长治市河长制办公室）{NAMELESS}", "长治市水利局"),
        (f"首页 > 长治市 > 年报\n市场监管局{NAMELESS}", "长治市市场监管局"),
        (f"当前位置：首页 > 长治市文化和旅游局（长治市文物局） > 年报\n{NAMELESS}", "长治市文化和旅游局"),
        (f"当前位置：首页 > 晋江市安海镇人民政府 > 年报\n{NAMELESS}", "晋江市安海镇人民政府"),
        (f"发布机构：长治市政务服务和大数据管理局\n{NAMELESS}", "长治市政务服务和大数据管理局"),
    ],
)
def test_what_stands_above_the_text(head: str, agency: str | None) -> None:
    found = read(head)
    assert (found.agency, found.year) == (agency, 2021)


@pytest.mark.parametrize(
    ("office", "overview", "agency"),
    [
        ("县统计局", "2021年，皮山县各乡镇登载信息若干。", "皮山县统计局"),
        ("县统计局", "2021年，赴皮山县学习。", None),
        ("县统计局", "2021年，皮山县、和田县登载信息若干。", None),
        ("省民政厅", "2021年，按照浙江省委要求登载信息若干。", "浙江省民政厅"),
        ("市民政局", "2021年，按照长治市委要求登载信息若干。", "长治市民政局"),  # a city that holds no other
        ("市民政局", "2021年，按照泉州市委要求登载信息若干。", None),  # 市 may be one in it
        ("市民政局", "2021年，按照晋江市委要求登载信息若干。", "晋江市民政局"),
        ("民政局", "2021年，在长治市民政局指导下登载信息若干。", None),
        ("", "2021年，宣城市气象局认真贯彻条例，我局登载信息若干。", "宣城市气象局"),
        ("", "2021年，长治市公安局交通警察支队认真贯彻条例，登载信息若干。", "长治市公安局交通警察支队"),
        ("", "2021年，我局在宣城市气象局指导下登载信息若干。", None),
        ("", "2021年，我局认真贯彻条例，长治市司法局办理复议3件。", None),
        ("", "2021年，国家税务总局长治市税务局认真贯彻条例，国家税务总局长治市税务局登载信息若干。", "国家税务总局长治市税务局"),
        ("", "2021年，我镇登载信息若干。宣城市气象局认真贯彻条例。", None),
        ("", "2021年，在区委领导下，官洲街道办事处认真贯彻条例。官洲街道共登载信息3条。", "官洲街道办事处"),
        ("", "2021年，官洲街道认真贯彻条例。样例镇共登载信息3条。", None),
        ("", "2021年，我县登载信息若干。皮山县财政局认真公开预算。", None),  # its government's report
        ("", "2021年，各部门登载信息若干。2021年，皮山县财政局认真公开预算，皮山县财政局共公开3件。", None),
        ("", "2021年，各乡镇认真贯彻条例，全镇共登载信息3条。", None),
        ("", "2021年，宣城市气象局认真贯彻条例。宣城市统计局认真贯彻条例。", None),
    ],
)
def test_what_the_text_tells(office: str, overview: str, agency: str | None) -> None:
    assert read(f"{office}{NAMELESS}", overview).agency == agency


@pytest.mark.parametrize(
    ("end", "agency"),
    [
        ("晋江市人民政府\n2022年1月20日", "晋江市人民政府"),
        ("晋江市样例局（盖章）\n2022年1月20日", "晋江市样例局"),
        ("单位名称（公章）：长治市信访局\n日期：2022年1月22日", "长治市信访局"),
        ("武汉经济技术开发区（汉南区）医疗保障局\n2022年1月22日", "武汉经济技术开发区（汉南区）医疗保障局"),
        ("长治市公安局交通警察支队\n2022年1月22日", "长治市公安局交通警察支队"),
        ("2022年1月22日\n长治市信访局", "长治市信访局"),
        ("长治市信访局", "长治市信访局"),
        ("晋江市人民政府办公室\n2022年1月20日", None),  # of its government's report or its own
        ("晋江市人民政府", None),  # whose site it is
        ("技术支持：长治市大数据局", None),
    ],
)
def test_a_signature(end: str, agency: str | None) -> None:
    assert read(NAMELESS, end=end).agency == agency


@pytest.mark.parametrize(
    ("meta", "agency"),
    [
        ("<title>长治市信访局2021年政府信息公开工作年度报告-长治市人民政府门户网站</title>", "长治市信访局"),
        ("<title>2021年政府信息公开工作年度报告-长治市信访局</title>", "长治市信访局"),
        ("<title>市信访局2021年政府信息公开工作年度报告-政府信息公开年报-长治市人民政府</title>", "长治市信访局"),
        ("<title>2021年政府信息公开工作年度报告-长治市人民政府</title>", None),
        ('<title>长治市信访局</title><meta name="ArticleTitle" content="2021年度政府信息公开工作年度报告">', "长治市信访局"),
        (
            '<meta name="SiteName" content="长治市\u200b信訪局"><meta name="ArticleTitle" content="2021年度政府信息公开工作年度报告">',
            "长治市信访局",
        ),
    ],
)
def test_what_the_head_of_a_page_says(meta: str, agency: str | None) -> None:
    found = read("", meta=meta)
    assert (found.agency, found.year) == (agency, 2021)


@pytest.mark.parametrize(
    ("head", "overview", "end", "year"),
    [
        ("2019年度，我局认真工作，现将有关情况报告如下。", PLAIN, "", 2019),
        ("发布机构：长治市信访局\n2022年，我局认真工作。", PLAIN, "", 2022),
        ("2022年，我局认真工作。\n2021年，我局也认真工作。", PLAIN, "", None),
        ("2022年，我局认真工作。", PLAIN, "长治市信访局\n2022年1月20日", None),  # before the year had passed
        ("2022年，我局认真工作。", "本年增/减（指2020年增加的事项数）", "", None),
        ("", "根据2019年修订的《条例》登载信息若干。", "", None),
        ("", "按照《2020年政务公开工作要点》登载信息若干。\n2021年，我局登载信息若干。", "", 2021),
        ("", PLAIN, "", None),
    ],
)
def test_the_year_that_sentences_begin_with(head: str, overview: str, end: str, year: int | None) -> None:
    assert read(head, overview, end).year == year


def test_of_the_day_of_writing_and_that_of_publication_the_latter_counts() -> None:
    title = "长治市信访局2021年政府信息公开工作年度报告\n"
    assert read(f"{title}发文时间：2022-01-03 发布日期：2022-01-10").published_on == "2022-01-10"
    assert read(f"{title}发文时间：2022-01-03").published_on == "2022-01-03"


def test_sounds_beside_characters_are_no_part_of_a_name() -> None:
    """As mirror sites print them; what they cost the text before a note's place is counted."""
    found = read_report(
        "長(zhǎng)治市信訪局2021年政府信息公開(kāi)年度報(bào)告\n統(tǒng)計(jì)期限自2020年1月1日起至12月31日止。\n一、總體情況\n無(wú)。\n六、其他需要報(bào)告的事項(xiàng)\n無。\n".encode()
    )
    assert (found.identity.agency, found.identity.year) == ("长治市信访局", 2021)
    note = next(note for note in found.notes if note.code == "year_conflict")
    assert found.document.text[note.start : note.end].startswith("2020年1月1日") and found.document.text[note.start : note.end].endswith(
        "31日"
    )
