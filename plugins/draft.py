"""The page that checks a draft: nothing of it is stored, and whatever is sent is bounded in size, memory and time.

Each draft is read by a process of its own (portal.draft), whose folder for temporary files goes when it ends; it is ended with
all that it started, LibreOffice too, when its time is up. Nothing but its exit status is logged. Of one address one draft is let in at
a time, a few wait, and more are asked to come again.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sqlite3
import sys
import tempfile
from collections.abc import Awaitable, Callable
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

from datasette import hookimpl
from datasette.utils.asgi import Response

from portal.pages import queries, report
from portal.pages.described import described
from portal.pages.head import head
from portal.serve.private import private_folder

ROOT = Path(__file__).resolve().parents[1]

App = Callable[[Any, Any, Any], Awaitable[None]]
LARGEST = 10_000_000  # bytes of a draft's form
SECONDS = 30  # for a draft to arrive, and again to be read
SILENCE = 10  # seconds in which nothing arrives
AT_ONCE = 2
WAITING = 4  # drafts that wait until they are read
ARRIVING = 24  # drafts that are on their way, each of another address
AGAIN = "30"  # seconds after which whoever was not let in may try again
TOO_LARGE = f"超过 {LARGEST // 1_000_000} MB，请换一份较小的文件 (larger than {LARGEST // 1_000_000} MB: send a smaller file)"
TOO_SLOW = "等了太久，内容没有传完，请再试一次 (it took too long to arrive: try again)"
BUSY = "正在核对别人的草稿，请过半分钟再试 (other drafts are being checked: try again in half a minute)"
GIVEN_UP = (
    f"读了 {SECONDS} 秒还没有读完，已放弃。请另存为网页、Word 或文字再试 (given up after {SECONDS} seconds: save it in another format)"
)
BROKEN = "读取时中断，文件可能损坏。请另存一份再试 (reading broke off; the file may be damaged: save it anew)"
MINE = "您的上一份草稿还在核对，请等它完成 (your draft before is still being checked: wait until it is done)"
RESULT = ("data", "file", "pasted", "compared", "refused")
reading = asyncio.Semaphore(AT_ONCE)
inside: set[str] = set()  # the addresses whose draft is on its way, waits or is read: one each
queue = asyncio.Semaphore(AT_ONCE + WAITING)


@hookimpl  # type: ignore[untyped-decorator]
def startup(datasette: Any) -> None:
    """Empty what a process that was killed left of a draft."""
    private_folder("drafts")


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, Any]]:
    return [(r"^/draft(?P<json>\.json)?$", view)]


@hookimpl  # type: ignore[untyped-decorator]
def skip_csrf(datasette: Any, scope: Any) -> bool:
    """Checking a draft changes nothing that another site could want changed."""
    return _is_draft(datasette, scope["path"])


@hookimpl  # type: ignore[untyped-decorator]
def asgi_wrapper(datasette: Any) -> Callable[[App], App]:
    """Drafts are let in here, one of an address, and counted; what is too large or too slow never reaches Datasette."""

    def wrap(app: App) -> App:
        async def with_bounded_body(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] != "http" or scope["method"] != "POST" or not _is_draft(datasette, scope["path"]):
                await app(scope, receive, send)
                return
            address = _address(scope)
            if address in inside or len(inside) >= ARRIVING:
                await _with(b"", (503, MINE if address in inside else BUSY), app, scope, receive, send)
                return
            inside.add(address)
            try:
                body, trouble = await _body(scope, receive)
                await _with(body, trouble, app, scope, receive, send)
            finally:
                inside.discard(address)

        return with_bounded_body

    return wrap


async def _with(body: bytes, trouble: tuple[int, str] | None, app: App, scope: Any, receive: Any, send: Any) -> None:
    """Ask the app with a body that has been read, and what is wrong with it."""
    pending = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Any:
        return pending.pop() if pending else await receive()

    await app({**scope, "trouble": trouble}, replay, send)


async def _body(scope: Any, receive: Any) -> tuple[bytes, tuple[int, str] | None]:
    """The body and None, or what is wrong with it: a status and a sentence. Some excess is let in, so that the answer is seen."""
    body = bytearray()
    now = asyncio.get_running_loop().time
    ends = now() + SECONDS
    length = dict(scope["headers"]).get(b"content-length", b"0")
    more = not length.isdigit() or int(length) <= 3 * LARGEST
    size = 0 if more else LARGEST + 1
    try:
        while more and size <= 3 * LARGEST:
            async with asyncio.timeout_at(min(ends, now() + SILENCE)):
                message = await receive()
            size += len(message.get("body", b""))
            if size <= LARGEST:
                body += message.get("body", b"")
            more = message.get("more_body", False)
    except TimeoutError:
        return b"", (408, TOO_SLOW)
    return (bytes(body), None) if size <= LARGEST else (b"", (413, TOO_LARGE))


def _address(scope: Any) -> str:
    """Whose draft it is: a reader's address, of IPv6 the network that is his."""
    host = (scope.get("client") or ("",))[0]
    try:
        found = ip_address(host)
    except ValueError:
        return str(host)
    return str(ip_network((found, 64), strict=False)) if found.version == 6 else str(found)


