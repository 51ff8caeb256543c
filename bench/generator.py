"""A made-up portal of any size, the same from the same seed: agencies under governments, ten years each, with texts and claims.

The reports are sound but for a few planted defects and blanks, in the proportions named below. Rows are written as the build
writes them, each figure with its place in the source text.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from random import Random
from typing import Any

from parsers.form.editions import Edition, Grid, editions
from portal.build.agencies import Agency
from portal.build.form_tables import WIDE
from portal.build.write import create, write_rows

YEARS = range(2015, 2025)
DEFECTIVE, BLANK, COPIED = 0.03, 0.05, 0.02  # of the reports: a figure altered, a total left blank, a narrative taken from another
BATCH = 500  # reports written at a time
SUBJECTS = [
    "市场监管",
    "民政",
    "教育",
    "卫生健康",
    "交通运输",
    "水利",
    "农业农村",
    "文化旅游",
    "自然资源",
    "生态环境",
    "应急管理",
    "住房城乡建设",
    "统计",
    "审计",
    "司法",
    "财政",
]
DOINGS = ["整理", "更新", "核对", "公布", "回应", "解读", "编排", "归档", "检查", "补充", "讲解", "试用", "翻译", "汇编", "张贴", "修订"]
THINGS = [
    "办事指南",
    "服务事项",
    "规划材料",
    "招标结果",
    "补助名单",
    "预算说明",
    "抽查结果",
    "听证记录",
    "问答汇编",
    "通知公告",
    "机构职责",
    "电话清单",
    "表格样本",
    "地图标注",
    "报名须知",
    "收费标准",
]
PLACES = ["大厅", "门户网站", "社区", "档案室", "图书馆", "集市", "学校", "服务站", "公告栏", "公众号", "村委会", "热线"]


def portal(path: str, reports: int, seed: int = 1) -> sqlite3.Connection:
    """A new database at `path` (":memory:" for none) with that many reports, checks not yet run."""
    db = create(path)
    random = Random(seed)
    agencies = list(_agencies(-(-reports // len(YEARS))))
    regions = dict.fromkeys(_region(agency) for agency in agencies)
    write_rows(db, "regions", [{"code": code, "name": f"样例{code}"} for code in regions])
    write_rows(db, "agencies", [vars(a) | {"other_names": None, "region": _region(a)} for a in agencies])
    rows: dict[str, list[dict[str, Any]]] = {}
    stories: list[str] = []
    for number, (agency, year, before) in enumerate(_years(agencies, reports)):
        _add_report(rows, random, agency, year, before, stories)
        if number % BATCH == BATCH - 1 or number == reports - 1:
            for table, listed in rows.items():
                write_rows(db, table, listed)
            rows = {}
    db.commit()
    db.execute("analyze")
    return db


def _region(agency: Agency) -> str:
    return agency.code.split("-")[0]


def _agencies(count: int) -> Iterator[Agency]:
    """Governments of counties, each with nineteen departments under it."""
    for number in range(count):
        county, place = divmod(number, 20)
        government = f"{900000 + county:06}-zhengfu"
        if place == 0:
            yield Agency(government, f"样例{county}县人民政府", "county", "government", None)
        else:
            yield Agency(f"{900000 + county:06}-ju{place}", f"样例{county}县第{place}局", "county", "department", None, government)


def _years(agencies: list[Agency], reports: int) -> Iterator[tuple[Agency, int, dict[str, Any]]]:
    """Each agency's years in order, with a place to keep what one year leaves to the next."""
    for number in range(reports):
        agency, place = divmod(number, len(YEARS))
        if place == 0:
            kept: dict[str, Any] = {}
        yield agencies[agency], YEARS[place], kept


