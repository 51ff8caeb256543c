"""What a page is, in a title and a sentence: for citations, search engines and whoever shares its address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Data = dict[str, Any]


@dataclass(frozen=True)
class Described:
    """A page's title as it is cited, and one sentence on it, in Chinese and English. `data_set`: it can be cited as data."""

    title: str
    sentence: str
    sentence_en: str
    data_set: bool = True


def described(name: str, data: Data) -> Described:
    """What the page of that template is. A page that is not named here is the portal."""
    return _PAGES.get(name, _portal)(data)


def _portal(_: Data) -> Described:
    return Described(
        "政府信息公开年报 · 开放数据",
        "各级行政机关每年公布的政府信息公开工作年度报告，逐格读成数据：照原样陈列，标出前后不符之处，每个数字都能点回原文。",
        "China's yearly government-disclosure reports, read cell by cell: as printed, with what does not add up, every figure traceable.",
    )


def _interface(_: Data) -> Described:
    return Described(
        "数据接口：政府信息公开年报 · 开放数据",
        "每一页数据都有同样内容的 JSON；各地址、参数和字段的意思，给 pandas、R 和 DuckDB 的例子。",
        "Every page of data has the same content as JSON: addresses, parameters, what fields mean, examples for pandas, R and DuckDB.",
        data_set=False,
    )


def _accuracy(_: Data) -> Described:
    return Described(
        "读得准不准：政府信息公开年报 · 开放数据",
        "在收集到的文件、改换格式的样本和损坏的报告上逐格比对，读对多少、读错多少；每项核对经人判断的次数和出错的次数。",
        "How much is read right and wrong, cell by cell, on collected, converted and damaged reports; how often each check was judged and was wrong.",
        data_set=False,
    )


def _draft(_: Data) -> Described:
    return Described(
        "核对政府信息公开工作年度报告草稿",
        "发布年度报告之前，核对各处是否相符：贴上全文或者选一个文件，看到读出的每一格和不符的地方，不保存任何内容。",
        "See whether a yearly disclosure report holds together before it is published: every cell read and what does not add up; nothing is kept.",
        data_set=False,
    )


def _search(data: Data) -> Described:
    query = data.get("query") or ""
    if not query:
        return Described(
            "检索",
            "按名称、拼音查地区和机关，检索年度报告的原文。",
            "Regions and agencies by name or in pinyin, and the texts of yearly reports.",
        )
    return Described(
        f"检索：{query}",
        f"“{query}”：有这个名称的地区和机关，以及标题、机关或原文里有这些词的 {data['total']} 份报告。",
        f"“{query}”: regions and agencies of this name, and {data['total']} reports with these words.",
    )


def _report(data: Data) -> Described:
    report = data["report"]
    whose = report["agency_name"] or "机关不明"
    title = report["title"] or f"{whose}{report['year'] or ''}年政府信息公开工作年度报告"
    found = f"，核对发现 {report['findings']} 处" if report["findings"] else ""
    return Described(
        title,
        f"{title}：照印读出 {report['stated_cells']} 格{found}，每个数字都指向原文的位置。",
        f"{title}: {report['stated_cells']} cells as printed, {report['findings']} findings, every figure traceable to its place.",
    )


def _agency(data: Data) -> Described:
    name, count = data["agency"]["name"], len(data["reports"])
    return Described(
        f"{name}历年政府信息公开工作年度报告",
        f"{name}的 {count} 份政府信息公开工作年度报告：历年主要数字、核对发现和原文。",
        f"{name}: {count} yearly disclosure reports with their main figures, findings and sources.",
    )


def _year(data: Data) -> Described:
    number, count = data["year"], data["counts"]["reports"]
    return Described(
        f"{number}年政府信息公开工作年度报告",
        f"{number} 年的 {count} 份政府信息公开工作年度报告：各机关的主要数字和核对发现。",
        f"{count} disclosure reports of {number}: main figures and findings by agency.",
    )


def _check(data: Data) -> Described:
    check = data["check"]
    return Described(f"核对：{check['name']}", f"{check['name']}：{check['sentence']}", f"{check['name_en']}: {check['sentence_en']}")


def _checks(_: Data) -> Described:
    return Described(
        "核对目录",
        "每一项核对怎么做、依据什么、有多少份报告相符、不符或者无法核对。",
        "What each check compares, its basis, and how many reports pass, fail or cannot be assessed.",
    )


def _findings(data: Data) -> Described:
    total = data["total"]
    return Described(
        "核对发现",
        f"核对年度报告时发现的，共 {total} 处，每一处都附原文位置。",
        f"What the checks found in yearly reports: {total} findings, each with its place in the source.",
    )


