"""A ZIP of documents is a folder: its members' names and bytes, bounded."""

from __future__ import annotations

from parsers.documents.package import open_package, part_bytes

MEDIA_TYPE = "application/zip"
MAX_MEMBERS = 5000


def member_names(data: bytes) -> list[str]:
    """The files in an archive, as they are named in it. Raises Undecodable when it is damaged."""
    names = [info.filename for info in open_package(data).infolist() if not info.is_dir()]
    return [name for name in names if not name.startswith("__MACOSX/")][:MAX_MEMBERS]


def member_bytes(data: bytes, name: str) -> bytes:
    """One member, inflated. Raises Undecodable when it is encrypted, broken or too large."""
    return part_bytes(open_package(data), name)


def shown_name(name: str) -> str:
    """A member's name as its packer wrote it: names without the UTF-8 flag are GBK in Chinese archives, not CP437.

    >>> shown_name("样例.txt".encode("gbk").decode("cp437"))
    '样例.txt'
    """
    try:
        return name.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return name
