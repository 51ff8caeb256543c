"""OFD (GB/T 33190): what the pages show is read, however a program writes them; hidden is not printed, a stamp over cells is no blank."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable

import pytest

from parsers.documents.pages.ofd import read_ofd
from parsers.documents.recognise import media_type
from tests.support.drawn_pdf import rows_of
from tests.support.ofd import NAMESPACE, area, grid, ofd, page, renamed, words

UNREAD = "\N{REPLACEMENT CHARACTER}"
ROWS = [["项目", "数量", "合计"], ["甲", "12", "345"], ["乙", "", "0"]]
FILLED = [*ROWS[:2], ["乙", "99", "0"]]
SHOWN = grid(ROWS)
WHITE = '<ofd:FillColor Value="255 255 255"/>'
OLD = words(52, 62, "99")  # in the empty cell, which is 30 by 8 from 50, 56
COVER = area(51, 57, 28, 6)
TEMPLATE = '<ofd:TemplatePage ID="5" BaseLoc="Tpls/T.xml" ZOrder="Background"/>'
ON_TEMPLATE = '<ofd:Template TemplateID="5"/>'
PIXEL = b"\xff\xd8\xff\xe0\x00\x10JFIF"
PICTURE = '<ofd:ImageObject ID="9" ResourceID="7" Boundary="51 57 28 6" CTM="28 0 0 6 0 0"/>'
MEDIA = f'<ofd:Res {NAMESPACE} BaseLoc="Res"><ofd:MultiMedias><ofd:MultiMedia ID="7" Type="Image"><ofd:MediaFile>p.jpg</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>'
WITH_MEDIA = {"common": "<ofd:DocumentRes>Res.xml</ofd:DocumentRes>", "parts": {"Doc_0/Res.xml": MEDIA, "Doc_0/Res/p.jpg": PIXEL}}


def annotated(content: str, attributes: str = "") -> bytes:
    """ROWS with an annotation."""
    notes = f'<ofd:Annotations {NAMESPACE}><ofd:Page PageID="10"><ofd:FileLoc>Annots/A.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>'
    note = f'<ofd:Annot ID="3" Type="Path"{attributes}><ofd:Appearance Boundary="50 50 60 60">{content}</ofd:Appearance></ofd:Annot>'
    parts: dict[str, str | bytes] = {
        "Doc_0/Annotations.xml": notes,
        "Doc_0/Annots/A.xml": f"<ofd:PageAnnot {NAMESPACE}>{note}</ofd:PageAnnot>",
    }
    return ofd(page(SHOWN), more="<ofd:Annotations>Annotations.xml</ofd:Annotations>", parts=parts)


def stamped(boundary: str) -> bytes:
    signs = f'<ofd:Signatures {NAMESPACE}><ofd:Signature ID="1" BaseLoc="S/Signature.xml"/></ofd:Signatures>'
    info = f'<ofd:SignedInfo><ofd:StampAnnot ID="2" PageRef="10" Boundary="{boundary}"/></ofd:SignedInfo>'
    parts: dict[str, str | bytes] = {
        "Doc_0/Signs.xml": signs,
        "Doc_0/S/Signature.xml": f"<ofd:Signature {NAMESPACE}>{info}</ofd:Signature>",
    }
    return ofd(page(SHOWN), signatures="<ofd:Signatures>/Doc_0/Signs.xml</ofd:Signatures>", parts=parts)


def png(alphas: list[list[int]]) -> bytes:
    """A red picture whose dots have these opacities, its lines written as differences in each of PNG's five ways."""
    raw, above = b"", bytes(4 * len(alphas[0]))
    for number, row in enumerate(alphas):
        line = bytes(byte for alpha in row for byte in (255, 0, 0, alpha))
        left, corner = bytes(4) + line[:-4], bytes(4) + above[:-4]
        ways: list[Callable[[int, int, int], int]] = [
            lambda a, b, c: 0, lambda a, b, c: a, lambda a, b, c: b, lambda a, b, c: (a + b) // 2,
            lambda a, b, c: min((a, b, c), key=lambda dot: abs(a + b - c - dot)),
        ]  # fmt: skip
        told = map(ways[number % 5], left, above, corner)
        raw += bytes([number % 5]) + bytes((byte - foretold) & 255 for byte, foretold in zip(line, told, strict=True))
        above = line
    parts = ((b"IHDR", struct.pack(">IIBBBBB", len(alphas[0]), len(alphas), 8, 6, 0, 0, 0)), (b"IDAT", zlib.compress(raw)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(struct.pack(">I", len(data)) + kind + data + b"cccc" for kind, data in parts)


def with_picture(content: str, picture: bytes) -> bytes:
    parts: dict[str, str | bytes] = {"Doc_0/Res.xml": MEDIA, "Doc_0/Res/p.jpg": picture}
    return ofd(page(content), common="<ofd:DocumentRes>Res.xml</ofd:DocumentRes>", parts=parts)


def one_of(codes: str, glyphs: dict[str, int]) -> str:
    """A glyph map that draws each of these characters by the glyph that another font's table has for it."""
    drawn = " ".join(str(glyphs[char]) for char in codes)
    return f'<ofd:CGTransform CodePosition="0" CodeCount="{len(codes)}" GlyphCount="{len(codes)}"><ofd:Glyphs>{drawn}</ofd:Glyphs></ofd:CGTransform>'


def font(characters: dict[int, int]) -> bytes:
    """A font that is nothing but a table of characters and their glyphs, in segments of one."""
    codes = [*sorted(characters), 0xFFFF]
    steps = [(characters.get(code, 0) - code) & 0xFFFF for code in codes]
    lists = [struct.pack(f">{len(codes)}H", *values) for values in (codes, codes, steps, [0] * len(codes))]
    table = struct.pack(">HHHHHHH", 4, 0, 0, 2 * len(codes), 0, 0, 0) + lists[0] + b"\0\0" + b"".join(lists[1:])
    cmap = struct.pack(">HHHHI", 0, 1, 3, 1, 12) + table
    return b"\0\1\0\0" + struct.pack(">HHHH", 1, 0, 0, 0) + b"cmap" + struct.pack(">III", 0, 28, len(cmap)) + cmap


FONTS = f'<ofd:Res {NAMESPACE} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="1" FontName="x"><ofd:FontFile>f.ttf</ofd:FontFile></ofd:Font></ofd:Fonts></ofd:Res>'
DIGITS = font({ord(digit): 40 + number for number, digit in enumerate("0123456789")} | {0xB9: 60})


def with_font(text: str) -> bytes:
    parts: dict[str, str | bytes] = {"Doc_0/Res.xml": FONTS, "Doc_0/Res/f.ttf": DIGITS}
    return ofd(page(SHOWN + text), common="<ofd:PublicRes>Res.xml</ofd:PublicRes>", parts=parts)


AS_WRITTEN = {digit: 40 + number for number, digit in enumerate("0123456789")}
AREA = "<ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox><ofd:ApplicationBox>0 0 210 55</ofd:ApplicationBox></ofd:Area>"
SOLID, CLEAR = [[255] * 6] * 5, [[0] * 6] * 5
PALETTE = (
    f'<ofd:Res {NAMESPACE} BaseLoc="."><ofd:ColorSpaces><ofd:ColorSpace ID="70" Type="RGB"><ofd:Palette><ofd:CV>0 0 0</ofd:CV><ofd:CV>255 255 255</ofd:CV>'
    "</ofd:Palette></ofd:ColorSpace></ofd:ColorSpaces></ofd:Res>"
)
AS_ROWS = {
    "plain": ofd(page(SHOWN)),
    "runs of steps": ofd(page(grid(ROWS, steps="g 8 2.2"))),
    "no steps": ofd(page(grid(ROWS, steps=""))),
    "another prefix": renamed(renamed(ofd(page(SHOWN)), "xmlns:ofd", "xmlns:abc"), "ofd:", "abc:"),
    "the usual prefix left out": renamed(renamed(ofd(page(SHOWN)), "xmlns:ofd", "xmlns"), "ofd:", ""),
    "another namespace": renamed(ofd(page(SHOWN)), "www.ofdspec.org/2016", "www.ofdspec.org"),
    "a folder with a Chinese name": renamed(ofd(page(SHOWN)), "Page_0", "第一页", in_names=True),
    "paths with a root": renamed(ofd(page(SHOWN)), "Pages/Page_0/Content.xml", "/Doc_0/Pages/Page_0/Content.xml", in_names=False),
    "paths from the root without its slash": renamed(ofd(page(SHOWN)), '"Pages/', '"Doc_0/Pages/'),
    "paths with other slashes": renamed(ofd(page(SHOWN)), "Pages/Page_0/Content.xml", "Pages\\Page_0\\Content.xml"),
    "on a template": ofd(page(words(52, 40, "", 4), ON_TEMPLATE), common=TEMPLATE, parts={"Doc_0/Tpls/T.xml": page(SHOWN)}),
    "lines on a template": ofd(
        page("".join(re.findall("<ofd:TextObject.*?</ofd:TextObject>", SHOWN)), ON_TEMPLATE),
        common=TEMPLATE,
        parts={"Doc_0/Tpls/T.xml": page("".join(re.findall("<ofd:PathObject.*?</ofd:PathObject>", SHOWN)))},
    ),
    "a page of its own size": ofd(page(grid(ROWS, 320, 400), "<ofd:Area><ofd:PhysicalBox>0 0 500 500</ofd:PhysicalBox></ofd:Area>")),
    "in a block": ofd(page(f'<ofd:PageBlock ID="4">{SHOWN}</ofd:PageBlock>')),
    "filled boxes for lines": ofd(page(re.sub(r'LineWidth="0.2"', 'Stroke="false" Fill="true"', SHOWN))),
    "white text": ofd(page(SHOWN + words(52, 62, "99", inner=WHITE))),
    "transparent text": ofd(page(SHOWN + words(52, 62, "99", more=' Alpha="0"'))),
    "text of no width": ofd(page(SHOWN + words(52, 62, "99", more=' HScale="0"'))),
    "text in a white of a palette": ofd(
        page(SHOWN + words(52, 62, "99", inner='<ofd:FillColor ColorSpace="70" Index="1"/>')),
        common="<ofd:PublicRes>P.xml</ofd:PublicRes>",
        parts={"Doc_0/P.xml": PALETTE},
    ),
    "text that is not visible": ofd(page(SHOWN + words(52, 62, "99", more=' Visible="false"'))),
    "text in the ground's colour": ofd(
        page(area(50, 56, 30, 8, "20 60 90") + words(52, 62, "99", inner='<ofd:FillColor Value="20 60 90"/>') + SHOWN)
    ),
    "text under a box": ofd(page(OLD + COVER + SHOWN)),
    "text outside its clip": ofd(
        page(
            SHOWN
            + words(
                52,
                62,
                "99",
                inner='<ofd:Clips><ofd:Clip><ofd:Area><ofd:Path Boundary="40 0 9 9"><ofd:AbbreviatedData>M 0 0 L 9 0 L 9 9 L 0 9 C</ofd:AbbreviatedData></ofd:Path></ofd:Area></ofd:Clip></ofd:Clips>',
            )
        )
    ),
    "a watermark over it": ofd(page(SHOWN + words(30, 62, "样例样例样例", 15, '<ofd:FillColor Value="210 210 210"/>', steps="g 5 15"))),
    "a turned watermark over it": ofd(page(SHOWN + words(30, 62, "样例样例样例", 9, more=' CTM="0.7 -0.7 0.7 0.7 0 30"', steps="g 5 9"))),
    "a watermark's annotation": renamed(annotated(words(2, 12, "99")), 'Type="Path"', 'Type="Watermark"'),
    "an annotation that is not shown": annotated(words(2, 12, "99"), ' Visible="false"'),
    "a stamp elsewhere": stamped("150 200 40 40"),
}


@pytest.mark.parametrize("how", AS_ROWS)
def test_the_cells_of_a_ruled_table(how: str) -> None:
    assert media_type(AS_ROWS[how]) == "application/ofd"
    assert rows_of(read_ofd(AS_ROWS[how])) == ROWS


AS_FILLED = {
    "plain": ofd(page(SHOWN + OLD)),
    "an annotation": annotated(words(2, 12, "99")),
    "white on black": ofd(page(area(50, 56, 30, 8, "0 0 0") + words(52, 62, "99", inner=WHITE) + SHOWN)),
    "a new figure over an old one under a box": ofd(page(words(53, 62, "98") + COVER + OLD + SHOWN)),
    "under a box that is seen through": ofd(page(OLD + area(51, 57, 28, 6, "255 255 0", ' Alpha="90"') + SHOWN)),
    "glyphs of the same characters": with_font(words(52, 62, "99", inner=one_of("99", AS_WRITTEN))),
    "glyphs of which the font does not say what they are": with_font(words(52, 62, "99", inner=one_of("99", {"9": 70}))),
    "under a picture that is clear": with_picture(SHOWN + OLD + PICTURE, png(CLEAR)),
    "under a picture that is pale": with_picture(SHOWN + OLD + PICTURE, png([[90] * 6] * 5)),
    "a new figure over an old one under a picture with transparency": with_picture(SHOWN + words(53, 62, "98") + PICTURE + OLD, png(SOLID)),
    "upright text on its side": ofd(page(SHOWN + words(52, 62, "99", more=' ReadDirection="0"'))),
}


@pytest.mark.parametrize("how", AS_FILLED)
def test_what_is_shown_is_printed(how: str) -> None:
    assert rows_of(read_ofd(AS_FILLED[how])) == FILLED


AS_UNREAD = {
    "digits on each other": ofd(page(SHOWN + words(52, 62, "98", steps="0"))),
    "a stamp": stamped("40 50 40 20"),
    "a picture": ofd(page(SHOWN + PICTURE)),
    "a picture over a figure": ofd(page(SHOWN + OLD + PICTURE), **WITH_MEDIA),
    "a shape": ofd(page(SHOWN + area(55, 58, 8, 4, "0 0 0").replace("L 8 0", "Q 8 0 9 2"))),
    "an object of a kind that is not known": ofd(page(SHOWN + '<ofd:FormObject ID="9" Boundary="52 57 9 5"/>')),
    "two figures over each other": ofd(page(SHOWN + OLD + words(52.5, 62.5, "77"))),
    "half a figure": ofd(page(OLD + area(51, 60.6, 28, 3) + SHOWN)),
    "glyphs of other characters": with_font(words(52, 62, "99", inner=one_of("99", {"9": 41}))),
    "raised glyphs": with_font(words(52, 62, "11", inner=one_of("11", {"1": 60}))),
    "under a picture that covers it half": with_picture(SHOWN + OLD + PICTURE, png([[0] * 6] * 3 + [[255] * 6] * 2)),
    "under a picture with a mask": with_picture(SHOWN + OLD + PICTURE.replace(" Boundary", ' ImageMask="8" Boundary'), PIXEL),
    "under a picture of no known kind": with_picture(SHOWN + OLD + PICTURE, b"GIF89a"),
    "too small to read": ofd(page(SHOWN + words(52, 62, "99", 0.2, steps="0.1"))),
    "outside its own box": ofd(page(SHOWN + OLD.replace('90 5"', '0 0"'))),
    "outside what the page shows": ofd(page(SHOWN + OLD, AREA)),
    "a template that is not in the file": ofd(page(SHOWN, ON_TEMPLATE), common=TEMPLATE),
}


@pytest.mark.parametrize("how", AS_UNREAD)
def test_what_cannot_be_read_is_no_blank(how: str) -> None:
    found = rows_of(read_ofd(AS_UNREAD[how]))
    assert found[0] == ROWS[0] and UNREAD in found[2][1] and found[2][1] != "99"
    assert found[1] == ROWS[1] or "what the page shows" in how


def test_characters_that_share_a_glyph() -> None:
    """The steps go from glyph to glyph: fi is one here."""
    maps = '<ofd:CGTransform CodePosition="0" CodeCount="2" GlyphCount="1"><ofd:Glyphs>191</ofd:Glyphs></ofd:CGTransform>'
    assert read_ofd(ofd(page(words(20, 20, "figure", inner=maps, steps="2 2 2 2")))).text == "figure\n"


def test_text_that_stands_upright_on_a_turned_page() -> None:
    """The whole page is drawn on its side, by the matrix of each object."""
    turned = re.sub(
        r'<ofd:(\w+)Object ID="9" Boundary="(\S+) (\S+) (\S+) (\S+)"',
        r'<ofd:\1Object ID="9" Boundary="0 0 210 297" CTM="0 -1 1 0 \3 PLACE\2"',
        SHOWN,
    )
    turned = re.sub(r"PLACE(\S+)\"", lambda m: f'{200 - float(m[1])}"', turned)
    assert rows_of(read_ofd(ofd(page(turned)))) == ROWS


def test_several_documents_in_one_file() -> None:
    text = read_ofd(ofd(page(words(20, 20, "甲文")), page(words(20, 20, "乙文")), documents=2)).text
    assert text == "甲文\n乙文\n"
