"""One pattern of many words, which is tried as fast as one of few."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter


def one_of(words: Iterable[str]) -> str:
    """A pattern of the words, the longest first; nothing matches that of no words. Those that begin alike stand together: most places
    in a text are then passed by after a look at one character.

    >>> one_of(["规章", "行政许可", "行政强制", "规"])
    '(?:行(?:政强制|政许可)|规(?:章|))'
    """
    ordered = sorted(set(words), key=lambda word: (word[0], -len(word), word))
    begun = groupby(ordered, key=itemgetter(slice(1)))
    ways = [f"{re.escape(first)}(?:{'|'.join(re.escape(word[1:]) for word in same)})" for first, same in begun]
    return f"(?:{'|'.join(ways)})" if ways else "(?!)"
