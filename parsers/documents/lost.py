"""What is noted where a character of a document is lost or restored, left out, or printed on a layer that cannot be read."""

from __future__ import annotations

import re

from parsers.model import Note
from parsers.printed.decode import LOST, Decoded

RESTORED = Note(
    "encoding_restored", "原文的汉字曾被当作拉丁字母保存，已还原 (its Chinese was saved as Latin letters and has been restored)"
)
GUIDES = "字旁注有 {} 处拼音，不是报告的文字，没有读 (pinyin beside {} characters is no text of the report and is not read)"
MOST = 200  # notes; a text with more lost characters is as doubtful everywhere
_WORD = re.compile(rf"[^\s|]{{0,12}}{LOST}[^\s|]{{0,12}}")


def notes_of(decoded: Decoded) -> tuple[Note, ...]:
    """What is to be noted of how a text was decoded."""
    guides = [Note("phonetic_guides", GUIDES.format(decoded.guides, decoded.guides))] if decoded.guides else []
    return (*([RESTORED] if decoded.restored else []), *guides)


def notes(text: str) -> tuple[Note, ...]:
    """A note for each word of a text that has lost a character, with its place."""
    if LOST not in text:
        return ()
    message = "这里有字读不出来：字节损坏，或印在读不到的层上 (something is printed here that cannot be read: a broken byte, or a layer that is not read)"
    return tuple(Note("character_lost", message, *word.span()) for word, _ in zip(_WORD.finditer(text), range(MOST), strict=False))
