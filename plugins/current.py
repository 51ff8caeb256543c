"""The build that is served is the one that stands there now, and what was answered of it is answered again without being read.

This is the outermost of the plugins: it says of which build a request is before any other looks at it.
"""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from datasette import hookimpl

from portal.pages.at_once import at_once
from portal.serve.answers import KEPT, ONE, Answer, etag, holds, new_answers, program
from portal.serve.builds import Asked, Inspected, Served, asked
from portal.serve.untracked import untracked

App = Callable[[Any, Any, Any], Awaitable[None]]
ROOT = Path(__file__).resolve().parents[1]
PROGRAM = ("metadata.yml", "settings.json", "plugins", "templates", "portal", "data", "docs")
EVERY = 1.0  # seconds between two looks at the file
WAITING = 2.0  # seconds for an answer that somebody else is just getting
STOPPING = 4.0  # seconds after SIGTERM, however slowly a reader takes what he asked for
ELSEWHERE = ("/-/", "/static/", "/draft", "/data", "/tables")  # what does not change with a build, or is nobody else's
WHOLE = "/tables/"
NOT_KEPT = (b"set-cookie", b"etag")


@hookimpl(trylast=True)  # type: ignore[untyped-decorator]  # after plugins.whole
def startup(datasette: Any) -> None:
    """Put a database that follows the file in the place of Datasette's. Without threads, as in a browser, it stays."""
    database = datasette.databases.get("portal")
    configuration = datasette.plugin_config("portal") or {}
    if not datasette.executor or configuration.get("without_server") or database is None:
        return
    served = Served(datasette, Path(database.path))
    served.name = served.route = "portal"
    served.newest = served.open()
    datasette.databases = {**datasette.databases, "portal": served}
    datasette.inspect_data = Inspected(served)
    at_once(datasette.jinja_env).apart = served.in_turn
    gc.freeze()  # what is there now stays: nobody looks through it again for what may go


@hookimpl(trylast=True)  # type: ignore[untyped-decorator]
def asgi_wrapper(datasette: Any) -> Callable[[App], App]:
    return lambda app: Current(datasette, app)


