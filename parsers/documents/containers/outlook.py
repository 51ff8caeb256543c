"""Messages as Outlook saves them (MSG): an OLE file whose streams are called after their properties."""

from __future__ import annotations

import io
from collections.abc import Iterator

import olefile

from parsers.documents.containers.mail import is_long
from parsers.documents.containers.member import MAX_MEMBERS, Member
from parsers.printed.decode import MAX_BYTES, Undecodable

# [MS-OXPROPS] the properties of a message and of an attachment
_BODY, _HTML, _CONTENT, _LONG_NAME, _NAME, _ATTACHED_MESSAGE = "1000", "1013", "37010102", "3707", "3704", "3701000D"
_UNICODE, _ANSI, _BINARY = "001F", "001E", "0102"
_DAMAGED = (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, RecursionError)
MAX_FORWARDED = 5  # messages in messages


def members(data: bytes) -> Iterator[Member]:
    """The files that are attached, and the text of the message if there are none or it is longer than a letter. Raises Undecodable."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            found = list(_members(file, [], 0))
    except _DAMAGED as error:
        raise Undecodable("邮件文件损坏，打不开，请重新保存 (the message is damaged and cannot be opened; save it again)") from error
    yield from found or [Member("", None, "邮件里没有附件，也没有文字 (this message has neither an attachment nor a text)")]


def _members(file: olefile.OleFileIO, inside: list[str], depth: int) -> Iterator[Member]:
    folders = sorted({entry[len(inside)] for entry in file.listdir() if entry[: len(inside)] == inside and len(entry) > len(inside) + 1})
    attached: list[Member] = []
    for number, folder in enumerate(name for name in folders if name.startswith("__attach_version1.0_")):
        at = [*inside, folder]
        if file.exists([*at, f"__substg1.0_{_ATTACHED_MESSAGE}"]) and depth < MAX_FORWARDED:
            attached += _members(file, [*at, f"__substg1.0_{_ATTACHED_MESSAGE}"], depth + 1)
        content = _stream(file, at, _CONTENT)
        if content is not None and number < MAX_MEMBERS:
            name = _text(file, at, _LONG_NAME) or _text(file, at, _NAME) or f"附件{number + 1}"
            attached.append(Member(name.replace("\\", "/").rsplit("/", 1)[-1][:200], content))
    yield from attached
    said = _said(file, inside)
    if said and (not attached or is_long(said.content or b"", said.name)):
        yield said


def _said(file: olefile.OleFileIO, at: list[str]) -> Member | None:
    page = _stream(file, at, f"{_HTML}{_BINARY}") or _text(file, at, _HTML).encode()
    if page.strip():
        return Member("正文.html", page)
    text = _text(file, at, _BODY)
    return Member("正文.txt", text.encode(errors="replace")) if text.strip() else None


def _text(file: olefile.OleFileIO, at: list[str], name: str) -> str:
    unicode, ansi = _stream(file, at, f"{name}{_UNICODE}"), _stream(file, at, f"{name}{_ANSI}")
    return unicode.decode("utf-16-le", "replace") if unicode is not None else (ansi or b"").decode("gb18030", "replace")


def _stream(file: olefile.OleFileIO, at: list[str], name: str) -> bytes | None:
    path = [*at, f"__substg1.0_{name}"]
    if not file.exists(path) or file.get_type(path) != olefile.STGTY_STREAM:
        return None
    with file.openstream(path) as stream:
        return bytes(stream.read(MAX_BYTES + 1))
