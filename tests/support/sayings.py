"""Counts as narratives state them: the ways to say each, what is true of a report, and slips that make it wrong."""

from __future__ import annotations

from random import Random

import cn2an

from tests.support.examples import OUTCOMES, result_rows
from tests.support.planted import Planted

GROUPS = ("withheld", "unavailable", "unprocessed", "other")
LED = "{year}年，我局共收到政府信息公开申请{received}件，"
DONE = "全年办结政府信息公开申请{handled}件，"
REVIEWED = "因政府信息公开被申请行政复议{reconsideration}件，"
SUED = "因政府信息公开被提起行政诉讼{litigation}件，"
# what a figure counts → the ways to say it
APPLICATIONS: dict[str, tuple[str, ...]] = {
    "received": (
        "{year}年，我局共收到政府信息公开申请{received}件。",
        "全年新收政府信息公开申请{received}件，均按规定登记。",
        "本年度，我局共受理依申请公开政府信息申请{received}件。",
        "{year}年度，共收到公民、法人和其他组织提出的政府信息公开申请{received}件。",
        "截至{year}年12月31日，我局收到信息公开申请{received}件。",
        "{year}年政府信息公开申请总数为{received}件。",
    ),
    "received_natural_person": (
        LED + "其中自然人申请{received_natural_person}件。",
        LED + "其中自然人提出的申请{received_natural_person}件，商业企业提出的申请{received_business}件。",
    ),
    "received_business": (
        LED + "其中商业企业申请{received_business}件。",
        LED + "其中自然人{received_natural_person}件、商业企业{received_business}件。",
    ),
    "carried_in": (
        "全年新收政府信息公开申请{received}件，上年结转{carried_in}件。",
        "上年度结转政府信息公开申请{carried_in}件，已纳入今年办理。",
    ),
    "handled": (
        LED + "上年结转{carried_in}件，办结{handled}件。",
        "{year}年，我局共办结政府信息公开申请{handled}件。",
        "全年办理完毕政府信息公开申请{handled}件。",
    ),
    "carried_out": (
        DONE + "结转下年度继续办理{carried_out}件。",
        "{year}年，结转下年度办理的政府信息公开申请{carried_out}件。",
        DONE + "转至下一年度办理{carried_out}件。",
    ),
    "disclosed": (
        DONE + "其中予以公开{disclosed}件。",
        DONE + "予以公开{disclosed}件，部分公开{partly_disclosed}件。",
        "全年对政府信息公开申请同意公开{disclosed}件。",
    ),
    "partly_disclosed": (
        DONE + "其中部分公开{partly_disclosed}件。",
        DONE + "予以公开{disclosed}件、部分公开{partly_disclosed}件、不予公开{withheld}件。",
    ),
    "disclosed+partly_disclosed": (DONE + "予以公开和部分公开{disclosed+partly_disclosed}件。",),
    "withheld": (DONE + "其中不予公开{withheld}件。", DONE + "予以公开{disclosed}件，不予公开{withheld}件。"),
    "unavailable": (DONE + "其中无法提供{unavailable}件。", DONE + "不予公开{withheld}件，无法提供{unavailable}件。"),
    "unprocessed": (DONE + "其中不予处理{unprocessed}件。", DONE + "无法提供{unavailable}件，不予处理{unprocessed}件。"),
    "other": (DONE + "其中其他处理{other}件。", DONE + "不予处理{unprocessed}件，作其他处理{other}件。"),
}
REASONS = {
    "withheld_state_secret": "属于国家秘密", "withheld_by_law": "其他法律行政法规禁止公开", "withheld_security": "危及“三安全一稳定”",
    "withheld_third_party": "保护第三方合法权益", "withheld_internal": "属于三类内部事务信息", "withheld_process": "属于四类过程性信息",
    "withheld_enforcement_file": "属于行政执法案卷", "withheld_admin_query": "属于行政查询事项",
    "unavailable_not_held": "本机关不掌握相关政府信息", "unavailable_not_compiled": "没有现成信息需要另行制作",
    "unavailable_unclear": "补正后申请内容仍不明确", "unprocessed_petition": "信访举报投诉类申请", "unprocessed_repeat": "重复申请",
    "unprocessed_publication": "要求提供公开出版物", "unprocessed_excessive": "无正当理由大量反复申请",
    "unprocessed_reconfirm": "要求行政机关确认或重新出具已获取信息",
    "other_not_supplemented": "申请人无正当理由逾期不补正", "other_fee_unpaid": "申请人逾期未按收费通知要求缴纳费用",
}  # fmt: skip
APPLICATIONS |= {
    item: (DONE + words + "的{" + item + "}件。", DONE + "其中" + words + "{" + item + "}件。") for item, words in REASONS.items()
}
ENDED = {"upheld": "结果维持", "corrected": "结果纠正", "pending": "尚未审结"}
CASES: dict[str, tuple[str, ...]] = {
    "reconsideration": (
        "{year}年，因政府信息公开被申请行政复议{reconsideration}件。",
        "全年因政府信息公开工作引发的行政复议{reconsideration}件、行政诉讼{litigation}件。",
        "本年度发生涉及政府信息公开的行政复议案件{reconsideration}件。",
    ),
    "litigation": (
        "{year}年，因政府信息公开被提起行政诉讼{litigation}件。",
        REVIEWED + "被提起行政诉讼{litigation}件。",
        "本年度发生涉及政府信息公开的行政诉讼案件{litigation}件。",
    ),
    "litigation_direct": (
        SUED + "其中未经复议直接起诉{litigation_direct}件。",
        "因政府信息公开未经行政复议直接起诉的行政诉讼{litigation_direct}件。",
    ),
    "litigation_after_reconsideration": (
        SUED + "其中复议后起诉{litigation_after_reconsideration}件。",
        "因政府信息公开经复议后起诉的{litigation_after_reconsideration}件。",
    ),
    "reconsideration+litigation": ("{year}年，因政府信息公开引发的行政复议和行政诉讼{reconsideration+litigation}件。",),
}
BOTH = "因政府信息公开被申请行政复议{reconsideration}件、被提起行政诉讼{litigation}件，"
LEADS = {
    "reconsideration": (REVIEWED, REVIEWED + "其中", BOTH + "其中行政复议"),
    "litigation": (SUED, SUED + "其中", BOTH + "其中行政诉讼", REVIEWED[:-1] + "；被提起行政诉讼{litigation}件，"),
    "litigation_direct": (SUED + "其中未经复议直接起诉{litigation_direct}件（",),
    "litigation_after_reconsideration": (SUED + "其中复议后起诉{litigation_after_reconsideration}件（",),
}
for kind, leads in LEADS.items():
    for outcome, words in ENDED.items():
        ends = [lead + words + f"{{{kind}_{outcome}}}件" + "）" * lead.endswith("（") + "。" for lead in leads]
        CASES[f"{kind}_{outcome}"] = tuple(ends)
