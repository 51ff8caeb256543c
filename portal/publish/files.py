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
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urljoin, urlsplit

APP = "app"  # the folder of the portal that runs in the browser
NOBODY = "http://localhost"  # what an answer calls a portal that no host has asked for; with a public address none does
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


@dataclass(frozen=True)
class Site:
    """What is known of a site's files: their kinds, and the address at which it will be read (without a slash at its end, "" if nobody
    has said)."""

    kinds: Collection[str]
    home: str = ""

    def file(self, address: str) -> str | None:
        """The file of this site that stands for an address; None where the portal in the browser answers."""
        file = file_of(address)
        return file if file and (kind(file) in self.kinds or file.startswith(_ASSETS)) else None

    def whole(self, address: str) -> str:
        """The whole address at which a reader finds an address of the portal.

        >>> Site({"en/reports/*/index.html"}, "https://example.org/x").whole("/reports/y?lang=en#finding-1")
        'https://example.org/x/en/reports/y/#finding-1'
        """
        plain, mark, fragment = address.partition("#")
        file = self.file(plain)
        to = file.removesuffix("index.html") if file else f"{APP}/?at={quote(plain, safe='')}"
        return f"{self.home}/{to}{mark}{fragment}"

    def beside(self, address: str, wanted: str) -> str:
        """The same, relative to the file of the address in which it is wanted."""
        here = posixpath.dirname(file_of(address) or "") or "."
        plain, mark, fragment = urljoin(address, wanted).partition("#")
        file = self.file(plain)
        if not file:
            return f"{posixpath.relpath(APP, here)}/?at={quote(plain, safe='')}{mark}{fragment}"
        to = posixpath.relpath(file.removesuffix("index.html") or ".", here)
        return (f"{to}/" if file.endswith("index.html") else to) + mark + fragment


def with_own_links(page: str, address: str, site: Site) -> str:
    """A page's HTML with its links to the portal leading, relative to its own file, to files of the site or into the app; where the site is
    known by its address, what names the page for others leads to the page's own file.

    A form that asks becomes one of the app: its fields go there, with the address asked as one more. A page that is asked a question
    itself (?check=…) hands it to the app.
    """
    app = site.beside(address, "/search").partition("?")[0]

    def form(found: re.Match[str]) -> str:
        action = _ACTION.search(found[0])
        asked = urljoin(address, html.unescape(action[1]) if action else "").partition("?")[0]
        return f'{_ACTION.sub("", found[0])[:-1]} action="{app}"><input type="hidden" name="at" value="{html.escape(asked)}">'

    def link(found: re.Match[str]) -> str:
        return f'{found[1]}="{html.escape(site.beside(address, html.unescape(found[2])))}"'

    written = _FORM.sub(form, _SUGGESTIONS.sub("", _LINK.sub(link, page)))
    asked = f'<script src="{app}asked.js" data-at="{html.escape(address.partition("?")[0])}" async></script>'
    return _with_whole(written, r'(?:href|content)="', site).replace("</head>", f"{asked}\n</head>", 1)


def with_own_addresses(text: str, address: str, site: Site) -> str:
    """A feed or a site map, whose addresses lead to files of the site; other pages of a feed are named only if they are written."""

    def link(found: re.Match[str]) -> str:
        wanted = html.unescape(found[2])
        if found[3] and not site.file(wanted):
            return ""
        to = site.whole(wanted) if site.home else site.beside(address, wanted)
        return f'{found[1]}"{html.escape(to)}"{found[3] or ""} {found[4]}/>'

    home = re.escape(site.home or NOBODY)
    linked = re.sub(rf'(<link href=)"{home}(/[^"]*)"( rel="(?:first|previous|next|last)")? ?([^<>]*?)/>', link, text)
    return _with_whole(linked, "<loc>", site)


def _with_whole(text: str, before: str, site: Site) -> str:
    if not site.home:
        return text
    named = re.compile(rf'({before}){re.escape(site.home)}(/[^"<>]*)')
    return named.sub(lambda found: found[1] + html.escape(site.whole(html.unescape(found[2]))), text)
