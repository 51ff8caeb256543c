"""Each mechanism that the ablation switches off exists, and is off in every module that has it."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from bench.ablation import Subject, found_at, measured, switchable
from bench.mechanisms import MECHANISMS, Mechanism
from tests.support import layouts
from tests.support.figures import Sample, figures


@pytest.mark.parametrize("mechanism", MECHANISMS, ids=[mechanism.english for mechanism in MECHANISMS])
def test_a_mechanism_is_a_function_of_the_parsers(mechanism: Mechanism) -> None:
    for place in mechanism.off:
        owner, name = found_at(place)
        assert callable(getattr(owner, name)), place


def test_without_a_mechanism_its_figures_are_lost(tmp_path: Path) -> None:
    """In a process of its own, as the switches stay in the modules. The columns of a header that was read before are remembered."""
    page = layouts.page(Sample("", "样例市样例局", 2020, "2019", figures(5, "2019"))).decode()
    (tmp_path / "damaged").write_text(page.replace("对外公开总数量", "", 1), encoding="utf-8")
    damaged = Subject("tests", (str(tmp_path / "damaged"),))
    aligned, boxed = Subject("columns of spaces", ("aligned", "none", "3")), Subject("samples", ("tables_with_labels", "boxed", "0"))
    with ProcessPoolExecutor(1, get_context("spawn"), switchable) as process:
        found = list(process.map(measured, [aligned, boxed, damaged]))
    worth = [{mechanism.english: one[mechanism.name] for mechanism in MECHANISMS if mechanism.name in one} for one in found]
    assert worth[0]["tables set in columns"].lost > 100 and "ruled boxes" not in worth[0]
    assert worth[1]["ruled boxes"].lost > 100 and not worth[1]["ruled boxes"].wrong
    assert worth[2]["damaged headers"].lost > 0