async def view(datasette: Any, request: Any) -> Response:
    """The form; and, posted, what was read and found. The same as JSON at /draft.json."""
    as_json = bool(request.url_vars.get("json"))
    result: dict[str, Any]
    headers = {"cache-control": "no-store"}
    if request.method != "POST":
        status, result = (405, {"refused": "用 POST 提交表单 (post the form)"}) if as_json else (200, {})
    elif request.scope["trouble"]:
        status, sentence = request.scope["trouble"]
        result = {"refused": sentence}
    else:
        database = datasette.get_database("portal")
        status, result = await _checked(
            await request.post_body(), request.headers.get("content-type", ""), str(Path(database.path).absolute())
        )
    if status == 503:
        headers["retry-after"] = AGAIN
    if status == 408:
        headers["connection"] = "close"
    if as_json:
        return Response.json({**dict.fromkeys(RESULT), **result}, status=status, headers=headers)
    of_build = await datasette.get_database("portal").execute_fn(lambda conn: queries.of_build(queries.rows_of(conn)))
    data = result.get("data")
    context = {**(data or {}), **(report.on_paper(data) if data else {}), **of_build, "result": result, "largest": LARGEST // 1_000_000}
    if request.method == "GET":
        context |= head(datasette, request, described("draft", {}), await datasette.get_database("portal").execute_fn(_build))
    page = await datasette.render_template("draft.html", {**context, "draft": True}, request=request, view_name="portal")
    return Response.html(page, status=status, headers=headers)


def _build(connection: sqlite3.Connection) -> dict[str, Any]:
    return queries.last_build(queries.rows_of(connection))


async def _checked(body: bytes, content_type: str, portal: str) -> tuple[int, dict[str, Any]]:
    """A status and what portal.draft writes of a posted form, in a process that is given so long and no longer."""
    if queue.locked():
        return 503, {"refused": BUSY}
    async with queue, reading:
        with tempfile.TemporaryDirectory(dir=private_folder("drafts")) as folder:
            command = [sys.executable, "-m", "portal.draft", content_type.replace("\0", ""), os.path.abspath(portal)]
            pipe, none = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
            child = await asyncio.create_subprocess_exec(
                *command,
                stdin=pipe,
                stdout=pipe,
                stderr=none,
                cwd=ROOT,
                env={**os.environ, "TMPDIR": folder, "HOME": folder},
                start_new_session=True,
            )
            try:
                written, _ = await asyncio.wait_for(child.communicate(body), SECONDS)
            except TimeoutError:
                return 422, {"refused": GIVEN_UP}
            finally:
                await _end(child)
    if child.returncode or not written:
        print(f"a draft could not be read: its reader ended with status {child.returncode}", file=sys.stderr)
        return 422, {"refused": BROKEN}
    result = json.loads(written)
    return (422 if result["refused"] else 200), result


async def _end(child: asyncio.subprocess.Process) -> None:
    """End a process with all that it started."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    await child.wait()


def _is_draft(datasette: Any, path: str) -> bool:
    return path.removeprefix(datasette.setting("base_url").rstrip("/")) in ("/draft", "/draft.json")
