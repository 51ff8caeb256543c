"""A file inside another: its name there and its bytes, or why it cannot be had."""

from __future__ import annotations

from typing import NamedTuple

MAX_MEMBERS = 5000
MAX_UNPACKED = 1_000_000_000  # bytes of all members of an archive
TOO_MANY = f"压缩包里超过 {MAX_MEMBERS} 个文件，其余没有读，请分开打包 (more files than are read of one archive: pack them in several)"
TOO_LARGE = "解压后过大，没有读，请只留报告本身 (it unpacks to more than is read: keep the reports alone)"
HAS_PASSWORD = "压缩包有密码，打不开；请去掉密码后重新打包 (the archive is locked by a password: pack it without one)"
DAMAGED = "压缩包损坏，打不开，请重新下载 (the archive is damaged and cannot be opened; fetch it again)"


class Member(NamedTuple):
    """A file in a container: its path there, with / between folders; `content` None where `refused` says why."""

    name: str
    content: bytes | None
    refused: str | None = None
