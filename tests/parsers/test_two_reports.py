"""Two reports on one page: what only the second prints is not the first's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from parsers import read_report
from tests.support import layouts
from tests.support.figures import figures
from tests.support.readings import sample, truth


@pytest.mark.parametrize("lost", ["7.属于行政执法案卷", "四、结转下年度继续办理", "行政处罚"])
def test_a_row_that_the_first_lacks(lost: str) -> None:
    first = sample()
    second = replace(first, agency="样例市样例镇", printed=figures(77, "2021"))
    page = layouts.page(first).decode().replace(lost, "另有情形").encode() + layouts.page(second)
    wanted = truth(first)
    cells = {(c.section, c.item, c.measure): c.value for c in read_report(page).cells if c.value is not None}
    assert cells == {key: value for key, value in wanted.items() if key in cells}


def test_a_table_that_the_first_lacks() -> None:
    first = sample()
    second = replace(first, agency="样例市样例镇", printed=figures(77, "2021"))
    page = layouts.page(first).decode()
    page = page[: page.index("四、政府信息公开行政复议")] + page[page.index("五、存在的主要问题") :]
    assert not [
        c for c in read_report(page.encode() + layouts.page(second)).cells if c.section == "review_litigation" and c.value is not None
    ]


def test_one_row_printed_twice_is_no_second_report() -> None:
    first = sample()
    page = layouts.page(first).decode()
    row = page[page.index("<tr><td><span>行政处罚") :]
    row = row[: row.index("</tr>") + 5]
    again = page.replace(row, row + row.replace("</span></td></tr>", "9</span></td></tr>"))
    cells = {(c.section, c.item, c.measure): c.value for c in read_report(again.encode()).cells if c.value is not None}
    assert cells == {key: value for key, value in truth(first).items() if key[1] != "penalties"}
