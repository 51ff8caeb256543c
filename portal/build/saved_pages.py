"""Web pages as browsers and Word save them: the page, and beside it a folder with its pictures, scripts and frames."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from posixpath import basename

from parsers.documents.html.pictures import MOST, MOST_BYTES
from portal.build.entries import Entry

_FOLDER = re.compile(r"(.+?)(?:[_.-]files?|[_.-]文件|的文件|-Dateien|_fichiers)", re.IGNORECASE)
_PAGE = re.compile(r"(.+)\.(?:html?|xhtml|shtml|aspx?|jsp|php)", re.IGNORECASE)
_DOCUMENT = re.compile(r".+\.(?:pdf|ofd|docx?|wps|rtf|od[ts]|xlsx?|et|zip|7z|rar)", re.IGNORECASE)
_PICTURE = re.compile(r".+\.(?:png|jpe?g|gif|webp|bmp|tiff?)", re.IGNORECASE)
MAX_FRAMES = 20


def without_their_folders(entries: Sequence[Entry]) -> tuple[list[Entry], dict[str, list[Entry]], list[str]]:
    """The entries without those in the folders of saved pages, the frames and pictures of each page by its name, and a remark for each folder.

    A document that somebody put in such a folder is one all the same.
    """
    pages = {found[1]: entry.name for entry in entries if (found := _PAGE.fullmatch(entry.name))}
    kept: list[Entry] = []
    beside: dict[tuple[str, str], list[Entry]] = {}  # by folder and page
    for entry in entries:
        folder = _folder_of_page(entry.name, pages)
        if folder and not _DOCUMENT.fullmatch(entry.name):
            beside.setdefault(folder, []).append(entry)
        else:
            kept.append(entry)
    remarks = [
        f"{folder}: 是网页“{page.rpartition('/')[2]}”的附属文件夹，其中 {len(files)} 个文件不单独读 (the folder of a saved page; its files are not read by themselves)"
        for (folder, page), files in beside.items()
    ]
    used = {
        page: [*[file for file in files if _PAGE.fullmatch(file.name)][:MAX_FRAMES], *_pictures(files)]
        for (_, page), files in beside.items()
    }
    return kept, used, remarks


def _pictures(files: Sequence[Entry]) -> list[Entry]:
    """The largest pictures of a saved page, but of those of one name none: it is not known which of them the page shows."""
    names = Counter(basename(file.name) for file in files)
    sizes = {file.name: _size(file) for file in files if _PICTURE.fullmatch(file.name) and names[basename(file.name)] == 1}
    largest = sorted((name for name, size in sizes.items() if 0 < size <= MOST_BYTES), key=lambda name: (-sizes[name], name))[:MOST]
    return [file for file in files if file.name in largest]


def _size(file: Entry) -> int:
    with suppress(OSError):
        return file.path.stat().st_size
    return 0


def _folder_of_page(name: str, pages: dict[str, str]) -> tuple[str, str] | None:
    """The folder of a saved page that a file is in, and the page."""
    parts = name.split("/")
    for depth in range(1, len(parts)):
        folder = "/".join(parts[:depth])
        found = _FOLDER.fullmatch(folder)
        if found and found[1] in pages:
            return folder, pages[found[1]]
    return None
