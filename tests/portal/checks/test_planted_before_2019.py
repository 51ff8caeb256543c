"""Reports before 2019: what their narratives state is held against the indicator table, each kind at places drawn by a seed."""

from __future__ import annotations

from random import Random

import pytest

from tests.support.planted import body, codes, found_in_each, story
from tests.support.sayings import spelt, wrong

# the kind of claim → its indicator and unit, the check, ways to say it
KINDS: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    "items": ("主动公开政府信息数", "条", "claim_indicators", (
        "{year}年，我局主动公开政府信息{n}条。", "全年共主动公开政府信息{n}条，内容都已归档。")),
    "website": ("政府网站公开政府信息数", "条", "claim_indicators", (
        "全年主动公开政府信息{items}条，其中政府网站公开{n}条。", "{year}年，通过政府网站主动公开信息{n}条。")),
    "gazette": ("政府公报公开政府信息数", "条", "claim_indicators", (
        "全年通过政府公报主动公开信息{n}条。", "{year}年，在政府公报上主动公开政府信息{n}条。")),
    "fees": ("依申请公开信息收取的费用", "元", "claim_indicators", (
        "全年收取信息处理费{n}元。", "{year}年，依申请提供信息，共收取政府信息公开信息处理费{n}元。")),
    "received": ("收到申请数", "件", "claim_received", ("{year}年，我局收到政府信息公开申请{n}件。", "全年共受理政府信息公开申请{n}件。")),
    "handled": ("申请办结数", "件", "claim_handled", ("收到政府信息公开申请{received}件，办结{n}件。", "全年办结政府信息公开申请{n}件。")),
    "answered": ("申请答复数", "件", "claim_handled", ("收到政府信息公开申请{received}件，答复{n}件。",)),
    "disclosed": ("同意公开答复数", "件", "claim_outcome", ("办结政府信息公开申请{handled}件，同意公开{n}件。",)),
    "partly_disclosed": ("同意部分公开答复数", "件", "claim_outcome", ("办结政府信息公开申请{handled}件，同意部分公开{n}件。",)),
    "withheld": ("不同意公开答复数", "件", "claim_outcome", ("办结政府信息公开申请{handled}件，不同意公开{n}件。",)),
    "issued": ("制发规范性文件总数", "件", "claim_normative_documents", ("{year}年，我局制发规范性文件{n}件。", "全年制定出台规范性文件{n}件。")),
    "published": ("主动公开规范性文件数", "件", "claim_normative_documents", ("全年主动公开规范性文件{n}件。",)),
    "reviews": ("行政复议数量", "件", "claim_reconsideration", ("全年因政府信息公开被申请行政复议{n}件。",)),
    "suits": ("行政诉讼数量", "件", "claim_litigation", ("{year}年，因政府信息公开被提起行政诉讼{n}件。",)),
}  # fmt: skip
DOUBTED = {"answered", "disclosed"}  # those withdrawn are not answered; what was public already has a row of its own
NONE = {
    "received": "{year}年，我局未收到政府信息公开申请。", "reviews": "全年未发生因政府信息公开引起的行政复议。",
    "suits": "全年没有因政府信息公开引起的行政诉讼。", "issued": "{year}年，我局未制发规范性文件。", "fees": "全年未收取信息处理费。",
}  # fmt: skip


def figures(random: Random) -> dict[str, int]:
    """What the table prints this year, no two alike."""
    return dict(zip(KINDS, random.sample(range(40, 999), len(KINDS)), strict=True))


def report(random: Random, number: int, printed: dict[str, int], sentence: str) -> bytes:
    """A page or a transcription of it, the sentence somewhere in its narrative."""
    year = random.randint(2012, 2018)
    told = [story(random, 1), story(random, 1)]
    told.insert(random.randrange(3), sentence.replace("{year}", str(year)))
    table = [["指标名称", "计量单位", f"{year}年度", "历年累计"]]
    table += [[KINDS[kind][0], KINDS[kind][1], str(n), str(n * 3 + 1)] for kind, n in printed.items() if kind != "fees"]
    fees = printed["fees"]
    table.append([KINDS["fees"][0], *(["元", str(fees), str(fees * 3)] if fees < 2000 else ["万元", f"{fees / 1e4:.2f}", ""])])
    title = f"{body(number)}{year}年政府信息公开工作年度报告"
    if random.random() < 0.5:
        rows = "\n".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in table)
        return f"<h1>{title}</h1><p>一、总体情况</p><p>{''.join(told)}</p><p>二、政府信息公开情况统计表</p><table>{rows}</table>".encode()
    rows = "\n".join("| " + " | ".join(row) + " |" for row in [table[0], ["---"] * 4, *table[1:]])
    return f"# {title}\n\n## 一、总体情况\n\n{''.join(told)}\n\n## 二、政府信息公开情况统计表\n\n{rows}\n".encode()


def said(random: Random, way: str, printed: dict[str, int], n: int) -> str:
    """The sentence with its figures; the year comes later."""
    slots = {kind: spelt(random, value) for kind, value in (printed | {"n": n}).items()}
    return way.format(year="{year}", **slots)


@pytest.mark.parametrize("kind", KINDS)
def test_a_true_figure_contradicts_nothing_and_a_wrong_one_is_found_by_its_check_alone(kind: str) -> None:
    random = Random(kind)
    check, ways = KINDS[kind][2:]
    documents = []
    for number in range(12):
        printed, way = figures(random), ways[number % len(ways)]
        n = printed[kind] if number < 6 else wrong(random, printed[kind])
        documents.append([report(random, number, printed, said(random, way, printed, n))])
    results = found_in_each(documents)
    assert results[:6] == [set()] * 6
    besides = {("claim_parts_sum", "reading")}
    assert [codes(found - besides) for found in results[6:]] == [{check}] * 6
    accuses = {verdict for found in results[6:] for code, verdict in found if code == check}
    assert ("reading" in accuses) if kind in DOUBTED else ("report" in accuses)


@pytest.mark.parametrize("kind", NONE)
def test_none_is_true_of_zero_only(kind: str) -> None:
    random = Random(kind)
    zeros = [figures(random) | {kind: 0} for _ in range(3)]
    some = [figures(random) for _ in range(3)]
    documents = [[report(random, number, printed, NONE[kind])] for number, printed in enumerate([*zeros, *some])]
    results = found_in_each(documents)
    assert results[:3] == [set()] * 3
    assert results[3:] == [{("claim_absolute", "report")}] * 3


@pytest.mark.parametrize("seed", range(4))
def test_the_figure_of_all_years_is_at_most_doubted_and_a_rounded_fee_agrees(seed: int) -> None:
    random = Random(seed)
    printed = figures(random) | {"fees": random.randint(2000, 90000)}
    say = (
        ("全年主动公开政府信息{}条。", printed["items"] * 3 + 1),
        ("全年收取信息处理费{}元。", printed["fees"]),
        ("全年收取信息处理费{}元。", printed["fees"] + 100),
    )
    documents = [[report(random, number, printed, sentence.format(n))] for number, (sentence, n) in enumerate(say)]
    assert found_in_each(documents) == [{("claim_indicators", "reading")}, set(), {("claim_indicators", "report")}]