for outcome, words in ENDED.items():
    both = f"reconsideration_{outcome}+litigation_{outcome}"
    CASES[both] = (CASES["reconsideration+litigation"][0].replace("。", "，") + words + f"{{{both}}}件。",)
DOCUMENTS: dict[str, tuple[str, ...]] = {
    "normative_documents_issued": (
        "{year}年，我局制发行政规范性文件{normative_documents_issued}件。",
        "全年制定出台规范性文件{normative_documents_issued}件，都已挂网。",
        "本年度印发规范性文件{normative_documents_issued}件。",
    ),
    "normative_documents_repealed": (
        "全年废止行政规范性文件{normative_documents_repealed}件。",
        "{year}年，宣布失效规范性文件{normative_documents_repealed}件。",
    ),
    "normative_documents_in_force": ("截至{year}年底，现行有效的行政规范性文件{normative_documents_in_force}件。",),
    "normative_documents_disclosed": ("{year}年，主动公开行政规范性文件{normative_documents_disclosed}件。",),
    "rules_issued": ("{year}年，制定规章{rules_issued}件。",),
    "rules_repealed": ("{year}年，废止规章{rules_repealed}件。",),
    "rules_in_force": ("截至{year}年底，现行有效规章{rules_in_force}件。",),
    "licensing": ("{year}年，我局作出行政许可决定{licensing}件。", "全年共作出行政许可{licensing}件。"),
    "penalties": (
        "{year}年，我局作出行政处罚决定{penalties}件。",
        "全年共实施行政处罚{penalties}件。",
        "全年作出行政许可{licensing}件、行政处罚{penalties}件。",
    ),
    "compulsion": ("{year}年，采取行政强制措施{compulsion}件。", "全年实施行政强制{compulsion}件。"),
}
WAYS = APPLICATIONS | CASES | DOCUMENTS
ONLY = {
    "2021": {"normative_documents_repealed", "normative_documents_in_force", "rules_repealed", "rules_in_force", "other_not_supplemented", "other_fee_unpaid"},
    "2019": {"normative_documents_disclosed"},
}  # fmt: skip
SAYINGS = [(kind, way) for kind, ways in WAYS.items() for way in ways]