def _add_report(
    rows: dict[str, list[dict[str, Any]]], random: Random, agency: Agency, year: int, kept: dict[str, Any], stories: list[str]
) -> None:
    form = editions()[0] if year < 2021 else editions()[-1]
    figures = sound_figures(form, random, kept)
    report_id, text = f"{agency.code}-{year}", [""]
    who = {"report_id": report_id, "agency": agency.code, "year": year}

    def write(piece: str, end: str = "\n") -> tuple[int, int]:
        start = len(text[0])
        text[0] += piece + end
        return start, start + len(piece)

    def heading(position: int, section: str, words: str) -> None:
        start, end = write(f"{'一二三四五六'[position]}、{words}")
        of = {"report_id": report_id, "section": section, "position": position, "number": position + 1}
        rows.setdefault("headings", []).append({**of, "printed": words, "char_start": start, "char_end": end})

    def narrative(section: str, words: str) -> tuple[int, int]:
        start, end = write(words)
        rows.setdefault(section, []).append({**who, "heading": None, "text": words, "char_start": start, "char_end": end})
        return start, end

    title = f"{agency.name}{year}年政府信息公开工作年度报告"
    write(title)
    period = write(f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。")
    heading(0, "overview", "总体情况")
    source = hashlib.sha256(report_id.encode()).hexdigest()
    stated = _stated(year, figures, random)
    start, _ = narrative(
        "overview", "".join(before + f"{value}{unit}" for before, value, unit, _ in stated) + f"。{new_story(random, stories)}"
    )
    years: list[dict[str, Any]] = [
        {"role": "period", "begins": f"{year}-01-01", "ends": f"{year}-12-31", "char_start": period[0], "char_end": period[1]},
        {"role": "opening", "year": year, "section": "overview", "char_start": start, "char_end": start + 5},
        {"role": "mention", "year": year, "section": "overview", "char_start": start, "char_end": start + 4},
    ]
    rows.setdefault("stated_years", []).extend({"report_id": report_id} | stated for stated in years)
    end = start
    for number, (before, value, unit, claim) in enumerate(stated):
        place = {"char_start": start, "value_start": end + len(before), "value_end": end + len(before) + len(str(value))}
        end = place["value_end"] + len(unit)
        whole = {name: f"{report_id}-{claim[name] + 1}" for name in ("part_of", "percent_of") if name in claim}
        said = {
            "report_id": report_id,
            "id": f"{report_id}-{number + 1}",
            "value": value,
            "unit": unit,
            "section": "overview",
            "sentence": before,
        }
        rows.setdefault("claims", []).append(said | place | claim | whole)
    for claim in rows["claims"][-len(stated) :]:
        claim["char_end"] = end
    changed = _planted(random, figures)
    for position, section in enumerate(("proactive_disclosure", "applications", "review_litigation"), start=1):
        heading(position, section, section)
        for grid in form.of(section):
            _add_cells(rows, who, grid, form.code, changed, write)
    heading(4, "problems", "存在的主要问题及改进情况")
    narrative("problems", new_story(random, stories, 3))
    heading(5, "other_matters", "其他需要报告的事项")
    narrative("other_matters", "没有其他需要报告的事项。")
    about = {
        "title": title,
        "edition": form.code,
        "status": "read",
        "source_id": source,
        "level": agency.level,
        "region": _region(agency),
        "stated_cells": len(figures),
    }
    dates = {"published_on": f"{year + 1}-01-{random.randint(10, 31)}", "signed_on": f"{year + 1}-01-09"}
    rows.setdefault("reports", []).append({"id": report_id, "agency": agency.code, "year": year, "findings": 0} | about | dates)
    document = {"id": source, "report_id": report_id, "path": f"{report_id}.txt", "media_type": "text/plain", "text": text[0]}
    rows.setdefault("source_texts", []).append(document | {"fidelity": "as collected"})


def _stated(year: int, figures: dict[tuple[str, str, str], int], random: Random) -> list[tuple[str, int, str, dict[str, Any]]]:
    """What the overview says: the words before a figure, the figure, its unit, and what it claims. A few are one too high."""
    said = [
        (f"{year}年，全年收到政府信息公开申请", "件", "received", figures["applications", "received", "total"]),
        ("，上年结转", "件", "carried_in", figures["applications", "carried_in", "total"]),
        ("，办结", "件", "handled", figures["applications", "handled", "total"]),
        ("，结转下年度", "件", "carried_out", figures["applications", "carried_out", "total"]),
        ("；予以公开", "件", "disclosed", figures["applications", "disclosed", "total"]),
        ("，部分公开", "件", "partly_disclosed", figures["applications", "partly_disclosed", "total"]),
        ("；因政府信息公开申请的行政复议", "件", "reconsideration", figures["review_litigation", "reconsideration", "total"]),
        ("；全年作出行政处罚决定", "件", "penalties", figures["proactive_disclosure", "penalties", "decisions"]),
    ]
    stated: list[tuple[str, int, str, dict[str, Any]]] = [
        (before, value + (random.random() < DEFECTIVE / 10), unit, {"kind": kind}) for before, unit, kind, value in said
    ]
    parts = [random.randint(5, 90) for _ in range(4)]
    whole = len(stated)
    stated.append(("；主动公开政府信息", sum(parts), "条", {"kind": "items_disclosed"}))
    for name, part in zip(SUBJECTS, parts, strict=False):
        shares = {"percent": round(100 * part / sum(parts), 2), "percent_of": whole} if name == SUBJECTS[0] else {}
        stated.append((f"，{name}类", part, "条", {"kind": "items_disclosed_part", "part_of": whole} | shares))
    return stated


def sound_figures(form: Edition, random: Random, kept: dict[str, Any]) -> dict[tuple[str, str, str], int]:
    """A sound report's figures by section, item and measure; `kept` leads stocks and unfinished applications on."""
    figures: dict[tuple[str, str, str], int] = {}
    balance, handled = (next(e for e in form.equations if e.code == f"applications_{c}") for c in ("balance", "handled_sum"))
    applicants = form.of("applications")[0].measures[:-1]
    carried_in = kept.get("carried_out", dict.fromkeys(applicants, 0))
    for measure in applicants:
        for item in handled.sum:
            figures["applications", item, measure] = random.randint(0, 9) if random.random() < 0.2 else 0
        figures["applications", "handled", measure] = sum(figures["applications", item, measure] for item in handled.sum)
        figures["applications", "carried_in", measure] = carried_in[measure]
        figures["applications", "carried_out", measure] = carried_in[measure] // 2 + random.randint(0, 2)
    kept["carried_out"] = {m: figures["applications", "carried_out", m] for m in applicants}
    for measure in applicants:
        out = sum(figures["applications", item, measure] for item in balance.equals)
        figures["applications", "received", measure] = received = max(0, out - carried_in[measure])
        left = received + carried_in[measure] - figures["applications", "handled", measure]
        figures["applications", "carried_out", measure] = kept["carried_out"][measure] = left
    for row in form.of("applications")[0].rows:
        figures["applications", row.item, "total"] = sum(figures["applications", row.item, m] for m in applicants)
    for row in form.of("review_litigation")[0].rows:
        outcomes = {m: random.randint(0, 3) for m in ("upheld", "corrected", "other", "pending")}
        figures |= {("review_litigation", row.item, m): v for m, v in outcomes.items()}
        figures["review_litigation", row.item, "total"] = sum(outcomes.values())
    stocks = kept.setdefault("stocks", {})
    for grid in form.of("proactive_disclosure"):
        for row in grid.rows:
            drawn = {m: 0 if row.item == "rules" else random.randint(20, 90) for m in grid.measures}
            if "in_force" in drawn:
                drawn["in_force"] = stocks.get(row.item, 0 if row.item == "rules" else 900) + drawn["issued"] - drawn["repealed"]
                stocks[row.item] = drawn["in_force"]
            if "prior_items" in drawn:
                drawn["prior_items"] = stocks.get(row.item, 200)
                stocks[row.item] = drawn["prior_items"] + drawn["change"]
            figures |= {("proactive_disclosure", row.item, m): v for m, v in drawn.items()}
    return figures


def _planted(random: Random, figures: dict[tuple[str, str, str], int]) -> dict[tuple[str, str, str], int | None]:
    """The figures as printed: in a few reports one is wrong, or a total is not there."""
    printed: dict[tuple[str, str, str], int | None] = dict(figures)
    if random.random() < DEFECTIVE:
        place = random.choice(sorted(figures))
        printed[place] = figures[place] + random.randint(1, 9)
    if random.random() < BLANK:
        printed[random.choice(sorted(place for place in figures if place[2] == "total"))] = None
    return printed


def new_story(random: Random, stories: list[str], sentences: int = 14) -> str:
    """Sentences of made-up work; now and then those of an earlier report."""
    if len(stories) > 50 and random.random() < COPIED:
        return random.choice(stories[-2000:])
    story = "".join(
        f"{random.randint(1, 12)}月在{random.choice(PLACES)}{random.choice(DOINGS)}{random.choice(SUBJECTS)}的{random.choice(THINGS)}，"
        f"由{random.choice(SUBJECTS)}的同志{random.choice(DOINGS)}{random.randint(2, 40)}份{random.choice(THINGS)}。"
        for _ in range(sentences)
    )
    stories.append(story)
    return story


def _add_cells(
    rows: dict[str, list[dict[str, Any]]],
    who: dict[str, Any],
    grid: Grid,
    edition: str,
    figures: dict[tuple[str, str, str], int | None],
    write: Any,
) -> None:
    """A table's lines in the text, and their rows."""
    for row in grid.rows:
        write(row.label, "\t")
        wide: dict[str, Any] = {**who, "edition": edition}
        for measure in grid.measures:
            value = figures[grid.section, row.item, measure]
            money = bool(grid.money and measure in grid.money)
            start, end = write("" if value is None else str(value), "\t")
            status = "blank" if value is None else "stated"
            if grid.section in WIDE:
                wide |= {measure: value, f"{measure}_status": status, f"{measure}_start": start, f"{measure}_end": end}
            else:
                of = {"item": row.item, "measure": measure, "value": value, "unit": "yuan" if money else None, "status": status}
                rows.setdefault(grid.section, []).append({**who, "edition": edition, **of, "char_start": start, "char_end": end})
        if grid.section in WIDE:
            rows.setdefault(grid.section, []).append({**wide, WIDE[grid.section]: row.item})
        write("")
