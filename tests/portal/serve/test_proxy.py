"""The proxy's configuration of docs/deploy.md, run as it stands but for its paths and ports."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.support.paths import ROOT

HOST = "data.example.org"
pytestmark = pytest.mark.skipif(not (shutil.which("nginx") and shutil.which("openssl")), reason="needs nginx and openssl")


def _configuration(folder: Path, port: int, portal: str) -> str:
    """A whole nginx.conf about the block of docs/deploy.md."""
    said = (ROOT / "docs/deploy.md").read_text(encoding="utf-8")
    block = re.search(r"    # /etc/nginx/conf\.d/.*?\n    }\n", said, re.DOTALL)
    assert block
    changed = {
        "/var/cache/nginx/portal": f"{folder}/kept",
        "/etc/letsencrypt/live/data.example.org/fullchain.pem": f"{folder}/certificate",
        "/etc/letsencrypt/live/data.example.org/privkey.pem": f"{folder}/key",
        "listen 443": f"listen 127.0.0.1:{port}",
        "http://127.0.0.1:8001": portal,
    }
    text = block[0]
    for there, here in changed.items():
        assert there in text
        text = text.replace(there, here)
    places = "".join(f"{name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "user root;\n" if os.geteuid() == 0 else ""  # else its worker may not enter the folder of the tests
    head = f"{user}pid {folder}/pid;\nerror_log {folder}/log;\nworker_processes 1;\ndaemon off;\nevents {{}}\n"
    return f"{head}http {{\naccess_log off;\n{places}{text}}}\n"


@pytest.fixture(scope="module")
def proxy(portal_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("proxy")
    folder.chmod(0o777)
    certificate = ["-keyout", str(folder / "key"), "-out", str(folder / "certificate"), "-subj", f"/CN={HOST}"]
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *certificate], check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / "nginx.conf").write_text(_configuration(folder, port, portal_url), encoding="utf-8")
    process = subprocess.Popen(["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")], stderr=subprocess.DEVNULL)
    try:
        with httpx.Client(base_url=f"https://127.0.0.1:{port}", verify=False, headers={"host": HOST}, timeout=30) as client:
            for _ in range(100):
                try:
                    client.get("/-/versions.json")
                    break
                except httpx.TransportError:
                    assert process.poll() is None, (folder / "log").read_text()
                    time.sleep(0.1)
            yield client
    finally:
        process.terminate()
        process.wait(10)


def test_one_answer_is_kept_for_all_and_asked_again_by_its_mark(proxy: httpx.Client) -> None:
    first, second = proxy.get("/checks"), proxy.get("/checks")
    assert [answer.headers["x-cache"] for answer in (first, second)] == ["MISS", "HIT"]
    assert first.content == second.content
    again = proxy.get("/checks", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_answers_are_packed_and_plain_for_whom_they_must_be(proxy: httpx.Client) -> None:
    for path in ("/index.json", "/about"):
        packed, plain = proxy.get(path), proxy.get(path, headers={"accept-encoding": "identity"})
        assert packed.headers["content-encoding"] == "gzip" and "content-encoding" not in plain.headers
        assert packed.content == plain.content


@pytest.mark.parametrize("path", ["/", "/findings.atom", "/portal/agencies", "/nothing", "/draft"])
def test_every_answer_asks_for_https(proxy: httpx.Client, path: str) -> None:
    assert proxy.get(path).headers["strict-transport-security"] == "max-age=31536000"


def test_addresses_are_those_that_readers_use(proxy: httpx.Client) -> None:
    for path in ("/findings.atom", "/sitemap.xml", "/portal/agencies.json?_size=1&_shape=objects"):
        text = proxy.get(path).text
        assert f"https://{HOST}/" in text
        assert f"http://{HOST}/" not in text and "127.0.0.1" not in text


def test_drafts_pass_and_are_not_kept(proxy: httpx.Client) -> None:
    for _ in range(2):
        answer = proxy.post("/draft.json", files={"text": (None, "x")}, timeout=90)
        assert (answer.status_code, answer.headers["cache-control"]) == (422, "no-store")
        assert "x-cache" not in answer.headers
    assert urlsplit(str(proxy.base_url)).scheme == "https"
