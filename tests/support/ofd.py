"""OFD files made for the tests: pages of objects, in millimetres from the upper left corner."""

from __future__ import annotations

import io
import zipfile
from html import escape

Parts = dict[str, str | bytes]
NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def words(x: float, y: float, text: str, size: float = 4, inner: str = "", more: str = "", steps: str | None = None) -> str:
    """A text object whose first character stands at x, and on the line y."""
    usual = " ".join("4" if ord(char) > 0x2E80 else "2" for char in text[:-1])
    delta = f' DeltaX="{usual if steps is None else steps}"' if steps != "" else ""
    code = f'<ofd:TextCode X="0" Y="{size}"{delta}>{escape(text)}</ofd:TextCode>'
    return f'<ofd:TextObject ID="9" Boundary="{x} {y - size} 90 {size + 1}" Font="1" Size="{size}"{more}>{inner}{code}</ofd:TextObject>'


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    path = f"M 0 0 L {x1 - x0} {y1 - y0}"
    return f'<ofd:PathObject ID="9" Boundary="{x0} {y0} {x1 - x0} {y1 - y0}" LineWidth="0.2"><ofd:AbbreviatedData>{path}</ofd:AbbreviatedData></ofd:PathObject>'


def area(x: float, y: float, width: float, height: float, colour: str = "255 255 255", more: str = "") -> str:
    path = f"M 0 0 L {width} 0 L {width} {height} L 0 {height} C"
    inner = f'<ofd:FillColor Value="{colour}"{more}/><ofd:AbbreviatedData>{path}</ofd:AbbreviatedData>'
    return f'<ofd:PathObject ID="9" Boundary="{x} {y} {width} {height}" Stroke="false" Fill="true">{inner}</ofd:PathObject>'


def grid(rows: list[list[str]], left: float = 20, top: float = 40, steps: str | None = None) -> str:
    """A ruled table with cells of 30 by 8 millimetres."""
    across, down = len(rows[0]), len(rows)
    lines = [line(left, top + 8 * r, left + 30 * across, top + 8 * r) for r in range(down + 1)]
    lines += [line(left + 30 * c, top, left + 30 * c, top + 8 * down) for c in range(across + 1)]
    texts = [
        words(left + 30 * c + 2, top + 8 * r + 6, cell, steps=steps) for r, row in enumerate(rows) for c, cell in enumerate(row) if cell
    ]
    return "".join(lines + texts)


def page(content: str, before: str = "", layer: str = "") -> str:
    body = f'<ofd:Content><ofd:Layer ID="2"{layer}>{content}</ofd:Layer></ofd:Content>'
    return f"<ofd:Page {NAMESPACE}>{before}{body}</ofd:Page>"


def ofd(*pages: str, common: str = "", more: str = "", parts: Parts | None = None, documents: int = 1, signatures: str = "") -> bytes:
    """A file with these pages (in the first of its documents, the last in each further one), and more parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        bodies = "".join(
            f"<ofd:DocBody><ofd:DocRoot>Doc_{n}/Document.xml</ofd:DocRoot>{signatures}</ofd:DocBody>" for n in range(documents)
        )
        package.writestr("OFD.xml", f'<ofd:OFD {NAMESPACE} DocType="OFD" Version="1.0">{bodies}</ofd:OFD>')
        for number in range(documents):
            own = pages if documents == 1 else pages[number : number + 1]
            entries = "".join(f'<ofd:Page ID="{10 + n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(own)))
            paper = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
            body = f"<ofd:CommonData>{paper}{common}</ofd:CommonData><ofd:Pages>{entries}</ofd:Pages>{more}"
            package.writestr(f"Doc_{number}/Document.xml", f"<ofd:Document {NAMESPACE}>{body}</ofd:Document>")
            for n, content in enumerate(own):
                package.writestr(f"Doc_{number}/Pages/Page_{n}/Content.xml", content)
        for name, part in (parts or {}).items():
            package.writestr(name, part)
    return out.getvalue()


def renamed(data: bytes, old: str, new: str, in_names: bool = False) -> bytes:
    """The file with something called otherwise in all its parts, and in their names."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w") as copy:
        for name in package.namelist():
            part = package.read(name)
            copy.writestr(name.replace(old, new) if in_names else name, part.replace(old.encode(), new.encode()))
    return out.getvalue()
