"""The headless Chromium that is installed on this machine."""

from __future__ import annotations

import atexit
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from playwright.sync_api import sync_playwright

_QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
_OFFLINE = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]


def program() -> str | None:
    """Its path, None where there is none."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@cache
def _playwright() -> Any:
    """Playwright, once a process: it cannot be started where it runs."""
    running = sync_playwright().start()
    atexit.register(running.stop)
    return running


@contextmanager
def chromium() -> Iterator[Any]:
    """A running browser. Raises FileNotFoundError where there is none."""
    path = program()
    if not path:
        raise FileNotFoundError("chromium")
    browser = _playwright().chromium.launch(executable_path=path, args=[*_QUIET, *_OFFLINE])
    yield browser
    browser.close()
