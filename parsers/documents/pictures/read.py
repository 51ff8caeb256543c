"""Pictures as pages: what the page model holds of a picture, with the boxes of its words and rules."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from ctypes import string_at
from dataclasses import replace
from typing import Any

import cv2
import numpy as np
import pypdfium2.raw as pdfium
from PIL import Image, ImageOps, ImageSequence

from parsers.documents.page import Box, Char, Page, Rule, joined_rules
from parsers.documents.pictures import extra
from parsers.documents.pictures.straight import as_read
from parsers.documents.pictures.upright import DOT, Picture, any_ink, without_red
from parsers.documents.pictures.words import Rules, Word, find_pieces, find_rules, legibility, read_words
from parsers.printed.decode import Undecodable

MAX_PIXELS = 80_000_000  # of one picture
MOST_DOTS = 12_000_000  # of a page that is painted
_SMALLEST = 300  # pixels across: no table of the form can be read in less
_LEGIBLE = 0.85
_LINE = 6  # characters: lines of a report are longer
_NO_PRINT = 0.6  # what is less legible, however turned, is no print: trees, hatching, noise
_NOTHING = Page(0.0, 0.0, (), (), (), (), (), is_picture=True)
_CLOSES, _OPENS = "，。、；：！？）》】」』”’", "（《【「『“‘"  # whose ink takes half their width


def pictures_in(data: bytes, most: int = MAX_PIXELS) -> Iterator[Picture]:
    """The pages of a picture file, of so many dots at most, upright as its camera noted. Raises Undecodable when it is damaged or larger."""
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF", "WEBP", "BMP", "GIF")) as file:
            for number, frame in enumerate(ImageSequence.Iterator(file)):
                if number == extra.MAX_PICTURES:
                    raise Undecodable(
                        f"图片超过 {extra.MAX_PICTURES} 页，请只留报告的页 (the file has too many pages; send the report's own)"
                    )
                if frame.width * frame.height > most:
                    raise Undecodable("图片过大，请缩小后再读 (the picture is too large; make it smaller)")
                upright = ImageOps.exif_transpose(frame.convert("RGBA"))
                paper = Image.new("RGBA", upright.size, "white")
                yield np.asarray(Image.alpha_composite(paper, upright).convert("RGB"))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        if isinstance(error, Undecodable):
            raise
        raise Undecodable("图片损坏或过大，打不开，请重新下载 (the picture is damaged or too large; fetch it again)") from error


def painted(page: Any) -> Picture:
    """A page of a PDF as it looks; `page` is a handle of pdfium."""
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    scale = min(1 / DOT, (MOST_DOTS / max(1.0, width * height)) ** 0.5)
    across, down = max(1, round(width * scale)), max(1, round(height * scale))
    bitmap = pdfium.FPDFBitmap_CreateEx(across, down, pdfium.FPDFBitmap_BGR, None, 0)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, across, down, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, across, down, 0, 0)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        dots = np.frombuffer(string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * down), np.uint8)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return np.ascontiguousarray(dots.reshape(down, stride)[:, : across * 3].reshape(down, across, 3)[:, :, ::-1])


def page_of(picture: Picture) -> Page:
    """What a picture of a page prints, as far as two readings agree. `picture` has red, green and blue for each dot."""
    extra.before_a_page()
    cv2.setNumThreads(1)
    if min(picture.shape[:2]) < _SMALLEST // 3 or max(picture.shape[:2]) < _SMALLEST:
        return _NOTHING
    best = max(_turned(picture), key=lambda tried: tried.legible * tried.characters)
    return best.page() if best.legible >= _NO_PRINT else _NOTHING


def _turned(picture: Picture) -> Iterator[_Level]:
    """The picture as it is, and if it has no legible lines so, turned by quarters."""
    for quarter in (0, 3, 1, 2):
        tried = _Level(picture, quarter)
        yield tried
        if (tried.legible >= _LEGIBLE and tried.characters >= _LINE) or not tried.pieces:
            return


class _Level:
    """A picture turned by quarters to the left and made level, with its rules and its print in pieces."""

    def __init__(self, picture: Picture, quarters: int) -> None:
        self.picture, self.lean = as_read(picture, quarters)
        self.turned = -quarters % 4
        shades = without_red(self.picture)
        self.rules = find_rules(shades)
        self.pieces = find_pieces(shades, self.rules)
        self.legible, self.characters = legibility(self.pieces)

    def page(self) -> Page:
        page = _page(self.picture, self.rules, read_words(self.pieces))
        return replace(page, turned=self.turned, lean=self.lean)


def _page(picture: Picture, rules: Rules, words: list[Word]) -> Page:
    inked = any_ink(picture) & (cv2.dilate(rules.dots, np.ones((9, 9), np.uint8)) == 0)

    def has_ink(box: Box) -> bool:
        left, top, right, bottom = (round(edge / DOT) for edge in box)
        return bool(inked[top + 2 : bottom - 2, left + 2 : right - 2].any())

    return Page(
        picture.shape[1] * DOT,
        picture.shape[0] * DOT,
        tuple(char for word in words for char in _characters(word)),
        joined_rules(Rule((top + bottom) * DOT / 2, left * DOT, right * DOT) for left, top, right, bottom in rules.across),
        joined_rules(Rule((left + right) * DOT / 2, top * DOT, bottom * DOT) for left, top, right, bottom in rules.down),
        (),
        (),
        has_ink,
        is_picture=True,
    )


def _characters(word: Word) -> Iterator[Char]:
    """The characters of a word, spread over its box by their usual widths."""
    left, top, right, bottom = (edge * DOT for edge in word.box)
    size, middle = word.size * DOT, (top + bottom) / 2
    left -= size / 2 * (word.text[0] in _OPENS)
    right += size / 2 * (word.text[-1] in _CLOSES)
    widths = [1.0 if unicodedata.east_asian_width(char) in "WF" else 0.55 for char in word.text]
    unit, x = (right - left) / sum(widths), left
    for char, width in zip(word.text, widths, strict=True):
        end = x + width * unit
        yield Char(char, (x + end) / 2, middle, x, end, middle + size / 2, size, 0)
        x = end
