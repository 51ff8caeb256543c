"""The ruled lines and the words of a level picture: where they stand, and what two recognisers agree that they say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from parsers.documents.page import UNREAD
from parsers.documents.pictures.recognisers import of_figures, of_lines
from parsers.documents.pictures.upright import Picture, ink

Area = tuple[int, int, int, int]  # dots: left, top, right, bottom
Found = tuple[Area, tuple[int, ...], int]  # a piece of print: its box, its labels, the room between rules in which it stands
_RULE_ACROSS, _RULE_DOWN = 60, 34  # dots: no rule is shorter
_DASH, _DASHES_APART = 10, 9  # dots: a dash of a dashed rule, and the room to the next; no digit that can be read is so low
_FRAME_ACROSS, _FRAMES_APART = 24, 15  # dots: the rules of a narrow cell in a frame of its own, and the room to the next frame
_STROKE_ACROSS, _STROKE_DOWN = 120, 90  # dots: no stroke of print is longer; a rule that is not meets one of the other direction
_THICK = 14  # dots: nor is one thicker
_GAP = 24  # dots: words further apart are two
_FIGURE = 14  # characters: what is longer is a line, which only the recogniser of lines can read
_SURE = 0.5
_DIGITS = re.compile(r"[0-9.]+")
_ZEROS = re.compile("[0-9]*[Oo][0-9Oo]*")
_HAN = re.compile("[一-鿿]")
_DASHES = set("-—－–―一_~")
_NUMBER_ONE = re.compile(r"^[-—－]+(?=、)")  # at the head of a line this is 一、
_MOST_WORDS = 3000  # on one page
_FULL_WIDTH = set("０１２３４５６７８９．＋－／")
_SPECK = 5  # dots
_FEW_DOTS = 0.3  # of a row's usual number: between two lines that touch there are fewer
_TRIED, _TRIED_ACROSS = 12, 700


@dataclass(frozen=True)
class Rules:
    """The ruled lines of a page: their boxes, and their dots."""

    across: list[Area]
    down: list[Area]
    dots: Picture


@dataclass(frozen=True)
class Piece:
    """Print to be read: its box on the page, its dots alone on white, the height of its font and that of most of the page; does it touch a
    ruled line, so that some of it may be lost in that?"""

    box: Area
    dots: Picture
    size: float
    usual: float
    touches: bool


@dataclass(frozen=True)
class Word:
    """Print without a wide gap, in dots: its box, the height of its font."""

    box: Area
    text: str
    size: float


def find_rules(shades: Picture) -> Rules:
    across, down = rules_dots(shades)
    return Rules(_boxes(across, upright=False), _boxes(down, upright=True), across | down)


def rules_dots(shades: Picture) -> tuple[Picture, Picture]:
    """The dots of the rules that run across, and of those that run down."""
    dots = ink(shades)
    dashes = _specks(dots)
    down = _long(dots, (1, _RULE_DOWN), (3, 1)) | _joined(dashes, (1, _DASHES_APART), (1, _RULE_DOWN))
    across = _long(dots, (_RULE_ACROSS, 1), (1, 3)) | _joined(dashes, (_DASHES_APART, 1), (_RULE_ACROSS, 1))
    across |= _over_narrow_cells(dots, down)
    down = _without_strokes(down, across, cv2.CC_STAT_HEIGHT, _STROKE_DOWN)
    return _without_strokes(across, down, cv2.CC_STAT_WIDTH, _STROKE_ACROSS), down


def _long(dots: Picture, length: tuple[int, int], beside: tuple[int, int]) -> Picture:
    """The dots that lie in a row so long; one that leaves its line by a dot and comes back is no end of it."""
    thick = cv2.dilate(dots, np.ones(beside[::-1], np.uint8))
    return cv2.bitwise_and(cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones(length[::-1], np.uint8)), dots)


def _over_narrow_cells(dots: Picture, down: Picture) -> Picture:
    """Rules of cells each in a frame of its own, as browsers draw them: shorter than other rules, with a side at both ends, one after the
    other in a row."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(_long(dots, (_FRAME_ACROSS, 1), (1, 3)), connectivity=8)
    sides = cv2.dilate(down, np.ones((9, 9), np.uint8))
    kept = np.zeros(count, bool)
    for label in range(1, count):
        x, y, w, h, _ = stats[label]
        kept[label] = sides[y : y + h, x : x + 4].any() and sides[y : y + h, x + w - 4 : x + w].any()
    return _joined(kept[labels].astype(np.uint8), (_FRAMES_APART, 1), (_RULE_ACROSS, 1))


