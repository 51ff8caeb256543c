"""Ruled lines in pictures, however they are drawn, and pages that were photographed from aside: no word is recognised here."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from parsers.documents.pictures import extra
from tests.support.scans import photographed

pytestmark = pytest.mark.skipif(not extra.is_installed(), reason="what reads pictures is not installed here: make setup-ocr installs it")
WIDTH, HEIGHT, ROWS, COLUMNS = 1654, 2339, 12, 9
LEFT, TOP, HIGH = 200, 300, 42  # dots
NARROW = (300, 48, 48, 48, 90, 48, 48, 48, 120)  # of each column


def edges() -> tuple[list[int], list[int]]:
    return [LEFT + sum(NARROW[:n]) for n in range(COLUMNS + 1)], [TOP + HIGH * n for n in range(ROWS + 1)]


def ruled(drawn: ImageDraw.ImageDraw) -> None:
    across, down = edges()
    for y in down:
        drawn.line((across[0], y, across[-1], y), "black", 2)
    for x in across:
        drawn.line((x, down[0], x, down[-1]), "black", 2)


def dashed(drawn: ImageDraw.ImageDraw) -> None:
    across, down = edges()
    for y in down:
        for x in range(across[0], across[-1], 10):
            drawn.rectangle((x, y, x + 5, y + 1), "black")
    for x in across:
        for y in range(down[0], down[-1], 10):
            drawn.rectangle((x, y, x + 1, y + 5), "black")


def framed(drawn: ImageDraw.ImageDraw) -> None:
    """Each cell in a frame of its own, as browsers draw tables without a style."""
    across, down = edges()
    for y in down[:-1]:
        for x, wide in zip(across, NARROW, strict=False):
            drawn.rectangle((x, y, x + wide - 5, y + HIGH - 5), outline="black", width=2)


def page(draw: object) -> Image.Image:
    paper = Image.new("RGB", (WIDTH, HEIGHT), "white")
    draw(ImageDraw.Draw(paper))  # type: ignore[operator]
    return paper


def rules_of(shown: Image.Image) -> tuple[list[tuple[int, ...]], list[tuple[int, ...]]]:
    import numpy as np

    from parsers.documents.pictures.straight import as_read
    from parsers.documents.pictures.upright import without_red
    from parsers.documents.pictures.words import find_rules

    rules = find_rules(without_red(as_read(np.asarray(shown), 0)[0]))
    return list(rules.across), list(rules.down)


@pytest.mark.parametrize(("draw", "times"), [(ruled, 1), (dashed, 1), (framed, 2)])
def test_rules_are_found_whole(draw: object, times: int) -> None:
    across, down = rules_of(page(draw))
    whole, high = sum(NARROW), ROWS * HIGH
    assert len([box for box in across if box[2] - box[0] > 0.97 * whole]) == times * ROWS + (times == 1)
    assert len({box[0] // 6 for box in down}) >= COLUMNS + 1 and sum(box[3] - box[1] for box in down) > 0.8 * (COLUMNS + 1) * high


def digits(drawn: ImageDraw.ImageDraw) -> None:
    """A column and a row of the least digits that can be read, set close."""
    for n in range(12):
        drawn.rectangle((300, 300 + 16 * n, 302, 300 + 16 * n + 11), "black")
        drawn.rectangle((600 + 9 * n, 300, 600 + 9 * n + 5, 311), outline="black", width=1)


def test_small_digits_are_no_dashes() -> None:
    assert rules_of(page(digits)) == ([], [])


@pytest.mark.parametrize("seed", range(3))
def test_a_page_photographed_from_aside_is_made_square(seed: int) -> None:
    across, down = rules_of(photographed(page(ruled), seed))
    table = [box for box in across if 0.5 * sum(NARROW) < box[2] - box[0] < 1.2 * sum(NARROW)]  # the edges of the paper are longer
    assert len(table) == ROWS + 1 and max(box[3] - box[1] for box in table) <= 6
    assert max(box[2] - box[0] for box in down if box[3] - box[1] < 1.2 * ROWS * HIGH) <= 6
