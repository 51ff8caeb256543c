"""How a page is cited: GB/T 7714-2025, BibTeX and CSL-JSON.

A data set is cited as [DS/OL]: who compiled it, what, who publishes it, of which release, and where. The day on which a reader
looked is the reader's; the page fills it in.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

PORTAL = "政府信息公开年报 · 开放数据"
NOBODY = "发布者未注明"


@dataclass(frozen=True)
class Citation:
    """What is cited: its title, the permalink, the release (a date as 2026-11-28 or a name), the day it was built, who publishes.

    >>> cited = Citation("样例市样例局2023年政府信息公开工作年度报告", "https://example.org/reports/x-2023", "2024-05-01", "2024-05-01", "样例大学")
    >>> cited.gbt
    '样例大学. 样例市样例局2023年政府信息公开工作年度报告: 逐格数据[DS/OL]. 政府信息公开年报 · 开放数据, 2024-05-01版. (2024-05-01)[{looked}]. https://example.org/reports/x-2023.'
    """

    title: str
    permalink: str
    release: str
    built_on: str
    publisher: str

    @property
    def gbt(self) -> str:
        """The reference by GB/T 7714-2025, with `{looked}` where the day of access belongs."""
        who = self.publisher or NOBODY
        return f"{who}. {self.title}: 逐格数据[DS/OL]. {PORTAL}, {self.release}版. ({self.built_on})[{{looked}}]. {self.permalink}."

    @property
    def bibtex(self) -> str:
        """The same as a BibTeX entry (@misc, which every style knows)."""
        fields = {
            "title": f"{{{self.title}}}",
            **({"author": f"{{{self.publisher}}}"} if self.publisher else {}),
            "year": self.built_on[:4],
            "version": self.release,
            "howpublished": PORTAL,
            "url": self.permalink,
            "note": "Data set",
        }
        lines = ",\n".join(f"  {name} = {{{_for_bibtex(value)}}}" for name, value in fields.items())
        return f"@misc{{{self.key},\n{lines}\n}}"

    @property
    def csl(self) -> dict[str, Any]:
        """The same as a CSL-JSON item."""
        return {
            "id": self.key,
            "type": "dataset",
            "title": self.title,
            **({"author": [{"literal": self.publisher}], "publisher": self.publisher} if self.publisher else {}),
            "container-title": PORTAL,
            "version": self.release,
            "issued": {"date-parts": [[int(part) for part in self.built_on.split("-")]]},
            "URL": self.permalink,
        }

    @property
    def key(self) -> str:
        """A key of ASCII letters and digits, from the end of the permalink."""
        return re.sub(r"[^A-Za-z0-9]+", "-", self.permalink.split("//", 1)[-1].partition("/")[2]).strip("-") or "portal"

    def as_data(self) -> dict[str, Any]:
        """All three, as pages and their JSON show them."""
        text = json.dumps(self.csl, ensure_ascii=False, indent=1)
        return {
            "permalink": self.permalink,
            "release": self.release,
            "gbt": self.gbt,
            "bibtex": self.bibtex,
            "csl": self.csl,
            "csl_text": text,
        }


def _for_bibtex(text: str) -> str:
    return re.sub(r"([&%#$])", r"\\\1", text)