# -- wholes and their parts

SECTIONS = ("overview", "other_matters")
PARTS = (
    "全年主动公开政府信息{0}条，其中政策文件{1}条、工作动态{2}条、其他信息{3}条。",
    "{year}年，我局主动公开政府信息{0}条，其中包括机构职能类{1}条，财政预决算类{2}条，人事任免类{3}条。",
    "全年共公开政府信息{0}条（其中概况类{1}条，计划类{2}条，其他{3}条）。",
    "全年发布信息{0}条，包括通知公告{1}条、工作动态{2}条、政策解读{3}条。",
    "{year}年接受群众咨询{0}人次，其中包括电话咨询{1}人次、现场咨询{2}人次、网上咨询{3}人次。",
)
RESULTS = ("disclosed", "partly_disclosed", "withheld", "unavailable", "unprocessed", "other")
RESULT_WORDS = ("予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理")
APPLICANT_WORDS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")


def check_of(kind: str) -> str:
    """The check that holds a kind against the table."""
    if kind in DOCUMENTS:
        return next((f"claim_{item}" for item in ("rules", "normative_documents") if kind.startswith(item)), "claim_decisions")
    if kind in CASES:
        return "claim_litigation" if "litigation" in kind else "claim_reconsideration"
    plain = kind.split("_")[0]
    return f"claim_{plain}" if plain in ("received", "handled") else f"claim_{kind}" if kind.startswith("carried") else "claim_outcome"


def numbers(report: Planted) -> dict[str, int]:
    """What is true of each kind, by the report's tables."""
    known: dict[str, int] = {"year": report.year}
    known |= {item: report.total(item) for item in (*result_rows(report.edition), "received", "carried_in", "handled", "carried_out")}
    known |= {f"received_{who}": report.total("received", who) for who in ("natural_person", "business")}
    known |= {group: sum(report.total(item) for item in result_rows(report.edition) if item.startswith(group)) for group in GROUPS}
    known["disclosed+partly_disclosed"] = known["disclosed"] + known["partly_disclosed"]
    for measure in ("total", *OUTCOMES):
        ending = "" if measure == "total" else f"_{measure}"
        for item in ("reconsideration", "litigation_direct", "litigation_after_reconsideration"):
            known[item + ending] = report.total(item, measure, "review_litigation")
        known["litigation" + ending] = known["litigation_direct" + ending] + known["litigation_after_reconsideration" + ending]
        known[f"reconsideration{ending}+litigation{ending}"] = known["reconsideration" + ending] + known["litigation" + ending]
    for (section, item, measure), value in report.figures.items():
        if section == "proactive_disclosure":
            known[item if measure == "decisions" else f"{item}_{'issued' if measure == 'made' else measure}"] = int(value or 0)
    return known


def wrong(random: Random, true: int) -> int:
    """A slip: a little off, a digit too many, two digits changed."""
    slips = [true + random.randint(1, 9), max(true - random.randint(1, 9), 0), true * 10 + random.randint(1, 9), int(str(true)[::-1])]
    return random.choice([slip for slip in slips if slip != true])


def spelt(random: Random, number: int) -> str:
    """In digits, in wide ones, or in Chinese."""
    wide = str(number).translate({48 + n: 0xFF10 + n for n in range(10)})
    return random.choice([str(number), str(number), wide, cn2an.an2cn(number)])


def says(random: Random, report: Planted, way: str, planted: dict[str, int]) -> Planted:
    told = {kind: str(number) if kind == "year" else spelt(random, number) for kind, number in (numbers(report) | planted).items()}
    return report.saying(random.choice(["overview", "other_matters"]), way.format(**told))


def edition_for(random: Random, kind: str) -> str:
    return next((edition for edition, kinds in ONLY.items() if kind in kinds), random.choice(["2019", "2021"]))
