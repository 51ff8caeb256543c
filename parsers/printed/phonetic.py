"""Phonetic guides, which mirror sites put behind characters: 制發(fā)件數(shù) prints 制發件數. They are no text of the report."""

from __future__ import annotations

import re

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_GUIDE = re.compile(rf"(?<=[㐀-鿿])[(（]([a-zü{TONED}]{{1,7}})[)）]")
_HAS_TONE = re.compile(f"[{TONED}]")
# A syllable without its tone, as (de) and (le) are printed too: what it begins with, and what it ends with.
_TONELESS = re.compile(
    "(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?(?:i?an|i?ang|u?ai|u?an|uang|i?ao|i?ong|ia|ua|i?e|üe|ue|ei|u?o|ou|i?u|ui|un|in|ing|en|eng|er|a|i|ü)"
)
_ENOUGH = 3  # guides with a tone: then those without one are guides too


def without_guides(text: str) -> tuple[str, int]:
    """The text without phonetic guides, and how many there were.

    >>> without_guides("制發(fā)件數(shù)、樣例的(de)規(guī)章")
    ('制發件數、樣例的規章', 4)
    >>> without_guides("客户端(app)、微信(weixin)公众号")
    ('客户端(app)、微信(weixin)公众号', 0)
    """
    if not _HAS_TONE.search(text):
        return text, 0
    toned = sum(bool(_HAS_TONE.search(guide)) for guide in _GUIDE.findall(text))
    left_out = 0

    def put(guide: re.Match[str]) -> str:
        nonlocal left_out
        if not (_HAS_TONE.search(guide[1]) or (toned >= _ENOUGH and _TONELESS.fullmatch(guide[1]))):
            return guide[0]
        left_out += 1
        return ""

    return _GUIDE.sub(put, text), left_out
