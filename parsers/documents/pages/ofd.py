"""OFD files (GB/T 33190), the national format for pages: a ZIP of XML parts.

    OFD.xml                       DocBody: DocRoot, Signatures; more than one document may be in a file
    Doc_0/Document.xml            CommonData (paper, resources, TemplatePage), Pages, Annotations
    Doc_0/Pages/Page_0/Content.xml   Area, Template, Content/Layer/TextObject, PathObject, ImageObject, …
    Doc_0/Annotations.xml         a file of PageAnnot for each page
    Doc_0/Signs/Signatures.xml    a Signature.xml each, which says where its stamp stands (StampAnnot)

Places are millimetres from the upper left corner of the paper.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import Any

from lxml import etree

from parsers.documents.package import open_package, part_bytes, part_xml
from parsers.documents.page import Box, Page, direction, turned_page
from parsers.documents.pages.joined import document_of
from parsers.documents.pages.ofd_content import Content, Resources
from parsers.documents.pages.ofd_values import box_of
from parsers.documents.pages.painted_over import shown
from parsers.documents.pages.shapes import UNMOVED
from parsers.documents.pictures import extra
from parsers.model import Document
from parsers.printed.decode import Undecodable

MEDIA_TYPE = "application/ofd"
MAX_PAGES = 200
_A4 = (0.0, 0.0, 210.0, 297.0)
_COVERED = 0.5  # of the paper: a page of which pictures cover more, and on which nothing else is drawn, is a scan
_LAYERS = {"Background": 0, "Foreground": 2}  # painted before and after the body


def read_ofd(data: bytes) -> Document:
    """A document of an OFD file. Raises Undecodable when it is damaged, encrypted, oversized, or holds pictures only."""
    scans = iter(range(extra.MAX_PICTURES))
    return document_of(MEDIA_TYPE, *(map(partial(_page, scans), contents) for contents in _documents(File(open_package(data)))))


@dataclass
class File:
    """The parts of a file, found by the paths that other parts name."""

    package: zipfile.ZipFile
    names: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.names = {_plain(name): name for name in self.package.namelist()}

    def find(self, path: str, base: str = "") -> str | None:
        """The name of the part at a path that a part in folder `base` names; None if there is none. Some programs name paths from the
        root without their slash, or with others."""
        path = path.strip().replace("\\", "/")
        tried = [path] if path.startswith("/") else [posixpath.join(base, path), path]
        return next((self.names[_plain(name)] for name in tried if _plain(name) in self.names), None)

    def xml(self, path: str | None, base: str = "") -> tuple[etree._Element, str] | None:
        """The part at a path, and its folder; None where the file names none or lacks it."""
        name = self.find(path, base) if path else None
        return (part_xml(self.package, name), posixpath.dirname(_folder(name))) if name else None

    def bytes(self, path: str, base: str) -> bytes:
        name = self.find(path, base)
        return part_bytes(self.package, name) if name else b""


def _folder(name: str) -> str:
    return name.replace("\\", "/").lstrip("/")


def _plain(name: str) -> str:
    return posixpath.normpath("/" + _folder(name)).lstrip("/").lower()


def scans_in(data: bytes) -> Iterator[Any]:
    """The pages of a file that are pictures, as they look."""
    for content in chain.from_iterable(_documents(File(open_package(data)))):
        if _is_scan(content):
            with suppress(Undecodable):
                yield _scan(content)


def _documents(file: File) -> Iterator[Iterator[Content]]:
    """What the pages of each document in a file draw."""
    root = file.xml("OFD.xml")
    if root is None:
        raise Undecodable("OFD 文件里缺少 OFD.xml，请重新下载 (the OFD file lacks its main part; fetch it again)")
    count = 0
    for body in root[0].iterfind("{*}DocBody"):
        document = file.xml(body.findtext("{*}DocRoot"))
        if document is None:
            raise Undecodable(
                "OFD 文件里缺少它所列的文档，可能已加密，请另存为不加密的文件 (the OFD file lacks a document it names, or is encrypted; save it unencrypted)"
            )
        count += sum(1 for _ in document[0].iterfind("{*}Pages/{*}Page"))
        if count > MAX_PAGES:
            raise Undecodable(f"文件超过 {MAX_PAGES} 页，请只留报告的页 (the file has too many pages; send the report's own pages)")
        yield _contents(file, *document, _stamps(file, body.findtext("{*}Signatures"), document[1]))


def _contents(file: File, document: etree._Element, base: str, stamps: dict[str, list[Box]]) -> Iterator[Content]:
    common = document.find("{*}CommonData")
    resources = Resources()
    for kind in ("PublicRes", "DocumentRes"):
        for path in common.iterfind(f"{{*}}{kind}") if common is not None else ():
            _add(file, resources, path.text, base)
    usual = box_of(_text(common, "{*}PageArea/{*}PhysicalBox")) or _A4
    templates = {t.get("ID", ""): t for t in common.iterfind("{*}TemplatePage")} if common is not None else {}
    notes = _annotations(file, document.findtext("{*}Annotations"), base)
    for entry in document.iterfind("{*}Pages/{*}Page"):
        found = file.xml(entry.get("BaseLoc"), base)
        if found is None:
            raise Undecodable("OFD 文件里缺少它所列的页，请重新下载 (the OFD file lacks a page it names; fetch it again)")
        page, folder = found
        paper = box_of(_text(page, ".//{*}PhysicalBox")) or usual
        content = Content(resources, paper, box_of(_text(page, ".//{*}ApplicationBox")))
        for path in page.iterfind("{*}PageRes"):
            _add(file, resources, path.text, folder)
        for _, part in sorted(_layers(file, page, base, templates), key=lambda part: part[0]):
            content.draw(part, UNMOVED)
        for note in notes.get(entry.get("ID", ""), ()):
            content.annotation(note)
        if _lacks_template(file, page, base, templates):
            content.not_known()
        for stamp in stamps.get(entry.get("ID", ""), ()):
            content.stamp(stamp)
        yield content


def _layers(file: File, page: etree._Element, base: str, templates: dict[str, etree._Element]) -> Iterator[tuple[int, etree._Element]]:
    """The layers of a page and of its templates, with their place from the ground upwards."""
    for use in page.iterfind("{*}Template"):
        template = templates.get(use.get("TemplateID", ""))
        found = file.xml(template.get("BaseLoc"), base) if template is not None else None
        order = use.get("ZOrder") or (template.get("ZOrder") if template is not None else None) or "Background"
        for layer in found[0].iterfind("{*}Content/{*}Layer") if found else ():
            yield (-1 if order == "Background" else 1 if order == "Body" else 3), layer
    for layer in page.iterfind("{*}Content/{*}Layer"):
        yield _LAYERS.get(layer.get("Type", ""), 1), layer


def _lacks_template(file: File, page: etree._Element, base: str, templates: dict[str, etree._Element]) -> bool:
    """Does the page stand on a template that is not in the file?"""
    used = [templates.get(use.get("TemplateID", "")) for use in page.iterfind("{*}Template")]
    return any(template is None or not file.find(template.get("BaseLoc") or "", base) for template in used)


def _page(scans: Iterator[int], content: Content) -> Page:
    """What a page prints; one that is a picture is recognised, as long as there are `scans` left."""
    if _is_scan(content) and extra.is_installed() and next(scans, None) is not None:
        from parsers.documents.pictures.read import page_of

        with suppress(Undecodable):
            return page_of(_scan(content))
    width, height = content.width, content.height
    glyphs = shown(content)
    turn = direction(glyphs)
    return turned_page((0.0, 0.0, width, height), turn, glyphs, content.lines, (), content.pictures)


def _is_scan(content: Content) -> bool:
    """Do pictures cover most of a page, and is nothing else on it but stamps?"""
    covered = sum((right - left) * (top - bottom) for left, bottom, right, top in (area.box for area in content.areas))
    return bool(content.images) and not content.others and covered > _COVERED * content.width * content.height and not shown(content)


def _scan(content: Content) -> Any:
    from parsers.documents.pictures.laid import laid

    return laid(content.images, content.stamps, content.width, content.height)


def _add(file: File, resources: Resources, path: str | None, base: str) -> None:
    found = file.xml(path, base)
    if found is not None:
        folder = posixpath.join(found[1], (found[0].get("BaseLoc") or "").replace("\\", "/"))
        resources.add(found[0], lambda name: file.bytes(name, folder))


def _annotations(file: File, path: str | None, base: str) -> dict[str, list[etree._Element]]:
    """The annotations of each page that are shown, but watermarks."""
    notes: dict[str, list[etree._Element]] = {}
    found = file.xml(path, base)
    for page in found[0].iterfind("{*}Page") if found else ():
        part = file.xml(page.findtext("{*}FileLoc"), found[1]) if found else None
        for note in part[0].iterfind("{*}Annot") if part else ():
            if (note.get("Visible") or "true").lower() != "false" and note.get("Type") != "Watermark":
                notes.setdefault(page.get("PageID", ""), []).append(note)
    return notes


def _stamps(file: File, path: str | None, base: str) -> dict[str, list[Box]]:
    """Where the signatures of a document show a picture, by page."""
    stamps: dict[str, list[Box]] = {}
    found = file.xml(path, base) or file.xml(path)
    for entry in found[0].iterfind("{*}Signature") if found else ():
        signature = file.xml(entry.get("BaseLoc"), found[1]) if found else None
        for stamp in signature[0].iterfind("{*}SignedInfo/{*}StampAnnot") if signature else ():
            if box := box_of(stamp.get("Boundary")):
                stamps.setdefault(stamp.get("PageRef", ""), []).append(box)
    return stamps


def _text(element: etree._Element | None, path: str) -> str | None:
    return element.findtext(path) if element is not None else None