def _specks(dots: Picture) -> Picture:
    """What may be a dash of a rule: it is smaller than any digit, and touches nothing."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dots, connectivity=8)
    small = (stats[:, cv2.CC_STAT_WIDTH] <= _DASH) & (stats[:, cv2.CC_STAT_HEIGHT] <= _DASH)
    small[0] = False
    return small[labels].astype(np.uint8)


def _joined(pieces: Picture, apart: tuple[int, int], length: tuple[int, int]) -> Picture:
    """What lies in a row so long, with less than so much between two pieces."""
    whole = cv2.morphologyEx(pieces, cv2.MORPH_CLOSE, np.ones(apart[::-1], np.uint8))
    return cv2.morphologyEx(whole, cv2.MORPH_OPEN, np.ones(length[::-1], np.uint8))


def _without_strokes(rules: Picture, others: Picture, side: int, longest: int) -> Picture:
    """The rules that are longer than any stroke of print, or meet one of the others."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(rules, connectivity=8)
    kept = stats[:, side] > longest
    kept[np.unique(labels[cv2.dilate(others, np.ones((9, 9), np.uint8)) > 0])] = True
    kept[0] = False
    return kept[labels].astype(np.uint8)


def _boxes(dots: Picture, upright: bool) -> list[Area]:
    joined = cv2.morphologyEx(dots, cv2.MORPH_CLOSE, np.ones((25, 3) if upright else (3, 25), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    found = [(int(x), int(y), int(x + w), int(y + h)) for x, y, w, h, _ in stats[1:count]]
    least = _RULE_DOWN if upright else _RULE_ACROSS
    return [
        box
        for box in found
        if (box[3] - box[1] if upright else box[2] - box[0]) >= least and (box[2] - box[0] if upright else box[3] - box[1]) <= _THICK
    ]


def find_pieces(shades: Picture, rules: Rules) -> list[Piece]:
    """The print of a page in pieces without a wide gap, each within one cell: a rule parts what stands at its two sides."""
    walls = cv2.dilate(rules.dots, np.ones((3, 3), np.uint8))
    print_ = ink(shades) & (1 - walls)
    near = cv2.bitwise_and(cv2.dilate(print_, np.ones((1, _GAP), np.uint8)), 1 - walls)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(near, connectivity=4)
    if count > _MOST_WORDS:
        return []
    rooms = cv2.connectedComponents(1 - walls, connectivity=4)[1]
    found = []
    for label in range(1, count):
        x, y, w, h, _ = (int(part) for part in stats[label])
        rows, columns = np.where((labels[y : y + h, x : x + w] == label) & (print_[y : y + h, x : x + w] > 0))
        if len(rows) < _SPECK:
            continue
        box = (x + int(columns.min()), y + int(rows.min()), x + int(columns.max()) + 1, y + int(rows.max()) + 1)
        if not _is_sliver(box, rules.dots):
            found.append((box, (label,), int(rooms[y + rows[0], x + columns[0]])))
    heights = [box[3] - box[1] for box, _, _ in found if box[2] - box[0] > 2 * (box[3] - box[1]) > 28]
    usual = float(np.quantile(heights, 0.3)) if heights else 28.0
    whole = _with_flat_parts([line for piece in found for line in _lines(piece, print_, usual)], usual)
    beside = ink(shades) & walls & (1 - (rules.dots > 0))
    pieces = []
    for box, parts in whole:
        left, top, right, bottom = max(0, box[0] - 1), max(0, box[1] - 1), box[2] + 1, box[3] + 1
        own = (np.isin(labels[top:bottom, left:right], parts) & (print_[top:bottom, left:right] > 0)).astype(np.uint8)
        touches = bool((cv2.dilate(own, np.ones((3, 3), np.uint8)) & beside[top:bottom, left:right]).any())
        size = _size(box, usual)
        pieces.append(Piece(box, _cut_out(shades, labels, box, parts, size), size, usual, touches))
    return pieces


def _lines(piece: Found, print_: Picture, usual: float) -> Iterator[Found]:
    """A piece whose lines touch each other, cut where fewest dots are; any other piece as it is, also large print."""
    (left, top, right, bottom), parts, room = piece
    count = round((bottom - top) / (1.1 * usual)) if right - left >= 2 * usual else 1
    rows = print_[top:bottom, left:right].sum(axis=1)
    reach = round(0.25 * usual)
    middles = [round(number * (bottom - top) / count) for number in range(1, count)]
    cuts = [middle - reach + int(rows[middle - reach : middle + reach + 1].argmin()) for middle in middles]
    if any(rows[cut] > _FEW_DOTS * rows.mean() for cut in cuts):
        cuts = []
    for begin, end in pairwise([0, *cuts, bottom - top]):
        yield (left, top + begin, right, top + end), parts, room


def _size(box: Area, usual: float) -> float:
    height = box[3] - box[1]
    return usual if height <= usual else float(height)


def _with_flat_parts(found: list[Found], usual: float) -> list[tuple[Area, tuple[int, ...]]]:
    """The pieces, flat ones joined to what they stand over or under in their cell: 二, 三 and ÷ are drawn in parts."""
    found = sorted(found, key=lambda one: one[0][1])
    whole: list[Found] = []
    for box, parts, room in found:
        for at, (other, more, its_room) in enumerate(whole):
            union = (min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3]))
            heights = box[3] - box[1], other[3] - other[1]
            is_flat, whole_line = min(heights) < 0.5 * max(usual, *heights), 1.15 * max(usual, *heights)
            if room == its_room and is_flat and box[0] < other[2] and other[0] < box[2] and union[3] - union[1] <= whole_line:
                whole[at] = (union, more + parts, room)
                break
        else:
            whole.append((box, parts, room))
    return [(box, parts) for box, parts, _ in whole]