def _about(_: Data) -> Described:
    return Described(
        "关于本站：政府信息公开年报 · 开放数据",
        "本站是什么，谁发布，核对发现怎样得出，发现有误怎么办。",
        "What this portal is, who publishes it, how findings come about, and how to say that something is wrong.",
        data_set=False,
    )


def _data(data: Data) -> Described:
    count = len(data["releases"])
    if not count:
        return Described("数据下载", "政府信息公开年报数据的整张表，每张一个文件。", "The tables of the data, a file each.")
    return Described(
        "数据下载",
        f"政府信息公开年报数据的 {count} 个版本：数据库、CSV、Parquet、工作簿、数据字典和校验和。",
        f"{count} releases of the data: database, CSV, Parquet, workbook, dictionary and checksums.",
    )


def _region(data: Data) -> Described:
    name, counts = data["region"]["name"], data["counts"]
    return Described(
        f"{name}各机关的政府信息公开工作年度报告",
        f"{name}：{counts['agencies']} 个机关的 {counts['reports']} 份政府信息公开工作年度报告，印出的总计、下级地区和核对发现。",
        f"{name}: {counts['reports']} disclosure reports of {counts['agencies']} agencies, printed totals, regions within, findings.",
    )


def _compare(data: Data) -> Described:
    names, years = "、".join(row["name"] for row in data["chosen"]), "、".join(map(str, data["chosen_years"]))
    if not names:
        return Described(
            "对比政府信息公开工作年度报告",
            "把几个机关或一个机关几年的法定表格并列，标出空缺和不可比之处。",
            "The statutory tables of several agencies, or of one over the years, side by side, with gaps and what cannot be compared marked.",
        )
    return Described(
        f"对比：{names}{years and f'（{years}）'}",
        f"{len(data['reports'])} 份政府信息公开工作年度报告的法定表格并列，标出空缺和不可比之处。",
        f"The statutory tables of {len(data['reports'])} disclosure reports side by side, with gaps and what cannot be compared marked.",
    )


def _lead(data: Data) -> Described:
    lead = data["lead"]
    return Described(f"线索：{lead['name']}", f"{lead['asks']}{lead['caution']}", f"{lead['asks_en']} {lead['caution_en']}")


def _passages(data: Data) -> Described:
    names = "、".join(f"{row['agency_name'] or row['id']} {row['year'] or ''}".strip() for row in (data["report"], data["other"]) if row)
    return Described(
        f"相同的段落：{names}" if names else "相同的段落",
        "叙述除去套语和数字大部分相同的年度报告，并排看；谁先谁后从文字看不出来。",
        "Yearly reports that share most of their narrative, side by side; who came first the text does not tell.",
    )


def _list(title: str, sentence: str, title_en: str) -> Callable[[Data], Described]:
    """A list that says how many it holds."""
    return lambda data: Described(
        title, sentence.format(data.get("total", "")), f"{title_en}: {data['total']}." if "total" in data else title_en
    )


_PAGES: dict[str, Callable[[Data], Described]] = {
    "interface": _interface, "accuracy": _accuracy, "draft": _draft, "search": _search, "report": _report, "agency": _agency, "year": _year, "check": _check, "checks": _checks, "findings": _findings,
    "about": _about, "data": _data, "region": _region, "compare": _compare,
    "lead": _lead, "passages": _passages,
    "leads": _list("线索", "写报道可以从这些问题开始，每一个都写着引用时要一并说明的话。", "Where a story may begin, each lead with its caution."),
    "agencies": _list("全部机关", "已知的 {} 个机关，各有多少份政府信息公开工作年度报告。", "Agencies known, with their disclosure reports"),
    "reports": lambda data: Described(
        "全部报告",
        f"收集到并且读出的 {data['total'] - data['refused']} 份政府信息公开工作年度报告，另有 {data['refused']} 份无法读取。",
        f"{data['total'] - data['refused']} disclosure reports collected and read, {data['refused']} more could not be read.",
    ),
    "regions": _list("地区", "各省、市、县收集到的政府信息公开工作年度报告。", "Regions with their disclosure reports"),
    "coverage": lambda data: Described(
        f"{data['region']['name'] if data['region'] else ''}政府信息公开工作年度报告收集情况",
        f"已知的 {data['total']} 个机关，哪一年的报告收集到了、读出了多少、哪些还缺；各级地区的政府另外统计。",
        f"Of {data['total']} agencies known, whose reports were collected and read in each year, and whose are missing; governments by region apart.",
    ),
    "years": _list("各年的报告", "每一年收集到多少份政府信息公开工作年度报告，多少处核对发现。", "Disclosure reports and findings by year."),
}  # fmt: skip
