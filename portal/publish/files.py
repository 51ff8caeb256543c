"""Which file of a static site stands for an address of the portal, and how the links of a page lead to it from below any path.

/                         index.html                     /reports/X            reports/X/index.html
/?lang=en                 en/index.html                  /reports/X.json       reports/X.json
/years/2022?page=2        years/2022/page-2/index.html   /years/2022.json?page=2   years/2022/page-2.json
/search?q=残疾             app/?at=%2Fsearch%3Fq%3D…       (no file: the portal in the reader's browser answers)
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Collection
from urllib.parse import parse_qsl, quote, urljoin, urlsplit

APP = "app"  # the folder of the portal that runs in the browser
_ASSETS = ("static/", "-/static/")
_DATA = (".json", ".jsonld", ".csv", ".atom", ".xml", ".txt", ".webp")
_LINK = re.compile(r'\b(href|src)="([/?][^"]*)"')
_FORM = re.compile(r"<form\b(?![^<>]*\bmethod=\"post\")[^<>]*+>", re.IGNORECASE)
_SUGGESTIONS = re.compile(r'\bdata-suggest="[^"<>]*+"')  # a question at every letter, which no file answers
_ACTION = re.compile(r'\s?\baction="([^"]*)"')


def file_of(address: str) -> str | None:
    """The file in which an address would be written; None where it asks a question, which no file answers.

    >>> file_of("/years/2022?page=2&lang=en"), file_of("/search?q=x")
    ('en/years/2022/page-2/index.html', None)
    """
    parts = urlsplit(address)
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    path, language, page = parts.path.strip("/"), asked.pop("lang", ""), asked.pop("page", "1")
    if path.startswith(_ASSETS):
        return path  # ?d41d8c is the version of a style sheet
    if asked or language not in ("", "en") or not page.isdecimal():
        return None
    turned = "" if page == "1" else f"page-{page}"
    stem, dot, suffix = path.rpartition(".")
    if dot + suffix in _DATA:
        return f"{stem}/{turned}{dot}{suffix}" if turned else path
    return posixpath.join("en" if language else "", path, turned, "index.html")


def kind(file: str) -> str:
    """What files are told by: the name under the first folder does not matter.

    >>> kind("en/reports/X/index.html"), kind("reports/X.json"), kind("years/2022/page-2.json"), kind("checks/index.html")
    ('en/reports/*/index.html', 'reports/*.json', 'years/*/page-2.json', 'checks/index.html')
    """
    language, rest = ("en/", file[3:]) if file.startswith("en/") else ("", file)
    first, *below = rest.split("/")
    if below and below != ["index.html"]:
        stem, dot, suffix = below[0].rpartition(".")
        below[0] = f"*{dot}{suffix}" if len(below) == 1 and stem else "*"
    return language + "/".join([first, *below])


def with_own_links(page: str, address: str, kinds: Collection[str]) -> str:
    """A page's HTML with its links to the portal leading, relative to its own file, to the files of these kinds, or into the app.

    A form that asks becomes one of the app: its fields go there, with the address asked as one more.
    """
    here = posixpath.dirname(file_of(address) or "")
    app = posixpath.relpath(APP, here or ".") + "/"

    def link(wanted: str) -> str:
        plain, mark, fragment = urljoin(address, wanted).partition("#")
        file = file_of(plain)
        if file and (kind(file) in kinds or file.startswith(_ASSETS)):
            to = posixpath.relpath(file.removesuffix("index.html") or ".", here or ".")
            return (f"{to}/" if file.endswith("index.html") else to) + mark + fragment
        return f"{app}?at={quote(plain, safe='')}{mark}{fragment}"

    def form(found: re.Match[str]) -> str:
        action = _ACTION.search(found[0])
        asked = urljoin(address, html.unescape(action[1]) if action else "").partition("?")[0]
        return f'{_ACTION.sub("", found[0])[:-1]} action="{app}"><input type="hidden" name="at" value="{html.escape(asked)}">'

    linked = _LINK.sub(lambda found: f'{found[1]}="{html.escape(link(html.unescape(found[2])))}"', page)
    return _FORM.sub(form, _SUGGESTIONS.sub("", linked))
