"""PDF written by hand: pages of drawing instructions, a ruled table of them, the cells that were read."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.model import Document, Table


def drawn(*pages: str, extra: str = "", forms: str = "") -> bytes:
    """A PDF whose pages hold these drawing instructions; text is set in Helvetica as /F."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", ""]
    kids = []
    resources = f"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>{'/XObject<</X 3 0 R>>' if forms else ''}>>"
    if forms:
        objects.append(
            f"<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources {resources}/Length {len(forms)}>>stream\n{forms}\nendstream"
        )
        resources = resources.replace("/Resources", "")
    for content in pages:
        objects.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]{extra}/Resources {resources}/Contents {len(objects)} 0 R>>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    body, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\n"
    return body + f"{trailer}startxref\n{len(body)}\n%%EOF".encode()


def grid(rows: list[list[str]], top: float = 700, left: float = 100, lines: str = "{} {} m {} {} l S") -> str:
    """Drawing instructions of a ruled table with cells of 80 by 20 points."""
    across, down = len(rows[0]), len(rows)
    out = [lines.format(left, top - 20 * r, left + 80 * across, top - 20 * r) for r in range(down + 1)]
    out += [lines.format(left + 80 * c, top, left + 80 * c, top - 20 * down) for c in range(across + 1)]
    out += [text(left + 80 * c + 5, top - 20 * r - 14, cell) for r, row in enumerate(rows) for c, cell in enumerate(row)]
    return "\n".join(out)


def text(x: float, y: float, words: str) -> str:
    return f"BT /F 10 Tf {x} {y} Td ({words}) Tj ET\n" if words else ""


def rows_of(document: Document) -> list[list[str]]:
    """The texts of a document's only table, row by row."""
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(document.text[cell.start : cell.end])
    return list(rows.values())


ROWS = [["a", "b", "c"], ["d", "12", "345"], ["e", "", "0"]]


def with_parts(content: str, resources: str = "", catalog: str = "", page: str = "", parts: Sequence[str] = ()) -> bytes:
    """A PDF of one page with more in its resources, its catalog, its page; `parts` are objects from number 6 on."""
    font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{catalog}>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 5 0 R>>{resources}>>/Contents 4 0 R{page}>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        font,
        *parts,
    ]
    body = b"%PDF-1.6\n"
    places = []
    for number, part in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{part}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\n"
    return body + f"{trailer}startxref\n{len(body)}\n%%EOF".encode()


def stream(content: str, words: str = "") -> str:
    return f"<<{words}/Length {len(content)}>>stream\n{content}\nendstream"
