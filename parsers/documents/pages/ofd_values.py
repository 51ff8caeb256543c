"""Values as OFD writes them: numbers, boxes, matrices, colours, steps, paths, and where the characters of a text stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from parsers.documents.page import MAX_CHARS, Box
from parsers.documents.pages.shapes import UNMOVED, Matrix, Point, Subpath, times

_WIDE = 0x2E80  # the first Chinese character: as wide as high, others half as wide
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_PATH = re.compile(r"[MLQBAC]|S|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_POINTS = {"S": 1, "M": 1, "L": 1, "Q": 2, "B": 3}


def box_of(text: str | None) -> Box | None:
    """x, y, width and height of a box in millimetres."""
    numbers = numbers_of(text)
    return (numbers[0], numbers[1], numbers[2], numbers[3]) if len(numbers) == 4 and numbers[2] > 0 <= numbers[3] else None


def numbers_of(text: str | None) -> list[float]:
    return [float(number) for number in _NUMBER.findall(text or "")]


def number_of(text: str | None, usual: float) -> float:
    found = _NUMBER.search(text or "")
    return float(found[0]) if found else usual


def is_true(text: str | None) -> bool:
    return (text or "").strip().lower() in ("true", "1")


def lightness_of(colour: etree._Element, usual: int, palettes: Mapping[str, Sequence[str]]) -> int:
    """Of a colour's value, its own or that of a palette: one number of grey, three of red, green and blue, four of cyan, magenta, yellow
    and black."""
    text = colour.get("Value") or colour.findtext("{*}Value") or ""
    palette, index = palettes.get(colour.get("ColorSpace", ""), ()), int(number_of(colour.get("Index"), 0))
    if not text and 0 <= index < len(palette):
        text = palette[index]
    parts = [int(part[1:], 16) if part.startswith("#") else round(number_of(part, 0.0)) for part in text.split()]
    if not parts:
        return usual
    if len(parts) == 1:
        return min(255, max(0, parts[0]))
    if len(parts) == 4:
        parts = [255 - min(255, part + parts[3]) for part in parts[:3]]
    red, green, blue = (*parts, 0)[:3]
    return min(255, max(0, (red * 30 + green * 59 + blue * 11) // 100))


def matrix_of(text: str | None) -> Matrix:
    numbers = numbers_of(text)
    return (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]) if len(numbers) == 6 else UNMOVED


def own_matrix(item: etree._Element) -> Matrix:
    x, y, *_ = [float(number) for number in _NUMBER.findall(item.get("Boundary") or "")] + [0.0, 0.0]
    return times(matrix_of(item.get("CTM")), (1, 0, 0, 1, x, y))


def placed(item: etree._Element, matrix: Matrix) -> Matrix:
    """What takes an object's own coordinates to the paper's: its CTM, the corner of its boundary, what holds it."""
    return times(own_matrix(item), matrix)


def placed_chars(item: etree._Element, size: float, across: float) -> Iterator[tuple[str, float, float, float]]:
    """Each character of a text object with its place and width. Glyph maps (CGTransform) say which characters share a glyph."""
    at = 0
    x = y = 0.0
    for code in item.iterfind("{*}TextCode"):
        text = "".join(code.itertext())
        text = text.strip() if "\n" in text else text
        x, y = number_of(code.get("X"), x), number_of(code.get("Y"), y)
        rights, downs = _deltas(code.get("DeltaX")), _deltas(code.get("DeltaY"))
        slots = _slots(item, at, len(text))
        at += len(text)
        place = 0
        for chars in slots:
            letters = "".join(text[number] for number in chars[0])
            usual = sum(size if ord(char) >= _WIDE else size / 2 for char in letters) * across
            steps = rights[place : place + chars[1]]
            step = sum(steps) if steps else (0.0 if downs else usual)
            width = step if 0 < step <= 1.05 * max(size * across, usual) else usual  # apart, but one word; wider steps leave a space
            for number, char in enumerate(letters):
                yield char, x + width / len(letters) * number, y, width / len(letters)
            x += step
            y += sum(downs[place : place + chars[1]])
            place += chars[1]


def glyphs_of(item: etree._Element) -> dict[int, int]:
    """The glyphs that draw the characters of a text object, by the numbers of these, where each character has one of its own."""
    found: dict[int, int] = {}
    for entry in item.iterfind("{*}CGTransform"):
        begin = int(number_of(entry.get("CodePosition"), 0))
        codes, count = int(number_of(entry.get("CodeCount"), 1)), int(number_of(entry.get("GlyphCount"), 1))
        glyphs = _NUMBER.findall(entry.findtext("{*}Glyphs") or "")[:MAX_CHARS]
        if codes == count == len(glyphs):
            found |= {begin + number: int(float(glyph)) for number, glyph in enumerate(glyphs)}
    return found


def _slots(item: etree._Element, first: int, count: int) -> Iterator[tuple[range, int]]:
    """The characters that are drawn together, and by how many glyphs: one by one, unless a glyph map says otherwise."""
    maps = {}
    for entry in item.iterfind("{*}CGTransform"):
        begin = int(number_of(entry.get("CodePosition"), 0)) - first
        codes, glyphs = int(number_of(entry.get("CodeCount"), 1)), int(number_of(entry.get("GlyphCount"), 1))
        if codes != glyphs and 0 <= begin < count and codes > 0 and glyphs > 0:
            maps[begin] = (min(codes, count - begin), glyphs)
    at = 0
    while at < count:
        codes, glyphs = maps.get(at, (1, 1))
        yield range(at, at + codes), glyphs
        at += codes


def _deltas(text: str | None) -> list[float]:
    """The steps from character to character: `3.2 3.2 g 4 6.53` has four of 6.53 at its end."""
    found: list[float] = []
    words = iter((text or "").split())
    for word in words:
        if word == "g":
            count, step = number_of(next(words, None), 0), number_of(next(words, None), 0)
            found += [step] * min(max(int(count), 0), MAX_CHARS)
        else:
            found.append(number_of(word, 0.0))
    return found


def subpaths_of(data: str) -> Iterator[Subpath]:
    """The parts of a path (M x y L x y … C): their points, and whether a straight line leads from each to the next."""
    points: list[Point] = []
    straight: list[bool] = []
    words = _PATH.findall(data)
    at = 0
    while at < len(words):
        word = words[at]
        at += 1
        if word == "C":
            if points:
                points.append(points[0])
                straight.append(True)
            continue
        count = 7 if word == "A" else 2 * _POINTS.get(word, 0)
        numbers = words[at : at + count]
        if not count or len(numbers) < count or any(number in _POINTS for number in numbers):
            continue
        at += count
        place = (float(numbers[-2]), float(numbers[-1]))
        if word in "MS":
            if len(points) > 1:
                yield points, straight
            points, straight = [place], []
        elif points:
            points.append(place)
            straight.append(word == "L")
    if len(points) > 1:
        yield points, straight
