"""The sample documents are what make.py writes, and their figures add up but for the one mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import figures, make
from tests.support.paths import SAMPLES

MADE = [sample for sample, _ in make.MADE]


def test_documents_and_expectations_are_as_made(tmp_path: Path) -> None:
    make.main(tmp_path)
    made = sorted(path.name for path in tmp_path.iterdir())
    assert made == sorted(name for sample in MADE for name in (sample.file, f"{sample.file}.expected.csv"))
    for name in made:
        assert (SAMPLES / name).read_bytes() == (tmp_path / name).read_bytes(), f"{name}: run tests/support/make.py"


@pytest.mark.parametrize("sample", MADE, ids=lambda sample: sample.file)
def test_figures_add_up(sample: figures.Sample) -> None:
    """The form's own equations, over the groups whose cells are all numbers."""
    broken = {
        (equation["code"], other)
        for equation in figures.FORMS[sample.edition]["equations"]
        for other, held in groups(sample, equation)
        if not held
    }
    assert broken == ({("review_litigation_total", "reconsideration")} if sample.file == "word_made.html" else set())


def groups(sample: figures.Sample, equation: dict[str, str]) -> list[tuple[str, bool]]:
    """Each judged group of an equation, by its column or row, with whether it holds."""
    section, by_column = equation["section"], equation["each"] == "column"
    judged = []
    for other in sorted({key[2 if by_column else 1] for key in sample.printed if key[0] == section}):
        left, right = (
            [sample.printed[(section, name, other) if by_column else (section, other, name)] for name in equation[side]]
            for side in ("sum", "equals")
        )
        if all(text.isdigit() for text in [*left, *right]):
            judged.append((other, sum(map(int, left)) == sum(map(int, right))))
    return judged


def test_values_by_hand() -> None:
    """Known answers, so that the expectations themselves cannot drift."""
    by_hand = {"增98": "98", "减3": "-3", "+1": "1", "-417": "-417", "0/0": "0", "": "", "/": "", "?": "", "增": ""}
    assert {printed: figures.value(printed) for printed in by_hand} == by_hand
    assert figures.value("25.6553万元") == "256553" and figures.value("251000元", "万元") == "251000"
    assert figures.value("5949.088667", "万元") == "59490886.67" and figures.value("120", "元") == "120"
