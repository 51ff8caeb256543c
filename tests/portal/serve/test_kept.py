"""What was answered is kept by readers, by proxies and by the portal, until the next build; errors and drafts never are."""

from __future__ import annotations

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from portal.pages import queries, remembered
from portal.pages.remembered import Kept

KEPT = ["/", "/index.json", "/checks", "/findings.csv", "/findings.atom", "/search?q=x", "/portal/checks", "/portal/checks.json?_shape=array",
        "/portal/checks.csv", "/portal.json?sql=select+1&_shape=array", "/sitemap.xml"]  # fmt: skip
NOT_KEPT = ["/nothing", "/nothing.json", "/portal/checks.json?_sort=nothing", "/portal.json?sql=selec", "/draft", "/draft.json"]


@pytest.fixture(name="written", scope="module")
def fixture_written(site: httpx.Client) -> httpx.Client:
    """The portal once its whole tables are written, whose sizes pages say."""
    while site.get("/tables.json").json()["archive"]["bytes"] is None:
        time.sleep(0.2)
    return site


@pytest.mark.parametrize("path", KEPT)
def test_an_answer_is_the_same_and_whoever_has_it_is_told_so(written: httpx.Client, path: str) -> None:
    site = written
    first, second = site.get(path), site.get(path)
    assert first.status_code == 200
    assert (first.content, first.headers["etag"]) == (second.content, second.headers["etag"])
    assert first.headers["cache-control"] == "public, max-age=120, must-revalidate"
    assert first.headers["vary"] == "Accept-Encoding"
    again = site.get(path, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    packed = site.get(path, headers={"accept-encoding": "identity"})
    assert packed.content == first.content
    assert "content-encoding" not in packed.headers


SHARED = "from=timeline&isappinstalled=0&utm_source=x&fbclid=1&spm=a.b&share_token=c&_t=1"


@pytest.mark.parametrize("path", [*KEPT, "/checks/sample_check", "/reports?lang=en", "/portal/cells?item=received"])
def test_what_others_add_to_an_address_to_follow_it_is_not_asked(written: httpx.Client, path: str) -> None:
    plain, shared = written.get(path), written.get(f"{path}{'&' if '?' in path else '?'}{SHARED}")
    assert plain.status_code == 200
    assert (shared.content, shared.headers["etag"]) == (plain.content, plain.headers["etag"])  # so are its links and its canonical address
    assert written.get(f"{path}{'&' if '?' in path else '?'}isappinstaled=0").status_code == 400


def test_a_value_of_a_readers_query_is_no_tracking(site: httpx.Client) -> None:
    assert site.get("/portal.json", params={"sql": "select :from as x", "from": "timeline", "_shape": "array"}).json() == [
        {"x": "timeline"}
    ]


def test_each_address_has_its_own_mark(site: httpx.Client) -> None:
    marks = [site.get(path).headers["etag"] for path in [*KEPT, "/?lang=en"]]
    assert len(set(marks)) == len(marks)
    assert site.get("/checks", headers={"if-none-match": marks[0]}).status_code == 200


@pytest.mark.parametrize("path", NOT_KEPT)
def test_errors_and_drafts_are_not_kept(site: httpx.Client, path: str) -> None:
    answer = site.get(path)
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers


def test_what_is_asked_of_the_head_has_no_body(site: httpx.Client) -> None:
    site.get("/checks")
    answer = site.head("/checks")
    assert (answer.status_code, answer.content) == (200, b"")


def test_no_more_is_kept_than_fits_and_the_longest_unasked_goes() -> None:
    answers: Kept[bytes] = Kept(3000, 2000)
    for name in "abc":
        answers.add(name, b"x", 900)
    assert answers.get("a")
    answers.add("d", b"x", 900)
    assert [name for name in "abcd" if answers.get(name)] == ["a", "c", "d"]
    answers.add("large", b"x", 2001)
    assert answers.get("large") is None
    answers.add("a", b"y", 500)
    assert (answers.get("a"), answers.size) == (b"y", 2300)


def test_what_is_held_stays_beside_what_comes_and_goes() -> None:
    answers: Kept[bytes] = Kept(1000, 1000)
    answers.add("held", b"x", 1000)
    answers.hold()
    for name in "ab":
        answers.add(name, b"y", 1000)
    assert [answers.get(name) for name in ("held", "a", "b")] == [b"x", None, b"y"]
    answers.clear()
    assert [answers.get(name) for name in ("held", "b")] == [None, None]


def test_what_took_long_is_remembered_and_nobody_changes_what_was_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "LONG", 0)
    db = sqlite3.connect(":memory:", factory=remembered.Remembering)
    db.remembered = Kept(10_000, 10_000)
    db.execute("create table said (word)")
    rows = queries.rows_of(db)
    asked = ("select count(*) as count from said where word <> :word", {"word": "x"})
    rows(*asked)[0]["count"] = 7
    db.execute("insert into said values ('y')")  # as no build is: to tell what was remembered from what is asked
    assert rows(*asked) == [{"count": 0}]
    assert rows(asked[0], {"word": "y"}) == [{"count": 0}]
    assert rows(asked[0], {"word": "z"}) == [{"count": 1}]


def test_what_every_page_needs_is_read_once_of_a_build_and_each_time_of_what_may_change() -> None:
    built = sqlite3.connect(":memory:", factory=remembered.Remembering)
    built.constants = {}
    for db, expected in ((built, ["first", "first"]), (sqlite3.connect(":memory:"), ["first", "second"])):
        db.execute("create table builds (id integer primary key, built_at, version, release, documents, read, partial, refused)")
        found = []
        for release in ("first", "second"):
            db.execute("insert into builds (release) values (?)", [release])
            found.append(queries.last_build(queries.rows_of(db))["release"])
        assert found == expected


def test_those_who_ask_the_same_at_once_are_answered_by_one_reading(site: httpx.Client) -> None:
    path = "/coverage?region=110000"
    with ThreadPoolExecutor(8) as readers:
        answers = list(readers.map(lambda _: site.get(path), range(8)))
    assert {(answer.status_code, answer.text, answer.headers["etag"]) for answer in answers} == {
        (200, answers[0].text, answers[0].headers["etag"])
    }
