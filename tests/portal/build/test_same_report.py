"""Two documents of one report: which are, which are not, and what they print differently."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from parsers import read_report
from portal.build.agencies import Agencies
from portal.build.source import Source, source_of
from portal.build.write import create, finish, source_id, write_sources
from portal.checks.run import run_checks
from tests.support import layouts
from tests.support.figures import Figures, Sample, figures
from tests.support.paths import SHARED
from tests.support.transcription import transcription

RECEIVED = ("applications", "received", "natural_person")


def source(path: str, data: bytes, **stated: str) -> Source:
    return source_of(source_id(data), path, read_report(data), **stated)  # type: ignore[arg-type]


def written(*sources: Source) -> sqlite3.Connection:
    db = create(":memory:")
    write_sources(db, sources, Agencies())
    run_checks(db)
    finish(db)
    return db


def report_by(printed: Figures | None = None, agency: str = "晋江市样例局", seed: int = 8) -> Sample:
    return Sample("", agency, 2023, "2021", printed or figures(seed, "2021"), "2024-01-18")


def notes(db: sqlite3.Connection, code: str) -> list[tuple[str, ...]]:
    sql = "select path, section, item, measure, message from reading_notes join source_texts on source_texts.id = source_id where code = ? order by 1"
    return db.execute(sql, (code,)).fetchall()


def reports(db: sqlite3.Connection) -> list[tuple[str, int]]:
    return db.execute(
        "select reports.id, count(*) from reports join source_texts on report_id = reports.id group by 1 order by 1"
    ).fetchall()


def test_an_original_is_the_source_and_not_its_transcription() -> None:
    made = report_by()
    db = written(source("a.md", transcription(made)), source("b.html", layouts.page(made)))
    assert [documents for _, documents in reports(db)] == [2]
    sql = "select path from reports join source_texts on source_texts.id = source_id"
    assert [path for (path,) in db.execute(sql)] == ["b.html"]


def test_a_page_and_its_text_are_one_report() -> None:
    db = written(source("a.txt", layouts.tabs(report_by())), source("b.html", layouts.page(report_by())))
    ((report, documents),) = reports(db)
    assert documents == 2 and report.startswith("350582-") and report.endswith("-2023")
    assert not notes(db, "sources_differ") and not notes(db, "doubt")


def test_reports_with_and_without_the_province_are_one_agencys() -> None:
    years = [(2022, "福建省晋江市样例局"), (2023, "晋江市样例局")]
    db = written(*(source(f"{year}.html", layouts.page(replace(report_by(agency=name, seed=year), year=year))) for year, name in years))
    ((code, name),) = db.execute("select code, name from agencies where name like '%样例局'").fetchall()
    assert name == "晋江市样例局"
    assert [id for id, _ in reports(db)] == [f"{code}-2022", f"{code}-2023"]


def test_where_they_differ_both_say_so_and_no_agency_is_accused() -> None:
    mistaken = figures(8, "2021")
    total = ("applications", "received", "total")
    mistaken[total] = str(int(mistaken[total]) + 7)
    alone = written(source("a.html", layouts.page(report_by(mistaken))))
    assert {verdict for (verdict,) in alone.execute("select verdict from findings where check_code = 'applications_row_total'")} == {
        "report"
    }

    page, text = source("a.html", layouts.page(report_by(mistaken))), source("b.txt", layouts.tabs(report_by()))
    db = written(page, text)
    differ = notes(db, "sources_differ")
    assert [note[:4] for note in differ] == [("a.html", *total), ("b.txt", *total)]
    for _, _, _, _, message in differ:
        assert f"a.html 印“{mistaken[total]}”" in message and f"b.txt 印“{int(mistaken[total]) - 7}”" in message
    for path, start, end in db.execute(
        "select path, char_start, char_end from reading_notes join source_texts on source_texts.id = source_id where code = 'sources_differ'"
    ):
        printed = {"a.html": page, "b.txt": text}[path].report.document.text[start:end]
        assert printed == (mistaken[total] if path == "a.html" else str(int(mistaken[total]) - 7))
    assert {verdict for (verdict,) in db.execute("select verdict from findings where check_code = 'applications_row_total'")} == {"reading"}


def test_the_better_read_document_gives_the_cells() -> None:
    few = {key: ("" if key[0] == "applications" else text) for key, text in figures(8, "2021").items()}
    db = written(source("a.html", layouts.page(report_by(few))), source("b.html", layouts.page(report_by())))
    assert db.execute("select path from reports join source_texts on source_texts.id = reports.source_id").fetchall() == [("b.html",)]


def test_files_of_the_same_bytes_are_one_document() -> None:
    data = layouts.page(report_by())
    db = written(source("b.html", data, url="https://example.org/b"), source("a.html", data))
    assert db.execute("select path, url from source_texts").fetchall() == [("a.html", "https://example.org/b")]
    ((path, *_, message),) = notes(db, "same_file")
    assert path == "a.html" and "b.html" in message


def test_two_retrievals_of_an_address_are_one_report() -> None:
    later = figures(8, "2021") | {RECEIVED: "99"}
    first = source("a.html", layouts.page(report_by()), url="https://example.org/a", retrieved_on="2024-02-01")
    second = source("b.html", layouts.page(report_by(later)), url="http://example.org/a/", retrieved_on="2024-05-01")
    db = written(first, second)
    assert [count for _, count in reports(db)] == [2] and len(notes(db, "sources_differ")) == 2


def test_a_document_that_names_nobody_joins_its_twin_by_address_or_figures() -> None:
    nameless = layouts.page(report_by(agency="我局"))
    assert read_report(nameless).identity.agency is None
    named = layouts.page(report_by())
    for stated in ({"url": "https://example.org/a"}, {}):
        db = written(source("a.html", named, **stated), source("b.html", nameless, **stated))
        ((report, documents),) = reports(db)
        assert report.startswith("350582-") and documents == 2
        assert [path for path, *_ in notes(db, "named_by_twin")] == ["b.html"]
    db = written(source("a.html", named), source("b.html", layouts.page(report_by(agency="我局", seed=11))))
    assert len(reports(db)) == 2


def joined(named: bytes, unnamed: bytes, *others: bytes) -> bool:
    """Is the page that names nobody published as the named report?"""
    assert read_report(unnamed).identity.agency is None
    db = written(source("a.html", named), source("z.html", unnamed), *(source(f"b{n}.html", other) for n, other in enumerate(others)))
    return bool(notes(db, "named_by_twin"))


SIGNED = Sample("", "我局", 2023, "2021", figures(8, "2021"), "2024-01-18", "2024-01-16")
# What a page of nobody with the very same figures may say that shows it to be another's.
OTHERS = {
    "another city's": replace(SIGNED, words={"problems": "石狮市的目录更新慢，下一年改为每月核对一次；办事人员轮训2次。"}),
    "another place's": replace(SIGNED, words={"preface": "数据含石狮市各科室，从1月1日算到12月31日。"}),
    "another's text": replace(SIGNED, words={"problems": "窗口人手不足，下一年增配两名人员，并把办理流程重新整理一遍。"}),
    "another's count": replace(SIGNED, words={"overview": "这一年新收申请99件。"}),
    "another year's": replace(SIGNED, year=2022),
    "signed another year": replace(SIGNED, signed_on="2023-01-16"),
    "published another year": replace(SIGNED, published_on="2022-01-18"),
}


@pytest.mark.parametrize("seed", [8, 11, 23, 42])
def test_a_page_of_nobody_joins_its_own_report(seed: int) -> None:
    own = replace(SIGNED, printed=figures(seed, "2021"))
    assert joined(layouts.page(replace(own, agency="晋江市样例局")), layouts.page(own))


@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("seed", [8, 11])
def test_a_page_of_nobody_that_says_otherwise_stays_alone(other: str, seed: int) -> None:
    printed = figures(seed, "2021")
    named = layouts.page(replace(SIGNED, printed=printed, agency="晋江市样例局"))
    page = replace(OTHERS[other], printed=printed)
    without_year = layouts.page(page) if "year" in other else layouts.page(page).replace("2023年".encode(), b"")
    assert not joined(named, without_year)


@pytest.mark.parametrize("figure", ["1", "2", "9", "37"])
@pytest.mark.parametrize("cells", [6, 20, 200])
def test_one_figure_in_many_cells_joins_nobody(figure: str, cells: int) -> None:
    empty = figures(8, "2021")
    printed = {key: figure if at < cells else "0" for at, key in enumerate(empty)}
    named, unnamed = (layouts.page(replace(SIGNED, printed=printed, agency=agency)) for agency in ("晋江市样例局", "我局"))
    assert not joined(named, unnamed)


@pytest.mark.parametrize("seed", [8, 11, 23])
def test_small_figures_join_nobody(seed: int) -> None:
    printed = {key: text if text.isdecimal() and int(text) < 6 else "0" for key, text in figures(seed, "2021").items()}
    named, unnamed = (layouts.page(replace(SIGNED, printed=printed, agency=agency)) for agency in ("晋江市样例局", "我局"))
    assert not joined(named, unnamed)


def test_another_edition_of_the_form_joins_nobody() -> None:
    """Of section 3 the two editions differ only in rows that are zero here."""
    newer, older = figures(8, "2021"), figures(8, "2019")
    for key in newer.keys() & older.keys():
        older[key] = newer[key]
    for key in {*newer, *older}:
        for printed in (newer, older):
            if key in printed and (
                key[0] == "proactive_disclosure" or key[1].startswith("other") or key not in newer.keys() & older.keys()
            ):
                printed[key] = "0"
    named = layouts.page(replace(SIGNED, printed=newer, agency="晋江市样例局"))
    assert joined(named, layouts.page(replace(SIGNED, printed=newer)))
    assert not joined(named, layouts.page(replace(SIGNED, printed=older, edition="2019")))


def test_a_page_of_nobody_that_fits_two_reports_joins_neither() -> None:
    pages = [layouts.page(replace(SIGNED, agency=agency)) for agency in ("晋江市样例局", "我局", "石狮市样例局")]
    assert not joined(*pages)


def test_a_summary_of_the_whole_city_is_not_the_governments_own_report() -> None:
    own = layouts.page(report_by(agency="晋江市人民政府"))
    whole = layouts.page(report_by(agency="晋江市人民政府", seed=11)).replace("2023年政府".encode(), "2023年全市政府".encode())
    db = written(source("a.html", own), source("b.html", whole))
    assert [id_ for id_, _ in reports(db)] == sorted(["350582-zhengfu-2023", f"source-{source_id(whole)[:12]}"])
    assert [path for path, *_ in notes(db, "other_report")] == ["a.html", "b.html"]
    assert not notes(db, "sources_differ")
    assert db.execute("select agency from reports where id like 'source-%'").fetchall() == [(None,)]


def test_towns_of_one_name_are_one_only_if_their_reports_agree() -> None:
    here, there = report_by(agency="样例镇人民政府"), report_by(agency="样例镇人民政府", seed=11)
    assert [n for _, n in reports(written(source("a.html", layouts.page(here)), source("b.txt", layouts.tabs(here))))] == [2]
    db = written(source("a.html", layouts.page(here)), source("b.txt", layouts.tabs(there)))
    assert [n for _, n in reports(db)] == [1, 1] and len(notes(db, "other_report")) == 2


@pytest.mark.parametrize(("agency", "compared"), [("晋江市样例局", True), ("样例镇人民政府", False), ("鼓楼区样例局", False)])
def test_years_of_an_agency_whose_place_is_open_are_not_compared(agency: str, compared: bool) -> None:
    before = layouts.page(report_by(agency=agency, seed=11)).replace(b"2023", b"2022")
    db = written(source("a.html", layouts.page(report_by(agency=agency))), source("b.html", before))
    assert len(reports(db)) == 2
    across = "select count(*) from findings where check_code in ('carried_over_between_years', 'in_force_between_years')"
    assert (db.execute(across).fetchone()[0] > 0) == compared


def test_reports_of_other_years_stay_apart_at_one_address() -> None:
    other_year = layouts.page(report_by()).replace(b"2023", b"2022")
    db = written(
        source("a.html", layouts.page(report_by()), url="https://example.org/"), source("b.html", other_year, url="https://example.org/")
    )
    assert len(reports(db)) == 2


@pytest.mark.skipif(not SHARED.exists(), reason="the collected documents (../shared) are not beside this repository")
@pytest.mark.parametrize("year", [2019, 2020])
def test_real_twins(year: int) -> None:
    folder = SHARED / "corpus" / "docs"
    db = written(*(source(name, (folder / name).read_bytes()) for name in (f"pingtan_{year}.html", f"pingtan_{year}.txt")))
    assert reports(db) == [(f"350128-guanweihui-{year}", 2)]
    assert db.execute("select path from reports join source_texts on source_texts.id = reports.source_id").fetchall() == [
        (f"pingtan_{year}.html",)
    ]
