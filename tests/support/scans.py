"""Printed pages as pictures: scanned at a resolution, and what scanners, stamps and telephones do to them."""

from __future__ import annotations

import io
import math
import random
from collections.abc import Sequence

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from tests.support import layouts
from tests.support.figures import Sample
from tests.support.paper import STYLES

MARGINS = dict.fromkeys(("top", "bottom", "left", "right"), "18mm")  # of a page as offices print it
_RED = (214, 40, 40)
_POINTS = 72  # to the inch


def web_page(sample: Sample, style: str = STYLES[1]) -> str:
    """A sample as a page that a browser prints with its tables ruled in this style."""
    ruled = f"<style>table[border]{{width:100%}}{style}</style></head>"
    return layouts.page(sample).decode().replace("</head>", ruled)


def scanned(pdf: bytes, dots: int) -> list[Image.Image]:
    """The pages of a PDF as pictures of so many dots an inch."""
    return [page.render(scale=dots / _POINTS).to_pil().convert("RGB") for page in pypdfium2.PdfDocument(pdf)]


def picture(kind: str, *pages: Image.Image, **how: int | str) -> bytes:
    """Pictures as one file of this kind; `how`: its quality, the dots an inch of a PDF's pages."""
    written = io.BytesIO()
    how |= {"compression": "tiff_adobe_deflate"} if kind == "TIFF" else {}
    pages[0].save(written, kind, **({"save_all": True, "append_images": pages[1:]} if len(pages) > 1 else {}), **how)
    return written.getvalue()


def skewed(page: Image.Image, degrees: float) -> Image.Image:
    """The page as it lies a little askew in the scanner."""
    return page.rotate(degrees, Image.Resampling.BICUBIC, fillcolor="white")


def stamped(page: Image.Image, seed: int) -> Image.Image:
    """A round red stamp with a star and letters along its rim, where a page prints most, as ink that lets black print through."""
    draw = random.Random(seed)
    across = round(page.width * 0.2)  # of A4: 42 mm
    stamp = Image.new("RGB", (across, across), "white")
    drawn = ImageDraw.Draw(stamp)
    thick = max(2, across // 40)
    drawn.ellipse((thick, thick, across - thick, across - thick), outline=_RED, width=thick)
    middle = across / 2
    star = [(middle + across * size * math.sin(turn), middle - across * size * math.cos(turn)) for turn, size in _star()]
    drawn.polygon(star, fill=_RED)
    for number in range(14):
        turn = (number - 6.5) * 0.33
        x, y = middle + across * 0.38 * math.sin(turn), middle - across * 0.38 * math.cos(turn)
        drawn.rectangle((x - across / 25, y - across / 60, x + across / 25, y + across / 60), fill=_RED)
        drawn.rectangle((x - across / 70, y - across / 18, x + across / 70, y + across / 18), fill=_RED)
    stamp = stamp.rotate(draw.uniform(-20, 20), Image.Resampling.BICUBIC, fillcolor="white")
    over = Image.new("RGB", page.size, "white")
    over.paste(stamp, (round(page.width * draw.uniform(0.35, 0.65)), round(page.height * draw.uniform(0.2, 0.6))))
    return ImageChops.multiply(page, over)


def _star() -> Sequence[tuple[float, float]]:
    return [(number * math.pi / 5, 0.06 if number % 2 else 0.15) for number in range(10)]


def compressed(page: Image.Image, quality: int) -> Image.Image:
    """The page as it comes out of a JPEG file of this quality."""
    return Image.open(io.BytesIO(picture("JPEG", page, quality=quality))).convert("RGB")


def photographed(page: Image.Image, seed: int) -> Image.Image:
    """The page on a table under a lamp: seen from aside, with a shadow over a corner, not quite sharp, on a dark ground."""
    draw = random.Random(seed)
    width, height = page.size
    edge = round(width * 0.06)
    ground = Image.new("RGB", (width + 2 * edge, height + 2 * edge), (92, 78, 66))
    ground.paste(page, (edge, edge))
    shifts = [draw.uniform(0.2, 1.0) * edge * 0.8 for _ in range(8)]
    right, low = ground.size
    corners = [(shifts[0], shifts[1]), (right - shifts[2], shifts[3]), (right - shifts[4], low - shifts[5]), (shifts[6], low - shifts[7])]
    seen = ground.transform(
        ground.size, Image.Transform.PERSPECTIVE, _coefficients(corners, ground.size), Image.Resampling.BICUBIC, fillcolor=(92, 78, 66)
    )
    light = Image.linear_gradient("L").rotate(draw.choice((0, 90, 180, 270))).resize(ground.size)
    light = light.point([round(165 + 85 * shade / 255) for shade in range(256)])
    shadow = Image.new("L", ground.size, 255)
    ImageDraw.Draw(shadow).polygon([(0, low), (0, low * draw.uniform(0.3, 0.6)), (right * draw.uniform(0.4, 0.9), low)], fill=185)
    light = ImageChops.multiply(light, shadow.filter(ImageFilter.GaussianBlur(edge / 2)))
    return ImageChops.multiply(seen, light.convert("RGB")).filter(ImageFilter.GaussianBlur(width / 2600))


def _coefficients(to: Sequence[tuple[float, float]], size: tuple[int, int]) -> list[float]:
    """What Pillow takes to show a picture of this size with its corners seen at these places."""
    import numpy as np

    width, height = size
    rows, sides = [], []
    for (x, y), (u, v) in zip(to, ((0, 0), (width, 0), (width, height), (0, height)), strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        sides += [u, v]
    return [float(number) for number in np.linalg.solve(np.array(rows, float), np.array(sides, float))]
