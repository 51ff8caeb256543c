"""Office packages (DOCX, XLSX): the XML parts of a ZIP file, bounded."""

from __future__ import annotations

import io
import re
import zipfile

from lxml import etree

from parsers.printed.decode import DAMAGED_ZIP, Undecodable

MAX_PART = 60_000_000  # bytes of one part when inflated
MAX_RATIO = 200  # a part that inflates further is no document
_STRICT = re.compile(rb"""(=["'])http://purl\.oclc\.org/ooxml/(\w+)/(?=\w)""")  # how files saved as Strict Open XML name the same words


def open_package(data: bytes) -> zipfile.ZipFile:
    """The package. Raises Undecodable for a file that is cut short or not a ZIP at all."""
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except DAMAGED_ZIP as error:
        raise Undecodable("文件损坏，打不开，请重新下载 (the file is damaged and cannot be opened; fetch it again)") from error


def main_part(package: zipfile.ZipFile, usual: str) -> str:
    """The name of a package's document: Word on the web calls it document2.xml and says so in the package's relations."""
    if usual in package.namelist() or "_rels/.rels" not in package.namelist():
        return usual
    relations = part_xml(package, "_rels/.rels")
    named = [str(r.get("Target", "")) for r in relations.iter("{*}Relationship") if str(r.get("Type", "")).endswith("/officeDocument")]
    return named[0].lstrip("/") if len(named) == 1 else usual


def part_bytes(package: zipfile.ZipFile, name: str) -> bytes:
    """One part, inflated. Raises Undecodable when it is missing, encrypted, broken or larger than a document's part can be."""
    try:
        info = package.getinfo(name)
    except KeyError as error:
        raise Undecodable(f"文件里缺少 {name}，请重新下载 (the file lacks its main part; fetch it again)") from error
    if info.file_size > MAX_PART or info.file_size > MAX_RATIO * max(info.compress_size, 1000):
        raise Undecodable(
            "文件解压后过大，不予读取，请只留报告本身 (the file inflates to more than a document holds; keep the report alone)"
        )
    try:
        with package.open(info) as part:
            content = part.read(MAX_PART + 1)
    except DAMAGED_ZIP as error:
        raise Undecodable(
            "文件损坏或加密，打不开，请重新下载或另存为不加密的文件 (the file is damaged or encrypted; fetch it again, or save it unencrypted)"
        ) from error
    if len(content) > MAX_PART:
        raise Undecodable(
            "文件解压后过大，不予读取，请只留报告本身 (the file inflates to more than a document holds; keep the report alone)"
        )
    return content


def part_xml(package: zipfile.ZipFile, name: str) -> etree._Element:
    """One part as XML, without entities or network. lxml drops text past its depth limit silently: that is refused."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        return etree.fromstring(_usual_names(part_bytes(package, name)), parser)
    except etree.XMLSyntaxError as error:
        raise Undecodable(
            "文件的 XML 损坏或嵌套过深，请用办公软件打开后另存 (the file's XML is damaged or nested too deep; open and save it in an office program)"
        ) from error


def _usual_names(xml: bytes) -> bytes:
    return _STRICT.sub(rb"\1http://schemas.openxmlformats.org/\2/2006/", xml) if b"//purl.oclc.org/ooxml/" in xml else xml
