"""PDF files that are made to take long, to grow or to be dropped; behind what is hostile stands an honest page."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence

from tests.support.drawn_pdf import ROWS, grid, text

M = 1_000_000
FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
HONEST = text(100, 750, "17 HONEST") + grid(ROWS)


def pdf(objects: Sequence[str | bytes], trailer: str = "", header: bytes = b"%PDF-1.5\n") -> bytes:
    """A file of these objects, numbered from 1: the catalogue is the first."""
    body, places = header, []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n".encode() + (content if isinstance(content, bytes) else content.encode()) + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{len(body)}\n%%EOF"
    return body + end.encode()


def stream(content: str | bytes, entries: str = "") -> bytes:
    data = content if isinstance(content, bytes) else content.encode()
    return f"<<{entries}/Length {len(data)}>>stream\n".encode() + data + b"\nendstream"


def packed(content: bytes, times: int = 1, entries: str = "") -> bytes:
    for _ in range(times):
        content = zlib.compress(content, 9)
    return stream(content, f"{entries}/Filter[{'/FlateDecode' * times}]")


def page(content: str | bytes, resources: str = "", more: Sequence[str | bytes] = (), of_page: str = "", catalogue: str = "") -> bytes:
    """A page of these instructions with the honest ones behind them. The font is object 5, what is `more` from object 6."""
    drawn = content if isinstance(content, bytes) else stream(content)
    return pdf(
        [
            f"<</Type/Catalog/Pages 2 0 R{catalogue}>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 5 0 R>>{resources}>>/Contents[4 0 R 6 0 R]{of_page}>>",
            drawn,
            FONT,
            stream(HONEST),
            *more,
        ]
    )


def form(content: str, resources: str) -> bytes:
    return stream(content, f"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<<{resources}>>/Font<</F 5 0 R>>>>")


def pages(count: int, content: str) -> bytes:
    kids = " ".join(f"{4 + n} 0 R" for n in range(count))
    one = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>/Contents 3 0 R>>"
    return pdf(["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {count}>>", stream(content), *[one] * count])


def tree(kids: str, count: int = 1) -> bytes:
    return pdf(["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {count}>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>", stream(HONEST), FONT])  # fmt: skip


def mapped(cmap: str, words: str = "(ab17) Tj") -> bytes:
    """A page whose characters mean what a map of the file says."""
    font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 8 0 R>>"
    begin = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange "
    return page(f"BT /G 10 Tf 100 600 Td {words} ET", "", (font, stream(begin + cmap + " endcmap end"))).replace(
        b"/F 5 0 R", b"/F 5 0 R/G 7 0 R"
    )


_RULED = "\n".join(grid([["1"] * 6] * 30, top=780 - n, left=50) for n in range(1))
_ANNOTATION = "<</Type/Annot/Subtype/FreeText/Rect[100 500 200 520]/Contents(17)/AP<</N 8 0 R>>>>"

FILES: dict[str, Callable[[], bytes]] = {
    "PDF form that calls itself": lambda: page("/X Do", "/XObject<</X 7 0 R>>", [form("/X Do BT /F 10 Tf 9 9 Td (a) Tj ET", "/X 7 0 R")]),
    "PDF form that calls itself twice": lambda: page("/X Do", "/XObject<</X 7 0 R>>", [form("/X Do /X Do BT /F 10 Tf 9 9 Td (a) Tj ET", "/X 7 0 R")]),
    "PDF forms that call each other": lambda: page("/X Do", "/XObject<</X 7 0 R>>", [form("/X Do /X Do", "/X 8 0 R"), form("/X Do /X Do", "/X 7 0 R")]),
    "PDF forms that multiply": lambda: page("/X Do", "/XObject<</X 7 0 R>>", [form("/X Do " * 10, f"/X {8 + n} 0 R") for n in range(9)] + [form("BT /F 10 Tf 9 9 Td (a) Tj ET", "")]),
    "PDF forms that multiply by two": lambda: page("/X Do", "/XObject<</X 7 0 R>>", [form("/X Do " * 2, f"/X {8 + n} 0 R") for n in range(24)] + [form("BT /F 10 Tf 9 9 Td (a) Tj ET", "")]),
    "PDF forms that multiply and draw nothing": lambda: page("/X Do", "/XObject<</X 7 0 R>>", [form("/X Do " * 10, f"/X {8 + n} 0 R") for n in range(9)] + [form(" ", "")]),
    "PDF form called 50,000 times": lambda: page("/X Do " * 50_000, "/XObject<</X 7 0 R>>", [form("BT /F 10 Tf 9 9 Td (a) Tj ET", "")]),
    "PDF forms 200 deep": lambda: page("/X Do", "/XObject<</X 7 0 R>>", [form("/X Do", f"/X {8 + n} 0 R") for n in range(200)] + [form("BT /F 10 Tf 9 9 Td (a) Tj ET", "")]),
    "PDF page tree that leads back": lambda: tree("2 0 R 3 0 R", 2),
    "PDF page tree of itself a thousand times": lambda: tree("2 0 R " * 1000 + "3 0 R", 100),
    "PDF page named 190 times": lambda: tree("3 0 R " * 190, 190),
    "PDF page named 100,000 times": lambda: tree("3 0 R " * 100_000, 100_000),
    "PDF pages that are said to be a thousand million": lambda: tree("3 0 R", 1_000_000_000),
    "PDF pages that are fewer than nothing": lambda: tree("3 0 R", -1),
    "PDF page tree 5,000 deep": lambda: pdf(["<</Type/Catalog/Pages 6 0 R>>", "<<>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>", stream(HONEST), FONT, *[f"<</Type/Pages/Kids[{7 + n} 0 R]/Count 1>>" for n in range(5000)], "<</Type/Pages/Kids[3 0 R]/Count 1>>"]),
    "PDF table of places that leads back": lambda: tree("3 0 R").replace(b"/Root 1 0 R", b"/Prev 9/Root 1 0 R"),
    "PDF table of places before itself": lambda: _prev(),
    "PDF without a table of places": lambda: tree("3 0 R").replace(b"xref", b"xxxx"),
    "PDF objects of a stream that holds itself": lambda: pdf(["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/Contents 4 0 R>>", stream("4 0 3 10 <<>> <<>>", "/Type/ObjStm/N 2/First 9/Extends 4 0 R")]),
    "PDF stream as long as itself": lambda: page(b"<</Length 4 0 R>>stream\nBT ET\nendstream"),
    "PDF stream of another length": lambda: page(b"<</Length 999999999>>stream\nBT ET\nendstream"),
    "PDF reference to itself": lambda: pdf(["1 0 R"]),
    "PDF arrays 100,000 deep": lambda: pdf(["<</Type/Catalog/Pages 2 0 R/X " + "[" * 100_000 + ">>", "<</Type/Pages/Kids[]/Count 0>>"]),
    "PDF dictionaries 100,000 deep": lambda: pdf(["<</Type/Catalog/Pages 2 0 R/X " + "<</X" * 100_000 + ">>", "<</Type/Pages/Kids[]/Count 0>>"]),
    "PDF arrays on a page": lambda: page("[" * M),
    "PDF states pushed a million times": lambda: page("q " * M),
    "PDF states popped a million times": lambda: page("Q " * M),
    "PDF compressed twice, 300 MB": lambda: page(packed(b" " * 300 * M, 2)),
    "PDF compressed once, 300 MB": lambda: page(packed(b"q Q " * 75 * M)),
    "PDF compressed three times": lambda: page(packed(b"BT ET " * 20 * M, 3)),
    "PDF run lengths": lambda: page(stream(b"\x81 " * 3 * M, "/Filter/RunLengthDecode")),
    "PDF in hexadecimal in hexadecimal": lambda: page(stream(b"20" * 3 * M + b">", "/Filter[/ASCIIHexDecode/ASCIIHexDecode]")),
    "PDF predictor of great columns": lambda: page(stream(zlib.compress(b"x" * 1000), "/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 2000000000/Colors 32/BitsPerComponent 16>>")),
    "PDF filter that is none": lambda: page(stream(b"x", "/Filter/Nonsense")),
    "PDF 200 ruled pages": lambda: pages(200, _RULED),
    "PDF 200 pages of lines": lambda: pages(200, "".join(f"{n % 600} 0 m {n % 600} 800 l S\n" for n in range(3000))),
    "PDF 200 pages of words": lambda: pages(200, "".join(text(40 + n % 8 * 70, 790 - n // 8 * 6, "words") for n in range(1000))),
    "PDF 10,000 pages": lambda: pages(10_000, HONEST),
    "PDF lines, 500,000": lambda: page("".join(f"{n % 600} {n % 797} m {n % 599} {n % 800} l S\n" for n in range(500_000))),
    "PDF one path of 500,000 lines": lambda: page("0 0 m " + "".join(f"{n % 600} {n % 797} l " for n in range(500_000)) + "S"),
    "PDF rectangles, 300,000": lambda: page("".join(f"{n % 600} {n % 797} 9 9 re f\n" for n in range(300_000))),
    "PDF rectangles that grow": lambda: page("".join(f"0 0 {n % 600} {n % 797} re S\n" for n in range(100_000))),
    "PDF ruled as fine as can be": lambda: page("".join(f"{n / 10} 0 m {n / 10} 800 l S 0 {n / 10} m 600 {n / 10} l S\n" for n in range(6000))),
    "PDF white over all, 50,000 times": lambda: page("1 g " + "0 0 600 800 re f " * 50_000 + "0 g"),
    "PDF characters, a million": lambda: page("BT /F 1 Tf 0 700 Td (" + "a" * M + ") Tj ET"),
    "PDF characters, 29,000 at a place": lambda: page("BT /F 10 Tf 0 1 0 0 0 0 Tm " + "1 0 0 1 100 600 Tm (a) Tj " * 29_000 + "ET"),
    "PDF characters, 29,000 on a line": lambda: page("BT /F 1 Tf 0.02 0 0 1 100 600 Tm (" + "a" * 29_000 + ") Tj ET"),
    "PDF characters, 29,000 on as many lines": lambda: page("BT /F 1 Tf " + "".join(f"1 0 0 1 {n % 600} {n * 0.027:.3f} Tm (a) Tj " for n in range(29_000)) + "ET"),
    "PDF words, 29,000, each its own": lambda: page("".join(f"BT /F 2 Tf {n % 200 * 3} {n // 200 * 5} Td (a) Tj ET\n" for n in range(29_000))),
    "PDF font of great size": lambda: page("BT /F 99999999999999999 Tf 100 600 Td (a) Tj ET"),
    "PDF font of no size": lambda: page("BT /F 0 Tf 100 600 Td (abc) Tj ET"),
    "PDF numbers of 10,000 digits": lambda: page(f"{'9' * 10_000} 0 0 {'9' * 10_000} 0 0 cm BT /F 10 Tf 100 600 Td (a) Tj ET"),
    "PDF matrix of nothing": lambda: page("q 0 0 0 0 0 0 cm BT /F 10 Tf 100 600 Td (abc) Tj ET Q"),
    "PDF text turned by degrees": lambda: page("BT /F 10 Tf " + "".join(f"0.7 0.{n % 9}1 -0.7 0.7 {n % 600} {n % 790} Tm (a) Tj " for n in range(20_000)) + "ET"),
    "PDF paper of great size": lambda: page("", of_page="/MediaBox[0 0 99999999 99999999]/UserUnit 99999"),
    "PDF paper of no size": lambda: page("", of_page="/MediaBox[0 0 0 0]/CropBox[9 9 1 1]"),
    "PDF paper that is not a number": lambda: page("", of_page="/MediaBox[nan inf (a) null]"),
    "PDF string that never ends": lambda: page("BT /F 10 Tf (" + "(" * M),
    "PDF halves of characters": lambda: mapped("2 beginbfchar <61> <D800> <62> <DFFF> endbfchar"),
    "PDF map of long words": lambda: mapped("1 beginbfchar <61> <" + "6587" * 200 + "> endbfchar", "(" + "a" * 5000 + ") Tj"),
    "PDF map of 500,000 characters": lambda: mapped("100 beginbfrange " + "".join(f"<{n % 256:02X}> <{n % 256:02X}> <6587>\n" for n in range(500_000)) + " endbfrange"),
    "PDF map of a range of all": lambda: mapped("1 beginbfrange <00000000> <FFFFFFFF> <0000> endbfrange " * 100),
    "PDF map of 65,536 characters": lambda: mapped("1 beginbfrange <0000> <FFFF> <4E00> endbfrange " * 3000),
    "PDF map that uses itself": lambda: mapped("/X usecmap " * 10_000),
    "PDF nulls and controls for words": lambda: mapped("2 beginbfchar <61> <0000> <62> <000A> endbfchar"),
    "PDF fonts, 20,000": lambda: page("".join(f"BT /G{n} 9 Tf 9 9 Td (a) Tj ET\n" for n in range(20_000))).replace(b"/F 5 0 R", b"/F 5 0 R" + b"".join(b"/G%d 5 0 R" % n for n in range(20_000)), 1),
    "PDF font that draws with itself": lambda: page("BT /G 10 Tf 100 600 Td (aaaa) Tj ET", "", ["<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/CharProcs<</a 8 0 R>>/Encoding<</Differences[97/a]>>/FirstChar 97/LastChar 97/Widths[9]/Resources<</Font<</G 7 0 R>>>>>>", stream("9 0 d0 BT /G 10 Tf (aaaa) Tj ET")]).replace(b"/F 5 0 R", b"/F 5 0 R/G 7 0 R"),
    "PDF widths that lie": lambda: page("BT /G 10 Tf 100 600 Td (abc) Tj ET", "", ["<</Type/Font/Subtype/TrueType/BaseFont/X/FirstChar -2000000000/LastChar 2000000000/Widths[" + "1e30 " * 100_000 + "]>>"]).replace(b"/F 5 0 R", b"/F 5 0 R/G 7 0 R"),
    "PDF pattern of itself": lambda: page("/Pattern cs /P scn 0 0 600 800 re f", "/Pattern<</P 7 0 R>>", [stream("/Pattern cs /P scn 0 0 9 9 re f", "/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep 0.0001/YStep 0.0001/Resources<</Pattern<</P 7 0 R>>>>")]),
    "PDF pattern of small tiles": lambda: page("/Pattern cs /P scn 0 0 600 800 re f", "/Pattern<</P 7 0 R>>", [stream("0 0 1 1 re f", "/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep 0.001/YStep 0.001/Resources<<>>")]),
    "PDF shading of a function of itself": lambda: page("/S sh", "/Shading<</S 7 0 R>>", ["<</ShadingType 2/ColorSpace/DeviceGray/Coords[0 0 1 1]/Function 8 0 R>>", "<</FunctionType 3/Domain[0 1]/Functions[8 0 R 8 0 R]/Bounds[0.5]/Encode[0 1 0 1]>>"]),
    "PDF picture of great size": lambda: page("600 0 0 800 0 0 cm /X Do", "/XObject<</X 7 0 R>>", [stream(zlib.compress(bytes(10_000)), "/Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode")]),
    "PDF pictures, 30,000": lambda: page("q 9 0 0 9 9 9 cm /X Do Q " * 30_000, "/XObject<</X 7 0 R>>", [stream(b"\0" * 3, "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceRGB/BitsPerComponent 8")]),
    "PDF picture that masks itself": lambda: page("600 0 0 800 0 0 cm /X Do", "/XObject<</X 7 0 R>>", [stream(b"\0" * 3, "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceRGB/BitsPerComponent 8/SMask 7 0 R")]),
    "PDF pictures in the line": lambda: page("BI /W 1 /H 1 /BPC 8 /CS /G ID x EI " * 50_000),
    "PDF colours of colours of themselves": lambda: page("/C cs 0 sc 0 0 9 9 re f", "/ColorSpace<</C 7 0 R>>", ["[/Indexed 7 0 R 255 <00>]"]),
    "PDF transparency in itself": lambda: page("/S gs /X Do", "/ExtGState<</S<</SMask<</S/Luminosity/G 7 0 R>>>>>>/XObject<</X 7 0 R>>", [stream("/S gs 0 0 600 800 re f", "/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Group<</S/Transparency>>/Resources<</ExtGState<</S<</SMask<</S/Luminosity/G 7 0 R>>>>>>>>")]),
    "PDF clips, 100,000": lambda: page("q " + "0 0 600 800 re W n " * 100_000 + "Q"),
    "PDF annotations, 20,000": lambda: page("", "", [_ANNOTATION, form("BT /F 10 Tf 9 9 Td (17) Tj ET", "")], f"/Annots[{'7 0 R ' * 20_000}]"),
    "PDF annotation that draws itself": lambda: page("", "", [_ANNOTATION, form("/X Do", "/X 8 0 R")], "/Annots[7 0 R]"),
    "PDF fields that are their own": lambda: page("", "", ["<</FT/Tx/T(a)/Kids[7 0 R 7 0 R]/Parent 7 0 R/V(17)/Subtype/Widget/Type/Annot/Rect[9 9 99 99]>>"], "/Annots[7 0 R]", "/AcroForm<</Fields[7 0 R]>>"),
    "PDF layers of themselves": lambda: page("/OC /L BDC BT /F 10 Tf 9 9 Td (9) Tj ET EMC", "/Properties<</L 7 0 R>>", ["<</Type/OCMD/OCGs[7 0 R]/VE[/And 8 0 R]>>", "[/And 8 0 R 8 0 R]"], catalogue="/OCProperties<</OCGs[7 0 R]/D<</Order[8 0 R]>>>>"),
    "PDF layers opened a million times": lambda: page("/P BMC " * M),
    "PDF outlines that lead back": lambda: page("", "", ["<</First 7 0 R/Next 7 0 R/Last 7 0 R/Parent 7 0 R/Title(a)>>"], catalogue="/Outlines 7 0 R"),
    "PDF locked": lambda: page("").replace(b"/Root 1 0 R", b"/Encrypt<</Filter/Standard/V 5/R 6/Length 256/O(x)/U(x)/P -1/OE(x)/UE(x)/Perms(x)>>/Root 1 0 R"),
    "PDF of zeros": lambda: b"%PDF-1.7\n" + bytes(20 * M),
    "PDF of objects that are none": lambda: b"%PDF-1.7\n" + b"1 0 obj " * 2 * M,
    "PDF of beginnings": lambda: b"%PDF-1.7\n" + b"".join(b"%d 0 obj<<" % n for n in range(M)),
    "PDF of names": lambda: page("/" + "a" * 10 * M + " gs"),
    "PDF of XFA": lambda: page("", "", [stream(b"<xdp>" * 100_000)], catalogue="/AcroForm<</XFA 7 0 R/Fields[]>>"),
}  # fmt: skip


def _prev() -> bytes:
    data = tree("3 0 R")
    return data.replace(b"/Root 1 0 R", b"/Prev %d/Root 1 0 R" % data.rindex(b"xref\n0"))
