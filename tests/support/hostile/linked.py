"""A document that has its reader ask the network for what it links to."""

from __future__ import annotations

import io
import zipfile

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = (
    f'xmlns:office="{_OASIS}:office:1.0" xmlns:text="{_OASIS}:text:1.0" xmlns:draw="{_OASIS}:drawing:1.0"'
    f' xmlns:svg="{_OASIS}:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
)
_TYPE = "application/vnd.oasis.opendocument.text"


def linked_odt(address: str) -> bytes:
    """A text with a picture and a section that lie at this address."""
    picture = (
        f'<draw:frame text:anchor-type="as-char" svg:width="5cm" svg:height="5cm"><draw:image xlink:href="{address}picture.png"'
        ' xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame>'
    )
    section = f'<text:section text:name="a"><text:section-source xlink:href="{address}section.odt"/><text:p>x</text:p></text:section>'
    body = f"<text:p>样例市样例局</text:p><text:p>{picture}</text:p>{section}"
    content = f"<office:document-content {_SPACES}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in (("/", _TYPE), ("content.xml", "text/xml"))
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("mimetype", _TYPE)
        package.writestr("content.xml", content)
        package.writestr(
            "META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0">{entries}</manifest:manifest>'
        )
    return file.getvalue()
