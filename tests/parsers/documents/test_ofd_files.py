"""OFD files: a whole report, those of other programs, and those that cannot be read."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest

from parsers import read_report
from parsers.documents.pages.ofd import read_ofd
from parsers.printed.decode import Undecodable
from tests.support.figures import Grid, Sample, expected, figures, tables
from tests.support.ofd import grid, line, ofd, page, words
from tests.support.paths import SHARED

SHOWN = grid([["项目", "数量", "合计"], ["甲", "12", "345"], ["乙", "", "0"]])


def drawn_table(rows: Grid, top: float) -> tuple[str, float]:
    """A table of the form, its columns 12 millimetres wide, its rows 9 high; and where it ends."""
    taken: set[tuple[int, int]] = set()
    out: list[str] = []
    for number, row in enumerate(rows):
        column = 0
        for text, wide, tall in row:
            while (number, column) in taken:
                column += 1
            taken |= {(r, c) for r in range(number, number + tall) for c in range(column, column + wide)}
            x, y, right, bottom = 6 + 12 * column, top + 9 * number, 6 + 12 * (column + wide), top + 9 * (number + tall)
            out += [line(x, y, right, y), line(x, bottom, right, bottom), line(x, y, x, bottom), line(right, y, right, bottom)]
            letters = text.replace("\n", "")
            room = max(2, int((right - x - 1) / 1.5))
            lines = [letters[at : at + room] for at in range(0, len(letters), room)]
            steps = " ".join(["1.5"] * room)
            out += [words(x + 0.5, y + 2 + 1.6 * n, part, 1.5, steps=steps) for n, part in enumerate(lines)]
            column += wide
    return "".join(out), top + 9 * len(rows)


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_a_whole_report_is_read(edition: str) -> None:
    made = Sample("", "样例市样例局", 2022, edition, figures(5, edition))
    headings = ("二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况")
    top, content = 30.0, words(20, 15, made.title) + words(20, 25, "一、总体情况")
    for heading, rows in zip(headings, tables(made).values(), strict=True):
        table, end = drawn_table(rows, top + 10)
        content += words(20, top + 6, heading) + table
        top = end
    content += words(20, top + 8, "五、存在的主要问题及改进情况") + words(20, top + 16, "六、其他需要报告的事项")
    report = read_report(ofd(page(content, f"<ofd:Area><ofd:PhysicalBox>0 0 210 {top + 30}</ofd:PhysicalBox></ofd:Area>")))
    wanted = {(s, i, m): number for s, i, m, _, number in expected(made) if number}
    found = {(c.section, c.item, c.measure): c.value for c in report.cells if c.status == "stated"}
    assert found == {key: float(number) for key, number in wanted.items()}
    assert report.identity.agency == made.agency


@pytest.mark.skipif(not (SHARED / "ofd").exists(), reason="../shared/ofd is not here")
def test_files_of_other_programs() -> None:
    held = json.loads((SHARED / "ofd/expected.json").read_text(encoding="utf-8"))["must_hold"]
    for name, lines in held.items():
        try:
            text = "".join(read_ofd((SHARED / "ofd" / name).read_bytes()).text.split())
        except Undecodable as error:
            assert not lines and "只有图片" in str(error), name
            continue
        for wanted in lines:
            assert "".join(wanted.split()) in text, (name, wanted)


def without(data: bytes, part: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w") as copy:
        for name in package.namelist():
            if name != part:
                copy.writestr(name, package.read(name))
    return out.getvalue()


ENTITIES = '<!DOCTYPE a [<!ENTITY b "' + "9" * 1000 + '"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
HOSTILE = {
    "cut short": ofd(page(SHOWN))[:400],
    "no document": without(ofd(page(SHOWN)), "Doc_0/Document.xml"),
    "no page": without(ofd(page(SHOWN)), "Doc_0/Pages/Page_0/Content.xml"),
    "broken XML": ofd("<ofd:Page"),
    "nothing printed": ofd(page("")),
    "too many pages": ofd(*[page("")] * 201),
    "too much text": ofd(page(words(20, 20, "9" * 40_000, steps="g 40000 0.001"))),
    "inflates": ofd(page(" " * 70_000_000)),
}


def test_entities_are_not_opened() -> None:
    assert len(read_ofd(ofd(ENTITIES + page(words(20, 20, "12&c;").replace("&amp;", "&")))).text) < 20


@pytest.mark.parametrize("how", HOSTILE)
def test_a_file_that_cannot_be_read_gets_one_sentence(how: str) -> None:
    with pytest.raises(Undecodable) as refused:
        read_ofd(HOSTILE[how])
    assert re.search("[一-鿿].*\\([a-zA-Z]", str(refused.value)) and "\n" not in str(refused.value)
