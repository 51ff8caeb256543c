"""A database that only what changed was written and judged anew in: it is, row by row, that of a full build of the same documents."""

from __future__ import annotations

import functools
import sqlite3
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from parsers import read_report
from parsers.model import Report
from portal.build import spelling
from portal.build.agencies import Agencies
from portal.build.published import all_new, content, difference
from portal.build.same_report import same_reports, without_copies
from portal.build.source import Source, source_of
from portal.build.write import source_id
from portal.checks import passages
from portal.checks.passages import Bands
from portal.database import write_database
from tests.support import layouts
from tests.support.dump import differing, dump
from tests.support.figures import Sample, figures

# A government, two of its offices that are all that it has below it, and one that no list knows.
LISTED = """code,name,other_names,level,kind,region,parent,since,until,merged_into
350128-zhengfu,平潭县人民政府,,county,government,350128,,,,
350128-jia,平潭县样例甲局,,county,department,350128,350128-zhengfu,,,
350128-yi,平潭县样例乙局,,county,department,350128,350128-zhengfu,,,
"""
NAMES = ("平潭县人民政府", "平潭县样例甲局", "平潭县样例乙局", "平潭县样例丙局")
STORIES = tuple(
    "".join(
        f"{month + 2}月{who}在第{month * 7 + of}号院{did}，{n}名讲解员分三批到场，随后把记录汇总编成手册第{of}册。"
        for month, (who, did, n) in enumerate(zip(whos, dids, (4, 9, 12, 31, 7, 18), strict=True))
    )
    for of, whos, dids in (
        (1, ["渔港队伍", "码头值守", "海巡小组", "灯塔看护", "航标班组", "船坞工友"], ["修补旧网", "清点缆绳", "核对潮表", "擦洗镜片", "校准浮标", "打磨船板"]),
        (2, ["山林护员", "苗圃师傅", "果园农户", "茶场学徒", "蜂农互助", "药圃帮工"], ["清扫落叶", "嫁接新枝", "疏花疏果", "揉捻春茶", "分箱换脾", "翻晒药材"]),
    )
)  # fmt: skip
NO_REPORT = b"<html><body><p>\xe6\xa0\xb7\xe4\xbe\x8b</p></body></html>"
numbers = count()


@functools.cache
def report(name: str, year: int, seed: int, story: int, mistaken: bool, above: bool) -> tuple[bytes, Report]:
    """A report as read: its figures by the seed, its narrative by the story, with a wrong total, summing up those below."""
    printed = figures(seed, "2021")
    if mistaken:
        printed |= {("review_litigation", "reconsideration", "total"): "199"}
    words = {"problems": STORIES[story]} if story < len(STORIES) else {}
    words |= {"preface": "本报告汇总本级和所属各局的数据编成。"} if above else {}
    data = layouts.tabs(Sample("", name, year, "2021", printed, f"{year + 1}-01-18", f"{year + 1}-01-09", words))
    return data, read_report(data)


Document = tuple[str, int, int, int, bool, bool, bool]
documents = st.tuples(
    st.sampled_from(NAMES), st.integers(2021, 2023), st.integers(1, 3), st.integers(0, 2), st.booleans(), st.booleans(), st.booleans()
)
collections = st.dictionaries(st.integers(0, 9), documents, max_size=9)


def source(path: int, document: Document) -> Source:
    """The document under a path; one of its properties is that sources.csv states its address."""
    *made, addressed = document
    data, read = report(*made)
    if document[1:4] == (2023, 3, 2):
        data, read = NO_REPORT, read_report(NO_REPORT)
    return source_of(source_id(data), f"{path}.txt", read, url="https://www.example.gov.cn/1.html" if addressed else None)


class Building:
    """A database that is changed, again and again, from one collection to another."""

    def __init__(self, folder: Path) -> None:
        self.agencies = folder / "agencies.csv"
        self.agencies.write_text(LISTED, encoding="utf-8")
        self.file = folder / f"{next(numbers)}.db"
        self.bands = Bands(sqlite3.connect(":memory:"))
        self.contents: dict[str, str] | None = None

    def change(self, sources: Sequence[Source]) -> tuple[int, dict[str, list[tuple[object, ...]]]]:
        """How many reports were written, and what the database holds then."""
        agencies = Agencies(self.agencies)
        reports = same_reports(without_copies(sources), agencies)
        change = all_new(reports) if self.contents is None else difference(self.contents, reports, agencies)
        about = ("2024-01-01T00:00:00+00:00", "0", "made up", None)
        db, _, lost = write_database(str(self.file), change, agencies, self.bands, sources, about)
        assert not lost
        self.contents = {same.id: content(same, agencies) for same in reports}
        held = dump(db)
        db.close()
        return len(change.new), held


@pytest.fixture(scope="module", autouse=True)
def small_collections() -> Iterator[None]:
    """Narratives are compared with so few others that it matters which, in collections this small; names are spelled only once, which takes
    half of the time of such a build."""
    with pytest.MonkeyPatch.context() as small:
        small.setattr(passages, "MOST_IN_BUCKET", 2)
        small.setattr(spelling, "spelled", functools.cache(spelling.spelled))
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("again")


QUICKLY = settings(max_examples=8, deadline=None, derandomize=True, database=None, phases=[Phase.generate])


@QUICKLY
@given(st.lists(collections, min_size=2, max_size=3))
def test_changes_in_any_order_give_the_database_of_a_full_build(folder: Path, steps: list[dict[int, Document]]) -> None:
    building = Building(folder)
    for collection in steps:
        sources = [source(path, document) for path, document in collection.items()]
        _, changed = building.change(sources)
        _, full = Building(folder).change(sources)
        assert not differing(changed, full)


@pytest.mark.parametrize(
    "changed",
    [(0, ("平潭县样例甲局", 2021, 2, 2, False, False, False)), (1, None), (6, ("平潭县样例丙局", 2021, 1, 2, False, False, False))],
)
def test_what_did_not_change_is_neither_written_nor_judged_again(folder: Path, changed: tuple[int, Document | None]) -> None:
    years = (("平潭县样例甲局", 2021), ("平潭县样例甲局", 2022), ("平潭县样例乙局", 2021), ("平潭县样例丙局", 2023))
    collection: dict[int, Document] = {path: (*who, 1, 2, False, False, False) for path, who in enumerate(years)}
    building = Building(folder)
    building.change([source(path, document) for path, document in collection.items()])
    with sqlite3.connect(building.file) as db:  # what nobody writes again keeps this mark
        db.execute("update source_texts set encoding = 'as it was'")
        db.execute("update check_results set reason = 'as it was'")
    path, document = changed
    after = {at: of for at, of in (collection | {path: document}).items() if of}
    written, _ = building.change([source(at, of) for at, of in after.items()])
    assert written == (document is not None)
    with sqlite3.connect(building.file) as db:
        kept = {text for (text,) in db.execute("select path from source_texts where encoding = 'as it was'")}
        judged = {id for (id,) in db.execute("select report_id from check_results group by 1 having sum(reason is 'as it was') = 0")}
    assert kept == {f"{at}.txt" for at in after if at != path}
    of_changed = {0: {"350128-jia-2021", "350128-jia-2022"}, 1: set()}
    assert {id for id in judged if id.startswith("350128-jia")} == of_changed.get(path, set()) and len(judged) == len(
        of_changed.get(path, {path})
    )