class Current:
    """The portal as an ASGI app, each of whose requests sees one build."""

    def __init__(self, datasette: Any, app: App) -> None:
        self.datasette, self.app = datasette, app
        self.answers = new_answers()
        self.coming: dict[tuple[str, ...], asyncio.Event] = {}  # addresses that are being answered to somebody
        self.program = program(ROOT / name for name in PROGRAM)
        self.watch: asyncio.Task[None] | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        served, scope = self.datasette.databases.get("portal"), untracked(scope)
        if not isinstance(served, Served):
            return await self.app(scope, receive, send)
        if self.watch is None:
            self.watch = asyncio.create_task(self._watch(served))
            _stop_in_time()
        if scope["type"] != "http" or served.newest is None:
            return await self.app(scope, receive, send)
        build = served.newest
        build.requests += 1
        token = asked.set(Asked(build, **self._of(scope)))
        try:
            await self._answer(f"{build.name} {len(build.tables.sums)}", scope, receive, send)  # pages say the size of tables
        finally:
            asked.reset(token)
            await served.end(build)

    async def _watch(self, served: Served) -> None:
        while True:
            await asyncio.sleep(EVERY)
            if await served.look() or served.build.tables.look():
                self.answers.clear()

    def _route(self, scope: Any) -> str:
        return "/" + str(scope["path"]).removeprefix(self.datasette.setting("base_url").rstrip("/")).lstrip("/")

    def _of(self, scope: Any) -> dict[str, Any]:
        """Whether Datasette's tables are asked, and the SQL that the reader wrote."""
        if not (self._route(scope) + "/").replace(".", "/").startswith("/portal/"):
            return {}
        values = parse_qs(scope["query_string"].decode("latin-1"))
        sql = [text.strip().rstrip(";").strip() for name in ("sql", "_where") for text in values.get(name, ())]
        return {"of_datasette": True, "sql": [text for text in sql if text]}

    async def _answer(self, build: str, scope: Any, receive: Any, send: Any) -> None:
        """From what is kept; else as the portal answers, with the headers by which others keep it."""
        route, given = self._route(scope), dict(scope["headers"])
        signed_in = b"authorization" in given or b"ds_actor" in given.get(b"cookie", b"")
        if route.startswith(WHOLE):  # its length is said, and it is gone on with where it broke off: it is not packed
            scope = {**scope, "headers": [header for header in scope["headers"] if header[0] != b"accept-encoding"]}
        if scope["method"] not in ("GET", "HEAD") or route.startswith(ELSEWHERE) or route.endswith(".db") or signed_in:
            return await self.app(scope, receive, send)
        address = f"{given.get(b'host', b'').decode('latin-1')}{scope['path']}?{scope['query_string'].decode('latin-1')}"
        mark = etag(f"{build} {self.program}", address)
        if holds(given.get(b"if-none-match"), mark):
            start = {"type": "http.response.start", "status": 304, "headers": [(b"etag", mark), (b"cache-control", KEPT)]}
            await send(start)
            await send({"type": "http.response.body", "body": b""})
            return
        key = (build, address, str(b"gzip" in given.get(b"accept-encoding", b"")))
        if coming := self.coming.get(key):
            with suppress(TimeoutError):  # whose reader takes it slowly
                await asyncio.wait_for(coming.wait(), WAITING)
        if kept := self.answers.get(key):
            await send({"type": "http.response.start", "status": 200, "headers": kept.headers})
            await send({"type": "http.response.body", "body": kept.body if scope["method"] == "GET" else b""})
            return
        if scope["method"] == "HEAD":
            return await self.app(scope, receive, _marked(send, mark))
        coming = self.coming[key] = asyncio.Event()
        try:
            await self._keep(key, mark, coming, scope, receive, send)
        finally:
            coming.set()
            if self.coming.get(key) is coming:
                del self.coming[key]

    async def _keep(self, key: tuple[str, ...], mark: bytes, coming: asyncio.Event, scope: Any, receive: Any, send: Any) -> None:
        """Answer and keep the answer; those who ask the same meanwhile wait for it, unless it is not one that is kept."""
        headers: list[tuple[bytes, bytes]] = []
        body = bytearray()

        async def keep(message: Any) -> None:
            if message["type"] == "http.response.start":
                headers.extend(message["headers"])
                if message["status"] != 200 or (b"etag", mark) not in headers:
                    coming.set()
            elif message["type"] == "http.response.body" and not coming.is_set():
                body.extend(message.get("body", b""))
                if len(body) > ONE:
                    coming.set()
                    body.clear()
                elif not message.get("more_body"):
                    sized = [header for header in headers if header[0] != b"content-length"]
                    answer = Answer([*sized, (b"content-length", str(len(body)).encode())], bytes(body))
                    self.answers.add(key, answer, answer.size)
                    coming.set()
            await send(message)

        await self.app(scope, receive, _marked(keep, mark))


def _marked(send: Any, mark: bytes) -> Any:
    """A `send` of answers with the headers by which others keep them."""

    async def with_headers(message: Any) -> None:
        start = message["type"] == "http.response.start"
        await send({**message, "headers": _headers(message, mark)} if start else message)

    return with_headers


def _headers(message: Any, mark: bytes) -> list[tuple[bytes, bytes]]:
    """An answer's headers with those by which it is kept; of errors and of what is one reader's, with those by which it is not."""
    given = [(name.lower(), value) for name, value in message.get("headers", [])]
    names = {name for name, _ in given}
    others = [(name, value) for name, value in given if name != b"cache-control"]
    if message["status"] == 200 and not names.intersection(NOT_KEPT):
        others = [(name, value) for name, value in others if name != b"vary"]  # who signed in is answered apart
        return [*others, (b"etag", mark), (b"cache-control", KEPT), (b"vary", b"Accept-Encoding")]
    return [*others, (b"cache-control", b"no-store")] if message["status"] >= 400 else given


def _stop_in_time() -> None:
    """After SIGTERM the server waits for readers as long as they like; the process ends all the same."""
    if threading.current_thread() is not threading.main_thread() or not callable(before := signal.getsignal(signal.SIGTERM)):
        return

    def stop(number: int, frame: Any) -> None:
        last = threading.Timer(STOPPING, os._exit, (0,))
        last.daemon = True
        last.start()
        before(number, frame)

    signal.signal(signal.SIGTERM, stop)
