"""ZIP archives, whatever program packed them."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator

from parsers.documents.containers.member import HAS_PASSWORD, MAX_MEMBERS, MAX_UNPACKED, TOO_LARGE, TOO_MANY, Member
from parsers.documents.package import DAMAGED_ZIP, open_package
from parsers.printed.decode import MAX_BYTES

MAX_RATIO = 1000  # DEFLATE reaches it with nothing but zeros
_UTF8_FLAG, _ENCRYPTED, _UNICODE_PATH = 0x800, 1, 0x7075


def members(data: bytes) -> Iterator[Member]:
    """The files in an archive. Raises Undecodable when it is damaged."""
    package = open_package(data)
    left = MAX_UNPACKED
    for number, info in enumerate(info for info in package.infolist() if not info.is_dir()):
        name = shown_name(info)
        if number == MAX_MEMBERS:
            yield Member("", None, TOO_MANY)
            return
        if info.flag_bits & _ENCRYPTED:
            yield Member(name, None, HAS_PASSWORD)
        elif info.file_size > min(MAX_BYTES, left) or info.file_size > MAX_RATIO * max(info.compress_size, 1000):
            yield Member(name, None, TOO_LARGE)
        else:
            member = _inflated(package, info, name)
            left -= len(member.content or b"")
            yield member


def _inflated(package: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Member:
    try:
        with package.open(info) as part:
            content = part.read(MAX_BYTES + 1)
    except NotImplementedError:
        reason = "这个文件的压缩方法读不了，请用通常的 ZIP 重新打包 (it is packed by a method that is not read: pack it as an ordinary ZIP)"
        return Member(name, None, reason)
    except DAMAGED_ZIP:
        return Member(name, None, "压缩包里的这个文件损坏，请重新下载 (this file is damaged in its archive; fetch it again)")
    return Member(name, content) if len(content) <= MAX_BYTES else Member(name, None, TOO_LARGE)


def shown_name(info: zipfile.ZipInfo) -> str:
    """A member's name as its packer wrote it: without the flag of UTF-8 it may be UTF-8 all the same, or GBK, never CP437."""
    if info.flag_bits & _UTF8_FLAG:
        return info.filename.replace("\\", "/")
    if stated := _unicode_path(info.extra):
        return stated.replace("\\", "/")
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename.replace("\\", "/")
    return name_of_bytes(raw).replace("\\", "/")


def name_of_bytes(raw: bytes) -> str:
    """A file's name in UTF-8 or GB18030. Two Chinese characters in GBK may be valid UTF-8, but then of other scripts.

    >>> name_of_bytes("样例.txt".encode("gbk")), name_of_bytes("联通".encode("gbk")), name_of_bytes("样例".encode())
    ('样例.txt', '联通', '样例')
    """
    try:
        name = raw.decode()
        if not any("\x7f" < char < "\u0800" for char in name):
            return name
    except UnicodeDecodeError:
        pass
    return raw.decode("gb18030", "replace")


def _unicode_path(extra: bytes) -> str | None:
    """The name that Info-ZIP writes beside one in the packer's own encoding."""
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        if kind == _UNICODE_PATH and length > 5:
            return extra[9 : 4 + length].decode("utf-8", "replace")
        extra = extra[4 + length :]
    return None
