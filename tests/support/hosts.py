"""Plain file hosts: one that answers a Range with a part of a file, and one that knows no ranges."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

RANGE = re.compile(r"bytes=(\d+)-(\d+)")


class Plain(SimpleHTTPRequestHandler):
    """`python -m http.server`, in silence."""

    def log_message(self, format: str, *args: Any) -> None:
        pass


class WithRange(Plain):
    """A host that answers a Range with that part of the file, as nginx and object stores do, and where there is no file shows the 404.html of
    the folder or the nearest above it, as many do. `sent`: how many bytes in parts so far."""

    sent: ClassVar[int] = 0

    def do_GET(self) -> None:
        asked = RANGE.fullmatch(self.headers.get("Range", ""))
        file = Path(self.translate_path(self.path))
        if not file.exists():
            return self._not_found(file)
        if not asked or not file.is_file():
            return super().do_GET()
        data = file.read_bytes()
        part = data[int(asked[1]) : int(asked[2]) + 1]
        WithRange.sent += len(part)
        self.send_response(206)
        self.send_header("Content-Range", f"bytes {asked[1]}-{int(asked[1]) + len(part) - 1}/{len(data)}")
        self.send_header("Content-Length", str(len(part)))
        self.end_headers()
        self.wfile.write(part)

    def _not_found(self, file: Path) -> None:
        page = next((folder / "404.html" for folder in file.parents if (folder / "404.html").is_file()), None)
        body = page.read_bytes() if page else b""
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def host(folder: Path, handler: type[Plain]) -> Iterator[str]:
    """The address of a server of the files in a folder."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
