"""Office files as packages (DOCX, XLSX): the XML parts of a ZIP file, bounded; and those with a password."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib

import msoffcrypto
from lxml import etree
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

from parsers.printed.decode import MAX_BYTES, Undecodable

# What reading a ZIP file raises that is cut short, encrypted, or holds other bytes than its packer wrote.
DAMAGED_ZIP = (zipfile.BadZipFile, zlib.error, struct.error, RuntimeError, EOFError, OSError, ValueError, IndexError, OverflowError)
MAX_PART = 60_000_000  # bytes of one part when inflated
MAX_RATIO = 200  # a part that inflates further is no document
_NOT_UTF8 = re.compile(rb"""encoding=["'](?!utf-8)""", re.IGNORECASE)
_UNSEEN = [  # soft hyphen, characters of no width: no one sees them. Each pattern begins with a byte, which is found fast.
    re.compile(pattern) for pattern in (b"\xc2\xad", b"\xe2(?:\x80[\x8b-\x8f]|\x81\xa0)", b"\xef\xbb\xbf")
]
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


def related_parts(package: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """The parts that a part names: by the name it uses, the part's name in the package and the last word of its kind."""
    folder, _, name = part.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels".lstrip("/")
    if relations not in package.namelist():
        return {}
    found = {}
    for relation in part_xml(package, relations).iter("{*}Relationship"):
        if relation.get("TargetMode") != "External":
            target = str(relation.get("Target", ""))
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}").lstrip("/")
            found[str(relation.get("Id", ""))] = (path, str(relation.get("Type", "")).rpartition("/")[2])
    return found


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
            "文件有密码，请去掉密码后另存 (the file is locked by a password; save it without one)"
            if info.flag_bits & 1
            else "文件损坏，打不开，请重新下载 (the file is damaged and cannot be opened; fetch it again)"
        ) from error
    if len(content) > MAX_PART:
        raise Undecodable(
            "文件解压后过大，不予读取，请只留报告本身 (the file inflates to more than a document holds; keep the report alone)"
        )
    return content


def part_xml(package: zipfile.ZipFile, name: str) -> etree._Element:
    """One part as XML."""
    return xml_of(_usual_names(part_bytes(package, name)))


def xml_of(content: bytes) -> etree._Element:
    """XML without entities or network. lxml drops text past its depth limit silently: that is refused."""
    if b"\x00" not in content[:64] and not _NOT_UTF8.search(content, 0, 200):
        for unseen in _UNSEEN:
            content = unseen.sub(b"", content)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise Undecodable(
            "文件的 XML 损坏或嵌套过深，请用办公软件打开后另存 (the file's XML is damaged or nested too deep; open and save it in an office program)"
        ) from error


def whole_number(printed: str | None, otherwise: int = 0) -> int:
    """The whole number that an attribute states, `otherwise` where it states none. Of more than nine digits, as no file has, it is the largest
    of nine.

    >>> whole_number("12"), whole_number(None, 1), whole_number("²", 1), whole_number("9" * 5000)
    (12, 1, 1, 999999999)
    """
    if not printed or not printed.isdecimal():
        return otherwise
    return int(printed) if len(printed) < 10 else 999_999_999


def _usual_names(xml: bytes) -> bytes:
    return _STRICT.sub(rb"\1http://schemas.openxmlformats.org/\2/2006/", xml) if b"//purl.oclc.org/ooxml/" in xml else xml


# -- files with a password ---------------------------------------------------------------------------------------------

OWN = "VelvetSweatshop"  # with which Excel encrypts a workbook that is protected from changes, and opens it without asking
_BROKEN = (DecryptionError, FileFormatError, InvalidKeyError, ParseError, OSError, ValueError, KeyError, IndexError, struct.error)  # fmt: skip
LOCKED = "文件有密码，打不开；请去掉密码后另存再放进来 (the file is locked by a password: save it without one)"


def is_locked(data: bytes) -> bool:
    """Is this Word or Excel file of the old formats encrypted? False where that cannot be told."""
    try:
        return bool(msoffcrypto.OfficeFile(io.BytesIO(data)).is_encrypted())
    except (*_BROKEN, TypeError, AttributeError):
        return False


def is_locked_opendocument(package: zipfile.ZipFile) -> bool:
    """Does a package of OpenDocument (ODT, ODS) say that its parts are encrypted?"""
    name = "META-INF/manifest.xml"
    return name in package.namelist() and next(part_xml(package, name).iter("{*}encryption-data"), None) is not None


def read_locked(data: bytes) -> bytes:
    """The file that is in an encrypted one. Raises Undecodable where it is locked by a password of its owner."""
    opened = io.BytesIO()
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(data))
        file.load_key(password=OWN, verify_password=True)
        file.decrypt(opened)
    except (*_BROKEN, TypeError, AttributeError, NotImplementedError) as error:
        raise Undecodable(LOCKED) from error
    if opened.tell() > MAX_BYTES or not opened.tell() or opened.getvalue()[:4] == data[:4] == b"PK\x03\x04":
        raise Undecodable(LOCKED)
    return opened.getvalue()
