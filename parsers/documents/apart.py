"""LibreOffice run apart: what a document makes it do reaches no network, and ends when it is not waited for any more.

Where the system allows it, it runs in namespaces of its own, without any network and with its processes ending together; and always in a
process group of its own, with settings by which it follows no link, runs no macro and asks a proxy that is not there.
"""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from parsers.printed.decode import Undecodable

SECONDS = 45  # by the clock and of processor time; a profile that is new takes some of them
MEMORY = 3_000_000_000  # bytes of addresses: LibreOffice maps much more than it uses
FILES = 300_000_000  # bytes of one file that it writes
_DEATH_OF_PARENT = 1  # prctl: PR_SET_PDEATHSIG
_NAMESPACES = ("--user", "--map-root-user", "--net", "--pid", "--fork", "--kill-child=KILL")

# The place of a setting, its name, type and value: a link is never followed, a macro never run, a page of the network never asked for.
_SETTINGS = (
    ("org.openoffice.Office.Writer/Content/Update", "Link", "int", "2"),
    ("org.openoffice.Office.Calc/Content/Update", "Link", "int", "2"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "boolean", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "boolean", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "boolean", "true"),
    ("org.openoffice.Inet/Settings", "ooInetProxyType", "int", "2"),
    *(("org.openoffice.Inet/Settings", f"ooInet{kind}ProxyName", "string", "127.0.0.1") for kind in ("HTTP", "HTTPS", "FTP")),
    *(("org.openoffice.Inet/Settings", f"ooInet{kind}ProxyPort", "int", "9") for kind in ("HTTP", "HTTPS", "FTP")),
)  # fmt: skip
_ITEM = '<item oor:path="/{}"><prop oor:name="{}" oor:op="fuse"><value xsi:type="xs:{}">{}</value></prop></item>'
_REGISTRY = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{}</oor:items>
"""


def converted(data: bytes, suffix: str, target: str) -> bytes:
    """A file of this suffix as LibreOffice converts it. Raises Undecodable with the remedy where it is not installed or cannot."""
    program = shutil.which("soffice")
    if program is None:
        raise Undecodable(
            f"读 {suffix} 文件需要 LibreOffice，本机没有安装，请安装或另存为 .{target} (install LibreOffice to read {suffix} files, or save the file as .{target})"
        )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"document{suffix}"
        source.write_bytes(data)
        try:
            return _convert(program, source, target)
        except (subprocess.SubprocessError, OSError) as error:
            raise Undecodable(
                f"LibreOffice 打不开这个 {suffix} 文件，请另存为 .{target} (LibreOffice cannot open this file; save it as .{target})"
            ) from error


def _convert(program: str, source: Path, target: str) -> bytes:
    """A file converted by LibreOffice beside it. Raises OSError or subprocess.SubprocessError where that fails or takes too long."""
    profile = source.parent / "profile"
    (profile / "user").mkdir(parents=True)
    settings = "".join(_ITEM.format(place, name, kind, value) for place, name, kind, value in _SETTINGS)
    (profile / "user" / "registrymodifications.xcu").write_text(_REGISTRY.format(settings), encoding="utf-8")
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--convert-to", target, "--outdir"]
    run_apart([*command, str(source.parent), str(source)], SECONDS)
    return source.with_suffix(f".{target}").read_bytes()


def run_apart(command: Sequence[str], seconds: float) -> None:
    """Run a program without a network, and end all that it started. Raises subprocess.TimeoutExpired or CalledProcessError."""
    parent = os.getpid()
    whole = [*_without_network(), *command]
    none = subprocess.DEVNULL
    process = subprocess.Popen(whole, stdin=none, stdout=none, stderr=none, start_new_session=True, preexec_fn=lambda: _bind(parent))
    try:
        status = process.wait(seconds)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if status:
        raise subprocess.CalledProcessError(status, whole)


def _bind(parent: int) -> None:
    """In the new process: it ends with the one that waits for it, and has bounds of its own."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DEATH_OF_PARENT, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, FILES)):
        _, hard = resource.getrlimit(what)
        with suppress(ValueError, OSError):  # a system that does not keep one of these limits still keeps the others
            resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


@cache
def _without_network() -> tuple[str, ...]:
    """The command that runs another in namespaces of its own, nothing where the system does not allow it."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return ()
    tried = subprocess.run([unshare, *_NAMESPACES, "true"], capture_output=True, check=False)
    return (unshare, *_NAMESPACES) if tried.returncode == 0 else ()