def legibility(pieces: Sequence[Piece]) -> tuple[float, float]:
    """How surely the longest lines are recognised, from 0 to 1, and how many characters they have: signs that lie on their side are
    recognised too, but then the lines run down the page."""
    longest = sorted(pieces, key=lambda piece: piece.box[0] - piece.box[2])[:_TRIED]
    read = [of_lines()(piece.dots[:, :_TRIED_ACROSS]) for piece in longest]
    count = max(1, len(read))
    return sum(one.likely for one in read) / count, sum(len(one.text) for one in read) / count


def read_words(pieces: Sequence[Piece]) -> list[Word]:
    words = []
    for piece in pieces:
        text = _read(piece.dots, piece.box[3] - piece.box[1] < 0.35 * piece.usual)
        lost = piece.touches and len(text) <= _FIGURE and not _HAN.search(text)
        words.append(Word(piece.box, re.sub(r"[0-9.+/-]", UNREAD, text) if lost else text, piece.size))
    return words


def _is_sliver(box: Area, rules: Picture) -> bool:
    """Is this the ragged edge of a rule?"""
    left, top, right, bottom = box
    return min(right - left, bottom - top) <= 2 and bool(rules[max(0, top - 2) : bottom + 2, max(0, left - 2) : right + 2].any())


def _cut_out(shades: Picture, labels: Picture, box: Area, parts: tuple[int, ...], size: float) -> Picture:
    """A word alone on white, at least as high as a digit, with a margin."""
    left, top, right, bottom = box
    more = max(2, round((0.75 * size - (bottom - top)) / 2))
    margin = max(3, round(0.15 * size))
    word = np.full((bottom - top + 2 * more + 2, right - left + 2 * margin), 255, np.uint8)
    y0, y1, x0, x1 = max(0, top - 1), bottom + 1, max(0, left - 1), right + 1
    dots = np.where(np.isin(labels[y0:y1, x0:x1], parts), shades[y0:y1, x0:x1], 255)
    word[more + 1 - (top - y0) :, margin - (left - x0) :][: dots.shape[0], : dots.shape[1]] = dots
    return word


def _read(word: Picture, is_flat: bool) -> str:
    """What a word says. A digit on which the readings differ is unread, and so is all of a word that is not recognised at all."""
    first = of_lines()(word)
    text = _plain(first.text)
    if is_flat and (not text or set(text) <= _DASHES):
        return "-" if word.shape[1] > word.shape[0] / 3 else UNREAD
    if not text:
        return UNREAD
    if not re.search(r"\d", text):
        return text
    framed = cv2.copyMakeBorder(word, 5, 5, 12, 12, cv2.BORDER_CONSTANT, value=255)
    larger = cv2.resize(framed, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    again = _plain(of_lines()(np.where(larger < 170, 0, 255).astype(np.uint8)).text)
    agree = first.sure >= _SURE and (_DIGITS.findall(again) == _DIGITS.findall(text) if _HAN.search(text) else again == text)
    if agree and len(text) <= _FIGURE:
        agree = re.findall(r"\d", _plain(of_figures()(framed).text)) == re.findall(r"\d", text)
    return text if agree else re.sub(r"\d", UNREAD, text)


def _plain(text: str) -> str:
    """Digits and signs in their usual width, without spaces; an O among nothing but digits is a zero."""
    plain = "".join(unicodedata.normalize("NFKC", char) if char in _FULL_WIDTH else char for char in text if not char.isspace())
    return re.sub("[Oo]", "0", plain) if _ZEROS.fullmatch(plain) else _NUMBER_ONE.sub("一", plain)
