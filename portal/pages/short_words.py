"""The short words in agencies' names (残联) in full, in characters and in letters."""

from __future__ import annotations

from functools import cache

from portal.data import DATA, load
from portal.sounds import syllables

_SHORT_WORDS = DATA / "agency_words.yml"


@cache
def _short_words() -> dict[str, str]:
    return dict(load(_SHORT_WORDS))


@cache
def _short_letters() -> dict[str, str]:
    """The same as they are said, in letters and by their initials."""
    said = [(syllables(short), syllables(full)) for short, full in _short_words().items()]
    initials = {"".join(one[0] for one in short): "".join(one[0] for one in full) for short, full in said}
    return initials | {"".join(short): "".join(full) for short, full in said}


def in_full_letters(name: str) -> str:
    """The same of a name in letters, or by its initials.

    >>> in_full_letters("ptxcl"), in_full_letters("canlian"), in_full_letters("mzj")
    ('ptxcjrlhh', 'canjirenlianhehui', 'mzj')
    """
    short = max((word for word in _short_letters() if name.endswith(word)), key=len, default="")
    return name.removesuffix(short) + _short_letters()[short] if short else name


def in_full(name: str) -> str:
    """The name with its last word in full.

    >>> in_full("平潭县残联"), in_full("民政局")
    ('平潭县残疾人联合会', '民政局')
    """
    short = max((word for word in _short_words() if name.endswith(word)), key=len, default="")
    return name.removesuffix(short) + _short_words()[short] if short else name
