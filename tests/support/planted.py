"""Sound reports as documents, for one defect to be planted in each: printed in a layout, read, written and checked as a build does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from random import Random

from parsers import read_report
from portal.build.agencies import Agencies
from portal.build.source import source_of
from portal.build.write import create, source_id, write_sources
from portal.checks.run import run_checks
from tests.support import layouts
from tests.support.examples import APPLICANTS, Figures, Place, sound_figures
from tests.support.figures import Sample
from tests.support.transcription import transcription

Layout = Callable[[Sample], bytes]
LAYOUTS: tuple[Layout, ...] = (transcription, layouts.page, layouts.tabs, layouts.cell_per_line)
AGENCY = "样例市样例区民政局"
NARRATIVE = ("overview", "problems", "other_matters")
STORY = (
    "{month}月在{place}整理了{thing}，由两位同志逐条核对后张贴出来。", "{place}的{thing}有几处过时，{month}月底全部改正。",
    "附近的居民在{place}试用了{thing}，意见都已记下。", "{thing}的表格重新编排，放在{place}供人取用。",
)  # fmt: skip
Found = set[tuple[str, str]]  # (check, verdict) of each finding


@dataclass(frozen=True)
class Planted:
    """A report before it is printed. `words` are those of the narrative sections, and `preface`."""

    year: int
    edition: str
    figures: Figures
    words: dict[str, str] = field(default_factory=dict)
    agency: str = AGENCY

    def saying(self, section: str, sentence: str) -> Planted:
        """The same report with a sentence more at the end of a section."""
        return replace(self, words=self.words | {section: self.words[section] + sentence})

    def total(self, item: str, measure: str = "total", section: str = "applications") -> int:
        return int(self.figures[section, item, measure] or 0)

    def printed(self, layout: Layout) -> bytes:
        figures = {place: "" if value is None else f"{value:.12g}" for place, value in self.figures.items()}
        ends = (f"{self.year + 1}-01-25", f"{self.year + 1}-01-20")
        return layout(Sample("", self.agency, self.year, self.edition, figures, *ends, words=self.words))


def sound_report(random: Random, edition: str | None = None, least: int = 0) -> Planted:
    """A report that contradicts nothing; its free figures are drawn from `least` up."""
    edition = edition or random.choice(["2019", "2021"])
    figures = sound_figures(edition, [random.randint(min(least, 9), 9) for _ in APPLICANTS], lambda: random.randint(least, 40))
    year = random.choice([2019, 2020] if edition == "2019" else [2021, 2022, 2023])
    return Planted(year, edition, figures, {section: story(random) for section in NARRATIVE})


def story(random: Random, sentences: int = 2) -> str:
    """Made-up work that counts nothing."""
    return "".join(
        random.choice(STORY).format(
            month=random.randint(1, 12), place=random.choice(["大厅", "集市", "学校", "图书馆", "村口", "车站"]),
            thing=random.choice(["办事指南", "收费标准", "补助名单", "招标公告", "值班电话", "地图标注", "报名须知"]),
        )
        for _ in range(sentences)
    )  # fmt: skip


def body(number: int) -> str:
    """The name of a body of its own for each case, up to 1,500."""
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    return f"样例市样例区{'东西南北中上下左右前春夏秋冬雪'[hundreds]}{'甲乙丙丁戊己庚辛壬癸'[tens]}{'子丑寅卯辰巳午未申酉'[ones]}局"


def found_each(random: Random, cases: Sequence[Planted | tuple[Planted, ...]], drawn: Sequence[Layout] = LAYOUTS) -> list[Found]:
    """What is found in each case, a report or the successive reports of one body, each printed in a layout that is drawn."""
    documents = [
        [replace(report, agency=body(number)).printed(random.choice(drawn)) for report in (case if isinstance(case, tuple) else (case,))]
        for number, case in enumerate(cases)
    ]
    return found_in_each(documents)


def found_in_each(cases: Sequence[Sequence[bytes]]) -> list[Found]:
    """What is found in the documents of each case, each about a body of its own; all are checked together, as a build does."""
    sources = [
        source_of(source_id(data), f"{number}/{n}.txt", read_report(data))
        for number, case in enumerate(cases)
        for n, data in enumerate(case)
    ]
    each: list[Found] = [set() for _ in cases]
    listed = """select path, check_code, verdict from findings join reports on reports.id = findings.report_id
                  join source_texts on source_texts.id = reports.source_id"""
    with closing(create(":memory:")) as db:
        write_sources(db, sources, Agencies())
        run_checks(db)
        for path, check, verdict in db.execute(listed):
            each[int(path.split("/")[0])].add((check, verdict))
    return each


def codes(found: Found) -> set[str]:
    """The checks that found something."""
    return {code for code, _ in found}


def changed(report: Planted, *changes: tuple[Place, float | None]) -> Planted:
    return replace(report, figures=report.figures | dict(changes))


def off(random: Random, report: Planted, place: Place) -> Planted:
    """Too high or too low, never below zero."""
    value = report.figures[place] or 0
    return changed(report, (place, random.choice([v for v in (value + random.randint(1, 9), value - random.randint(1, 9)) if v >= 0])))


def two_years(random: Random, edition: str) -> tuple[Planted, Planted]:
    before = replace(sound_report(random, edition, 5), year=2019 if edition == "2019" else 2022)
    carried = [before.total("carried_out", applicant) for applicant in APPLICANTS]
    figures = sound_figures(edition, carried, lambda: random.randint(5, 40), before.figures)
    words = sound_report(random).words
    return before, Planted(before.year + 1, edition, figures, words)
