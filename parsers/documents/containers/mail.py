"""Messages as mail programs save them (EML): the documents attached, else what the message itself says."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

from parsers.documents.containers.member import MAX_MEMBERS, Member
from parsers.documents.html.read import read_html
from parsers.printed.decode import MAX_BYTES, Undecodable, decode

LETTER = 1500  # characters: what accompanies an attachment is shorter, a report longer


def members(data: bytes) -> Iterator[Member]:
    """The files that are attached, and the text of the message if there are none or it is longer than a letter. Raises Undecodable."""
    try:
        message = message_from_bytes(data.lstrip(), policy=policy.default)
        attached, said = list(_attached(message)), _said(message)
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError) as error:  # what email raises of broken headers
        raise Undecodable("邮件文件损坏，打不开，请重新保存 (the message is damaged and cannot be opened; save it again)") from error
    yield from attached
    if said and (not attached or is_long(said.content or b"", said.name)):
        yield said
    if not attached and not said:
        yield Member("", None, "邮件里没有附件，也没有文字 (this message has neither an attachment nor a text)")


def is_long(content: bytes, name: str) -> bool:
    """Is the text of a message too long for one that only accompanies an attachment?"""
    try:
        text = read_html(content).text if name.endswith(".html") else decode(content).text
    except Undecodable:
        return False
    return len(text) > LETTER


def _attached(message: EmailMessage) -> Iterator[Member]:
    """The files in a message, also those of messages that it forwards; pictures shown in its text are none."""
    for number, part in enumerate(message.walk()):
        kind, name = part.get_content_type(), part.get_filename() or ""
        if number > MAX_MEMBERS:
            return
        shown_in_text = part.get_content_disposition() != "attachment" and (part.get("Content-ID") or kind.startswith("image/"))
        if part.is_multipart() or not (name or part.get_content_disposition() == "attachment") or shown_in_text:
            continue
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and not kind.startswith(("text/calendar", "application/pgp", "application/pkcs7")):
            yield Member(_plain(name or f"附件{number}"), content[: MAX_BYTES + 1])


def _said(message: EmailMessage) -> Member | None:
    """The text of the message: its page, if it has one; else of the first message that it forwards which has one."""
    for kind in ("text/html", "text/plain"):
        for part in message.walk():
            if part.get_content_type() != kind or part.get_filename() or part.get_content_disposition() == "attachment":
                continue
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                return Member("正文.html" if kind == "text/html" else "正文.txt", in_utf8(content, part.get_content_charset()))
    return None


def in_utf8(content: bytes, charset: str | None) -> bytes:
    """A part's bytes in UTF-8 where the message, not the part itself, says how its characters are encoded."""
    if charset is None or b"charset" in content[:4096].lower():
        return content
    try:
        return content.decode("gb18030" if charset in ("gb2312", "gbk") else charset).encode()
    except (LookupError, UnicodeDecodeError):
        return content


def _plain(name: str) -> str:
    return name.replace("\\", "/").rsplit("/", 1)[-1][:200]
