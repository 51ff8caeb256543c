"""The same Datasette in the reader's browser: Python from npm's pyodide, the packages and the portal as two archives, files of ours.

app/index.html  app.mjs  worker.mjs   the page, and the worker in which Datasette runs (portal/publish/browser)
app/asked.js  404.html                lead to it from a page that is asked a question, and from an address without a file
app/pyodide/                          Python, SQLite; version and checksum in portal/publish/browser/package-lock.json
app/packages.zip                      the pure-Python packages that the portal imports
app/portal.zip                        plugins, templates, settings, what they import; no parsers, no drafts
"""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Collection, Iterable
from importlib import metadata
from io import BytesIO
from pathlib import Path

import click
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from portal.publish.files import APP
from portal.publish.npm import fetched
from portal.publish.shipped import CONFIGURATION, ROOT

OURS = Path(__file__).parent / "browser"
PAGE = ("index.html", "app.mjs", "worker.mjs", "asked.js")
NOT_FOUND = "404.html"  # at the root of the site: what many hosts show where there is no file
PYODIDE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
WITHOUT = {"plugins/draft.py", "plugins/current.py"}  # they start processes, which a browser has none of
PACKAGES = ("datasette", "datasette-gzip", "markdown-it-py", "PyYAML", "leather")  # what plugins and pages import, each with what it needs
COMPILED = (".so", ".pyc", ".c", ".h", ".pyi", ".pyx", ".exe")
STUBS = ("uvicorn",)  # what Datasette imports and a browser never uses
EPOCH = (1980, 1, 1, 0, 0, 0)  # of every file in an archive, so that the same files give the same bytes

# Asks a portal what it imports when it answers; run in a process of its own.
_ASK = """
import asyncio, json, sys, types
from pathlib import Path
for stub in {stubs!r}:
    sys.modules[stub] = types.ModuleType(stub)
from datasette.app import Datasette
async def ask():
    portal = Datasette([], config_dir=Path({folder!r}), settings={{"num_sql_threads": 0}})
    await portal.invoke_startup()
    for address in ("/", "/search?q=x", "/portal", "/portal/reports.csv", "/portal.json?sql=select+1", "/nowhere"):
        await portal.client.get(address)
asyncio.run(ask())
print(json.dumps(sorted({{name.partition(".")[0] for name in sys.modules}})))
"""


def app_files(served: Path, kinds: Collection[str]) -> dict[str, bytes]:
    """The app's files by their names in the site. `served` is the folder that Datasette serves, `kinds` are those of the site's files.

    ClickException where npm or its package cannot be had.
    """
    files = {name: (OURS / name).read_bytes() for name in PAGE}
    files["packages.zip"] = _archive(_packages(served))
    files["portal.zip"] = _archive(_portal(served))
    files["kinds.json"] = json.dumps(sorted(kinds), indent=0).encode()
    pyodide = _pyodide()
    files |= {f"pyodide/{name}": (pyodide / name).read_bytes() for name in PYODIDE}
    return {**{f"{APP}/{name}": body for name, body in files.items()}, NOT_FOUND: (OURS / NOT_FOUND).read_bytes()}


def _pyodide() -> Path:
    """The folder of the pinned package."""
    try:
        return fetched(OURS, "pyodide", PYODIDE)
    except (OSError, subprocess.SubprocessError) as error:
        raise click.ClickException(
            "取不到浏览器里的 Python，请装好 Node.js 的 npm 并连上网再试 (pyodide could not be fetched: install npm and try again online)"
        ) from error


def _packages(served: Path) -> Iterable[tuple[str, Path]]:
    """The files of the packages that the portal imports, without what is compiled, and what each says of itself (for plugins)."""
    asked = subprocess.run(
        [sys.executable, "-c", _ASK.format(stubs=STUBS, folder=str(served))], cwd=ROOT, check=True, capture_output=True, text=True
    )
    imported = set(json.loads(asked.stdout.splitlines()[-1])) - set(STUBS)
    for package in _with_what_they_need(PACKAGES):
        for file in metadata.files(package) or ():
            top = file.parts[0].removesuffix(".py")
            about = top.endswith(".dist-info") and file.name in ("METADATA", "entry_points.txt")
            if (top in imported and file.suffix not in COMPILED and "__pycache__" not in file.parts) or about:
                yield file.as_posix(), Path(str(file.locate()))


def _with_what_they_need(packages: Iterable[str]) -> set[str]:
    """The names of packages and of all that they require, as far as it is installed."""
    found: set[str] = set()
    asked = list(packages)
    while asked:
        name = canonicalize_name(asked.pop())
        if name in found:
            continue
        try:
            needed = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue  # for another system or Python
        found.add(name)
        requirements = map(Requirement, needed)
        asked += [wanted.name for wanted in requirements if not wanted.marker or wanted.marker.evaluate({"extra": ""})]
    return found


def _portal(served: Path) -> Iterable[tuple[str, Path]]:
    for name in (*CONFIGURATION, "portal", "docs", "inspect-data.json"):
        at = served / name if (served / name).exists() else ROOT / name
        files = [at] if at.is_file() else sorted(path for path in at.rglob("*") if path.is_file())
        for path in files:
            inside = path.relative_to(at.parent).as_posix()
            published = not inside.startswith("portal/publish/") and path.suffix not in (".png", ".pyc")
            if published and inside not in WITHOUT:
                yield inside, path
    yield from ((f"data/{path.name}", path) for path in sorted((ROOT / "data").iterdir()) if path.is_file())
    yield from ((f"data/forms/{path.name}", path) for path in sorted((ROOT / "data" / "forms").iterdir()))


def _archive(files: Iterable[tuple[str, Path]]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, path in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, EPOCH), path.read_bytes(), zipfile.ZIP_DEFLATED, 9)
    return packed.getvalue()
